/**
 * A plan at once, and a bound at once: what is answered when there is no time for better.
 *
 * `fillGreedily` completes a lawful plan: pairs by falling score, as many units as still fit; it breaks no
 * limit and moves no unit already given. `boundTotal` is at least the total of every lawful plan: each side
 * alone takes its best units and forgets the limits of the other. Both O(A log A).
 */
import type { AllocationProblem } from './allocation.ts';

export function fillGreedily(problem: AllocationProblem, start: Int32Array): Int32Array {
  const { needs, offers, pairs } = problem;
  const units = start.slice();
  const room = needs.wanted.slice();
  const spare = offers.capacity.slice();
  for (let a = 0; a < units.length; a++) {
    room[pairs.need[a]!]! -= units[a]!;
    spare[pairs.offer[a]!]! -= units[a]!;
  }
  for (const a of byFallingScore(problem)) {
    const i = pairs.need[a]!;
    const j = pairs.offer[a]!;
    const more = Math.min(pairs.cap[a]! - units[a]!, room[i]!, spare[j]!);
    units[a]! += more;
    room[i]! -= more;
    spare[j]! -= more;
  }
  return units;
}

export function boundTotal(problem: AllocationProblem): number {
  const { needs, offers, pairs } = problem;
  return Math.min(
    bestOfOneSide(problem, pairs.need, needs.wanted),
    bestOfOneSide(problem, pairs.offer, offers.capacity),
  );
}

function bestOfOneSide(problem: AllocationProblem, side: Int32Array, limit: Int32Array): number {
  const left = limit.slice();
  let total = 0;
  for (const a of byFallingScore(problem)) {
    const taken = Math.min(problem.pairs.cap[a]!, left[side[a]!]!);
    left[side[a]!]! -= taken;
    total += taken * problem.pairs.score[a]!;
  }
  return total;
}

function byFallingScore({ pairs }: AllocationProblem): Int32Array {
  const order = new Int32Array(pairs.score.length).map((_, a) => a);
  return order.toSorted((a, b) => pairs.score[b]! - pairs.score[a]! || a - b);
}
