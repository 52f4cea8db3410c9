/** Does a plan respect everything it must? Linear time. Written apart from the checker, which shares nothing. */
import type { AllocationProblem } from './allocation.ts';
import type { Ranges } from './optimal-face.ts';
import type { SideConstraints } from './side-constraints.ts';
import type { SideTask } from './side-model.ts';

/** The limits of pairs, needs and offers. */
export function isLawful({ needs, offers, pairs }: AllocationProblem, units: Int32Array): boolean {
  const room = needs.wanted.slice();
  const given = new Int32Array(offers.capacity.length);
  for (let a = 0; a < units.length; a++) {
    if (units[a]! < pairs.minimum[a]! || units[a]! > pairs.cap[a]!) return false;
    room[pairs.need[a]!]! -= units[a]!;
    given[pairs.offer[a]!]! += units[a]!;
  }
  return (
    room.every((left) => left >= 0) && given.every((sum, j) => offers.minimum[j]! <= sum && sum <= offers.capacity[j]!)
  );
}

/** The side constraints. */
export function respectsSides(
  problem: AllocationProblem,
  { budgets, partners, together, floors }: SideConstraints,
  units: Int32Array,
): boolean {
  const { need, score } = problem.pairs;
  const left = budgets?.limit.slice();
  const free = partners?.slice();
  const missing = floors?.slice();
  for (let a = 0; a < units.length; a++) {
    if (units[a] === 0) continue;
    const i = need[a]!;
    const budget = budgets?.ofNeed[i] ?? -1;
    if (left && budgets && budget >= 0) left[budget]! -= budgets.value[a]! * units[a]!;
    if (free && partners![i]! >= 0 && --free[i]! < 0) return false;
    if (missing) missing[i]! -= score[a]! * units[a]!;
  }
  if (left?.some((cents) => cents < 0) || missing?.some((sum) => sum > 0)) return false;
  return together === undefined || together.first.every((a, k) => units[a]! > 0 === units[together.second[k]!]! > 0);
}

/** Everything that a step of the solver asks for: in its box, side constraints, floors, levels counted so far. */
export function respectsTask(task: SideTask, units: Int32Array): boolean {
  const { problem, constraints, box, floors, counted } = task;
  if (!respectsSides(problem, constraints, units)) return false;
  const served = new Int32Array(problem.needs.wanted.length);
  const given = new Int32Array(problem.offers.capacity.length);
  const sums = new Float64Array(served.length);
  for (let a = 0; a < units.length; a++) {
    served[problem.pairs.need[a]!]! += units[a]!;
    given[problem.pairs.offer[a]!]! += units[a]!;
    sums[problem.pairs.need[a]!]! += units[a]! * problem.pairs.score[a]!;
  }
  const { pairs, needs, offers } = box;
  if (!isWithin(pairs, units) || !isWithin(needs, served) || !isWithin(offers, given)) return false;
  if (sums.some((sum, i) => sum < floors[i]!)) return false;
  return counted.every(
    ({ units: least, count }) => served.reduce((met, k, i) => met + (k >= least[i]! ? 1 : 0), 0) >= count,
  );
}

function isWithin({ low, high }: Ranges, values: Int32Array): boolean {
  return values.every((value, place) => low[place]! <= value && value <= high[place]!);
}
