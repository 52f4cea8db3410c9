/** `bin/terreau plan --embeddings`: against a stand-in service, and against none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOBODY_THERE, replyWith, startEmbeddingService } from '../../test/embedding-service.ts';
import type { PlanDocument } from './plan-document.ts';
import { runScripted } from './scripted-terminal.ts';

const FIXTURES = new URL('../../test/fixtures/plan/', import.meta.url).pathname;
const FILES = [`${FIXTURES}needs.csv`, `${FIXTURES}offers.csv`, '--day', '2026-11-23', '--out', '-'];

async function planWith(...options: readonly string[]): Promise<{ document: PlanDocument; said: string }> {
  const { code, output, said } = await runScripted(['plan', ...FILES, ...options]);
  assert.equal(code, 0, said);
  assert.match((await runScripted(['check', '-'], { input: output })).output, /^Accepted/u);
  return { document: JSON.parse(output) as PlanDocument, said };
}

test('vectors of a service change the scores, and the plan says that they did', async (t) => {
  const { url, asked } = await startEmbeddingService(
    t,
    replyWith((text) => [text.length % 7, text.length % 5, text.length % 3]),
  );
  const plain = await planWith();
  const { document, said } = await planWith('--embeddings', url);
  assert.equal(asked.length, 1);
  assert.match(said, /The embedding service compared 9 texts\./u);
  assert.equal(document.scores.embeddings, 'complete');
  assert.ok((document.scores.weights?.['embedding'] ?? 0) > 0);
  assert.notDeepEqual(document.problem.pairs.score, plain.document.problem.pairs.score);
  assert.equal(plain.document.scores.embeddings, undefined);
});

test('a service that does not answer leaves the words, with a sentence; an address that is none is refused', async () => {
  const { document, said } = await planWith('--embeddings', NOBODY_THERE);
  assert.match(said, /gave 0 of 9 texts \(unreachable\): the others were compared by their words\./u);
  assert.equal(document.scores.embeddings, 'none');
  const plain = await planWith();
  assert.deepEqual(
    document.agreements.map(({ need, offer, units }) => [need, offer, units]),
    plain.document.agreements.map(({ need, offer, units }) => [need, offer, units]),
  );
  const refused = await runScripted(['plan', ...FILES, '--embeddings', 'ftp://models']);
  assert.equal(refused.code, 2);
  assert.match(refused.said, /TERREAU_EMBEDDINGS_URL is not an address that starts with http/u);
});
