/**
 * An embedding service over HTTP, in the shape that most of them publish: POST `{ input: [text, …] }` and, when
 * a model is named, `model`; the answer is `{ data: [{ embedding: [number, …], index? }, …] }`.
 *
 * Texts are sent in batches, one after the other, each with its own time limit, which covers the whole answer.
 * Redirections are not followed: a key is for one address. Throws an EmbeddingError with a reason; nothing
 * that the service says is trusted before its shape has been read.
 */

/** One finite vector per text, in the order of the texts, all of one length; or it rejects. */
export type Embedder = (texts: readonly string[]) => Promise<Float32Array[]>;

export type EmbeddingFault =
  /** No answer within the time limit. */
  | 'timeout'
  /** No connection, or one that broke. */
  | 'unreachable'
  /** A status other than 2xx. */
  | 'refused'
  /** An answer that is not one finite vector per text, all of one length. */
  | 'wrong-shape';

export class EmbeddingError extends Error {
  override name = 'EmbeddingError';
  readonly fault: EmbeddingFault;

  constructor(fault: EmbeddingFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

export type EmbeddingService = {
  readonly url: string;
  readonly model?: string;
  /** Sent as a bearer token. */
  readonly key?: string;
  readonly timeoutMs?: number;
  readonly batchSize?: number;
};

const TIMEOUT_MS = 10_000;
const BATCH_SIZE = 64;
/** Services cut longer texts or refuse them; the beginning says what a text is about. */
const LONGEST_TEXT = 8000;
const MOST_DIMENSIONS = 8192;
const MOST_BYTES = 64 * 1024 * 1024;

export function httpEmbedder(service: EmbeddingService): Embedder {
  const size = service.batchSize ?? BATCH_SIZE;
  return async (texts) => {
    const vectors: Float32Array[] = [];
    for (let start = 0; start < texts.length; start += size) {
      const batch = texts.slice(start, start + size).map((text) => text.slice(0, LONGEST_TEXT));
      // oxlint-disable-next-line no-await-in-loop -- a service is asked one batch at a time.
      vectors.push(...readVectors(await ask(service, batch), batch.length));
    }
    if (new Set(vectors.map(({ length }) => length)).size > 1) throw wrongShape('vectors of several lengths');
    return vectors;
  };
}

async function ask({ url, model, key, timeoutMs = TIMEOUT_MS }: EmbeddingService, input: string[]): Promise<unknown> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'application/json', accept: 'application/json', ...(key && bearer(key)) },
      body: JSON.stringify({ input, ...(model && { model }) }),
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new EmbeddingError('refused', `The embedding service answered ${answer.status}.`);
    }
    return JSON.parse(await boundedText(answer));
  } catch (error) {
    throw faultOf(error);
  }
}

function bearer(key: string) {
  return { authorization: `Bearer ${key}` };
}

async function boundedText(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw wrongShape('more than 64 MB');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function faultOf(error: unknown): EmbeddingError {
  if (error instanceof EmbeddingError) return error;
  if (error instanceof SyntaxError) return wrongShape('no JSON');
  const { name } = (error ?? {}) as { name?: unknown };
  return name === 'TimeoutError' || name === 'AbortError'
    ? new EmbeddingError('timeout', 'The embedding service did not answer in time.', { cause: error })
    : new EmbeddingError('unreachable', 'The embedding service cannot be reached.', { cause: error });
}

/** In the order of the texts: by `index` where every item has one, else as they come. */
function readVectors(answer: unknown, count: number): Float32Array[] {
  const { data } = (answer ?? {}) as { data?: unknown };
  if (!Array.isArray(data) || data.length !== count) throw wrongShape(`not ${count} items in data`);
  const items = data as readonly ({ embedding?: unknown; index?: unknown } | null)[];
  const places = items.map((item, place) => item?.index ?? place);
  if (new Set(places).size !== count || !places.every((place) => isPlace(place, count))) {
    throw wrongShape('indexes that are not those of the texts');
  }
  const vectors: Float32Array[] = [];
  items.forEach((item, place) => (vectors[Number(places[place])] = readVector(item?.embedding)));
  return vectors;
}

function isPlace(place: unknown, count: number): boolean {
  return Number.isInteger(place) && Number(place) >= 0 && Number(place) < count;
}

function readVector(embedding: unknown): Float32Array {
  const isRead = Array.isArray(embedding) && embedding.length > 0 && embedding.length <= MOST_DIMENSIONS;
  if (!isRead || !embedding.every((value) => typeof value === 'number')) throw wrongShape('no list of numbers');
  const vector = Float32Array.from(embedding);
  if (!vector.every(Number.isFinite)) throw wrongShape('numbers out of range');
  return vector;
}

function wrongShape(what: string): EmbeddingError {
  return new EmbeddingError('wrong-shape', `The embedding service answered with ${what}.`);
}
