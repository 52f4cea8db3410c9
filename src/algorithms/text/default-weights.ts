/**
 * The weights that come with the product, as data.
 *
 * Learnt: by `fitWeights` (ridge 1) on 45 French projects for which experts chose among 164 public aids (open
 * catalogue "Transition écologique des entreprises", commit 36cd8c9, 60 % of it; the other part was never
 * seen). `typical` is the mean seen there. `npm run bench -- affinity quality --weights` fits them again, prints them, and
 * measures them on projects that they were not fitted on.
 * Set by hand, because nothing judged was at hand: place weighs as much as sector; an embedding, which most
 * installations do not have, as much as the directions of the corpus.
 */
import type { AffinityWeights } from './affinity-weights.ts';

const SET_BY_HAND: AffinityWeights = {
  place: { weight: 0.24, typical: 0.5 },
  embedding: { weight: 1.98, typical: 0.3 },
};

/** Where no past help is known. */
export const DEFAULT_WEIGHTS: AffinityWeights = {
  words: { weight: 2.98, typical: 0.04 },
  grams: { weight: 3.62, typical: 0.14 },
  latent: { weight: 1.98, typical: 0.12 },
  themes: { weight: 1.09, typical: 0.23 },
  sector: { weight: 0.24, typical: 0.62 },
  ...SET_BY_HAND,
};

/** Where it is known which offers helped which needs. */
export const DEFAULT_WEIGHTS_WITH_HISTORY: AffinityWeights = {
  words: { weight: 3.38, typical: 0.04 },
  grams: { weight: 2.97, typical: 0.14 },
  latent: { weight: 2.34, typical: 0.12 },
  themes: { weight: 0.8, typical: 0.23 },
  sector: { weight: 0.12, typical: 0.62 },
  history: { weight: 3.64, typical: 0.07 },
  ...SET_BY_HAND,
};
