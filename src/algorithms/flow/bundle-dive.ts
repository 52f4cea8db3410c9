/**
 * A first plan from the master's mixture: the needs that are all but settled are settled, the rest is mixed anew.
 *
 * The largest shares are taken as whole, a few needs at a time, bundles are generated again for what is left, and
 * so on (diving with column generation). When few needs are open the mixed solver finishes. No proof
 * comes of it, only a plan, mostly a good one; every step can fail, and then there is none.
 */
import type { Control } from './within.ts';
import type { Bounded } from './bundle-bound.ts';
import { boundByBundles } from './bundle-bound.ts';
import { closeGap } from './bundle-close.ts';
import type { Market } from './bundle-market.ts';
import { openMarket } from './bundle-market.ts';
import type { Bundle } from './bundle-menu.ts';
import type { Box } from './floors.ts';

const ROUNDS = 12;
/** Open needs that the mixed solver is left with. */
export const FEW = 30;

export async function diveForPlan(market: Market, bounded: Bounded, control: Control): Promise<Int32Array | null> {
  let [now, state] = [market, bounded];
  for (;;) {
    if (state.bound === null || control.shouldCancel() || performance.now() >= control.end) return null;
    const whole = state.plans.at(-1);
    if (whole !== undefined && state.end === 'optimal') return whole;
    const open = now.menus.filter(({ items }) => items.length > 0).length;
    if (open <= FEW) break;
    const settled = settle(state, Math.max(2, open >> 2));
    const next = openMarket({ ...now.task, box: withSettled(now, settled) });
    if (next === null) break;
    const bundles = state.bundles.filter((bundle) => fits(next, bundle, settled));
    const start = { bundles, least: -1, prices: state.bound.prices, rounds: ROUNDS };
    const again = await boundByBundles(next, start, control);
    if (again.end === 'infeasible') break;
    [now, state] = [next, again];
  }
  const { units } = await closeGap(now, state.bound, -1, control);
  return units;
}

/** The needs with the largest shares. */
function settle({ bundles, shares }: Bounded, few: number): Map<number, Bundle> {
  const order = Array.from(bundles.keys())
    .filter((k) => shares[k]! > 0.5 && bundles[k]!.pairs.length > 0)
    .toSorted((h, k) => shares[k]! - shares[h]!);
  const settled = new Map<number, Bundle>();
  for (const k of order) {
    if (shares[k]! < 0.99 && settled.size >= few) break;
    settled.set(bundles[k]!.need, bundles[k]!);
  }
  return settled;
}

function withSettled({ task, menus }: Market, settled: ReadonlyMap<number, Bundle>): Box {
  const { box, problem } = task;
  const [low, high] = [box.pairs.low.slice(), box.pairs.high.slice()];
  const spare = box.offers.high.slice();
  for (const { need, pairs, units } of settled.values()) {
    for (const a of menus[need]!.items) high[a] = low[a]!;
    pairs.forEach((a, k) => {
      low[a]! += units[k]!;
      high[a] = low[a]!;
    });
  }
  for (let a = 0; a < low.length; a++) spare[problem.pairs.offer[a]!]! -= low[a]!;
  for (let a = 0; a < low.length; a++)
    high[a] = Math.min(high[a]!, low[a]! + Math.max(0, spare[problem.pairs.offer[a]!]!));
  return { ...box, pairs: { low, high } };
}

function fits({ task }: Market, { need, pairs, units }: Bundle, settled: ReadonlyMap<number, Bundle>): boolean {
  const { low, high } = task.box.pairs;
  return !settled.has(need) && pairs.every((a, k) => low[a]! + units[k]! <= high[a]!);
}
