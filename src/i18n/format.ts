/**
 * Writes numbers, money, hours, dates and lists in the habits of each language. Pure: the zone and today are arguments.
 *
 * What always holds: no figure is cut from its unit at the end of a line (no-break spaces only); money is exact at any
 * size, since it never passes through a float; what is written here can be read back by `read.ts` without loss.
 */
import { languageTags, type Locale } from './locale.ts';

export type { Locale } from './locale.ts';

/** U+00A0, between a figure and its word. */
const gap = '\u00a0';
/** U+2212, the minus that has the width of figures. */
const minus = '\u2212';

/** `1 234,5` · `1,234.5`. At most `digits` decimals (2 unless told), exactly so when `fixed`. */
export function formatNumber(
  locale: Locale,
  value: number | bigint,
  { digits = 2, fixed = false, signed = false }: { digits?: number; fixed?: boolean; signed?: boolean } = {},
): string {
  const options = {
    maximumFractionDigits: digits,
    minimumFractionDigits: fixed ? digits : 0,
    signDisplay: signed ? ('exceptZero' as const) : ('negative' as const),
  };
  return withMinus(numberFormat(locale, `n${digits}${fixed}${signed}`, options).format(value));
}

/** A share between 0 and 1 as `96 %` · `96%`. */
export function formatPercent(locale: Locale, share: number, { digits = 0 }: { digits?: number } = {}): string {
  return withMinus(
    numberFormat(locale, `p${digits}`, { style: 'percent', maximumFractionDigits: digits }).format(share),
  );
}

/** Cents as `1 234,50 €` · `€1,234.50`; with `round`, whole euros lose their decimals: `10 000 €`. */
export function formatMoney(
  locale: Locale,
  cents: bigint,
  { currency = 'EUR', round = false }: { currency?: string; round?: boolean } = {},
): string {
  const whole = round && cents % 100n === 0n;
  const digits = whole ? 0 : 2;
  const format = numberFormat(locale, `${currency}${digits}`, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return withMinus(format.format(decimalOfCents(cents)));
}

/** Minutes as `3 h 30`, `3 h`, `45 min`; `long` says the unit of the rest: `3 h 30 min`. English always says it. */
export function formatHours(locale: Locale, minutes: number, { long = false }: { long?: boolean } = {}): string {
  if (!Number.isSafeInteger(minutes)) throw new Error(`Hours are whole minutes, not ${minutes}`);
  const sign = minutes < 0 ? minus : '';
  const size = Math.abs(minutes);
  const rest = size % 60;
  const hours = formatNumber(locale, (size - rest) / 60);
  if (size < 60) return `${sign}${rest}${gap}min`;
  if (rest === 0) return `${sign}${hours}${gap}h`;
  const unit = long || locale === 'en' ? `${gap}min` : '';
  return `${sign}${hours}${gap}h${gap}${String(rest).padStart(2, '0')}${unit}`;
}

export interface DateOptions {
  /** Says the day of the week: « lundi 12 mars 2018 ». */
  readonly weekday?: boolean;
  /** Leaves the year out: « 12 mars ». */
  readonly year?: boolean;
}

/** « 12 mars 2018 », « 1er avril » · "12 March 2018". */
export function formatDate(
  locale: Locale,
  date: Temporal.PlainDate,
  { weekday = false, year = true }: DateOptions = {},
): string {
  const { months, weekdays } = calendarNames(locale);
  const day = locale === 'fr' && date.day === 1 ? '1er' : String(date.day);
  const words = [`${day}${gap}${months[date.month - 1]}`];
  if (weekday) words.unshift(weekdays[date.dayOfWeek - 1] ?? '');
  if (year) words.push(formatYear(date.year));
  return words.join(' ');
}

/** « 12/03/2018 », in both languages: for tables. */
export function formatShortDate(_locale: Locale, date: Temporal.PlainDate): string {
  return `${pad(date.day)}/${pad(date.month)}/${formatYear(date.year)}`;
}

/** « 14 h 30 », « 9 h » · "14:30". */
export function formatTime(locale: Locale, time: Temporal.PlainTime): string {
  if (locale === 'en') return `${pad(time.hour)}:${pad(time.minute)}`;
  return `${time.hour}${gap}h${time.minute === 0 ? '' : `${gap}${pad(time.minute)}`}`;
}

/** « lundi 12 mars à 14 h 30 » · "Monday 12 March at 14:30", in the zone of the place. */
export function formatDateTime(
  locale: Locale,
  instant: Temporal.Instant,
  zone: string,
  { weekday = true, year = false }: DateOptions = {},
): string {
  const local = instant.toZonedDateTimeISO(zone);
  const date = formatDate(locale, local.toPlainDate(), { weekday, year });
  return `${date} ${locale === 'fr' ? 'à' : 'at'} ${formatTime(locale, local.toPlainTime())}`;
}

/** « aujourd’hui », « demain », « il y a 3 jours », « dans 2 mois ». */
export function formatRelativeDay(locale: Locale, date: Temporal.PlainDate, today: Temporal.PlainDate): string {
  const days = today.until(date, { largestUnit: 'day' }).days;
  const size = Math.abs(days);
  if (size < 45) return relative(locale, days, 'day');
  if (size < 365) return relative(locale, Math.round(days / 30.44), 'month');
  return relative(locale, Math.round(days / 365.25), 'year');
}

/** « A, B et C » · "A, B and C"; `or` for « A, B ou C ». */
export function formatList(locale: Locale, items: readonly string[], kind: 'and' | 'or' = 'and'): string {
  return new Intl.ListFormat(languageTags[locale], {
    type: kind === 'and' ? 'conjunction' : 'disjunction',
  }).format(items);
}

/** « 1er », « 2e » · "1st", "2nd", "3rd", "4th". `feminine` for « 1re ». */
export function formatOrdinal(locale: Locale, rank: number, { feminine = false }: { feminine?: boolean } = {}): string {
  if (locale === 'fr') return `${rank}${rank === 1 ? (feminine ? 're' : 'er') : 'e'}`;
  const suffixes: Record<string, string> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
  return `${rank}${suffixes[new Intl.PluralRules('en', { type: 'ordinal' }).select(rank)]}`;
}

/** « du 3 au 12 mars 2018 » · "3 to 12 March 2018"; both ends are days that count. */
export function formatPeriod(locale: Locale, first: Temporal.PlainDate, last: Temporal.PlainDate): string {
  if (first.equals(last)) return formatDate(locale, first);
  const sameYear = first.year === last.year;
  const start =
    sameYear && first.month === last.month
      ? locale === 'fr' && first.day === 1
        ? '1er'
        : String(first.day)
      : formatDate(locale, first, { year: !sameYear });
  const end = formatDate(locale, last);
  return locale === 'fr' ? `du ${start} au ${end}` : `${start} to ${end}`;
}

/** Month and weekday names in lower case French and capital English; Monday and January come first. */
export function calendarNames(locale: Locale): {
  months: readonly string[];
  weekdays: readonly string[];
} {
  return names[locale];
}

/** Every writer above, bound to one language and one zone: what a page asks for. */
export function formatter(locale: Locale, zone: string) {
  type Rest<F> = F extends (locale: Locale, ...rest: infer R) => unknown ? R : never;
  return {
    locale,
    zone,
    number: (...rest: Rest<typeof formatNumber>) => formatNumber(locale, ...rest),
    percent: (...rest: Rest<typeof formatPercent>) => formatPercent(locale, ...rest),
    money: (...rest: Rest<typeof formatMoney>) => formatMoney(locale, ...rest),
    hours: (...rest: Rest<typeof formatHours>) => formatHours(locale, ...rest),
    date: (...rest: Rest<typeof formatDate>) => formatDate(locale, ...rest),
    shortDate: (date: Temporal.PlainDate) => formatShortDate(locale, date),
    time: (time: Temporal.PlainTime) => formatTime(locale, time),
    dateTime: (instant: Temporal.Instant, options?: DateOptions) => formatDateTime(locale, instant, zone, options),
    dayOf: (instant: Temporal.Instant, options?: DateOptions) =>
      formatDate(locale, instant.toZonedDateTimeISO(zone).toPlainDate(), options),
    relativeDay: (...rest: Rest<typeof formatRelativeDay>) => formatRelativeDay(locale, ...rest),
    list: (...rest: Rest<typeof formatList>) => formatList(locale, ...rest),
    ordinal: (...rest: Rest<typeof formatOrdinal>) => formatOrdinal(locale, ...rest),
    period: (...rest: Rest<typeof formatPeriod>) => formatPeriod(locale, ...rest),
  };
}

export type Formatter = ReturnType<typeof formatter>;

const names: Record<Locale, { months: readonly string[]; weekdays: readonly string[] }> = {
  fr: {
    months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
    weekdays: 'lundi mardi mercredi jeudi vendredi samedi dimanche'.split(' '),
  },
  en: {
    months: 'January February March April May June July August September October November December'.split(' '),
    weekdays: 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' '),
  },
};

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: Locale, name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${name}`;
  const known = numberFormats.get(key) ?? new Intl.NumberFormat(languageTags[locale], options);
  numberFormats.set(key, known);
  return known;
}

function relative(locale: Locale, value: number, unit: 'day' | 'month' | 'year'): string {
  const text = new Intl.RelativeTimeFormat(languageTags[locale], { numeric: 'auto' }).format(value, unit);
  return text.replaceAll(/(\d) /g, `$1${gap}`).replaceAll("'", '’');
}

/** Intl reads a decimal written as text exactly, where a number would lose cents past 2^53. */
function decimalOfCents(cents: bigint): Intl.StringNumericLiteral {
  const size = cents < 0n ? -cents : cents;
  return `${cents < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}` as `${number}`;
}

function withMinus(text: string): string {
  return text.replace('-', minus);
}

function formatYear(year: number): string {
  return year < 0 ? `${minus}${-year}` : String(year).padStart(4, '0');
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
