/**
 * The fewest units to add at one offer so that every fairest plan serves a given need better.
 *
 * Each unit added at an offer travels along a chain of pairs (offer to need, which hands back a unit of
 * another offer, and so on) to the reachable need whose next unit has the highest fairness price; at equal
 * prices we count the need in question last, so that the answer holds however ties are broken. Served units
 * form a matroid-like family, hence receivers come in falling order of price (Federgruen and Groenevelt,
 * "The greedy procedure for resource allocation problems", 1986).
 *
 * All needs share one run per offer: units that go to higher prices than the need's come first for certain,
 * a lower bound that says which offers are worth a run of their own. Cost: O(pairs) per unit and offer tried.
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
  /** By offer: fairness prices of the needs that added units go to, in order. */
  readonly runs: Map<number, number[]>;
  readonly scratch: Scratch;
};

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
  const before = (offer: number) => runOf(added, offer).filter((other) => other > price).length;
  const tried = offers.slice(0, limits.offersTried).map((offer) => ({ offer, least: before(offer) + 1 }));
  let best: { offer: number; units: number } | null = null;
  for (const { offer, least } of tried.toSorted((x, y) => x.least - y.least)) {
    const most: number = best === null ? limits.unitsAdded : best.units - 1;
    if (least > most) break;
    const units: number = addUnits(added, offer, most, need).indexOf(need) + 1;
    if (units > 0) best = { offer, units };
  }
  return best;
}

/** The prices at which units added at this offer are taken. */
function runOf(added: AddedUnits, offer: number): number[] {
  const known = added.runs.get(offer);
  if (known) return known;
  const run: number[] = [];
  addUnits(added, offer, added.limits.unitsAdded, -1, run);
  added.runs.set(offer, run);
  return run;
}

/** Who receives the units added at `offer`, one after the other, until `last` does, nobody can, or `most`. */
function addUnits(added: AddedUnits, offer: number, most: number, last: number, run: number[] = []): number[] {
  const units = added.plan.units.slice();
  const served = added.plan.served.slice();
  const receivers: number[] = [];
  while (receivers.length < most) {
    search(added, units, served, last, offer);
    const { receiver, price } = added.scratch;
    if (receiver < 0) break;
    receivers.push(receiver);
    run.push(price);
    if (receiver === last) break;
    shift(added, units, receiver);
    served[receiver]! += 1;
  }
  return receivers;
}

/** Breadth first from the offer over all chains; notes the reachable need with the highest price. */
function search(added: AddedUnits, units: Int32Array, served: Int32Array, last: number, offer: number): void {
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
      consider(added, served, last, i);
      handBack(added, units, offer, i);
    }
  }
}

function consider({ problem, prices, scratch }: AddedUnits, served: Int32Array, last: number, need: number): void {
  if (served[need]! >= problem.needs.wanted[need]!) return;
  const price = prices.price(need, served[need]! + 1);
  if (price < scratch.price || (price === scratch.price && scratch.receiver !== last)) return;
  scratch.price = price;
  scratch.receiver = need;
}

/** Queues the offers of which this need could hand a unit back. */
function handBack({ problem, byNeed, scratch }: AddedUnits, units: Int32Array, source: number, need: number): void {
  const { pairs } = problem;
  for (let place = byNeed.start[need]!; place < byNeed.start[need + 1]!; place++) {
    const b = byNeed.pairs[place]!;
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
