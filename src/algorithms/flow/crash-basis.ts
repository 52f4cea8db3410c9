/**
 * A first basis for needs and offers that is nearly right, so that fewer pivots are left to do.
 *
 * 1. Prices, and what each need may expect: `rough-prices.ts`.
 * 2. Flow. Pairs in falling order of score − offer's price − need's worth, by counting sort; each gets as
 *    much as still fits. What is left strictly between 0 and its cap used up its need or its offer, so these
 *    pairs make a forest.
 * 3. Tree. What is used up points to something used up later, so there is no circle: a need to the offer of
 *    its best pair that is not full, an offer to the need of its least valued pair; what is not used up
 *    hangs from the root.
 *
 * Complexity O(rounds × pairs). The result is only a start: a bad guess costs pivots, never correctness.
 */
import type { Network } from './network.ts';
import type { RoughPrices } from './rough-prices.ts';
import { holdings, roughPrices } from './rough-prices.ts';
import type { Pointers } from './start-basis.ts';
import { capacityOf, sendToRoot } from './warm-flow.ts';

/** Beyond these, reduced profits share the first or the last pigeonhole. */
const PIGEONHOLES = 1 << 12;
/** Pairs that fall a sixth of the greatest score short of what their need expects are left for the end. */
const WORTH_SORTING = PIGEONHOLES / 2 + Math.floor(PIGEONHOLES / 12);

/** A flow and the pointers of a tree for it. Needs are the nodes before `needs`. */
export function crashBasis(network: Network, needs: number): { flow: Int32Array; pointers: Pointers } {
  const prices = roughPrices(network, needs);
  const filled = fillByProfit(network, needs, prices);
  return { flow: filled.flow, pointers: pointersFrom(network, needs, prices, filled) };
}

type Filled = {
  readonly flow: Int32Array;
  /** When the node had nothing left: later is greater, NEVER when it still has. */
  readonly usedUpAt: Int32Array;
  /** The pair that used the node up without being full, or −1. */
  readonly usedUpBy: Int32Array;
};

type Filling = Filled & { readonly network: Network; readonly left: Int32Array };

const NEVER = 2 ** 31 - 1;

function fillByProfit(network: Network, needs: number, prices: RoughPrices): Filled {
  const { nodes, cap, start, rootFrom } = network;
  const flow = new Int32Array(cap.length);
  const usedUpAt = new Int32Array(nodes).fill(NEVER);
  const usedUpBy = new Int32Array(nodes).fill(-1);
  const left = holdings(network, needs);
  left.set(prices.expected.subarray(0, needs));
  // An offer that never had anything is no parent for anyone.
  for (let v = 0; v < nodes; v++) if (left[v] === 0) usedUpAt[v] = v < needs ? -1 : -2;
  const filling: Filling = { network, flow, left, usedUpAt, usedUpBy };
  const { order, tails } = byFallingProfit(network, needs, prices);
  for (let k = 0; k < order.length; k++) if (left[tails[k]!]! > 0) send(filling, tails[k]!, order[k]!, k);
  for (let i = 0, k = order.length; i < needs; i++) {
    for (let a = start[i]!, end = rootFrom[i]!; a < end && left[i]! > 0; a++) send(filling, i, a, k++);
  }
  for (let i = 0; i < needs; i++) left[i]! += network.supply[i]! - prices.expected[i]!;
  for (let j = needs; j < nodes; j++) left[j] = capacityOf(network, j) - left[j]!;
  sendToRoot(network, needs, left, flow);
  return { flow, usedUpAt, usedUpBy };
}

/** As much as still fits, as the k-th pair that is asked. */
function send({ network, flow, left, usedUpAt, usedUpBy }: Filling, i: number, a: number, k: number): void {
  const { arcs, cap } = network;
  const j = arcs[2 * a]! >> 1;
  if (left[j] === 0) return;
  const sent = Math.min(cap[a]! - flow[a]!, left[i]!, left[j]!);
  if (sent === 0) return;
  flow[a]! += sent;
  left[i]! -= sent;
  left[j]! -= sent;
  const isOpen = flow[a]! < cap[a]!;
  if (left[j] === 0) {
    usedUpAt[j] = 2 * k;
    if (isOpen) usedUpBy[j] = a;
  }
  if (left[i] === 0) {
    usedUpAt[i] = 2 * k + 1;
    if (isOpen && left[j] !== 0) usedUpBy[i] = a;
  }
}

/**
 * Counting sort of the pairs on their profit, pigeonholes as wide as the scores allow. Only those near what
 * their need expects: what is worth less is rarely reached, and not worth the sorting.
 */
function byFallingProfit(
  { start, rootFrom, arcs }: Network,
  needs: number,
  prices: RoughPrices,
): { order: Int32Array; tails: Int32Array } {
  const first = new Int32Array(WORTH_SORTING + 2);
  const { offer, need } = prices;
  const width = PIGEONHOLES / 2 / prices.greatestScore;
  // Pairs of less profit than this are not sorted; the hole of the others is a whole number without rounding up.
  const middle = PIGEONHOLES / 2 + 0.5;
  const least = (middle - WORTH_SORTING) / width;
  for (let i = 0; i < needs; i++) {
    const worth = need[i]!;
    for (let a = start[i]!, end = rootFrom[i]!; a < end; a++) {
      const profit = -arcs[2 * a + 1]! - offer[arcs[2 * a]! >> 1]! - worth;
      if (profit > least) first[Math.max(0, (middle - profit * width) | 0) + 1]!++;
    }
  }
  for (let h = 0; h <= WORTH_SORTING; h++) first[h + 1]! += first[h]!;
  const order = new Int32Array(first[WORTH_SORTING]!);
  const tails = new Int32Array(order.length);
  for (let i = 0; i < needs; i++) {
    const worth = need[i]!;
    for (let a = start[i]!, end = rootFrom[i]!; a < end; a++) {
      const profit = -arcs[2 * a + 1]! - offer[arcs[2 * a]! >> 1]! - worth;
      if (profit <= least) continue;
      const k = first[Math.max(0, (middle - profit * width) | 0)]!++;
      order[k] = a;
      tails[k] = i;
    }
  }
  return { order, tails };
}

function pointersFrom(network: Network, needs: number, prices: RoughPrices, filled: Filled): Pointers {
  const { nodes, start, rootFrom, arcs, cap } = network;
  const { flow, usedUpAt, usedUpBy } = filled;
  const parent = new Int32Array(nodes).fill(nodes);
  const arc = new Int32Array(nodes);
  const least = new Float64Array(nodes).fill(Infinity);
  for (let v = 0; v < nodes; v++) arc[v] = (rootArcOf(network, flow, v) << 1) | 1;
  for (let i = 0; i < needs; i++) {
    // Leaving its last unit costs what the root arc says: more than any score when fairness counts.
    let best = arcs[arc[i]!]! > 0 ? -Infinity : 0;
    for (let a = start[i]!; a < rootFrom[i]!; a++) {
      const j = arcs[2 * a]! >> 1;
      const score = -arcs[2 * a + 1]!;
      const sent = flow[a]!;
      if (sent > 0 && usedUpAt[j]! < usedUpAt[i]! && score - prices.need[i]! < least[j]!) {
        least[j] = score - prices.need[i]!;
        parent[j] = i;
        arc[j] = a << 1;
      }
      const open = sent < cap[a]! && usedUpAt[i]! < usedUpAt[j]!;
      if (open && score - prices.offer[j]! > best) {
        best = score - prices.offer[j]!;
        parent[i] = j;
        arc[i] = (a << 1) | 1;
      }
    }
  }
  for (let v = 0; v < nodes; v++) {
    const a = usedUpBy[v]!;
    if (a < 0) continue;
    parent[v] = v < needs ? arcs[2 * a]! >> 1 : tailOf(network, a);
    arc[v] = v < needs ? (a << 1) | 1 : a << 1;
  }
  return { arc, parent };
}

/** The root arc on which node v can hang: the last that is not full, the wide one when all are. */
function rootArcOf({ start, rootFrom, cap }: Network, flow: Int32Array, v: number): number {
  let arc = start[v + 1]! - 1;
  for (let a = rootFrom[v]!; a < start[v + 1]! - 1; a++) if (flow[a]! < cap[a]!) arc = a;
  return arc;
}

/** The node whose group holds this arc, by bisection. */
function tailOf({ start, nodes }: Network, arc: number): number {
  let low = 0;
  let high = nodes;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (start[middle]! <= arc) low = middle;
    else high = middle;
  }
  return low;
}
