/**
 * Weights of features from judged examples: which offers did people choose for which needs?
 *
 * The weights w ≥ 0 minimise, over the judged needs, the mean of −Σⱼ yⱼ ln pⱼ + λ/2 |w|², where y shares 1
 * between the chosen offers and p is the softmax of the offers' scores Σ w f / σ, each feature divided by its
 * deviation σ (ListNet: Cao, Qin, Liu, Tsai and Li, "Learning to Rank: From Pairwise Approach to Listwise
 * Approach", 2007). Convex: projected gradient steps with halving reach the one minimum. An unknown value
 * counts as the mean of the known ones. λ pulls towards small weights; it is set, not searched.
 *
 * Must always hold: only the examples given are looked at; weights are finite and at least 0; the same
 * examples give the same weights.
 */
import type { AffinityWeights } from './affinity-weights.ts';
import type { Feature, FeatureRow } from './features.ts';

export type JudgedNeed = {
  readonly features: FeatureRow;
  /** Per offer: whether people chose it for this need. */
  readonly chosen: readonly boolean[];
};

type Example = { readonly values: Float64Array[]; readonly target: Float64Array };

export const RIDGE = 1;
const MOST_STEPS = 500;
const SMALL_STEP = 1e-7;

/** Examples without a chosen offer teach nothing. A feature that never varies gets weight 0. */
export function fitWeights(
  judged: readonly JudgedNeed[],
  features: readonly Feature[],
  ridge: number = RIDGE,
): AffinityWeights {
  const spreads = features.map((feature) => spreadOf(judged.map((need) => need.features[feature])));
  const examples = judged.flatMap(({ features: row, chosen }) => {
    const hits = chosen.filter(Boolean).length;
    if (hits === 0) return [];
    const values = features.map((feature, place) => standardised(row[feature], spreads[place]!));
    return [{ values, target: Float64Array.from(chosen, (isChosen) => (isChosen ? 1 / hits : 0)) }];
  });
  const fitted = minimise(examples, features.length, ridge);
  return Object.fromEntries(
    features.map((feature, place) => {
      const { mean, deviation } = spreads[place]!;
      return [feature, { weight: deviation > 0 ? fitted[place]! / deviation : 0, typical: mean }];
    }),
  );
}

function minimise(examples: readonly Example[], size: number, ridge: number): Float64Array {
  let w = new Float64Array(size);
  let current = lossOf(examples, w, ridge);
  let step = 1;
  for (let round = 0; round < MOST_STEPS && examples.length > 0; round++) {
    const next = w.map((weight, k) => Math.max(0, weight - step * current.gradient[k]!));
    const found = lossOf(examples, next, ridge);
    const moved = next.reduce((sum, weight, k) => sum + (weight - w[k]!) ** 2, 0);
    if (found.loss > current.loss - moved / (4 * step)) {
      step /= 2;
      if (moved < SMALL_STEP ** 2) break;
      continue;
    }
    w = next;
    current = found;
    step *= 1.5;
    if (moved < SMALL_STEP ** 2) break;
  }
  return w;
}

/** Mean loss and its gradient; plain loops, because a cross-validation comes here some ten thousand times. */
function lossOf(examples: readonly Example[], w: Float64Array, ridge: number) {
  const gradient = w.map((weight) => ridge * weight);
  let loss = (ridge / 2) * w.reduce((sum, weight) => sum + weight * weight, 0);
  for (const { values, target } of examples) {
    const scores = scoresOf(values, w);
    const logTotal = logOfTotal(scores);
    loss += logTotal / examples.length;
    for (let j = 0; j < target.length; j++) {
      if (target[j]! > 0) loss -= (target[j]! * scores[j]!) / examples.length;
      scores[j] = Math.exp(scores[j]! - logTotal) - target[j]!;
    }
    for (let k = 0; k < w.length; k++) gradient[k]! += dot(values[k]!, scores) / examples.length;
  }
  return { loss, gradient };
}

function scoresOf(values: readonly Float64Array[], w: Float64Array): Float64Array {
  const scores = new Float64Array(values[0]!.length);
  for (let k = 0; k < w.length; k++) {
    const column = values[k]!;
    const weight = w[k]!;
    for (let j = 0; j < scores.length; j++) scores[j]! += weight * column[j]!;
  }
  return scores;
}

/** Logarithm of the sum of the exponentials, without overflow. */
function logOfTotal(scores: Float64Array): number {
  let top = -Infinity;
  for (let j = 0; j < scores.length; j++) top = Math.max(top, scores[j]!);
  let total = 0;
  for (let j = 0; j < scores.length; j++) total += Math.exp(scores[j]! - top);
  return top + Math.log(total);
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += x[j]! * y[j]!;
  return sum;
}

type Spread = { readonly mean: number; readonly deviation: number };

function spreadOf(columns: readonly Float64Array[]): Spread {
  const known = columns.flatMap((column) => [...column].filter((value) => !Number.isNaN(value)));
  const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length);
  return { mean, deviation: variance > 1e-18 ? Math.sqrt(variance) : 0 };
}

function standardised(column: Float64Array, { mean, deviation }: Spread): Float64Array {
  return column.map((value) => (Number.isNaN(value) || deviation === 0 ? 0 : (value - mean) / deviation));
}
