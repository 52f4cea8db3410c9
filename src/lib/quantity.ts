/**
 * Quantities of help and how they are booked.
 *
 * A need or an offer counts in the unit of its kind; the ledger counts in the unit of its book.
 * Must always hold: whole numbers only, never negative, never beyond what an integer column holds;
 * half-days become minutes by the territory's own length of a half-day, every other unit is booked as it is.
 */
export type SupportUnit = 'half-day' | 'introduction' | 'desk-day' | 'test-ground-day';
export type LedgerUnit = 'eur-cent' | 'minute' | 'introduction' | 'desk-day' | 'test-ground-day';

export const SUPPORT_UNITS: readonly SupportUnit[] = ['half-day', 'introduction', 'desk-day', 'test-ground-day'];

/** The book in which deliveries of this unit are counted. */
export function ledgerUnitOf(unit: SupportUnit): Exclude<LedgerUnit, 'eur-cent'> {
  return unit === 'half-day' ? 'minute' : unit;
}

/** Planned units in the ledger's unit: half-days by `halfDayMinutes`, others one for one. */
export function ledgerAmount(unit: SupportUnit, quantity: number, halfDayMinutes: number): bigint {
  if (!Number.isSafeInteger(quantity) || quantity < 0) throw new RangeError(`Not a quantity: ${quantity}`);
  return BigInt(quantity) * (unit === 'half-day' ? BigInt(halfDayMinutes) : 1n);
}

/**
 * Shares a whole amount in proportion to weights, in whole units, so that the shares add up to it
 * (largest remainders; ties go to the earlier place). Weights are non-negative, not all zero.
 */
export function shareOut(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (total < 0n || sum <= 0n || weights.some((weight) => weight < 0n))
    throw new RangeError('Shares need a non-negative total and weights');
  const shares = weights.map((weight) => (total * weight) / sum);
  let left = total - shares.reduce((all, share) => all + share, 0n);
  const byRemainder = weights.map((weight, place) => ({ place, remainder: (total * weight) % sum }));
  byRemainder.sort((a, b) => (a.remainder === b.remainder ? a.place - b.place : a.remainder > b.remainder ? -1 : 1));
  for (const { place } of byRemainder) {
    if (left === 0n) break;
    shares[place]! += 1n;
    left -= 1n;
  }
  return shares;
}
