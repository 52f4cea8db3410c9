/**
 * Needs that choose a bundle each at given prices, and the bound that this proves.
 *
 * Prices u on offers and ν on shared budgets leave each need alone with its menu (`bundle-menu.ts`):
 *
 *   L(u, ν) = Σ over needs of the most  Σ (score − u − ν value) × units  in the menu
 *             + Σ u × what the offer may give at most (at least, where u < 0)  +  Σ ν limit
 *
 * For all prices this is at least the total of every plan of the task (Lagrangian relaxation; Geoffrion 1974:
 * menus are not whole by themselves, so the least L is below what the linear programme can prove). Sums
 * are in whole grains (1/grain of a point), prices are rounded to grains before they are used: wherever prices
 * come from, L is a bound.
 */
import { bestBundle } from './bundle-choice.ts';
import type { Purse } from './bundle-knapsack.ts';
import { bestInPurse, purseOf } from './bundle-knapsack.ts';
import type { BestBundle, Bundle, Menu } from './bundle-menu.ts';
import { bundleOf, menuOf, ownBudgets } from './bundle-menu.ts';
import { groupPairs } from './group-pairs.ts';
import type { SideTask } from './side-model.ts';

export type Market = {
  readonly task: SideTask;
  readonly menus: readonly Menu[];
  readonly purses: readonly (Purse | null)[];
  /** Ranges of the rows that join needs, beyond what is decided: offers, then shared budgets. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** The row of each need's shared budget, −1 for none. */
  readonly budgetRow: Int32Array;
  /** Total of what is decided. */
  readonly decided: number;
  readonly grain: number;
};

/** Bundles at prices in grains: per unit of an offer (whole), per cent of a shared budget. */
export type Bound = {
  /** No plan of the task has a greater total, in grains. */
  readonly grains: number;
  readonly prices: Float64Array;
  /** The best of each need. */
  readonly best: readonly BestBundle[];
};

/** Null where what is decided leaves no plan. */
export function openMarket(task: SideTask): Market | null {
  const { problem, constraints, box } = task;
  const { need, offer, score } = problem.pairs;
  const own = ownBudgets(task);
  const byNeed = groupPairs(need, problem.needs.wanted.length);
  const menus = Array.from(problem.needs.wanted.keys(), (i) => menuOf(task, byNeed, own, i));
  const offers = problem.offers.capacity.length;
  const { budgets } = constraints;
  const shared = [...new Set(budgets?.ofNeed ?? [])].filter((b) => b >= 0 && !own.includes(b));
  const low = Float64Array.from([...box.offers.low, ...shared.map(() => -Infinity)]);
  const high = Float64Array.from([...box.offers.high, ...shared.map((b) => budgets!.limit[b]!)]);
  const budgetRow = Int32Array.from(problem.needs.wanted, (_, i) => {
    const place = shared.indexOf(budgets?.ofNeed[i] ?? -1);
    return place < 0 ? -1 : offers + place;
  });
  let decided = 0;
  for (let a = 0; a < need.length; a++) {
    const given = box.pairs.low[a]!;
    if (given === 0) continue;
    decided += given * score[a]!;
    low[offer[a]!]! -= given;
    high[offer[a]!]! -= given;
    const row = budgetRow[need[a]!]!;
    if (row >= 0) high[row]! -= given * budgets!.value[a]!;
  }
  for (let j = 0; j < offers; j++) low[j] = Math.max(0, low[j]!);
  if (high.some((most, row) => most < Math.max(0, low[row]!))) return null;
  return { task, menus, purses: menus.map(purseOf), low, high, budgetRow, decided, grain: grainFor(task) };
}

/** L at these prices, and the bundles that reach it; null when some need has none. */
export function boundAt(market: Market, prices: Float64Array): Bound | null {
  const { menus, purses, low, high, grain, decided } = market;
  let grains = decided * grain;
  const all: BestBundle[] = [];
  for (const [i, menu] of menus.entries()) {
    const profit = profitsOf(market, menu, prices);
    const purse = purses[i]!;
    const best = purse === null ? bestBundle(menu, profit) : bestInPurse(menu, purse, profit);
    if (best === null) return null;
    all.push(best);
    grains += best.bound;
  }
  const offers = market.task.problem.offers.capacity.length;
  for (let row = 0; row < prices.length; row++) {
    const price = prices[row]!;
    if (price === 0) continue;
    const worth = price * (price > 0 ? high[row]! : low[row]!);
    // Prices per cent are not whole.
    grains += row < offers ? worth : Math.ceil(worth * (1 + 1e-14) + 1e-3);
  }
  return { grains, prices, best: all };
}

/** Profits of a menu's items, in whole grains. */
export function profitsOf({ task, grain, budgetRow }: Market, menu: Menu, prices: Float64Array): Float64Array {
  const { offer } = task.problem.pairs;
  const row = budgetRow[menu.need]!;
  const perCent = row < 0 ? 0 : prices[row]!;
  const profit = new Float64Array(menu.items.length);
  for (let k = 0; k < profit.length; k++) {
    const a = menu.items[k]!;
    const plain = grain * menu.score[k]! - prices[offer[a]!]!;
    profit[k] = perCent === 0 ? plain : Math.ceil(plain - perCent * task.constraints.budgets!.value[a]! + 1e-4);
  }
  return profit;
}

/** Prices in points as prices in grains; where nothing must be given, nothing is paid for giving. */
export function inGrains({ task, low, grain }: Market, points: Float64Array): Float64Array {
  const offers = task.problem.offers.capacity.length;
  return points.map((price, row) => {
    const grains = row < offers ? Math.round(price * grain) : price * grain;
    return low[row]! > 0 ? grains : Math.max(0, grains);
  });
}

/** The units of all pairs, given one bundle per need. */
export function unitsOf({ task }: Market, bundles: readonly Bundle[]): Int32Array {
  const units = task.box.pairs.low.slice();
  for (const bundle of bundles) bundle.pairs.forEach((a, k) => (units[a]! += bundle.units[k]!));
  return units;
}

/** A plan's bundles; nonsense for plans outside the box. */
export function bundlesOf({ task, menus }: Market, units: Int32Array): Bundle[] {
  const { low } = task.box.pairs;
  return menus.map((menu) =>
    bundleOf(
      menu,
      menu.items.map((a) => units[a]! - low[a]!),
    ),
  );
}

/** As fine as sums below 2^50 allow, a power of two. */
function grainFor({ problem, box }: SideTask): number {
  const greatest = problem.pairs.score.reduce((most, score) => Math.max(most, score), 1);
  const units = box.needs.high.reduce((sum, high) => sum + high, 1);
  return Math.max(1, Math.min(2 ** 12, 2 ** Math.floor(Math.log2(2 ** 46 / (greatest * units)))));
}
