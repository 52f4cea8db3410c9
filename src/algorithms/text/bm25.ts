/**
 * BM25 over documents with fields: which documents say most about these words?
 *
 * Each term of a document counts tf = Σ over fields of weight × occurrences / (1 − b + b × length / mean
 * length of the field); a query term then adds idf × tf × (k1 + 1) / (tf + k1), with
 * idf = ln(1 + (N − df + ½) / (df + ½)). A term repeated in the query counts once, plus the logarithm of
 * its repetitions. Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009
 * (BM25F, section 3.6). No document makes a term's part greater than idf × (k1 + 1).
 *
 * Must always hold: scores are finite and at least 0; a document that shares no term scores 0.
 */
import type { Term } from './analyse.ts';

export type Fields = Readonly<Record<string, readonly Term[]>>;
export type FieldWeights = Readonly<Record<string, number>>;

export type Bm25Index = {
  readonly documents: number;
  /** Per term: documents that hold it, with their weighted frequency there. */
  readonly postings: ReadonlyMap<string, readonly Posting[]>;
};
export type Posting = { readonly document: number; readonly frequency: number };

export type Bm25Match = {
  readonly term: string;
  readonly part: number;
};

const K1 = 1.2;
const B = 0.75;

export function buildIndex(documents: readonly Fields[], weights: FieldWeights): Bm25Index {
  const meanLength = new Map<string, number>();
  for (const field of Object.keys(weights)) {
    const total = documents.reduce((sum, document) => sum + (document[field]?.length ?? 0), 0);
    meanLength.set(field, total / Math.max(1, documents.length));
  }
  const postings = new Map<string, Posting[]>();
  documents.forEach((fields, document) => {
    const frequencies = new Map<string, number>();
    for (const [field, weight] of Object.entries(weights)) {
      const terms = fields[field] ?? [];
      const norm = 1 - B + (B * terms.length) / (meanLength.get(field) || 1);
      for (const { term } of terms) {
        frequencies.set(term, (frequencies.get(term) ?? 0) + weight / norm);
      }
    }
    for (const [term, frequency] of frequencies) {
      const list = postings.get(term) ?? [];
      list.push({ document, frequency });
      postings.set(term, list);
    }
  });
  return { documents: documents.length, postings };
}

/** Score of every document for this query, and what no document could exceed. */
export function scoreQuery(index: Bm25Index, query: readonly Term[]): { scores: Float64Array; ceiling: number } {
  const scores = new Float64Array(index.documents);
  let ceiling = 0;
  for (const [term, weight] of queryWeights(query)) {
    const postings = index.postings.get(term) ?? [];
    const idf = weight * inverseFrequency(index, postings.length);
    ceiling += idf * (K1 + 1);
    for (const { document, frequency } of postings) scores[document]! += idf * saturated(frequency);
  }
  return { scores, ceiling };
}

/** What each shared term adds to the score of one document, greatest first. */
export function explainScore(index: Bm25Index, query: readonly Term[], document: number): Bm25Match[] {
  const matches: Bm25Match[] = [];
  for (const [term, weight] of queryWeights(query)) {
    const postings = index.postings.get(term) ?? [];
    const posting = postings.find((one) => one.document === document);
    if (!posting) continue;
    const idf = weight * inverseFrequency(index, postings.length);
    matches.push({ term, part: idf * saturated(posting.frequency) });
  }
  return matches.toSorted((x, y) => y.part - x.part || (x.term < y.term ? -1 : 1));
}

function queryWeights(query: readonly Term[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { term } of query) counts.set(term, (counts.get(term) ?? 0) + 1);
  return new Map([...counts].map(([term, count]) => [term, 1 + Math.log(count)]));
}

function inverseFrequency({ documents }: Bm25Index, holding: number): number {
  return Math.log(1 + (documents - holding + 0.5) / (holding + 0.5));
}

function saturated(frequency: number): number {
  return (frequency * (K1 + 1)) / (frequency + K1);
}
