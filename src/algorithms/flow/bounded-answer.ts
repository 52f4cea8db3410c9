/**
 * The answer when the time was up: a lawful plan, and how much better another could be at most.
 */
import type { Allocation, AllocationProblem } from './allocation.ts';
import { summarise } from './allocation.ts';
import { boundTotal } from './greedy-plan.ts';

export function bounded(problem: AllocationProblem, units: Int32Array): Allocation {
  const sums = summarise(problem, units);
  const bound = boundTotal(problem);
  return { status: 'bounded', ...sums, bound, gap: bound - sums.totalScore };
}

/** While pivots are left, an offer may still give less than its minimum. */
export function keepsPromises(problem: AllocationProblem, units: Int32Array): boolean {
  const { given } = summarise(problem, units);
  return problem.offers.minimum.every((least, j) => given[j]! >= least);
}
