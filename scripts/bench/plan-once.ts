/**
 * One measure of the planning bench in a process of its own: `plan-once TASK REPS FILE [SIZE]` prints it as JSON. The
 * task `in-hand` makes one fair plan, untimed, and prints a list: what can be asked of a plan in hand, one after the other.
 * The task `write` makes the instance of SIZE and writes it to FILE, and to FILE.min for peers that read DIMACS;
 * all others read it.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Allocation, AllocationProblem } from '../../src/algorithms/flow/allocation.ts';
import { checkAllocation } from '../../src/algorithms/flow/check-allocation.ts';
import { explainUnmetNeeds } from '../../src/algorithms/flow/explain-allocation.ts';
import { greatestTotal } from '../../src/algorithms/flow/greatest-total.ts';
import { replan, startSession } from '../../src/algorithms/flow/leximin.ts';
import { territory, type TerritorySize } from '../../src/algorithms/flow/make-territory.ts';
import { worthOfOffers } from '../../src/algorithms/flow/offer-worth.ts';
import { greatestTotalInThreads } from '../commands/part-pool.ts';
import { readInstance, writeDimacsInstance, writeInstance } from './instance-file.ts';

const [task = '', reps = '1', file = '', size = '{}'] = process.argv.slice(2);
if (task === 'write') {
  const made = territory(JSON.parse(size) as TerritorySize);
  writeInstance(made, file);
  if (made.pairs.need.length < 3e6) writeDimacsInstance(made, `${file}.min`);
  process.exit();
}
const problem = readInstance(file);
/** Beyond, every explanation is a list of millions of limits. */
const MOST_EXPLAINED = 1000;
/** A measure of many repetitions ends after so long. */
const MOST_MS = 6000;
console.log(JSON.stringify(task === 'in-hand' ? await measureInHand() : await measure(await taskNamed(task))));

async function measure(run: (k: number) => number | Promise<number>) {
  const times: number[] = [];
  let total = 0;
  const begun = performance.now();
  for (let k = 0; k < Number(reps) && (k < 3 || performance.now() - begun < MOST_MS); k++) {
    const start = performance.now();
    const found = await run(k);
    times.push(performance.now() - start);
    total = found;
  }
  const [first = 0] = times;
  const median = times.toSorted((x, y) => x - y)[times.length >> 1] ?? 0;
  return { first, median, megabytes: mostMegabytes(), total, pairs: problem.pairs.need.length };
}

async function measureInHand() {
  const session = startSession(problem);
  const { allocation } = session;
  if (allocation.status !== 'optimal') throw new Error(`the plan in hand is ${allocation.status}`);
  const tasks: Record<string, (k: number) => number> = {
    'check of the proof': () => {
      if (!checkAllocation(problem, allocation).accepted) throw new Error('The proof was refused');
      return allocation.totalScore;
    },
    ...(problem.needs.wanted.length <= MOST_EXPLAINED && {
      'every explanation': () => {
        explainUnmetNeeds(problem, allocation);
        worthOfOffers(problem, allocation);
        return allocation.totalScore;
      },
    }),
    'what-if: one capacity': (k) => totalOf(replan(session, withCapacity(k))),
    'what-if: one need': (k) => totalOf(replan(session, withdrawn(k))),
  };
  const rows = [];
  for (const [label, run] of Object.entries(tasks)) rows.push({ label, ...(await measure(run)) });
  return rows;
}

async function taskNamed(name: string): Promise<(k: number) => number | Promise<number>> {
  if (name === 'total') return () => totalOf(greatestTotal(problem));
  if (name === 'threads') {
    const workerUrl = new URL(import.meta.url.replace('plan-once', 'part-worker'));
    return async () => totalOf(await greatestTotalInThreads(problem, { threads: 2, workerUrl }));
  }
  if (name === 'highs-total') {
    const { greatestTotalByHighs } = await import('./highs-total.ts');
    return () => greatestTotalByHighs(problem);
  }
  if (name === 'leximin') return () => totalOf(startSession(problem).allocation);
  if (name === 'highs-leximin') {
    const { solveWithHighs } = await import('../../src/algorithms/flow/highs-solver.ts');
    return async () => totalOf(await solveWithHighs(problem));
  }
  throw new Error(`No task is called ${name}`);
}

function totalOf(answer: { readonly status: string } | Allocation): number {
  if (answer.status !== 'optimal' || !('totalScore' in answer)) throw new Error(`${task} ended as ${answer.status}`);
  return answer.totalScore;
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

/** What this process held at most. On Linux `maxRSS` may be that of the process that started it. */
function mostMegabytes(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /VmHWM:\s*(\d+)/.exec(status)?.[1];
  return Number(kilobytes ?? process.resourceUsage().maxRSS) / 1024;
}
