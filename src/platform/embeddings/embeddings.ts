/**
 * Embeddings as the application asks for them: kept, never waited for twice, and never necessary.
 *
 * Vectors are kept by the hash of their text, the least recently used going first. A service that fails is
 * left alone for PAUSE_MS, so that an outage costs one time limit and not one per round. Whatever happens the
 * answer is a list as long as the texts, with null where there is no vector, and a status that says why.
 *
 * Must always hold: no call rejects; all vectors of an answer have one length; the same text twice in a list is
 * asked once; an empty text has no vector.
 */
import { createHash } from 'node:crypto';
import { EmbeddingError, type Embedder, type EmbeddingFault } from './http-embedder.ts';

export type EmbeddingStatus = 'complete' | 'partial' | 'none';

export type Embedded = {
  readonly vectors: readonly (Float32Array | null)[];
  /** `complete` when every text that is not empty has its vector. */
  readonly status: EmbeddingStatus;
  /** Why some are missing: the service's fault, `paused` after a recent one, `failed` for anything else; null when complete. */
  readonly fault: EmbeddingFault | 'paused' | 'failed' | null;
};

export type EmbeddingOptions = {
  /** How many vectors are kept. */
  readonly kept?: number;
  /** How many texts are asked for at a time: what arrived before a failure is kept. */
  readonly batchSize?: number;
  /** A clock in milliseconds that never goes back. */
  readonly now?: () => number;
};

const KEPT = 20_000;
const BATCH_SIZE = 64;
const PAUSE_MS = 60_000;

export function createEmbeddings(
  embed: Embedder,
  { kept = KEPT, batchSize = BATCH_SIZE, now = () => performance.now() }: EmbeddingOptions = {},
): (texts: readonly string[]) => Promise<Embedded> {
  const cache = new Map<string, Float32Array>();
  let pausedUntil = -Infinity;
  return async (texts) => {
    const keys = texts.map((text) => (text.trim() === '' ? null : hashOf(text)));
    const found = new Map<string, Float32Array>();
    const missing = new Map<string, string>();
    keys.forEach((key, place) => {
      const vector = key && cache.get(key);
      if (vector) found.set(key, vector);
      else if (key) missing.set(key, texts[place] ?? '');
    });
    let fault: Embedded['fault'] = null;
    if (missing.size > 0 && now() < pausedUntil) fault = 'paused';
    else if (missing.size > 0) fault = await fetchInto(found, [...missing], embed, batchSize);
    if (fault !== null && fault !== 'paused') pausedUntil = now() + PAUSE_MS;
    if (fault === 'wrong-shape') cache.clear(); // Another model may answer now: its vectors and the old do not mix.
    else for (const [key, vector] of found) keep(cache, key, vector, kept);
    return answerOf(keys, found, fault);
  };
}

/** Asks batch by batch until something goes wrong, and says what. */
async function fetchInto(
  found: Map<string, Float32Array>,
  missing: readonly (readonly [key: string, text: string])[],
  embed: Embedder,
  batchSize: number,
): Promise<EmbeddingFault | 'failed' | null> {
  try {
    for (let start = 0; start < missing.length; start += batchSize) {
      const batch = missing.slice(start, start + batchSize);
      // oxlint-disable-next-line no-await-in-loop -- one batch at a time: what arrived stays when the next fails.
      const vectors = await embed(batch.map(([, text]) => text));
      const [known = vectors[0]] = found.values();
      if (vectors.length !== batch.length || vectors.some(({ length }) => length !== known?.length)) {
        return 'wrong-shape';
      }
      vectors.forEach((vector, place) => found.set(batch[place]?.[0] ?? '', vector));
    }
    return null;
  } catch (error) {
    return error instanceof EmbeddingError ? error.fault : 'failed';
  }
}

function answerOf(
  keys: readonly (string | null)[],
  found: ReadonlyMap<string, Float32Array>,
  fault: Embedded['fault'],
): Embedded {
  const vectors = keys.map((key) => (key === null ? null : (found.get(key) ?? null)));
  if (fault === null) return { vectors, status: 'complete', fault };
  return { vectors, status: vectors.some((vector) => vector !== null) ? 'partial' : 'none', fault };
}

/** A Map lists its keys from the oldest: what is used again goes to the end. */
function keep(cache: Map<string, Float32Array>, key: string, vector: Float32Array, most: number): void {
  cache.delete(key);
  cache.set(key, vector);
  for (const oldest of cache.keys()) {
    if (cache.size <= most) return;
    cache.delete(oldest);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
