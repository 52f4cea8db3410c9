/** One row of the bench of side constraints, in a process of its own: `side-once.ts SOLVER INSTANCE SECONDS REPETITIONS`. */
import { checkSideConstraints } from '../../src/algorithms/flow/check-side-constraints.ts';
import { dimacsReader } from '../../src/algorithms/flow/dimacs.ts';
import { wholeBox } from '../../src/algorithms/flow/floors.ts';
import { minimumCostFlow } from '../../src/algorithms/flow/minimum-cost-flow.ts';
import { solveMixed, type MixedAnswer } from '../../src/algorithms/flow/mixed-integer.ts';
import { sideModel } from '../../src/algorithms/flow/side-model.ts';
import { solveWithSideConstraints } from '../../src/algorithms/flow/solve-side-constraints.ts';
import { GRIDGEN, gridgenText, readInstance, type PublicInstance } from './public-instances.ts';

/** Times in milliseconds; sums in the words of the instance, null where nothing was found. */
export interface SideMeasure {
  readonly worst: number | null;
  readonly worstBound: number | null;
  readonly total: number | null;
  readonly bound: number | null;
  readonly status: string;
  readonly first: number;
  readonly median: number;
  readonly megabytes: number;
}

type Outcome = Omit<SideMeasure, 'first' | 'median' | 'megabytes'>;

const [solver = '', name = '', seconds = '10', repetitions = '1'] = process.argv.slice(2);
const limit = Number(seconds) * 1000;
const times: number[] = [];
let outcome: Outcome | undefined;
const solve = solverOf();
for (let k = 0; k < Number(repetitions); k++) {
  const start = performance.now();
  outcome = await solve();
  const taken = performance.now() - start;
  times.push(taken);
  // What stopped at its limit would only stop there again.
  if (taken > limit / 2) break;
}
const median = times.toSorted((x, y) => x - y)[times.length >> 1];
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ ...outcome, first: times[0], median, megabytes }));

function solverOf(): () => Promise<Outcome> {
  if (GRIDGEN.some((one) => one === name)) return gridgen(gridgenText(name));
  const instance = readInstance(name);
  if (solver === 'ours') return () => ours(instance);
  return () => (solver === 'naive' ? naive(instance) : totalOnly(instance));
}

async function ours(instance: PublicInstance): Promise<Outcome> {
  const { problem, constraints, raisesWorst } = instance;
  const answer = await solveWithSideConstraints(problem, constraints, {
    objective: raisesWorst ? 'leximin' : 'total',
    sumLevels: raisesWorst ? 1 : 0,
    timeLimitMs: limit,
  });
  if (!('plan' in answer) || answer.plan === null) return nothing(answer.status);
  const { plan } = answer;
  const verdict = checkSideConstraints(problem, constraints, plan);
  if (!verdict.accepted) throw new Error(`the checker refuses: ${JSON.stringify(verdict.refusal)}`);
  const [level] = plan.sumLevels;
  const status = answer.status === 'optimal' ? 'proven' : 'best known';
  return {
    ...told(instance, plan.units, plan.bound),
    worstBound: level ? worstTold(instance, level.bound) : null,
    status,
  };
}

/** The plain way: the floor is a column, and the worst is all that is asked for. */
async function naive(instance: PublicInstance): Promise<Outcome> {
  const { problem, constraints } = instance;
  const model = sideModel(taskOf(instance, true), 'total');
  const { mixed } = model;
  mixed.gain.fill(0);
  const most = 2 ** 30;
  mixed.low.push(0);
  mixed.high.push(most);
  const floor = mixed.gain.push(1) - 1;
  problem.needs.wanted.forEach((_, need) => {
    const columns = Array.from(problem.pairs.need.keys()).filter((a) => problem.pairs.need[a] === need);
    const values = columns.map((a) => problem.pairs.score[a] ?? 0);
    mixed.rows.push({ low: 0, high: Infinity, columns: [...columns, floor], values: [...values, -1] });
  });
  if (constraints.budgets !== undefined) throw new Error('the plain way is for instances without budgets');
  const answer = await solveMixed(mixed, { end: performance.now() + limit, shouldCancel: () => false });
  const found = answer.values === null ? null : model.unitsFrom(answer.values);
  const bound = answer.bound >= most ? null : worstTold(instance, answer.bound);
  const outcome =
    found === null ? nothing(answer.end) : { ...told(instance, found, Infinity), status: statusOf(answer) };
  return { ...outcome, bound: null, worstBound: bound };
}

async function totalOnly(instance: PublicInstance): Promise<Outcome> {
  const model = sideModel(taskOf(instance, instance.raisesWorst), 'total');
  const answer = await solveMixed(model.mixed, { end: performance.now() + limit, shouldCancel: () => false });
  if (answer.values === null) return nothing(answer.end);
  return { ...told(instance, model.unitsFrom(answer.values), answer.bound + model.constant), status: statusOf(answer) };
}

/** `isCovered`: every need gets all it wants, as the fairest plans of these instances do. */
function taskOf({ problem, constraints }: PublicInstance, isCovered: boolean) {
  const box = wholeBox(problem);
  if (isCovered) box.needs.low.set(problem.needs.wanted);
  return { problem, constraints, box, floors: new Float64Array(problem.needs.wanted.length), counted: [] };
}

function gridgen(text: string): () => Promise<Outcome> {
  const reader = dimacsReader();
  reader.write(new TextEncoder().encode(text));
  const parsed = reader.end();
  if (!parsed.ok) throw new Error(`The network cannot be read: ${JSON.stringify(parsed)}`);
  return async () => {
    const answer = minimumCostFlow(parsed.problem);
    if (answer.status !== 'optimal') return nothing(answer.status);
    const cost = Number(answer.cost);
    return { worst: null, worstBound: null, total: cost, bound: cost, status: 'proven' };
  };
}

function told(instance: PublicInstance, units: Int32Array, bound: number): Omit<Outcome, 'status'> {
  const { pairs, needs } = instance.problem;
  const sums = new Float64Array(needs.wanted.length);
  for (const [a, need] of pairs.need.entries()) {
    sums[need] = (sums[need] ?? 0) + (units[a] ?? 0) * (pairs.score[a] ?? 0);
  }
  const total = sums.reduce((sum, one) => sum + one, 0);
  const words = (value: number) => (instance.sign * value) / instance.scale + instance.shift;
  const worst = instance.scale === 1 ? null : worstTold(instance, Math.min(...sums));
  return { worst, worstBound: null, total: words(total), bound: Number.isFinite(bound) ? words(bound) : null };
}

/** All needs of these instances want as much. */
function worstTold({ problem, lift, scale }: PublicInstance, sum: number): number {
  return (sum - lift * (problem.needs.wanted[0] ?? 0)) / scale;
}

function statusOf({ end }: MixedAnswer): string {
  return end === 'optimal' ? 'proven' : 'best known';
}

function nothing(status: string): Outcome {
  return { worst: null, worstBound: null, total: null, bound: null, status };
}
