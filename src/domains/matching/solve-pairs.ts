/**
 * From pairs to units: packs a pairing as an allocation problem and has it solved.
 *
 * Must always hold: promised minimums give way, pins do not. When the needs at hand cannot use up what an
 * offer was promised at least, that promise is lowered to what can be kept, and said so, instead of leaving
 * everybody without a plan; when the team's own pins contradict each other, nothing is decided for them.
 */
import type {
  Allocation,
  AllocationProblem,
  InvalidProblem,
  OfferRow,
  SolveOptions,
  Solver,
} from '../../algorithms/flow/allocation.ts';
import { packProblem } from '../../algorithms/flow/allocation.ts';
import { limitsOf, readLimits, type WrittenLimits } from './limits.ts';
import { lowerPromises } from './lower-promises.ts';
import type { Pair } from './pairing.ts';
import type { Plan } from './plan.ts';
import type { Pool } from './pool.ts';
import { solveLimited, type LimitedAnswer, type LimitsFault } from './solve-limited.ts';

export type Solved =
  | {
      readonly kind: 'solved';
      /** What the round limits beside, and what is proven of a plan in whose way that is. */
      readonly limits: WrittenLimits | null;
      readonly limited: NonNullable<Plan['limited']> | null;
      readonly problem: AllocationProblem;
      readonly answer: Allocation;
      /** Minimums as they were in the end, offer by offer. */
      readonly minimums: readonly number[];
    }
  | { readonly kind: 'unreadable'; readonly reason: InvalidProblem }
  | { readonly kind: 'limits-contradict'; readonly reason: LimitsFault };

export async function solvePairs(
  pool: Pool,
  pairs: readonly Pair[],
  solve: Solver,
  options: SolveOptions,
): Promise<Solved> {
  const minimums = pool.offers.map(({ minimum, left }) => Math.min(minimum, left));
  const pinned = pinnedUnits(pool, pairs);
  const limits = limitsOf(pool, pairs);
  for (;;) {
    const packed = pack(pool, pairs, minimums);
    if (!packed.ok) return { kind: 'unreadable', reason: packed.reason };
    const { problem } = packed;
    const found: LimitedAnswer =
      limits === null
        ? { kind: 'free', answer: await solve(problem, options) }
        : await solveLimited(problem, readLimits(limits, pool.needs.length), solve, options);
    if (found.kind === 'impossible') return { kind: 'limits-contradict', reason: found.reason };
    if (found.kind === 'limited') return { kind: 'solved', limits, ...withinLimits(found) };
    const { answer } = found;
    const isRelaxed = answer.status === 'infeasible' && lowerPromises(minimums, pinned, answer.reason);
    if (!isRelaxed) return { kind: 'solved', problem, answer, minimums, limits, limited: null };
  }
}

function withinLimits({ plan, problem }: Extract<LimitedAnswer, { kind: 'limited' }>) {
  const { units, served, given, totalScore, bound, gap, levels, proven } = plan;
  return {
    problem,
    answer: { status: 'bounded', units, served, given, totalScore, bound, gap, levels } as const,
    minimums: [...problem.offers.minimum],
    limited: { fairness: proven.fairness, total: proven.total },
  };
}

function pack(pool: Pool, pairs: readonly Pair[], minimums: readonly number[]): ReturnType<typeof packProblem> {
  const offers = pool.offers.map(({ left }, place): OfferRow => ({ capacity: left, minimum: minimums[place] ?? 0 }));
  const needs = pool.needs.map(({ left, urgency }) => ({
    wanted: left,
    weight: pool.urgencyWeights[urgency - 1] ?? 1,
  }));
  return packProblem({ needs, offers, pairs });
}

function pinnedUnits(pool: Pool, pairs: readonly Pair[]): readonly number[] {
  const pinned = pool.offers.map(() => 0);
  for (const { offer, minimum } of pairs) pinned[offer] = (pinned[offer] ?? 0) + minimum;
  return pinned;
}
