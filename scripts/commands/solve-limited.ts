/**
 * A plan on files with at most so many offers per need, or budgets.
 *
 * Where the fairest plan of all respects the limit it is given as it is, with its proof. Else the limit makes the problem
 * one that prices cannot prove: the plan is checked to be lawful, and that none is better is the solver's word.
 */
import type { AllocationProblem, SolveOptions } from '../../src/algorithms/flow/allocation.ts';
import { checkSideConstraints } from '../../src/algorithms/flow/check-side-constraints.ts';
import { solveLeximin } from '../../src/algorithms/flow/leximin.ts';
import { respectsSides } from '../../src/algorithms/flow/respects.ts';
import { solveWithSideConstraints } from '../../src/algorithms/flow/solve-side-constraints.ts';
import { readLimits, type WrittenLimits } from '../../src/domains/matching/limits.ts';
import type { Answer } from './solving.ts';

/** What the search may take when no limit is set. */
const USUAL_MS = 60_000;

export async function solveLimited(
  problem: AllocationProblem,
  limits: WrittenLimits,
  options: SolveOptions,
): Promise<Answer> {
  const end = performance.now() + (options.timeLimitMs ?? USUAL_MS);
  const constraints = readLimits(limits, problem.needs.wanted.length);
  const free = await solveLeximin(problem, options);
  if (!('units' in free)) return free;
  if (free.status === 'optimal' && respectsSides(problem, constraints, free.units)) return free;
  const timeLimitMs = Math.max(0, end - performance.now());
  const answer = await solveWithSideConstraints(problem, constraints, { ...options, timeLimitMs });
  if (answer.status === 'infeasible') {
    const { reason } = answer;
    if (reason.kind !== 'side-constraints') return { status: 'infeasible', reason };
    return {
      status: 'limits-contradict',
      needs: reason.constraints.flatMap((one) => ('need' in one ? [one.need] : [])),
    };
  }
  if (answer.status === 'cancelled') return answer;
  if (answer.status === 'invalid') throw new Error(`the limit cannot be read: ${JSON.stringify(answer.reason)}`);
  if (answer.plan === null) return { status: 'none-known' };
  const verdict = checkSideConstraints(problem, constraints, answer.plan);
  if (!verdict.accepted) throw new Error(`the checker refuses the solver’s plan: ${JSON.stringify(verdict.refusal)}`);
  return { status: 'limited', isProven: answer.status === 'optimal', plan: answer.plan };
}
