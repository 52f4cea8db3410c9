/**
 * From a bound near the greatest total down to the plan: thresholds a little below the bound are tested.
 *
 * Which plans reach the threshold? Little is left open by it (`bundle-rest.ts`), and the mixed solver finds
 * the best plan of the rest, or that there is none: then the threshold is the new bound, and the next one lies
 * lower. A plan that is found is the best of all, since all with as much lay in what was searched.
 */
import type { Control } from './within.ts';
import { columnOf } from './bundle-bound.ts';
import type { Bound, Market } from './bundle-market.ts';
import { unitsOf } from './bundle-market.ts';
import type { Bundle } from './bundle-menu.ts';
import { restAt } from './bundle-rest.ts';
import type { MixedAnswer, MixedModel } from './mixed-integer.ts';
import { solveMixed } from './mixed-integer.ts';
import { sideModel } from './side-model.ts';

export type Closed = {
  /** `infeasible`: no plan has more than `least`. */
  readonly end: MixedAnswer['end'];
  readonly units: Int32Array | null;
  /** No plan has a greater total. */
  readonly bound: number;
};

/** Parts of the bound by which the first threshold lies below it. */
const FIRST_WIDTH = 2e-5;

/** The best plan with more than `least`; `from`: no plan has more. */
export async function closeGap(
  market: Market,
  bound: Bound,
  least: number,
  control: Control,
  from = Infinity,
): Promise<Closed> {
  let reached = Math.min(from, Math.floor(bound.grains / market.grain));
  for (let size = Math.max(1, Math.round(reached * FIRST_WIDTH)); reached > least; size *= 3) {
    const threshold = Math.max(reached - size + 1, least + 1);
    const answer = await searchAbove(market, bound, threshold, control);
    if (answer.end !== 'infeasible') return { ...answer, bound: Math.min(reached, answer.bound) };
    reached = threshold - 1;
  }
  return { end: 'infeasible', units: null, bound: reached };
}

/** The best plan with at least the threshold. */
export async function searchAbove(
  market: Market,
  bound: Bound,
  threshold: number,
  control: Control,
  mostBundles = Infinity,
): Promise<Closed> {
  const isLate = () => control.shouldCancel() || performance.now() >= control.end;
  const rest = restAt(market, bound, threshold, isLate);
  if (rest === null) return { end: control.shouldCancel() ? 'cancelled' : 'stopped', units: null, bound: Infinity };
  if ((rest.bundles?.length ?? 0) > mostBundles) return { end: 'stopped', units: null, bound: Infinity };
  if (rest.isEmpty) return { end: 'infeasible', units: null, bound: threshold - 1 };
  const { bundles } = rest;
  const model = bundles === null ? sideModel({ ...market.task, box: rest.box }, 'total') : bundleModel(market, bundles);
  // Only plans with as much are looked for.
  const columns = Array.from(model.mixed.gain.keys()).filter((k) => model.mixed.gain[k] !== 0);
  const values = columns.map((k) => model.mixed.gain[k]!);
  model.mixed.rows.push({ low: threshold - model.constant, high: Infinity, columns, values });
  const { end, shouldCancel, gap } = control;
  const answer = await solveMixed(model.mixed, { end, shouldCancel, gap });
  const units = answer.values === null ? null : model.unitsFrom(answer.values);
  return { end: answer.end, units, bound: answer.bound + model.constant };
}

type Model = {
  readonly mixed: MixedModel;
  readonly constant: number;
  readonly unitsFrom: (values: Float64Array) => Int32Array;
};

/** One column per bundle: each need has one. */
function bundleModel(market: Market, bundles: readonly Bundle[]): Model {
  const mixed: MixedModel = { low: [], high: [], gain: [], rows: [] };
  const needs = market.menus.map(() => ({ low: 1, high: 1, columns: [] as number[], values: [] as number[] }));
  const joint = Array.from(market.low, (low, row) => {
    return { low, high: market.high[row]!, columns: [] as number[], values: [] as number[] };
  });
  bundles.forEach((bundle, column) => {
    const { gain, rows, values } = columnOf(market, bundle);
    mixed.low.push(0);
    mixed.high.push(1);
    mixed.gain.push(gain);
    needs[bundle.need]!.columns.push(column);
    needs[bundle.need]!.values.push(1);
    rows.forEach((row, k) => {
      joint[row]!.columns.push(column);
      joint[row]!.values.push(values[k]!);
    });
  });
  mixed.rows.push(...needs, ...joint.filter(({ low, columns }) => columns.length > 0 || low > 0));
  const unitsFrom = (values: Float64Array) =>
    unitsOf(
      market,
      bundles.filter((_, k) => values[k]! > 0.5),
    );
  return { mixed, constant: market.decided, unitsFrom };
}
