/**
 * Matrices with few entries that are not zero, row by row, and their products with thin dense ones.
 *
 * A dense matrix of n rows and w columns is a Float64Array of n × w, row after row.
 * Must always hold: sums run over the rows in order and within a row in the order of its entries, so that the
 * numbering of the columns changes no bit of a result.
 */
export type SparseMatrix = {
  readonly rows: number;
  readonly columns: number;
  /** Entries of row i: places starts[i] up to starts[i + 1] of `column` and `value`. */
  readonly starts: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
};

export type SparseRow = { readonly column: Int32Array; readonly value: Float32Array | Float64Array };

export function stackRows(rows: readonly SparseRow[], columns: number): SparseMatrix {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, place) => (starts[place + 1] = starts[place]! + row.column.length));
  const column = new Int32Array(starts[rows.length]!);
  const value = new Float64Array(column.length);
  rows.forEach((row, place) => {
    column.set(row.column, starts[place]!);
    value.set(row.value, starts[place]!);
  });
  return { rows: rows.length, columns, starts, column, value };
}

/** A × dense: a row for each row of A. */
export function times({ rows, starts, column, value }: SparseMatrix, dense: Float64Array, width: number): Float64Array {
  const product = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const target = row * width;
    for (let place = starts[row]!; place < starts[row + 1]!; place++) {
      addScaled(product, target, dense, column[place]! * width, value[place]!, width);
    }
  }
  return product;
}

/** Aᵀ × dense: a row for each column of A. */
export function transposedTimes(matrix: SparseMatrix, dense: Float64Array, width: number): Float64Array {
  const { rows, columns, starts, column, value } = matrix;
  const product = new Float64Array(columns * width);
  for (let row = 0; row < rows; row++) {
    const source = row * width;
    for (let place = starts[row]!; place < starts[row + 1]!; place++) {
      addScaled(product, column[place]! * width, dense, source, value[place]!, width);
    }
  }
  return product;
}

/** The same entries column by column: row i of the answer holds the rows of A where column i is not zero. */
export function transpose({ rows, columns, starts, column, value }: SparseMatrix): SparseMatrix {
  const turned = new Int32Array(columns + 1);
  for (const place of column) turned[place + 1]!++;
  for (let place = 0; place < columns; place++) turned[place + 1]! += turned[place]!;
  const next = turned.slice(0, columns);
  const turnedColumn = new Int32Array(column.length);
  const turnedValue = new Float64Array(column.length);
  for (let row = 0; row < rows; row++) {
    for (let place = starts[row]!; place < starts[row + 1]!; place++) {
      const target = next[column[place]!]!++;
      turnedColumn[target] = row;
      turnedValue[target] = value[place]!;
    }
  }
  return { rows: columns, columns: rows, starts: turned, column: turnedColumn, value: turnedValue };
}

function addScaled(to: Float64Array, at: number, from: Float64Array, start: number, by: number, width: number): void {
  for (let k = 0; k < width; k++) to[at + k]! += by * from[start + k]!;
}
