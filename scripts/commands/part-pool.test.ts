import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { greatestTotal } from '../../src/algorithms/flow/greatest-total.ts';
import { territory } from '../../src/algorithms/flow/make-territory.ts';
import { greatestTotalInThreads } from './part-pool.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Ten territories that know nothing of each other. */
const APART = { needs: 4000, offers: 2000, pairsPerNeed: 8, seed: 11, homePairs: 10, greatestCapacity: 12 };

test('several threads give the plan of one, to the last unit and price', async () => {
  const problem = territory(APART);
  const alone = greatestTotal(problem);
  assert.equal(alone.status, 'optimal');
  for (const threads of [1, 2, 3]) assert.deepEqual(await greatestTotalInThreads(problem, { threads }), alone);
});

test('a thread that dies ends with a sentence', async (t) => {
  const folder = temporaryFolder(t);
  const problem = territory(APART);
  const deaths = {
    'throw.mjs': "throw new Error('struck by lightning')",
    'exit.mjs': 'process.exit(3)',
    'later.mjs': "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(0))",
  };
  for (const [name, program] of Object.entries(deaths)) {
    const workerUrl = pathToFileURL(folder.write(name, program));
    const answer = await greatestTotalInThreads(problem, { threads: 2, workerUrl });
    assert.ok(answer.status === 'thread-lost');
    assert.match(answer.sentence, /^A solving thread was lost \((struck by lightning|it ended without a word)\)/);
  }
});

test('cancelled, out of time, too large: a status, also when the thread does not listen', async (t) => {
  const problem = territory(APART);
  const stop = new AbortController();
  stop.abort();
  assert.deepEqual(await greatestTotalInThreads(problem, { threads: 2, signal: stop.signal }), { status: 'cancelled' });
  const late = await greatestTotalInThreads(problem, { threads: 2, timeLimitMs: 1 });
  assert.ok(late.status === 'bounded' || late.status === 'optimal');
  const small = await greatestTotalInThreads(problem, { threads: 2, bytesAllowed: 1000 });
  assert.equal(small.status, 'too-large');

  const program = "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { for (;;); })";
  const deaf = temporaryFolder(t).write('deaf.mjs', program);
  const options = { threads: 2, workerUrl: pathToFileURL(deaf), patienceMs: 50 };
  const atOnce = await greatestTotalInThreads(problem, { ...options, timeLimitMs: 1 });
  assert.ok(atOnce.status === 'bounded' && atOnce.totalScore <= atOnce.bound);
  const later = new AbortController();
  const cancelled = greatestTotalInThreads(problem, { ...options, signal: later.signal });
  later.abort();
  assert.deepEqual(await cancelled, { status: 'cancelled' });
});
