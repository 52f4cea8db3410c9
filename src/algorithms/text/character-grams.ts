/**
 * The runs of 3 to 5 characters within the words of a text: what "rénovation" shares with "rénover",
 * "covoiturage" with "voiturage", a French word with its English cousin, and a word with its misspelling.
 *
 * A word is folded and set between two spaces, so that beginnings and endings tell. Runs are numbered by a
 * hash into BUCKETS numbers (FNV-1a, 32 bits, folded): two runs may meet by chance, which at a few ten
 * thousand runs changes nothing that anybody could see.
 * McNamee and Mayfield, "Character N-Gram Tokenization for European Language Text Retrieval", 2004.
 *
 * Must always hold: the same words give the same runs in the same order, each listed once with its count.
 */
import { fold } from './analyse.ts';

export const BUCKETS = 1 << 18;

/** Runs in the order of their first occurrence, with how often each occurs. */
export type GramCounts = { readonly grams: Int32Array; readonly counts: Uint16Array };

const SHORTEST = 3;
const LONGEST = 5;
const MOST_KEPT = 50_000;
const LONGEST_WORD = 40;
const MOST_COUNTED = 65_535;
const WORD = /[\p{L}\p{N}]+/gu;

/** `weight` counts the runs of a text as often: a title of weight 2 counts twice. */
export function countGrams(texts: readonly { readonly text: string; readonly weight: number }[]): GramCounts {
  const words = new Map<string, number>();
  for (const { text, weight } of texts) {
    for (const [word] of text.normalize('NFC').matchAll(WORD)) words.set(word, (words.get(word) ?? 0) + weight);
  }
  return countAll(words);
}

const tally = new Int32Array(BUCKETS); // All zero between two calls.

function countAll(words: ReadonlyMap<string, number>): GramCounts {
  const found: number[] = [];
  for (const [word, count] of words) {
    const grams = gramsOf(word);
    for (let place = 0; place < grams.length; place++) {
      const gram = grams[place]!;
      if (tally[gram] === 0) found.push(gram);
      tally[gram]! += count;
    }
  }
  const grams = Int32Array.from(found);
  const counts = new Uint16Array(grams.length);
  for (let place = 0; place < grams.length; place++) {
    counts[place] = Math.min(tally[grams[place]!]!, MOST_COUNTED);
    tally[grams[place]!] = 0;
  }
  return { grams, counts };
}

const kept = new Map<string, Int32Array>();

function gramsOf(word: string): Int32Array {
  const seen = kept.get(word);
  if (seen) return seen;
  const found: number[] = [];
  const framed = ` ${fold(word.slice(0, LONGEST_WORD))} `;
  for (let length = SHORTEST; length <= LONGEST; length++) {
    for (let start = 0; start + length <= framed.length; start++) found.push(bucketOf(framed, start, start + length));
  }
  const grams = Int32Array.from(found);
  if (kept.size >= MOST_KEPT) kept.clear();
  if (word.length <= LONGEST_WORD) kept.set(word, grams);
  return grams;
}

function bucketOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let place = start; place < end; place++) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return (hash ^ (hash >>> 18)) & (BUCKETS - 1);
}
