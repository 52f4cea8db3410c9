/**
 * The greatest singular values of a sparse matrix A (n × m) and their right singular vectors, by randomized
 * subspace iteration: Y = A Ω with Ω random of k + OVERSAMPLING columns, then Y ← A (Aᵀ orth(Y)) a few
 * times; with Q = orth(Y), the small symmetric matrix Qᵀ A Aᵀ Q = V Λ Vᵀ gives the singular values √Λ and
 * the right vectors Aᵀ Q V Λ^(-1/2). Halko, Martinsson and Tropp, "Finding structure with randomness", 2011
 * (algorithms 4.4 and 5.1). About 2 × (ROUNDS + 1) × entries × (k + OVERSAMPLING) multiplications and
 * 2 × (ROUNDS + 2) × n × (k + OVERSAMPLING)² for the orthogonal bases.
 *
 * Few rows need no chance: with rows ≤ k + OVERSAMPLING the answer is exact.
 *
 * Must always hold: the same matrix and noise give the same bits; no value is NaN, whatever the rank; right
 * vectors are orthonormal, save those of a singular value of 0, which are 0.
 */
import type { SparseMatrix } from './sparse-matrix.ts';
import { times, transposedTimes } from './sparse-matrix.ts';
import { diagonalise } from './symmetric-eigen.ts';

export type Svd = {
  readonly rank: number;
  /** Greatest first. */
  readonly singular: Float64Array;
  /** m rows of `rank` columns. */
  readonly right: Float64Array;
};

const OVERSAMPLING = 8;
const ROUNDS = 2;
/** A column that keeps less than this part of its length beside the others adds nothing. */
const NEGLIGIBLE = 1e-9;

/** `noise(column, k)`: a random number with mean 0 for entry (column, k) of Ω, always the same. */
export function truncatedSvd(A: SparseMatrix, wanted: number, noise: (column: number, k: number) => number): Svd {
  const most = Math.min(A.rows, A.columns);
  const rank = Math.min(wanted, most);
  const width = Math.min(most, rank + OVERSAMPLING);
  const Q = width === A.rows ? identity(width) : basisOf(A, width, noise);
  const W = transposedTimes(A, Q, width);
  const { values, vectors } = diagonalise(productOf(Q, times(A, W, width), A.rows, width), width);
  const singular = values.slice(0, rank).map((value) => Math.sqrt(Math.max(0, value)));
  return { rank, singular, right: rightVectors(W, vectors, singular, width) };
}

/** An orthonormal basis of the directions in which A is longest. */
function basisOf(A: SparseMatrix, width: number, noise: (column: number, k: number) => number): Float64Array {
  const omega = new Float64Array(A.columns * width);
  for (let place = 0; place < omega.length; place++) omega[place] = noise(Math.floor(place / width), place % width);
  const Q = times(A, omega, width);
  orthonormalise(Q, A.rows, width);
  for (let round = 0; round < ROUNDS; round++) {
    Q.set(times(A, transposedTimes(A, Q, width), width));
    orthonormalise(Q, A.rows, width);
  }
  return Q;
}

/** The basis of everything: what so few rows need, and exact. */
function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, place) => Number(place % (n + 1) === 0));
}

/** Modified Gram–Schmidt on the columns, twice; a column that the others hold already becomes 0. */
export function orthonormalise(Y: Float64Array, rows: number, width: number): void {
  const lengths = columnLengths(Y, rows, width);
  const shares = new Float64Array(width);
  for (let pass = 0; pass < 2; pass++) {
    for (let column = 0; column < width; column++) {
      const length = Math.sqrt(sumOfSquares(Y, rows, width, column));
      const isNew = length > NEGLIGIBLE * (pass === 0 ? lengths[column]! : 1) && length > 0;
      for (let at = column; at < rows * width; at += width) Y[at] = isNew ? Y[at]! / length : 0;
      if (isNew) removeFromLater(Y, rows, width, column, shares);
    }
  }
}

function removeFromLater(Y: Float64Array, rows: number, width: number, column: number, shares: Float64Array): void {
  shares.fill(0);
  for (let row = 0; row < rows; row++) {
    const base = row * width;
    const own = Y[base + column]!;
    for (let k = column + 1; k < width; k++) shares[k]! += own * Y[base + k]!;
  }
  for (let row = 0; row < rows; row++) {
    const base = row * width;
    const own = Y[base + column]!;
    for (let k = column + 1; k < width; k++) Y[base + k]! -= shares[k]! * own;
  }
}

function columnLengths(Y: Float64Array, rows: number, width: number): Float64Array {
  return Float64Array.from({ length: width }, (_, column) => Math.sqrt(sumOfSquares(Y, rows, width, column)));
}

function sumOfSquares(Y: Float64Array, rows: number, width: number, column: number): number {
  let sum = 0;
  for (let at = column; at < rows * width; at += width) sum += Y[at]! * Y[at]!;
  return sum;
}

/** QᵀZ, made symmetric. */
function productOf(Q: Float64Array, Z: Float64Array, rows: number, width: number): Float64Array {
  const product = new Float64Array(width * width);
  for (let row = 0; row < rows; row++) {
    const base = row * width;
    for (let i = 0; i < width; i++) {
      const own = Q[base + i]!;
      const to = i * width;
      for (let j = 0; j < width; j++) product[to + j]! += own * Z[base + j]!;
    }
  }
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (product[i * width + j]! + product[j * width + i]!) / 2;
      product[i * width + j] = product[j * width + i] = mean;
    }
  }
  return product;
}

/** W V Λ^(-1/2), for the greatest values alone. */
function rightVectors(W: Float64Array, V: Float64Array, singular: Float64Array, width: number): Float64Array {
  const rank = singular.length;
  const columns = width === 0 ? 0 : W.length / width;
  const floor = (singular[0] ?? 0) * 1e-7;
  const right = new Float64Array(columns * rank);
  for (let column = 0; column < columns; column++) {
    const base = column * rank;
    for (let i = 0; i < width; i++) {
      const own = W[column * width + i]!;
      const from = i * width;
      for (let k = 0; k < rank; k++) right[base + k]! += own * V[from + k]!;
    }
    for (let k = 0; k < rank; k++) right[base + k]! *= singular[k]! > floor ? 1 / singular[k]! : 0;
  }
  return right;
}
