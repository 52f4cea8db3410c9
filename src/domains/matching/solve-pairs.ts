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
import type { Pair } from './pairing.ts';
import type { Pool } from './pool.ts';

export type Solved =
  | {
      readonly kind: 'solved';
      readonly problem: AllocationProblem;
      readonly answer: Allocation;
      /** Minimums as they were in the end, offer by offer. */
      readonly minimums: readonly number[];
    }
  | { readonly kind: 'unreadable'; readonly reason: InvalidProblem };

export async function solvePairs(
  pool: Pool,
  pairs: readonly Pair[],
  solve: Solver,
  options: SolveOptions,
): Promise<Solved> {
  const minimums = pool.offers.map(({ minimum, left }) => Math.min(minimum, left));
  const pinned = pinnedUnits(pool, pairs);
  for (;;) {
    const packed = pack(pool, pairs, minimums);
    if (!packed.ok) return { kind: 'unreadable', reason: packed.reason };
    const answer = await solve(packed.problem, options);
    const isRelaxed = answer.status === 'infeasible' && lowerPromises(minimums, pinned, answer.reason);
    if (!isRelaxed) return { kind: 'solved', problem: packed.problem, answer, minimums };
  }
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

/** Lowers the largest promises that are in the way, by what is missing; whether anything could be lowered. */
export function lowerPromises(
  minimums: number[],
  pinned: readonly number[],
  reason: Extract<Allocation, { status: 'infeasible' }>['reason'],
): boolean {
  if (reason.kind !== 'minimums-unreachable') return false;
  const room = (offer: number) => Math.max(0, (minimums[offer] ?? 0) - (pinned[offer] ?? 0));
  let missing = reason.missing;
  for (const offer of reason.offers.toSorted((a, b) => room(b) - room(a))) {
    const lowered = Math.min(missing, room(offer));
    minimums[offer] = (minimums[offer] ?? 0) - lowered;
    missing -= lowered;
  }
  return missing < reason.missing;
}
