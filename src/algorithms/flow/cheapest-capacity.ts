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
 * in the worst case; how many they are does not depend on how ties are broken. Whoever has a unit of its price has
 * it for certain unless it could hand it on, by exchanges, to another need of that price that went without.
 *
 * Each unit is sought from the need that waits, backwards to the offer: most chains are short, so the search ends
 * soon. A need that cannot be reached is *lost* with all that could reach it: no chain of the run ever comes there
 * again, so that these are never searched twice, and whoever took a unit and is lost at the end of that price is
 * who could hand it on. Prices for which nobody asks are not run. Cost of an offer tried: O(pairs) for all that is
 * lost, and a search per unit added.
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
  /** The needs that lack something; the prices of their next units, and the least of these. */
  readonly asking: Int32Array;
  readonly asked: Int32Array;
  readonly leastAsked: number;
  /** By offer: the units to add there for each need that then has one more for certain. */
  readonly runs: Map<number, ReadonlyMap<number, number>>;
  readonly scratch: Scratch;
};

/** The plan as it stands in a run, and who was met in it. A mark is the number of the run or search that set it. */
type Scratch = {
  readonly units: Int32Array;
  readonly served: Int32Array;
  /** Offer by offer, from where its pairs start: those whose unit could be taken back, up to `heldEnd`. */
  readonly held: Int32Array;
  readonly heldEnd: Int32Array;
  /** The needs that still ask in this run, `active` of them. */
  readonly waiting: Int32Array;
  active: number;
  /** The price of each need's next unit, 0 once it has all or can have none in this run. */
  readonly next: Int32Array;
  /** The pair between the need and the run's offer, if there is one. */
  readonly own: Int32Array;
  readonly ownIn: Int32Array;
  readonly needSeenIn: Int32Array;
  readonly offerSeenIn: Int32Array;
  readonly needLostIn: Int32Array;
  readonly offerLostIn: Int32Array;
  /** The pair whose unit a need would hand back, and the pair by which its offer would give it on. */
  readonly handsBack: Int32Array;
  readonly givesOn: Int32Array;
  readonly needQueue: Int32Array;
  readonly offerQueue: Int32Array;
  /** Pairs that gained a unit in this run, and ~pair where one was lost. */
  readonly moves: number[];
  run: number;
  search: number;
};

export function askAddedUnits(problem: AllocationProblem, plan: Plan, limits: ExplainLimits): AddedUnits {
  const [n, m] = [problem.needs.wanted.length, problem.offers.capacity.length];
  const prices = leximinPrices(problem);
  const asked = plan.served.map((has, i) => priceAfter(problem, prices, has, i));
  const asking = Int32Array.from(asked.keys()).filter((i) => asked[i]! > 0);
  const byOffer = groupPairs(problem.pairs.offer, m);
  return {
    problem,
    plan,
    prices,
    byNeed: groupPairs(problem.pairs.need, n),
    byOffer,
    limits,
    asking,
    asked,
    leastAsked: asking.reduce((least, i) => Math.min(least, asked[i]!), Infinity),
    runs: new Map(),
    scratch: {
      units: plan.units.slice(),
      served: plan.served.slice(),
      ...heldPairs(problem, plan, byOffer),
      waiting: asking.slice(),
      active: asking.length,
      next: asked.slice(),
      own: new Int32Array(n),
      ownIn: new Int32Array(n),
      needSeenIn: new Int32Array(n),
      offerSeenIn: new Int32Array(m),
      needLostIn: new Int32Array(n),
      offerLostIn: new Int32Array(m),
      handsBack: new Int32Array(n),
      givesOn: new Int32Array(m),
      needQueue: new Int32Array(n),
      offerQueue: new Int32Array(m),
      moves: [],
      run: 0,
      search: 0,
    },
  };
}

export function cheapestCapacity(
  added: AddedUnits,
  need: number,
  offers: readonly number[],
): { readonly offer: number; readonly units: number } | null {
  const tried = Math.min(offers.length, added.limits.offersTried);
  let best: { offer: number; units: number } | null = null;
  for (let place = 0; place < tried; place++) {
    const offer = offers[place]!;
    const units = runOf(added, offer).get(need) ?? Infinity;
    if (units < (best?.units ?? Infinity)) best = { offer, units };
  }
  return best;
}

function heldPairs(
  { pairs }: AllocationProblem,
  { units }: Plan,
  { start, pairs: grouped }: PairGroups,
): Pick<Scratch, 'held' | 'heldEnd'> {
  const held = new Int32Array(grouped.length);
  const heldEnd = start.slice(0, -1);
  for (let place = 0; place < grouped.length; place++) {
    const b = grouped[place]!;
    const j = pairs.offer[b]!;
    if (units[b]! <= pairs.minimum[b]!) continue;
    held[heldEnd[j]!] = b;
    heldEnd[j]! += 1;
  }
  return { held, heldEnd };
}

/** The fairness price of the need's next unit once it has so many, 0 when it has all. */
function priceAfter({ needs }: AllocationProblem, prices: LeximinPrices, has: number, need: number): number {
  return has < needs.wanted[need]! ? prices.price(need, has + 1) : 0;
}

function runOf(added: AddedUnits, offer: number): ReadonlyMap<number, number> {
  const known = added.runs.get(offer);
  if (known !== undefined) return known;
  const run = addUnits(added, offer);
  added.runs.set(offer, run);
  return run;
}

/** Adds units at `offer`, price by price, until nobody who asks can have one, or more than the limit went. */
function addUnits(added: AddedUnits, offer: number): Map<number, number> {
  const { problem, plan, prices, scratch, limits } = added;
  const { next, served, needLostIn } = scratch;
  const certain = new Map<number, number>();
  beginRun(added, offer);
  for (let count = 0; ;) {
    const price = highestAsked(added);
    if (price === 0) break;
    const takers = serveAll(added, price, limits.unitsAdded - count);
    count += takers.length;
    if (count > limits.unitsAdded) break;
    for (const need of takers) {
      const isFirst = served[need] === plan.served[need];
      if (isFirst && needLostIn[need] !== scratch.run) certain.set(need, count);
      served[need]! += 1;
      next[need] = priceAfter(problem, prices, served[need]!, need);
    }
  }
  return certain;
}

/** Everything as in the plan again, and who has a pair with the offer. */
function beginRun(added: AddedUnits, offer: number): void {
  const { problem, plan, asked, byOffer, scratch } = added;
  const { moves, own, ownIn } = scratch;
  for (let move = moves.pop(); move !== undefined; move = moves.pop()) {
    if (move < 0) gain(added, ~move);
    else lose(added, move);
  }
  scratch.served.set(plan.served);
  scratch.next.set(asked);
  scratch.waiting.set(added.asking);
  scratch.active = added.asking.length;
  scratch.run++;
  for (let place = byOffer.start[offer]!; place < byOffer.start[offer + 1]!; place++) {
    const a = byOffer.pairs[place]!;
    own[problem.pairs.need[a]!] = a;
    ownIn[problem.pairs.need[a]!] = scratch.run;
  }
}

/** The highest price at which a unit is asked, 0 when nobody asks; who asks no more leaves the list. */
function highestAsked({ scratch, leastAsked }: AddedUnits): number {
  const { next, waiting } = scratch;
  let highest = 0;
  let kept = 0;
  for (let place = 0; place < scratch.active; place++) {
    const need = waiting[place]!;
    const price = next[need]!;
    if (price < leastAsked) continue;
    waiting[kept++] = need;
    if (price > highest) highest = price;
  }
  scratch.active = kept;
  return highest;
}

/** A unit for every need that waits at this price and can have one; stops once more than `most` have. */
function serveAll(added: AddedUnits, price: number, most: number): number[] {
  const { next, waiting, active } = added.scratch;
  const takers: number[] = [];
  for (let place = 0; place < active; place++) {
    const need = waiting[place]!;
    if (next[need] !== price) continue;
    if (!bringUnit(added, need)) next[need] = 0;
    else if (takers.push(need) > most) break;
  }
  return takers;
}

/** Seeks a chain from the need back to the run's offer, and moves a unit along it; else all that was met is lost. */
function bringUnit(added: AddedUnits, need: number): boolean {
  const { problem, byNeed, scratch } = added;
  const { offer, cap } = problem.pairs;
  const { units, offerSeenIn, offerLostIn, needLostIn, needQueue, offerQueue, givesOn, run } = scratch;
  if (takeOwn(added, need)) return true;
  const search = ++scratch.search;
  scratch.needSeenIn[need] = search;
  needQueue[0] = need;
  let needs = 1;
  let offers = 0;
  for (let read = 0; read < needs; read++) {
    const i = needQueue[read]!;
    for (let place = byNeed.start[i]!, end = byNeed.start[i + 1]!; place < end; place++) {
      const a = byNeed.pairs[place]!;
      const j = offer[a]!;
      if (offerSeenIn[j] === search || offerLostIn[j] === run || units[a]! >= cap[a]!) continue;
      offerSeenIn[j] = search;
      offerQueue[offers++] = j;
      givesOn[j] = a;
      needs = meetHolders(added, j, needs);
      if (needs < 0) return moveAlong(added, ~needs, need);
    }
  }
  for (let place = 0; place < needs; place++) needLostIn[needQueue[place]!] = run;
  for (let place = 0; place < offers; place++) offerLostIn[offerQueue[place]!] = run;
  return false;
}

/** Queues who could hand back a unit of offer j; ~need once one is met that can have one of the run's offer instead. */
function meetHolders({ problem, byOffer, scratch }: AddedUnits, j: number, queued: number): number {
  const { need, cap } = problem.pairs;
  const { units, held, heldEnd, needSeenIn, needLostIn, handsBack, needQueue, own, ownIn, search, run } = scratch;
  let needs = queued;
  for (let place = byOffer.start[j]!, end = heldEnd[j]!; place < end; place++) {
    const b = held[place]!;
    const h = need[b]!;
    if (needSeenIn[h] === search || needLostIn[h] === run) continue;
    needSeenIn[h] = search;
    handsBack[h] = b;
    needQueue[needs++] = h;
    if (ownIn[h] === run && units[own[h]!]! < cap[own[h]!]!) return ~h;
  }
  return needs;
}

/** A unit of the run's offer straight to the need, where their pair has room. */
function takeOwn(added: AddedUnits, need: number): boolean {
  const { units, own, ownIn, run, moves } = added.scratch;
  const a = own[need]!;
  if (ownIn[need] !== run || units[a]! >= added.problem.pairs.cap[a]!) return false;
  gain(added, a);
  moves.push(a);
  return true;
}

/** `from` takes a unit of the run's offer and hands one back, which goes on until `receiver` has one more. */
function moveAlong(added: AddedUnits, from: number, receiver: number): boolean {
  const { pairs } = added.problem;
  const { handsBack, givesOn, moves } = added.scratch;
  takeOwn(added, from);
  for (let i = from; i !== receiver;) {
    const back = handsBack[i]!;
    const on = givesOn[pairs.offer[back]!]!;
    lose(added, back);
    gain(added, on);
    moves.push(~back, on);
    i = pairs.need[on]!;
  }
  return true;
}

function gain({ problem, scratch }: AddedUnits, a: number): void {
  const { units, held, heldEnd } = scratch;
  const { minimum, offer } = problem.pairs;
  if (units[a] === minimum[a]) {
    held[heldEnd[offer[a]!]!] = a;
    heldEnd[offer[a]!]! += 1;
  }
  units[a]! += 1;
}

/** The pair holds a unit beyond its minimum. */
function lose({ problem, scratch }: AddedUnits, b: number): void {
  const { units, held, heldEnd } = scratch;
  const { minimum, offer } = problem.pairs;
  units[b]! -= 1;
  if (units[b]! > minimum[b]!) return;
  const last = (heldEnd[offer[b]!]! -= 1);
  let place = last;
  while (held[place] !== b) place--;
  held[place] = held[last]!;
}
