/** What an embedding service changes in a plan, and what it leaves when it fails. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NOBODY_THERE, replyWith, startEmbeddingService } from '../../../test/embedding-service.ts';
import { makePool, poolNeed, poolOffer } from '../../../test/factories/pool.ts';
import { solveLeximin } from '../../algorithms/flow/leximin.ts';
import { createEmbeddings } from '../../platform/embeddings/embeddings.ts';
import { httpEmbedder } from '../../platform/embeddings/http-embedder.ts';
import { embedPool } from './embed-pool.server.ts';
import { makePlan } from './make-plan.ts';
import { readPool, type Pool } from './pool.ts';
import { packVector, unpackVector } from './vectors.ts';

/** Two needs and two offers whose words have nothing in common, but whose meanings have. */
const pool = makePool({
  needs: [poolNeed(0, { title: 'Breveter notre capteur' }), poolNeed(1, { title: 'Embaucher une vendeuse' })],
  offers: [
    poolOffer(0, { title: 'Recrutement commercial' }),
    poolOffer(1, { title: 'Conseil en propriété industrielle' }),
  ],
});
const MEANINGS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/Breveter|industrielle/u, [1, 0.1, 0.6]],
  [/Embaucher|Recrutement/u, [0.1, 1, 0.6]],
];
const meaningOf = (text: string) => MEANINGS.find(([words]) => words.test(text))?.[1] ?? [0, 0, 1];
const asking = (url: string) => createEmbeddings(httpEmbedder({ url, timeoutMs: 1000 }));
const always = async () => true;

async function planOf(given: Pool) {
  const made = await makePlan(given, { solve: solveLeximin });
  assert.ok(made.kind === 'made');
  return made.plan;
}
const pairsOf = ({ agreements }: Awaited<ReturnType<typeof planOf>>) =>
  agreements.map(({ need, offer }) => [need, offer]);
const scoreOf = ({ summary }: Awaited<ReturnType<typeof planOf>>) => summary.score;

test('vectors reach the scores of a round, and the pool that keeps them gives the same plan without the service', async (t) => {
  const { url, asked } = await startEmbeddingService(t, replyWith(meaningOf));
  const embedded = await embedPool(pool, asking(url), always);
  assert.ok(embedded);
  assert.deepEqual(embedded.embedding, { status: 'complete', fault: null });
  const plan = await planOf(embedded);
  assert.deepEqual(pairsOf(plan), [
    [0, 1],
    [1, 0],
  ]);
  assert.ok(scoreOf(plan) > scoreOf(await planOf(pool)));
  const stored = readPool(JSON.parse(JSON.stringify(embedded)));
  assert.ok(stored);
  assert.deepEqual(await planOf(stored), plan);
  assert.equal(await embedPool(stored, asking(NOBODY_THERE), always), stored, 'asked once, kept for good');
  assert.equal(asked.length, 1);
});

test('without the service the plan is the one that texts make, and the pool says why', async (t) => {
  const alone = await embedPool(pool, asking(NOBODY_THERE), always);
  assert.ok(alone);
  assert.deepEqual(alone.embedding, { status: 'none', fault: 'unreachable' });
  assert.deepEqual((await planOf(alone)).agreements, (await planOf(pool)).agreements);
  let batches = 0;
  const { url } = await startEmbeddingService(t, (body, response, request) => {
    batches++;
    if (batches > 1) response.writeHead(500).end();
    else replyWith(meaningOf)(body, response, request);
  });
  const halting = createEmbeddings(httpEmbedder({ url }), { batchSize: 3 });
  const some = await embedPool(pool, halting, always);
  assert.deepEqual(some?.embedding, { status: 'partial', fault: 'refused' });
  assert.equal((await planOf(some)).verdict.accepted, true);
});

test('a try that is cancelled meanwhile asks no further', async () => {
  const never = () => assert.fail('the service was asked');
  assert.equal(await embedPool(pool, never, async () => false), undefined);
});

test('a packed vector keeps its direction to a hundredth', () => {
  const vectors = fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 64 });
  fc.assert(
    fc.property(vectors, (values) => {
      const vector = Float32Array.from(values);
      fc.pre(vector.some((value) => Math.abs(value) > 1e-3));
      const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, k) => sum + value * y[k]!, 0);
      const back = unpackVector(packVector(vector));
      assert.ok(dot(vector, back) / Math.sqrt(dot(vector, vector) * dot(back, back)) > 0.99);
    }),
  );
});
