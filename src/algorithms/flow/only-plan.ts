/**
 * Is a plan the only one of its face?
 *
 * The residual graph of the plan has the arc need → offer where the pair may give more, offer → need where it
 * may give less, and likewise between a hub and each need and offer. Every other plan of the face differs by
 * directed cycles of it; a cycle means another plan unless it is one arc and its own reverse. So: within each
 * strongly connected component every arc must have its reverse, and the edges must form a tree.
 * Linear time: Tarjan's components, on an explicit stack, over what is undecided.
 */
import type { AllocationProblem } from './allocation.ts';
import { summarise } from './allocation.ts';
import type { Face, Ranges } from './optimal-face.ts';

type Edge = { readonly from: number; readonly to: number; readonly forth: boolean; readonly back: boolean };

export function isOnlyPlan(problem: AllocationProblem, face: Face, units: Int32Array): boolean {
  const { nodes, edges } = residual(problem, face, units);
  const component = stronglyConnected(nodes, edges);
  const size = new Int32Array(nodes);
  for (let v = 0; v < nodes; v++) size[component[v]!]! += 1;
  const inside = new Int32Array(nodes);
  for (const { from, to, forth, back } of edges) {
    if (component[from] !== component[to]) continue;
    if (!forth || !back) return false;
    inside[component[from]!]! += 1;
  }
  return inside.every((count, c) => count <= Math.max(0, size[c]! - 1));
}

function residual(problem: AllocationProblem, face: Face, units: Int32Array): { nodes: number; edges: Edge[] } {
  const { pairs } = problem;
  const { served, given } = summarise(problem, units);
  const n = served.length;
  const hub = n + given.length;
  const edges: Edge[] = [];
  const add = (from: number, to: number, { low, high }: Ranges, place: number, now: number) => {
    const [forth, back] = [now < high[place]!, now > low[place]!];
    if (forth || back) edges.push({ from, to, forth, back });
  };
  for (let a = 0; a < units.length; a++) add(pairs.need[a]!, n + pairs.offer[a]!, face.pairs, a, units[a]!);
  for (let i = 0; i < n; i++) add(hub, i, face.needs, i, served[i]!);
  for (let j = 0; j < given.length; j++) add(n + j, hub, face.offers, j, given[j]!);
  return { nodes: hub + 1, edges };
}

/** The component of each node (R. Tarjan, "Depth-first search and linear graph algorithms", 1972). */
function stronglyConnected(nodes: number, edges: readonly Edge[]): Int32Array {
  const next: number[][] = Array.from({ length: nodes }, () => []);
  for (const { from, to, forth, back } of edges) {
    if (forth) next[from]!.push(to);
    if (back) next[to]!.push(from);
  }
  const index = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const component = new Int32Array(nodes).fill(-1);
  const read = new Int32Array(nodes);
  const open: number[] = [];
  let [count, components] = [0, 0];
  const arrive = (v: number): void => {
    index[v] = low[v] = count++;
    open.push(v);
  };
  const close = (v: number): void => {
    for (let member = -1; member !== v;) {
      member = open.pop()!;
      component[member] = components;
    }
    components++;
  };
  const leave = (path: number[], v: number): void => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[v]!);
    if (low[v] === index[v]) close(v);
  };
  /** One move from the end of the path: forth along the next edge, or back when there is none left. */
  const step = (path: number[], v: number): void => {
    if (index[v]! < 0) arrive(v);
    const w = next[v]![read[v]!++];
    if (w === undefined) return leave(path, v);
    if (index[w]! < 0) path.push(w);
    else if (component[w]! < 0) low[v] = Math.min(low[v]!, index[w]!);
  };
  for (let root = 0; root < nodes; root++) {
    const path = index[root]! < 0 ? [root] : [];
    while (path.length > 0) step(path, path.at(-1)!);
  }
  return component;
}
