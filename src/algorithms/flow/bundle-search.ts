/**
 * The greatest total over whole bundles: bound first, then a plan near it, then what lies between.
 *
 *   1. the bound (`bundle-bound.ts`);
 *   2. thresholds just below it (`bundle-close.ts`): often they hold at once, and nothing is left to do;
 *   3. else a plan by diving (`bundle-dive.ts`) and exchanges (`bundle-improve.ts`);
 *   4. what is left of the time goes to what lies between plan and bound, down from the bound.
 */
import type { Control, Within } from './within.ts';
import { bestOf } from './within.ts';
import { boundByBundles } from './bundle-bound.ts';
import { closeGap } from './bundle-close.ts';
import { diveForPlan, FEW } from './bundle-dive.ts';
import { improvePlan } from './bundle-improve.ts';
import { bundlesOf, inGrains, openMarket } from './bundle-market.ts';
import type { Known } from './side-prices.ts';
import { solveMixed } from './mixed-integer.ts';
import type { SideTask } from './side-model.ts';
import { sideModel } from './side-model.ts';

/** Whether bundles say anything here that the linear programme does not know. */
export function hasMenus({ constraints, counted, floors, problem }: SideTask): boolean {
  if ((constraints.together?.first.length ?? 0) > 0 || counted.length > 0) return false;
  if (problem.pairs.need.length > 300_000) return false;
  return constraints.budgets !== undefined || constraints.partners !== undefined || floors.some((floor) => floor > 0);
}

/** `known`: a plan of the task; `bound`: known already; `prices`: of offers, in points, to start from. */
export async function bestByBundles(
  task: SideTask,
  known: Known | null,
  bound: number,
  prices: Float64Array | null,
  control: Control,
): Promise<Within> {
  const by = 'bundles';
  const none: Within = { end: 'infeasible', best: null, bound: -Infinity, by };
  const market = openMarket(task);
  if (market === null) return none;
  let best = known;
  const so = (end: Within['end'], reached: number): Within => {
    return { end, best, bound: Math.max(reached, best?.total ?? -Infinity), by };
  };
  const better = (units: Int32Array | null | undefined) => {
    const found = units ? bestOf(task, [units]) : null;
    if (found !== null && (best === null || found.total > best.total)) best = found;
  };
  const first = new Float64Array(market.low.length);
  if (prices !== null) first.set(prices);
  const bundles = known === null ? [] : bundlesOf(market, known.units);
  const start = { bundles, least: known?.total ?? -1, prices: inGrains(market, first) };
  /** A part of the time that is left. */
  const until = (part: number): Control => {
    const now = performance.now();
    return { ...control, end: control.end === Infinity ? Infinity : now + part * (control.end - now) };
  };
  // A bound that is not quite the least leads to plans too; where there is none yet, finding one takes longer.
  const [toBound, toDive] = known === null ? [0.4, 0.8] : [0.5, 0.5];
  const bounded = await boundByBundles(market, start, until(toBound));
  if (bounded.end === 'infeasible') return none;
  for (const units of bounded.plans) better(units);
  let reached = bounded.bound === null ? bound : Math.min(bound, Math.floor(bounded.bound.grains / market.grain));
  if (bounded.end === 'cancelled') return so('cancelled', reached);
  if (bounded.bound === null) return so('stopped', reached);
  const isDone = () => best !== null && reached <= best.total + control.gap;
  if (isDone()) return so('optimal', reached);
  const close = async (part: number): Promise<Within['end'] | null> => {
    const closed = await closeGap(market, bounded.bound!, best?.total ?? -1, until(part), reached);
    better(closed.units);
    reached = Math.min(reached, closed.bound);
    if (closed.end === 'infeasible' && best === null) return 'infeasible';
    if (closed.end === 'cancelled') return 'cancelled';
    return isDone() ? 'optimal' : null;
  };
  const isSmall = market.menus.filter(({ items }) => items.length > 0).length <= FEW;
  if (isSmall) {
    const end = await close(best === null ? 0.7 : 1);
    if (end !== null) return end === 'infeasible' ? none : so(end, reached);
  } else better(await diveForPlan(market, bounded, until(toDive)));
  if (best === null) better(await anyPlan(task, until(0.5)));
  if (best !== null && !isDone()) best = await improvePlan(market, bounded.bound, best, until(0.7));
  const end = isDone() ? 'optimal' : await close(1);
  return end === 'infeasible' ? none : so(end ?? 'stopped', reached);
}

/** Whatever the mixed solver finds first in the whole of it. */
async function anyPlan(task: SideTask, { end, shouldCancel }: Control): Promise<Int32Array | null> {
  const model = sideModel(task, 'total');
  const { values } = await solveMixed(model.mixed, { end, shouldCancel });
  return values === null ? null : model.unitsFrom(values);
}
