/**
 * Plans with side constraints: the fairest, then the best least sums, then the greatest total.
 *
 * The order of wishes and the constraints: `side-constraints.ts`. The way:
 *
 *   1. the flow without side constraints (`leximin.ts`): often its plan respects them already, and is proven;
 *      if not, it is mended (`first-side-plan.ts`), so that there is nearly always a plan to answer with;
 *   2. the fairest plans (`fairest-box.ts`): those of the flow when one of them respects everything, else
 *      levels are raised one by one;
 *   3. when asked, the least sums (`sum-levels.ts`);
 *   4. the greatest total within all that (`best-within.ts`).
 *
 * Whatever ends the search, the answer is the best plan known under the same order, with its bound and what of
 * it is proven. Nothing is thrown for what a caller may send. It blocks its thread in the mixed solver: call
 * it in a worker. Loading that solver takes about a tenth of a second, once, when it is first needed; that and
 * one checkpoint of the solver are the most by which a time limit can be passed.
 */
import type { Allocation, AllocationProblem } from './allocation.ts';
import { findFault, summarise } from './allocation.ts';
import type { Control, Within } from './within.ts';
import { bestWithin } from './best-within.ts';
import { blockingConstraints } from './blocking-constraints.ts';
import { fairestBox, raiseLevels, sortedLevels } from './fairest-box.ts';
import { mendPlan } from './first-side-plan.ts';
import { wholeBox } from './floors.ts';
import { boundTotal } from './greedy-plan.ts';
import { startSession } from './leximin.ts';
import { isLawful, respectsSides, respectsTask } from './respects.ts';
import type { SideAllocation, SideConstraints, SideOptions, SidePlan, SumLevel } from './side-constraints.ts';
import { findSideFault } from './side-constraints.ts';
import type { SideTask } from './side-model.ts';
import { raiseSums } from './sum-levels.ts';

export async function solveWithSideConstraints(
  problem: AllocationProblem,
  constraints: SideConstraints,
  options: SideOptions = {},
): Promise<SideAllocation> {
  options.onProgress?.({ phase: 'reading', share: 0 });
  const reason = findFault(problem) ?? findSideFault(problem, constraints);
  if (reason !== null) return { status: 'invalid', reason };
  const run: Run = {
    problem,
    constraints,
    options,
    control: {
      end: performance.now() + (options.timeLimitMs ?? Infinity),
      shouldCancel: options.shouldCancel ?? (() => false),
      gap: Math.max(0, options.gap ?? 0),
    },
    plans: [],
    bound: () => boundTotal(problem),
  };
  const flow = solveFlow(run);
  if (flow.status !== 'optimal' && flow.status !== 'bounded') return flow;
  if (flow.status === 'bounded' || run.control.end <= performance.now()) return outOfTime(run, flow.units);
  keep(run, flow.units);
  if (run.plans.length > 0 && (options.sumLevels ?? 0) === 0) return withoutObstacle(run, flow);
  keep(run, mendPlan(problem, constraints, flow.units));
  const answer = await search(run, flow);
  options.onProgress?.({ phase: 'proof', share: 1 });
  return answer;
}

type Run = {
  readonly problem: AllocationProblem;
  readonly constraints: SideConstraints;
  readonly options: SideOptions;
  readonly control: Control;
  /** Plans that respect everything, whatever their worth. */
  readonly plans: Int32Array[];
  /** No plan at all has a greater total. */
  readonly bound: () => number;
};

type Optimal = Extract<Allocation, { status: 'optimal' }>;
type Proven = { fairness: boolean; sums: boolean; total: boolean };

function solveFlow({ problem, options, control }: Run): Allocation {
  const left = control.end - performance.now();
  return startSession(
    problem,
    {
      ...(options.shouldCancel === undefined ? {} : { shouldCancel: options.shouldCancel }),
      ...(left < Infinity ? { timeLimitMs: Math.max(0, left) } : {}),
    },
    options.objective ?? 'leximin',
  ).allocation;
}

function keep(run: Run, units: Int32Array | null): void {
  if (
    units === null ||
    run.plans.includes(units) ||
    !isLawful(run.problem, units) ||
    !respectsSides(run.problem, run.constraints, units)
  )
    return;
  run.plans.push(units);
}

/** The time was up before there was a proof of anything. */
function outOfTime(run: Run, units: Int32Array): SideAllocation {
  keep(run, units);
  if (run.plans.length === 0) keep(run, mendPlan(run.problem, run.constraints, units));
  const plan = best(run);
  if (plan === null) return { status: 'time-limit', plan: null };
  return { status: 'time-limit', plan: planOf(run, plan, run.bound(), [], unproven(), 'flow') };
}

/** The fairest and best plan of all respects the side constraints. */
function withoutObstacle(run: Run, flow: Optimal): SideAllocation {
  const proven = { fairness: true, sums: true, total: true };
  const plan = planOf(run, flow.units, flow.totalScore, [], proven, 'flow');
  run.options.onProgress?.({ phase: 'proof', share: 1 });
  return { status: 'optimal', plan };
}

/** A task that is proven to hold the best plans, and the greatest total in it where that was found already. */
type Fair = { readonly task: SideTask; readonly within: Within | null; readonly isProven: boolean };

async function search(run: Run, flow: Optimal): Promise<SideAllocation> {
  run.options.onProgress?.({ phase: 'fairness', share: 0.1 });
  const fair = await findFairest(run, flow);
  if ('status' in fair) return fair;
  run.options.onProgress?.({ phase: 'score', share: 0.5 });
  const proven: Proven = { fairness: fair.isProven, sums: true, total: false };
  let { task, within } = fair;
  let sumLevels: readonly SumLevel[] = [];
  const steps = run.options.sumLevels ?? 0;
  if (steps > 0) {
    const raised = await raiseSums(task, [...run.plans], steps, run.control);
    if (raised.end === 'cancelled') return { status: 'cancelled' };
    for (const units of raised.plans) keep(run, units);
    if (raised.within?.best) keep(run, raised.within.best.units);
    if (raised.end === 'infeasible') return explain(run);
    ({ task, within, levels: sumLevels } = raised);
    proven.sums = raised.end === 'optimal';
  }
  within ??= await bestWithin(task, run.plans, run.control);
  if (within.end === 'cancelled') return { status: 'cancelled' };
  if (within.end === 'infeasible') return explain(run);
  if (within.best !== null) keep(run, within.best.units);
  return conclude(run, flow, task, within, sumLevels, proven);
}

async function findFairest(run: Run, flow: Optimal): Promise<Fair | SideAllocation> {
  const { problem, constraints, control } = run;
  const floors = constraints.floors?.slice() ?? new Float64Array(problem.needs.wanted.length);
  const task: SideTask = { problem, constraints, box: wholeBox(problem), floors, counted: [] };
  if ((run.options.objective ?? 'leximin') === 'total') return { task, within: null, isProven: true };
  const asFair = { ...task, box: fairestBox(problem, flow) };
  const steps = run.options.sumLevels ?? 0;
  const within = await bestWithin(asFair, run.plans, control, steps > 0);
  if (within.end === 'cancelled') return { status: 'cancelled' };
  if (within.best !== null) {
    keep(run, within.best.units);
    return { task: asFair, within: steps > 0 ? null : within, isProven: true };
  }
  const raised = await raiseLevels(task, run.plans, flow.served, control);
  if (raised.end === 'cancelled') return { status: 'cancelled' };
  if (raised.end === 'infeasible') return explain(run);
  keep(run, raised.units);
  return { task: { ...task, counted: raised.counted }, within: null, isProven: raised.end === 'optimal' };
}

async function explain(run: Run): Promise<SideAllocation> {
  const { problem, constraints, control } = run;
  return { status: 'infeasible', reason: await blockingConstraints(problem, constraints, control) };
}

function conclude(
  run: Run,
  flow: Optimal,
  task: SideTask,
  within: Within,
  sumLevels: readonly SumLevel[],
  proven: Proven,
): SideAllocation {
  const isLate = performance.now() >= run.control.end;
  const units = within.best?.units ?? best(run);
  if (units === null) return { status: 'time-limit', plan: null };
  // A plan that misses what was reached on the way proves nothing of it.
  const reaches = respectsTask(task, units);
  const isTrusted = reaches && proven.fairness && proven.sums;
  const { totalScore } = summarise(run.problem, units);
  // Nothing is fairer than the flow's plan, and none as fair has a greater total.
  const isFairest = run.options.objective !== 'total' && isAsFair(run.problem, units, flow.units);
  const known = isFairest || run.options.objective === 'total' ? flow.totalScore : run.bound();
  const bound = Math.max(totalScore, isTrusted ? Math.min(within.bound, known) : known);
  const stated: Proven = {
    fairness: isFairest || (proven.fairness && reaches),
    sums: proven.sums && reaches,
    total: isTrusted && bound === totalScore,
  };
  const plan = planOf(run, units, bound, reaches ? sumLevels : [], stated, within.by);
  if (stated.total) return { status: 'optimal', plan };
  return { status: isLate ? 'time-limit' : 'bounded', plan };
}

function isAsFair(problem: AllocationProblem, units: Int32Array, other: Int32Array): boolean {
  const levels = sortedLevels(problem, other);
  return sortedLevels(problem, units).every((level, place) => level === levels[place]);
}

function unproven(): Proven {
  return { fairness: false, sums: false, total: false };
}

/** The best plan kept so far: levels, then least sums, then total. */
function best(run: Run): Int32Array | null {
  const { problem, options, plans } = run;
  const isTotal = options.objective === 'total';
  const keys = plans.map((units) => {
    const { totalScore } = summarise(problem, units);
    const sums = sumsOf(problem, units).filter((_, i) => problem.needs.wanted[i]! > 0);
    const worst = sums.toSorted().slice(0, options.sumLevels ?? 0);
    return [...(isTotal ? [] : sortedLevels(problem, units)), ...worst, totalScore];
  });
  let top = -1;
  keys.forEach((key, k) => {
    const place = top < 0 ? 0 : key.findIndex((value, at) => value !== keys[top]![at]!);
    if (top < 0 || (place >= 0 && key[place]! > keys[top]![place]!)) top = k;
  });
  return plans[top] ?? null;
}

function sumsOf({ needs, pairs }: AllocationProblem, units: Int32Array): Float64Array {
  const sums = new Float64Array(needs.wanted.length);
  for (let a = 0; a < units.length; a++) sums[pairs.need[a]!]! += pairs.score[a]! * units[a]!;
  return sums;
}

function planOf(
  run: Run,
  units: Int32Array,
  bound: number,
  sumLevels: readonly SumLevel[],
  proven: Proven,
  by: SidePlan['by'],
): SidePlan {
  const summary = summarise(run.problem, units);
  const sums = sumsOf(run.problem, units);
  return { ...summary, bound, gap: bound - summary.totalScore, sums, sumLevels, proven, by };
}
