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
import type { Highs, Model } from 'highs';
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
  using model = highs.createModel(networkModel(highs, problem));
  model.options.set({ output_flag: false, solver: 'simplex' });
  const run = () => runModel(highs, model, end, options.shouldCancel ?? (() => false));

  options.onProgress?.({ phase: 'fairness', share: 0.1 });
  const fair = run();
  if (fair.end === 'cancelled') return { status: 'cancelled' };
  if (fair.end === 'stopped') return bounded(fillGreedily(problem, first.units));
  restrictToFairest(model, problem, fair);

  options.onProgress?.({ phase: 'score', share: 0.6 });
  const best = run();
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

function networkModel(highs: Highs, problem: AllocationProblem): Parameters<Model['passModel']>[0] {
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

function runModel(highs: Highs, model: Model, end: number, cancelled: () => boolean): Solved {
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
  const { colValue, colDual, rowDual } = model.getSolution();
  const [column, columnDual, rows] = [colValue, colDual, rowDual].map(rounded);
  if (!column || !columnDual || !rows) return { end: 'stopped' };
  return { end: 'optimal', column, columnDual, rowDual: rows };
}

/** The whole numbers meant by `values`, or null when one of them is not whole. */
function rounded(values: Float64Array): Float64Array | null {
  const whole = values.map((value) => Math.round(value) + 0);
  return values.every((value, k) => Math.abs(value - whole[k]!) < 1e-5) ? whole : null;
}

/** Leaves free only what complementary slackness leaves free: the face of the fairest plans. */
function restrictToFairest(model: Model, problem: AllocationProblem, fair: Optimal): void {
  const { pairs, needs, offers } = problem;
  const n = needs.wanted.length;
  const lower = new Float64Array(fair.column.length);
  const upper = new Float64Array(fair.column.length).fill(1);
  lower.set(pairs.minimum);
  upper.set(pairs.cap);
  fair.columnDual.forEach((dual, column) => {
    if (dual > 0) lower[column] = upper[column]!;
    if (dual < 0) upper[column] = lower[column]!;
  });
  const rowLower = new Float64Array(fair.rowDual.length);
  const rowUpper = new Float64Array(fair.rowDual.length);
  for (let j = 0; j < offers.capacity.length; j++) {
    const dual = fair.rowDual[n + j]!;
    rowLower[n + j] = dual > 0 ? offers.capacity[j]! : offers.minimum[j]!;
    rowUpper[n + j] = dual < 0 ? offers.minimum[j]! : offers.capacity[j]!;
  }
  const cost = new Float64Array(fair.column.length);
  cost.set(pairs.score);
  const columns = { kind: 'range', from: 0, to: cost.length - 1 } as const;
  const rows = { kind: 'range', from: 0, to: rowLower.length - 1 } as const;
  model.changeColsBounds(columns, lower, upper);
  model.changeRowsBounds(rows, rowLower, rowUpper);
  model.changeColsCost(columns, cost);
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
