/**
 * A mixed-integer programme over whole columns, solved by HiGHS, with a status and a bound in any event.
 *
 * Maximise Σ gain × x, rows in their ranges, x whole in its range. Gains and rows are scaled by powers of two
 * (exact) to the size that floating point tolerances are made for. Values are rounded and handed back as
 * whole numbers; the caller checks them in whole arithmetic. The bound is the solver's own, in floating point,
 * rounded down to a whole number with a little room: it is not a certificate.
 *
 * It blocks its thread while it runs; it is asked to stop at the solver's checkpoints.
 */
import type { Highs, Model } from 'highs';
import { loadHighs } from './load-highs.ts';

export type MixedModel = {
  readonly low: number[];
  readonly high: number[];
  /** Whole gains. */
  readonly gain: number[];
  readonly rows: MixedRow[];
};

export type MixedRow = {
  readonly low: number;
  readonly high: number;
  readonly columns: number[];
  readonly values: number[];
};

export type MixedControl = {
  /** Values of all columns that respect all rows: where the search starts. */
  readonly start?: Float64Array | null;
  /** On the clock of `performance.now()`. */
  readonly end: number;
  readonly shouldCancel: () => boolean;
  /** Stop within this of the greatest gain. */
  readonly gap?: number;
  /** Stop at the first solution. */
  readonly anySolution?: boolean;
  /** Stop at this gain, which is known to be the greatest. */
  readonly target?: number;
};

export type MixedAnswer = {
  readonly end: 'optimal' | 'infeasible' | 'cancelled' | 'stopped';
  /** Whole values of the best solution known. */
  readonly values: Float64Array | null;
  /** No solution gains more; Infinity when nothing is known. */
  readonly bound: number;
};

export async function solveMixed(mixed: MixedModel, control: MixedControl): Promise<MixedAnswer> {
  if (mixed.low.length === 0) return solveNothing(mixed);
  if (control.shouldCancel()) return { end: 'cancelled', values: null, bound: Infinity };
  if (performance.now() >= control.end) return { end: 'stopped', values: null, bound: Infinity };
  const highs = await loadHighs();
  const left = (control.end - performance.now()) / 1000;
  if (left <= 0) return { end: 'stopped', values: null, bound: Infinity };
  const scale = scaleOf(mixed.gain);
  using model = highs.createModel(highsModel(highs, mixed, scale));
  model.options.set({
    output_flag: false,
    mip_rel_gap: 0,
    mip_abs_gap: Math.max(0.9, control.gap ?? 0) * scale,
    mip_feasibility_tolerance: 1e-7,
    ...(left < Infinity ? { time_limit: left } : {}),
    ...(control.anySolution ? { mip_max_improving_sols: 1 } : {}),
    ...(control.target === undefined ? {} : { objective_target: (control.target - 0.5) * scale }),
  });
  if (control.start) model.setSolution({ colValue: control.start });
  return run(highs, model, scale, control.shouldCancel);
}

function run(highs: Highs, model: Model, scale: number, shouldCancel: () => boolean): MixedAnswer {
  const { callbackType, modelStatus } = highs.constants;
  let interrupted = false;
  const ask = (event: { interrupt(): void }): undefined => {
    if (!interrupted && !shouldCancel()) return;
    interrupted = true;
    event.interrupt();
  };
  const outcome = model.run({ [callbackType.mipInterrupt]: ask, [callbackType.simplexInterrupt]: ask });
  if (interrupted) return { end: 'cancelled', values: null, bound: Infinity };
  if (outcome.modelStatus === modelStatus.infeasible) return { end: 'infeasible', values: null, bound: -Infinity };
  const optimal = outcome.modelStatus === modelStatus.optimal;
  const found = Number(model.info.get('primal_solution_status')) === highs.constants.solutionStatus.feasible;
  const values = found ? model.getSolution().colValue.map((value) => Math.round(value) + 0) : null;
  const bound = Number(model.info.get('mip_dual_bound')) / scale;
  const known = Number.isFinite(bound) && Math.abs(bound) < 1e19;
  return { end: optimal ? 'optimal' : 'stopped', values, bound: known ? Math.floor(bound + 0.05) : Infinity };
}

/** Without columns the rows hold or do not. */
function solveNothing({ rows }: MixedModel): MixedAnswer {
  const holds = rows.every(({ low, high }) => low <= 0 && high >= 0);
  return holds
    ? { end: 'optimal', values: new Float64Array(0), bound: 0 }
    : { end: 'infeasible', values: null, bound: -Infinity };
}

function highsModel(highs: Highs, mixed: MixedModel, scale: number): Parameters<Model['passModel']>[0] {
  const numCols = mixed.low.length;
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  for (const row of mixed.rows) {
    const factor = scaleOf(row.values);
    row.columns.forEach((column, k) => {
      indices.push(column);
      values.push(row.values[k]! * factor);
    });
    starts.push(indices.length);
    rowLower.push(row.low * factor);
    rowUpper.push(row.high * factor);
  }
  return {
    numCols,
    numRows: mixed.rows.length,
    sense: highs.constants.objectiveSense.maximize,
    colCost: Float64Array.from(mixed.gain, (gain) => gain * scale),
    colLower: Float64Array.from(mixed.low),
    colUpper: Float64Array.from(mixed.high),
    rowLower: Float64Array.from(rowLower),
    rowUpper: Float64Array.from(rowUpper),
    integrality: new Int32Array(numCols).fill(1),
    matrix: {
      format: 'csr',
      numRows: mixed.rows.length,
      numCols,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
  };
}

/** The power of two that brings the greatest of these to between 512 and 1024, at most 1. */
function scaleOf(values: readonly number[]): number {
  const greatest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return Math.min(1, 2 ** (9 - Math.floor(Math.log2(greatest))));
}
