/**
 * The greatest total within a box, floors and side constraints: flows first, the mixed solver for the rest.
 *
 *   1. ranges that the floors leave (`floors.ts`);
 *   2. prices on floors and budgets (`side-prices.ts`): a bound, often a plan, and most pairs decided;
 *   3. what is left goes to HiGHS (`side-model.ts`), which starts from the best plan known.
 *
 * Must always hold: a plan that is handed back respects the task in whole arithmetic, whoever found it; the
 * bound is at least the total of every plan of the task.
 */
import { bestByBundles, hasMenus } from './bundle-search.ts';
import { byFallingScore, tighten } from './floors.ts';
import { solveMixed } from './mixed-integer.ts';
import { respectsTask } from './respects.ts';
import type { SideTask } from './side-model.ts';
import { sideModel } from './side-model.ts';
import type { Known } from './side-prices.ts';
import { priceOut } from './side-prices.ts';
import type { Control, Within } from './within.ts';
import { bestOf } from './within.ts';

/** Flows under prices: a start for bundles, or all that prices can tell. */
const FEW_ROUNDS = 8;
const MANY_ROUNDS = 150;

/** `known`: plans that may respect the task. `anyPlan`: whether there is one is all that is asked. */
export async function bestWithin(
  task: SideTask,
  known: readonly Int32Array[],
  control: Control,
  anyPlan = false,
): Promise<Within> {
  const shut = (): Within['end'] | null => {
    if (control.shouldCancel()) return 'cancelled';
    return performance.now() >= control.end ? 'stopped' : null;
  };
  const { problem, constraints, floors } = task;
  const best = bestOf(task, known);
  const tightened = tighten(problem, constraints, task.box, floors, byFallingScore(problem));
  if (!tightened.ok) return { end: 'infeasible', best: null, bound: -Infinity, by: 'flow' };
  const so = (end: Within['end'], found: Known | null, bound: number, by: Within['by'], near = {}): Within => {
    return { end, best: found, bound: Math.max(bound, found?.total ?? -Infinity), by, ...near };
  };
  if (anyPlan && best !== null) return so('optimal', best, Infinity, 'flow');
  const early = shut();
  if (early !== null) return so(early, best, Infinity, 'flow');
  const priced = priceOut({
    problem,
    constraints,
    box: tightened.box,
    floors,
    best,
    respects: (units) => respectsTask(task, units),
    shouldStop: () => shut() !== null,
    rounds: hasMenus(task) && !anyPlan ? FEW_ROUNDS : MANY_ROUNDS,
  });
  if (priced.status === 'infeasible') return { end: 'infeasible', best: null, bound: -Infinity, by: 'priced-flow' };
  const found = priced.status === 'bound' ? priced.best : best;
  const bound = priced.status === 'bound' ? priced.bound : Infinity;
  if (found !== null && (anyPlan || bound <= found.total + control.gap)) {
    return so('optimal', found, bound, 'priced-flow');
  }
  const near = priced.status === 'bound' ? { nearest: priced.nearest } : {};
  const late = shut();
  if (late !== null) return so(late, found, bound, 'priced-flow', near);
  const box = priced.status === 'bound' ? priced.box : tightened.box;
  const prices = priced.status === 'bound' ? priced.offerPrice : null;
  if (hasMenus(task) && !anyPlan) {
    return { ...(await bestByBundles({ ...task, box }, found, bound, prices, control)), ...near };
  }
  return solveRest({ ...task, box }, task, found, bound, control, anyPlan);
}

async function solveRest(
  smaller: SideTask,
  task: SideTask,
  known: Known | null,
  bound: number,
  control: Control,
  anyPlan: boolean,
): Promise<Within> {
  const model = sideModel(smaller, 'total');
  const answer = await solveMixed(model.mixed, {
    start: known === null ? null : model.valuesFrom(known.units),
    end: control.end,
    shouldCancel: control.shouldCancel,
    gap: control.gap,
    anySolution: anyPlan,
  });
  const by = 'mixed-integer';
  if (answer.end === 'infeasible') {
    return known === null
      ? { end: 'infeasible', best: null, bound: -Infinity, by }
      : { end: 'optimal', best: known, bound: known.total, by };
  }
  const units = answer.values === null ? null : model.unitsFrom(answer.values);
  const best = bestOf(
    task,
    [units, known?.units].filter((one) => one !== null && one !== undefined),
  );
  const least = Math.max(best?.total ?? -Infinity, Math.min(bound, answer.bound + model.constant));
  if (answer.end === 'cancelled') return { end: 'cancelled', best, bound: least, by };
  const proven = best !== null && (anyPlan || least <= best.total + control.gap);
  return { end: proven ? 'optimal' : 'stopped', best, bound: least, by };
}
