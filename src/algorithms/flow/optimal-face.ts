/**
 * All best plans at once, and the cheapest of them by a further wish.
 *
 * Problem: among the plans of the same leximin and the same greatest total, which is cheapest for a cost
 * that is convex in the units of each pair? And among those, by a next cost, and so on?
 *
 * Why it is exact. The plan is the optimum of a linear programme in two currencies (`leximin-prices.ts`,
 * `allocation-network.ts`) and its certificate is an optimum of the dual. A lawful plan is optimal exactly
 * when it stands in complementary slackness with one dual optimum, whichever (strong duality: the sum of all
 * slacks × prices is the distance to the optimum, and each term is ≥ 0). Slackness is a range per thing:
 *   pair:  need(i) + score − offer(j) > 0: at its cap; < 0: at its minimum; 0: anywhere between;
 *   offer: price > 0: gives its capacity; < 0: gives its minimum; 0: anywhere between;
 *   need:  served at least as often as a unit is worth more than its price, at most as often as it is worth
 *          no less. Worths fall strictly, so the two differ by one at most.
 * So the best plans are the whole points of a box cut by flow conservation: again a network, with lower
 * bounds. A second flow finds the cheapest there; its potentials cut the box down to *its* optimal face in
 * the same way, and so on, as often as there are wishes. Network matrices are totally unimodular, hence all
 * flows are whole and each face is exactly the set of whole plans that are best so far. Faces are sets: they
 * do not depend on which dual optimum was found, nor on the order of rows.
 *
 * Must always hold: the plan in hand lies in the face. Pairs whose range is one number are taken out first,
 * so that the flow has the size of what is undecided. Complexity: one minimum-cost flow. Limits: those of
 * `minimum-cost-flow.ts`; beyond them the answer is `too-large`.
 */
import type { Allocation, AllocationProblem } from './allocation.ts';
import { leximinPrices } from './leximin-prices.ts';
import type { FlowProblem } from './minimum-cost-flow.ts';
import { minimumCostFlow } from './minimum-cost-flow.ts';

export type Optimal = Extract<Allocation, { status: 'optimal' }>;

/** What each may be, both ends included, in every best plan; together with the sums: exactly the best plans. */
export type Face = {
  readonly pairs: Ranges;
  readonly needs: Ranges;
  readonly offers: Ranges;
};

export type Ranges = { readonly low: Int32Array; readonly high: Int32Array };

/** A stretch of a pair's convex cost: the next `units` cost `cost` each. Costs never fall along a pair. */
export type Stretch = { readonly units: number; readonly cost: number };

/** The stretches of one pair from its low end: together high − low units. */
export type CostOfPair = (pair: number, low: number, high: number) => readonly Stretch[];

export type FaceAnswer =
  | { readonly status: 'optimal'; readonly units: Int32Array; readonly face: Face }
  | { readonly status: 'cancelled' }
  | { readonly status: 'too-large' };

/** The face of all plans with the same leximin and the same greatest total. Linear time. */
export function optimalFace(problem: AllocationProblem, answer: Optimal): Face {
  const { needs, offers, pairs } = problem;
  const { needFairness, needScore, offerFairness, offerScore } = answer.certificate;
  const prices = leximinPrices(problem);
  const ranges = (count: number) => ({ low: new Int32Array(count), high: new Int32Array(count) });
  const face = {
    pairs: ranges(pairs.need.length),
    needs: ranges(needs.wanted.length),
    offers: ranges(offers.capacity.length),
  };
  for (let a = 0; a < pairs.need.length; a++) {
    const [i, j] = [pairs.need[a]!, pairs.offer[a]!];
    const gain = needFairness[i]! - offerFairness[j]! || needScore[i]! + pairs.score[a]! - offerScore[j]!;
    face.pairs.low[a] = gain > 0 ? pairs.cap[a]! : pairs.minimum[a]!;
    face.pairs.high[a] = gain < 0 ? pairs.minimum[a]! : pairs.cap[a]!;
  }
  for (let j = 0; j < offers.capacity.length; j++) {
    const price = offerFairness[j]! || offerScore[j]!;
    face.offers.low[j] = price > 0 ? offers.capacity[j]! : offers.minimum[j]!;
    face.offers.high[j] = price < 0 ? offers.minimum[j]! : offers.capacity[j]!;
  }
  for (let i = 0; i < needs.wanted.length; i++) {
    const beyond = (k: number) => prices.price(i, k) - needFairness[i]! || -needScore[i]!;
    // Slackness holds at the plan in hand, and worths fall strictly: only its neighbours can hold too.
    const served = answer.served[i]!;
    face.needs.low[i] = served > 0 && beyond(served) === 0 ? served - 1 : served;
    face.needs.high[i] = served < needs.wanted[i]! && beyond(served + 1) === 0 ? served + 1 : served;
  }
  return face;
}

/** A plan of the face that is cheapest, and the face of all that are as cheap. */
export function cheapestOnFace(
  problem: AllocationProblem,
  face: Face,
  costOf: CostOfPair,
  shouldCancel?: () => boolean,
): FaceAnswer {
  if (shouldCancel?.()) return { status: 'cancelled' };
  const wish = flowOfWish(problem, face, costOf);
  const { flow, pairOf, nodes } = wish;
  if (pairOf.length === 0) return { status: 'optimal', units: face.pairs.low.slice(), face };
  const answer = minimumCostFlow(flow, shouldCancel === undefined ? {} : { shouldStop: () => shouldCancel() });
  if (answer.status === 'cancelled') return { status: 'cancelled' };
  if (answer.status !== 'optimal') return { status: 'too-large' };
  const units = face.pairs.low.slice();
  const pairs: Ranges = { low: face.pairs.low.slice(), high: face.pairs.low.slice() };
  const { potential } = answer;
  const reduced = (k: number) => flow.cost[k]! + potential[flow.tail[k]!]! - potential[flow.head[k]!]!;
  pairOf.forEach((a, k) => {
    units[a]! += answer.flow[k]!;
    if (reduced(k) < 0) pairs.low[a]! += flow.cap[k]!;
    if (reduced(k) <= 0) pairs.high[a]! += flow.cap[k]!;
  });
  const rangesOf = (old: Ranges, members: readonly Member[]): Ranges => {
    const next = { low: old.low.slice(), high: old.high.slice() };
    for (const { place, arc, fixed } of members) {
      next.low[place] = fixed + (reduced(arc) < 0 ? flow.cap[arc]! : flow.low[arc]!);
      next.high[place] = fixed + (reduced(arc) > 0 ? flow.low[arc]! : flow.cap[arc]!);
    }
    return next;
  };
  const next = { pairs, needs: rangesOf(face.needs, nodes.needs), offers: rangesOf(face.offers, nodes.offers) };
  return { status: 'optimal', units, face: next };
}

/** A need or an offer with something undecided: its arc to or from the hub, and what it has beforehand. */
type Member = { readonly place: number; readonly arc: number; readonly fixed: number };
type Wish = {
  readonly flow: FlowProblem;
  /** The pair of each of the first arcs, stretch by stretch. */
  readonly pairOf: readonly number[];
  readonly nodes: { readonly needs: readonly Member[]; readonly offers: readonly Member[] };
};

/** A circulation: hub → need → offer → hub, pairs that are undecided only. Node 0 is the hub. */
function flowOfWish(problem: AllocationProblem, face: Face, costOf: CostOfPair): Wish {
  const { pairs } = problem;
  const fixed = {
    needs: new Int32Array(problem.needs.wanted.length),
    offers: new Int32Array(problem.offers.capacity.length),
  };
  const node = { needs: fixed.needs.slice(), offers: fixed.offers.slice() };
  const places: { needs: number[]; offers: number[] } = { needs: [], offers: [] };
  const arcs: { tail: number; head: number; low: number; cap: number; cost: number }[] = [];
  const pairOf: number[] = [];
  let count = 1;
  const nodeOf = (side: 'needs' | 'offers', place: number) => {
    if (node[side][place] === 0) {
      node[side][place] = count++;
      places[side].push(place);
    }
    return node[side][place]!;
  };
  for (let a = 0; a < pairs.need.length; a++) {
    const [low, high] = [face.pairs.low[a]!, face.pairs.high[a]!];
    fixed.needs[pairs.need[a]!]! += low;
    fixed.offers[pairs.offer[a]!]! += low;
    if (low === high) continue;
    for (const { units, cost } of costOf(a, low, high)) {
      if (units === 0) continue;
      const [tail, head] = [nodeOf('needs', pairs.need[a]!), nodeOf('offers', pairs.offer[a]!)];
      arcs.push({ tail, head, low: 0, cap: units, cost });
      pairOf.push(a);
    }
  }
  const join = (side: 'needs' | 'offers'): Member[] =>
    places[side].map((place) => {
      const [v, taken] = [node[side][place]!, fixed[side][place]!];
      const low = Math.max(0, face[side].low[place]! - taken);
      const ends = side === 'needs' ? { tail: 0, head: v } : { tail: v, head: 0 };
      const arc = arcs.push({ ...ends, low, cap: face[side].high[place]! - taken, cost: 0 }) - 1;
      return { place, arc, fixed: taken };
    });
  const nodes = { needs: join('needs'), offers: join('offers') };
  const flow: FlowProblem = {
    supply: new Float64Array(count),
    tail: Int32Array.from(arcs, (arc) => arc.tail),
    head: Int32Array.from(arcs, (arc) => arc.head),
    low: Float64Array.from(arcs, (arc) => arc.low),
    cap: Float64Array.from(arcs, (arc) => arc.cap),
    cost: Float64Array.from(arcs, (arc) => arc.cost),
  };
  return { flow, pairOf, nodes };
}
