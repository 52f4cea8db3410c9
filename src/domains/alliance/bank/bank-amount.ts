/**
 * Amounts and days as banks write them in files.
 *
 * Must always hold: an amount with more than two decimals is refused, never rounded; a mark that could group thousands
 * or start decimals is read as the rest of the file reads it, and refused where the file does not tell.
 */
import { parseDate } from '../../../i18n/read.ts';
import { done, refused, type Result } from '../../../lib/result.ts';

export type AmountFault = 'not-an-amount' | 'too-many-decimals';
export type DayFault = 'not-a-date' | 'impossible-date';

export type DecimalMark = ',' | '.';

const SPACES = /[\s\u00a0\u202f'’]/gu;

/** The decimal mark that these cells agree on; undefined where none has decimals. */
export function decimalMarkOf(cells: readonly string[]): DecimalMark | undefined {
  for (const cell of cells) {
    const found = /([.,])\d{1,2}[-\u2212]?$/u.exec(bare(cell))?.[1];
    if (found === ',' || found === '.') return found;
  }
  return undefined;
}

/** `1 234,50`, `-12.00`, `+12,00 EUR`, `12,00-`: cents. */
export function readAmount(text: string, mark: DecimalMark | undefined): Result<bigint, AmountFault> {
  const match = /^([+-]?)([\d.,]+)(-?)$/u.exec(bare(text));
  if (match === null || (match[1] !== '' && match[3] !== '')) return refused('not-an-amount');
  const figures = match[2] ?? '';
  if (mark === undefined && /[.,]/u.test(figures))
    return refused(/[.,]\d{3,}$/u.test(figures) ? 'too-many-decimals' : 'not-an-amount');
  const [whole = '', decimals = '', ...more] = mark === undefined ? [figures] : figures.split(mark);
  if (more.length > 0) return refused('not-an-amount');
  const group = mark === ',' ? '.' : ',';
  const isGrouped = !whole.includes(group) || /^\d{1,3}([.,]\d{3})+$/u.test(whole);
  const digits = whole.replaceAll(group, '');
  if (!isGrouped || !/^\d{1,13}$/u.test(digits) || !/^\d*$/u.test(decimals)) return refused('not-an-amount');
  if (decimals.length > 2) return refused('too-many-decimals');
  const cents = BigInt(digits + decimals.padEnd(2, '0'));
  return done(match[1] === '-' || match[3] === '-' ? -cents : cents);
}

/** `31/12/2026`, `31-12-26`, `2026-12-31`, `20261231`, `2026-12-31T08:00:00+01:00`. */
export function readDay(text: string): Result<Temporal.PlainDate, DayFault> {
  const plain = text
    .trim()
    .replace(/T[\d:.+\-Z]+$/u, '')
    .replace(/^(\d{4})(\d{2})(\d{2})$/u, '$1-$2-$3');
  const read = parseDate(plain);
  if (read.ok) return read;
  return refused(read.reason === 'impossible' ? 'impossible-date' : 'not-a-date');
}

function bare(text: string): string {
  return text
    .trim()
    .replaceAll(/[\u2212\u2013]/gu, '-')
    .replaceAll(/(€|eur(os?)?)$/giu, '')
    .replaceAll(SPACES, '');
}
