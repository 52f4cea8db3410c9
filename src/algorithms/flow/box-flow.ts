/**
 * The most profitable plan in a box, again and again under other profits.
 *
 * Maximise Σ profit(a) × units(a) with pairs, needs and offers in their ranges: one minimum-cost flow over
 * the pairs that are undecided, solved by the network simplex and started from the last plan and tree when
 * only profits have changed. In the terms of `network.ts`: a need holds the most it may get beyond what is
 * decided; leaving up to (high − low) units is free, more is out of bounds; an offer is rewarded for what it
 * must forward, may forward the rest, and no more. Out of bounds and rewarded: at `scale` a unit, beyond
 * what any path can earn, so that a plan that keeps the bounds is found when there is one.
 *
 * The reduced profits are a proof: of all plans in the box, one that gives another unit to a pair at its low
 * end earns at least |reduced(a)| less than the best (`worthOf`), and so at the high end.
 * Limits: `greatestProfit` and nodes whose product stays under 2^49.
 */
import type { AllocationProblem } from './allocation.ts';
import type { Box } from './floors.ts';
import { groupPairs } from './group-pairs.ts';
import { GREATEST_POTENTIAL, WIDE } from './network.ts';
import type { Network } from './network.ts';
import type { Simplex } from './network-simplex.ts';
import { flowsOf, optimise } from './network-simplex.ts';
import { pointersOf, starPointers, startFrom } from './start-basis.ts';

export type BoxFlow = {
  readonly network: Network;
  readonly box: Box;
  readonly needs: number;
  /** The pair of each ordinary arc, arc by arc; −1 for root arcs. */
  readonly pairOf: Int32Array;
  simplex: Simplex | null;
};

export type BoxAnswer =
  | {
      readonly status: 'optimal';
      readonly units: Int32Array;
      /** Σ profit × units. */
      readonly profit: number;
      /** Per pair: what one more unit changes when all else moves as well as it can; 0 for decided pairs. */
      readonly reduced: Float64Array;
      /** The price of one unit of each offer. */
      readonly offerPrice: Float64Array;
    }
  /** No plan lies in the box. */
  | { readonly status: 'infeasible' }
  | { readonly status: 'stopped' };

/** Null when potentials could not stay exact. */
export function openBoxFlow(problem: AllocationProblem, box: Box, greatestProfit: number): BoxFlow | null {
  const { pairs } = problem;
  const [n, m] = [problem.needs.wanted.length, problem.offers.capacity.length];
  const fixed = new Int32Array(n + m);
  const open: number[] = [];
  for (let a = 0; a < pairs.need.length; a++) {
    fixed[pairs.need[a]!]! += box.pairs.low[a]!;
    fixed[n + pairs.offer[a]!]! += box.pairs.low[a]!;
    if (box.pairs.low[a]! < box.pairs.high[a]!) open.push(a);
  }
  const groups = groupPairs(
    Int32Array.from(open, (a) => pairs.need[a]!),
    n,
  );
  const size = open.length + 2 * n + 3 * m;
  const scale = 2 ** Math.ceil(Math.log2(4 * Math.max(1, greatestProfit) * (Math.min(n, m) + 2)));
  if (16 * scale >= GREATEST_POTENTIAL || greatestProfit >= 2 ** 31) return null;
  const network: Network = {
    nodes: n + m,
    start: new Int32Array(n + m + 1),
    rootFrom: new Int32Array(n + m),
    arcs: new Int32Array(2 * size),
    cap: new Int32Array(size),
    supply: new Int32Array(n + m),
    scale,
  };
  const pairOf = new Int32Array(size).fill(-1);
  let at = 0;
  const add = (head: number, cost: number, cap: number) => {
    network.arcs[2 * at] = head << 1;
    network.arcs[2 * at + 1] = cost;
    network.cap[at++] = Math.max(0, cap);
  };
  for (let v = 0; v < n + m; v++) {
    const isNeed = v < n;
    if (isNeed) {
      for (let place = groups.start[v]!; place < groups.start[v + 1]!; place++) {
        const a = open[groups.pairs[place]!]!;
        pairOf[at] = a;
        add(n + pairs.offer[a]!, 0, box.pairs.high[a]! - box.pairs.low[a]!);
      }
    }
    network.rootFrom[v] = at;
    const { low, high } = isNeed ? box.needs : box.offers;
    const [least, most] = [low[isNeed ? v : v - n]! - fixed[v]!, high[isNeed ? v : v - n]! - fixed[v]!];
    // More decided than may be: nothing can mend that.
    if (most < 0) return { network, box, needs: n, pairOf: pairOf.fill(-2), simplex: null };
    if (isNeed) network.supply[v] = most;
    else add(n + m, -1, Math.max(0, least));
    add(n + m, 0, most - Math.max(0, least));
    add(n + m, 1, WIDE);
    network.start[v + 1] = at;
  }
  return { network, box, needs: n, pairOf, simplex: null };
}

/** `profit`: whole numbers, one per pair, at most `greatestProfit` either way. */
export function mostProfitable(
  problem: AllocationProblem,
  flow: BoxFlow,
  profit: ArrayLike<number>,
  shouldStop?: () => boolean,
): BoxAnswer {
  const { network, box, pairOf } = flow;
  if (pairOf[0] === -2) return { status: 'infeasible' };
  for (let arc = 0; arc < pairOf.length; arc++) {
    if (pairOf[arc]! >= 0) network.arcs[2 * arc + 1] = -profit[pairOf[arc]!]!;
  }
  flow.simplex = startFrom(network, flow.simplex ? flowsOf(flow.simplex) : nothingGiven(network), pointersFor(flow));
  const stopped = optimise(flow.simplex, shouldStop === undefined ? {} : { shouldStop: () => shouldStop() });
  if (stopped === 'stopped') return { status: 'stopped' };
  const found = flowsOf(flow.simplex);
  for (let v = 0; v < network.nodes; v++) {
    if (found[network.start[v + 1]! - 1]! > 0) return { status: 'infeasible' };
    const owed = network.rootFrom[v]!;
    if (v >= flow.needs && found[owed]! < network.cap[owed]!) return { status: 'infeasible' };
  }
  const units = box.pairs.low.slice();
  const reduced = new Float64Array(units.length);
  const { potential } = flow.simplex.tree;
  let sum = 0;
  for (let v = 0; v < flow.needs; v++) {
    for (let arc = network.start[v]!; arc < network.rootFrom[v]!; arc++) {
      const a = pairOf[arc]!;
      units[a]! += found[arc]!;
      reduced[a] = profit[a]! - potential[v]! + potential[network.arcs[2 * arc]! >> 1]!;
    }
  }
  for (let a = 0; a < units.length; a++) sum += units[a]! * profit[a]!;
  const offerPrice = Float64Array.from(problem.offers.capacity, (_, j) => -potential[flow.needs + j]!);
  return { status: 'optimal', units, profit: sum, reduced, offerPrice };
}

/** Everything left, everything owed. */
function nothingGiven(network: Network): Int32Array {
  const flow = new Int32Array(network.cap.length);
  for (let v = 0; v < network.nodes; v++) {
    const wide = network.start[v + 1]! - 1;
    const free = Math.min(network.supply[v]!, network.cap[wide - 1]!);
    flow[wide - 1] = free;
    flow[wide] = network.supply[v]! - free;
  }
  return flow;
}

function pointersFor({ network, simplex }: BoxFlow) {
  return simplex === null ? starPointers(network) : pointersOf(simplex);
}
