/** The thread in which parts of a problem are solved, one after the other (`part-pool.ts`). */
import { parentPort, workerData } from 'node:worker_threads';
import { solvePart } from '../../src/algorithms/flow/greatest-total.ts';
import { present } from '../../src/lib/assert.ts';
import type { PartAnswer, PartErrand, PartThread } from './part-pool.ts';

const port = present(parentPort, 'the thread that asked');
const { flag, endsAt } = workerData as PartThread;

port.on('message', (problem: PartErrand) => {
  const answer: PartAnswer = solvePart(problem, {
    shouldCancel: () => Atomics.load(flag, 0) === 1,
    timeLimitMs: endsAt - Date.now(),
  });
  port.postMessage(answer);
});
