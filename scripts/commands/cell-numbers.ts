/**
 * Numbers of files: whole ones, and decimals that become whole scores.
 *
 * Must always hold: what is not clearly a number is undefined, never a guess; no figure is dropped unsaid.
 */
import { parseInteger } from '../../src/i18n/read.ts';

/** A whole number of 0 or more; undefined when the text is not one. « 12.0 » is what some programs write for 12. */
export function wholeOf(text: string): number | undefined {
  const number = parseInteger(text.trim().replace(/^(\d+)\.0$/u, '$1'));
  return number.ok && number.value >= 0 ? number.value : undefined;
}

export interface Decimal {
  readonly value: number;
  /** Figures after the mark that are needed to write it. */
  readonly decimals: number;
}

/** `0.95`, `0,95`, `12`, `1e-05`, `-3`; undefined for NaN, infinities and everything else. */
export function decimalOf(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d{1,20})(?:[.,](\d{1,40}))?(?:e([+-]?\d{1,3}))?$/iu.exec(text.trim());
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const value = Number(`${sign}${whole}.${fraction || '0'}e${exponent}`);
  if (!Number.isFinite(value)) return undefined;
  return { value: value + 0, decimals: Math.max(0, fraction.replace(/0+$/u, '').length - Number(exponent)) };
}

/** How whole scores of a plan come from those of a file: times 10^decimals, plus the lift. */
export interface ScoreScale {
  readonly decimals: number;
  readonly lift: number;
}

/** The score of `units` units as the file that it comes from would write it. */
export function scoreText(score: number, { decimals, lift }: ScoreScale, units = 1): string {
  const own = score - units * lift;
  return decimals === 0 ? String(own) : (own / 10 ** decimals).toFixed(decimals).replace(/\.?0+$/u, '');
}
