/**
 * How well each offer answers each need, from their texts, themes, sectors, places and what helped before:
 * from 0 to 1, with the reasons.
 *
 * The features of `features.ts` are added up by weights learnt once on other data (`default-weights.ts`). The
 * sum of a pair is then divided by the best sum that this need finds, or by the median of these bests when
 * that is greater: the best offer of an ordinary need stands near 1, a need that nobody speaks about stays
 * low. The space is fitted on the texts given, needs and offers together; no judgement is looked at.
 *
 * Must always hold: every value lies in 0…1; the order of the items changes no more than the last digits;
 * more of a feature never lowers the place of an offer.
 */
import { TEXT_FEATURES, combine, type AffinityWeights } from './affinity-weights.ts';
import { DEFAULT_WEIGHTS, DEFAULT_WEIGHTS_WITH_HISTORY } from './default-weights.ts';
import { explainPair, type Fact } from './explain-pair.ts';
import { FEATURES, featureRow, type Feature, type FeatureRow, type ReadNeed } from './features.ts';
import { embeddingCloseness, type Vectors } from './embedding-closeness.ts';
import { needResemblance, votesOf, type PastNeed } from './history.ts';
import { createOfferIndex, putOffer, type OfferIndex } from './offer-index.ts';
import { readEntry, type TextItem } from './text-item.ts';
import { fitSpace, placeText } from './text-space.ts';

export type { TextItem } from './text-item.ts';

export type PastHelp = {
  readonly need: TextItem;
  /** Places, in the list of offers, of those that helped it. */
  readonly helpedBy: readonly number[];
};

/** One vector per item, all of one length; null where the service gave none. */
export type Embeddings = {
  readonly needs: Vectors;
  readonly offers: Vectors;
};

export type SimilarityOptions = {
  readonly past?: readonly PastHelp[];
  readonly embeddings?: Embeddings | null;
  readonly weights?: AffinityWeights;
};

export type Similarity = {
  readonly value: number;
  /** What the two texts alone say, 0…1 by the same rule. */
  readonly words: number;
  /** Part of the need's themes that the offer shares; null when one of them states none. */
  readonly themes: number | null;
  /** As measured, before weights; null where one side says nothing. */
  readonly features: Readonly<Record<Feature, number | null>>;
};

export type Similarities = {
  readonly between: (need: number, offer: number) => Similarity;
  /** Words of the need, as the offer writes them, that count most; and the themes both state. */
  readonly reasons: (need: number, offer: number) => { words: string[]; themes: string[] };
  /** What brings the two together, strongest first. */
  readonly facts: (need: number, offer: number) => Fact[];
  /** How many past needs like this one the offer helped. */
  readonly helpedAlike: (need: number, offer: number) => number;
};

export function similarities(
  needs: readonly TextItem[],
  offers: readonly TextItem[],
  { past = [], embeddings = null, weights }: SimilarityOptions = {},
): Similarities {
  const pool = readPool(needs, offers, past);
  const embedded = saysAnything(embeddings) ? embeddingCloseness(embeddings.needs, embeddings.offers) : null;
  const rows = pool.needs.map((need, place) => ({
    ...featureRow(pool.index, need),
    history: historyRow(pool, need),
    ...(embedded && { embedding: embedded(place) }),
  }));
  const { embedding, ...others } = weights ?? (past.length > 0 ? DEFAULT_WEIGHTS_WITH_HISTORY : DEFAULT_WEIGHTS);
  // Vectors that nobody gave would be typical everywhere, and make all pairs look alike.
  const chosen = embedded && embedding ? { ...others, embedding } : others;
  const values = shares(rows.map((row) => combine(row, chosen)));
  const words = shares(rows.map((row) => combine(row, chosen, TEXT_FEATURES)));
  const facts = (need: number, offer: number) =>
    explainPair(pool.index, { item: needs[need]!, ...pool.needs[need]! }, offer, rows[need]!, chosen, pool.past);
  return {
    between: (need, offer) => ({
      value: values[need]![offer]!,
      words: words[need]![offer]!,
      themes: said(rows[need]!.themes[offer]!),
      features: featuresAt(rows[need]!, offer),
    }),
    reasons: (need, offer) => {
      const found = facts(need, offer);
      return {
        words: found.find((fact) => fact.kind === 'words')?.inOffer.slice() ?? [],
        themes: found.find((fact) => fact.kind === 'themes')?.themes.slice() ?? [],
      };
    },
    facts,
    helpedAlike: (need, offer) => helpedAlike(pool, need, offer),
  };
}

function saysAnything(embeddings: Embeddings | null): embeddings is Embeddings {
  if (embeddings === null) return false;
  return [embeddings.needs, embeddings.offers].every((side) => side.some((vector) => vector !== null));
}

/** From here on two needs count as alike. */
const ALIKE_NEEDS = 0.35;

function helpedAlike({ needs, past }: Pool, need: number, offer: number): number {
  const id = String(offer);
  return past.filter((one) => one.helpedBy.has(id) && needResemblance(needs[need]!, one) >= ALIKE_NEEDS).length;
}

type Pool = { readonly index: OfferIndex; readonly needs: ReadNeed[]; readonly past: PastNeed[] };

function readPool(needs: readonly TextItem[], offers: readonly TextItem[], past: readonly PastHelp[]): Pool {
  const needEntries = needs.map(readEntry);
  const pastEntries = past.map(({ need }) => readEntry(need));
  const offerEntries = offers.map(readEntry);
  const space = fitSpace([...needEntries, ...pastEntries, ...offerEntries]);
  const index = createOfferIndex(space);
  offers.forEach((offer, place) => putOffer(index, String(place), offer, offerEntries[place]));
  return {
    index,
    needs: needEntries.map((entry) => ({ entry, vector: placeText(space, entry) })),
    past: pastEntries.map((entry, place) => ({
      entry,
      vector: placeText(space, entry),
      helpedBy: new Set(past[place]!.helpedBy.map(String)),
    })),
  };
}

/** An offer that never helped anybody has no past, which is not the same as a bad one. */
function historyRow({ index, past }: Pool, need: ReadNeed): Float64Array {
  const votes = votesOf(need, past);
  return Float64Array.from(index.offers, (_, offer) => votes.get(String(offer)) ?? Number.NaN);
}

/** Sums below this are what rounding left of texts that share nothing. */
const NOISE = 1e-9;

function shares(sums: readonly Float64Array[]): Float64Array[] {
  const bests = sums.map((row) => row.reduce((best, sum) => Math.max(best, sum), 0));
  const ordinary = bests.toSorted((x, y) => x - y)[bests.length >> 1] ?? 0;
  return sums.map((row, need) => {
    const full = Math.max(bests[need]!, ordinary);
    return row.map((sum) => (full > NOISE ? Math.min(1, sum / full) : 0));
  });
}

function featuresAt(row: FeatureRow, offer: number): Record<Feature, number | null> {
  return Object.fromEntries(FEATURES.map((feature) => [feature, said(row[feature][offer]!)])) as Record<
    Feature,
    number | null
  >;
}

function said(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
