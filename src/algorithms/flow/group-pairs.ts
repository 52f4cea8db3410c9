/**
 * Pairs grouped by one of their ends, by counting sort: the pairs of k are
 * `pairs[start[k]] … pairs[start[k + 1] − 1]`, in their original order. Linear time.
 */
export type PairGroups = { readonly start: Int32Array; readonly pairs: Int32Array };

export function groupPairs(endOf: Int32Array, groups: number): PairGroups {
  const start = groupStarts(endOf, groups);
  const pairs = new Int32Array(endOf.length);
  const next = start.slice();
  for (let a = 0; a < endOf.length; a++) {
    const k = endOf[a]!;
    pairs[next[k]!] = a;
    next[k]! += 1;
  }
  return { start, pairs };
}

/** Whether pairs already stand group by group, in rising order: then nothing has to be sorted or kept. */
export function isGrouped(endOf: Int32Array): boolean {
  for (let a = 1; a < endOf.length; a++) if (endOf[a]! < endOf[a - 1]!) return false;
  return true;
}

/** Where each group starts when pairs are grouped; one place more than groups. */
export function groupStarts(endOf: Int32Array, groups: number): Int32Array {
  const start = new Int32Array(groups + 1);
  for (let a = 0; a < endOf.length; a++) start[endOf[a]! + 1]! += 1;
  for (let k = 0; k < groups; k++) start[k + 1]! += start[k]!;
  return start;
}
