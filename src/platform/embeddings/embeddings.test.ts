/** Against a stand-in service on this machine, which can be slow, wrong, down or half there. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test, type TestContext } from 'node:test';
import { NOBODY_THERE, replyWith, startEmbeddingService, type Reply } from '../../../test/embedding-service.ts';
import { createEmbeddings } from './embeddings.ts';
import { EmbeddingError, httpEmbedder, type EmbeddingFault, type EmbeddingService } from './http-embedder.ts';

async function standIn(t: TestContext, reply: Reply, more: Partial<EmbeddingService> = {}) {
  const { asked, url } = await startEmbeddingService(t, reply);
  return { asked, url, embed: httpEmbedder({ url, timeoutMs: 2000, ...more }) };
}

/** Length, first letter, 1. */
const vectorOf = (input: string) => [input.length, input.charCodeAt(0), 1];
const json = (response: ServerResponse, body: unknown) => response.end(JSON.stringify(body));
const good = replyWith(vectorOf);

const faultOf = (embed: (texts: string[]) => Promise<unknown>) =>
  embed(['un', 'deux']).then(
    () => assert.fail('no fault'),
    (error: unknown) => (error instanceof EmbeddingError ? error.fault : assert.fail(String(error))),
  );

test('texts become vectors, in batches, in the order of the texts whatever the order of the answer', async (t) => {
  const turned: Reply = ({ input }, response, request) => {
    assert.equal(request.headers.authorization, 'Bearer secret');
    const data = input.map((one, index) => ({ index, embedding: vectorOf(one) }));
    json(response, { data: data.toReversed() });
  };
  const { asked, embed } = await standIn(t, turned, { batchSize: 2, model: 'petit', key: 'secret' });
  const vectors = await embed(['a', 'bb', 'ccc']);
  assert.deepEqual(
    vectors,
    ['a', 'bb', 'ccc'].map((one) => Float32Array.from(vectorOf(one))),
  );
  assert.deepEqual(asked, [
    { input: ['a', 'bb'], model: 'petit' },
    { input: ['ccc'], model: 'petit' },
  ]);
  assert.deepEqual(await embed([]), []);
});

test('every way to fail has its name', async (t) => {
  const embedding = [1, 2];
  const cases: [EmbeddingFault, Reply][] = [
    ['refused', (_, response) => void response.writeHead(500).end('broken')],
    ['refused', (_, response) => void response.writeHead(429, { 'retry-after': '9' }).end()],
    ['unreachable', (_, response) => void response.destroy()],
    ['unreachable', (_, response) => void response.writeHead(302, { location: NOBODY_THERE }).end()],
    ['wrong-shape', (_, response) => void response.end('<html>')],
    ['wrong-shape', (_, response) => void response.end()],
    ['wrong-shape', (_, response) => void json(response, null)],
    ['wrong-shape', (_, response) => void json(response, { data: [{ embedding }] })],
    ['wrong-shape', (_, response) => void json(response, { data: [{ embedding }, null] })],
    ['wrong-shape', (_, response) => void json(response, { data: [{ embedding }, { embedding: [1, 'x'] }] })],
    ['wrong-shape', (_, response) => void json(response, { data: [{ embedding }, { embedding: [1, 1e300] }] })],
    ['wrong-shape', (_, response) => void json(response, { data: [{ embedding }, { embedding: [] }] })],
    ['wrong-shape', (_, response) => void json(response, { data: [{ embedding }, { embedding: [1, 2, 3] }] })],
    ['wrong-shape', (_, response) => void json(response, { data: [0, 0].map((index) => ({ embedding, index })) })],
    ['wrong-shape', (_, response) => void json(response, { data: [0, 2].map((index) => ({ embedding, index })) })],
  ];
  for (const [fault, reply] of cases) {
    const { embed } = await standIn(t, reply);
    assert.equal(await faultOf(embed), fault, String(reply));
  }
  assert.equal(await faultOf(httpEmbedder({ url: NOBODY_THERE })), 'unreachable');
});

test('a service that is slow to answer, or to end its answer, is left in time', async (t) => {
  const silent = await standIn(t, () => undefined, { timeoutMs: 80 });
  assert.equal(await faultOf(silent.embed), 'timeout');
  const dripping = await standIn(t, (_, response) => void response.write('{"data": ['), { timeoutMs: 80 });
  assert.equal(await faultOf(dripping.embed), 'timeout');
});

test('a vector is asked once, kept while it is used, and the least used goes first', async (t) => {
  const { asked, embed } = await standIn(t, good);
  const embeddings = createEmbeddings(embed, { kept: 2 });
  const first = await embeddings(['a', 'b', 'a', '  ']);
  assert.deepEqual(
    first.vectors,
    ['a', 'b', 'a', null].map((one) => one && Float32Array.from(vectorOf(one))),
  );
  assert.deepEqual([first.status, first.fault], ['complete', null]);
  await embeddings(['a']);
  await embeddings(['c']); // "b" goes: "a" was used since.
  await embeddings(['a']);
  await embeddings(['b']);
  assert.deepEqual(
    asked.map(({ input }) => input),
    [['a', 'b'], ['c'], ['b']],
  );
});

test('an outage gives no vector and a reason, is paused, and is forgotten when the service is back', async (t) => {
  let isDown = true;
  const { asked, embed } = await standIn(t, (body, response, request) =>
    isDown ? void response.writeHead(503).end() : good(body, response, request),
  );
  let time = 0;
  const embeddings = createEmbeddings(embed, { now: () => time });
  assert.deepEqual(await embeddings(['a']), { vectors: [null], status: 'none', fault: 'refused' });
  isDown = false;
  assert.deepEqual(await embeddings(['a']), { vectors: [null], status: 'none', fault: 'paused' });
  assert.equal(asked.length, 1);
  time = 60_000;
  assert.equal((await embeddings(['a'])).status, 'complete');
  assert.deepEqual(await embeddings(['']), { vectors: [null], status: 'complete', fault: null });
});

test('what arrived before a failure is kept and given', async (t) => {
  const { embed } = await standIn(t, (body, response, request) =>
    body.input.includes('c') ? void response.writeHead(500).end() : good(body, response, request),
  );
  const embeddings = createEmbeddings(embed, { batchSize: 2 });
  const { vectors, status, fault } = await embeddings(['a', 'b', 'c', 'd']);
  assert.deepEqual(
    vectors.map((vector) => vector !== null),
    [true, true, false, false],
  );
  assert.deepEqual([status, fault], ['partial', 'refused']);
});

test('a service whose vectors change length is not mixed with what was kept', async (t) => {
  let size = 3;
  const { embed } = await standIn(t, ({ input }, response) =>
    json(response, { data: input.map(() => ({ embedding: Array.from({ length: size }, () => 1) })) }),
  );
  let time = 0;
  const embeddings = createEmbeddings(embed, { now: () => time });
  await embeddings(['a']);
  size = 4;
  assert.equal((await embeddings(['a', 'b'])).fault, 'wrong-shape');
  time = 60_000;
  const { vectors, status } = await embeddings(['a', 'b']);
  assert.deepEqual([status, ...vectors.map((vector) => vector?.length)], ['complete', 4, 4]);
});

test('an embedder that breaks in an unknown way never breaks its caller', async () => {
  const embeddings = createEmbeddings(() => Promise.reject(new TypeError('bug')));
  assert.deepEqual(await embeddings(['a']), { vectors: [null], status: 'none', fault: 'failed' });
  const short = createEmbeddings(async () => []);
  assert.equal((await short(['a'])).fault, 'wrong-shape');
});
