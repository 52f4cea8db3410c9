/**
 * A plan on files with at most so many offers per need, or budgets.
 *
 * Where the fairest plan of all respects the limit it is given as it is, with its proof. Else the limit makes the problem
 * one that prices cannot prove: the plan is checked to be lawful, and that none is better is the solver's word.
 */
import type { AllocationProblem, SolveOptions } from '../../src/algorithms/flow/allocation.ts';
import { checkSideConstraints } from '../../src/algorithms/flow/check-side-constraints.ts';
import { solveLeximin } from '../../src/algorithms/flow/leximin.ts';
import { readLimits, type WrittenLimits } from '../../src/domains/matching/limits.ts';
import { freeOrLimited } from '../../src/domains/matching/solve-limited.ts';
import type { Answer } from './solving.ts';

export async function answerLimited(
  problem: AllocationProblem,
  limits: WrittenLimits,
  options: SolveOptions,
): Promise<Answer> {
  const constraints = readLimits(limits, problem.needs.wanted.length);
  const found = await freeOrLimited(problem, constraints, solveLeximin, options);
  if (found.kind === 'free') return found.answer;
  if (found.kind === 'none-known') return { status: 'none-known' };
  if (found.kind === 'impossible') {
    const { reason } = found;
    if (!('kind' in reason)) throw new Error(`the limit cannot be read: ${JSON.stringify(reason)}`);
    if (reason.kind !== 'side-constraints') return { status: 'infeasible', reason };
    return {
      status: 'limits-contradict',
      needs: reason.constraints.flatMap((one) => ('need' in one ? [one.need] : [])),
    };
  }
  const verdict = checkSideConstraints(problem, constraints, found.plan);
  if (!verdict.accepted) throw new Error(`the checker refuses the solver’s plan: ${JSON.stringify(verdict.refusal)}`);
  return { status: 'limited', isProven: found.plan.proven.total, plan: found.plan };
}
