/**
 * The most profitable bundle of a menu, or all that are worth a look: depth first, under a bound.
 *
 * Floor and purse get a price each (λ, ν ≥ 0): with q = profit + λ score − ν cents, no bundle has more profit
 * than its greatest Σ q − λ missing + ν purse. For the prices that make this least (bisection), items are
 * tried by falling q, and a branch is left when the units it may still take, at their q, cannot lift it
 * above what is known. With the right prices few branches are looked at. A search that grows beyond its allowance
 * is cut short, and its answer keeps the bound.
 */
import type { BestBundle, Bundle, Menu } from './bundle-menu.ts';
import { bundleOf } from './bundle-menu.ts';

/** Branches looked at before a search is cut short. */
const ALLOWANCE = 200_000;
const BISECTIONS = 20;

/** Null when the menu is empty. `profit`: whole numbers, one per item. */
export function bestBundle(menu: Menu, profit: Float64Array): BestBundle | null {
  const easy = mostProfitableUnits(menu, profit);
  if (easy !== null) return easy;
  const best = { units: new Int32Array(profit.length), profit: -Infinity };
  const { complete, bound } = search(menu, profit, -Infinity, (units, sum) => {
    best.units.set(units);
    best.profit = sum;
    return sum;
  });
  if (complete && best.profit === -Infinity) return null;
  const most = complete ? best.profit : Math.max(best.profit, bound);
  return { bundle: bundleOf(menu, best.units), profit: best.profit, bound: most };
}

/** The most profitable units, where they keep floor, purse and partners by themselves. */
function mostProfitableUnits(menu: Menu, profit: Float64Array): BestBundle | null {
  if (menu.least > menu.most || menu.most < 0) return null;
  const { items, count } = topItems(menu, profit, 0, 0);
  const units = new Int32Array(profit.length);
  let [left, owed, partners, cents, missing, sum] = [menu.most, menu.least, 0, 0, menu.missing, 0];
  for (let place = 0; place < count && left > 0; place++) {
    const k = items[place]!;
    if (profit[k]! <= 0 && owed <= 0) break;
    const taken = Math.min(profit[k]! > 0 ? left : owed, menu.room[k]!);
    units[k] = taken;
    left -= taken;
    owed -= taken;
    partners += menu.isNew[k]!;
    cents += taken * menu.cents[k]!;
    missing -= taken * menu.score[k]!;
    sum += taken * profit[k]!;
  }
  const isLawful = owed <= 0 && partners <= menu.partners && cents <= menu.purse && missing <= 0;
  return isLawful ? { bundle: bundleOf(menu, units), profit: sum, bound: sum } : null;
}

/** All bundles with at least this profit, or null when there are more than `most` or too many branches. */
export function everyBundle(menu: Menu, profit: Float64Array, least: number, most: number): Bundle[] | null {
  const list: Bundle[] = [];
  const { complete } = search(menu, profit, least - 0.5, (units) => {
    list.push(bundleOf(menu, units));
    return list.length > most ? Infinity : least - 0.5;
  });
  return complete && list.length <= most ? list : null;
}

/** What the search knows before it starts: pairs by falling worth, and how much any of them may still bring. */
interface Outlook {
  readonly order: Int32Array;
  /** Worth of a unit of each pair under the prices of floor and purse. */
  readonly q: Float64Array;
  readonly bestScoreFrom: Float64Array;
  /** The most that `least` to `most` units of the pairs from `place` on may bring. */
  ahead(place: number, least: number, most: number): number;
}

function outlookOf(menu: Menu, profit: Float64Array): Outlook {
  const { floor, purse } = cuttingPrices(menu, profit);
  const count = profit.length;
  const q = new Float64Array(count);
  for (let k = 0; k < count; k++) q[k] = profit[k]! + floor * menu.score[k]! - purse * menu.cents[k]!;
  const order = Int32Array.from(q.keys()).toSorted((h, k) => q[k]! - q[h]!);
  // Units one after the other by falling q, and the sums of the first so many of them.
  const first = new Int32Array(count + 1);
  let positive = 0;
  for (let place = 0; place < count; place++) {
    const room = Math.min(menu.room[order[place]!]!, menu.most);
    first[place + 1] = first[place]! + room;
    if (q[order[place]!]! > 0) positive = first[place + 1]!;
  }
  const sums = new Float64Array(first[count]! + 1);
  for (let place = 0; place < count; place++) {
    for (let unit = first[place]!; unit < first[place + 1]!; unit++) sums[unit + 1] = sums[unit]! + q[order[place]!]!;
  }
  const constant = (purse > 0 ? purse * menu.purse : 0) - floor * menu.missing;
  // What rounding of prices may hide.
  const room = 1e-6 + 1e-12 * (Math.abs(sums[positive]!) + Math.abs(constant));
  const bestScoreFrom = new Float64Array(count + 1);
  for (let place = count - 1; place >= 0; place--) {
    bestScoreFrom[place] = Math.max(bestScoreFrom[place + 1]!, menu.score[order[place]!]!);
  }
  return {
    order,
    q,
    bestScoreFrom,
    ahead(place, least, most) {
      const from = first[place]!;
      if (from + least > first[count]!) return -Infinity;
      const units = Math.max(least, Math.min(most, positive - from));
      return sums[Math.min(from + units, first[count]!)]! - sums[from]! + constant + room;
    },
  };
}

/** `visit`: a bundle with more than the threshold; answers with the next threshold. */
function search(
  menu: Menu,
  profit: Float64Array,
  above: number,
  visit: (units: Int32Array, profit: number) => number,
): { readonly complete: boolean; readonly bound: number } {
  const possible = menu.least <= menu.most && menu.most >= 0 && menu.purse >= 0 && menu.partners >= 0;
  if (!possible) return { complete: true, bound: -Infinity };
  const { order, q, bestScoreFrom, ahead } = outlookOf(menu, profit);
  const count = profit.length;
  const units = new Int32Array(count);
  let threshold = above;
  let left = ALLOWANCE;
  const walk = (
    from: number,
    least: number,
    most: number,
    partners: number,
    cents: number,
    missing: number,
    reached: number,
    worth: number,
  ): void => {
    if (least <= 0 && missing <= 0 && worth > threshold) threshold = visit(units, worth);
    if (most <= 0) return;
    for (let place = from; place < count; place++) {
      if (--left < 0) return;
      if (reached + ahead(place, Math.max(0, least), most) <= threshold) return;
      if (missing > 0 && bestScoreFrom[place]! * most < missing) return;
      const k = order[place]!;
      const takesPartner = menu.isNew[k]!;
      if (takesPartner > partners) continue;
      const price = menu.cents[k]!;
      let up = Math.min(menu.room[k]!, most);
      if (price > 0) up = Math.min(up, Math.floor(cents / price));
      for (let take = up; take > 0; take--) {
        units[k] = take;
        walk(
          place + 1,
          least - take,
          most - take,
          partners - takesPartner,
          cents - take * price,
          missing - take * menu.score[k]!,
          reached + take * q[k]!,
          worth + take * profit[k]!,
        );
      }
      units[k] = 0;
    }
  };
  walk(0, menu.least, menu.most, menu.partners, menu.purse, menu.missing, 0, 0);
  return { complete: left >= 0, bound: Math.ceil(Math.max(0, ahead(0, menu.least, menu.most))) };
}

type Excess = { floor: number; purse: number };

/** The prices on floor and purse under which the bound is about least. */
function cuttingPrices(menu: Menu, profit: Float64Array): Excess {
  const prices = { floor: 0, purse: 0 };
  if (menu.missing <= 0 && menu.purse === Infinity) return prices;
  const start = excess(menu, profit, 0, 0);
  if (start.floor <= 0 && start.purse <= 0) return prices;
  let greatest = 1;
  for (const one of profit) greatest = Math.max(greatest, Math.abs(one));
  const [mostScore, mostCents] = [greatestOf(menu.score), greatestOf(menu.cents)];
  const turns = start.floor > 0 && menu.purse < Infinity ? 2 : 1;
  for (let turn = 0; turn < turns; turn++) {
    if (start.floor > 0 && mostScore > 0)
      prices.floor = bisect(menu, profit, prices, 'floor', (4 * greatest) / mostScore);
    if (menu.purse < Infinity && mostCents > 0)
      prices.purse = bisect(menu, profit, prices, 'purse', (4 * greatest) / mostCents);
  }
  menu.memory.floor = prices.floor;
  menu.memory.purse = prices.purse;
  return prices;
}

function bisect(menu: Menu, profit: Float64Array, prices: Excess, which: keyof Excess, greatest: number): number {
  const isOver = (price: number) =>
    which === 'floor'
      ? excess(menu, profit, price, prices.purse).floor > 0
      : excess(menu, profit, prices.floor, price).purse > 0;
  const last = menu.memory[which];
  let [low, high] = [0, greatest];
  // Near the last price first.
  if (last > 0 && last < greatest / 2) {
    if (isOver(last * 0.9)) low = last * 0.9;
    else high = last * 0.9;
    if (low > 0 && !isOver(last * 1.1)) high = last * 1.1;
  }
  for (let step = 0; step < BISECTIONS && high - low > 0.01 * high; step++) {
    const middle = (low + high) / 2;
    if (isOver(middle)) low = middle;
    else high = middle;
  }
  return high;
}

/** By how much the most profitable units under these prices miss the floor and pass the purse. */
function excess(menu: Menu, profit: Float64Array, floor: number, purse: number): Excess {
  const { score, cents, room } = menu;
  const { items, count } = topItems(menu, profit, floor, purse);
  const over = { floor: menu.missing, purse: -menu.purse };
  let [left, owed] = [menu.most, menu.least];
  for (let place = 0; place < count && left > 0; place++) {
    const k = items[place]!;
    const isGain = profit[k]! + floor * score[k]! - purse * cents[k]! > 0;
    if (!isGain && owed <= 0) break;
    const units = Math.min(isGain ? left : owed, room[k]!);
    over.floor -= units * score[k]!;
    over.purse += units * cents[k]!;
    left -= units;
    owed -= units;
  }
  return over;
}

/** The best items by falling q, as many as may be needed. */
function topItems({ score, cents, most }: Menu, profit: Float64Array, floor: number, purse: number) {
  const size = profit.length;
  const q = new Float64Array(size);
  for (let k = 0; k < size; k++) q[k] = profit[k]! + floor * score[k]! - purse * cents[k]!;
  const items = new Int32Array(Math.min(size, Math.max(0, most)) + 1);
  if (items.length > 24) {
    const order = Int32Array.from(q.keys()).toSorted((h, k) => q[k]! - q[h]!);
    return { items: order, count: size };
  }
  // A short list, kept in order.
  let count = 0;
  for (let k = 0; k < size; k++) {
    if (count === items.length - 1 && count > 0 && q[k]! <= q[items[count - 1]!]!) continue;
    let place = Math.min(count, items.length - 2);
    if (place < 0) break;
    while (place > 0 && q[items[place - 1]!]! < q[k]!) {
      items[place] = items[place - 1]!;
      place--;
    }
    items[place] = k;
    count = Math.min(count + 1, items.length - 1);
  }
  return { items, count };
}

function greatestOf(list: Float64Array): number {
  return list.reduce((most, one) => Math.max(most, one), 0);
}
