/**
 * Where the fairest plans lie when side constraints must be respected too.
 *
 * First the fairest plans of the flow, if any of them respects everything (`fairestBox`): they are a box, and
 * nothing is fairer. Else levels are raised one by one (`raiseLevels`): the served units that side constraints
 * leave are no polymatroid, so no prices will do; instead the number of needs above each level, from the
 * lowest on, is made as great as can be, given those before (lexicographic optimisation of the distribution:
 * Ogryczak and Śliwiński, "On direct methods for lexicographic min-max optimization", 2006). The levels are
 * few: k / (wanted × weight). As long as counts equal those of the flow, which no plan can pass, and where the
 * plan in hand already has as many as can be, nothing is solved.
 */
import type { AllocationProblem } from './allocation.ts';
import type { Control } from './within.ts';
import { bestOf } from './within.ts';
import type { Box } from './floors.ts';
import { solveMixed } from './mixed-integer.ts';
import type { Optimal } from './optimal-face.ts';
import { optimalFace } from './optimal-face.ts';
import { respectsTask } from './respects.ts';
import type { Counted, SideTask } from './side-model.ts';
import { sideModel } from './side-model.ts';

/** All lawful plans with the leximin of `answer`, whatever their total. */
export function fairestBox(problem: AllocationProblem, answer: Optimal): Box {
  const { needFairness, offerFairness } = answer.certificate;
  const nothing = (list: Float64Array) => new Float64Array(list.length);
  const score = new Int32Array(problem.pairs.score.length);
  const certificate = {
    needFairness,
    offerFairness,
    needScore: nothing(needFairness),
    offerScore: nothing(offerFairness),
  };
  return optimalFace({ ...problem, pairs: { ...problem.pairs, score } }, { ...answer, certificate });
}

export type Raised = {
  readonly end: 'optimal' | 'stopped' | 'cancelled' | 'infeasible';
  /** What was reached, level by level; proven to the last when `optimal`. */
  readonly counted: readonly Counted[];
  /** A plan that has them; null when none was found in time. */
  readonly units: Int32Array | null;
};

/** `served`: units per need in a plan that is fairest without side constraints, null when not known. */
export async function raiseLevels(
  task: SideTask,
  known: readonly Int32Array[],
  served: Int32Array | null,
  control: Control,
): Promise<Raised> {
  let best = fairestOf(task, known);
  let counted: Counted[] = [];
  let matched = served !== null;
  let most = task.problem.needs.wanted.reduce((sum, wanted) => sum + (wanted > 0 ? 1 : 0), 0);
  for (const units of thresholds(task.problem)) {
    const reached = best === null ? -1 : countOf(servedBy(task.problem, best), units);
    const bound = matched ? Math.min(most, countOf(served!, units)) : most;
    let count = reached;
    if (reached < bound) {
      const model = sideModel({ ...task, counted }, units);
      const answer = await solveMixed(model.mixed, {
        start: best === null ? null : model.valuesFrom(best),
        end: control.end,
        shouldCancel: control.shouldCancel,
        target: bound - model.constant,
      });
      if (answer.end === 'cancelled') return { end: 'cancelled', counted, units: best };
      if (answer.end === 'infeasible' && best === null) return { end: 'infeasible', counted, units: null };
      const found = answer.values === null ? null : model.unitsFrom(answer.values);
      const isLawful = found !== null && respectsTask({ ...task, counted }, found);
      const better = isLawful ? countOf(servedBy(task.problem, found), units) : -1;
      if (found !== null && better > count) [best, count] = [found, better];
      if (best === null) return { end: 'stopped', counted, units: null };
      const proven = count >= bound || answer.bound + model.constant <= count || answer.end === 'infeasible';
      if (!proven) return { end: 'stopped', counted: withCount(counted, units, count), units: best };
    }
    matched &&= count === countOf(served!, units);
    most = count;
    counted = withCount(counted, units, count);
  }
  return { end: best === null ? 'stopped' : 'optimal', counted, units: best };
}

/** A count that later ones imply is dropped. */
function withCount(counted: readonly Counted[], units: Int32Array, count: number): Counted[] {
  return [...counted.filter((earlier) => earlier.count > count), { units, count }];
}

/** For each level but the highest of all, from the lowest: the units that lift each need above it (more than it wants
 * where it cannot be lifted; never for those that want nothing). The level of a need that has all it wants is one of
 * them too: with other weights, others stand higher. */
function* thresholds({ needs }: AllocationProblem): Generator<Int32Array> {
  const { wanted, weight } = needs;
  const whole = wanted.map((units, i) => units * weight[i]!);
  // Fractions with denominators up to 2^26 differ by at least 2^-52: equal doubles, equal fractions.
  const levels = new Map<number, readonly [number, number]>();
  const seen = new Set<string>();
  wanted.forEach((units, i) => {
    if (seen.has(`${whole[i]} ${units}`)) return;
    seen.add(`${whole[i]} ${units}`);
    for (let k = 0; k <= units; k++) if (whole[i]! > 0) levels.set(k / whole[i]!, [k, whole[i]!]);
  });
  for (const level of [...levels.keys()].toSorted((x, y) => x - y).slice(0, -1)) {
    const [k, c] = levels.get(level)!;
    yield wanted.map((units, i) => (units === 0 ? 2 ** 30 : Math.floor((k * whole[i]!) / c) + 1));
  }
}

function countOf(served: Int32Array, units: Int32Array): number {
  let count = 0;
  for (let i = 0; i < served.length; i++) if (served[i]! >= units[i]!) count++;
  return count;
}

function servedBy({ needs, pairs }: AllocationProblem, units: Int32Array): Int32Array {
  const served = new Int32Array(needs.wanted.length);
  for (let a = 0; a < units.length; a++) served[pairs.need[a]!]! += units[a]!;
  return served;
}

/** Of the plans that respect the task, the fairest. */
function fairestOf(task: SideTask, known: readonly Int32Array[]): Int32Array | null {
  const lawful = known.filter((units) => bestOf(task, [units]) !== null);
  if (lawful.length < 2) return lawful[0] ?? null;
  const levels = new Map(lawful.map((units) => [units, sortedLevels(task.problem, units)]));
  return lawful.reduce((best, units) => {
    const [x, y] = [levels.get(units)!, levels.get(best)!];
    const place = x.findIndex((level, k) => level !== y[k]!);
    return place >= 0 && x[place]! > y[place]! ? units : best;
  });
}

/** Levels of the needs that want something, worst first. */
export function sortedLevels(problem: AllocationProblem, units: Int32Array): Float64Array {
  const { wanted, weight } = problem.needs;
  const served = servedBy(problem, units);
  return Float64Array.from(wanted.keys(), (i) => (wanted[i] === 0 ? -1 : served[i]! / (wanted[i]! * weight[i]!)))
    .filter((level) => level >= 0)
    .toSorted();
}
