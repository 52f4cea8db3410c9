/**
 * Weights judged on needs that they were not fitted on.
 *
 * Needs are shared out into folds; for each fold the weights are fitted on the other folds and score its needs.
 * The texts of all needs are known beforehand, as in a round; their judgements are not: with history, the
 * votes on a need come from the needs of the other folds, never from itself nor from its fold.
 *
 * Must always hold: no judgement of a fold reaches the weights or the features that its needs are scored with.
 */
import { combine, type AffinityWeights } from './affinity-weights.ts';
import { featureRow, type Feature, type FeatureRow, type ReadNeed } from './features.ts';
import { fitWeights, RIDGE } from './fit-weights.ts';
import { votesOf, type PastNeed } from './history.ts';
import { createOfferIndex, putOffer } from './offer-index.ts';
import { discountedGain } from './ranking-quality.ts';
import { readEntry, type TextItem } from './text-item.ts';
import { fitSpace, placeText } from './text-space.ts';

export type JudgedPool = {
  readonly needs: readonly TextItem[];
  readonly offers: readonly TextItem[];
  /** Per need, per offer: whether experts chose it. */
  readonly chosen: readonly (readonly boolean[])[];
};

export type MeasuredPool = {
  readonly rows: readonly FeatureRow[];
  readonly past: readonly PastNeed[];
  readonly chosen: JudgedPool['chosen'];
};

export type Validation = {
  /** nDCG@10 per need; null where experts chose nothing. */
  readonly gains: readonly (number | null)[];
  /** Per fold. */
  readonly weights: readonly AffinityWeights[];
};

export function measurePool({ needs, offers, chosen }: JudgedPool): MeasuredPool {
  const entries = needs.map(readEntry);
  const offerEntries = offers.map(readEntry);
  const space = fitSpace([...entries, ...offerEntries]);
  const index = createOfferIndex(space);
  offers.forEach((offer, place) => putOffer(index, String(place), offer, offerEntries[place]));
  const read = entries.map((entry): ReadNeed => ({ entry, vector: placeText(space, entry) }));
  return {
    rows: read.map((need) => featureRow(index, need)),
    past: read.map((need, place) => ({ ...need, helpedBy: chosenIds(chosen[place]!) })),
    chosen,
  };
}

/** `folds`: the fold of each need, from 0. */
export function crossValidate(
  pool: MeasuredPool,
  features: readonly Feature[],
  folds: readonly number[],
  ridge: number = RIDGE,
): Validation {
  const gains: (number | null)[] = pool.rows.map(() => null);
  const weights = Array.from({ length: Math.max(...folds) + 1 }, (_, fold) => {
    const rows = rowsKnowing(pool, (need) => folds[need] !== fold, features);
    const fitted = fitOn(pool, rows, features, (need) => folds[need] !== fold, ridge);
    rows.forEach((row, need) => {
      if (folds[need] === fold) gains[need] = discountedGain(combine(row, fitted), pool.chosen[need]!);
    });
    return fitted;
  });
  return { gains, weights };
}

/** Weights from every need: what is shipped, once cross-validation has said what they are worth. */
export function fitOnAll(pool: MeasuredPool, features: readonly Feature[], ridge: number = RIDGE): AffinityWeights {
  return fitOn(
    pool,
    rowsKnowing(pool, () => true, features),
    features,
    () => true,
    ridge,
  );
}

function fitOn(
  pool: MeasuredPool,
  rows: readonly FeatureRow[],
  features: readonly Feature[],
  isKnown: (need: number) => boolean,
  ridge: number,
): AffinityWeights {
  const judged = rows.map((row, need) => ({ features: row, chosen: pool.chosen[need]! }));
  return fitWeights(
    judged.filter((_, need) => isKnown(need)),
    features,
    ridge,
  );
}

/** Rows with the votes of known needs, each need's own left out; an offer that helped nobody says nothing. */
function rowsKnowing(
  { rows, past }: MeasuredPool,
  isKnown: (need: number) => boolean,
  features: readonly Feature[],
): readonly FeatureRow[] {
  if (!features.includes('history')) return rows;
  const known = past.filter((_, need) => isKnown(need));
  const helpers = new Set(known.flatMap(({ helpedBy }) => [...helpedBy]));
  return rows.map((row, need) => {
    const votes = votesOf(past[need]!, known, past[need]);
    const vote = (offer: string) => votes.get(offer) ?? (helpers.has(offer) ? 0 : Number.NaN);
    return { ...row, history: Float64Array.from(row.words, (_, offer) => vote(String(offer))) };
  });
}

function chosenIds(chosen: readonly boolean[]): ReadonlySet<string> {
  return new Set(chosen.flatMap((isChosen, offer) => (isChosen ? [String(offer)] : [])));
}
