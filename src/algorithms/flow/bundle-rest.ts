/**
 * What a bound leaves open: ranges of pairs and bundles that a plan with at least a given total can have.
 *
 * At prices with bound L, a plan with total T loses at most L − T against it, all needs together. So a need's bundle
 * earns at least its best less L − T; what no such bundle has is decided (variable fixing; for knapsacks as
 * in Posta, Ferland and Michelon, "An exact method with variable fixing for solving the generalized assignment
 * problem", 2012). An offer whose price is u > 0 leaves at most (L − T) / u unused.
 */
import { everyBundle } from './bundle-choice.ts';
import { rangesInPurse } from './bundle-knapsack.ts';
import type { Bound, Market } from './bundle-market.ts';
import { profitsOf } from './bundle-market.ts';
import type { Bundle, Menu } from './bundle-menu.ts';
import type { Box } from './floors.ts';

export type Rest = {
  readonly box: Box;
  /** All bundles left, where there are not too many. */
  readonly bundles: readonly Bundle[] | null;
  /** Whether no plan has that much. */
  readonly isEmpty: boolean;
};

const MOST_PER_NEED = 20_000;
const MOST_BUNDLES = 60_000;

/** Null when it must stop before it is done. */
export function restAt(market: Market, bound: Bound, total: number, shouldStop = () => false): Rest | null {
  const { box } = market.task;
  const slack = bound.grains - total * market.grain;
  const [low, high] = [box.pairs.low.slice(), box.pairs.high.slice()];
  let bundles: Bundle[] | null = [];
  let isEmpty = slack < 0;
  for (const [i, menu] of market.menus.entries()) {
    if (shouldStop()) return null;
    const profit = profitsOf(market, menu, bound.prices);
    const least = bound.best[i]!.bound - slack;
    const purse = market.purses[i]!;
    let ranges: { readonly low: Int32Array; readonly high: Int32Array } | null;
    if (purse === null) {
      const list = everyBundle(menu, profit, least, MOST_PER_NEED);
      if (list === null || (bundles?.length ?? 0) + list.length > MOST_BUNDLES) bundles = null;
      else bundles?.push(...list);
      ranges = list === null ? null : rangesOf(list, menu);
      if (list?.length === 0) isEmpty = true;
    } else {
      bundles = null;
      ranges = rangesInPurse(menu, purse, profit, least);
    }
    if (ranges === null) continue;
    menu.items.forEach((a, k) => {
      high[a] = low[a]! + ranges.high[k]!;
      low[a]! += ranges.low[k]!;
    });
  }
  return { box: { ...box, pairs: { low, high }, offers: offersLeft(market, bound, slack) }, bundles, isEmpty };
}

function rangesOf(list: readonly Bundle[], { items }: Menu) {
  const place = new Map(Array.from(items, (a, k) => [a, k]));
  const high = new Int32Array(items.length);
  const low = new Int32Array(items.length).fill(2 ** 30);
  const count = new Int32Array(items.length);
  for (const { pairs, units } of list) {
    pairs.forEach((a, k) => {
      const at = place.get(a)!;
      count[at]! += 1;
      high[at] = Math.max(high[at]!, units[k]!);
      low[at] = Math.min(low[at]!, units[k]!);
    });
  }
  // In some bundle it is not used at all.
  for (let at = 0; at < low.length; at++) if (count[at]! < list.length) low[at] = 0;
  return { low, high };
}

function offersLeft({ task, low, high }: Market, { prices }: Bound, slack: number): Box['offers'] {
  const { offers } = task.box;
  const next = { low: offers.low.slice(), high: offers.high.slice() };
  for (let j = 0; j < next.low.length; j++) {
    const price = prices[j]!;
    if (price === 0) continue;
    const off = Math.floor(slack / Math.abs(price) + 1e-9);
    if (price > 0) next.low[j] = Math.max(next.low[j]!, next.high[j]! - Math.min(off, high[j]! - low[j]!));
    else next.high[j] = Math.min(next.high[j]!, next.low[j]! + off);
  }
  return next;
}
