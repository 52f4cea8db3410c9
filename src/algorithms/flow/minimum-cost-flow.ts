/**
 * Minimum-cost flow on any directed graph: lower bounds, parallel arcs, negative costs, several sources.
 *
 * Every node sends on what it receives plus its supply (minus its demand). Lower bounds are taken out: they
 * flow, and supplies change by them. Then the network of `network.ts`, whose root arcs are artificial: a
 * node with demand earns `scale` a unit for meeting it, any node may throw units away at `scale` each. With
 * scale beyond any simple path, the flow is feasible exactly when everything is earned and nothing thrown.
 *
 * Answers with a status: `infeasible` with the nodes that cannot be rid of their supply, `invalid` where
 * numbers do not fit. Limits: supplies add up to under 2^29; nodes × greatest cost under 2^50; capacities
 * beyond 2^29 count as endless, which a negative cost does not allow.
 */
import { GREATEST_ARCS, GREATEST_POTENTIAL, WIDE } from './network.ts';
import type { Network } from './network.ts';
import type { SimplexOptions } from './network-simplex.ts';
import { flowsOf, optimise } from './network-simplex.ts';
import { greedyStart } from './greedy-start.ts';
import { groupPairs } from './group-pairs.ts';
import { startFrom } from './start-basis.ts';

/** Nodes are numbered from 0. */
export type FlowProblem = {
  readonly supply: Float64Array;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  readonly low: Float64Array;
  readonly cap: Float64Array;
  readonly cost: Float64Array;
};

export type FlowAnswer =
  | {
      readonly status: 'optimal';
      readonly cost: bigint;
      readonly flow: Float64Array;
      /** Reduced cost of an arc: cost + potential(tail) − potential(head). */
      readonly potential: Float64Array;
      readonly pivots: number;
    }
  | { readonly status: 'infeasible'; readonly stuck: readonly number[] }
  | { readonly status: 'cancelled' }
  | { readonly status: 'invalid'; readonly fault: FlowFault };

export type FlowFault =
  | { readonly kind: 'unbalanced'; readonly excess: number }
  | { readonly kind: 'arc'; readonly arc: number }
  | { readonly kind: 'too-large' };

export function minimumCostFlow(problem: FlowProblem, options: SimplexOptions = {}): FlowAnswer {
  const fault = findFlowFault(problem);
  if (fault) return { status: 'invalid', fault };
  const { network, order } = networkOf(problem);
  const { flow, pointers } = greedyStart(network);
  const simplex = startFrom(network, flow, pointers);
  if (optimise(simplex, options) === 'stopped') return { status: 'cancelled' };
  const found = flowsOf(simplex);
  const stuck = stuckNodes(network, found);
  if (stuck.length > 0) return { status: 'infeasible', stuck };
  const answer = Float64Array.from(problem.low);
  let cost = 0n;
  let place = 0;
  for (let v = 0; v < network.nodes; v++) {
    for (let a = network.start[v]!; a < network.rootFrom[v]!; a++, place++) {
      answer[order[place]!]! += found[a]!;
    }
  }
  for (let a = 0; a < answer.length; a++) {
    if (answer[a] !== 0 && problem.cost[a] !== 0) cost += BigInt(answer[a]!) * BigInt(problem.cost[a]!);
  }
  const potential = simplex.tree.potential.slice(0, network.nodes);
  return { status: 'optimal', cost, flow: answer, potential, pivots: simplex.pivots };
}

function findFlowFault({ supply, tail, head, low, cap, cost }: FlowProblem): FlowFault | null {
  const nodes = supply.length;
  let sum = 0;
  let positive = 0;
  for (const units of supply) {
    sum += units;
    positive += Math.abs(units);
  }
  let greatest = 1;
  for (let a = 0; a < tail.length; a++) {
    const known = tail[a]! >= 0 && tail[a]! < nodes && head[a]! >= 0 && head[a]! < nodes;
    const ordered = low[a]! >= 0 && low[a]! <= cap[a]!;
    const whole = Number.isInteger(low[a]) && Number.isInteger(cost[a]);
    const endless = cap[a]! - low[a]! >= WIDE && cost[a]! < 0;
    if (!known || !ordered || !whole || endless) return { kind: 'arc', arc: a };
    greatest = Math.max(greatest, Math.abs(cost[a]!));
    positive += 2 * low[a]!;
  }
  if (positive >= WIDE || greatest >= 2 ** 31) return { kind: 'too-large' };
  if (16 * (nodes + 2) * greatest >= GREATEST_POTENTIAL) return { kind: 'too-large' };
  if (tail.length + 2 * nodes > GREATEST_ARCS) return { kind: 'too-large' };
  return sum === 0 ? null : { kind: 'unbalanced', excess: sum };
}

function networkOf(problem: FlowProblem): { network: Network; order: Int32Array } {
  const { supply, tail, head, low, cap, cost } = problem;
  const nodes = supply.length;
  const left = Float64Array.from(supply);
  let greatest = 1;
  for (let a = 0; a < tail.length; a++) {
    left[tail[a]!]! -= low[a]!;
    left[head[a]!]! += low[a]!;
    greatest = Math.max(greatest, Math.abs(cost[a]!));
  }
  const groups = groupPairs(tail, nodes);
  const size = tail.length + 2 * nodes;
  const network: Network = {
    nodes,
    start: new Int32Array(nodes + 1),
    rootFrom: new Int32Array(nodes),
    arcs: new Int32Array(2 * size),
    cap: new Int32Array(size),
    supply: Int32Array.from(left, (units) => Math.max(0, units)),
    scale: 2 ** Math.ceil(Math.log2(4 * (nodes + 2) * greatest)),
  };
  let at = 0;
  const add = (to: number, price: number, room: number) => {
    network.arcs[2 * at] = to << 1;
    network.arcs[2 * at + 1] = price;
    network.cap[at++] = room;
  };
  for (let v = 0; v < nodes; v++) {
    for (let place = groups.start[v]!; place < groups.start[v + 1]!; place++) {
      const a = groups.pairs[place]!;
      add(head[a]!, cost[a]!, Math.min(WIDE, cap[a]! - low[a]!));
    }
    network.rootFrom[v] = at;
    add(nodes, -1, Math.max(0, -left[v]!));
    add(nodes, 1, WIDE);
    network.start[v + 1] = at;
  }
  return { network, order: groups.pairs };
}

/** Nodes whose supply is thrown away or whose demand is not met. */
function stuckNodes({ nodes, rootFrom, cap }: Network, flow: Int32Array): number[] {
  const stuck: number[] = [];
  for (let v = 0; v < nodes; v++) {
    const demand = rootFrom[v]!;
    if (flow[demand + 1]! > 0 || flow[demand]! < cap[demand]!) stuck.push(v);
  }
  return stuck;
}
