/**
 * Changed capacities and changed demands, made in the basis in hand: no flow is taken down, no tree built again.
 *
 * An offer's capacity is the cap of one root arc. More room, or less than lies unused, changes that arc only; where the
 * offer now gives too much, the surplus moves to its wide arc, from where the pivots to come take it back.
 * A need that wants less keeps its units, but those beyond are now rewarded for staying unserved, more than anything
 * else is worth: no flow moves, the pivots to come draw it off. One that wants more has further root arcs, full at first.
 *
 * Must always hold afterwards: all that holds between pivots, and what may invite change is at the nodes noted.
 * False, and nothing was touched, where the change is of another kind: pins and promised minimums, more units than the
 * need has arcs, demands that would change the table of fairness prices.
 */
import type { AllocationProblem } from './allocation.ts';
import type { AllocationNetwork } from './allocation-network.ts';
import type { DemandTally } from './demand-tally.ts';
import { keepsTable } from './demand-tally.ts';
import type { Simplex } from './network-simplex.ts';
import { absorbFreeArc } from './network-simplex.ts';
import { ARC, DEPTH, DOWN, hangAgain, NEXT, UP } from './spanning-tree.ts';

/** Where the two problems differ: needs, offers. Null when also elsewhere. */
export type PlacesChanged = { readonly needs: readonly number[]; readonly offers: readonly number[] };

export function placesChanged(last: AllocationProblem, problem: AllocationProblem): PlacesChanged | null {
  const { offers, needs, pairs } = problem;
  if (pairs !== last.pairs || needs.weight !== last.needs.weight || offers.minimum !== last.offers.minimum) return null;
  const changedNeeds = differences(needs.wanted, last.needs.wanted);
  const changedOffers = differences(offers.capacity, last.offers.capacity);
  return changedNeeds === null || changedOffers === null ? null : { needs: changedNeeds, offers: changedOffers };
}

export function changeInBasis(
  built: AllocationNetwork,
  simplex: Simplex,
  problem: AllocationProblem,
  places: PlacesChanged,
  tally: () => DemandTally,
): boolean {
  const { filledFrom: last, objective } = built;
  const { network } = simplex;
  const n = problem.needs.wanted.length;
  const more = (j: number) => problem.offers.capacity[j]! - last.offers.capacity[j]!;
  if (places.offers.some((j) => network.cap[unusedArc(simplex, n + j)]! + more(j) < 0)) return false;
  if (places.needs.length > 0) {
    const slots = (i: number) => network.start[i + 1]! - 1 - network.rootFrom[i]!;
    if (objective === 'total' || built.hasPins || places.needs.some((i) => problem.needs.wanted[i]! > slots(i)))
      return false;
    if (!keepsTable(tally(), built, problem, places.needs)) return false;
  }
  built.filledFrom = problem;
  for (const i of places.needs) changeDemand(built, simplex, i, problem.needs.wanted[i]!);
  for (const j of places.offers) {
    changeCap(simplex, n + j, more(j));
    simplex.notes?.tops.push(n + j);
  }
  return true;
}

/** The places where they differ; null when they are not even as long. */
function differences(list: Int32Array, last: Int32Array): number[] | null {
  const places: number[] = [];
  if (list === last) return places;
  if (list.length !== last.length) return null;
  for (let k = 0; k < list.length; k++) if (list[k] !== last[k]) places.push(k);
  return places;
}

/** Prices the need's root arcs anew, and with them the part of the tree that hangs from one of them. */
function changeDemand({ prices }: AllocationNetwork, simplex: Simplex, need: number, wanted: number): void {
  const { network, tree, notes } = simplex;
  const { arcs, cap, supply, rootFrom } = network;
  const first = rootFrom[need]!;
  for (let k = supply[need]!; k < wanted; k++) {
    cap[first + k] = 1;
    arcs[2 * (first + k)] = (network.nodes << 1) | 1;
  }
  supply[need] = Math.max(supply[need]!, wanted);
  for (let k = 0; k < supply[need]!; k++) {
    arcs[2 * (first + k) + 1] = k < wanted ? prices.price(need, k + 1) : -(prices.greatest + 2);
  }
  notes?.tops.push(need);
  const pointed = tree.records[(need << 3) + ARC]!;
  if ((pointed & 1) === 0 || pointed >> 1 < first) return;
  const shift = -arcs[(pointed & ~1) | 1]! * network.scale - tree.potential[need]!;
  if (shift !== 0) shiftBelow(simplex, need, shift);
}

/** Adds to the potentials of a node and of all that hangs from it. */
function shiftBelow({ tree }: Simplex, top: number, shift: number): void {
  const { records, potential } = tree;
  const depth = records[(top << 3) + DEPTH]!;
  let v = top;
  do {
    potential[v]! += shift;
    v = records[(v << 3) + NEXT]!;
  } while (records[(v << 3) + DEPTH]! > depth);
}

/** The root arc that forwards what an offer gives beyond what it must: the last but the wide one. */
function unusedArc({ network }: Simplex, node: number): number {
  return network.start[node + 1]! - 2;
}

function changeCap(simplex: Simplex, node: number, more: number): void {
  const { network, tree } = simplex;
  const { records } = tree;
  const { arcs, cap } = network;
  const at = node << 3;
  const arc = unusedArc(simplex, node);
  const isInTree = records[at + ARC] === 2 * arc + 1;
  const wasFull = !isInTree && (arcs[2 * arc]! & 1) === 1;
  const sent = isInTree ? records[at + DOWN]! : wasFull ? cap[arc]! : 0;
  const now = cap[arc]! + more;
  const tooMuch = sent - now;
  cap[arc] = now;
  if (isInTree && tooMuch < 0) {
    records[at + UP]! += more;
    return;
  }
  if (!isInTree && !wasFull) return;
  const isFull = tooMuch >= 0 && now > 0;
  arcs[2 * arc] = (arcs[2 * arc]! & ~1) | (isFull ? 1 : 0);
  if (isInTree) hangOnWideArc(simplex, node, tooMuch);
  else if (tooMuch > 0) sendOverWideArc(simplex, node, tooMuch);
  else if (tooMuch < 0 && sent > 0) absorbFreeArc(simplex, node, arc, sent);
}

/** In the place of the root arc by which the node hung. */
function hangOnWideArc({ network, tree }: Simplex, node: number, sent: number): void {
  const wide = network.start[node + 1]! - 1;
  const cost = network.arcs[2 * wide + 1]! * network.scale;
  hangAgain(tree, {
    cut: node,
    under: node,
    kept: network.nodes,
    pointed: 2 * wide + 1,
    up: network.cap[wide]! - sent,
    down: sent,
    shift: -cost - tree.potential[node]!,
  });
}

/** The node hangs elsewhere, or on its wide arc already. */
function sendOverWideArc(simplex: Simplex, node: number, sent: number): void {
  const { records } = simplex.tree;
  const wide = simplex.network.start[node + 1]! - 1;
  const at = node << 3;
  if (records[at + ARC] === 2 * wide + 1) {
    records[at + UP]! -= sent;
    records[at + DOWN]! += sent;
  } else absorbFreeArc(simplex, node, wide, sent);
}
