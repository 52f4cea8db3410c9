/**
 * Greatest flow from a source to a sink, and the smallest cut that explains it.
 *
 * Dinic's algorithm ("Algorithm for solution of a problem of maximum flow in networks with power
 * estimation", 1970): breadth-first levels, then blocking flows along them, depth first with a current
 * arc per node. O(V²E) in general, O(E √V) where every inner node has one unit in or out. Deterministic:
 * arcs are tried in the order they were added. Whole capacities; their sum must stay under 2^53.
 *
 * Must always hold: arc 2e and arc 2e + 1 are each other's reverse; residual capacities are never
 * negative; every inner node sends on what it receives.
 */
export type FlowNetwork = {
  readonly nodes: number;
  readonly head: number[];
  readonly residual: number[];
  /** First arc leaving each node and the next arc of the same node; -1 ends the chain. */
  readonly first: Int32Array;
  readonly next: number[];
};

export function emptyNetwork(nodes: number): FlowNetwork {
  return { nodes, head: [], residual: [], first: new Int32Array(nodes).fill(-1), next: [] };
}

/** Adds an arc and returns its number e; the flow on it is `flowOn(network, e)` after `pushGreatestFlow`. */
export function addArc(network: FlowNetwork, from: number, to: number, capacity: number): number {
  const arc = network.head.length;
  network.head.push(to, from);
  network.residual.push(capacity, 0);
  network.next.push(network.first[from]!, network.first[to]!);
  network.first[from] = arc;
  network.first[to] = arc + 1;
  return arc >> 1;
}

export function flowOn(network: FlowNetwork, arc: number): number {
  return network.residual[2 * arc + 1]!;
}

/** Pushes as much as can pass on top of what flows already; returns the amount added. */
export function pushGreatestFlow(network: FlowNetwork, source: number, sink: number): number {
  let total = 0;
  for (;;) {
    const level = levelsFrom(network, source);
    if (level[sink]! < 0) return total;
    total += pushBlockingFlow(network, level, source, sink);
  }
}

/** Nodes that the source can still reach: the source's side of a smallest cut. */
export function reachableFrom(network: FlowNetwork, source: number): Uint8Array {
  return Uint8Array.from(levelsFrom(network, source), (level) => (level >= 0 ? 1 : 0));
}

function levelsFrom({ nodes, head, residual, first, next }: FlowNetwork, source: number): Int32Array {
  const level = new Int32Array(nodes).fill(-1);
  const queue = new Int32Array(nodes);
  level[source] = 0;
  queue[0] = source;
  for (let read = 0, write = 1; read < write; read++) {
    const v = queue[read]!;
    for (let e = first[v]!; e >= 0; e = next[e]!) {
      const w = head[e]!;
      if (residual[e]! === 0 || level[w]! >= 0) continue;
      level[w] = level[v]! + 1;
      queue[write++] = w;
    }
  }
  return level;
}

/** One path at a time on an explicit stack: `path` holds the arcs from the source to where we stand. */
function pushBlockingFlow(network: FlowNetwork, level: Int32Array, source: number, sink: number): number {
  const { head, residual, first, next } = network;
  const current = first.slice();
  const path: number[] = [];
  let total = 0;
  let v = source;
  for (;;) {
    if (v === sink) {
      const amount = path.reduce((least, e) => Math.min(least, residual[e]!), Infinity);
      for (const e of path) {
        residual[e]! -= amount;
        residual[e ^ 1]! += amount;
      }
      total += amount;
      const full = path.findIndex((e) => residual[e]! === 0);
      v = head[path[full]! ^ 1]!;
      path.length = full;
      continue;
    }
    let e = current[v]!;
    while (e >= 0 && (residual[e]! === 0 || level[head[e]!]! !== level[v]! + 1)) e = next[e]!;
    current[v] = e;
    if (e >= 0) {
      path.push(e);
      v = head[e]!;
      continue;
    }
    if (v === source) return total;
    v = head[path.pop()! ^ 1]!;
    current[v] = next[current[v]!]!;
  }
}
