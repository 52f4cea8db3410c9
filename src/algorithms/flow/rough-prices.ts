/**
 * Rough prices of offers, and how many units each need may expect: what a good first plan looks like,
 * found by letting a market run for a few rounds.
 *
 * A round: each need names the offers that it would take at the prices of the round; an offer asked for
 * more than it has gets dearer, for less cheaper, by steps that shrink (tâtonnement: Walras). An offer that
 * is not used up costs nothing. When fairness counts, how much each need may take is dealt out beforehand,
 * unit by unit in the order of the fairness prices, each unit from the best offer that has some left:
 * nearly the leximin, for lack of exchanges afterwards. What a need expects it takes at any price.
 *
 * Nothing here must hold but the shapes: a bad guess costs pivots, never correctness. O(rounds × pairs).
 */
import type { Network } from './network.ts';
import { capacityOf } from './warm-flow.ts';

export type RoughPrices = {
  /** Units that each need may expect: all it wants when the total alone counts. */
  readonly expected: Int32Array;
  /** What the last of them is worth to the need: score less price. */
  readonly need: Int32Array;
  /** By node; offers are the nodes from `needs` on. */
  readonly offer: Int32Array;
  readonly greatestScore: number;
};

const ROUNDS = 8;
/** Rounds after each dealing out, and how often that is done. */
const FAIR_ROUNDS = 5;
const FAIR_PASSES = 2;
const FIRST_STEP = 0.3;
const NEXT_STEP = 0.7;
const NO_LIMIT = -(2 ** 30);

export function roughPrices(network: Network, needs: number): RoughPrices {
  const market = openMarket(network, needs);
  if (!isFair(network)) {
    tradeFor(market, ROUNDS, 0);
    return { ...market, expected: network.supply };
  }
  for (let pass = 0; pass < FAIR_PASSES; pass++) {
    dealOut(market);
    tradeFor(market, FAIR_ROUNDS, NO_LIMIT);
  }
  dealOut(market);
  ask(market, NO_LIMIT);
  return market;
}

/** What each node has: a need its wanted units, an offer what it can give. */
export function holdings(network: Network, needs: number): Int32Array {
  return network.supply.map((units, v) => (v < needs ? units : capacityOf(network, v)));
}

type Market = RoughPrices & {
  readonly network: Network;
  readonly needs: number;
  readonly has: Int32Array;
  /** What is left of each offer when units are dealt out; asked units when offers are asked. */
  readonly left: Int32Array;
  readonly asked: Int32Array;
};

function openMarket(network: Network, needs: number): Market {
  const { nodes, start, rootFrom, arcs } = network;
  let greatestScore = 1;
  for (let i = 0; i < needs; i++) {
    for (let a = start[i]!; a < rootFrom[i]!; a++) {
      if (-arcs[2 * a + 1]! > greatestScore) greatestScore = -arcs[2 * a + 1]!;
    }
  }
  const has = holdings(network, needs);
  return {
    network,
    needs,
    has,
    left: has.slice(),
    asked: new Int32Array(nodes),
    expected: network.supply.slice(0, needs),
    need: new Int32Array(needs),
    offer: new Int32Array(nodes),
    greatestScore,
  };
}

/** Whether unserved units have a price: then a need's wide arc, its last, does. */
function isFair({ arcs, start, nodes }: Network): boolean {
  return nodes > 0 && arcs[2 * start[1]! - 1]! > 0;
}

/** `worthless`: profit at which a need would rather have nothing. */
function tradeFor(market: Market, rounds: number, worthless: number): void {
  const { network, needs, has, left, asked, offer } = market;
  let step = FIRST_STEP * market.greatestScore;
  for (let round = 0; round < rounds; round++) {
    ask(market, worthless);
    for (let j = needs; j < network.nodes; j++) {
      const excess = (asked[j]! - has[j]!) / Math.max(1, has[j]!);
      const price = offer[j]! + Math.round(step * Math.max(-1, Math.min(1, excess)));
      offer[j] = left[j]! > 0 ? Math.max(0, price) : price;
    }
    step *= NEXT_STEP;
  }
  ask(market, worthless);
}

/** All needs ask their two best offers; a third best says what the last unit is worth. */
function ask({ network, needs, asked, expected, need, offer }: Market, worthless: number): void {
  const { start, rootFrom, arcs, cap } = network;
  asked.fill(0);
  for (let i = 0; i < needs; i++) {
    let first = worthless;
    let second = worthless;
    let third = worthless;
    let firstArc = -1;
    let secondArc = -1;
    for (let a = start[i]!, end = rootFrom[i]!; a < end; a++) {
      const profit = -arcs[2 * a + 1]! - offer[arcs[2 * a]! >> 1]!;
      if (profit <= third) continue;
      if (profit <= second) third = profit;
      else if (profit <= first) {
        third = second;
        second = profit;
        secondArc = a;
      } else {
        third = second;
        second = first;
        secondArc = firstArc;
        first = profit;
        firstArc = a;
      }
    }
    if (firstArc < 0) {
      need[i] = 0;
      continue;
    }
    if (second === NO_LIMIT) second = first;
    if (third === NO_LIMIT) third = second;
    const fromFirst = Math.min(expected[i]!, cap[firstArc]!);
    asked[arcs[2 * firstArc]! >> 1]! += fromFirst;
    const rest = expected[i]! - fromFirst;
    if (secondArc < 0 || rest === 0) {
      need[i] = (first + second) >> 1;
      continue;
    }
    const fromSecond = Math.min(rest, cap[secondArc]!);
    asked[arcs[2 * secondArc]! >> 1]! += fromSecond;
    need[i] = fromSecond === cap[secondArc] ? (second + third) >> 1 : second;
  }
}

/** Deals units out in falling order of their fairness price; sets what each need may expect. */
function dealOut({ network, needs, has, left, expected, offer }: Market): void {
  const { start, rootFrom, arcs, cap } = network;
  left.set(has);
  expected.fill(0);
  const given = new Int32Array(cap.length);
  // Prices stand still here: the best pair stays best until it is full or its offer is used up.
  const best = new Int32Array(needs).fill(-1);
  const queues = queuesByPrice(network, needs);
  const serve = (i: number) => {
    let arc = best[i]!;
    if (arc < 0 || given[arc]! >= cap[arc]! || left[arcs[2 * arc]! >> 1] === 0) {
      arc = bestWithSome(network, given, left, offer, i);
      best[i] = arc;
    }
    if (arc < 0) return;
    given[arc]! += 1;
    left[arcs[2 * arc]! >> 1]! -= 1;
    expected[i]! += 1;
    const unit = rootFrom[i]! + expected[i]!;
    if (unit < start[i + 1]! - 1 && cap[unit]! > 0) enqueue(queues, arcs[2 * unit + 1]!, i);
  };
  for (let price = queues.first.length - 1; price > 0; price--) {
    for (let i = queues.first[price]!, after = -1; i >= 0; i = after) {
      after = queues.next[i]!;
      serve(i);
    }
  }
}

/** Needs chained by the price of their next unit. */
type Queues = { readonly first: Int32Array; readonly next: Int32Array };

function queuesByPrice({ start, rootFrom, arcs, cap }: Network, needs: number): Queues {
  let greatest = 0;
  for (let i = 0; i < needs; i++) {
    if (rootFrom[i]! < start[i + 1]! - 1) greatest = Math.max(greatest, arcs[2 * rootFrom[i]! + 1]!);
  }
  const queues = { first: new Int32Array(greatest + 1).fill(-1), next: new Int32Array(needs) };
  for (let i = needs - 1; i >= 0; i--) {
    const unit = rootFrom[i]!;
    if (unit < start[i + 1]! - 1 && cap[unit]! > 0) enqueue(queues, arcs[2 * unit + 1]!, i);
  }
  return queues;
}

function enqueue({ first, next }: Queues, price: number, need: number): void {
  next[need] = first[price]!;
  first[price] = need;
}

/** The need's best pair that is not full, with an offer that has some left; −1 when there is none. */
function bestWithSome(
  { start, rootFrom, arcs, cap }: Network,
  given: Int32Array,
  left: Int32Array,
  price: Int32Array,
  need: number,
): number {
  let best = NO_LIMIT;
  let arc = -1;
  for (let a = start[need]!; a < rootFrom[need]!; a++) {
    const j = arcs[2 * a]! >> 1;
    const profit = -arcs[2 * a + 1]! - price[j]!;
    if (profit <= best || given[a]! >= cap[a]! || left[j] === 0) continue;
    best = profit;
    arc = a;
  }
  return arc;
}
