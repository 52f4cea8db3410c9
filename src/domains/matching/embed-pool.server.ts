/**
 * Asks the embedding service about the texts of a pool, and keeps what it gave in the pool.
 *
 * Must always hold: a pool that was asked about once is not asked about again; the pool says whether the service gave
 * everything, some or nothing, and why; a service that fails never keeps a try from being made.
 */
import type { Embedded } from '../../platform/embeddings/embeddings.ts';
import type { Pool, PoolEmbedding } from './pool.ts';
import { packVector } from './vectors.ts';

export type Embed = (texts: readonly string[]) => Promise<Embedded>;

/** Between two lots somebody may cancel. */
const LOT = 256;

/** Undefined when `goesOn` says no. */
export async function embedPool(pool: Pool, embed: Embed, goesOn: () => Promise<boolean>): Promise<Pool | undefined> {
  if (pool.embedding) return pool;
  const texts = [
    ...pool.needs.map(({ title }, place) => textOf(title, pool.texts.needs[place])),
    ...pool.offers.map(({ title }, place) => textOf(title, pool.texts.offers[place])),
  ];
  const vectors: (string | null)[] = [];
  let fault: PoolEmbedding['fault'] = null;
  for (let start = 0; start < texts.length && fault === null; start += LOT) {
    // oxlint-disable-next-line no-await-in-loop -- one lot at a time, so that a cancelled try stops asking.
    if (!(await goesOn())) return undefined;
    // oxlint-disable-next-line no-await-in-loop
    const answer = await embed(texts.slice(start, start + LOT));
    vectors.push(...answer.vectors.map((vector) => vector && packVector(vector)));
    fault = answer.fault;
  }
  const kept = texts.map((_, place) => vectors[place] ?? null);
  const status = fault === null ? 'complete' : kept.some((vector) => vector !== null) ? 'partial' : 'none';
  const [needs, offers] = [kept.slice(0, pool.needs.length), kept.slice(pool.needs.length)];
  return { ...pool, embedding: { status, fault }, texts: { ...pool.texts, vectors: { needs, offers } } };
}

function textOf(title: string, body = ''): string {
  return body === '' ? title : `${title}\n\n${body}`;
}
