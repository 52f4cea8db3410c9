/** Solves a pool in a thread of its own, with progress, and an end that always comes. */
import { Worker } from 'node:worker_threads';
import type { Plan } from './plan.ts';
import type { Pool } from './pool.ts';
import type { RunFailure, RunStep } from './round.ts';
import type { SolverMessage, SolverTask } from './solving.ts';

export interface Solving {
  /** Never rejects: whatever happens to the thread becomes an end. */
  readonly end: Promise<SolvingEnd>;
  /** The newest word of the thread. */
  readonly progress: () => { readonly percent: number; readonly step: RunStep };
  /** Asks the thread to stop; ends it when it does not listen. */
  cancel(): void;
}

export type SolvingEnd =
  | { readonly kind: 'made'; readonly plan: Plan }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: RunFailure; readonly error: unknown };

export interface SolverOptions {
  /** The thread's program: the source itself, or the file that the build made of it. */
  readonly workerUrl: URL;
  readonly timeLimitMs?: number;
  /** How long a cancelled thread may take before it is ended from outside. */
  readonly patienceMs?: number;
  readonly memoryMegabytes?: number;
}

/** The source of the thread, when the program runs from its sources. */
export const SOURCE_WORKER = new URL('./solve-worker.server.ts', import.meta.url);

const TIME_LIMIT_MS = 10 * 60_000;
const PATIENCE_MS = 1500;
const MEMORY_MEGABYTES = 2048;

export function startSolving(pool: Pool, options: SolverOptions): Solving {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const workerData: SolverTask = { pool, flag, timeLimitMs: options.timeLimitMs ?? TIME_LIMIT_MS };
  const worker = new Worker(options.workerUrl, {
    workerData,
    // The parent's options (a loader of tests, a debugger) are not the thread's.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMegabytes ?? MEMORY_MEGABYTES },
  });
  let latest: { percent: number; step: RunStep } = { percent: 0, step: 'pairs' };
  let patience: NodeJS.Timeout | undefined;
  const end = new Promise<SolvingEnd>((resolve) => {
    const finish = (ended: SolvingEnd) => {
      clearTimeout(patience);
      resolve(ended);
      void worker.terminate();
    };
    worker.on('message', (message: SolverMessage) => {
      if (message.kind === 'progress')
        latest = { percent: Math.max(latest.percent, message.percent), step: message.step };
      else finish(message);
    });
    worker.on('error', (error) => finish({ kind: 'failed', failure: failureOf(error), error }));
    worker.on('exit', () =>
      finish(
        isAsked(flag)
          ? { kind: 'cancelled' }
          : { kind: 'failed', failure: 'unexpected', error: new Error('The solving thread ended without a word') },
      ),
    );
  });
  return {
    end,
    progress: () => latest,
    cancel() {
      if (isAsked(flag)) return;
      Atomics.store(flag, 0, 1);
      patience = setTimeout(() => void worker.terminate(), options.patienceMs ?? PATIENCE_MS);
    },
  };
}

function isAsked(flag: Int32Array<SharedArrayBuffer>): boolean {
  return Atomics.load(flag, 0) === 1;
}

function failureOf(error: unknown): RunFailure {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'unexpected';
}
