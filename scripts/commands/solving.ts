/**
 * Solves and explains in a thread of its own; an end always comes, also when the thread dies or does not listen.
 *
 * Must always hold: a cancelled try gives nothing; explanations that take longer than their time are left out, and the
 * plan stands without them.
 */
import { Worker } from 'node:worker_threads';
import type { Allocation, AllocationProblem, Plan } from '../../src/algorithms/flow/allocation.ts';
import type { UnmetNeed } from '../../src/algorithms/flow/explain-allocation.ts';
import type { OfferWorth } from '../../src/algorithms/flow/offer-worth.ts';
import type { WrittenLimits } from '../../src/domains/matching/limits.ts';

/** What the thread is born with. `flag[0]` becomes 1 when the person cancels. */
export interface SolveTask {
  readonly problem: AllocationProblem;
  readonly flag: Int32Array<SharedArrayBuffer>;
  readonly timeLimitMs: number | undefined;
  /** What plans must respect beside the limits of the problem. */
  readonly limits: WrittenLimits | null;
}

export type SolveMessage =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'solved'; readonly answer: Answer }
  | ({ readonly kind: 'explained' } & Explained);

/** A plan is `limited` where limits of partners or budgets were in its way: no prices prove it, the solver's word stands. */
export type Answer =
  | Allocation
  | { readonly status: 'limited'; readonly isProven: boolean; readonly plan: Plan }
  | { readonly status: 'none-known' }
  | { readonly status: 'limits-contradict'; readonly needs: readonly number[] };

export interface Explained {
  /** Reasons were read from each need's own pairs: there were too many needs to look further. */
  readonly isBrief: boolean;
  readonly unmet: readonly UnmetNeed[];
  readonly worth: readonly OfferWorth[];
}

export interface Solved {
  readonly answer: Answer;
  /** Null for plans that are not optimal, and when explaining took too long. */
  readonly explained: Explained | null;
}

export interface SolvingOptions {
  readonly timeLimitMs: number | undefined;
  readonly limits: WrittenLimits | null;
  readonly onProgress: (step: 'solving' | 'explaining', share: number) => void;
  /** Called with what cancels. */
  readonly onStart: (cancel: () => void) => void;
}

/** What explaining may take when no time limit is set, and a thread that was told to stop. */
const EXPLAINING_MS = 60_000;
const PATIENCE_MS = 1_500;

export function solveInThread(problem: AllocationProblem, options: SolvingOptions): Promise<Solved> {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const { timeLimitMs, limits } = options;
  const workerData: SolveTask = { problem, flag, timeLimitMs, limits };
  const worker = new Worker(new URL('./solve-worker.ts', import.meta.url), { workerData, execArgv: [] });
  let answer: Answer | undefined;
  const timers: NodeJS.Timeout[] = [];
  return new Promise<Solved>((resolve, reject) => {
    const finish = (solved: Solved) => {
      for (const timer of timers) clearTimeout(timer);
      resolve(solved);
      void worker.terminate();
    };
    const cancelled: Solved = { answer: { status: 'cancelled' }, explained: null };
    options.onStart(() => {
      Atomics.store(flag, 0, 1);
      if (answer !== undefined) finish(cancelled);
      timers.push(setTimeout(finish, PATIENCE_MS, cancelled));
    });
    worker.on('message', (message: SolveMessage) => {
      if (message.kind === 'progress') options.onProgress('solving', message.share);
      else if (message.kind === 'explained') finish({ answer: answer ?? cancelled.answer, explained: message });
      else {
        answer = message.answer;
        if (answer.status !== 'optimal') return finish({ answer, explained: null });
        options.onProgress('explaining', 1);
        timers.push(setTimeout(finish, EXPLAINING_MS, { answer, explained: null }));
      }
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('the solving thread ended without a word')));
  });
}
