/**
 * Fairness prices: whole numbers that turn leximin into one linear objective.
 *
 * Serving need i its k-th unit lifts its level from (k − 1)/c to k/c, with c = wanted × weight. To put
 * the vector of sorted levels as high as can be (leximin) is to minimise Σ φ(level), with φ falling so
 * fast that one need at a lower level outweighs all needs at higher ones: φ is convex, so this is a
 * convex-cost flow. Its marginal gains are ordered by (level before, ascending; level after, descending).
 * Over the vectors of served units that a flow can reach (an M♮-convex set: Frank and Murota) a separable
 * convex sum is least exactly where no single unit can be added, withdrawn or moved with gain, so only
 * the *order* and the sign of the marginal gains matter: their ranks do the same work as the exponential
 * φ, and are small. Hence:
 *
 *   g(i, k) = 1 + number of distinct lifts that rank after (i, k)   (greatest for the neediest)
 *
 * Must always hold: g ≥ 1; g(i, 1) > g(i, 2) > …; two needs share a price only when c is the same.
 * Cost: O(L log L) for L = Σ over distinct c of the greatest wanted: 36 for demands up to 8.
 */
import type { AllocationProblem } from './allocation.ts';

export type LeximinPrices = {
  /** Price of the k-th unit of need i, 1 ≤ k ≤ wanted(i). */
  readonly price: (need: number, k: number) => number;
  readonly greatest: number;
  /** Where the prices of need i start in `table`: g(i, k) = table[start[i] + k − 1]. */
  readonly start: Int32Array;
  readonly table: Int32Array;
};

export function leximinPrices({ needs }: AllocationProblem): LeximinPrices {
  const { wanted, weight } = needs;
  const longest = new Map<number, number>();
  for (let i = 0; i < wanted.length; i++) {
    const c = wanted[i]! * weight[i]!;
    if (c > 0) longest.set(c, Math.max(longest.get(c) ?? 0, wanted[i]!));
  }
  // In rising order of c, so that the same demands make the same table, whoever comes first.
  const lists = [...longest].toSorted(([c], [d]) => c - d);
  const startOf = new Map<number, number>();
  let size = 0;
  for (const [c, most] of lists) {
    startOf.set(c, size);
    size += most;
  }
  const before = new Float64Array(size);
  const after = new Float64Array(size);
  for (const [c, most] of lists) {
    for (let k = 1; k <= most; k++) {
      before[startOf.get(c)! + k - 1] = (k - 1) / c;
      after[startOf.get(c)! + k - 1] = k / c;
    }
  }
  const order = new Int32Array(size).map((_, place) => place);
  order.sort((x, y) => before[x]! - before[y]! || after[y]! - after[x]!);
  const table = new Int32Array(size);
  order.forEach((place, rank) => (table[place] = size - rank));
  const start = new Int32Array(wanted.length);
  for (let i = 0; i < wanted.length; i++) start[i] = startOf.get(wanted[i]! * weight[i]!) ?? 0;
  return { price: (need, k) => table[start[need]! + k - 1]!, greatest: size, start, table };
}
