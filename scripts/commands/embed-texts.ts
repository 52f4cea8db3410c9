/** Asks an embedding service about the texts of both files, for `bin/terreau plan --embeddings`. */
import type { Embeddings } from '../../src/algorithms/text/similarity.ts';
import type { TextItem } from '../../src/algorithms/text/text-item.ts';
import { parseEmbeddings, type EmbeddingSettings } from '../../src/config.ts';
import { createEmbeddings, type Embedded } from '../../src/platform/embeddings/embeddings.ts';
import { httpEmbedder } from '../../src/platform/embeddings/http-embedder.ts';

export interface EmbeddedTexts {
  readonly embeddings: Embeddings;
  readonly status: Embedded['status'];
  readonly note: string;
}

/** The service at this address, with the model and the key of the environment. */
export function embeddingSettings(
  url: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): EmbeddingSettings | undefined {
  return url === undefined
    ? undefined
    : parseEmbeddings((name) => (name === 'TERREAU_EMBEDDINGS_URL' ? url : environment[name]));
}

export async function embedTexts(
  needs: readonly TextItem[],
  offers: readonly TextItem[],
  settings: EmbeddingSettings,
): Promise<EmbeddedTexts> {
  const texts = [...needs, ...offers].map(({ title, body }) => (body === '' ? title : `${title}\n\n${body}`));
  const { vectors, status, fault } = await createEmbeddings(httpEmbedder(settings))(texts);
  const count = vectors.filter((vector) => vector !== null).length;
  return {
    embeddings: { needs: vectors.slice(0, needs.length), offers: vectors.slice(needs.length) },
    status,
    note:
      fault === null
        ? `The embedding service compared ${count} texts.`
        : `The embedding service gave ${count} of ${texts.length} texts (${FAULTS[fault]}): the others were compared by their words.`,
  };
}

const FAULTS: Readonly<Record<NonNullable<Embedded['fault']>, string>> = {
  timeout: 'too slow',
  unreachable: 'unreachable',
  refused: 'it refused',
  'wrong-shape': 'its answer could not be read',
  paused: 'paused after an outage',
  failed: 'an error',
};
