/**
 * The plan of a pool whose round limits more than what is asked and offered.
 *
 * Must always hold: where the fairest plan of all respects the limits it is given with its proof, and nothing else is
 * searched; else the plan respects them, and what of it is proven is said. Promised minimums that cannot hold beside
 * the limits give way, all together, down to what the plan then gives; pins do not.
 */
import type {
  Allocation,
  AllocationProblem,
  InvalidProblem,
  SolveOptions,
  Solver,
} from '../../algorithms/flow/allocation.ts';
import { respectsSides } from '../../algorithms/flow/respects.ts';
import type {
  SideAllocation,
  SideConstraints,
  SideFault,
  SideInfeasible,
  SidePlan,
} from '../../algorithms/flow/side-constraints.ts';
import { solveWithSideConstraints } from '../../algorithms/flow/solve-side-constraints.ts';

export type LimitedAnswer =
  /** The limits are not in the way, or there is nothing that they could be in the way of. */
  | { readonly kind: 'free'; readonly answer: Allocation }
  /** `problem`: as it was solved, with the minimums that could be kept. */
  | { readonly kind: 'limited'; readonly plan: SidePlan; readonly problem: AllocationProblem }
  | { readonly kind: 'impossible'; readonly reason: LimitsFault };

/** The time was up before any plan was known. */
type NoneKnown = { readonly kind: 'none-known' };

export type LimitsFault = SideInfeasible | SideFault | InvalidProblem;

/** The search is over by then; a team waits for it. */
const USUAL_MS = 60_000;

export async function solveLimited(
  problem: AllocationProblem,
  constraints: SideConstraints,
  solve: Solver,
  options: SolveOptions,
): Promise<LimitedAnswer> {
  const found = await freeOrLimited(problem, constraints, solve, options);
  if (found.kind === 'free' || found.kind === 'limited') return found;
  const waived = { ...problem, offers: { ...problem.offers, minimum: pinnedUnits(problem) } };
  const searched = { ...options, timeLimitMs: Math.min(options.timeLimitMs ?? USUAL_MS, USUAL_MS) };
  const isWaived = waived.offers.minimum.some((units, j) => units !== problem.offers.minimum[j]);
  const again = isWaived ? ended(waived, await solveWithSideConstraints(waived, constraints, searched)) : found;
  if (again.kind === 'none-known')
    throw new Error('The time was up before any plan that keeps the limits of the round was known');
  if (again.kind !== 'limited') return again;
  const minimum = problem.offers.minimum.map((units, j) => Math.min(units, again.plan.given[j] ?? 0));
  return { ...again, problem: { ...problem, offers: { ...problem.offers, minimum } } };
}

/** The plan without the limits where it respects them, else what the search among plans that do found in time. */
export async function freeOrLimited(
  problem: AllocationProblem,
  constraints: SideConstraints,
  solve: Solver,
  options: SolveOptions,
): Promise<LimitedAnswer | NoneKnown> {
  const begun = performance.now();
  const free = await solve(problem, options);
  if (!('units' in free)) return { kind: 'free', answer: free };
  if (free.status === 'optimal' && respectsSides(problem, constraints, free.units))
    return { kind: 'free', answer: free };
  const left = Math.max(0, (options.timeLimitMs ?? Infinity) - (performance.now() - begun));
  const searched = { ...options, timeLimitMs: Math.min(left, USUAL_MS) };
  return ended(problem, await solveWithSideConstraints(problem, constraints, searched));
}

function ended(problem: AllocationProblem, answer: SideAllocation): LimitedAnswer | NoneKnown {
  if (answer.status === 'cancelled') return { kind: 'free', answer };
  if (answer.status === 'invalid' || answer.status === 'infeasible')
    return { kind: 'impossible', reason: answer.reason };
  if (answer.plan === null) return { kind: 'none-known' };
  return { kind: 'limited', plan: answer.plan, problem };
}

function pinnedUnits({ offers, pairs }: AllocationProblem): Int32Array {
  const pinned = new Int32Array(offers.capacity.length);
  pairs.minimum.forEach((units, pair) => {
    const offer = pairs.offer[pair] ?? 0;
    pinned[offer] = (pinned[offer] ?? 0) + units;
  });
  return pinned;
}
