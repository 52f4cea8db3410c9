/**
 * Amounts of the books as people read and as spreadsheets count them.
 *
 * Must always hold: no amount passes through a float on its way to a screen or a file, but for minutes and counts, which
 * are far below 2^53, and for workbooks, whose figures are floats by their own format: to the cent up to 90,000 billion.
 */
import type { Formatter } from '../../i18n/format.ts';
import type { LedgerUnit } from '../../lib/quantity.ts';

/** Nothing is nothing of hours, in a column of hours. */
const ZERO_HOURS = '0\u00a0h';

export type CountedUnit = Exclude<LedgerUnit, 'minute' | 'eur-cent'>;

/** `3 h 30`, `1 234,50 €`, or the words of a counted unit, which the caller's own messages write. */
export function writeAmount(
  write: Formatter,
  countWords: (unit: CountedUnit, n: number) => string,
  unit: LedgerUnit,
  amount: bigint,
): string {
  if (unit === 'minute') return amount === 0n ? ZERO_HOURS : write.hours(Number(amount));
  if (unit === 'eur-cent') return write.money(amount, { round: true });
  return countWords(unit, Number(amount));
}

/** For a spreadsheet: hours and euros as decimals with a comma, counts as they are. */
export function amountCell(unit: LedgerUnit, amount: bigint): string {
  if (unit === 'minute') return hundredths(amount, 60n);
  return unit === 'eur-cent' ? hundredths(amount, 100n) : String(amount);
}

/** For a workbook: a figure that it sums. */
export function amountFigure(unit: LedgerUnit, amount: bigint): number {
  return Number(amountCell(unit, amount).replace(',', '.'));
}

/** `amount / whole` with two decimals, half rounded away from zero. */
function hundredths(amount: bigint, whole: bigint): string {
  const size = amount < 0n ? -amount : amount;
  const cents = (size * 100n + whole / 2n) / whole;
  const sign = amount < 0n && cents > 0n ? '-' : '';
  return `${sign}${cents / 100n},${String(cents % 100n).padStart(2, '0')}`;
}
