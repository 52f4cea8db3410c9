/**
 * What is measured between a need and an offer: one number from 0 to 1 per feature, or NaN for "not said".
 *
 * - words: BM25, as a share of what an offer made of this need's words alone could reach;
 * - grams: cosine of the runs of characters;
 * - latent: closeness in the directions of the space;
 * - themes, sector, place: the part of the need's tags that the offer shares;
 * - history: the share of similar past needs that this offer helped;
 * - embedding: cosine of vectors of a language model, where a service gives them.
 *
 * Must always hold: every number is finite and within 0…1, or NaN; NaN exactly where one side says nothing.
 */
import { scoreQuery } from './bm25.ts';
import type { IndexedOffer, OfferIndex } from './offer-index.ts';
import { gramCosines } from './offer-index.ts';
import type { TextEntry } from './text-item.ts';
import type { TextVector } from './text-space.ts';
import { GRAM_NUMBERS, latentCloseness } from './text-space.ts';

export const FEATURES = ['words', 'grams', 'latent', 'themes', 'sector', 'place', 'history', 'embedding'] as const;
export type Feature = (typeof FEATURES)[number];

/** Per feature, a number per slot of the index. Free slots hold 0 or NaN. */
export type FeatureRow = Readonly<Record<Feature, Float64Array>>;

export type ReadNeed = { readonly entry: TextEntry; readonly vector: TextVector };

export function featureRow(index: OfferIndex, need: ReadNeed): FeatureRow {
  const tagged = (tags: 'themes' | 'sectors' | 'places') =>
    perOffer(index, ({ entry }) => sharedPart(need.entry[tags], entry[tags]));
  return {
    words: wordShares(index, need.entry),
    grams: gramCosines(index, need.vector),
    latent: perOffer(index, ({ vector }) => latentCloseness(need.vector, vector)),
    themes: tagged('themes'),
    sector: tagged('sectors'),
    place: tagged('places'),
    history: unsaid(index),
    embedding: unsaid(index),
  };
}

/** BM25 of each slot as a share of its ceiling. */
export function wordShares(index: OfferIndex, { words }: TextEntry): Float64Array {
  const { scores, ceiling } = scoreQuery(index.bm25, words);
  return ceiling > 0 ? scores.map((score) => score / ceiling) : scores;
}

/** Part of the need's tags that the offer has; NaN when either has none. */
export function sharedPart(need: ReadonlySet<string>, offer: ReadonlySet<string>): number {
  if (need.size === 0 || offer.size === 0) return Number.NaN;
  let shared = 0;
  for (const tag of need) if (offer.has(tag)) shared++;
  return shared / need.size;
}

/** Runs of characters of one need laid out by number, to be compared with some offers. One need at a time. */
export function gramCloseness({ grams, gramWeights }: TextVector) {
  for (let place = 0; place < grams.length; place++) layout[grams[place]!] = gramWeights[place]!;
  return {
    of: (other: TextVector): number => {
      let dot = 0;
      for (let place = 0; place < other.grams.length; place++) {
        dot += layout[other.grams[place]!]! * other.gramWeights[place]!;
      }
      return Math.min(1, dot);
    },
    forget: () => {
      for (const gram of grams) layout[gram] = 0;
    },
  };
}

const layout = new Float32Array(GRAM_NUMBERS);

function perOffer({ offers }: OfferIndex, measure: (offer: IndexedOffer) => number): Float64Array {
  return Float64Array.from(offers, (offer) => (offer ? measure(offer) : 0));
}

function unsaid({ offers }: OfferIndex): Float64Array {
  return new Float64Array(offers.length).fill(Number.NaN);
}
