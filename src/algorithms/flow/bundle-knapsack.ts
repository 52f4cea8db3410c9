/**
 * The most profitable bundle within a purse, by dynamic programming over cents, and what each item is worth.
 *
 * front[k][c]: the most profit of the first k items within c cents; back[k][c]: of the items from k on. Both
 * together say, for each item, the most profit of a bundle with so many units of it: what a plan loses at
 * least when it insists. Cents are divided by what they have in common. O(items × room × cents).
 */
import type { BestBundle, Menu } from './bundle-menu.ts';
import { bundleOf } from './bundle-menu.ts';

/** Cells of the table; beyond, bundles are searched for. */
const GREATEST_TABLE = 4_000_000;

export type Purse = { readonly size: number; readonly cost: Int32Array };

/** The purse in whole steps, or null when other limits count too or the table would be too large. */
export function purseOf(menu: Menu): Purse | null {
  const { items, room, cents, purse } = menu;
  if (purse === Infinity || purse < 0 || menu.missing > 0 || menu.least > 0 || items.length === 0) return null;
  const total = room.reduce((sum, one) => sum + one, 0);
  const partners = menu.isNew.reduce((sum, one) => sum + one, 0);
  if (menu.most < total || menu.partners < partners) return null;
  const step = cents.reduce(commonDivisor, 0);
  const size = step === 0 ? 0 : Math.min(Math.floor(purse / step), sumOf(menu) / step);
  if ((items.length + 1) * (size + 1) > GREATEST_TABLE) return null;
  return { size, cost: Int32Array.from(cents, (one) => (step === 0 ? 0 : Math.min(one / step, size + 1))) };
}

export function bestInPurse(menu: Menu, { size, cost }: Purse, profit: Float64Array): BestBundle {
  const width = size + 1;
  const front = frontTable(menu, { size, cost }, profit);
  const units = new Int32Array(profit.length);
  let cents = size;
  for (let k = profit.length; k > 0; k--) {
    const whole = front[k * width + cents]!;
    for (let take = 0; take <= menu.room[k - 1]!; take++) {
      const rest = cents - take * cost[k - 1]!;
      if (rest < 0 || front[(k - 1) * width + rest]! + take * profit[k - 1]! !== whole) continue;
      units[k - 1] = take;
      cents = rest;
      break;
    }
  }
  const sum = front[profit.length * width + size]!;
  return { bundle: bundleOf(menu, units), profit: sum, bound: sum };
}

/** For each item the least and most units in any bundle with at least `least` profit. */
export function rangesInPurse(
  menu: Menu,
  purse: Purse,
  profit: Float64Array,
  least: number,
): { readonly low: Int32Array; readonly high: Int32Array } {
  const count = profit.length;
  const width = purse.size + 1;
  const front = frontTable(menu, purse, profit);
  let back = new Float64Array(width);
  const low = menu.room.slice();
  const high = new Int32Array(count);
  for (let k = count - 1; k >= 0; k--) {
    const cost = purse.cost[k]!;
    for (let take = 0; take <= menu.room[k]!; take++) {
      let most = -Infinity;
      for (let c = 0, rest = purse.size - take * cost; c <= rest; c++) {
        most = Math.max(most, front[k * width + c]! + back[rest - c]!);
      }
      if (most + take * profit[k]! < least) continue;
      low[k] = Math.min(low[k]!, take);
      high[k] = Math.max(high[k]!, take);
    }
    back = added(back, menu.room[k]!, cost, profit[k]!);
  }
  return { low, high };
}

function frontTable(menu: Menu, { size, cost }: Purse, profit: Float64Array): Float64Array {
  const width = size + 1;
  const table = new Float64Array((profit.length + 1) * width);
  for (let k = 0; k < profit.length; k++) {
    const row = table.subarray(k * width, (k + 1) * width);
    table.set(added(row, menu.room[k]!, cost[k]!, profit[k]!), (k + 1) * width);
  }
  return table;
}

/** The table with one more item. */
function added(row: Float64Array, room: number, cost: number, profit: number): Float64Array<ArrayBuffer> {
  const next = Float64Array.from(row);
  if (profit <= 0) return next;
  for (let take = 1; take <= room; take++) {
    for (let c = take * cost; c < row.length; c++) {
      const one = row[c - take * cost]! + take * profit;
      if (one > next[c]!) next[c] = one;
    }
  }
  return next;
}

function sumOf({ room, cents }: Menu): number {
  return cents.reduce((sum, one, k) => sum + one * room[k]!, 0);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
