/**
 * A change of capacities alone, made in the basis in hand: no flow is taken down, no tree built again.
 *
 * An offer's capacity is the cap of one root arc. More room, or less than lies unused, changes that arc only; where the
 * offer now gives too much, the surplus moves to its wide arc, from where the pivots to come take it back. So the cost
 * is that of a pivot an offer, and the search for an inviting arc that follows.
 *
 * Must always hold afterwards: all that holds between pivots. False, and nothing was touched, where the change is
 * of another kind or reaches below what pins and promised minimums take.
 */
import type { AllocationProblem } from './allocation.ts';
import type { AllocationNetwork } from './allocation-network.ts';
import type { Simplex } from './network-simplex.ts';
import { absorbFreeArc } from './network-simplex.ts';
import { ARC, DOWN, hangAgain, UP } from './spanning-tree.ts';

export function changeCapacities(built: AllocationNetwork, simplex: Simplex, problem: AllocationProblem): boolean {
  const last = built.filledFrom;
  const { offers, needs, pairs } = problem;
  if (needs !== last.needs || pairs !== last.pairs || offers.minimum !== last.offers.minimum) return false;
  if (offers.capacity.length !== last.offers.capacity.length) return false;
  const { network } = simplex;
  const n = needs.wanted.length;
  const changed: number[] = [];
  for (let j = 0; j < offers.capacity.length; j++) {
    const more = offers.capacity[j]! - last.offers.capacity[j]!;
    if (more === 0) continue;
    if (network.cap[unusedArc(simplex, n + j)]! + more < 0) return false;
    changed.push(j);
  }
  built.filledFrom = problem;
  for (const j of changed) changeCap(simplex, n + j, offers.capacity[j]! - last.offers.capacity[j]!);
  return true;
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
