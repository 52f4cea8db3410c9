/**
 * The space in which texts are compared beyond their common words: how rare each run of characters is, and
 * the directions along which the words of these texts go together (latent semantic analysis: the truncated
 * singular value decomposition of the matrix texts × terms, each row a tf-idf vector of length 1;
 * Deerwester, Dumais, Furnas, Landauer and Harshman, "Indexing by Latent Semantic Analysis", 1990).
 *
 * A space is fitted on texts and then stays; any text is placed in it at the cost of its own words. tf is
 * 1 + ln(count), idf is ln((1 + N) / (1 + df)) + 1. Closeness is the mean of the cosines in the first 25, 50
 * and 100 directions: few directions see the subject, many see the detail, and nobody has to guess how many
 * are right for a corpus. Past MOST_FITTED texts the directions come from that many of them, evenly taken.
 *
 * Must always hold: the same texts in the same order give the same bits; a text without a known word is close
 * to nothing; closeness lies in 0…1 and is symmetric.
 */
import type { GramCounts } from './character-grams.ts';
import { BUCKETS } from './character-grams.ts';
import { stackRows } from './sparse-matrix.ts';
import type { TextEntry, WordCounts } from './text-item.ts';
import { weightedCount } from './text-item.ts';
import { truncatedSvd } from './truncated-svd.ts';

export type TextSpace = {
  readonly texts: number;
  readonly termTexts: ReadonlyMap<string, number>;
  readonly gramTexts: Int32Array;
  /** Per run, its number here: those of the fitted texts come first, side by side in memory, the others after. */
  readonly gramNumbers: Int32Array;
  /** idf by number of texts that hold the term or the run. */
  readonly rarity: Float64Array;
  /** Number of the row of `directions` of each term that occurs in two texts or more. */
  readonly termRows: ReadonlyMap<string, number>;
  readonly rank: number;
  readonly directions: Float64Array;
};

export type TextVector = {
  /** Numbers of the space. */
  readonly grams: Int32Array;
  /** Of length 1, or empty. */
  readonly gramWeights: Float32Array;
  readonly latent: Float64Array;
  /** Per scale, 1 / length of the first coordinates, or 0. */
  readonly scales: Float64Array;
};

/** Above every number of a run. */
export const GRAM_NUMBERS = 2 * BUCKETS;
export const SCALES = [25, 50, 100] as const;
const MOST_FITTED = 4000;

export function fitSpace(entries: readonly TextEntry[]): TextSpace {
  const termTexts = new Map<string, number>();
  const gramTexts = new Int32Array(BUCKETS);
  const gramNumbers = Int32Array.from({ length: BUCKETS }, (_, gram) => BUCKETS + gram);
  let seen = 0;
  for (const { words, grams } of entries) {
    for (const term of words.terms) termTexts.set(term, (termTexts.get(term) ?? 0) + 1);
    for (const gram of grams.grams) {
      if (gramTexts[gram]!++ === 0) gramNumbers[gram] = seen++;
    }
  }
  const rarity = Float64Array.from(
    { length: entries.length + 1 },
    (_, df) => Math.log((1 + entries.length) / (1 + df)) + 1,
  );
  const known = { texts: entries.length, termTexts, gramTexts, gramNumbers, rarity };
  const shared = [...termTexts].filter(([, texts]) => texts > 1).map(([term]) => term);
  const termRows = new Map(shared.map((term, row) => [term, row]));
  const step = Math.max(1, entries.length / MOST_FITTED);
  const fitted = Array.from({ length: Math.ceil(entries.length / step) }, (_, k) => entries[Math.floor(k * step)]!);
  const rows = fitted.map(({ words }) => termVector({ ...known, termRows }, words));
  const seeds = shared.map(hashOf);
  const noise = (column: number, k: number) => mix(seeds[column]! + Math.imul(k + 1, 0x9e3779b9)) / 2 ** 31 - 1;
  const { rank, right } = truncatedSvd(stackRows(rows, shared.length), SCALES.at(-1)!, noise);
  return { ...known, termRows, rank, directions: right };
}

export function placeText(space: TextSpace, { words, grams }: TextEntry): TextVector {
  const { column, value } = termVector(space, words);
  const latent = new Float64Array(space.rank);
  column.forEach((row, place) => {
    const base = row * space.rank;
    for (let k = 0; k < space.rank; k++) latent[k]! += value[place]! * space.directions[base + k]!;
  });
  const scales = Float64Array.from(SCALES, (directions) => inverseLength(latent.subarray(0, directions)));
  const numbers = grams.grams.map((gram) => space.gramNumbers[gram]!);
  return { grams: numbers, gramWeights: gramWeights(space, grams), latent, scales };
}

/** Mean over the scales of the cosine in the first directions; opposite texts count as strangers. */
export function latentCloseness(x: TextVector, y: TextVector): number {
  let dot = 0;
  let sum = 0;
  let k = 0;
  for (let scale = 0; scale < SCALES.length; scale++) {
    const end = Math.min(SCALES[scale]!, x.latent.length);
    for (; k < end; k++) dot += x.latent[k]! * y.latent[k]!;
    sum += dot * x.scales[scale]! * y.scales[scale]!;
  }
  return Math.min(1, Math.max(0, sum / SCALES.length));
}

/** The tf-idf vector of length 1 over the terms that the space knows; unknown words count in no length. */
function termVector(space: Pick<TextSpace, 'rarity' | 'termTexts' | 'termRows'>, words: WordCounts) {
  const columns: number[] = [];
  const values: number[] = [];
  words.terms.forEach((term, place) => {
    const row = space.termRows.get(term);
    if (row === undefined) return;
    columns.push(row);
    values.push(damped(weightedCount(words, place)) * space.rarity[space.termTexts.get(term)!]!);
  });
  const scale = inverseLength(values);
  return { column: Int32Array.from(columns), value: Float64Array.from(values, (value) => value * scale) };
}

function gramWeights({ gramTexts, rarity }: TextSpace, { grams, counts }: GramCounts): Float32Array {
  const weights = new Float32Array(grams.length);
  for (let place = 0; place < grams.length; place++) {
    weights[place] = damped(counts[place]!) * rarity[gramTexts[grams[place]!]!]!;
  }
  const scale = inverseLength(weights);
  for (let place = 0; place < grams.length; place++) weights[place]! *= scale;
  return weights;
}

const DAMPED = Float64Array.from({ length: 256 }, (_, count) => (count === 0 ? 0 : 1 + Math.log(count)));

function damped(count: number): number {
  return DAMPED[count] ?? 1 + Math.log(count);
}

function inverseLength(vector: Float32Array | Float64Array | readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < vector.length; k++) sum += vector[k]! * vector[k]!;
  return sum > 0 ? 1 / Math.sqrt(sum) : 0;
}

function hashOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < term.length; place++) hash = Math.imul(hash ^ term.charCodeAt(place), 0x01000193);
  return hash >>> 0;
}

/** The finalizer of MurmurHash3: every bit of the seed reaches every bit of the answer. */
function mix(seed: number): number {
  let h = seed >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
