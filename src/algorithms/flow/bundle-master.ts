/**
 * The master programme of bundles: which share of which known bundles earns most, and at what prices.
 *
 * A linear programme: one row per need (its shares add up to one bundle), one per offer and per shared budget.
 * Bundles are added as they are found; HiGHS goes on from the last basis. Prices are kept within `reach` of a
 * center: beyond it a row may be broken for a fine (the box-step method of Marsten, Hogan and Blankenship, 1975),
 * so that they do not leap about while bundles are few. In floating point: prices are suggestions, and
 * become a bound only in whole numbers (`bundle-market.ts`).
 */
import type { Highs, Model } from 'highs';
import { loadHighs } from './load-highs.ts';

export type MasterRows = {
  readonly needs: number;
  /** Ranges of the rows after those of the needs. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Prices are of this size. */
  readonly greatestPrice: number;
};

export type MasterColumn = {
  readonly need: number;
  readonly gain: number;
  /** Rows after those of the needs, counted from 0. */
  readonly rows: readonly number[];
  readonly values: readonly number[];
};

export type MasterAnswer = {
  readonly value: number;
  readonly needPrice: Float64Array;
  readonly rowPrice: Float64Array;
  /** The share of each column, in the order in which they were added. */
  readonly shares: Float64Array;
  /** Whether all rows hold: no price is at the end of its reach, or what lies beyond does not pay. */
  readonly holds: boolean;
};

export type Master = {
  readonly add: (columns: readonly MasterColumn[]) => void;
  readonly center: (prices: Float64Array, reach: Float64Array) => void;
  /** Null when the solver could not answer in time. */
  readonly solve: (seconds: number) => MasterAnswer | null;
  readonly [Symbol.dispose]: () => void;
};

export async function openMaster({ needs, low, high, greatestPrice }: MasterRows): Promise<Master> {
  const highs = await loadHighs();
  const scale = Math.min(1, 2 ** (9 - Math.floor(Math.log2(Math.max(1, greatestPrice)))));
  const fines = 2 * low.length;
  const model = highs.createModel(emptyModel(highs, needs, low, high));
  // Bundles are added to a basis that holds: the primal simplex goes on from it.
  model.options.set({ output_flag: false, presolve: 'off', simplex_strategy: 4 });
  return {
    add: (columns) => addColumns(model, columns, needs, scale),
    center: (prices, reach) => {
      const costs = Float64Array.from({ length: fines }, (_, k) => {
        const row = k >> 1;
        // What is missing is paid for at the low end, what is too much at the high end.
        return scale * (k % 2 === 0 ? prices[row]! - reach[row]! : -prices[row]! - reach[row]!);
      });
      model.changeColsCost({ kind: 'range', from: 0, to: fines - 1 }, costs);
    },
    solve: (seconds) => solve(highs, model, needs, fines, scale, seconds),
    [Symbol.dispose]: () => model[Symbol.dispose](),
  };
}

/** Rows, and two columns of fines for each that joins needs: what is missing, what is too much. */
function emptyModel(
  highs: Highs,
  needs: number,
  low: Float64Array,
  high: Float64Array,
): Parameters<Model['passModel']>[0] {
  const rows = needs + low.length;
  const fines = 2 * low.length;
  return {
    numCols: fines,
    numRows: rows,
    sense: highs.constants.objectiveSense.maximize,
    colCost: new Float64Array(fines),
    colLower: new Float64Array(fines),
    colUpper: new Float64Array(fines).fill(highs.infinity),
    rowLower: Float64Array.from({ length: rows }, (_, row) => (row < needs ? 1 : low[row - needs]!)),
    rowUpper: Float64Array.from({ length: rows }, (_, row) => (row < needs ? 1 : high[row - needs]!)),
    matrix: {
      format: 'csc',
      numRows: rows,
      numCols: fines,
      starts: Int32Array.from({ length: fines + 1 }, (_, k) => k),
      indices: Int32Array.from({ length: fines }, (_, k) => needs + (k >> 1)),
      values: Float64Array.from({ length: fines }, (_, k) => (k % 2 === 0 ? 1 : -1)),
    },
  };
}

function addColumns(model: Model, columns: readonly MasterColumn[], needs: number, scale: number): void {
  if (columns.length === 0) return;
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const { need, rows, values: entries } of columns) {
    indices.push(need, ...rows.map((row) => needs + row));
    values.push(1, ...entries);
    starts.push(indices.length);
  }
  const numRows = model.getDimensions().numRows;
  model.addCols({
    cost: Float64Array.from(columns, ({ gain }) => gain * scale),
    lower: new Float64Array(columns.length),
    upper: new Float64Array(columns.length).fill(Infinity),
    matrix: {
      format: 'csc',
      numRows,
      numCols: columns.length,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
  });
}

function solve(
  highs: Highs,
  model: Model,
  needs: number,
  fines: number,
  scale: number,
  seconds: number,
): MasterAnswer | null {
  if (seconds <= 0) return null;
  model.zeroAllClocks();
  if (seconds < Infinity) model.options.set({ time_limit: seconds });
  const outcome = model.run();
  if (outcome.modelStatus !== highs.constants.modelStatus.optimal) return null;
  const { colValue, rowDual } = model.getSolution();
  return {
    value: model.getObjectiveValue() / scale,
    needPrice: rowDual.subarray(0, needs).map((price) => price / scale),
    rowPrice: rowDual.subarray(needs).map((price) => price / scale),
    shares: colValue.subarray(fines),
    holds: colValue.subarray(0, fines).every((fine) => fine < 1e-7),
  };
}
