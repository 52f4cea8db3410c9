/** Promised minimums that cannot be kept give way; pins do not. Runs in the browser too: loads no solver. */
import type { Allocation } from '../../algorithms/flow/allocation.ts';

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
