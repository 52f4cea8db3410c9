/**
 * What a plan must respect beyond caps and capacities, and what is answered about it.
 *
 *   budgets    Aid headroom: each need may belong to one budget (its organisation's); a unit of pair a uses
 *              value(a) cents of it; Σ value × units stays within the limit.
 *   partners   At most k offers serve a need.
 *   together   Both of two pairs are used, or none (used: at least one unit).
 *   floors     The sum of score × units of a need is at least so much.
 *
 * With them the problem is NP-hard (generalised assignment is a special case): `solve-side-constraints.ts`
 * uses flows for what flows can do and a mixed-integer solver for the rest. Wanted, in this order:
 *
 *   1. the leximin of the levels (unless the objective is the total alone), as in `allocation.ts`, among
 *      the plans that respect everything;
 *   2. when asked, `sumLevels` times: the least sum of scores of a need is as great as can be (needs that
 *      can have no more are then set aside);
 *   3. the greatest total.
 *
 * Must always hold: everything is whole; what is given up for want of time is said, with a bound.
 */
import type { AllocationProblem, Infeasible, InvalidProblem, Plan, SolveOptions } from './allocation.ts';

export type SideConstraints = {
  readonly budgets?: {
    /** Cents of each budget. */
    readonly limit: Float64Array;
    /** The budget of each need, −1 for none. */
    readonly ofNeed: Int32Array;
    /** Cents that one unit of each pair uses. */
    readonly value: Float64Array;
  };
  /** Most offers per need; −1 sets no limit. */
  readonly partners?: Int32Array;
  /** Couples of pairs. */
  readonly together?: { readonly first: Int32Array; readonly second: Int32Array };
  /** Least sum of scores of each need. */
  readonly floors?: Float64Array;
};

export type SideFault = {
  readonly field: 'budgets.limit' | 'budgets.ofNeed' | 'budgets.value' | 'partners' | 'together' | 'floors';
  readonly row: number;
  readonly fault: 'not-a-whole-number' | 'out-of-range' | 'unknown' | 'length';
};

export type SideOptions = SolveOptions & {
  readonly objective?: 'leximin' | 'total';
  /** How many times the least sum of scores is raised before the total counts; 0 when not stated. */
  readonly sumLevels?: number;
  /** Stop as soon as the total is proven within this of the greatest. */
  readonly gap?: number;
};

/** The least sum of scores that was raised in one step. */
export type SumLevel = {
  readonly value: number;
  /** No plan has a greater one, given the steps before; equal to `value` when proven. */
  readonly bound: number;
  /** Needs that can have no more, given all this, and are set aside in the next step. */
  readonly tight: readonly number[];
};

/** `bound`: no plan with the same levels and sum levels has a greater total; where `proven` says no for the sums, no
 * plan with the same levels has; where it says no for fairness, no plan at all. */
export type SidePlan = Plan & {
  /** Sum of score × units of each need. */
  readonly sums: Float64Array;
  readonly sumLevels: readonly SumLevel[];
  readonly proven: { readonly fairness: boolean; readonly sums: boolean; readonly total: boolean };
  /** Where the proof came from: no side constraint was in the way, flows with prices, or the mixed solver. */
  readonly by: 'flow' | 'priced-flow' | 'mixed-integer' | 'bundles';
};

export type SideConstraint =
  | { readonly kind: 'budget'; readonly budget: number }
  | { readonly kind: 'partners'; readonly need: number }
  | { readonly kind: 'together'; readonly couple: number }
  | { readonly kind: 'floor'; readonly need: number };

/** Why there is no plan. */
export type SideInfeasible =
  /** The minimums alone cannot hold. */
  | Infeasible
  /** With the minimums, these cannot hold together; `smallest`: without any one of them the others can. */
  | {
      readonly kind: 'side-constraints';
      readonly constraints: readonly SideConstraint[];
      readonly smallest: boolean;
    };

export type SideAllocation =
  /** Every step is proven. */
  | { readonly status: 'optimal'; readonly plan: SidePlan }
  /** Stopped at the gap that was asked for, or where the solver could prove no more. */
  | { readonly status: 'bounded'; readonly plan: SidePlan }
  /** The best plan known when the time was up; null when none is known yet (minimums may leave none). */
  | { readonly status: 'time-limit'; readonly plan: SidePlan | null }
  | { readonly status: 'infeasible'; readonly reason: SideInfeasible }
  | { readonly status: 'cancelled' }
  | { readonly status: 'invalid'; readonly reason: InvalidProblem | SideFault };

/** Cents and sums stay well under 2^53 even when added up. */
export const GREATEST_VALUE = 2 ** 40;

/** The first thing that makes the constraints unreadable for this problem, or null. */
export function findSideFault(problem: AllocationProblem, constraints: SideConstraints): SideFault | null {
  const { budgets, partners, together, floors } = constraints;
  const [n, pairs] = [problem.needs.wanted.length, problem.pairs.need.length];
  const couples = together?.first.length ?? 0;
  return (
    within(budgets?.limit, 'budgets.limit', null, 0, GREATEST_VALUE) ??
    within(budgets?.ofNeed, 'budgets.ofNeed', n, -1, (budgets?.limit.length ?? 0) - 1, 'unknown') ??
    within(budgets?.value, 'budgets.value', pairs, 0, GREATEST_VALUE / 2 ** 14) ??
    within(partners, 'partners', n, -1, 2 ** 31 - 1) ??
    within(together?.first, 'together', null, 0, pairs - 1, 'unknown') ??
    within(together?.second, 'together', couples, 0, pairs - 1, 'unknown') ??
    within(floors, 'floors', n, 0, GREATEST_VALUE * 2 ** 8)
  );
}

/** The pairs of each group that must be used together, groups of two and more. */
export function groupsOf({ together }: SideConstraints, pairs: number): number[][] {
  if (together === undefined || together.first.length === 0) return [];
  const leader = Int32Array.from({ length: pairs }, (_, a) => a);
  const find = (a: number): number => {
    let top = a;
    while (leader[top] !== top) top = leader[top]!;
    for (let x = a; x !== top;) [x, leader[x]] = [leader[x]!, top];
    return top;
  };
  together.first.forEach((a, k) => (leader[find(a)] = find(together.second[k]!)));
  const groups = new Map<number, Set<number>>();
  for (const a of [...together.first, ...together.second]) {
    const top = find(a);
    groups.set(top, (groups.get(top) ?? new Set()).add(a));
  }
  return [...groups.values()].filter((group) => group.size > 1).map((group) => [...group].toSorted((a, b) => a - b));
}

function within(
  values: Int32Array | Float64Array | undefined,
  field: SideFault['field'],
  length: number | null,
  least: number,
  greatest: number,
  fault: SideFault['fault'] = 'out-of-range',
): SideFault | null {
  if (values === undefined) return null;
  if (length !== null && values.length !== length) {
    return { field, row: Math.min(values.length, length), fault: 'length' };
  }
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isInteger(value)) return { field, row, fault: 'not-a-whole-number' };
    if (value < least || value > greatest) return { field, row, fault };
  }
  return null;
}
