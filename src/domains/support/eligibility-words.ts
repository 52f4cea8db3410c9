/**
 * One sentence for each refusal and each note of `conditions.ts`, in both languages.
 *
 * Must always hold: every code has a sentence that names the figures or the names it compared; codes of sections,
 * regions and departments are never shown bare.
 */
import { formatDate, formatList } from '../../i18n/format.ts';
import type { Locale } from '../../i18n/locale.ts';
import type { EligibilityNote } from './conditions.ts';
import { supportText } from './messages.ts';
import { nafLabel } from './naf.ts';
import { departmentName, regionName } from './places.ts';

/** A longer list is said as its first names and a count. */
const NAMED = 4;

export function eligibilitySentence(locale: Locale, { code, facts }: EligibilityNote): string {
  const t = supportText(locale);
  const text = (name: string) => String(facts[name] ?? '');
  const number = (name: string) => Number(facts[name] ?? 0);
  switch (code) {
    case 'naf-section':
      return t(`eligibility.${code}`, {
        allowed: sections(locale, text('allowed')),
        actual: sections(locale, text('actual')),
      });
    case 'naf-section-to-verify':
      return t(`eligibility.${code}`, { allowed: sections(locale, text('allowed')) });
    case 'region':
    case 'place-to-verify':
      return t(`eligibility.${code}`, { places: placesIn(locale, facts), actual: regionName(text('actual')) });
    case 'region-to-verify':
      return t(`eligibility.${code}`, { places: placesIn(locale, facts) });
    case 'too-few-employees':
      return t(`eligibility.${code}`, { minimum: number('minimum'), actual: number('actual') });
    case 'too-many-employees':
      return t(`eligibility.${code}`, { maximum: number('maximum'), actual: number('actual') });
    case 'employees-to-verify':
      return t(`eligibility.${code}`, {
        minimum: number('minimum'),
        maximum: number('maximum'),
        bounds: boundsOf(number('minimum'), number('maximum')),
      });
    case 'not-yet-available':
    case 'no-longer-available':
      return t(`eligibility.${code}`, { date: formatDate(locale, Temporal.PlainDate.from(text('date'))) });
    case 'condition-to-verify':
      return t(`eligibility.${code}`, { text: text('text') });
    case 'sole-trader':
    case 'sole-trader-to-verify':
      return t(`eligibility.${code}`);
  }
}

/** « A · Agriculture…, C · Industrie… et 3 autres ». */
export function sections(locale: Locale, letters: string): string {
  return someOf(
    locale,
    letters.split(',').map((letter) => nafLabel(locale, letter)),
  );
}

export function placesIn(locale: Locale, facts: EligibilityNote['facts']): string {
  const list = (name: string) =>
    String(facts[name] ?? '')
      .split(',')
      .filter((code) => code !== '');
  const others = String(facts['places'] ?? '')
    .split(' ; ')
    .filter((place) => place !== '');
  return someOf(locale, [...list('regions').map(regionName), ...list('departments').map(departmentName), ...others]);
}

function someOf(locale: Locale, names: readonly string[]): string {
  if (names.length <= NAMED + 1) return formatList(locale, names);
  const t = supportText(locale);
  return formatList(locale, [...names.slice(0, NAMED), t('eligibility.more', { n: names.length - NAMED })]);
}

function boundsOf(minimum: number, maximum: number): string {
  if (maximum < 0) return 'minimum';
  return minimum > 0 ? 'both' : 'maximum';
}
