import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../../lib/seeded-random.ts';
import { stackRows, times, transpose, transposedTimes, type SparseMatrix } from './sparse-matrix.ts';
import { diagonalise } from './symmetric-eigen.ts';
import { orthonormalise, truncatedSvd } from './truncated-svd.ts';

/** Some entries of a small matrix: row, column, value; several at one place add up. */
const anyMatrix = fc
  .record({ rows: fc.integer({ min: 0, max: 9 }), columns: fc.integer({ min: 1, max: 9 }), seed: fc.nat() })
  .map(({ rows, columns, seed }) => randomMatrix(rows, columns, seed));

function randomMatrix(rows: number, columns: number, seed: number): SparseMatrix {
  const random = seededRandom(seed);
  const list = Array.from({ length: rows }, () => {
    const found = Array.from({ length: columns }, (_, column) => column).filter(() => random.chance(0.4));
    return { column: Int32Array.from(found), value: Float64Array.from(found, () => random.whole(2001) / 1000 - 1) };
  });
  return stackRows(list, columns);
}

function dense({ rows, columns, starts, column, value }: SparseMatrix): number[][] {
  const table = Array.from({ length: rows }, () => Array.from({ length: columns }, () => 0));
  for (let row = 0; row < rows; row++) {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) table[row]![column[at]!]! += value[at]!;
  }
  return table;
}

const noise = (column: number, k: number) => seededRandom(1000 * column + k).whole(2001) / 1000 - 1;
const close = (x: number, y: number, slack = 1e-6) => assert.ok(Math.abs(x - y) < slack, `${x} is not ${y}`);

test('sparse products are those of the dense table, and turning twice gives the matrix back', () => {
  fc.assert(
    fc.property(anyMatrix, (A) => {
      const table = dense(A);
      const right = Float64Array.from({ length: A.columns * 2 }, (_, k) => k + 1);
      const left = Float64Array.from({ length: A.rows * 2 }, (_, k) => k - 3);
      const product = times(A, right, 2);
      table.forEach((row, i) =>
        close(
          product[2 * i]!,
          row.reduce((sum, value, j) => sum + value * right[2 * j]!, 0),
        ),
      );
      const turned = transposedTimes(A, left, 2);
      for (let j = 0; j < A.columns; j++) {
        close(
          turned[2 * j + 1]!,
          table.reduce((sum, row, i) => sum + row[j]! * left[2 * i + 1]!, 0),
        );
      }
      assert.deepEqual(dense(transpose(transpose(A))), table);
    }),
  );
});

test('eigenvalues and vectors of a symmetric matrix satisfy their equation', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(), (n, seed) => {
      const random = seededRandom(seed);
      const C = new Float64Array(n * n);
      for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) C[i * n + j] = C[j * n + i] = random.whole(21) - 10;
      const { values, vectors } = diagonalise(C, n);
      for (let k = 0; k < n; k++) {
        if (k > 0) assert.ok(values[k - 1]! >= values[k]!);
        for (let i = 0; i < n; i++) {
          let sum = 0;
          for (let j = 0; j < n; j++) sum += C[i * n + j]! * vectors[j * n + k]!;
          close(sum, values[k]! * vectors[i * n + k]!);
        }
      }
    }),
  );
});

test('orthonormal columns, whatever depends on what', () => {
  const Y = Float64Array.from([1, 2, 1, 0, 0, 0, 1, 2, 3, 1, 2, -2]); // The second column is twice the first.
  orthonormalise(Y, 4, 3);
  const dot = (a: number, b: number) => [0, 1, 2, 3].reduce((sum, row) => sum + Y[3 * row + a]! * Y[3 * row + b]!, 0);
  close(dot(0, 0), 1);
  close(dot(1, 1), 0);
  close(dot(2, 2), 1);
  close(dot(0, 2), 0);
});

test('small matrices: singular values and right vectors rebuild AᵀA; no NaN at any rank', () => {
  fc.assert(
    fc.property(anyMatrix, (A) => {
      const { rank, singular, right } = truncatedSvd(A, 9, noise);
      assert.equal(rank, Math.min(9, A.rows, A.columns));
      assert.ok([...singular, ...right].every(Number.isFinite));
      const table = dense(A);
      for (let i = 0; i < A.columns; i++) {
        for (let j = 0; j < A.columns; j++) {
          let rebuilt = 0;
          for (let k = 0; k < rank; k++) rebuilt += singular[k]! ** 2 * right[i * rank + k]! * right[j * rank + k]!;
          close(
            rebuilt,
            table.reduce((sum, row) => sum + row[i]! * row[j]!, 0),
            1e-5,
          );
        }
      }
    }),
  );
});

test('a larger matrix: the greatest singular values are found, in order, the same each time', () => {
  const A = randomMatrix(120, 80, 7);
  const C = transposedTimes(A, times(A, identity(80), 80), 80);
  const exact = diagonalise(C, 80).values.slice(0, 10).map(Math.sqrt);
  const found = truncatedSvd(A, 10, noise);
  exact.forEach((value, k) => assert.ok(Math.abs(found.singular[k]! - value) < 0.05 * value));
  assert.ok(Math.abs(found.singular[0]! - exact[0]!) < 0.02 * exact[0]!);
  assert.deepEqual(truncatedSvd(A, 10, noise), found);
});

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, place) => Number(place % (n + 1) === 0));
}
