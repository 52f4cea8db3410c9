/**
 * Reads what people type: dates, hours, money and whole numbers in French and English habits. Pure; the result is
 * shown back by `format.ts`, so that the person sees how it was understood.
 *
 * What always holds: reading back what `format.ts` wrote gives the same value in both languages; nothing throws,
 * whatever the text; a doubtful text is refused rather than guessed. Day comes before month in both languages
 * (« 12/03/2018 » is the twelfth of March). In an amount, a mark followed by three figures groups thousands and
 * one followed by one or two figures starts the decimals, whether it is a comma or a point.
 */
import { done, refused, type Result } from '../lib/result.ts';
import { calendarNames } from './format.ts';

export type ReadReason = 'empty' | 'unreadable' | 'impossible' | 'too-large';
export type Read<Value> = Result<Value, ReadReason>;

/**
 * `12/03/2018`, `12.3.18`, `12 mars 2018`, `lundi 12 mars 2018`, `2018-03-12`, `March 12, 2018`; and with `today`,
 * `12 mars` (the next one), `aujourd’hui`, `demain`. `impossible` when the calendar has no such day.
 */
export function parseDate(text: string, { today }: { today?: Temporal.PlainDate } = {}): Read<Temporal.PlainDate> {
  const words = normalise(text)
    .replaceAll(/[,.](?=\s|$)/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (words === '') return refused('empty');
  const days = nearDays.get(words);
  if (today && days !== undefined) return done(today.add({ days }));
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words);
  if (iso) return calendarDay(iso[1], iso[2], iso[3]);
  const figures = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/.exec(words);
  if (figures) return calendarDay(figures[3], figures[2], figures[1]);
  return parseWordedDate(words, today);
}

/** `3h30`, `3 h 30 min`, `3,5`, `3.5 h`, `210 min`, `3:30`, `2 heures`, `1 hour 15 minutes` → whole minutes. */
export function parseHours(text: string): Read<number> {
  const words = normalise(text);
  if (words === '') return refused('empty');
  const hour = '(?:h|hs|hr|hrs|heures?|hours?)\\.?';
  const minute = "(?:m|mn|min|mins|minutes?|')\\.?";
  const onlyMinutes = new RegExp(`^(${figuresPattern})\\s*${minute}$`).exec(words);
  if (onlyMinutes) return mapRead(readDigits(onlyMinutes[1] ?? ''), (value) => value);
  const both = new RegExp(`^(${figuresPattern})\\s*(?:${hour}|:)\\s*(?:et |and )?(\\d{1,2})\\s*(?:${minute})?$`).exec(
    words,
  );
  if (both) {
    const rest = Number(both[2]);
    return rest < 60 ? mapRead(readDigits(both[1] ?? ''), (value) => value * 60 + rest) : refused('impossible');
  }
  const hours = new RegExp(`^(${figuresPattern})(?:[.,](\\d{1,4}))?\\s*(?:${hour})?$`).exec(words);
  if (!hours) return refused('unreadable');
  const part = hours[2] === undefined ? 0 : Math.round((Number(hours[2]) / 10 ** hours[2].length) * 60);
  return mapRead(readDigits(hours[1] ?? ''), (value) => value * 60 + part);
}

/** `1 234,50 €`, `€1,234.50`, `1.234,5`, `10 000`, `500 k€`, `1,5 M€` → cents. Negative amounts are read too. */
export function parseMoney(text: string): Read<bigint> {
  const words = normalise(text);
  if (words === '') return refused('empty');
  const match = /^(-?)\s*(?:(?:€|eur)\s*)?(-?)\s*([\d ,.'’]+?)\s*(k|m|millions?)?\s*(?:d['’]euros|€|euros?|eur)?$/.exec(
    words,
  );
  if (!match || (match[1] && match[2])) return refused('unreadable');
  const [, before, inside, figures = '', multiplier] = match;
  const parts = splitDecimal(figures, multiplier ? 6 : 2);
  if (!parts) return refused('unreadable');
  const power = multiplier === undefined ? 0 : multiplier === 'k' ? 3 : 6;
  const scale = power + 2;
  if (parts.decimals.replace(/0+$/, '').length > scale) return refused('unreadable');
  if (parts.whole.length > 15) return refused('too-large');
  const cents = BigInt(parts.whole) * 10n ** BigInt(scale) + BigInt(parts.decimals.slice(0, scale).padEnd(scale, '0'));
  return done(before || inside ? -cents : cents);
}

/** `1 234`, `1,234`, `1.234`, `−3` → a whole number; a decimal is `unreadable`. */
export function parseInteger(text: string): Read<number> {
  const words = normalise(text);
  if (words === '') return refused('empty');
  const match = /^(-?)(\d+|\d{1,3}(?:[ ,.'’]\d{3})+)$/.exec(words);
  if (!match) return refused('unreadable');
  return mapRead(readDigits(match[2] ?? ''), (value) => (match[1] && value !== 0 ? -value : value));
}

const figuresPattern = "\\d{1,3}(?:[ ,.'’]\\d{3})+|\\d+";

const nearDays: ReadonlyMap<string, number> = new Map([
  ["aujourd'hui", 0],
  ['today', 0],
  ['demain', 1],
  ['tomorrow', 1],
  ['après-demain', 2],
  ['hier', -1],
  ['yesterday', -1],
]);

const monthNumbers = new Map<string, number>(
  (['fr', 'en'] as const).flatMap((locale) =>
    calendarNames(locale).months.map((name, index) => [unaccented(name.toLowerCase()), index + 1] as const),
  ),
);

const weekdayNames = new Set(
  (['fr', 'en'] as const).flatMap((locale) => calendarNames(locale).weekdays.map((name) => name.toLowerCase())),
);

function parseWordedDate(words: string, today: Temporal.PlainDate | undefined): Read<Temporal.PlainDate> {
  const kept = words.split(' ').filter((word) => word !== 'le' && word !== 'the' && word !== 'of');
  if (weekdayNames.has(kept[0] ?? '')) kept.shift();
  const dayFirst = /^(\d{1,2})(?:er|st|nd|rd|th|e)?$/.exec(kept[0] ?? '');
  const monthFirst = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(kept[1] ?? '');
  const month = monthNumber((dayFirst ? kept[1] : kept[0]) ?? '');
  const day = dayFirst ?? monthFirst;
  if (!month || !day || kept.length > 3) return refused('unreadable');
  if (kept[2] !== undefined) {
    return /^\d{4}$|^\d{2}$/.test(kept[2]) ? calendarDay(kept[2], String(month), day[1]) : refused('unreadable');
  }
  return today ? nextDay(today, month, Number(day[1])) : refused('unreadable');
}

/** A whole name, or its first letters when they leave no doubt (« janv », « sept », "Mar"). */
function monthNumber(word: string): number | undefined {
  const bare = unaccented(word);
  const exact = monthNumbers.get(bare);
  if (exact !== undefined || bare.length < 3) return exact;
  const found = new Set([...monthNumbers].filter(([name]) => name.startsWith(bare)).map(([, number]) => number));
  return found.size === 1 ? [...found][0] : undefined;
}

/** The first such day that is not before today, looking as far as the next leap years for 29 February. */
function nextDay(today: Temporal.PlainDate, month: number, day: number): Read<Temporal.PlainDate> {
  for (let year = today.year; year <= today.year + 8; year += 1) {
    const found = calendarDay(String(year).padStart(4, '0'), String(month), String(day));
    if (found.ok && Temporal.PlainDate.compare(found.value, today) >= 0) return found;
  }
  return refused('impossible');
}

function calendarDay(year = '', month = '', day = ''): Read<Temporal.PlainDate> {
  const fullYear = year.length === 2 ? 2000 + Number(year) : Number(year);
  try {
    return done(
      Temporal.PlainDate.from({ year: fullYear, month: Number(month), day: Number(day) }, { overflow: 'reject' }),
    );
  } catch {
    return refused('impossible');
  }
}

/** Cuts an amount at its decimal mark; nothing when the marks make no sense together. */
function splitDecimal(figures: string, digits: number): { whole: string; decimals: string } | undefined {
  const grouped = /^\d{1,3}([ ,.'’])\d{3}(?:\1\d{3})*$/.exec(figures);
  const decimalOnly = digits > 2 && /^\d+[.,]\d+$/.test(figures);
  if (/^\d+$/.test(figures) || (grouped && !decimalOnly)) return { whole: onlyDigits(figures), decimals: '' };
  const match = new RegExp(`^(\\d+|\\d{1,3}(?:([ ,.'’])\\d{3})(?:\\2\\d{3})*)([.,])(\\d{1,${digits}})$`).exec(figures);
  if (!match || match[2] === match[3]) return undefined;
  return { whole: onlyDigits(match[1] ?? ''), decimals: match[4] ?? '' };
}

function readDigits(figures: string): Read<number> {
  const value = Number(onlyDigits(figures));
  return value <= 1e12 ? done(value) : refused('too-large');
}

function onlyDigits(text: string): string {
  return text.replaceAll(/\D/g, '');
}

/** Lower case, one kind of space, one kind of minus, one kind of apostrophe, no space at the ends. */
function normalise(text: string): string {
  if (text.length > 100) return 'too long to be one';
  return text
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\u2212\u2013\u2010\u2011]/g, '-')
    .replaceAll('’', "'")
    .trim();
}

function unaccented(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .replace(/\.$/, '');
}

function mapRead<From, To>(read: Read<From>, change: (value: From) => To): Read<To> {
  return read.ok ? done(change(read.value)) : read;
}
