/**
 * The plain solve in several threads, where needs and offers fall apart: one part an errand.
 *
 * Must always hold: the plan is the one that `greatestTotal` makes in one thread, to the last unit; an end always
 * comes: a thread that dies ends the whole with a sentence, one that does not listen is ended from outside, and
 * when the time is up there is a lawful plan.
 */
import { Worker } from 'node:worker_threads';
import type { Allocation, AllocationProblem } from '../../src/algorithms/flow/allocation.ts';
import {
  greatestTotal,
  joinParts,
  refuse,
  solvePart,
  type TotalAnswer,
  type TotalOptions,
} from '../../src/algorithms/flow/greatest-total.ts';
import { cutOut, findSplit, type ProblemPart, type Split } from '../../src/algorithms/flow/split-problem.ts';

/** What a thread is born with. `flag[0]` becomes 1 when the caller cancels. */
export interface PartThread {
  readonly flag: Int32Array<SharedArrayBuffer>;
  /** On the clock that all threads share: milliseconds since 1970. */
  readonly endsAt: number;
}

export type PartErrand = AllocationProblem;
export type PartAnswer = Allocation;

export type PoolAnswer = TotalAnswer | { readonly status: 'thread-lost'; readonly sentence: string };

export type PoolOptions = Pick<TotalOptions, 'bytesAllowed' | 'timeLimitMs'> & {
  readonly threads: number;
  /** Becomes aborted when the caller cancels. */
  readonly signal?: AbortSignal;
  /** How long a thread may go on after it was cancelled or its time was up. */
  readonly patienceMs?: number;
  readonly workerUrl?: URL;
};

type Members = Omit<ProblemPart, 'problem'>;

export async function greatestTotalInThreads(problem: AllocationProblem, options: PoolOptions): Promise<PoolAnswer> {
  const { signal, threads, ...limits } = options;
  const split = threads > 1 ? findSplit(problem) : null;
  if (split === null) return greatestTotal(problem, { ...limits, shouldCancel: () => signal?.aborted ?? false });
  const refused = refuse(problem, options.bytesAllowed);
  if (refused !== null) return refused;
  if (signal?.aborted) return { status: 'cancelled' };
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const cancel = () => Atomics.store(flag, 0, 1);
  signal?.addEventListener('abort', cancel);
  try {
    return await solveParts(problem, split, flag, options);
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

function solveParts(
  problem: AllocationProblem,
  split: Split,
  flag: Int32Array<SharedArrayBuffer>,
  { threads, timeLimitMs = Infinity, signal, patienceMs = 500, workerUrl = SOURCE_WORKER }: PoolOptions,
): Promise<PoolAnswer> {
  const parts: Members[] = [];
  const answers: Allocation[] = [];
  const workers: Worker[] = [];
  const workerData: PartThread = { flag, endsAt: Date.now() + timeLimitMs };
  let [next, ended] = [0, 0];
  let timer: NodeJS.Timeout | undefined;
  return new Promise<PoolAnswer>((resolve) => {
    const finish = (answer: PoolAnswer) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      resolve(answer);
      for (const worker of workers) void worker.terminate();
    };
    const onAbort = () => {
      timer = setTimeout(finish, patienceMs, { status: 'cancelled' });
    };
    signal?.addEventListener('abort', onAbort);
    // What no thread has answered by then gets the plan that is made at once.
    const answerNow = () => {
      for (let part = 0; part < split.parts; part++) {
        if (answers[part] !== undefined) continue;
        const { problem: own, ...members } = cutOut(problem, split, part);
        parts[part] = members;
        answers[part] = solvePart(own, { timeLimitMs: 0 });
      }
      finish(joinParts(problem, parts, answers));
    };
    if (timeLimitMs < Infinity) timer = setTimeout(answerNow, timeLimitMs + patienceMs);
    const sendNext = (worker: Worker) => {
      if (next === split.parts) return;
      const part = next++;
      const { problem: own, ...members } = cutOut(problem, split, part);
      parts[part] = members;
      worker.removeAllListeners('message');
      worker.once('message', (answer: PartAnswer) => {
        answers[part] = answer;
        if (++ended === split.parts) finish(joinParts(problem, parts, answers));
        else sendNext(worker);
      });
      worker.postMessage(own satisfies PartErrand, buffersOf(own));
    };
    for (let k = 0; k < Math.min(threads, split.parts); k++) {
      const worker = new Worker(workerUrl, { workerData, execArgv: [] });
      workers.push(worker);
      worker.on('error', (error) => finish(lost(error)));
      worker.on('exit', () => finish(lost(new Error('it ended without a word'))));
      sendNext(worker);
    }
  });
}

const SOURCE_WORKER = new URL('./part-worker.ts', import.meta.url);

function lost(error: unknown): PoolAnswer {
  const reason = error instanceof Error ? error.message : String(error);
  return { status: 'thread-lost', sentence: `A solving thread was lost (${reason}): nothing was planned. Try again.` };
}

/** Handed over, not copied: a part is made for its thread. */
function buffersOf({ needs, offers, pairs }: AllocationProblem): ArrayBuffer[] {
  const lists = [needs.wanted, needs.weight, offers.capacity, offers.minimum, ...Object.values(pairs)];
  return lists.map((list) => list.buffer as ArrayBuffer);
}
