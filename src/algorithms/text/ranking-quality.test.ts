import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { combine } from './affinity-weights.ts';
import { crossValidate, measurePool } from './cross-validation.ts';
import type { FeatureRow } from './features.ts';
import { fitWeights } from './fit-weights.ts';
import { discountedGain, drawFolds, expertiseLoss, mean, pairedTest, standardError } from './ranking-quality.ts';

const close = (x: number, y: number) => assert.ok(Math.abs(x - y) < 1e-9, `${x} is not ${y}`);
const unsaid = (size: number) => new Float64Array(size).fill(Number.NaN);

function row(words: readonly number[], themes: readonly number[] = words.map(() => Number.NaN)): FeatureRow {
  const none = unsaid(words.length);
  const features = { grams: none, latent: none, sector: none, place: none, history: none, embedding: none };
  return { ...features, words: Float64Array.from(words), themes: Float64Array.from(themes) };
}

test('discounted gain: 1 for a perfect ranking, less for a late hit, null where nothing is right', () => {
  assert.equal(discountedGain([3, 2, 1], [true, true, false]), 1);
  close(discountedGain([3, 2, 1], [false, true, false])!, 1 / Math.log2(3));
  assert.equal(discountedGain([1, 2], [false, false]), null);
  assert.equal(discountedGain([0, 0, 0], [true, false, false]), 1); // Equal scores: the order of the list.
  close(discountedGain([0, 0, 0], [false, false, true])!, 1 / 2);
  assert.equal(discountedGain([2, 1], [false, true], 1), 0);
});

test('expertise loss: wrong orders weigh by how far apart, ties by half', () => {
  const judged = (...pairs: [score: number, expertise: number][]) =>
    pairs.map(([score, e]) => ({ score, expertise: e }));
  assert.equal(expertiseLoss([judged([1, 1], [2, 5])]), 0);
  assert.equal(expertiseLoss([judged([2, 1], [1, 5])]), 1);
  assert.equal(expertiseLoss([judged([2, 1], [2, 5])]), 0.5);
  assert.equal(expertiseLoss([judged([2, 3], [1, 3])]), 0.5); // Nothing to lose.
  close(expertiseLoss([judged([3, 2], [1, 5], [2, 1])]), 7 / 8);
});

test('a paired test sees a steady gain and no gain in noise; the same seed gives the same figure', () => {
  const base = Array.from({ length: 40 }, (_, place) => Math.sin(place * 7) / 2 + 0.5);
  const steady = pairedTest(
    base.map((value, place) => value + 0.05 + 0.01 * Math.sin(place)),
    base,
    1,
  );
  assert.ok(steady.p < 0.001);
  close(steady.difference, mean(base.map((_, place) => 0.05 + 0.01 * Math.sin(place))));
  const noise = pairedTest(
    base.map((value, place) => value + (place % 2 ? 0.1 : -0.1)),
    base,
    1,
  );
  assert.ok(noise.p > 0.5);
  assert.deepEqual(pairedTest(base, base.toReversed(), 9), pairedTest(base, base.toReversed(), 9));
  close(standardError([1, 3]), 1);
});

test('folds share everything out, as equally as can be, the same for a seed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 9 }), fc.nat(), (count, folds, seed) => {
      const drawn = drawFolds(count, folds, seed);
      const sizes = Array.from({ length: folds }, (_, fold) => drawn.filter((one) => one === fold).length);
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
      assert.equal(drawn.length, count);
      assert.deepEqual(drawFolds(count, folds, seed), drawn);
    }),
  );
});

test('weights go to what tells, none to what misleads, and unknown values to neither side', () => {
  const judged = Array.from({ length: 20 }, (_, k) => ({
    features: row([0.9, 0.2 + (k % 3) / 10, 0.1], [0.1, 0.5, k % 2 ? Number.NaN : 0.9]),
    chosen: [true, false, false],
  }));
  const weights = fitWeights(judged, ['words', 'themes', 'place'], 0.1);
  assert.ok(weights.words!.weight > 1);
  assert.equal(weights.themes!.weight, 0);
  assert.deepEqual(weights.place, { weight: 0, typical: 0 });
  assert.deepEqual(fitWeights([], ['words'])['words'], { weight: 0, typical: 0 });
  const soft = fitWeights(judged, ['words', 'themes'], 10);
  assert.ok(soft.words!.weight < weights.words!.weight);
  assert.deepEqual(
    [...combine(row([1, 2]), { words: { weight: 3, typical: 0 }, themes: { weight: 2, typical: 0.5 } })],
    [4, 7],
  );
});

test('the minimum is one: no small step from the fitted weights does better', () => {
  const size = 6;
  const judged = Array.from({ length: 9 }, (_, k) => ({
    features: row(
      Array.from({ length: size }, (_, j) => ((k * 31 + j * 17) % 10) / 10),
      Array.from({ length: size }, (_, j) => ((k * 13 + j * 29) % 7) / 7),
    ),
    chosen: Array.from({ length: size }, (_, j) => (k * 31 + j * 17) % 10 > 6),
  }));
  const features = ['words', 'themes'] as const;
  const fitted = fitWeights(judged, features);
  const spread = (feature: 'words' | 'themes') => {
    const values = judged.flatMap((need) => [...need.features[feature]]);
    return Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
  };
  const loss = (scale: readonly number[]) => {
    const w = features.map((feature, k) => fitted[feature]!.weight + scale[k]! / spread(feature));
    const taught = judged.filter(({ chosen }) => chosen.includes(true));
    const entropies = taught.map(({ features: row, chosen }) => {
      const scores = [...row.words].map((value, j) => w[0]! * value + w[1]! * row.themes[j]!);
      const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0));
      return mean(scores.filter((_, j) => chosen[j]).map((score) => total - score));
    });
    return mean(entropies) + features.reduce((sum, feature, k) => sum + (w[k]! * spread(feature)) ** 2 / 2, 0);
  };
  const least = loss([0, 0]);
  for (const step of [
    [1e-3, 0],
    [0, 1e-3],
    [-1e-3, 0],
  ]) {
    if (step[0]! < 0 && fitted.words!.weight === 0) continue;
    assert.ok(loss(step) > least);
  }
});

test('what is judged of a need never reaches the weights or the votes that it is scored with', () => {
  const item = (title: string, themes: string[]) => ({ title, body: '', themes, language: 'fr' as const });
  const needs = ['eau', 'vélo', 'eau pluie', 'vélo route', 'pluie'].map((title, k) => item(title, [`t${k % 2}`]));
  const offers = ['eau de pluie', 'route à vélo', 'brevet', 'eau'].map((title, k) => item(title, [`t${k % 2}`]));
  const chosen = needs.map((_, i) => offers.map((__, j) => (i + j) % 2 === 0));
  const folds = [0, 1, 2, 0, 1];
  const features = ['words', 'themes', 'history'] as const;
  const before = crossValidate(measurePool({ needs, offers, chosen }), features, folds);
  const other = chosen.map((line, need) => (folds[need] === 0 ? line.map((isChosen) => !isChosen) : line));
  const after = crossValidate(measurePool({ needs, offers, chosen: other }), features, folds);
  assert.deepEqual(after.weights[0], before.weights[0]);
  assert.notDeepEqual(after.weights[1], before.weights[1]);
});
