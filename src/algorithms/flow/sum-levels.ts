/**
 * The least sum of scores, raised as far as it goes: bound first, then the threshold tested, then what is
 * tight set aside.
 *
 * One step, over the needs that are not aside: each alone can have at most so much, so the least of these is a
 * bound. Is there a plan with that floor for all? Mostly yes: one question, and the plan that answers it has
 * the greatest total under the floor, for which the solver was asked at once. Else the threshold is bisected
 * between the worst of the best plan known and what was refused. (The floor as a variable of the model, the
 * plain way, gives the solver no bound worth having and takes minutes.) Then needs that can have no more are
 * set aside: those whose own bound it is, else those for which one point more is refused.
 *
 * Which need to set aside is hard in general (several may be able to have more, but not together): when none
 * is found the steps that were asked for cannot be completed, and that is said.
 */
import type { Control, Within } from './within.ts';
import { bestWithin } from './best-within.ts';
import { byFallingScore, greatestSums, tighten } from './floors.ts';
import type { SumLevel } from './side-constraints.ts';
import type { SideTask } from './side-model.ts';
import { respectsTask } from './respects.ts';

export type RaisedSums = {
  readonly end: 'optimal' | 'stopped' | 'cancelled' | 'infeasible';
  readonly levels: readonly SumLevel[];
  /** The task with the floors that were reached. */
  readonly task: SideTask;
  /** Plans of that task. */
  readonly plans: readonly Int32Array[];
  /** The greatest total within the task, when the last question asked for it. */
  readonly within: Within | null;
};

export async function raiseSums(
  start: SideTask,
  known: readonly Int32Array[],
  steps: number,
  control: Control,
): Promise<RaisedSums> {
  const { wanted } = start.problem.needs;
  const aside = new Set(Array.from(wanted.keys()).filter((i) => wanted[i] === 0));
  let state: RaisedSums = { end: 'optimal', levels: [], task: start, plans: known, within: null };
  for (let step = 0; step < steps && aside.size < wanted.length; step++) {
    const open = Array.from(wanted.keys()).filter((i) => !aside.has(i));
    const raised = await raiseOnce(state, open, control);
    state = raised.state;
    if (state.end !== 'optimal') return state;
    const { value } = state.levels.at(-1)!;
    const tight = await findTight(state, open, value, control, step + 1 < steps);
    if (tight.end === 'cancelled') return { ...state, end: 'cancelled' };
    for (const i of tight.needs) aside.add(i);
    const levels = [...state.levels.slice(0, step), { value, bound: value, tight: tight.needs }];
    state = { ...state, levels };
    if (tight.needs.length === 0 && step + 1 < steps) return { ...state, end: 'stopped' };
  }
  return state;
}

async function raiseOnce(
  state: RaisedSums,
  open: readonly number[],
  control: Control,
): Promise<{ readonly state: RaisedSums }> {
  const { task } = state;
  const order = byFallingScore(task.problem);
  const tightened = tighten(task.problem, task.constraints, task.box, task.floors, order);
  if (!tightened.ok) return { state: { ...state, end: 'infeasible' } };
  const most = greatestSums(task.problem, tightened.box, order);
  let high = open.reduce((least, i) => Math.min(least, most[i]!), Infinity);
  let plans = state.plans.filter((units) => respectsTask(task, units));
  const bestWorst = () => plans.reduce((best, units) => Math.max(best, worstSum(task, units, open)), -1);
  let low = bestWorst();
  const level = (value: number, bound: number): SumLevel => ({ value, bound, tight: [] });
  const raised = (end: RaisedSums['end'], value: number, within: Within | null): { state: RaisedSums } => {
    const next = withFloor(task, open, value);
    const levels = [...state.levels, level(value, Math.max(value, high))];
    return { state: { end, levels, task: next, plans: plans.filter((units) => respectsTask(next, units)), within } };
  };
  let threshold = high;
  for (;;) {
    const atBound = threshold === high && low < high;
    // At the bound the greatest total is asked for at once: the plan is needed anyway.
    const test = withFloor(task, open, threshold);
    const within = await bestWithin(test, plans, control, !atBound);
    if (within.end === 'cancelled') return { state: { ...state, end: 'cancelled' } };
    if (within.best !== null) {
      plans = [...plans, within.best.units];
      low = Math.max(threshold, bestWorst());
      if (low >= high) return raised('optimal', high, threshold === high && atBound ? within : null);
    } else if (within.end === 'infeasible') {
      high = threshold - 1;
      if (high < 0) return { state: { ...state, end: 'infeasible' } };
      if (low >= high) return raised('optimal', low, null);
    } else {
      const { nearest } = within;
      if (nearest !== undefined && respectsTask(task, nearest)) plans = [...plans, nearest];
      low = Math.max(low, bestWorst());
      return low < 0 ? { state: { ...state, end: 'stopped' } } : raised('stopped', low, null);
    }
    threshold = low < 0 ? 0 : low + Math.ceil((high - low) / 2);
  }
}

/** Needs that cannot have more than `value` under the floors reached. */
async function findTight(
  { task, plans, levels }: RaisedSums,
  open: readonly number[],
  value: number,
  control: Control,
  isNeeded: boolean,
): Promise<{ readonly end: 'optimal' | 'cancelled'; readonly needs: readonly number[] }> {
  if (levels.length === 0) return { end: 'optimal', needs: [] };
  const order = byFallingScore(task.problem);
  const tightened = tighten(task.problem, task.constraints, task.box, task.floors, order);
  if (!tightened.ok) return { end: 'optimal', needs: [] };
  const most = greatestSums(task.problem, tightened.box, order);
  const own = open.filter((i) => most[i]! === value);
  if (own.length > 0 || !isNeeded) return { end: 'optimal', needs: own };
  for (const i of open) {
    const more = withFloor(task, [i], value + 1);
    const answer = await bestWithin(more, plans, control, true);
    if (answer.end === 'cancelled') return { end: 'cancelled', needs: [] };
    if (answer.end === 'infeasible') return { end: 'optimal', needs: [i] };
  }
  return { end: 'optimal', needs: [] };
}

function withFloor(task: SideTask, open: readonly number[], value: number): SideTask {
  const floors = task.floors.slice();
  for (const i of open) floors[i] = Math.max(floors[i]!, value);
  return { ...task, floors };
}

function worstSum({ problem }: SideTask, units: Int32Array, open: readonly number[]): number {
  const sums = new Float64Array(problem.needs.wanted.length);
  for (let a = 0; a < units.length; a++) sums[problem.pairs.need[a]!]! += problem.pairs.score[a]! * units[a]!;
  return open.reduce((least, i) => Math.min(least, sums[i]!), Infinity);
}
