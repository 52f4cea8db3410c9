/** The comparison of texts against what people judged; the sets lie outside the project. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readExpertise, readProjectsAndAids } from '../../../test/judged-sets.ts';
import { combine, TEXT_FEATURES } from './affinity-weights.ts';
import { crossValidate, fitOnAll, measurePool } from './cross-validation.ts';
import { DEFAULT_WEIGHTS, DEFAULT_WEIGHTS_WITH_HISTORY } from './default-weights.ts';
import { featureRow, type Feature } from './features.ts';
import { createOfferIndex, putOffer } from './offer-index.ts';
import { meanOfNearest } from './profile.ts';
import { discountedGain, drawFolds, expertiseLoss, mean, pairedTest, standardError } from './ranking-quality.ts';
import { readEntry } from './text-item.ts';
import { fitSpace, placeText } from './text-space.ts';

const SEED = 20_261_123;
const COLD: readonly Feature[] = ['words', 'grams', 'latent', 'themes', 'sector'];
const projects = readProjectsAndAids();
const expertise = readExpertise();
const skip = projects && expertise ? false : 'no judged sets at ../shared/data';

test('cross-validated, experts’ choices are found better than by BM25, and better again with a past', { skip }, (t) => {
  const pool = measurePool(projects!);
  const isJudged = <T>(gain: T | null): gain is T => gain !== null;
  const words = pool.rows.map((row, need) => discountedGain(row.words, pool.chosen[need]!)).filter(isJudged);
  const folds = drawFolds(pool.rows.length, 5, SEED);
  const measure = (features: readonly Feature[]) => {
    const gains = crossValidate(pool, features, folds).gains.filter(isJudged);
    const test = pairedTest(gains, words, SEED);
    const figures = `nDCG@10 ${mean(gains).toFixed(3)} ± ${standardError(gains).toFixed(3)}`;
    t.diagnostic(`${features.join(' + ')}: ${figures}, BM25 ${mean(words).toFixed(3)}, p = ${test.p.toFixed(4)}`);
    return { gain: mean(gains), ...test };
  };
  const cold = measure(COLD);
  assert.ok(cold.gain >= 0.52 && cold.difference > 0 && cold.p < 0.05);
  const past = measure([...COLD, 'history']);
  assert.ok(past.gain >= 0.6 && past.p < 0.05);
});

test('the weights that come with the product are those that these projects teach', { skip }, () => {
  const pool = measurePool(projects!);
  for (const [features, shipped] of [
    [COLD, DEFAULT_WEIGHTS],
    [[...COLD, 'history'], DEFAULT_WEIGHTS_WITH_HISTORY],
  ] as const) {
    const fitted = fitOnAll(pool, features);
    for (const feature of features) {
      assert.ok(Math.abs(fitted[feature]!.weight - shipped[feature]!.weight) < 0.02, feature);
      assert.ok(Math.abs(fitted[feature]!.typical - shipped[feature]!.typical) < 0.01, feature);
    }
  }
});

test('the same weights, taught in French, rank English papers by reviewers’ expertise', { skip }, (t) => {
  const { articles, reviewers } = expertise!;
  const entries = articles.map(readEntry);
  const space = fitSpace(entries);
  const index = createOfferIndex(space);
  articles.forEach((article, place) => putOffer(index, String(place), article, entries[place]));
  const judges = reviewers.map(({ publications, judged }) => {
    const scores = publications.map((one) => {
      const row = featureRow(index, { entry: entries[one]!, vector: placeText(space, entries[one]!) });
      return combine(row, DEFAULT_WEIGHTS, TEXT_FEATURES);
    });
    return judged.map(({ article, expertise }) => ({
      expertise,
      score: meanOfNearest(scores.filter((_, k) => publications[k] !== article).map((row) => row[article]!)),
    }));
  });
  const loss = expertiseLoss(judges);
  t.diagnostic(`expertise loss ${loss.toFixed(3)} (0.5 is chance; TPMS 0.308, SPECTER 0.284)`);
  assert.ok(loss <= 0.26);
});
