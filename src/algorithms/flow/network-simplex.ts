/**
 * Minimum-cost flow by the primal network simplex.
 *
 * Problem: minimise Σ c(a) x(a) with 0 ≤ x ≤ u and each node sending on what it has and receives; the root
 * takes the rest (see `network.ts`). A basis is a spanning tree; arcs outside it carry nothing or their
 * capacity. With potentials π that give tree arcs (v, w) reduced cost c + π(v) − π(w) = 0, an arc whose
 * reduced cost invites change enters; flow is pushed around the cycle that it closes; the arc that stops it
 * leaves; the part of the tree that was cut off is hung up again on the other side.
 *
 *   Pricing: blocks. Arcs are scanned from where the last scan ended; the most inviting one of the block
 *   enters. A scan of all arcs without any proves the optimum.
 *   Leaving: the last arc that stops the flow, seen from the apex in the direction of the push. It keeps the
 *   tree strongly feasible, hence no cycling (Cunningham 1976).
 *   Update: the nodes cut off are relabelled in preorder, stem by stem (Ahuja, Magnanti and Orlin, "Network
 *   Flows", 1993, section 11.3; Király and Kovács, "Efficient implementations of minimum-cost flow
 *   algorithms", 2012, for what is worth its price).
 *
 * Must always hold between pivots: flows within capacities and conserved; the tree strongly feasible; tree
 * arcs at reduced cost exactly 0. Deterministic. Complexity: exponential in theory, in practice pivots grow
 * a little faster than the nodes. Danger: all is lost once a potential leaves 2^52, so callers bound
 * nodes × cost beforehand. Memory: that of the network and the tree, all
 * taken at the start (`memory-needed.ts`).
 */
import type { Network } from './network.ts';
import { costOf, headOf } from './network.ts';
import type { SpanningTree } from './spanning-tree.ts';
import { ARC, DEPTH, DOWN, hangAgain, PARENT, UP } from './spanning-tree.ts';

export type Simplex = {
  readonly network: Network;
  readonly tree: SpanningTree;
  /** Arcs to price before the best of them enters; adapts to what pivots cost. */
  block: number;
  priced: number;
  /** Where the next scan starts: a node, and an arc of it. */
  cursor: number;
  cursorArc: number;
  pivots: number;
  degeneratePivots: number;
  /** Where what pivots touch is noted, while somebody goes by it. */
  notes: Notes | null;
};

/** Tops of parts whose potentials changed; tails and arcs, one after the other, whose flow changed. */
export type Notes = { readonly tops: number[]; readonly flows: number[] };

export type SimplexOptions = {
  readonly shouldStop?: (simplex: Simplex) => boolean;
  /** Pivots from one question to the next; 256 when not stated. */
  readonly askEvery?: number;
};

/** What was found about the arc that enters, and the one that leaves. */
type Exchange = {
  arc: number;
  tail: number;
  /** The push goes from → to along the entering arc, at most `room`; it could come back by `back`. */
  from: number;
  to: number;
  room: number;
  back: number;
  amount: number;
  /** The node under the leaving arc, −1 when the entering arc itself stops the push. */
  under: number;
  underFrom: boolean;
};

/** Arcs that can be priced in the time that relabelling one node takes. */
const NODE_PER_ARC = 3;

export function startSimplex(network: Network, tree: SpanningTree): Simplex {
  const block = leastBlock(network);
  return {
    network,
    tree,
    block,
    priced: 0,
    cursor: 0,
    cursorArc: network.start[0]!,
    pivots: 0,
    degeneratePivots: 0,
    notes: null,
  };
}

/** Pivots until no arc invites change (`optimal`) or it is told to stop. */
export function optimise(simplex: Simplex, options: SimplexOptions = {}): 'optimal' | 'stopped' {
  const exchange = noExchange();
  const { shouldStop, askEvery = 256 } = options;
  for (;;) {
    if (simplex.pivots % askEvery === 0 && shouldStop?.(simplex)) return 'stopped';
    if (simplex.pivots % 512 === 511) adaptBlock(simplex);
    if (!findEntering(simplex, exchange)) return 'optimal';
    pivot(simplex, exchange);
  }
}

/**
 * Takes in an arc outside the tree that carries `flow` strictly between nothing and its capacity, which no
 * basis allows: pushes it in the cheaper direction until it or a tree arc stops it.
 */
export function absorbFreeArc(simplex: Simplex, tail: number, arc: number, flow: number): void {
  const { network, tree } = simplex;
  const head = headOf(network, arc);
  const reduced = costOf(network, tail, arc) + tree.potential[tail]! - tree.potential[head]!;
  const exchange = noExchange();
  const forward = reduced < 0;
  exchange.arc = arc;
  exchange.tail = tail;
  exchange.from = forward ? tail : head;
  exchange.to = forward ? head : tail;
  exchange.room = forward ? network.cap[arc]! - flow : flow;
  exchange.back = forward ? flow : network.cap[arc]! - flow;
  pivot(simplex, exchange);
}

/** Lets in an arc outside the tree whose reduced cost invites change. */
export function enter(simplex: Simplex, tail: number, arc: number): void {
  const exchange = noExchange();
  aim(simplex, exchange, tail, arc);
  pivot(simplex, exchange);
}

/** The flow on one arc. */
export function flowOnArc({ network, tree }: Simplex, tail: number, arc: number): number {
  const { records } = tree;
  const head = network.arcs[2 * arc]! >> 1;
  if (records[(tail << 3) + ARC] === 2 * arc + 1) return records[(tail << 3) + DOWN]!;
  if (records[(head << 3) + ARC] === 2 * arc) return records[(head << 3) + UP]!;
  return (network.arcs[2 * arc]! & 1) === 1 ? network.cap[arc]! : 0;
}

/** The flow on every arc. */
export function flowsOf({ network, tree }: Simplex): Int32Array {
  const { arcs, cap } = network;
  const flow = new Int32Array(cap.length);
  for (let a = 0; a < flow.length; a++) if ((arcs[2 * a]! & 1) === 1) flow[a] = cap[a]!;
  for (let at = 0; at < network.nodes << 3; at += 8) {
    const pointed = tree.records[at + ARC]!;
    flow[pointed >> 1] = tree.records[at + (pointed & 1 ? DOWN : UP)]!;
  }
  return flow;
}

function leastBlock({ cap }: Network): number {
  return Math.max(16, Math.ceil(Math.sqrt(cap.length) / 8));
}

/**
 * A longer search finds better arcs, hence fewer pivots: worth it while pricing costs less than relabelling.
 * Reading an arc costs about a third of relabelling a node (measured from 0.02 to 2 million arcs).
 */
function adaptBlock(simplex: Simplex): void {
  const { network, tree, priced } = simplex;
  const cheap = priced < NODE_PER_ARC * tree.moved;
  const block = cheap ? simplex.block * 1.2 : simplex.block / 1.2;
  const least = leastBlock(network);
  simplex.block = Math.max(least, Math.min(32 * least, Math.round(block)));
  simplex.priced = 0;
  tree.moved = 0;
}

function noExchange(): Exchange {
  return {
    arc: -1,
    tail: -1,
    from: -1,
    to: -1,
    room: 0,
    back: 0,
    amount: 0,
    under: -1,
    underFrom: false,
  };
}

/** Prices blocks of arcs, node by node; false when all were priced and none invites change. */
function findEntering(simplex: Simplex, exchange: Exchange): boolean {
  const { network, tree, block } = simplex;
  const { nodes, start, rootFrom, arcs, scale } = network;
  const { potential } = tree;
  let best = 0;
  let arc = -1;
  let tail = -1;
  let v = simplex.cursor;
  let a = simplex.cursorArc;
  let left = block;
  for (let unseen = network.cap.length; unseen > 0;) {
    const own = potential[v]!;
    const end = Math.min(start[v + 1]!, a + left);
    const ordinary = Math.min(rootFrom[v]!, end);
    left -= end - a;
    unseen -= end - a;
    for (; a < ordinary; a++) {
      const head = arcs[2 * a]!;
      let reduced = arcs[2 * a + 1]! + own - potential[head >> 1]!;
      if (head & 1) reduced = -reduced;
      if (reduced >= best) continue;
      best = reduced;
      arc = a;
      tail = v;
    }
    for (; a < end; a++) {
      let reduced = arcs[2 * a + 1]! * scale + own;
      if (arcs[2 * a]! & 1) reduced = -reduced;
      if (reduced >= best) continue;
      best = reduced;
      arc = a;
      tail = v;
    }
    if (a === start[v + 1]!) {
      if (++v === nodes) v = 0;
      a = start[v]!;
    }
    if (left > 0) continue;
    simplex.priced += block;
    if (arc >= 0) break;
    left = block;
  }
  simplex.cursor = v;
  simplex.cursorArc = a;
  if (arc < 0) return false;
  aim(simplex, exchange, tail, arc);
  return true;
}

/** The push that the arc invites: along it where it is empty, back where it is full. */
function aim({ network }: Simplex, exchange: Exchange, tail: number, arc: number): void {
  const full = (network.arcs[2 * arc]! & 1) === 1;
  const head = network.arcs[2 * arc]! >> 1;
  exchange.arc = arc;
  exchange.tail = tail;
  exchange.from = full ? head : tail;
  exchange.to = full ? tail : head;
  exchange.room = network.cap[arc]!;
  exchange.back = 0;
}

function pivot(simplex: Simplex, exchange: Exchange): void {
  const { arcs } = simplex.network;
  const { arc, tail, from, to } = exchange;
  simplex.pivots++;
  const apex = findLeaving(simplex, exchange);
  if (simplex.notes !== null) note(simplex, simplex.notes, exchange, apex);
  if (exchange.amount > 0) push(simplex, exchange, apex);
  else simplex.degeneratePivots++;
  if (exchange.under < 0) {
    // The push filled or emptied the entering arc itself.
    arcs[2 * arc] = (arcs[2 * arc]! & ~1) | (from === tail ? 1 : 0);
    return;
  }
  const { records, potential } = simplex.tree;
  const at = exchange.under << 3;
  const leaving = records[at + ARC]!;
  // Stopped on the way down it has no room left in that direction, on the way up in the other.
  const pointsUp = (leaving & 1) === 1;
  const full = exchange.underFrom ? !pointsUp : pointsUp;
  arcs[2 * (leaving >> 1)] = (arcs[2 * (leaving >> 1)]! & ~1) | (full ? 1 : 0);
  arcs[2 * arc] = arcs[2 * arc]! & ~1;

  const cut = exchange.underFrom ? from : to;
  const kept = exchange.underFrom ? to : from;
  const head = arcs[2 * arc]! >> 1;
  const reduced = costOf(simplex.network, tail, arc) + potential[tail]! - potential[head]!;
  const ahead = exchange.room - exchange.amount;
  const behind = exchange.back + exchange.amount;
  hangAgain(simplex.tree, {
    cut,
    under: exchange.under,
    kept,
    pointed: (arc << 1) | (cut === tail ? 1 : 0),
    up: exchange.underFrom ? ahead : behind,
    down: exchange.underFrom ? behind : ahead,
    shift: cut === tail ? -reduced : reduced,
  });
}

/** Climbs from both ends to the apex and notes the last arc that stops the push. Returns the apex. */
function findLeaving({ tree }: Simplex, exchange: Exchange): number {
  const { records } = tree;
  let amount = exchange.room;
  let under = -1;
  let underFrom = false;
  let x = exchange.from;
  let y = exchange.to;
  let depthX = records[(x << 3) + DEPTH]!;
  let depthY = records[(y << 3) + DEPTH]!;
  while (x !== y) {
    if (depthX >= depthY) {
      const room = records[(x << 3) + DOWN]!;
      if (room < amount) {
        amount = room;
        under = x;
        underFrom = true;
      }
      x = records[(x << 3) + PARENT]!;
      depthX--;
    } else {
      const room = records[(y << 3) + UP]!;
      if (room <= amount) {
        amount = room;
        under = y;
        underFrom = false;
      }
      y = records[(y << 3) + PARENT]!;
      depthY--;
    }
  }
  exchange.amount = amount;
  exchange.under = under;
  exchange.underFrom = underFrom;
  return x;
}

function push({ tree }: Simplex, { from, to, amount }: Exchange, apex: number): void {
  const { records } = tree;
  for (let x = from; x !== apex; x = records[(x << 3) + PARENT]!) {
    records[(x << 3) + DOWN]! -= amount;
    records[(x << 3) + UP]! += amount;
  }
  for (let y = to; y !== apex; y = records[(y << 3) + PARENT]!) {
    records[(y << 3) + UP]! -= amount;
    records[(y << 3) + DOWN]! += amount;
  }
}

/** What the pivot is about to change: the part that will be hung up again, and the flows around the cycle. */
function note({ tree }: Simplex, { tops, flows }: Notes, exchange: Exchange, apex: number): void {
  const { records } = tree;
  const { from, to, amount, under, underFrom } = exchange;
  if (under >= 0) tops.push(underFrom ? from : to);
  if (amount === 0) return;
  flows.push(exchange.tail, exchange.arc);
  for (const end of [from, to]) {
    for (let x = end; x !== apex; x = records[(x << 3) + PARENT]!) {
      const pointed = records[(x << 3) + ARC]!;
      flows.push(pointed & 1 ? x : records[(x << 3) + PARENT]!, pointed >> 1);
    }
  }
}
