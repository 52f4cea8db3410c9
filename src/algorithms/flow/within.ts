/** What is asked of a search within a task, what it answers, and the best of the plans in hand. */
import { respectsTask } from './respects.ts';
import type { SidePlan } from './side-constraints.ts';
import type { SideTask } from './side-model.ts';
import type { Known } from './side-prices.ts';

export type Control = {
  /** On the clock of `performance.now()`. */
  readonly end: number;
  readonly shouldCancel: () => boolean;
  /** A total within this of the bound is good enough. */
  readonly gap: number;
};

export type Within = {
  /** `optimal`: within the gap, or (any plan will do) a plan was found. */
  readonly end: 'optimal' | 'infeasible' | 'stopped' | 'cancelled';
  readonly best: Known | null;
  readonly bound: number;
  readonly by: SidePlan['by'];
  /** A plan that misses floors or budgets by little. */
  readonly nearest?: Int32Array;
};

/** The best total among these that respect the task. */
export function bestOf(task: SideTask, known: readonly Int32Array[]): Known | null {
  let best: Known | null = null;
  for (const units of known) {
    if (!respectsTask(task, units)) continue;
    const total = totalOf(task, units);
    if (best === null || total > best.total) best = { units, total };
  }
  return best;
}

function totalOf({ problem }: SideTask, units: Int32Array): number {
  let total = 0;
  for (let a = 0; a < units.length; a++) total += problem.pairs.score[a]! * units[a]!;
  return total;
}
