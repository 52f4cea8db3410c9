/**
 * Prices on floors and budgets: a bound, often a plan, and a smaller problem, all by flows.
 *
 * Floors (Σ score × units of need i ≥ floor) and budgets (Σ value × units ≤ limit) are put into the profits
 * with a price each (Lagrangian relaxation: Held and Karp 1971; Geoffrion 1974):
 *
 *   L(λ, ν) = max over the box of  Σ (score (1 + λ) − ν value) × units  − Σ λ floor + Σ ν limit
 *
 * For all prices ≥ 0 this is at least the total of every plan that respects them, and one flow finds it.
 * Prices follow the violations (subgradient with Polyak's step and some momentum); each flow starts from the
 * last. Plans met on the way that respect everything are kept. At the least L found:
 *   - L < best total + 1: the best plan is optimal, proven without the mixed solver;
 *   - a pair whose reduced profit exceeds L − best total cannot leave its end in any plan as good: decided.
 *
 * Whole profits: scores are multiplied by `grain` and rounded up, so that rounding only weakens L.
 */
import type { AllocationProblem } from './allocation.ts';
import type { BoxFlow } from './box-flow.ts';
import { mostProfitable, openBoxFlow } from './box-flow.ts';
import type { Box } from './floors.ts';
import type { SideConstraints } from './side-constraints.ts';

export type Known = { readonly units: Int32Array; readonly total: number };

export type Priced =
  /** `bound`: no plan in the box has a greater total. `box`: where every plan with more than `best` lies, and `best`. */
  | {
      readonly status: 'bound';
      readonly bound: number;
      readonly best: Known | null;
      readonly box: Box;
      /** The price of one unit of each offer, in points. */
      readonly offerPrice: Float64Array;
      /** Of the plans met that miss a floor or a budget, the one that misses least. */
      readonly nearest: Int32Array;
    }
  | { readonly status: 'infeasible' }
  /** Too large for exact profits, or stopped before the first bound. */
  | { readonly status: 'unknown' };

export type PricedTask = {
  readonly problem: AllocationProblem;
  readonly constraints: SideConstraints;
  readonly box: Box;
  readonly floors: Float64Array;
  readonly best: Known | null;
  /** Whether a plan of the box respects every side constraint. */
  readonly respects: (units: Int32Array) => boolean;
  readonly shouldStop: () => boolean;
  /** Flows that may be solved. */
  readonly rounds: number;
};

/** How many times as many flows are solved while no plan is known. */
const NO_PLAN_YET = 4;
/** Prices of floors stay under this many times the score, those of budgets likewise. */
const GREATEST_PRICE = 15;

export function priceOut(task: PricedTask): Priced {
  const { problem, box } = task;
  const greatest = problem.pairs.score.reduce((most, score) => Math.max(most, score), 1);
  const grain = grainFor(problem, box, greatest);
  const flow = grain < 1 ? null : openBoxFlow(problem, box, grain * greatest * (GREATEST_PRICE + 2));
  if (flow === null) return { status: 'unknown' };
  const rows = rowsOf(task);
  const price = new Float64Array(rows.limit.length);
  const step = new Float64Array(rows.limit.length);
  let best = task.best;
  let least: (Evaluated & { bound: number }) | null = null;
  let nearest: { units: Int32Array; over: number } = { units: new Int32Array(0), over: Infinity };
  let [pace, idle] = [1, 0];
  for (let round = 0; round < (best === null ? NO_PLAN_YET : 1) * task.rounds; round++) {
    const now = evaluate(task, flow, rows, price, grain);
    if (now === 'infeasible') return { status: 'infeasible' };
    if (now === 'stopped') break;
    const over = now.violation.reduce((most, one) => Math.max(most, one), 0);
    if (over < nearest.over) nearest = { units: now.units, over };
    if (over === 0 && task.respects(now.units)) {
      const total = totalOf(problem, now.units);
      if (best === null || total > best.total) best = { units: now.units, total };
    }
    if (least === null || now.exact < least.exact - 1e-3) {
      idle = least !== null && now.exact > least.exact - (least.exact - (best?.total ?? 0)) * 1e-3 ? idle + 1 : 0;
      least = { ...now, bound: Math.floor(now.exact) };
    } else idle++;
    const done = best !== null && least.bound <= best.total;
    if (done || rows.limit.length === 0 || pace < 1 / 64) break;
    if (idle >= 4) [pace, idle] = [pace / 2, 0];
    if (!movePrices(rows, price, step, now, pace, best?.total ?? null)) break;
  }
  if (least === null) return { status: 'unknown' };
  const offerPrice = least.offerPrice.map((price) => price / grain);
  const left = decide(box, least, best, grain);
  return { status: 'bound', bound: least.bound, best, box: left, offerPrice, nearest: nearest.units };
}

type Rows = {
  /** What rows may not exceed. */
  readonly limit: Float64Array;
  /** What prices are measured in, so that rows of scores and rows of cents move alike. */
  readonly measure: Float64Array;
  readonly greatestScore: number;
  /** The floor row of each need and the budget row, −1 for none. */
  readonly floorRow: Int32Array;
  readonly budgetRow: Int32Array;
};

/** Floors that are not met by anything in the box, and all budgets. */
function rowsOf({ problem, constraints, floors }: PricedTask): Rows {
  const { budgets } = constraints;
  const limit: number[] = [];
  const measure: number[] = [];
  const greatest = problem.pairs.score.reduce((most, score) => Math.max(most, score), 1);
  const floorRow = Int32Array.from(floors, (floor) => {
    if (floor <= 0) return -1;
    measure.push(greatest);
    return limit.push(-floor) - 1;
  });
  const first = limit.length;
  budgets?.limit.forEach((cents) => {
    limit.push(cents);
    measure.push(1);
  });
  const budgetRow = Int32Array.from(floors, (_, i) => {
    const budget = budgets?.ofNeed[i] ?? -1;
    return budget < 0 ? -1 : first + budget;
  });
  if (budgets !== undefined) {
    for (let a = 0; a < problem.pairs.need.length; a++) {
      const row = budgetRow[problem.pairs.need[a]!]!;
      if (row >= 0) measure[row] = Math.max(measure[row]!, budgets.value[a]!);
    }
  }
  const lists = { limit: Float64Array.from(limit), measure: Float64Array.from(measure) };
  return { ...lists, greatestScore: greatest, floorRow, budgetRow };
}

type Evaluated = {
  readonly units: Int32Array;
  readonly exact: number;
  readonly reduced: Float64Array;
  readonly offerPrice: Float64Array;
  readonly violation: Float64Array;
};

function evaluate(
  { problem, constraints, shouldStop }: PricedTask,
  flow: BoxFlow,
  rows: Rows,
  price: Float64Array,
  grain: number,
): Evaluated | 'infeasible' | 'stopped' {
  const { need, score } = problem.pairs;
  const value = constraints.budgets?.value;
  const { floorRow, budgetRow, limit } = rows;
  const profit = new Float64Array(score.length);
  for (let a = 0; a < score.length; a++) {
    const [f, b] = [floorRow[need[a]!]!, budgetRow[need[a]!]!];
    let worth = score[a]! * (f < 0 ? 1 : 1 + price[f]!);
    if (b >= 0) worth -= price[b]! * value![a]!;
    profit[a] = Math.ceil(grain * worth + 1e-5);
  }
  const found = mostProfitable(problem, flow, profit, shouldStop);
  if (found.status !== 'optimal') return found.status;
  const violation = limit.map((most) => -most);
  for (let a = 0; a < score.length; a++) {
    if (found.units[a] === 0) continue;
    const [f, b] = [floorRow[need[a]!]!, budgetRow[need[a]!]!];
    if (f >= 0) violation[f]! -= score[a]! * found.units[a]!;
    if (b >= 0) violation[b]! += value![a]! * found.units[a]!;
  }
  const constant = price.reduce((sum, one, row) => sum + one * limit[row]!, 0);
  const exact = found.profit / grain + constant + 1e-4;
  return { units: found.units, exact, reduced: found.reduced, offerPrice: found.offerPrice, violation };
}

/** False when no price can move: the last plan respects all rows that have a price, exactly. */
function movePrices(
  { measure, greatestScore }: Rows,
  price: Float64Array,
  step: Float64Array,
  { violation, exact }: Evaluated,
  pace: number,
  target: number | null,
): boolean {
  let length = 0;
  for (let row = 0; row < price.length; row++) {
    const relative = violation[row]! / measure[row]!;
    step[row] = price[row]! <= 0 && relative < 0 && step[row]! <= 0 ? 0 : relative + 0.6 * step[row]!;
    length += step[row]! * step[row]!;
  }
  if (length === 0) return false;
  const goal = target ?? exact - Math.max(1, 0.01 * Math.abs(exact));
  const size = (pace * Math.max(1, exact - goal)) / length;
  for (let row = 0; row < price.length; row++) {
    const next = price[row]! + (size * step[row]!) / measure[row]!;
    const greatest = (GREATEST_PRICE * greatestScore) / measure[row]!;
    price[row] = Math.max(0, Math.min(greatest, next));
  }
  return true;
}

/** Pairs that cannot leave their end in any plan with at least the best total. */
function decide(
  box: Box,
  least: { readonly exact: number; readonly reduced: Float64Array },
  best: Known | null,
  grain: number,
): Box {
  if (best === null) return box;
  const [low, high] = [box.pairs.low.slice(), box.pairs.high.slice()];
  const slack = (least.exact - best.total) * grain;
  for (let a = 0; a < low.length; a++) {
    if (low[a] === high[a]) continue;
    // Units that may move off the end before too much is lost.
    const most = Math.floor(slack / Math.abs(least.reduced[a]!) + 1e-9);
    if (least.reduced[a]! < 0) high[a] = Math.min(high[a]!, low[a]! + most);
    else if (least.reduced[a]! > 0) low[a] = Math.max(low[a]!, high[a]! - most);
  }
  return { ...box, pairs: { low, high } };
}

function totalOf({ pairs }: AllocationProblem, units: Int32Array): number {
  let total = 0;
  for (let a = 0; a < units.length; a++) total += pairs.score[a]! * units[a]!;
  return total;
}

/** As fine as exact arithmetic allows, a power of two; below 1 when scores are too great already. */
function grainFor(problem: AllocationProblem, box: Box, greatest: number): number {
  const nodes = Math.min(problem.needs.wanted.length, problem.offers.capacity.length) + 2;
  const units = box.needs.high.reduce((sum, high) => sum + high, 1);
  const room = Math.min(2 ** 30, 2 ** 45 / nodes, 2 ** 51 / units);
  return Math.min(2 ** 16, 2 ** Math.floor(Math.log2(room / (greatest * (GREATEST_PRICE + 2)))));
}
