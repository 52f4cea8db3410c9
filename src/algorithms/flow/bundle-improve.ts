/**
 * A better plan nearby: a few needs choose again among themselves, the others keep what they have.
 *
 * At the prices of the bound every need loses something against its best bundle, and the losses (with what offers
 * leave unused) add up to the whole distance between plan and bound. So the needs that lose most go first, each
 * together with those that hold what it would rather have, and those that hold what *they* would; the
 * mixed solver finds the best exchange, which is a small problem as the losses bound it too (large
 * neighbourhood search). Deterministic.
 */
import type { Control } from './within.ts';
import { searchAbove } from './bundle-close.ts';
import type { Bound, Market } from './bundle-market.ts';
import { boundAt, openMarket, profitsOf } from './bundle-market.ts';
import type { Known } from './side-prices.ts';

const SIZES = [10, 16, 24, 36];
const SECONDS = 1;
/** Beyond, an exchange takes too long for what it brings. */
const MOST_BUNDLES = 5000;

export async function improvePlan(market: Market, bound: Bound, known: Known, control: Control): Promise<Known> {
  let best = known;
  for (const size of SIZES) {
    const tried = new Set<number>();
    for (;;) {
      if (control.shouldCancel() || performance.now() >= control.end) return best;
      if (bound.grains < (best.total + 1) * market.grain) return best;
      const losses = lossesOf(market, bound, best.units);
      const seed = mostLosing(losses, tried);
      if (seed < 0) break;
      tried.add(seed);
      const better = await exchange(
        market,
        bound,
        best,
        around(market, bound, best.units, losses, seed, size),
        control,
      );
      if (better === null) continue;
      best = better;
      tried.clear();
    }
  }
  return best;
}

/** What each need would gain with its best bundle at these prices, in grains. */
function lossesOf(market: Market, bound: Bound, units: Int32Array): Float64Array {
  const { low } = market.task.box.pairs;
  return Float64Array.from(market.menus, (menu, i) => {
    const profit = profitsOf(market, menu, bound.prices);
    let earned = 0;
    menu.items.forEach((a, k) => (earned += (units[a]! - low[a]!) * profit[k]!));
    return bound.best[i]!.bound - earned;
  });
}

function mostLosing(losses: Float64Array, tried: ReadonlySet<number>): number {
  let most = -1;
  losses.forEach((loss, i) => {
    if (loss > 0 && !tried.has(i) && (most < 0 || loss > losses[most]!)) most = i;
  });
  return most;
}

/** The seed, who holds what it wants, who holds what they want…, then those that lose most. */
function around(
  market: Market,
  bound: Bound,
  units: Int32Array,
  losses: Float64Array,
  seed: number,
  size: number,
): Set<number> {
  const { need, offer } = market.task.problem.pairs;
  const holders = new Map<number, number[]>();
  for (let a = 0; a < units.length; a++) {
    if (units[a]! > 0) holders.set(offer[a]!, [...(holders.get(offer[a]!) ?? []), need[a]!]);
  }
  const chosen = new Set([seed]);
  for (const i of chosen) {
    const lacking = [...bound.best[i]!.bundle.pairs].filter((a) => units[a]! === 0);
    const inTheWay = lacking.flatMap((a) => holders.get(offer[a]!) ?? []);
    for (const holder of inTheWay) if (chosen.size < size) chosen.add(holder);
  }
  for (const i of Array.from(losses.keys()).toSorted((h, k) => losses[k]! - losses[h]!)) {
    if (chosen.size >= size) break;
    chosen.add(i);
  }
  return chosen;
}

async function exchange(
  { task }: Market,
  bound: Bound,
  { units, total }: Known,
  needs: ReadonlySet<number>,
  control: Control,
): Promise<Known | null> {
  const { box, problem } = task;
  const settle = (limits: Int32Array) =>
    limits.map((limit, a) => (needs.has(problem.pairs.need[a]!) ? limit : units[a]!));
  const pairs = { low: settle(box.pairs.low), high: settle(box.pairs.high) };
  const part = openMarket({ ...task, box: { ...box, pairs } });
  const partBound = part === null ? null : boundAt(part, bound.prices);
  if (part === null || partBound === null) return null;
  const end = Math.min(control.end, performance.now() + SECONDS * 1000);
  const found = await searchAbove(part, partBound, total + 1, { ...control, end }, MOST_BUNDLES);
  if (found.units === null) return null;
  const reached = found.units.reduce((sum, one, a) => sum + one * problem.pairs.score[a]!, 0);
  return reached > total ? { units: found.units, total: reached } : null;
}
