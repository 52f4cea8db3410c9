/**
 * Calm: of all best plans, the one that changes least against the plan in force.
 *
 * Problem: among the plans with the same leximin and the same greatest total, minimise Σ |units − units in
 * force| over the pairs (the units moved; one unit that goes from one offer to another counts two: one
 * withdrawn, one added). The cost |x − w| is convex in x: two stretches, −1 a unit up to w and +1 beyond.
 * Exact by `optimal-face.ts`, where it is proven: one minimum-cost flow on the face of the best plans. The
 * certificate stays as it is: it proves every best plan.
 *
 * Units in force on pairs that are no longer in the problem cannot be kept by any plan: they are counted
 * apart (`gone`) and decide nothing. Complexity: one flow over the pairs that are undecided, often none.
 */
import type { AllocationProblem } from './allocation.ts';
import { summarise } from './allocation.ts';
import type { Face, Optimal } from './optimal-face.ts';
import { cheapestOnFace, optimalFace } from './optimal-face.ts';

/** The plan in force in the terms of a problem: units per pair of it, and what is left over. */
export type InForce = {
  readonly units: Int32Array;
  /** Rows of the plan in force whose pair is not in the problem any more. */
  readonly gone: readonly PlacedUnits[];
};

export type PlacedUnits = { readonly need: string; readonly offer: string; readonly units: number };
export type Identities = { readonly needs: readonly string[]; readonly offers: readonly string[] };

export type Changes = {
  readonly added: number;
  readonly withdrawn: number;
  /** added + withdrawn: the fewest that a best plan can have. */
  readonly moved: number;
  /** Units in force on pairs that are no longer in the problem: lost to every plan, not in `moved`. */
  readonly gone: number;
};

export type CalmAnswer =
  | { readonly status: 'optimal'; readonly allocation: Optimal; readonly changes: Changes; readonly face: Face }
  | { readonly status: 'cancelled' }
  /** The list in force does not have one whole number ≥ 0 per pair; `row` is the first at fault. */
  | { readonly status: 'invalid'; readonly row: number }
  | { readonly status: 'too-large' };

/** Reads a plan in force by the ids of its needs and offers. Rows of the same pair are added up. */
export function alignInForce(problem: AllocationProblem, ids: Identities, rows: readonly PlacedUnits[]): InForce {
  const units = new Int32Array(problem.pairs.need.length);
  const needs = new Map(ids.needs.map((id, place) => [id, place]));
  const offers = new Map(ids.offers.map((id, place) => [id, place]));
  const width = ids.offers.length;
  const wanted = new Map<number, PlacedUnits[]>();
  const gone: PlacedUnits[] = [];
  for (const row of rows) {
    const [i, j] = [needs.get(row.need), offers.get(row.offer)];
    if (i === undefined || j === undefined) gone.push(row);
    else wanted.set(i * width + j, [...(wanted.get(i * width + j) ?? []), row]);
  }
  for (let a = 0; a < units.length && wanted.size > 0; a++) {
    const key = problem.pairs.need[a]! * width + problem.pairs.offer[a]!;
    for (const row of wanted.get(key) ?? []) units[a]! += row.units;
    wanted.delete(key);
  }
  for (const left of wanted.values()) gone.push(...left);
  return { units, gone };
}

/** The calmest of the best plans, and the face of all that are as calm (for `drawLots`). */
export function calmest(
  problem: AllocationProblem,
  answer: Optimal,
  inForce: InForce,
  shouldCancel?: () => boolean,
): CalmAnswer {
  const row = faultIn(inForce.units, problem.pairs.need.length);
  if (row >= 0) return { status: 'invalid', row };
  const found = cheapestOnFace(
    problem,
    optimalFace(problem, answer),
    (a, low, high) => {
      const kept = Math.max(low, Math.min(high, inForce.units[a]!));
      return [
        { units: kept - low, cost: -1 },
        { units: high - kept, cost: 1 },
      ];
    },
    shouldCancel,
  );
  if (found.status !== 'optimal') return found;
  const allocation: Optimal = { ...answer, ...summarise(problem, found.units) };
  return { status: 'optimal', allocation, changes: changesBetween(inForce, found.units), face: found.face };
}

/** What differs between a plan in force and another. */
export function changesBetween(inForce: InForce, units: Int32Array): Changes {
  let [added, withdrawn] = [0, 0];
  for (let a = 0; a < units.length; a++) {
    const more = units[a]! - inForce.units[a]!;
    if (more > 0) added += more;
    else withdrawn -= more;
  }
  const gone = inForce.gone.reduce((sum, row) => sum + row.units, 0);
  return { added, withdrawn, moved: added + withdrawn, gone };
}

function faultIn(units: Int32Array, pairs: number): number {
  if (units.length !== pairs) return Math.min(units.length, pairs);
  return units.findIndex((one) => one < 0);
}
