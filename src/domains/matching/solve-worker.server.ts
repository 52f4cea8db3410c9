/**
 * The thread in which a try is solved, so that the server goes on answering meanwhile. It reads nothing but the pool
 * that it was given and writes nothing: what it makes goes back as a message.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { solveLeximin } from '../../algorithms/flow/leximin.ts';
import { present } from '../../lib/assert.ts';
import { makePlan } from './make-plan.ts';
import type { SolverMessage, SolverTask } from './solving.ts';

const port = present(parentPort, 'the thread that asked');
const { pool, flag, timeLimitMs } = workerData as SolverTask;
const tell = (message: SolverMessage) => port.postMessage(message);

const made = await makePlan(pool, {
  solve: solveLeximin,
  timeLimitMs,
  onProgress: (percent, step) => tell({ kind: 'progress', percent, step }),
  shouldCancel: () => Atomics.load(flag, 0) === 1,
});
tell(made);
