/**
 * BM25 over documents with a title and a body: which documents say most about these words?
 *
 * Each term of a document counts tf = Σ over fields of weight × occurrences / (1 − b + b × length / mean
 * length of the field); a query term then adds its count × idf × tf × (k1 + 1) / (tf + k1), with
 * idf = ln(1 + (N − df + ½) / (df + ½)). Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25
 * and Beyond", 2009 (BM25F, section 3.6). No document makes a term's part greater than count × idf × (k1 + 1).
 *
 * Documents come and go one by one, each at the cost of its own words: nothing is ever built anew, because
 * only whole numbers are kept (occurrences, lengths, documents) and every ratio is taken when asked.
 *
 * Must always hold: scores are finite and at least 0; a document that shares no term scores 0; after any
 * additions and removals the scores are those, bit for bit, of an index made of the documents that remain.
 */
import type { WordCounts } from './text-item.ts';
import { TITLE_WEIGHT, weightedCount } from './text-item.ts';

export type Bm25Index = {
  documents: number;
  titleTotal: number;
  bodyTotal: number;
  /** By slot; null where no document stands. */
  readonly words: (WordCounts | null)[];
  /** Per term, documents that hold it: slot, occurrences in the title, in the body, slot, … */
  readonly postings: Map<string, number[]>;
  /** By slot, what one occurrence counts for; null until asked after a change. */
  norms: FieldNorms | null;
};
type FieldNorms = { readonly title: Float64Array; readonly body: Float64Array };

export type Bm25Match = { readonly term: string; readonly part: number };

const K1 = 1.2;
const B = 0.75;

export function createBm25(): Bm25Index {
  return { documents: 0, titleTotal: 0, bodyTotal: 0, words: [], postings: new Map(), norms: null };
}

/** The slot must be free. */
export function addDocument(index: Bm25Index, slot: number, words: WordCounts): void {
  index.words[slot] = words;
  count(index, words, 1);
  words.terms.forEach((term, place) => {
    const list = index.postings.get(term);
    if (list) list.push(slot, words.inTitle[place]!, words.inBody[place]!);
    else index.postings.set(term, [slot, words.inTitle[place]!, words.inBody[place]!]);
  });
}

export function removeDocument(index: Bm25Index, slot: number): void {
  const words = index.words[slot];
  if (!words) return;
  index.words[slot] = null;
  count(index, words, -1);
  for (const term of words.terms) {
    const list = index.postings.get(term)!;
    let at = 0;
    while (list[at] !== slot) at += 3;
    const last = list.splice(-3, 3);
    if (at < list.length) for (let part = 0; part < 3; part++) list[at + part] = last[part]!;
    if (list.length === 0) index.postings.delete(term);
  }
}

/** Score of every slot for this query, and what no document could exceed. */
export function scoreQuery(index: Bm25Index, query: WordCounts): { scores: Float64Array; ceiling: number } {
  const scores = new Float64Array(index.words.length);
  const norms = fieldNorms(index);
  let ceiling = 0;
  query.terms.forEach((term, place) => {
    const list = index.postings.get(term);
    if (!list) return;
    const full = (K1 + 1) * weightedCount(query, place) * inverseFrequency(index, list.length / 3);
    ceiling += full;
    for (let at = 0; at < list.length; at += 3) {
      const slot = list[at]!;
      const tf = TITLE_WEIGHT * list[at + 1]! * norms.title[slot]! + list[at + 2]! * norms.body[slot]!;
      scores[slot]! += (full * tf) / (tf + K1);
    }
  });
  return { scores, ceiling };
}

/** What each shared term adds to the score of one document, greatest first. */
export function explainScore(index: Bm25Index, query: WordCounts, slot: number): Bm25Match[] {
  const norms = fieldNorms(index);
  const matches = query.terms.flatMap((term, place) => {
    const list = index.postings.get(term) ?? [];
    let at = 0;
    while (at < list.length && list[at] !== slot) at += 3;
    if (at >= list.length) return [];
    const full = (K1 + 1) * weightedCount(query, place) * inverseFrequency(index, list.length / 3);
    const tf = TITLE_WEIGHT * list[at + 1]! * norms.title[slot]! + list[at + 2]! * norms.body[slot]!;
    return [{ term, part: (full * tf) / (tf + K1) }];
  });
  return matches.toSorted((x, y) => y.part - x.part || (x.term < y.term ? -1 : 1));
}

function count(index: Bm25Index, words: WordCounts, by: 1 | -1): void {
  index.norms = null;
  index.documents += by;
  index.titleTotal += by * words.titleLength;
  index.bodyTotal += by * words.bodyLength;
}

function inverseFrequency({ documents }: Bm25Index, holding: number): number {
  return Math.log(1 + (documents - holding + 0.5) / (holding + 0.5));
}

/** What one occurrence in each field counts for: less in a longer text. */
function fieldNorms(index: Bm25Index): FieldNorms {
  return (index.norms ??= measureNorms(index));
}

function measureNorms(index: Bm25Index): FieldNorms {
  const documents = Math.max(1, index.documents);
  const title = index.titleTotal / documents || 1;
  const body = index.bodyTotal / documents || 1;
  const norm = (length: number, mean: number) => 1 / (1 - B + (B * length) / mean);
  return {
    title: Float64Array.from(index.words, (words) => (words ? norm(words.titleLength, title) : 0)),
    body: Float64Array.from(index.words, (words) => (words ? norm(words.bodyLength, body) : 0)),
  };
}
