/** The thread in which a plan on files is solved and explained, so that Ctrl-C and progress are heard meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import type { SolveOptions } from '../../src/algorithms/flow/allocation.ts';
import { explainUnmetNeeds } from '../../src/algorithms/flow/explain-allocation.ts';
import { solveLeximin } from '../../src/algorithms/flow/leximin.ts';
import { worthOfOffers } from '../../src/algorithms/flow/offer-worth.ts';
import { present } from '../../src/lib/assert.ts';
import { explainBriefly } from './brief-reasons.ts';
import { answerLimited } from './answer-limited.ts';
import type { SolveMessage, SolveTask } from './solving.ts';

const port = present(parentPort, 'the thread that asked');
const { problem, flag, timeLimitMs, limits } = workerData as SolveTask;
const tell = (message: SolveMessage) => port.postMessage(message);
/** Pairs that the searches for reasons may look at: some seconds. */
const MOST_SEARCHED = 3e7;
let toldAt = 0;

const options: SolveOptions = {
  ...(timeLimitMs === undefined ? {} : { timeLimitMs }),
  shouldCancel: () => Atomics.load(flag, 0) === 1,
  onProgress: ({ share }) => {
    if (performance.now() < toldAt + 100) return;
    toldAt = performance.now();
    tell({ kind: 'progress', share });
  },
};
const answer = limits === null ? await solveLeximin(problem, options) : await answerLimited(problem, limits, options);
tell({ kind: 'solved', answer });
if (answer.status === 'optimal') {
  const unmet = problem.needs.wanted.filter((wanted, i) => wanted > (answer.served[i] ?? 0)).length;
  const isBrief = unmet * problem.pairs.need.length > MOST_SEARCHED;
  const explain = isBrief ? explainBriefly : explainUnmetNeeds;
  tell({ kind: 'explained', isBrief, unmet: explain(problem, answer), worth: worthOfOffers(problem, answer) });
}
