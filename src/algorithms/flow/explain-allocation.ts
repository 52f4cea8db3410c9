/**
 * Why needs stay unmet, what would free them, and what one more unit of each offer is worth.
 *
 * Stands on the residual graph of an optimal plan. A free unit at offer j can go to a need i that has room
 * under the cap of (i, j); that need either keeps it (one more unit served) or hands back a unit of another
 * offer, which is free in turn.
 *   Unmet need: the offers from which such a chain leads to it are all exhausted, or it would be served.
 * They and the caps on the rim of that set are the smallest cut between the need and all spare capacity:
 * the limits that block it. One more unit at any of these offers would serve it without taking from anyone.
 * Whether it would then be *its* turn is another question: `cheapest` counts the units to add at one offer
 * until every fairest plan, whatever the scores, serves it better.
 *   Worth of an offer: the best such chain, fairness before score: Dijkstra over the certificate's prices,
 * which make every step's loss at least zero (Ahuja, Magnanti and Orlin, "Network Flows", 1993, chapter 9).
 *
 * Complexity: one unmet need O(pairs) plus, for `cheapest`, O(pairs) per added unit and offer tried; all
 * offers together O(pairs log pairs).
 */
import type { AllocationProblem, Plan } from './allocation.ts';
import { groupPairs } from './group-pairs.ts';
import type { PairGroups } from './group-pairs.ts';
import { leximinPrices } from './leximin-prices.ts';
import type { LeximinPrices } from './leximin-prices.ts';

export type UnmetNeed = {
  readonly need: number;
  readonly missing: number;
  /** No pair is allowed; its own pairs are all at their caps; or the offers that could reach it are used up. */
  readonly why: 'no-pair' | 'capped' | 'exhausted';
  /** Offers at their capacity that block it; one more unit at any of them could serve it. */
  readonly offers: readonly number[];
  /** Pairs at their cap that block it. */
  readonly pairs: readonly number[];
  /** The fewest units to add at one offer so that every fairest plan serves it better; null when none was found. */
  readonly cheapest: { readonly offer: number; readonly units: number } | null;
};

/** Offers tried, nearest first, and units added at each, before `cheapest` gives up. */
export type ExplainLimits = { readonly offersTried: number; readonly unitsAdded: number };

const LIMITS: ExplainLimits = { offersTried: 32, unitsAdded: 64 };

/** Explains every need that gets less than it wants. `plan` must be optimal. */
export function explainUnmetNeeds(problem: AllocationProblem, plan: Plan, limits: ExplainLimits = LIMITS): UnmetNeed[] {
  const graph = residualGraph(problem);
  const { wanted } = problem.needs;
  const unmet = Array.from(wanted.keys()).filter((i) => plan.served[i]! < wanted[i]!);
  return unmet.map((need) => explainUnmet(graph, plan, need, limits));
}

type ResidualGraph = {
  readonly problem: AllocationProblem;
  readonly prices: LeximinPrices;
  readonly byNeed: PairGroups;
  readonly byOffer: PairGroups;
};

function residualGraph(problem: AllocationProblem): ResidualGraph {
  return {
    problem,
    prices: leximinPrices(problem),
    byNeed: groupPairs(problem.pairs.need, problem.needs.wanted.length),
    byOffer: groupPairs(problem.pairs.offer, problem.offers.capacity.length),
  };
}

function explainUnmet(graph: ResidualGraph, plan: Plan, need: number, limits: ExplainLimits): UnmetNeed {
  const { problem, byNeed, byOffer } = graph;
  const { pairs } = problem;
  const seenNeed = new Set([need]);
  const seenOffer = new Set<number>();
  // A Set is read in the order of insertion, also what is inserted while it is read: a queue.
  for (const i of seenNeed) {
    for (const a of membersOf(byNeed, i)) {
      const j = pairs.offer[a]!;
      if (plan.units[a]! >= pairs.cap[a]! || seenOffer.has(j)) continue;
      seenOffer.add(j);
      for (const b of membersOf(byOffer, j)) {
        if (plan.units[b]! > pairs.minimum[b]!) seenNeed.add(pairs.need[b]!);
      }
    }
  }
  const rim = [...seenNeed].flatMap((i) => [...membersOf(byNeed, i)]);
  const own = [...membersOf(byNeed, need)].filter((a) => pairs.cap[a]! > 0);
  const offers = [...seenOffer];
  return {
    need,
    missing: problem.needs.wanted[need]! - plan.served[need]!,
    why: own.length === 0 ? 'no-pair' : offers.length === 0 ? 'capped' : 'exhausted',
    offers,
    pairs: rim.filter((a) => !seenOffer.has(pairs.offer[a]!) && pairs.cap[a]! > 0),
    cheapest: cheapestCapacity(graph, plan, need, offers.slice(0, limits.offersTried), limits.unitsAdded),
  };
}

function membersOf({ start, pairs }: PairGroups, k: number): Int32Array {
  return pairs.subarray(start[k]!, start[k + 1]!);
}

function cheapestCapacity(
  graph: ResidualGraph,
  plan: Plan,
  need: number,
  offers: readonly number[],
  unitsAdded: number,
): UnmetNeed['cheapest'] {
  let best: UnmetNeed['cheapest'] = null;
  for (const offer of offers) {
    const most = best === null ? unitsAdded : best.units - 1;
    const units = unitsUntilServed(graph, plan, need, offer, most);
    if (units !== null) best = { offer, units };
  }
  return best;
}

/**
 * Adds units at `offer` one by one; each goes where fairness sends it, to the reachable need whose next unit
 * has the highest price, at equal prices to another need than `need`. The number of the unit that must go
 * to `need`, or null beyond `most`.
 */
function unitsUntilServed(graph: ResidualGraph, plan: Plan, need: number, offer: number, most: number): number | null {
  const units = plan.units.slice();
  const served = plan.served.slice();
  for (let added = 1; added <= most; added++) {
    const { chain, receiver } = fairestChain(graph, units, served, need, offer);
    if (receiver < 0) return null;
    if (receiver === need) return added;
    for (const { pair, change } of chain) units[pair]! += change;
    served[receiver]! += 1;
  }
  return null;
}

type Step = { readonly pair: number; readonly change: 1 | -1 };

function fairestChain(
  { problem, prices, byNeed, byOffer }: ResidualGraph,
  units: Int32Array,
  served: Int32Array,
  last: number,
  offer: number,
): { chain: Step[]; receiver: number } {
  const { pairs, needs } = problem;
  const intoNeed = new Map<number, number>();
  const intoOffer = new Map<number, number>([[offer, -1]]);
  let receiver = -1;
  let highest = 0;
  for (const j of intoOffer.keys()) {
    for (const a of membersOf(byOffer, j)) {
      const i = pairs.need[a]!;
      if (units[a]! >= pairs.cap[a]! || intoNeed.has(i)) continue;
      intoNeed.set(i, a);
      const price = served[i]! < needs.wanted[i]! ? prices.price(i, served[i]! + 1) : 0;
      if (price > highest || (price === highest && receiver === last)) {
        highest = price;
        receiver = price > 0 ? i : receiver;
      }
      for (const b of membersOf(byNeed, i)) {
        const other = pairs.offer[b]!;
        if (units[b]! > pairs.minimum[b]! && !intoOffer.has(other)) intoOffer.set(other, b);
      }
    }
  }
  const chain: Step[] = [];
  for (let i = receiver; i >= 0;) {
    const gets = intoNeed.get(i)!;
    chain.push({ pair: gets, change: 1 });
    const gives = intoOffer.get(pairs.offer[gets]!)!;
    if (gives < 0) break;
    chain.push({ pair: gives, change: -1 });
    i = pairs.need[gives]!;
  }
  return { chain, receiver };
}
