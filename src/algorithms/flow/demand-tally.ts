/**
 * Whether a changed demand leaves the table of fairness prices as it is (`leximin-prices.ts`).
 *
 * The table depends on the greatest demand of every distinct wanted × weight. So a change keeps it as long as some need
 * still has each of these greatest demands, and no need has a greater or another: counts tell, without reading the needs.
 * The tally follows each change that keeps the table; one that does not empties it, to be counted again.
 */
import type { AllocationProblem } from './allocation.ts';
import type { AllocationNetwork } from './allocation-network.ts';

/** By wanted × weight: the greatest demand, how many needs have it, and where their prices start in the table. */
export type DemandTally = Map<number, { readonly longest: number; holders: number; readonly start: number }>;

export function tallyDemands({ needs }: AllocationProblem, { prices }: AllocationNetwork): DemandTally {
  const tally: DemandTally = new Map();
  for (let i = 0; i < needs.wanted.length; i++) {
    const wanted = needs.wanted[i]!;
    if (wanted === 0) continue;
    const full = wanted * needs.weight[i]!;
    const known = tally.get(full);
    if (known === undefined || wanted > known.longest) {
      tally.set(full, { longest: wanted, holders: 1, start: prices.start[i]! });
    } else if (wanted === known.longest) known.holders++;
  }
  return tally;
}

/** Counts the changes; when the table is kept, the needs are told where their prices start from now on. */
export function keepsTable(
  tally: DemandTally,
  built: AllocationNetwork,
  problem: AllocationProblem,
  changed: readonly number[],
): boolean {
  const starts = countChanges(tally, built, problem, changed);
  if (starts === null) tally.clear();
  starts?.forEach((start, place) => (built.prices.start[changed[place]!] = start));
  return starts !== null;
}

/** Where the prices of the changed needs start; null when the table would be another. */
function countChanges(
  tally: DemandTally,
  { filledFrom: last }: AllocationNetwork,
  { needs }: AllocationProblem,
  changed: readonly number[],
): number[] | null {
  const starts: number[] = [];
  for (const i of changed) {
    const [wanted, weight] = [needs.wanted[i]!, needs.weight[i]!];
    const now = tally.get(wanted * weight);
    if (wanted > 0 && (now === undefined || wanted > now.longest)) return null;
    if (wanted > 0 && now?.longest === wanted) now.holders++;
    starts.push(now?.start ?? 0);
  }
  for (const i of changed) {
    const before = last.needs.wanted[i]!;
    const then = tally.get(before * needs.weight[i]!);
    if (before === 0 || then?.longest !== before) continue;
    then.holders--;
    if (then.holders === 0) return null;
  }
  return starts;
}
