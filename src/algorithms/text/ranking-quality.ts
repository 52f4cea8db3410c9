/**
 * How good are rankings, and is one better than another beyond chance?
 *
 * Must always hold: the order of equal scores is that of the list, never a lucky one; randomness comes from a
 * seed; every figure has its standard error.
 */
import { seededRandom } from '../../lib/seeded-random.ts';

/** nDCG@k of one ranking with yes-or-no judgements, or null when nothing is right (Järvelin and Kekäläinen, 2002). */
export function discountedGain(scores: ArrayLike<number>, isRight: readonly boolean[], k = 10): number | null {
  const rights = isRight.filter(Boolean).length;
  if (rights === 0) return null;
  const order = isRight.map((_, place) => place).toSorted((i, j) => scores[j]! - scores[i]! || i - j);
  let gain = 0;
  let ideal = 0;
  for (let place = 0; place < Math.min(k, order.length); place++) {
    const discount = 1 / Math.log2(place + 2);
    if (isRight[order[place]!]) gain += discount;
    if (place < rights) ideal += discount;
  }
  return gain / ideal;
}

export type Judgement = { readonly score: number; readonly expertise: number };

/**
 * Share of the differences in expertise that scores put the wrong way round, judge by judge: |e₁ − e₂| when the
 * order is wrong, half of it when scores tie (Stelmakh, Wieting, Neubig and Shah, "A Gold Standard Dataset for
 * the Reviewer Assignment Problem", 2023). 0.5 for chance.
 */
export function expertiseLoss(judges: readonly (readonly Judgement[])[]): number {
  let lost = 0;
  let total = 0;
  for (const judged of judges) {
    judged.forEach((x, place) => {
      for (const y of judged.slice(0, place)) {
        const stake = Math.abs(x.expertise - y.expertise);
        const agreement = (x.score - y.score) * (x.expertise - y.expertise);
        total += stake;
        lost += agreement > 0 ? 0 : stake * (x.score === y.score ? 0.5 : Number(agreement < 0));
      }
    });
  }
  return total === 0 ? 0.5 : lost / total;
}

export function mean(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}

export function standardError(list: readonly number[]): number {
  const middle = mean(list);
  return Math.sqrt(list.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (list.length - 1) / list.length);
}

export type PairedTest = {
  readonly difference: number;
  readonly standardError: number;
  /** Two-sided: chance of a mean difference at least as far from 0 if signs were drawn by coin. */
  readonly p: number;
};

/** Sign-flipping permutation test of the differences (Smucker, Allan and Carterette, 2007). */
export function pairedTest(one: readonly number[], other: readonly number[], seed: number, draws = 20_000): PairedTest {
  const differences = one.map((value, place) => value - other[place]!);
  const observed = Math.abs(differences.reduce((sum, value) => sum + value, 0));
  const random = seededRandom(seed);
  let asFar = 0;
  for (let draw = 0; draw < draws; draw++) {
    const sum = differences.reduce((total, value) => total + (random.chance(0.5) ? value : -value), 0);
    if (Math.abs(sum) >= observed - 1e-12) asFar++;
  }
  return {
    difference: mean(differences),
    standardError: standardError(differences),
    p: (asFar + 1) / (draws + 1),
  };
}

/** `count` items shared out by chance into folds as equal as can be: the fold of each. */
export function drawFolds(count: number, folds: number, seed: number): number[] {
  const random = seededRandom(seed);
  const order = Array.from({ length: count }, (_, place) => place);
  for (let place = count - 1; place > 0; place--) {
    const other = random.whole(place + 1);
    [order[place], order[other]] = [order[other]!, order[place]!];
  }
  const fold = Array.from({ length: count }, () => 0);
  order.forEach((item, place) => (fold[item] = place % folds));
  return fold;
}
