/**
 * A first flow and tree for any network: cheapest arcs first, from supply straight to demand, then by the hub.
 *
 * Arcs in rising order of cost (in pigeonholes: order within one does not matter) carry what their tail
 * still has and their head still wants. What is left strictly between nothing and the capacity used up one
 * of its ends, which hangs by it: a forest, since what is used up points to something used up later. All
 * others hang from the root, by the demand that is not met or by the wide arc. Linear time. On networks
 * where supply reaches demand only over several arcs it finds little, and costs little.
 */
import type { Network } from './network.ts';
import type { Pointers } from './start-basis.ts';
import { starPointers } from './start-basis.ts';

const PIGEONHOLES = 1 << 12;

/** Root arcs of each node: its demand, then the wide one (see `minimum-cost-flow.ts`). */
export function greedyStart(network: Network): { flow: Int32Array; pointers: Pointers } {
  const { nodes, rootFrom, arcs, cap, supply } = network;
  const flow = new Int32Array(cap.length);
  const pointers = starPointers(network);
  const left = supply.slice();
  const wanted = supply.map((_, v) => cap[rootFrom[v]!]!);
  const { order, tails } = byRisingCost(network);
  for (let k = 0; k < order.length; k++) {
    const arc = order[k]!;
    const tail = tails[k]!;
    const head = arcs[2 * arc]! >> 1;
    const sent = Math.min(cap[arc]!, left[tail]!, wanted[head]!);
    if (sent === 0) continue;
    flow[arc] = sent;
    left[tail]! -= sent;
    wanted[head]! -= sent;
    if (sent === cap[arc]) continue;
    const used = wanted[head] === 0 ? head : tail;
    pointers.arc[used] = (arc << 1) | (used === tail ? 1 : 0);
    pointers.parent[used] = used === tail ? head : tail;
  }
  const hub = nodeWithMostArcs(network);
  sendThroughHub(network, hub, flow, left, wanted);
  for (let v = 0; v < nodes; v++) {
    const demand = rootFrom[v]!;
    flow[demand] = cap[demand]! - wanted[v]!;
    flow[demand + 1] = left[v]!;
    if (wanted[v]! > 0) pointers.arc[v] = (demand << 1) | 1;
  }
  hangIdleNodes(network, hub, flow, pointers, left, wanted);
  return { flow, pointers };
}

/** What is left goes to the hub, and from there to whoever still wants something, as far as arcs have room. */
function sendThroughHub(
  { nodes, start, rootFrom, arcs, cap }: Network,
  hub: number,
  flow: Int32Array,
  left: Int32Array,
  wanted: Int32Array,
): void {
  const eachArc = (visit: (arc: number, tail: number, head: number) => void) => {
    for (let v = 0; v < nodes; v++) {
      for (let a = start[v]!; a < rootFrom[v]!; a++) visit(a, v, arcs[2 * a]! >> 1);
    }
  };
  let canLeave = 0;
  for (let a = start[hub]!; a < rootFrom[hub]!; a++) {
    canLeave += Math.min(cap[a]! - flow[a]!, wanted[arcs[2 * a]! >> 1]!);
  }
  let atHub = 0;
  eachArc((arc, tail, head) => {
    if (head !== hub || tail === hub) return;
    const sent = Math.min(cap[arc]! - flow[arc]!, left[tail]!, canLeave - atHub);
    flow[arc]! += sent;
    left[tail]! -= sent;
    atHub += sent;
  });
  for (let a = start[hub]!; a < rootFrom[hub]!; a++) {
    const sent = Math.min(cap[a]! - flow[a]!, wanted[arcs[2 * a]! >> 1]!, atHub);
    flow[a]! += sent;
    wanted[arcs[2 * a]! >> 1]! -= sent;
    atHub -= sent;
  }
  // Parallel arcs may have promised the same place twice.
  left[hub]! += atHub;
}

function hangIdleNodes(
  network: Network,
  hub: number,
  flow: Int32Array,
  { arc, parent }: Pointers,
  left: Int32Array,
  wanted: Int32Array,
): void {
  const { nodes, start, rootFrom, arcs, cap } = network;
  const isIdle = left.map((units, v) => (units + wanted[v]! === 0 && parent[v] === nodes && v !== hub ? 1 : 0));
  const hang = (v: number, pointed: number, from: number) => {
    if (isIdle[v] === 0 || (parent[v] !== nodes && from !== hub)) return;
    arc[v] = pointed;
    parent[v] = from;
  };
  for (let v = 0; v < nodes; v++) {
    for (let a = start[v]!; a < rootFrom[v]!; a++) {
      const head = arcs[2 * a]! >> 1;
      if (flow[a]! > 0) hang(head, a << 1, v);
      if (flow[a]! < cap[a]!) hang(v, (a << 1) | 1, head);
    }
  }
}

function nodeWithMostArcs({ nodes, start, rootFrom, arcs }: Network): number {
  const degree = new Int32Array(nodes);
  for (let v = 0; v < nodes; v++) {
    degree[v]! += rootFrom[v]! - start[v]!;
    for (let a = start[v]!; a < rootFrom[v]!; a++) degree[arcs[2 * a]! >> 1]! += 1;
  }
  let hub = 0;
  for (let v = 1; v < nodes; v++) if (degree[v]! > degree[hub]!) hub = v;
  return hub;
}

function byRisingCost({ nodes, start, rootFrom, arcs }: Network): { order: Int32Array; tails: Int32Array } {
  let count = 0;
  let least = Infinity;
  let greatest = -Infinity;
  for (let v = 0; v < nodes; v++) {
    count += rootFrom[v]! - start[v]!;
    for (let a = start[v]!; a < rootFrom[v]!; a++) {
      least = Math.min(least, arcs[2 * a + 1]!);
      greatest = Math.max(greatest, arcs[2 * a + 1]!);
    }
  }
  const width = (PIGEONHOLES - 1) / Math.max(1, greatest - least);
  const hole = (arc: number) => Math.floor((arcs[2 * arc + 1]! - least) * width);
  const first = new Int32Array(PIGEONHOLES + 1);
  for (let v = 0; v < nodes; v++) {
    for (let a = start[v]!; a < rootFrom[v]!; a++) first[hole(a) + 1]! += 1;
  }
  for (let h = 0; h < PIGEONHOLES; h++) first[h + 1]! += first[h]!;
  const order = new Int32Array(count);
  const tails = new Int32Array(count);
  for (let v = 0; v < nodes; v++) {
    for (let a = start[v]!; a < rootFrom[v]!; a++) {
      const k = first[hole(a)]!++;
      order[k] = a;
      tails[k] = v;
    }
  }
  return { order, tails };
}
