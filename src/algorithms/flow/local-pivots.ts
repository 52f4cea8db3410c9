/**
 * Pivots near a change: only the arcs of nodes whose potentials changed are priced.
 *
 * Where a basis was optimal, an arc invites change only if the potential of one of its ends, or the arc itself, is not
 * what it was. So the nodes that a change or a pivot touched wait in a queue; each is looked at until none of its arcs
 * invites change. When the queue is empty the basis is optimal, and nothing else was read.
 *
 * Must always hold: every arc that invites change has an end in the queue, or below one of the tops that were noted.
 * Cost: the arcs of the nodes that moved. Large parts of the tree moving again and again are better left to a search
 * through all arcs, so that it gives up after as many nodes as it is told.
 */
import type { AllocationProblem } from './allocation.ts';
import type { AllocationNetwork } from './allocation-network.ts';
import { groupPairs } from './group-pairs.ts';
import type { Notes, Simplex } from './network-simplex.ts';
import { enter } from './network-simplex.ts';
import { DEPTH, NEXT } from './spanning-tree.ts';

/** The arcs into each offer with their tails, offer by offer, and who waits to be looked at. */
export type Neighbourhood = {
  readonly needs: number;
  readonly start: Int32Array;
  readonly arcs: Int32Array;
  readonly tails: Int32Array;
  readonly waits: Uint8Array;
};

export function neighbourhood(built: AllocationNetwork, { needs, offers, pairs }: AllocationProblem): Neighbourhood {
  const { network, pairStart, pairOrder } = built;
  const { start, pairs: arcs } = groupPairs(pairs.offer, offers.capacity.length);
  const placeOf = pairOrder === null ? null : new Int32Array(arcs.length);
  pairOrder?.forEach((a, place) => (placeOf![a] = place));
  const tails = new Int32Array(arcs.length);
  for (let place = 0; place < arcs.length; place++) {
    const a = arcs[place]!;
    const i = pairs.need[a]!;
    tails[place] = i;
    arcs[place] = network.start[i]! - pairStart[i]! + (placeOf === null ? a : placeOf[a]!);
  }
  return { needs: needs.wanted.length, start, arcs, tails, waits: new Uint8Array(network.nodes) };
}

/** True when the basis is optimal again; false when more than `most` nodes were queued: go on with `optimise`. */
export function optimiseNear(simplex: Simplex, notes: Notes, near: Neighbourhood, most: number): boolean {
  const queue: number[] = [];
  let looked = 0;
  for (;;) {
    queueParts(simplex, notes, near, queue);
    const v = queue[looked];
    if (v === undefined) return true;
    if (queue.length > most) {
      near.waits.fill(0);
      return false;
    }
    if (enterBest(simplex, near, v)) continue;
    near.waits[v] = 0;
    looked++;
  }
}

/** All nodes below the tops that were noted. */
function queueParts({ tree }: Simplex, { tops }: Notes, { waits }: Neighbourhood, queue: number[]): void {
  const { records } = tree;
  for (let top = tops.pop(); top !== undefined; top = tops.pop()) {
    const depth = records[(top << 3) + DEPTH]!;
    let v = top;
    do {
      if (waits[v] === 0) queue.push(v);
      waits[v] = 1;
      v = records[(v << 3) + NEXT]!;
    } while (records[(v << 3) + DEPTH]! > depth);
  }
}

/** Lets in the most inviting arc of the node; false when none invites change. */
function enterBest(simplex: Simplex, near: Neighbourhood, v: number): boolean {
  const { network, tree } = simplex;
  const { start, rootFrom, arcs, scale } = network;
  const { potential } = tree;
  const own = potential[v]!;
  let best = 0;
  let arc = -1;
  let tail = v;
  for (let a = start[v]!; a < start[v + 1]!; a++) {
    const head = arcs[2 * a]!;
    const cost = a < rootFrom[v]! ? arcs[2 * a + 1]! : arcs[2 * a + 1]! * scale;
    const reduced = cost + own - potential[head >> 1]!;
    const gain = head & 1 ? reduced : -reduced;
    if (gain <= best) continue;
    best = gain;
    arc = a;
  }
  const j = v - near.needs;
  for (let place = j < 0 ? 0 : near.start[j]!, end = j < 0 ? 0 : near.start[j + 1]!; place < end; place++) {
    const a = near.arcs[place]!;
    const reduced = arcs[2 * a + 1]! + potential[near.tails[place]!]! - own;
    const gain = arcs[2 * a]! & 1 ? reduced : -reduced;
    if (gain <= best) continue;
    best = gain;
    arc = a;
    tail = near.tails[place]!;
  }
  if (arc < 0) return false;
  enter(simplex, tail, arc);
  return true;
}
