/**
 * The planning engine: the fairest plan, the best of the fairest, with its proof; and again after a change.
 *
 * The whole problem (leximin of served / (wanted × weight), then greatest total score) is one minimum-cost
 * flow with convex root arcs (`leximin-prices.ts`, `allocation-network.ts`), solved by our network simplex
 * from a crash basis. No loop over levels: the potentials prove floor and total together.
 *
 *   cold: read, check that the minimums can hold, build the network, crash, pivot, prove;
 *   near: a few capacities or demands changed: pivots around them, and a plan that differs there (`what-if.ts`);
 *   warm: else `replan` refills the network with the changed numbers, fits the last plan to them, keeps its tree,
 *   and pivots on. The answer is again optimal and proven; among several best plans it tends to the last.
 *
 * Must always hold: same problem, same plan (and after `replan`: same total and levels as cold); a plan is
 * called optimal only when no arc invites change; nothing is thrown for what a caller may send.
 * Limits: nodes, scores and prices whose product stays under 2^52, else `too-large`. Runs to the end in its
 * thread (`shouldCancel` and the clock are asked every 256 pivots): call it in a worker.
 */
import type { Allocation, AllocationProblem, InvalidProblem, SolveOptions, Solver } from './allocation.ts';
import { findFault, summarise } from './allocation.ts';
import type { AllocationNetwork, Objective } from './allocation-network.ts';
import {
  allocationNetwork,
  beyondLimits,
  flowFromUnits,
  pricesOf,
  refill,
  unitsFromFlow,
} from './allocation-network.ts';
import { bounded, keepsPromises } from './bounded-answer.ts';
import { changeInBasis, placesChanged } from './basis-change.ts';
import { crashBasis } from './crash-basis.ts';
import { findFeasiblePlan } from './feasible-plan.ts';
import { fillGreedily } from './greedy-plan.ts';
import type { Simplex } from './network-simplex.ts';
import { flowsOf, optimise } from './network-simplex.ts';
import type { Pointers } from './start-basis.ts';
import { pointersOf, startFrom } from './start-basis.ts';
import { fitFlow } from './warm-flow.ts';
import type { Session } from './session.ts';
import { replanNear, tallyOf } from './what-if.ts';

export const solveLeximin: Solver = async (problem, options = {}) => startSession(problem, options).allocation;

/** Plans from nothing. `objective` is `leximin` unless the total alone is asked for. */
export function startSession(
  problem: AllocationProblem,
  options: SolveOptions = {},
  objective: Objective = 'leximin',
): Session {
  const session: Session = {
    allocation: { status: 'cancelled' },
    objective,
    built: null,
    simplex: null,
    whatIf: null,
  };
  options.onProgress?.({ phase: 'reading', share: 0 });
  const reason = findFault(problem) ?? beyondLimits(problem, session.objective);
  if (reason !== null) session.allocation = { status: 'invalid', reason };
  else plan(session, problem, options);
  return session;
}

/**
 * Plans again after a change. Lists that are the same objects as in the last problem are taken as unchanged
 * and not read, so that a change of one capacity costs little: `capacity.with(j, units)`. Pairs that are
 * added or taken away start from nothing.
 */
export function replan(session: Session, problem: AllocationProblem, options: SolveOptions = {}): Allocation {
  options.onProgress?.({ phase: 'reading', share: 0 });
  const samePairs = problem.pairs === session.built?.filledFrom.pairs;
  const reason = findFault(problem, samePairs) ?? beyondLimits(problem, session.objective);
  if (reason !== null) return { status: 'invalid', reason };
  const near = replanNear(session, problem);
  if (near === null) plan(session, problem, options);
  else session.allocation = near;
  if (near !== null) options.onProgress?.({ phase: 'proof', share: 1 });
  return session.allocation;
}

function plan(session: Session, problem: AllocationProblem, options: SolveOptions): void {
  const end = performance.now() + (options.timeLimitMs ?? Infinity);
  const first = findFeasiblePlan(problem);
  if (!first.ok) {
    session.allocation = { status: 'infeasible', reason: first.reason };
    return;
  }
  if (options.shouldCancel?.()) {
    session.allocation = { status: 'cancelled' };
    return;
  }
  const lastResort = () => fillGreedily(problem, first.units);
  if (performance.now() >= end) {
    session.allocation = bounded(problem, lastResort());
    return;
  }
  const { built, simplex } = startingPoint(session, problem);
  if (built === null || simplex === null) {
    const reason: InvalidProblem = { field: 'pairs.score', row: 0, fault: 'too-large' };
    session.allocation = { status: 'invalid', reason };
    return;
  }
  if (built !== session.built) session.whatIf = null;
  session.built = built;
  session.simplex = simplex;
  let cancelled = false;
  const stopped = optimise(simplex, {
    shouldStop: () => {
      const { pivots, network } = simplex;
      const share = 0.1 + (0.85 * pivots) / (pivots + network.nodes);
      options.onProgress?.({ phase: 'fairness', share });
      cancelled = options.shouldCancel?.() ?? false;
      return cancelled || performance.now() >= end;
    },
  });
  if (cancelled) session.allocation = { status: 'cancelled' };
  else {
    const units = unitsFromFlow(built, flowsOf(simplex));
    session.allocation =
      stopped === 'optimal'
        ? proven(problem, units, built, simplex)
        : bounded(problem, keepsPromises(problem, units) ? units : lastResort());
  }
  options.onProgress?.({ phase: 'proof', share: 1 });
}

/** The simplex to go on from: the last plan's where the problem still has its shape, else a crash. */
function startingPoint(
  session: Session,
  problem: AllocationProblem,
): { built: AllocationNetwork | null; simplex: Simplex | null } {
  const needs = problem.needs.wanted.length;
  const { built: last, simplex } = session;
  if (last === null || simplex === null || !hasSamePairs(last, problem)) {
    const built = allocationNetwork(problem, session.objective);
    if (built === null) return { built, simplex: null };
    const { flow, pointers } = crashBasis(built.network, needs);
    return { built, simplex: startFrom(built.network, flow, pointers) };
  }
  const places = placesChanged(last.filledFrom, problem);
  if (places !== null && changeInBasis(last, simplex, problem, places, () => tallyOf(session))) {
    return { built: last, simplex };
  }
  const units = unitsFromFlow(last, flowsOf(simplex));
  const pointers = pointersOf(simplex);
  const built = refill(last, problem) ? last : allocationNetwork(problem, session.objective);
  if (built === null) return { built, simplex: null };
  if (built !== last) moveArcs(pointers, last, built, needs);
  const flow = flowFromUnits(built, units);
  fitFlow(built.network, needs, flow);
  return { built, simplex: startFrom(built.network, flow, pointers) };
}

function hasSamePairs({ filledFrom: last, network }: AllocationNetwork, next: AllocationProblem): boolean {
  return (
    next.pairs.need === last.pairs.need &&
    next.pairs.offer === last.pairs.offer &&
    next.needs.wanted.length === last.needs.wanted.length &&
    next.needs.wanted.length + next.offers.capacity.length === network.nodes
  );
}

/** The same tree in a network whose root arcs are laid out anew. */
function moveArcs(
  { arc, parent }: Pointers,
  { network: last }: AllocationNetwork,
  { network: next }: AllocationNetwork,
  needs: number,
): void {
  for (let v = 0; v < next.nodes; v++) {
    const pointed = arc[v]!;
    if (parent[v] === next.nodes) arc[v] = ((next.start[v + 1]! - 1) << 1) | 1;
    else {
      const tail = v < needs ? v : parent[v]!;
      arc[v] = pointed + 2 * (next.start[tail]! - last.start[tail]!);
    }
  }
}

function proven(
  problem: AllocationProblem,
  units: Int32Array,
  built: AllocationNetwork,
  { tree }: Simplex,
): Allocation {
  const sums = summarise(problem, units);
  const certificate = pricesOf(built, tree.potential, sums.served);
  return { status: 'optimal', ...sums, bound: sums.totalScore, gap: 0, certificate };
}
