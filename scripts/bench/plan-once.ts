/**
 * One measure of the planning bench in a process of its own: `plan-once.ts TASK REPS SIZE FILE` prints it as
 * JSON. The task `total` also writes the instance to FILE for peers in other languages: 32-bit whole numbers,
 * needs, offers, pairs | wanted | capacity | start of each need's pairs | offer | score | cap.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { Allocation, AllocationProblem } from '../../src/algorithms/flow/allocation.ts';
import { checkAllocation } from '../../src/algorithms/flow/check-allocation.ts';
import { groupPairs } from '../../src/algorithms/flow/group-pairs.ts';
import { replan, startSession } from '../../src/algorithms/flow/leximin.ts';
import type { TerritorySize } from '../../src/algorithms/flow/make-territory.ts';
import { territory } from '../../src/algorithms/flow/make-territory.ts';

const [task = '', reps = '1', size = '{}', file = ''] = process.argv.slice(2);
const problem = territory(JSON.parse(size) as TerritorySize);
const times: number[] = [];
let answer: Allocation | null = null;
const run = await taskNamed(task);
for (let k = 0; k < Number(reps); k++) {
  const start = performance.now();
  const given = await run(k);
  times.push(performance.now() - start);
  answer = given;
}
if (answer?.status !== 'optimal') throw new Error(`${task} ended as ${answer?.status}`);
const [first = 0] = times;
const median = times.toSorted((x, y) => x - y)[times.length >> 1] ?? 0;
const megabytes = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ first, median, megabytes, total: answer.totalScore, pairs: problem.pairs.need.length }));
if (task === 'total') writeInstance(problem, file);

async function taskNamed(name: string): Promise<(k: number) => Allocation | Promise<Allocation>> {
  if (name === 'total') return () => startSession(problem, {}, 'total').allocation;
  if (name === 'leximin') return () => startSession(problem).allocation;
  if (name === 'highs') {
    const { solveWithHighs } = await import('../../src/algorithms/flow/highs-solver.ts');
    return () => solveWithHighs(problem);
  }
  const session = startSession(problem);
  const { allocation } = session;
  if (name === 'capacity') return (k) => replan(session, withCapacity(k));
  if (name === 'need') return (k) => replan(session, withdrawn(k));
  if (name !== 'check') throw new Error(`No task is called ${name}`);
  return () => {
    if (!checkAllocation(problem, allocation).accepted) throw new Error('The proof was refused');
    return allocation;
  };
}

/** Three units more at one offer, then back. */
function withCapacity(k: number): AllocationProblem {
  const { capacity } = problem.offers;
  const j = (7919 * (k >> 1)) % capacity.length;
  return {
    ...problem,
    offers: { ...problem.offers, capacity: capacity.with(j, (capacity[j] ?? 0) + (k & 1 ? 0 : 3)) },
  };
}

/** One need withdrawn, then back. */
function withdrawn(k: number): AllocationProblem {
  const { wanted } = problem.needs;
  const i = (7919 * (k >> 1)) % wanted.length;
  return { ...problem, needs: { ...problem.needs, wanted: wanted.with(i, k & 1 ? (wanted[i] ?? 0) : 0) } };
}

function writeInstance({ needs, offers, pairs }: AllocationProblem, path: string): void {
  const { start } = groupPairs(pairs.need, needs.wanted.length);
  const sizes = Int32Array.of(needs.wanted.length, offers.capacity.length, pairs.need.length);
  const handle = openSync(path, 'w');
  for (const list of [sizes, needs.wanted, offers.capacity, start, pairs.offer, pairs.score, pairs.cap]) {
    writeSync(handle, new Uint8Array(list.buffer, list.byteOffset, list.byteLength));
  }
  closeSync(handle);
}
