/**
 * What one need may get: its menu of bundles.
 *
 * A bundle is what one need gets of all its pairs. The limits that concern that need alone are inside its menu:
 * ranges of its pairs, how many units it may get, its floor, its most partners, a budget that it shares with no
 * other. What joins needs (offers, shared budgets) is left to prices (`bundle-bound.ts`). Units that a
 * box has decided already are taken out: items are the pairs that are open, and count units above their low end.
 */
import type { PairGroups } from './group-pairs.ts';
import type { SideTask } from './side-model.ts';

export type Menu = {
  readonly need: number;
  /** The open pairs. */
  readonly items: Int32Array;
  /** The most units of each item, its score, and the cents that one unit takes from the need's own budget. */
  readonly room: Int32Array;
  readonly score: Float64Array;
  readonly cents: Float64Array;
  /** Whether one more unit brings one more partner. */
  readonly isNew: Uint8Array;
  /** Units beyond those that are decided. */
  readonly least: number;
  readonly most: number;
  /** Partners that may still be added. */
  readonly partners: number;
  /** What the own budget has left, what the floor still misses. */
  readonly purse: number;
  readonly missing: number;
  /** Prices on floor and purse that cut best last time: where the next search starts. */
  readonly memory: { floor: number; purse: number };
};

/** The pairs that are used beyond what is decided, and their units. */
export type Bundle = { readonly need: number; readonly pairs: Int32Array; readonly units: Int32Array };

export type BestBundle = {
  readonly bundle: Bundle;
  readonly profit: number;
  /** No bundle of the menu has more profit; equal to `profit` unless the search was cut short. */
  readonly bound: number;
};

/** `units`: one number per item. */
export function bundleOf({ need, items }: Menu, units: ArrayLike<number>): Bundle {
  let count = 0;
  for (let k = 0; k < items.length; k++) if (units[k]! > 0) count++;
  const bundle = { need, pairs: new Int32Array(count), units: new Int32Array(count) };
  for (let k = items.length - 1; k >= 0; k--) {
    if (!(units[k]! > 0)) continue;
    bundle.pairs[--count] = items[k]!;
    bundle.units[count] = units[k]!;
  }
  return bundle;
}

export function menuOf(task: SideTask, byNeed: PairGroups, ownBudget: Int32Array, need: number): Menu {
  const { problem, constraints, box, floors } = task;
  const { low, high } = box.pairs;
  const members = byNeed.pairs.subarray(byNeed.start[need]!, byNeed.start[need + 1]!);
  const items = members.filter((a) => low[a]! < high[a]!);
  const budget = ownBudget[need]!;
  const value = (a: number) => (budget < 0 ? 0 : constraints.budgets!.value[a]!);
  let [given, sum, spent, used] = [0, 0, 0, 0];
  for (const a of members) {
    given += low[a]!;
    sum += low[a]! * problem.pairs.score[a]!;
    spent += low[a]! * value(a);
    used += low[a]! > 0 ? 1 : 0;
  }
  const partners = constraints.partners?.[need] ?? -1;
  return {
    need,
    items,
    room: Int32Array.from(items, (a) => high[a]! - low[a]!),
    score: Float64Array.from(items, (a) => problem.pairs.score[a]!),
    cents: Float64Array.from(items, value),
    isNew: Uint8Array.from(items, (a) => (low[a] === 0 ? 1 : 0)),
    least: Math.max(0, box.needs.low[need]! - given),
    most: box.needs.high[need]! - given,
    partners: partners < 0 ? Infinity : partners - used,
    purse: budget < 0 ? Infinity : constraints.budgets!.limit[budget]! - spent,
    missing: floors[need]! - sum,
    memory: { floor: 0, purse: 0 },
  };
}

/** The budgets that one need alone draws from, need by need; −1 for none. */
export function ownBudgets({ problem, constraints }: SideTask): Int32Array {
  const { wanted } = problem.needs;
  const { budgets } = constraints;
  if (budgets === undefined) return new Int32Array(wanted.length).fill(-1);
  const users = new Int32Array(budgets.limit.length);
  for (const budget of budgets.ofNeed) if (budget >= 0) users[budget]! += 1;
  return budgets.ofNeed.map((budget) => (budget >= 0 && users[budget] === 1 ? budget : -1));
}
