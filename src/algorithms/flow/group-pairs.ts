/**
 * Pairs grouped by one of their ends, by counting sort: the pairs of k are
 * `pairs[start[k]] … pairs[start[k + 1] − 1]`, in their original order. Linear time.
 */
export type PairGroups = { readonly start: Int32Array; readonly pairs: Int32Array };

export function groupPairs(endOf: Int32Array, groups: number): PairGroups {
  const start = new Int32Array(groups + 1);
  for (let a = 0; a < endOf.length; a++) start[endOf[a]! + 1]! += 1;
  for (let k = 0; k < groups; k++) start[k + 1]! += start[k]!;
  const pairs = new Int32Array(endOf.length);
  const next = start.slice();
  for (let a = 0; a < endOf.length; a++) {
    const k = endOf[a]!;
    pairs[next[k]!] = a;
    next[k]! += 1;
  }
  return { start, pairs };
}
