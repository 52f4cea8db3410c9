/**
 * The allocation problem as one minimum-cost flow network, root included.
 *
 * Node i < n is a need: it holds its wanted units and sends each to an offer (ordinary arcs, cost −score)
 * or leaves it unserved (root arcs, one unit each: leaving the k-th unit costs its fairness price). Node
 * n + j is an offer: it forwards to the root what it gives. With scale beyond any sum of scores along a
 * simple path, the cheapest flow is the fairest plan, and the best of the fairest. A potential is then
 * fairness × scale + score: `pricesOf` takes it apart again.
 *
 * Pins are taken out beforehand: a pair's minimum is given, and need, offer and cap shrink by it. Where
 * minimums exist, each offer has a first root arc that is rewarded more than any fairness is worth. The last
 * root arc of every node is wide and dearer than all others: never used, it only lets any node hang from
 * the root. Must always hold: a lawful plan exists (`feasible-plan.ts` was asked before).
 */
import type { AllocationProblem, Certificate, InvalidProblem } from './allocation.ts';
import { groupPairs, groupStarts, isGrouped } from './group-pairs.ts';
import type { LeximinPrices } from './leximin-prices.ts';
import { leximinPrices } from './leximin-prices.ts';
import type { Network } from './network.ts';
import { GREATEST_ARCS, GREATEST_POTENTIAL, WIDE } from './network.ts';

/** Whether fairness counts, or the total alone (every unserved unit is then free). */
export type Objective = 'leximin' | 'total';

/** Root arcs of a need that wants nothing yet: as many units can be added in the basis in hand. */
const RESERVE = 8;

export type AllocationNetwork = {
  readonly network: Network;
  readonly objective: Objective;
  /** Where the pairs of each need start, and their numbers in that order: null when it is their own order. */
  readonly pairStart: Int32Array;
  readonly pairOrder: Int32Array | null;
  prices: LeximinPrices;
  hasPins: boolean;
  /** The numbers that the network was last filled from. */
  filledFrom: AllocationProblem;
};

/** Builds the network; null when its potentials could not stay exact. Linear time. */
export function allocationNetwork(problem: AllocationProblem, objective: Objective): AllocationNetwork | null {
  const { needs, offers, pairs } = problem;
  const [n, m] = [needs.wanted.length, offers.capacity.length];
  const prices = leximinPrices(problem);
  const scale = scaleFor(problem);
  if ((2 * prices.greatest + 8) * scale >= GREATEST_POTENTIAL) return null;
  const order = isGrouped(pairs.need) ? null : groupPairs(pairs.need, n).pairs;
  const pairStart = groupStarts(pairs.need, n);
  const owing = offers.minimum.some((units) => units > 0) ? 1 : 0;
  const start = new Int32Array(n + m + 1);
  const rootFrom = new Int32Array(n + m);
  for (let i = 0; i < n; i++) {
    rootFrom[i] = start[i]! + pairStart[i + 1]! - pairStart[i]!;
    start[i + 1] = rootFrom[i]! + (objective === 'leximin' ? needs.wanted[i]! || RESERVE : 0) + 1;
  }
  for (let v = n; v < n + m; v++) {
    rootFrom[v] = start[v]!;
    start[v + 1] = start[v]! + owing + 2;
  }
  const size = start[n + m]!;
  const network: Network = {
    nodes: n + m,
    start,
    rootFrom,
    arcs: new Int32Array(2 * size),
    cap: new Int32Array(size),
    supply: new Int32Array(n + m),
    scale,
  };
  const built: AllocationNetwork = {
    network,
    objective,
    pairStart,
    pairOrder: order,
    prices,
    hasPins: false,
    filledFrom: problem,
  };
  fillPairs(built, problem);
  fillRootArcs(built, problem);
  return built;
}

/**
 * Fills a network again from a problem of the same pairs with other numbers; lists that are the same object
 * as before are not read. False when the numbers do not fit the layout: build a new one then.
 */
export function refill(built: AllocationNetwork, problem: AllocationProblem): boolean {
  const { needs, offers, pairs } = problem;
  const old = built.filledFrom;
  const { network, objective } = built;
  const n = needs.wanted.length;
  if (pairs.need !== old.pairs.need || pairs.offer !== old.pairs.offer) return false;
  if (n !== old.needs.wanted.length || n + offers.capacity.length !== network.nodes) return false;
  const owing = network.start[n + 1]! - network.start[n]! > 2;
  if (!owing && offers.minimum !== old.offers.minimum && offers.minimum.some((one) => one > 0)) {
    return false;
  }
  if (needs !== old.needs) {
    const prices = leximinPrices(problem);
    if (prices.table.some((price, place) => price !== built.prices.table[place])) return false;
    if (prices.greatest !== built.prices.greatest) return false;
    built.prices = prices;
    const slots = (i: number) => network.start[i + 1]! - network.rootFrom[i]! - 1;
    if (objective === 'leximin' && needs.wanted.some((units, i) => units > slots(i))) return false;
  }
  if (pairs.score !== old.pairs.score && scaleFor(problem) > network.scale) return false;
  built.filledFrom = problem;
  if (pairs !== old.pairs) fillPairs(built, problem);
  fillRootArcs(built, problem);
  return true;
}

/** What would not fit the layout of a network: too many arcs, too many units. */
export function beyondLimits({ needs, offers, pairs }: AllocationProblem, objective: Objective): InvalidProblem | null {
  const unitArcs = objective === 'leximin' ? 1 : 0;
  let arcs = pairs.need.length + needs.wanted.length + 3 * offers.capacity.length;
  let units = 0;
  if (arcs > GREATEST_ARCS) return { field: 'pairs.need', row: 0, fault: 'too-large' };
  for (let row = 0; row < needs.wanted.length; row++) {
    arcs += unitArcs * (needs.wanted[row]! || RESERVE);
    units += needs.wanted[row]!;
    if (arcs > GREATEST_ARCS || units >= WIDE) return { field: 'needs.wanted', row, fault: 'too-large' };
  }
  return null;
}

/** Flow on the ordinary arcs from units per pair: what is given beyond the pins, within the caps. */
export function flowFromUnits(built: AllocationNetwork, units: Int32Array): Int32Array {
  const { network, pairStart, pairOrder, filledFrom } = built;
  const { minimum } = filledFrom.pairs;
  const flow = new Int32Array(network.cap.length);
  for (let i = 0; i < filledFrom.needs.wanted.length; i++) {
    const shift = network.start[i]! - pairStart[i]!;
    for (let place = pairStart[i]!; place < pairStart[i + 1]!; place++) {
      const a = pairOrder === null ? place : pairOrder[place]!;
      const beyond = units[a]! - minimum[a]!;
      flow[place + shift] = Math.max(0, Math.min(beyond, network.cap[place + shift]!));
    }
  }
  return flow;
}

/** Units per pair, in the order of the problem, from the flow on the arcs. */
export function unitsFromFlow(built: AllocationNetwork, flow: Int32Array): Int32Array {
  const { network, pairStart, pairOrder, filledFrom } = built;
  const units = filledFrom.pairs.minimum.slice();
  for (let i = 0; i < filledFrom.needs.wanted.length; i++) {
    const shift = network.start[i]! - pairStart[i]!;
    for (let place = pairStart[i]!; place < pairStart[i + 1]!; place++) {
      units[pairOrder === null ? place : pairOrder[place]!]! += flow[place + shift]!;
    }
  }
  return units;
}

/**
 * The certificate from the potentials: a price is minus the potential, split into whole multiples of the
 * scale and the rest. A need served by pins alone may be priced above its last unit, since the network
 * cannot move pins; its price is lowered to that worth, which changes no other condition.
 */
export function pricesOf(built: AllocationNetwork, potential: Float64Array, served: Int32Array): Certificate {
  const { network, prices } = built;
  const n = served.length;
  const { scale } = network;
  const fairness = new Float64Array(network.nodes);
  const score = new Float64Array(network.nodes);
  for (let v = 0; v < network.nodes; v++) {
    const last = v < n && served[v]! > 0 ? prices.price(v, served[v]!) * scale : Infinity;
    const price = Math.min(-potential[v]!, last);
    fairness[v] = Math.round(price / scale);
    score[v] = price - fairness[v]! * scale;
  }
  return {
    needFairness: fairness.slice(0, n),
    needScore: score.slice(0, n),
    offerFairness: fairness.slice(n),
    offerScore: score.slice(n),
  };
}

/** A power of two: beyond four times what the scores of a path without loops can add up to. */
function scaleFor({ needs, offers, pairs }: AllocationProblem): number {
  let greatest = 1;
  for (let a = 0; a < pairs.score.length; a++) {
    if (pairs.score[a]! > greatest) greatest = pairs.score[a]!;
  }
  const steps = Math.min(needs.wanted.length, offers.capacity.length) + 2;
  return 2 ** Math.ceil(Math.log2(4 * greatest * steps));
}

function fillPairs({ network, pairStart, pairOrder }: AllocationNetwork, problem: AllocationProblem): void {
  const { pairs } = problem;
  const { arcs, cap, start } = network;
  const n = problem.needs.wanted.length;
  for (let i = 0; i < n; i++) {
    const shift = start[i]! - pairStart[i]!;
    for (let place = pairStart[i]!; place < pairStart[i + 1]!; place++) {
      const pair = pairOrder === null ? place : pairOrder[place]!;
      const arc = place + shift;
      arcs[2 * arc] = (n + pairs.offer[pair]!) << 1;
      arcs[2 * arc + 1] = -pairs.score[pair]!;
      cap[arc] = pairs.cap[pair]! - pairs.minimum[pair]!;
    }
  }
}

/** Supplies and root arcs, from wanted, capacity, minimum and pins. */
function fillRootArcs(built: AllocationNetwork, problem: AllocationProblem): void {
  const { network, prices, objective } = built;
  const { needs, offers, pairs } = problem;
  const { supply, start, rootFrom, nodes } = network;
  const n = needs.wanted.length;
  const pinned = new Int32Array(nodes);
  built.hasPins = false;
  for (let a = 0; a < pairs.minimum.length; a++) {
    const units = pairs.minimum[a]!;
    if (units === 0) continue;
    built.hasPins = true;
    pinned[pairs.need[a]!]! += units;
    pinned[n + pairs.offer[a]!]! += units;
  }
  for (let i = 0; i < n; i++) {
    supply[i] = needs.wanted[i]! - pinned[i]!;
    const wide = start[i + 1]! - 1;
    for (let arc = rootFrom[i]!, k = pinned[i]! + 1; arc < wide; arc++, k++) {
      const exists = k <= needs.wanted[i]!;
      setRootArc(network, arc, exists ? prices.price(i, k) : prices.greatest + 1, exists ? 1 : 0);
    }
    setRootArc(network, wide, objective === 'leximin' ? prices.greatest + 1 : 0, WIDE);
  }
  for (let j = 0; n + j < nodes; j++) {
    const capacity = offers.capacity[j]! - pinned[n + j]!;
    const owed = Math.max(0, offers.minimum[j]! - pinned[n + j]!);
    const wide = start[n + j + 1]! - 1;
    if (wide - start[n + j]! > 1) setRootArc(network, wide - 2, -(prices.greatest + 2), owed);
    setRootArc(network, wide - 1, 0, capacity - owed);
    setRootArc(network, wide, prices.greatest + 3, WIDE);
  }
}

function setRootArc(network: Network, arc: number, cost: number, cap: number): void {
  network.arcs[2 * arc] = network.nodes << 1;
  network.arcs[2 * arc + 1] = cost;
  network.cap[arc] = cap;
}
