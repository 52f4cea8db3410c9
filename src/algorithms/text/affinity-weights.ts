/**
 * From features to one number: Σ weight × value, an unknown value counting as a typical one.
 *
 * Must always hold: the sum is finite and at least 0; more of a feature never lowers it.
 */
import { FEATURES, type Feature, type FeatureRow } from './features.ts';

/** A feature that is not listed weighs nothing. `typical` stands in for what is not said. */
export type AffinityWeights = Readonly<Partial<Record<Feature, { readonly weight: number; readonly typical: number }>>>;

/** Features that compare the two texts and nothing else. */
export const TEXT_FEATURES: readonly Feature[] = ['words', 'grams', 'latent', 'embedding'];

/** Per slot. `only`: the features that count, all when absent. */
export function combine(row: FeatureRow, weights: AffinityWeights, only: readonly Feature[] = FEATURES): Float64Array {
  const sums = new Float64Array(row.words.length);
  for (const feature of only) {
    const { weight = 0, typical = 0 } = weights[feature] ?? {};
    if (weight === 0) continue;
    row[feature].forEach((value, slot) => (sums[slot]! += weight * (Number.isNaN(value) ? typical : value)));
  }
  return sums;
}
