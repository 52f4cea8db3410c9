/**
 * The spanning tree of a network simplex: one record per node, and a preorder walk as a linked list.
 *
 * A node's record is 8 numbers of 4 bytes, so that following a path costs one cache line per two nodes:
 *   PARENT    the next node on the way to the root (−1 for the root);
 *   ARC       its tree arc × 2, + 1 when the node is the arc's tail (the arc points up);
 *   UP, DOWN  what more can be sent to the parent, and back from it;
 *   DEPTH     arcs to the root;  NEXT, LAST  the nodes after and before it in preorder.
 *
 * Must always hold: the tree is strongly feasible: every node can send a positive amount up (UP > 0). With
 * the leaving arc chosen accordingly, no sequence of degenerate pivots comes back to the same tree
 * (Cunningham, "A network simplex method", Mathematical Programming 11, 1976). Potentials make the reduced
 * cost of every tree arc exactly 0: all costs are whole numbers in doubles under 2^53.
 */
import type { Network } from './network.ts';
import { costOf } from './network.ts';

export const PARENT = 0;
export const ARC = 1;
export const UP = 2;
export const DOWN = 3;
export const DEPTH = 4;
export const NEXT = 5;
export const LAST = 6;

export type SpanningTree = {
  /** 8 numbers per node, the root's record last. */
  readonly records: Int32Array;
  /** Minus the cost of sending one unit along the tree to the root; root last (0). */
  readonly potential: Float64Array;
  /** Nodes relabelled so far. */
  moved: number;
};

/**
 * Builds the tree from the arc of each node (× 2, + 1 when the node is its tail), the parent that it leads
 * to, and the flow on every arc.
 */
export function buildTree(
  network: Network,
  { arc, parent }: { readonly arc: Int32Array; readonly parent: Int32Array },
  flow: Int32Array,
): SpanningTree {
  const V = network.nodes;
  const records = new Int32Array((V + 1) * 8);
  const potential = new Float64Array(V + 1);
  for (let v = 0; v < V; v++) {
    const at = v << 3;
    const pointed = arc[v]!;
    const sent = flow[pointed >> 1]!;
    const room = network.cap[pointed >> 1]! - sent;
    records[at + PARENT] = parent[v]!;
    records[at + ARC] = pointed;
    records[at + UP] = pointed & 1 ? room : sent;
    records[at + DOWN] = pointed & 1 ? sent : room;
  }
  records[(V << 3) + PARENT] = -1;
  records[(V << 3) + ARC] = -1;
  const tree: SpanningTree = { records, potential, moved: 0 };
  threadTree(network, tree);
  return tree;
}

export type Rehang = {
  /** Top of the part that was cut off, once hung up again: the end of the entering arc within it. */
  readonly cut: number;
  /** The node under the leaving arc: the part's former top. */
  readonly under: number;
  /** The other end of the entering arc: the new parent of `cut`. */
  readonly kept: number;
  /** The entering arc × 2, + 1 when `cut` is its tail, and what can still go up and down there. */
  readonly pointed: number;
  readonly up: number;
  readonly down: number;
  /** What is added to the potentials of the whole part. */
  readonly shift: number;
};

/**
 * Turns the stem from `cut` up to `under` over, and hangs it below `kept`. Each stem node v keeps its own
 * subtree except the one it was entered from; in the new preorder that stays right after v, then comes v's
 * former parent. Segments are relabelled in the order of the old list, so depths still to be read are old.
 * Cost: the nodes of the part, each touched once.
 */
export function hangAgain(tree: SpanningTree, rehang: Rehang): void {
  const { records } = tree;
  const { cut, under, kept, shift } = rehang;
  const beforePart = records[(under << 3) + LAST]!;
  let { pointed, up, down } = rehang;
  let parent = kept;
  let depth = records[(kept << 3) + DEPTH]! + 1;
  let v = cut;
  let child = -1;
  let afterChild = -1;
  let last = -1;
  for (;;) {
    const at = v << 3;
    const oldParent = records[at + PARENT]!;
    const oldPointed = records[at + ARC]!;
    const oldUp = records[at + UP]!;
    const oldDown = records[at + DOWN]!;
    const oldDepth = records[at + DEPTH]!;
    if (last >= 0) link(records, last, v);
    last = relabel(tree, v, child, oldDepth, depth - oldDepth, shift);
    let after = records[(last << 3) + NEXT]!;
    if (after === child) {
      after = afterChild;
      if (records[(after << 3) + DEPTH]! > oldDepth) {
        link(records, last, after);
        last = relabel(tree, after, -1, oldDepth, depth - oldDepth, shift);
        after = records[(last << 3) + NEXT]!;
      }
    }
    records[at + PARENT] = parent;
    records[at + ARC] = pointed;
    records[at + UP] = up;
    records[at + DOWN] = down;
    if (v === under) {
      link(records, beforePart, after);
      break;
    }
    child = v;
    afterChild = after;
    parent = v;
    pointed = oldPointed ^ 1;
    up = oldDown;
    down = oldUp;
    depth++;
    v = oldParent;
  }
  const next = records[(kept << 3) + NEXT]!;
  link(records, kept, cut);
  link(records, last, next);
}

function link(records: Int32Array, before: number, after: number): void {
  records[(before << 3) + NEXT] = after;
  records[(after << 3) + LAST] = before;
}

/** Relabels `from` and what follows it in preorder, up to `stop` or a node no deeper than `floor`; the last. */
function relabel(tree: SpanningTree, from: number, stop: number, floor: number, deeper: number, shift: number): number {
  const { records, potential } = tree;
  let last = from;
  let x = from;
  let moved = 0;
  do {
    moved++;
    records[(x << 3) + DEPTH]! += deeper;
    potential[x]! += shift;
    last = x;
    x = records[(x << 3) + NEXT]!;
  } while (x !== stop && records[(x << 3) + DEPTH]! > floor);
  tree.moved += moved;
  return last;
}

/** Depths, preorder and potentials from the parents: child lists, then a walk on an explicit stack. */
function threadTree(network: Network, tree: SpanningTree): void {
  const { records } = tree;
  const V = network.nodes;
  const firstChild = new Int32Array(V + 1).fill(-1);
  const sibling = new Int32Array(V + 1);
  for (let v = V - 1; v >= 0; v--) {
    const p = records[(v << 3) + PARENT]!;
    sibling[v] = firstChild[p]!;
    firstChild[p] = v;
  }
  const stack = new Int32Array(V + 1);
  let size = 1;
  stack[0] = V;
  let before = -1;
  while (size > 0) {
    const v = stack[--size]!;
    if (before >= 0) {
      records[(before << 3) + NEXT] = v;
      records[(v << 3) + LAST] = before;
    }
    before = v;
    if (v !== V) placeUnderParent(network, tree, v);
    for (let child = firstChild[v]!; child >= 0; child = sibling[child]!) stack[size++] = child;
  }
  records[(before << 3) + NEXT] = V;
  records[(V << 3) + LAST] = before;
}

function placeUnderParent(network: Network, tree: SpanningTree, v: number): void {
  const { records, potential } = tree;
  const at = v << 3;
  const p = records[at + PARENT]!;
  const pointed = records[at + ARC]!;
  const up = (pointed & 1) === 1;
  const cost = costOf(network, up ? v : p, pointed >> 1);
  records[at + DEPTH] = records[(p << 3) + DEPTH]! + 1;
  potential[v] = up ? potential[p]! - cost : potential[p]! + cost;
}
