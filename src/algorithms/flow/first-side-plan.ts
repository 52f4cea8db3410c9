/**
 * A plan with side constraints at once: the flow's plan, mended.
 *
 * What breaks a constraint is taken back: half-used couples, the pairs of least worth where there are too many
 * partners, the units of least score per cent where a budget is passed. Then units are given again, one per
 * need and pass, the least served first, each to the best scored pair that everything still allows (offers
 * that owe units come before all). Breaks nothing it was not given broken; may miss minimums or floors: the
 * caller asks `respects.ts`. Complexity: O(pairs log pairs + units × pairs of a need).
 */
import type { AllocationProblem } from './allocation.ts';
import { byFallingScore } from './floors.ts';
import { groupPairs } from './group-pairs.ts';
import type { SideConstraints } from './side-constraints.ts';
import { groupsOf } from './side-constraints.ts';

/** `start`: a lawful plan, or the pins alone. */
export function mendPlan(problem: AllocationProblem, constraints: SideConstraints, start: Int32Array): Int32Array {
  const state = openState(problem, constraints, start.slice());
  loosenCouples(state);
  dropPartners(state);
  saveBudgets(state);
  loosenCouples(state);
  payOwed(state);
  fill(state);
  return state.units;
}

type State = {
  readonly problem: AllocationProblem;
  readonly constraints: SideConstraints;
  readonly units: Int32Array;
  readonly room: Int32Array;
  readonly spare: Int32Array;
  readonly cents: Float64Array;
  /** Offers that may still be added per need. */
  readonly free: Float64Array;
  readonly groups: readonly (readonly number[])[];
  /** The group of a pair. */
  readonly groupOf: ReadonlyMap<number, readonly number[]>;
};

function openState(problem: AllocationProblem, constraints: SideConstraints, units: Int32Array): State {
  const { needs, offers } = problem;
  const groups = groupsOf(constraints, units.length);
  const state: State = {
    problem,
    constraints,
    units,
    room: needs.wanted.slice(),
    spare: offers.capacity.slice(),
    cents: constraints.budgets?.limit.slice() ?? new Float64Array(0),
    free: Float64Array.from(needs.wanted, (_, i) => {
      const most = constraints.partners?.[i] ?? -1;
      return most < 0 ? Infinity : most;
    }),
    groups,
    groupOf: new Map(groups.flatMap((group) => group.map((a) => [a, group] as const))),
  };
  for (let a = 0; a < units.length; a++) {
    const given = units[a]!;
    units[a] = 0;
    if (given > 0) change(state, a, given);
  }
  return state;
}

/** Gives (or takes back) units of a pair and keeps the sums. */
function change({ problem, constraints, units, room, spare, cents, free }: State, a: number, more: number): void {
  const [i, j] = [problem.pairs.need[a]!, problem.pairs.offer[a]!];
  const before = units[a]!;
  units[a]! += more;
  room[i]! -= more;
  spare[j]! -= more;
  const budget = constraints.budgets?.ofNeed[i] ?? -1;
  if (budget >= 0) cents[budget]! -= more * constraints.budgets!.value[a]!;
  if (before === 0) free[i]! -= 1;
  else if (units[a] === 0) free[i]! += 1;
}

function fits({ problem, constraints, units, room, spare, cents, free }: State, a: number): boolean {
  const [i, j] = [problem.pairs.need[a]!, problem.pairs.offer[a]!];
  const budget = constraints.budgets?.ofNeed[i] ?? -1;
  return (
    units[a]! < problem.pairs.cap[a]! &&
    room[i]! > 0 &&
    spare[j]! > 0 &&
    (units[a]! > 0 || free[i]! > 0) &&
    (budget < 0 || cents[budget]! >= constraints.budgets!.value[a]!)
  );
}

/** One unit of a pair, and of those that must be used with it; false when not all fit. */
function give(state: State, a: number): boolean {
  if (state.units[a]! > 0 || !state.groupOf.has(a)) {
    if (!fits(state, a)) return false;
    change(state, a, 1);
    return true;
  }
  const missing = state.groupOf.get(a)!.filter((b) => state.units[b] === 0);
  for (const [k, b] of missing.entries()) {
    if (fits(state, b)) change(state, b, 1);
    else {
      for (const c of missing.slice(0, k)) change(state, c, -1);
      return false;
    }
  }
  return true;
}

/** A group that is used in part is completed where that fits, else not used at all. */
function loosenCouples(state: State): void {
  const { units } = state;
  for (const group of state.groups) {
    const unused = group.find((a) => units[a] === 0);
    if (unused === undefined || group.every((a) => units[a] === 0) || give(state, unused)) continue;
    for (const a of group) if (units[a]! > 0) change(state, a, -units[a]!);
  }
}

function dropPartners(state: State): void {
  const { problem, units, free } = state;
  const groups = groupPairs(problem.pairs.need, free.length);
  for (let i = 0; i < free.length; i++) {
    if (free[i]! >= 0) continue;
    const members = groups.pairs.subarray(groups.start[i]!, groups.start[i + 1]!);
    const worth = (a: number) => units[a]! * problem.pairs.score[a]!;
    const used = members.filter((a) => units[a]! > 0 && problem.pairs.minimum[a] === 0);
    for (const a of used.toSorted((x, y) => worth(x) - worth(y))) {
      if (free[i]! < 0) change(state, a, -units[a]!);
    }
  }
}

function saveBudgets(state: State): void {
  const { problem, constraints, units, cents } = state;
  if (constraints.budgets === undefined || cents.every((left) => left >= 0)) return;
  const { ofNeed, value } = constraints.budgets;
  const { need, score, minimum } = problem.pairs;
  const dear = Int32Array.from(units.keys()).filter((a) => {
    const budget = ofNeed[need[a]!]!;
    return budget >= 0 && cents[budget]! < 0 && units[a]! > minimum[a]! && value[a]! > 0;
  });
  for (const a of dear.toSorted((x, y) => score[x]! / value[x]! - score[y]! / value[y]!)) {
    const over = -cents[ofNeed[need[a]!]!]!;
    const back = Math.min(units[a]! - minimum[a]!, Math.ceil(over / value[a]!));
    if (back > 0) change(state, a, -back);
  }
}

/** Offers below their minimum give first, best scores first. */
function payOwed(state: State): void {
  const { problem, spare } = state;
  const { capacity, minimum } = problem.offers;
  const owes = (j: number) => capacity[j]! - spare[j]! < minimum[j]!;
  if (!minimum.some((_, j) => owes(j))) return;
  for (const a of byFallingScore(problem).pairs.toSorted((x, y) => problem.pairs.score[y]! - problem.pairs.score[x]!)) {
    while (owes(problem.pairs.offer[a]!) && give(state, a));
  }
}

/** Pass after pass, one unit for each need that can have one, the least served first. */
function fill(state: State): void {
  const { problem, units, room } = state;
  const { wanted, weight } = problem.needs;
  const order = byFallingScore(problem);
  const level = (i: number) => (wanted[i]! - room[i]!) / (wanted[i]! * weight[i]!);
  let waiting = Array.from(wanted.keys()).filter((i) => room[i]! > 0);
  // The first pair of each need that may still take a unit: what does not fit now never will.
  const next = order.start.slice();
  while (waiting.length > 0) {
    waiting = waiting
      .toSorted((h, i) => level(h) - level(i) || h - i)
      .filter((i) => {
        while (next[i]! < order.start[i + 1]!) {
          const a = order.pairs[next[i]!]!;
          if (units[a]! < problem.pairs.cap[a]! && give(state, a)) return room[i]! > 0;
          next[i]! += 1;
        }
        return false;
      });
  }
}
