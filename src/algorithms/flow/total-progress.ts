/**
 * How far a solve for the greatest total is: what the flow in hand is worth, and what no plan can exceed.
 *
 * The bound is Lagrange's: at any potentials, the cheapest flow costs at least −Σ π(v) supply(v) plus what every
 * arc that invites change could still bring. Time to go is read from how fast the gap closed since the last
 * word: an estimate, never a promise. Linear time, so it is not asked at every pivot.
 */
import type { Network } from './network.ts';
import { costOf } from './network.ts';
import type { Simplex } from './network-simplex.ts';
import { flowsOf } from './network-simplex.ts';
import { capacityOf } from './warm-flow.ts';

export type TotalProgress = {
  readonly pivots: number;
  /** The total of the flow in hand. */
  readonly objective: number;
  /** No plan has a greater total; never rises. */
  readonly bound: number;
  /** From 0 to 1, never falling. */
  readonly share: number;
  /** Null until it can be guessed. */
  readonly secondsToGo: number | null;
};

/** Remembers what was said last; ask with the clock in milliseconds. */
export function progressTeller(needs: number): (simplex: Simplex, now: number) => TotalProgress {
  let last = { gap: Infinity, at: 0, bound: Infinity, share: 0 };
  return (simplex, now) => {
    const objective = objectiveOf(simplex, needs);
    const bound = Math.min(last.bound, boundOf(simplex, needs));
    const gap = Math.max(0, bound - objective);
    const isClosing = gap < last.gap && last.gap < Infinity;
    const perMs = isClosing ? Math.log(last.gap / Math.max(1, gap)) / (now - last.at) : 0;
    const secondsToGo = perMs > 0 ? Math.log(Math.max(1, gap)) / perMs / 1000 : null;
    const { pivots, network } = simplex;
    const share = Math.max(last.share, 0.1 + (0.85 * pivots) / (pivots + network.nodes));
    last = { gap, at: now, bound, share };
    return { pivots, objective, bound, share, secondsToGo };
  };
}

/** Σ score × flow over the pairs. */
function objectiveOf(simplex: Simplex, needs: number): number {
  const { start, rootFrom, arcs } = simplex.network;
  const flow = flowsOf(simplex);
  let total = 0;
  for (let i = 0; i < needs; i++) {
    for (let a = start[i]!; a < rootFrom[i]!; a++) total -= flow[a]! * arcs[2 * a + 1]!;
  }
  return total;
}

/** Infinity where some offer must give: the reward for that is no score. */
function boundOf({ network, tree }: Simplex, needs: number): number {
  const { nodes, start, supply, arcs } = network;
  let cost = 0;
  for (let v = 0; v < nodes; v++) {
    const own = tree.potential[v]!;
    cost -= own * supply[v]!;
    for (let a = start[v]!; a < start[v + 1]!; a++) {
      const reduced = costOf(network, v, a) + own - tree.potential[arcs[2 * a]! >> 1]!;
      if (reduced < 0) cost += reduced * mostThrough(network, needs, v, a);
      if (v >= needs && arcs[2 * a + 1]! < 0) return Infinity;
    }
  }
  return -cost;
}

function mostThrough(network: Network, needs: number, tail: number, arc: number): number {
  return Math.min(network.cap[arc]!, tail < needs ? network.supply[tail]! : capacityOf(network, tail));
}
