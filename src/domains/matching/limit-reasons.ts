/**
 * Why a need goes without where a round has limits of its own, and what one more unit changes then.
 *
 * Must always hold: a reason that is told is true of the plan as it stands; that one more unit frees a need, or is worth
 * something, is told only when the plan with that unit was made and keeps the limits; where limits are in the way of the
 * plan, prices say nothing and nothing is told from them.
 */
import type { AllocationProblem } from '../../algorithms/flow/allocation.ts';
import { replan, startSession } from '../../algorithms/flow/leximin.ts';
import { respectsSides } from '../../algorithms/flow/respects.ts';
import { readLimits, type WrittenLimits } from './limits.ts';
import type { Unmet } from './plan.ts';
import type { Solved } from './solve-pairs.ts';

type Found = Extract<Solved, { kind: 'solved' }>;
type Reason = Partial<Pick<Unmet, 'why' | 'headroomLeft' | 'blockedBy' | 'blockedByCount'>>;

const OFFERS_NAMED = 12;

/** Replaces what `unmetOf` says of a need; nothing where the limits are not in the way of the plan. */
export function limitReasons({ problem, answer, limits, limited }: Found): (need: number) => Reason {
  if (limits === null || limited === null || !('units' in answer)) return () => ({});
  const { units, given } = answer;
  const pairsOf = Map.groupBy(problem.pairs.need.keys(), (pair) => problem.pairs.need[pair] ?? 0);
  const leftOf = leftBudgets(problem, limits, units);
  return (need) => {
    const pairs = pairsOf.get(need) ?? [];
    if (pairs.length === 0) return {};
    const budget = limits.budgets?.ofNeed[need] ?? -1;
    const left = leftOf[budget];
    const isPaid = (pair: number) => left === undefined || (limits.budgets?.value[pair] ?? 0) <= left;
    const isFree = (pair: number) => {
      const offer = problem.pairs.offer[pair] ?? 0;
      const hasRoom = (given[offer] ?? 0) < (problem.offers.capacity[offer] ?? 0);
      return hasRoom && (units[pair] ?? 0) < (problem.pairs.cap[pair] ?? 0);
    };
    if (left !== undefined && !pairs.some(isPaid)) return { why: 'headroom', headroomLeft: left };
    const serving = pairs.filter((pair) => (units[pair] ?? 0) > 0);
    const isFull = limits.mostPartners !== undefined && serving.length >= limits.mostPartners;
    if (isFull && !serving.some((pair) => isFree(pair) && isPaid(pair))) return { why: 'partners' };
    if (pairs.some(isFree)) return { why: 'limits' };
    const offers = pairs.map((pair) => problem.pairs.offer[pair] ?? 0);
    return { why: 'taken', blockedBy: offers.slice(0, OFFERS_NAMED), blockedByCount: offers.length };
  };
}

/** Work that may go into plans with a unit more: pairs times plans, a second or two. */
const MOST_WORK = 3e7;

/** Whether units added at an offer serve this need better (null: change anything) within the limits too. */
export function freesWithin(found: Found): (added: { offer: number; units: number }, need: number | null) => boolean {
  const { problem, answer, limits } = found;
  if (limits === null) return () => true;
  if (answer.status !== 'optimal') return () => false;
  const constraints = readLimits(limits, problem.needs.wanted.length);
  const session = startSession(problem);
  const known = new Map<string, Int32Array | null>();
  let work = 0;
  const servedWith = (offer: number, units: number): Int32Array | null => {
    work += problem.pairs.need.length;
    if (work > MOST_WORK) return null;
    const capacity = problem.offers.capacity.with(offer, (problem.offers.capacity[offer] ?? 0) + units);
    const plan = replan(session, { ...problem, offers: { ...problem.offers, capacity } });
    return plan.status === 'optimal' && respectsSides(problem, constraints, plan.units) ? plan.served : null;
  };
  return ({ offer, units }, need) => {
    const key = `${offer} ${units}`;
    if (!known.has(key)) known.set(key, servedWith(offer, units));
    const served = known.get(key) ?? null;
    return served !== null && (need === null || (served[need] ?? 0) > (answer.served[need] ?? 0));
  };
}

/** Cents that the plan leaves of each budget. */
function leftBudgets(problem: AllocationProblem, { budgets }: WrittenLimits, units: Int32Array): number[] {
  const left = [...(budgets?.limit ?? [])];
  units.forEach((amount, pair) => {
    const budget = budgets?.ofNeed[problem.pairs.need[pair] ?? 0] ?? -1;
    if (budget >= 0) left[budget] = (left[budget] ?? 0) - amount * (budgets?.value[pair] ?? 0);
  });
  return left;
}
