/**
 * The fewest units to add at one offer so that every fairest plan serves a given need better.
 *
 * Each unit added at an offer travels along a chain of pairs (offer to need, which hands back a unit of
 * another offer, and so on) to the reachable need whose next unit has the highest fairness price; at equal
 * prices we count the need in question last, so that the answer holds however ties are broken. Served units
 * form a matroid-like family, hence receivers come in falling order of price (Federgruen and Groenevelt,
 * "The greedy procedure for resource allocation problems", 1986).
 *
 * All needs share one run per offer. Units that go to prices as high as the need's, or higher, come before it
 * in the worst case; how many they are does not depend on how ties are broken. After the last unit at a price
 * it is known who has one for certain: whoever could not hand it on, by exchanges, to another need of that price
 * that went without. One search backwards from those that went without tells it for all.
 * Reachable needs only become fewer while units are added, so prices fall along a run and a search may stop at
 * the first need at the price of the unit before. Cost: O(pairs) per offer tried and price met there.
 */
import type { AllocationProblem, Plan } from './allocation.ts';
import type { PairGroups } from './group-pairs.ts';
import { groupPairs } from './group-pairs.ts';
import type { LeximinPrices } from './leximin-prices.ts';
import { leximinPrices } from './leximin-prices.ts';

/** Offers tried, nearest first, and units added at each, before `cheapestCapacity` gives up. */
export type ExplainLimits = { readonly offersTried: number; readonly unitsAdded: number };

/** An optimal plan with what it takes to ask about added units, shared by all questions. */
export type AddedUnits = {
  readonly problem: AllocationProblem;
  readonly plan: Plan;
  readonly prices: LeximinPrices;
  readonly byNeed: PairGroups;
  readonly byOffer: PairGroups;
  readonly limits: ExplainLimits;
  /** By offer: who takes the units added there, in order. */
  readonly runs: Map<number, Taken[]>;
  readonly scratch: Scratch;
};

/** A unit taken: by which need, at which fairness price, and whether it takes one however ties are broken. */
type Taken = { readonly need: number; readonly price: number; certain: boolean };

/** Chains of one search: the pair by which each need or offer was reached, −1 when it was not. */
type Scratch = {
  readonly intoNeed: Int32Array;
  readonly intoOffer: Int32Array;
  readonly queue: Int32Array;
  queued: number;
  receiver: number;
  price: number;
};

export function askAddedUnits(problem: AllocationProblem, plan: Plan, limits: ExplainLimits): AddedUnits {
  const [n, m] = [problem.needs.wanted.length, problem.offers.capacity.length];
  return {
    problem,
    plan,
    prices: leximinPrices(problem),
    byNeed: groupPairs(problem.pairs.need, n),
    byOffer: groupPairs(problem.pairs.offer, m),
    limits,
    runs: new Map(),
    scratch: {
      intoNeed: new Int32Array(n),
      intoOffer: new Int32Array(m),
      queue: new Int32Array(m),
      queued: 0,
      receiver: -1,
      price: 0,
    },
  };
}

export function cheapestCapacity(
  added: AddedUnits,
  need: number,
  offers: readonly number[],
): { readonly offer: number; readonly units: number } | null {
  const { plan, prices, limits } = added;
  const price = prices.price(need, plan.served[need]! + 1);
  const worst = offers
    .slice(0, limits.offersTried)
    .map((offer) => ({ offer, ...worstTurn(added, offer, need, price) }));
  let best: { offer: number; units: number } | null = null;
  for (const { offer, turn, certain } of worst) {
    if (certain && turn <= limits.unitsAdded && (best === null || turn < best.units)) best = { offer, units: turn };
  }
  return best;
}

/** The number of the added unit that goes to the need when ties go against it, and whether one does. */
function worstTurn(added: AddedUnits, offer: number, need: number, price: number): { turn: number; certain: boolean } {
  const run = runOf(added, offer);
  let turn = 0;
  let certain = false;
  for (const taken of run) {
    if (taken.price < price) break;
    turn++;
    if (taken.need === need && taken.price === price) ({ certain } = taken);
  }
  return { turn, certain };
}

/** One unit beyond the limit is tried, so that the last price within it is seen to its end. */
function runOf(added: AddedUnits, offer: number): Taken[] {
  const known = added.runs.get(offer) ?? addUnits(added, offer, added.limits.unitsAdded + 1);
  added.runs.set(offer, known);
  return known;
}

/** Who takes the units added at `offer`, one after the other, until nobody can, or `most`. */
function addUnits(added: AddedUnits, offer: number, most: number): Taken[] {
  const { scratch } = added;
  const units = added.plan.units.slice();
  const served = added.plan.served.slice();
  const run: Taken[] = [];
  let settled = 0;
  while (run.length < most) {
    search(added, units, served, offer, run.at(-1)?.price ?? Infinity);
    const { receiver, price } = scratch;
    if (receiver < 0) break;
    if (run.length > settled && run[settled]!.price > price) {
      settle(added, units, served, run.slice(settled));
      settled = run.length;
      // Settling searched on its own: find the receiver's chain again.
      search(added, units, served, offer, price);
    }
    run.push({ need: receiver, price, certain: false });
    shift(added, units, scratch.receiver);
    served[receiver]! += 1;
  }
  settle(added, units, served, run.slice(settled));
  return run;
}

/** Breadth first from the offer over all chains, up to the first need at `highest`: the highest price reached. */
function search(added: AddedUnits, units: Int32Array, served: Int32Array, offer: number, highest: number): void {
  const { problem, byOffer, scratch } = added;
  const { pairs } = problem;
  scratch.intoNeed.fill(-1);
  scratch.intoOffer.fill(-1);
  scratch.queue[0] = offer;
  scratch.queued = 1;
  scratch.receiver = -1;
  scratch.price = 0;
  for (let read = 0; read < scratch.queued; read++) {
    const j = scratch.queue[read]!;
    for (let place = byOffer.start[j]!; place < byOffer.start[j + 1]!; place++) {
      const a = byOffer.pairs[place]!;
      const i = pairs.need[a]!;
      if (units[a]! >= pairs.cap[a]! || scratch.intoNeed[i]! >= 0) continue;
      scratch.intoNeed[i] = a;
      consider(added, served, i);
      if (scratch.price >= highest) return;
      handBack(added, units, offer, i, served[i]!);
    }
  }
}

function consider({ problem, prices, scratch }: AddedUnits, served: Int32Array, need: number): void {
  if (served[need]! >= problem.needs.wanted[need]!) return;
  const price = prices.price(need, served[need]! + 1);
  if (price <= scratch.price) return;
  scratch.price = price;
  scratch.receiver = need;
}

/** Who of those that took a unit at one price could not hand it on to a need that went without at that price. */
function settle(added: AddedUnits, units: Int32Array, served: Int32Array, taken: readonly Taken[]): void {
  const [first] = taken;
  if (first === undefined) return;
  const { problem, prices, byNeed, byOffer, scratch } = added;
  const { pairs, needs } = problem;
  const handsOn = scratch.intoNeed.fill(-1);
  const seen = scratch.intoOffer.fill(-1);
  const queue: number[] = [];
  for (let i = 0; i < handsOn.length; i++) {
    if (served[i]! >= needs.wanted[i]! || prices.price(i, served[i]! + 1) !== first.price) continue;
    handsOn[i] = 1;
    queue.push(i);
  }
  const passOn = (j: number) => {
    for (let at = byOffer.start[j]!; at < byOffer.start[j + 1]!; at++) {
      const b = byOffer.pairs[at]!;
      const from = pairs.need[b]!;
      if (units[b]! <= pairs.minimum[b]! || handsOn[from] === 1) continue;
      handsOn[from] = 1;
      queue.push(from);
    }
  };
  // An array is read to its end, also what is appended while it is read: a queue.
  for (const i of queue) {
    for (let place = byNeed.start[i]!; place < byNeed.start[i + 1]!; place++) {
      const a = byNeed.pairs[place]!;
      const j = pairs.offer[a]!;
      if (units[a]! >= pairs.cap[a]! || seen[j] === 1) continue;
      seen[j] = 1;
      passOn(j);
    }
  }
  for (const one of taken) one.certain = handsOn[one.need] !== 1;
}

/** Queues the offers of which this need, which holds `held` units, could hand a unit back. */
function handBack(
  { problem, byNeed, scratch }: AddedUnits,
  units: Int32Array,
  source: number,
  need: number,
  held: number,
): void {
  const { pairs } = problem;
  let left = held;
  for (let place = byNeed.start[need]!; left > 0; place++) {
    const b = byNeed.pairs[place]!;
    if (units[b] === 0) continue;
    left -= units[b]!;
    const j = pairs.offer[b]!;
    if (units[b]! <= pairs.minimum[b]! || j === source || scratch.intoOffer[j]! >= 0) continue;
    scratch.intoOffer[j] = b;
    scratch.queue[scratch.queued++] = j;
  }
}

/** Moves one unit along the chain that led to the receiver. */
function shift({ problem, scratch }: AddedUnits, units: Int32Array, receiver: number): void {
  const { need, offer } = problem.pairs;
  for (let i = receiver; ;) {
    const gets = scratch.intoNeed[i]!;
    units[gets]! += 1;
    const gives = scratch.intoOffer[offer[gets]!]!;
    if (gives < 0) return;
    units[gives]! -= 1;
    i = need[gives]!;
  }
}
