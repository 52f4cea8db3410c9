/**
 * Which side constraints leave no plan: a set that cannot hold with the minimums, as small as time allows.
 *
 * Without minimums and floors the plan that gives nothing holds, so there is something to find only where
 * some units must be given. QuickXplain (Junker, 2004): split the list, keep what is needed from each half given
 * the other; of k constraints to blame among c, about k log(c / k) questions "is there any plan?". Each question
 * is a solve; when one is not answered in time, the set found so far is given and not called smallest.
 */
import type { AllocationProblem } from './allocation.ts';
import type { Control } from './within.ts';
import { bestWithin } from './best-within.ts';
import { wholeBox } from './floors.ts';
import type { SideConstraint, SideConstraints, SideInfeasible } from './side-constraints.ts';

export async function blockingConstraints(
  problem: AllocationProblem,
  constraints: SideConstraints,
  control: Control,
): Promise<SideInfeasible> {
  const all = listOf(constraints);
  let smallest = true;
  const holds = async (some: readonly SideConstraint[]): Promise<boolean> => {
    const reduced = only(constraints, some);
    const floors = reduced.floors ?? new Float64Array(problem.needs.wanted.length);
    const task = { problem, constraints: reduced, box: wholeBox(problem), floors, counted: [] };
    const { end } = await bestWithin(task, [], control, true);
    if (end !== 'optimal' && end !== 'infeasible') smallest = false;
    // Unanswered questions count as "cannot hold without it": the set stays a set that blocks.
    return end !== 'infeasible';
  };
  const needed = async (
    given: readonly SideConstraint[],
    isNew: boolean,
    list: readonly SideConstraint[],
  ): Promise<readonly SideConstraint[]> => {
    if (isNew && !(await holds(given))) return [];
    if (list.length <= 1) return list;
    const [left, right] = [list.slice(0, list.length >> 1), list.slice(list.length >> 1)];
    const fromRight = await needed([...given, ...left], left.length > 0, right);
    const fromLeft = await needed([...given, ...fromRight], fromRight.length > 0, left);
    return [...fromLeft, ...fromRight];
  };
  const found = await needed([], false, all);
  return { kind: 'side-constraints', constraints: found, smallest };
}

function listOf({ budgets, partners, together, floors }: SideConstraints): SideConstraint[] {
  const list: SideConstraint[] = [];
  budgets?.limit.forEach((_, budget) => list.push({ kind: 'budget', budget }));
  partners?.forEach((most, need) => {
    if (most >= 0) list.push({ kind: 'partners', need });
  });
  together?.first.forEach((_, couple) => list.push({ kind: 'together', couple }));
  floors?.forEach((floor, need) => {
    if (floor > 0) list.push({ kind: 'floor', need });
  });
  return list;
}

/** The constraints without those that are not in the list. */
function only({ budgets, partners, together, floors }: SideConstraints, list: readonly SideConstraint[]) {
  const kept = new Set(
    list.map((one) => `${one.kind} ${'need' in one ? one.need : 'budget' in one ? one.budget : one.couple}`),
  );
  const some = (kind: SideConstraint['kind'], place: number) => kept.has(`${kind} ${place}`);
  const couples = together === undefined ? [] : [...together.first.keys()].filter((k) => some('together', k));
  return {
    ...(budgets && {
      budgets: { ...budgets, ofNeed: budgets.ofNeed.map((b) => (b >= 0 && some('budget', b) ? b : -1)) },
    }),
    ...(partners && { partners: partners.map((most, i) => (some('partners', i) ? most : -1)) }),
    ...(together && {
      together: {
        first: Int32Array.from(couples, (k) => together.first[k]!),
        second: Int32Array.from(couples, (k) => together.second[k]!),
      },
    }),
    ...(floors && { floors: floors.map((floor, i) => (some('floor', i) ? floor : 0)) }),
  } satisfies SideConstraints;
}
