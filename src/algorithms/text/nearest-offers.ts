/**
 * The offers that fit one need best, when there are thousands.
 *
 * First every offer gets a quick score (words by the inverted index, the first directions of the space, themes
 * by their lists), and the SHORTLIST × count best are kept; then these alone are compared in full. What is
 * lost against comparing all in full is measured in the tests.
 *
 * Must always hold: at most `count` offers, greatest score first, equal scores in the order of their ids.
 */
import { combine, type AffinityWeights } from './affinity-weights.ts';
import { gramCloseness, sharedPart, wordShares, type FeatureRow, type ReadNeed } from './features.ts';
import { firstCosines, type IndexedOffer, type OfferIndex } from './offer-index.ts';
import { latentCloseness } from './text-space.ts';

export type NearOffer = {
  readonly id: string;
  /** Σ weight × feature: to compare offers and needs of one space, not a share of anything. */
  readonly score: number;
};

const SHORTLIST = 4;

export function nearestOffers(index: OfferIndex, need: ReadNeed, count: number, weights: AffinityWeights): NearOffer[] {
  const quick = quickScores(index, need, weights);
  const slots = greatest(quick.scores, Math.min(index.slots.size, SHORTLIST * count));
  const offers = Array.from(slots, (slot) => index.offers[slot]!);
  const scores = combine(
    fullRow(need, offers, (place) => quick.words[slots[place]!]!),
    weights,
  );
  const near = offers.map(({ id }, place) => ({ id, score: scores[place]! }));
  return near.toSorted((x, y) => y.score - x.score || (x.id < y.id ? -1 : 1)).slice(0, count);
}

function quickScores(index: OfferIndex, need: ReadNeed, weights: AffinityWeights) {
  const words = wordShares(index, need.entry);
  const scores = new Float64Array(index.offers.length);
  const byWords = weights.words?.weight ?? 0;
  const byMeaning = (weights.latent?.weight ?? 0) + (weights.grams?.weight ?? 0) / 2;
  const alike = firstCosines(index, need.vector);
  for (let slot = 0; slot < scores.length; slot++) {
    const isThere = index.offers[slot] !== null;
    scores[slot] = isThere ? byWords * words[slot]! + byMeaning * alike[slot]! : -Infinity;
  }
  const byTheme = (weights.themes?.weight ?? 0) / Math.max(1, need.entry.themes.size);
  for (const theme of need.entry.themes) {
    for (const slot of index.byTheme.get(theme) ?? []) scores[slot]! += byTheme;
  }
  return { words, scores };
}

function fullRow(need: ReadNeed, offers: readonly IndexedOffer[], words: (place: number) => number): FeatureRow {
  const each = (measure: (offer: IndexedOffer, place: number) => number) => Float64Array.from(offers, measure);
  const closeTo = gramCloseness(need.vector);
  const grams = each(({ vector }) => closeTo.of(vector));
  closeTo.forget();
  const unsaid = each(() => Number.NaN);
  return {
    words: each((_, place) => words(place)),
    grams,
    latent: each(({ vector }) => latentCloseness(need.vector, vector)),
    themes: each(({ entry }) => sharedPart(need.entry.themes, entry.themes)),
    sector: each(({ entry }) => sharedPart(need.entry.sectors, entry.sectors)),
    place: each(({ entry }) => sharedPart(need.entry.places, entry.places)),
    history: unsaid,
    embedding: unsaid,
  };
}

/** Places of the `count` greatest numbers, in no order: a heap whose root is the least of those kept. */
function greatest(scores: Float64Array, count: number): Int32Array {
  const heap = Int32Array.from({ length: Math.min(count, scores.length) }, (_, place) => place);
  if (heap.length === 0) return heap;
  for (let at = heap.length >> 1; at >= 0; at--) sink(heap, scores, at);
  for (let place = heap.length; place < scores.length; place++) {
    if (scores[place]! <= scores[heap[0]!]!) continue;
    heap[0] = place;
    sink(heap, scores, 0);
  }
  return heap;
}

function sink(heap: Int32Array, scores: Float64Array, start: number): void {
  let at = start;
  for (;;) {
    let least = 2 * at + 1;
    if (least >= heap.length) return;
    if (least + 1 < heap.length && scores[heap[least + 1]!]! < scores[heap[least]!]!) least++;
    if (scores[heap[at]!]! <= scores[heap[least]!]!) return;
    [heap[at], heap[least]] = [heap[least]!, heap[at]!];
    at = least;
  }
}
