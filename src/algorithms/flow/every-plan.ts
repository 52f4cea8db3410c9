/**
 * Every lawful plan of a tiny problem, one after the other, and the best by definition: what the solvers
 * are compared with in tests. Exponential: keep the product of (cap + 1) under a few thousands.
 */
import type { AllocationProblem } from './allocation.ts';

export type BestByDefinition = {
  /** Levels of the needs that want something, worst first, as exact fractions. */
  readonly sortedLevels: readonly (readonly [numerator: number, denominator: number])[];
  readonly totalScore: number;
  /** All plans that reach both. */
  readonly plans: readonly Int32Array[];
};

export function* everyPlan(problem: AllocationProblem): Generator<Int32Array> {
  const { needs, offers, pairs } = problem;
  const units = new Int32Array(pairs.need.length);
  const served = new Int32Array(needs.wanted.length);
  const given = new Int32Array(offers.capacity.length);
  function* choose(a: number): Generator<Int32Array> {
    if (a === units.length) {
      if (given.every((sum, j) => sum >= offers.minimum[j]!)) yield units.slice();
      return;
    }
    const [i, j] = [pairs.need[a]!, pairs.offer[a]!];
    for (let f = pairs.minimum[a]!; f <= pairs.cap[a]!; f++) {
      if (served[i]! + f > needs.wanted[i]! || given[j]! + f > offers.capacity[j]!) return;
      units[a] = f;
      served[i]! += f;
      given[j]! += f;
      yield* choose(a + 1);
      served[i]! -= f;
      given[j]! -= f;
    }
  }
  yield* choose(0);
}

/** The best of them by the definition in `allocation.ts`, or null when there is no lawful plan. */
export function bestByDefinition(problem: AllocationProblem): BestByDefinition | null {
  let best: { sortedLevels: [number, number][]; totalScore: number; plans: Int32Array[] } | null = null;
  for (const plan of everyPlan(problem)) {
    const sortedLevels = sortedLevelsOf(problem, plan);
    const totalScore = plan.reduce((sum, units, a) => sum + units * problem.pairs.score[a]!, 0);
    const order = best === null ? 1 : compareLevels(sortedLevels, best.sortedLevels) || totalScore - best.totalScore;
    if (order > 0) best = { sortedLevels, totalScore, plans: [plan] };
    else if (order === 0) best?.plans.push(plan);
  }
  return best;
}

/** Served units per need. */
export function servedBy(problem: AllocationProblem, plan: Int32Array): Int32Array {
  const served = new Int32Array(problem.needs.wanted.length);
  plan.forEach((units, a) => (served[problem.pairs.need[a]!]! += units));
  return served;
}

export function sortedLevelsOf(problem: AllocationProblem, plan: Int32Array): [number, number][] {
  const { wanted, weight } = problem.needs;
  const levels = Array.from(servedBy(problem, plan), (units, i): [number, number] => [units, wanted[i]! * weight[i]!]);
  return levels.filter(([, full]) => full > 0).toSorted(([a, b], [c, d]) => a * d - c * b);
}

/** Positive when x is better: at the first place where the sorted levels differ, x is higher. */
export function compareLevels(
  x: readonly (readonly [number, number])[],
  y: readonly (readonly [number, number])[],
): number {
  for (let place = 0; place < x.length; place++) {
    const [a, b] = x[place]!;
    const [c, d] = y[place]!;
    if (a * d !== c * b) return a * d - c * b;
  }
  return 0;
}
