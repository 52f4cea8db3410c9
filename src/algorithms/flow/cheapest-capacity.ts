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
 * Who could not be reached at its price can never be reached later in the run: units are added price by price, and
 * each search serves all needs that still wait at that price and whose chains do not cross. Prices for which nobody asks are not run. Cost: O(pairs) per offer tried and such price, and a
 * chain per unit added.
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
  /** The least price of a unit that somebody lacks: cheaper units are nobody's question. */
  readonly leastAsked: number;
  /** By offer: who takes the units added there, in order. */
  readonly runs: Map<number, Taken[]>;
  readonly scratch: Scratch;
};

/** A unit taken: by which need, at which fairness price, and whether it takes one however ties are broken. */
type Taken = { readonly need: number; readonly price: number; certain: boolean };

/** Chains of one search: the pair by which each need or offer was reached, if it was in the search of that number. */
type Scratch = {
  readonly intoNeed: Int32Array;
  readonly intoOffer: Int32Array;
  readonly needSeenIn: Int32Array;
  readonly offerSeenIn: Int32Array;
  readonly queue: Int32Array;
  readonly waits: Uint8Array;
  queued: number;
  number: number;
};

export function askAddedUnits(problem: AllocationProblem, plan: Plan, limits: ExplainLimits): AddedUnits {
  const [n, m] = [problem.needs.wanted.length, problem.offers.capacity.length];
  const prices = leximinPrices(problem);
  let leastAsked = Infinity;
  for (let i = 0; i < n; i++) leastAsked = Math.min(leastAsked, nextPrice(problem, prices, plan.served, i) || Infinity);
  return {
    problem,
    plan,
    prices,
    byNeed: groupPairs(problem.pairs.need, n),
    byOffer: groupPairs(problem.pairs.offer, m),
    limits,
    leastAsked,
    runs: new Map(),
    scratch: {
      intoNeed: new Int32Array(n),
      intoOffer: new Int32Array(m),
      needSeenIn: new Int32Array(n),
      offerSeenIn: new Int32Array(m),
      queue: new Int32Array(n),
      waits: new Uint8Array(n),
      queued: 0,
      number: 0,
    },
  };
}

/** The fairness price of the need's next unit, 0 when it has all. */
function nextPrice({ needs }: AllocationProblem, prices: LeximinPrices, served: Int32Array, need: number): number {
  const has = served[need]!;
  return has < needs.wanted[need]! ? prices.price(need, has + 1) : 0;
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

/** Who takes the units added at `offer`, one after the other, until nobody who asks can, or `most`. */
function addUnits(added: AddedUnits, offer: number, most: number): Taken[] {
  const { problem, plan, prices } = added;
  const units = plan.units.slice();
  const served = plan.served.slice();
  const next = served.map((_, i) => nextPrice(problem, prices, served, i));
  const run: Taken[] = [];
  while (run.length < most) {
    const price = next.reduce((high, one) => Math.max(high, one), 0);
    if (price < added.leastAsked || price === 0) break;
    const taken = addUnitsAt(added, { units, next, price }, offer, most - run.length);
    for (const { need } of taken) {
      served[need]! += 1;
      next[need] = nextPrice(problem, prices, served, need);
    }
    for (const one of taken) run.push(one);
  }
  return run;
}

/** A price of a run: the flow so far, and the price of each need's next unit, 0 once it can have none. */
type Turn = { readonly units: Int32Array; readonly next: Int32Array; readonly price: number };

/** All units that go at one price, `most` at most. Who still waits in the end can have none in this run any more. */
function addUnitsAt(added: AddedUnits, turn: Turn, offer: number, most: number): Taken[] {
  const { waits } = added.scratch;
  const { next, price } = turn;
  const taken: Taken[] = [];
  let waiting = 0;
  for (let i = 0; i < next.length; i++) {
    waits[i] = next[i] === price ? 1 : 0;
    waiting += waits[i]!;
  }
  while (waiting > 0 && taken.length < most) {
    const before = taken.length;
    for (const need of reachWaiting(added, turn.units, offer, waiting)) {
      if (taken.length === most || !isOpen(added, turn.units, need)) continue;
      shift(added, turn.units, need);
      taken.push({ need, price, certain: true });
      waits[need] = 0;
      waiting--;
    }
    if (taken.length === before) break;
  }
  if (waiting === 0) return taken;
  if (taken.length > 0) settle(added, turn.units, taken);
  for (let i = 0; i < next.length; i++) if (waits[i] === 1) next[i] = 0;
  return taken;
}

/** Breadth first from the offer over all chains, until all `waiting` needs are reached: those that are. */
function reachWaiting(added: AddedUnits, units: Int32Array, offer: number, waiting: number): number[] {
  const { problem, byNeed, scratch } = added;
  const { pairs } = problem;
  const { offerSeenIn, intoOffer, queue } = scratch;
  const reached: number[] = [];
  const number = ++scratch.number;
  scratch.queued = 0;
  offerSeenIn[offer] = number;
  intoOffer[offer] = -1;
  giveOn(added, units, offer, reached);
  for (let read = 0; read < scratch.queued && reached.length < waiting; read++) {
    const i = queue[read]!;
    for (let place = byNeed.start[i]!; place < byNeed.start[i + 1]!; place++) {
      const b = byNeed.pairs[place]!;
      const j = pairs.offer[b]!;
      if (units[b]! <= pairs.minimum[b]! || offerSeenIn[j] === number) continue;
      offerSeenIn[j] = number;
      intoOffer[j] = b;
      giveOn(added, units, j, reached);
    }
  }
  return reached;
}

/** Queues the needs that could have a unit of the offer, and notes those that wait. */
function giveOn({ problem, byOffer, scratch }: AddedUnits, units: Int32Array, offer: number, reached: number[]): void {
  const { need, cap } = problem.pairs;
  const { queue, intoNeed, needSeenIn, waits, number } = scratch;
  for (let place = byOffer.start[offer]!; place < byOffer.start[offer + 1]!; place++) {
    const a = byOffer.pairs[place]!;
    const i = need[a]!;
    if (needSeenIn[i] === number || units[a]! >= cap[a]!) continue;
    needSeenIn[i] = number;
    intoNeed[i] = a;
    queue[scratch.queued++] = i;
    if (waits[i] === 1) reached.push(i);
  }
}

/** Who of those that took a unit at one price could not hand it on to a need that still waits at that price. */
function settle(added: AddedUnits, units: Int32Array, taken: readonly Taken[]): void {
  const { problem, byNeed, byOffer, scratch } = added;
  const { pairs } = problem;
  const { needSeenIn: handsOnIn, offerSeenIn, waits } = scratch;
  const number = ++scratch.number;
  const queue: number[] = [];
  for (let i = 0; i < waits.length; i++) {
    if (waits[i] === 0) continue;
    handsOnIn[i] = number;
    queue.push(i);
  }
  const passOn = (j: number) => {
    for (let at = byOffer.start[j]!; at < byOffer.start[j + 1]!; at++) {
      const b = byOffer.pairs[at]!;
      const from = pairs.need[b]!;
      if (handsOnIn[from] === number || units[b]! <= pairs.minimum[b]!) continue;
      handsOnIn[from] = number;
      queue.push(from);
    }
  };
  // An array is read to its end, also what is appended while it is read: a queue.
  for (const i of queue) {
    for (let place = byNeed.start[i]!; place < byNeed.start[i + 1]!; place++) {
      const a = byNeed.pairs[place]!;
      const j = pairs.offer[a]!;
      if (offerSeenIn[j] === number || units[a]! >= pairs.cap[a]!) continue;
      offerSeenIn[j] = number;
      passOn(j);
    }
  }
  for (const one of taken) one.certain = handsOnIn[one.need] !== number;
}

/** Whether the chain that led to the receiver is still open: others may have gone along parts of it since. */
function isOpen({ problem, scratch }: AddedUnits, units: Int32Array, receiver: number): boolean {
  const { need, offer, cap, minimum } = problem.pairs;
  for (let i = receiver; ;) {
    const gets = scratch.intoNeed[i]!;
    if (units[gets]! >= cap[gets]!) return false;
    const gives = scratch.intoOffer[offer[gets]!]!;
    if (gives < 0) return true;
    if (units[gives]! <= minimum[gives]!) return false;
    i = need[gives]!;
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
