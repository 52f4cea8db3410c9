/**
 * A basis from any lawful flow and any guess of a tree: how a solve starts, cold or warm.
 *
 * The guess gives each node the arc by which it hangs. Pointers that cannot be kept (nothing could be sent
 * up, the arc does not end here any more, they run in a circle) are replaced by the node's wide root arc.
 * Arcs left outside the tree between nothing and their capacity, which no basis allows, are absorbed one by
 * one. If flow and tree come from an optimum and little has changed, little is left to do.
 *
 * Must always hold: `flow` is conserved and within capacities, root arcs included; the last root arc of
 * every node is wide. Cost: O(nodes + arcs), and a pivot per free arc.
 */
import type { Network } from './network.ts';
import type { Simplex } from './network-simplex.ts';
import { absorbFreeArc, startSimplex } from './network-simplex.ts';
import { ARC, buildTree, PARENT } from './spanning-tree.ts';

/** For each node the tree arc × 2, + 1 when the node is its tail, and the arc's other end. */
export type Pointers = { readonly arc: Int32Array; readonly parent: Int32Array };

export function startFrom(network: Network, flow: Int32Array, pointers: Pointers): Simplex {
  keepWhatCanBeKept(network, flow, pointers);
  breakCircles(network, pointers);
  const free = setStates(network, flow, pointers);
  const simplex = startSimplex(network, buildTree(network, pointers, flow));
  for (const { tail, arc } of free) absorbFreeArc(simplex, tail, arc, flow[arc]!);
  return simplex;
}

/** All nodes on their wide root arcs. */
export function starPointers(network: Network): Pointers {
  const arc = new Int32Array(network.nodes);
  for (let v = 0; v < network.nodes; v++) arc[v] = wideArc(network, v);
  return { arc, parent: new Int32Array(network.nodes).fill(network.nodes) };
}

/** The tree of an earlier solve, as a guess for the next. */
export function pointersOf({ network, tree }: Simplex): Pointers {
  const pointers = { arc: new Int32Array(network.nodes), parent: new Int32Array(network.nodes) };
  for (let v = 0; v < network.nodes; v++) {
    pointers.arc[v] = tree.records[(v << 3) + ARC]!;
    pointers.parent[v] = tree.records[(v << 3) + PARENT]!;
  }
  return pointers;
}

function wideArc({ start }: Network, v: number): number {
  return ((start[v + 1]! - 1) << 1) | 1;
}

function keepWhatCanBeKept(network: Network, flow: Int32Array, { arc, parent }: Pointers): void {
  for (let v = 0; v < network.nodes; v++) {
    const pointed = arc[v]!;
    const a = pointed >> 1;
    const up = pointed & 1 ? network.cap[a]! - flow[a]! : flow[a]!;
    if (up > 0) continue;
    arc[v] = wideArc(network, v);
    parent[v] = network.nodes;
  }
}

/** Follows the pointers from each node; a node met twice on one walk hangs from the root from then on. */
function breakCircles(network: Network, { arc, parent }: Pointers): void {
  const V = network.nodes;
  const walk = new Int32Array(V + 1).fill(-1);
  walk[V] = V;
  for (let v = 0; v < V; v++) {
    let x = v;
    while (walk[x]! < 0) {
      walk[x] = v;
      x = parent[x]!;
    }
    if (x === V || walk[x] !== v) continue;
    arc[x] = wideArc(network, x);
    parent[x] = V;
  }
}

/** Sets each arc's state bit from its flow, and lists the arcs that are neither in the tree nor at a bound. */
function setStates(
  { nodes, start, arcs, cap }: Network,
  flow: Int32Array,
  pointers: Pointers,
): { tail: number; arc: number }[] {
  const free: { tail: number; arc: number }[] = [];
  for (let v = 0; v < nodes; v++) {
    for (let a = start[v]!; a < start[v + 1]!; a++) {
      const full = flow[a] === cap[a] && cap[a]! > 0;
      const head = arcs[2 * a]! >> 1;
      const inTree = pointers.arc[v] === 2 * a + 1 || (head < nodes && pointers.arc[head] === 2 * a);
      arcs[2 * a] = (head << 1) | (full && !inTree ? 1 : 0);
      if (flow[a]! > 0 && !full && !inTree) free.push({ tail: v, arc: a });
    }
  }
  return free;
}
