/**
 * The independent checker of plans with side constraints.
 *
 * Shares no code with any solver, only the types. It adds everything up again: whole units within the limits
 * of pairs, needs and offers; budgets, partners, couples and floors; then what the plan states of itself:
 * served, given, total, levels, sums, sum levels, and that no stated bound lies below what is reached.
 * It does not prove that no better plan exists: that problem is NP-hard, and the bound is the solver's word.
 * Where a plan has the leximin of the problem without side constraints, `checkAllocation` proves that part.
 *
 * Linear time plus a sort of the levels. Whole numbers under 2^53, no rounding. A refusal is data.
 */
import type { AllocationProblem, Level } from './allocation.ts';
import type { SideConstraint, SideConstraints, SidePlan } from './side-constraints.ts';

export type SideRefusal =
  | { readonly rule: 'shape'; readonly list: string }
  | { readonly rule: 'whole-units' | 'pair-minimum' | 'pair-cap'; readonly pair: number }
  | { readonly rule: 'need-wanted'; readonly need: number }
  | { readonly rule: 'offer-minimum' | 'offer-capacity'; readonly offer: number }
  /** A side constraint is broken: what was found against its limit. */
  | {
      readonly rule: 'side-constraint';
      readonly constraint: SideConstraint;
      readonly found: number;
      readonly limit: number;
    }
  | { readonly rule: 'served' | 'sums'; readonly need: number }
  | { readonly rule: 'given'; readonly offer: number }
  | { readonly rule: 'total' | 'bound' | 'gap'; readonly stated: number; readonly found: number }
  | { readonly rule: 'levels'; readonly place: number }
  /** A stated sum level is not the least sum of the needs that are not set aside before it. */
  | { readonly rule: 'sum-level'; readonly place: number };

export type SideVerdict = { readonly accepted: true } | { readonly accepted: false; readonly refusal: SideRefusal };

export function checkSideConstraints(
  problem: AllocationProblem,
  constraints: SideConstraints,
  plan: SidePlan,
): SideVerdict {
  const refusal =
    brokenShape(problem, plan) ??
    brokenLimits(problem, plan) ??
    brokenConstraint(problem, constraints, plan.units) ??
    brokenStatement(problem, plan) ??
    brokenSumLevels(problem, plan);
  return refusal === null ? { accepted: true } : { accepted: false, refusal };
}

/** The first side constraint that these units break, or null. */
export function brokenConstraint(
  problem: AllocationProblem,
  constraints: SideConstraints,
  units: Int32Array,
): SideRefusal | null {
  const { budgets, partners, together, floors } = constraints;
  const used = new Float64Array(budgets?.limit.length ?? 0);
  const offers = new Int32Array(problem.needs.wanted.length);
  const sums = new Float64Array(problem.needs.wanted.length);
  for (let a = 0; a < units.length; a++) {
    const need = problem.pairs.need[a]!;
    const budget = budgets?.ofNeed[need] ?? -1;
    if (budgets !== undefined && budget >= 0) used[budget]! += budgets.value[a]! * units[a]!;
    if (units[a]! > 0) offers[need]! += 1;
    sums[need]! += problem.pairs.score[a]! * units[a]!;
  }
  const broken = (constraint: SideConstraint, found: number, limit: number): SideRefusal => {
    return { rule: 'side-constraint', constraint, found, limit };
  };
  for (let budget = 0; budget < used.length; budget++) {
    const limit = budgets!.limit[budget]!;
    if (used[budget]! > limit) return broken({ kind: 'budget', budget }, used[budget]!, limit);
  }
  for (let need = 0; need < offers.length; need++) {
    const most = partners?.[need] ?? -1;
    if (most >= 0 && offers[need]! > most) return broken({ kind: 'partners', need }, offers[need]!, most);
    const least = floors?.[need] ?? 0;
    if (sums[need]! < least) return broken({ kind: 'floor', need }, sums[need]!, least);
  }
  for (let couple = 0; couple < (together?.first.length ?? 0); couple++) {
    const both = [together!.first[couple]!, together!.second[couple]!].filter((a) => units[a]! > 0).length;
    if (both === 1) return broken({ kind: 'together', couple }, 1, 2);
  }
  return null;
}

function brokenShape({ needs, offers, pairs }: AllocationProblem, plan: SidePlan): SideRefusal | null {
  const lists: [string, ArrayLike<number>, number][] = [
    ['units', plan.units, pairs.need.length],
    ['served', plan.served, needs.wanted.length],
    ['sums', plan.sums, needs.wanted.length],
    ['given', plan.given, offers.capacity.length],
  ];
  const wrong = lists.find(([, list, length]) => list?.length !== length);
  return wrong ? { rule: 'shape', list: wrong[0] } : null;
}

function brokenLimits({ needs, offers, pairs }: AllocationProblem, { units }: SidePlan): SideRefusal | null {
  const served = new Float64Array(needs.wanted.length);
  const given = new Float64Array(offers.capacity.length);
  for (let pair = 0; pair < units.length; pair++) {
    if (!Number.isInteger(units[pair])) return { rule: 'whole-units', pair };
    if (units[pair]! < pairs.minimum[pair]!) return { rule: 'pair-minimum', pair };
    if (units[pair]! > pairs.cap[pair]!) return { rule: 'pair-cap', pair };
    served[pairs.need[pair]!]! += units[pair]!;
    given[pairs.offer[pair]!]! += units[pair]!;
  }
  const need = served.findIndex((sum, i) => sum > needs.wanted[i]!);
  if (need >= 0) return { rule: 'need-wanted', need };
  const short = given.findIndex((sum, j) => sum < offers.minimum[j]!);
  if (short >= 0) return { rule: 'offer-minimum', offer: short };
  const over = given.findIndex((sum, j) => sum > offers.capacity[j]!);
  return over < 0 ? null : { rule: 'offer-capacity', offer: over };
}

function brokenStatement({ needs, offers, pairs }: AllocationProblem, plan: SidePlan): SideRefusal | null {
  const served = new Float64Array(needs.wanted.length);
  const given = new Float64Array(offers.capacity.length);
  const sums = new Float64Array(needs.wanted.length);
  let found = 0;
  for (let a = 0; a < plan.units.length; a++) {
    const worth = plan.units[a]! * pairs.score[a]!;
    served[pairs.need[a]!]! += plan.units[a]!;
    given[pairs.offer[a]!]! += plan.units[a]!;
    sums[pairs.need[a]!]! += worth;
    found += worth;
  }
  for (let need = 0; need < served.length; need++) {
    if (plan.served[need] !== served[need]) return { rule: 'served', need };
    if (plan.sums[need] !== sums[need]) return { rule: 'sums', need };
  }
  const offer = given.findIndex((sum, j) => sum !== plan.given[j]);
  if (offer >= 0) return { rule: 'given', offer };
  if (plan.totalScore !== found) return { rule: 'total', stated: plan.totalScore, found };
  const gap = plan.bound - found;
  if (!(gap >= 0) || (plan.proven.total && gap > 0)) return { rule: 'bound', stated: plan.bound, found };
  if (plan.gap !== gap) return { rule: 'gap', stated: plan.gap, found: gap };
  return brokenLevels(coverageOf(needs.wanted, needs.weight, served), plan.levels);
}

type Coverage = { readonly units: number; readonly whole: number };

function coverageOf(wanted: Int32Array, weight: Int32Array, served: Float64Array): Coverage[] {
  const list: Coverage[] = [];
  wanted.forEach((units, i) => {
    if (units > 0) list.push({ units: served[i]!, whole: units * weight[i]! });
  });
  return list.toSorted((x, y) => x.units * y.whole - y.units * x.whole);
}

function brokenLevels(found: readonly Coverage[], stated: readonly Level[]): SideRefusal | null {
  let read = 0;
  for (let place = 0; place < stated.length; place++) {
    const { numerator, denominator, needs } = stated[place]!;
    const last = stated[place - 1];
    const rises = last === undefined || last.numerator * denominator < numerator * last.denominator;
    if (!(needs > 0) || !(denominator > 0) || !rises) return { rule: 'levels', place };
    for (let count = 0; count < needs; count++, read++) {
      const one = found[read];
      if (one === undefined || one.units * denominator !== numerator * one.whole) return { rule: 'levels', place };
    }
  }
  return read === found.length ? null : { rule: 'levels', place: stated.length };
}

function brokenSumLevels({ needs }: AllocationProblem, plan: SidePlan): SideRefusal | null {
  const aside = new Set<number>();
  for (let place = 0; place < plan.sumLevels.length; place++) {
    const { value, bound, tight } = plan.sumLevels[place]!;
    const taken = plan.sums.filter((_, i) => needs.wanted[i]! > 0 && !aside.has(i));
    const least = taken.reduce((low, sum) => Math.min(low, sum), Infinity);
    // The total may lift a sum above a level that was promised, never below.
    if (!(least >= value) || !(bound >= value)) return { rule: 'sum-level', place };
    if (plan.proven.sums && (bound !== value || least !== value)) return { rule: 'sum-level', place };
    for (const need of tight) {
      if (plan.sums[need] !== value) return { rule: 'sum-level', place };
      aside.add(need);
    }
  }
  return null;
}
