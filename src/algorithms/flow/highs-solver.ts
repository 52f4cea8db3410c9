/**
 * The allocation problem by linear programming, over HiGHS: the solver of reference.
 *
 * Columns: units f(a) of each pair, and y(i, k) in 0…1 for the k-th unit of need i. Rows: per need
 * Σ f − Σ y = 0; per offer, minimum ≤ Σ f ≤ capacity. The matrix is that of a network, so every vertex
 * is whole. Two solves of one model:
 *   1. fairness: maximise Σ g(i, k) y(i, k), with the prices of `leximin-prices.ts`;
 *   2. score: fix at its bound every column and row whose fairness dual is not zero (by complementary
 *      slackness what is left is exactly the set of fairest plans), then maximise Σ score × f.
 * The duals of both are the certificate. Whole prices make whole duals. Values and duals are rounded, and
 * complementary slackness is checked on the whole numbers: what fails is answered as bounded, never
 * as optimal.
 *
 * Limits: one column per wanted unit, two million columns in all.
 */
import highsModule from 'highs';
import type { Highs, Model, ModelData } from 'highs';
import type { Allocation, AllocationProblem, Certificate, SolveOptions } from './allocation.ts';
import type { InvalidProblem } from './allocation.ts';
import { findFault, summarise } from './allocation.ts';
import { findFeasiblePlan } from './feasible-plan.ts';
import { boundTotal, fillGreedily } from './greedy-plan.ts';
import { leximinPrices } from './leximin-prices.ts';

export async function solveWithHighs(problem: AllocationProblem, options: SolveOptions = {}): Promise<Allocation> {
  const end = performance.now() + (options.timeLimitMs ?? Infinity);
  options.onProgress?.({ phase: 'reading', share: 0 });
  const reason = findFault(problem) ?? tooLarge(problem);
  if (reason !== null) return { status: 'invalid', reason };
  const first = findFeasiblePlan(problem);
  if (!first.ok) return { status: 'infeasible', reason: first.reason };
  if (options.shouldCancel?.()) return { status: 'cancelled' };
  const bounded = (units: Int32Array): Allocation => {
    const plan = summarise(problem, units);
    const bound = boundTotal(problem);
    return { status: 'bounded', ...plan, bound, gap: bound - plan.totalScore };
  };
  if (performance.now() >= end) return bounded(fillGreedily(problem, first.units));
  if (problem.pairs.need.length === 0) return planOfNothing(problem);

  const highs = await loaded();
  const fairness = networkModel(highs, problem);
  using model = highs.createModel(fairness);
  model.options.set({ output_flag: false, solver: 'simplex' });
  const run = (data: NetworkModel) => runModel(highs, model, data, end, options.shouldCancel ?? (() => false));

  options.onProgress?.({ phase: 'fairness', share: 0.1 });
  const fair = run(fairness);
  if (fair.end === 'cancelled') return { status: 'cancelled' };
  if (fair.end === 'stopped') return bounded(fillGreedily(problem, first.units));
  const score = withinFairest(fairness, problem, fair);
  change(model, score);

  options.onProgress?.({ phase: 'score', share: 0.6 });
  const best = run(score);
  if (best.end === 'cancelled') return { status: 'cancelled' };
  if (best.end === 'stopped') return bounded(unitsOf(problem, fair));

  options.onProgress?.({ phase: 'proof', share: 0.95 });
  const plan = summarise(problem, unitsOf(problem, best));
  const certificate = certificateOf(problem, fair, best);
  options.onProgress?.({ phase: 'proof', share: 1 });
  return { status: 'optimal', ...plan, bound: plan.totalScore, gap: 0, certificate };
}

/** Values and duals of one solve, all whole; or why there are none. */
type Solved =
  | {
      readonly end: 'optimal';
      readonly column: Float64Array;
      readonly columnDual: Float64Array;
      readonly rowDual: Float64Array;
    }
  | { readonly end: 'cancelled' }
  | { readonly end: 'stopped' };
type Optimal = Extract<Solved, { end: 'optimal' }>;

const GREATEST_MODEL = 2_000_000;
let loading: Promise<Highs> | undefined;

function loaded(): Promise<Highs> {
  // The package describes its ES module as CommonJS: what is imported is the loader itself.
  loading ??= (highsModule as unknown as typeof highsModule.default)();
  return loading;
}

/** Without pairs nobody gives: each need is priced at its first unit, which nobody can serve. */
function planOfNothing(problem: AllocationProblem): Allocation {
  const { wanted } = problem.needs;
  const { capacity } = problem.offers;
  const prices = leximinPrices(problem);
  const certificate: Certificate = {
    needFairness: Float64Array.from(wanted, (units, i) => (units > 0 ? prices.price(i, 1) : 0)),
    needScore: new Float64Array(wanted.length),
    offerFairness: new Float64Array(capacity.length),
    offerScore: new Float64Array(capacity.length),
  };
  const plan = summarise(problem, new Int32Array(0));
  return { status: 'optimal', ...plan, bound: 0, gap: 0, certificate };
}

function tooLarge({ needs, pairs }: AllocationProblem): InvalidProblem | null {
  let columns = pairs.need.length;
  const row = needs.wanted.findIndex((wanted) => (columns += wanted) > GREATEST_MODEL);
  return row < 0 ? null : { field: 'needs.wanted', row, fault: 'too-large' };
}

type NetworkModel = ModelData & {
  readonly colCost: Float64Array;
  readonly colLower: Float64Array;
  readonly colUpper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
};

function networkModel(highs: Highs, problem: AllocationProblem): NetworkModel {
  const { needs, offers, pairs } = problem;
  const [n, m, A] = [needs.wanted.length, offers.capacity.length, pairs.need.length];
  const prices = leximinPrices(problem);
  const wantedUnits = needs.wanted.reduce((sum, wanted) => sum + wanted, 0);
  const numCols = A + wantedUnits;
  const colCost = new Float64Array(numCols);
  const colLower = new Float64Array(numCols);
  const colUpper = new Float64Array(numCols).fill(1);
  const starts = new Int32Array(numCols + 1);
  const indices = new Int32Array(2 * A + wantedUnits);
  const values = new Float64Array(2 * A + wantedUnits).fill(1);
  for (let a = 0; a < A; a++) {
    colLower[a] = pairs.minimum[a]!;
    colUpper[a] = pairs.cap[a]!;
    indices[2 * a] = pairs.need[a]!;
    indices[2 * a + 1] = n + pairs.offer[a]!;
    starts[a + 1] = 2 * a + 2;
  }
  let column = A;
  for (let i = 0; i < n; i++) {
    for (let k = 1; k <= needs.wanted[i]!; k++, column++) {
      colCost[column] = prices.price(i, k);
      indices[A + column] = i;
      values[A + column] = -1;
      starts[column + 1] = A + column + 1;
    }
  }
  const rowLower = new Float64Array(n + m);
  const rowUpper = new Float64Array(n + m);
  rowLower.set(offers.minimum, n);
  rowUpper.set(offers.capacity, n);
  return {
    numCols,
    numRows: n + m,
    sense: highs.constants.objectiveSense.maximize,
    colCost,
    colLower,
    colUpper,
    rowLower,
    rowUpper,
    matrix: { format: 'csc', numRows: n + m, numCols, starts, indices, values },
  };
}

function runModel(highs: Highs, model: Model, data: NetworkModel, end: number, cancelled: () => boolean): Solved {
  if (cancelled()) return { end: 'cancelled' };
  const left = end - performance.now();
  if (left <= 0) return { end: 'stopped' };
  // The clock of a model runs on from one solve to the next.
  if (left < Infinity) model.options.set('time_limit', model.getRunTime() + left / 1000);
  let interrupted = false;
  const { callbackType, modelStatus } = highs.constants;
  const outcome = model.run({
    [callbackType.simplexInterrupt]: (event) => {
      if (!interrupted && !cancelled()) return;
      interrupted = true;
      event.interrupt();
    },
  });
  if (interrupted) return { end: 'cancelled' };
  if (outcome.modelStatus !== modelStatus.optimal) return { end: 'stopped' };
  const { colValue, rowDual } = model.getSolution();
  const [column, rows] = [colValue, rowDual].map(rounded);
  if (!column || !rows) return { end: 'stopped' };
  const columnDual = reducedCosts(data, rows);
  if (!areComplementary(data, column, columnDual, rows)) return { end: 'stopped' };
  return { end: 'optimal', column, columnDual, rowDual: rows };
}

/** Cost of each column less what its rows charge, in whole numbers. */
function reducedCosts({ colCost, matrix }: NetworkModel, rowDual: Float64Array): Float64Array {
  return colCost.map((cost, column) => {
    let left = cost;
    for (let k = matrix.starts[column]!; k < matrix.starts[column + 1]!; k++) {
      left -= matrix.values[k]! * rowDual[matrix.indices[k]!]!;
    }
    return left;
  });
}

/** A gain above 0 stands at the upper bound, one below 0 at the lower: of columns and of rows. */
function areComplementary(
  data: NetworkModel,
  column: Float64Array,
  columnDual: Float64Array,
  rowDual: Float64Array,
): boolean {
  const { matrix, colLower, colUpper, rowLower, rowUpper } = data;
  const activity = new Float64Array(rowDual.length);
  column.forEach((value, c) => {
    for (let k = matrix.starts[c]!; k < matrix.starts[c + 1]!; k++) {
      activity[matrix.indices[k]!]! += matrix.values[k]! * value;
    }
  });
  const holds = (value: number, dual: number, lower: number, upper: number) =>
    value >= lower && value <= upper && !(dual > 0 && value < upper) && !(dual < 0 && value > lower);
  return (
    column.every((value, c) => holds(value, columnDual[c]!, colLower[c]!, colUpper[c]!)) &&
    activity.every((value, r) => holds(value, rowDual[r]!, rowLower[r]!, rowUpper[r]!))
  );
}

/** The whole numbers meant by `values`, or null when one of them is not whole. */
function rounded(values: Float64Array): Float64Array | null {
  const whole = values.map((value) => Math.round(value) + 0);
  return values.every((value, k) => Math.abs(value - whole[k]!) < 1e-5) ? whole : null;
}

/** Leaves free only what complementary slackness leaves free, the face of the fairest plans, and scores it. */
function withinFairest(model: NetworkModel, problem: AllocationProblem, fair: Optimal): NetworkModel {
  const colCost = new Float64Array(model.colCost.length);
  colCost.set(problem.pairs.score);
  const tight = (bound: Float64Array, other: Float64Array, duals: Float64Array, sign: number) =>
    bound.map((value, k) => (duals[k]! * sign > 0 ? other[k]! : value));
  return {
    ...model,
    colCost,
    colLower: tight(model.colLower, model.colUpper, fair.columnDual, 1),
    colUpper: tight(model.colUpper, model.colLower, fair.columnDual, -1),
    rowLower: tight(model.rowLower, model.rowUpper, fair.rowDual, 1),
    rowUpper: tight(model.rowUpper, model.rowLower, fair.rowDual, -1),
  };
}

function change(model: Model, data: NetworkModel): void {
  const columns = { kind: 'range', from: 0, to: data.numCols - 1 } as const;
  const rows = { kind: 'range', from: 0, to: data.numRows - 1 } as const;
  model.changeColsBounds(columns, data.colLower, data.colUpper);
  model.changeRowsBounds(rows, data.rowLower, data.rowUpper);
  model.changeColsCost(columns, data.colCost);
}

function unitsOf({ pairs }: AllocationProblem, solved: Optimal): Int32Array {
  return Int32Array.from(solved.column.subarray(0, pairs.need.length));
}

function certificateOf(problem: AllocationProblem, fair: Optimal, best: Optimal): Certificate {
  const n = problem.needs.wanted.length;
  const negated = (values: Float64Array) => values.map((value) => 0 - value);
  return {
    needFairness: negated(fair.rowDual.subarray(0, n)),
    needScore: negated(best.rowDual.subarray(0, n)),
    offerFairness: fair.rowDual.slice(n),
    offerScore: best.rowDual.slice(n),
  };
}
