/**
 * Every eigenvalue and eigenvector of a symmetric matrix, by cyclic Jacobi rotations: each rotation in the
 * plane (p, q) brings one entry off the diagonal to 0, and sweeps go on until all of them are negligible.
 * Golub and Van Loan, "Matrix Computations", section 8.5. Fast when the matrix is nearly diagonal already.
 *
 * Must always hold: eigenvalues are listed greatest first; column k of `vectors` belongs to value k, and the
 * columns are orthonormal.
 */
export type Eigen = { readonly values: Float64Array; readonly vectors: Float64Array };

const MOST_SWEEPS = 30;
const NEGLIGIBLE = 1e-10;

/** `matrix`: n × n, row after row, symmetric, finite. */
export function diagonalise(matrix: Float64Array, n: number): Eigen {
  const C = matrix.slice();
  const rotated = new Float64Array(n * n); // Row k: eigenvector k, so that a rotation mixes two rows.
  for (let i = 0; i < n; i++) rotated[i * n + i] = 1;
  const scale = C.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (!sweepOnce(C, rotated, n, scale * NEGLIGIBLE)) break;
  }
  const order = Int32Array.from({ length: n }, (_, i) => i).toSorted((i, j) => C[j * n + j]! - C[i * n + i]! || i - j);
  const values = Float64Array.from(order, (i) => C[i * n + i]!);
  const vectors = new Float64Array(n * n);
  order.forEach((from, k) => {
    for (let i = 0; i < n; i++) vectors[i * n + k] = rotated[from * n + i]!;
  });
  return { values, vectors };
}

/** Whether any entry was worth a rotation. */
function sweepOnce(C: Float64Array, rotated: Float64Array, n: number, negligible: number): boolean {
  let isChanged = false;
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      if (Math.abs(C[p * n + q]!) <= negligible) continue;
      isChanged = true;
      rotate(C, rotated, n, p, q);
    }
  }
  return isChanged;
}

function rotate(C: Float64Array, rotated: Float64Array, n: number, p: number, q: number): void {
  const entry = C[p * n + q]!;
  const theta = (C[q * n + q]! - C[p * n + p]!) / (2 * entry);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  const pp = C[p * n + p]! - t * entry;
  const qq = C[q * n + q]! + t * entry;
  mixRows(C, p * n, q * n, n, c, s);
  for (let i = 0; i < n; i++) {
    C[i * n + p] = C[p * n + i]!;
    C[i * n + q] = C[q * n + i]!;
  }
  C[p * n + p] = pp;
  C[q * n + q] = qq;
  C[p * n + q] = C[q * n + p] = 0;
  mixRows(rotated, p * n, q * n, n, c, s);
}

function mixRows(rows: Float64Array, p: number, q: number, n: number, c: number, s: number): void {
  for (let i = 0; i < n; i++) {
    const x = rows[p + i]!;
    const y = rows[q + i]!;
    rows[p + i] = c * x - s * y;
    rows[q + i] = s * x + c * y;
  }
}
