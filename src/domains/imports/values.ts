/**
 * Reads the cells of a table as the values of facts.
 *
 * Must always hold: a doubtful text is not guessed (undefined); « nothing said » is null; French and English habits
 * read alike; texts keep what they hold, line separators of every kind included.
 */
import { parseInteger } from '../../i18n/read.ts';
import { dayOfCell, itemsOfCell, textOfCell, type CellValue } from '../support/cells.ts';
import { foldWords } from '../support/places.ts';

const MONTHS: Readonly<Record<string, number>> = {
  janvier: 1,
  january: 1,
  janv: 1,
  jan: 1,
  fevrier: 2,
  february: 2,
  fevr: 2,
  feb: 2,
  mars: 3,
  march: 3,
  mar: 3,
  avril: 4,
  april: 4,
  avr: 4,
  apr: 4,
  mai: 5,
  may: 5,
  juin: 6,
  june: 6,
  jun: 6,
  juillet: 7,
  july: 7,
  juil: 7,
  jul: 7,
  aout: 8,
  august: 8,
  aug: 8,
  septembre: 9,
  september: 9,
  sept: 9,
  sep: 9,
  octobre: 10,
  october: 10,
  oct: 10,
  novembre: 11,
  november: 11,
  nov: 11,
  decembre: 12,
  december: 12,
  dec: 12,
};

/** Days that spreadsheets count from 1900, between 1950 and 2070: shorter and longer figures are something else. */
const FIRST_SERIAL = 18_264;
const LAST_SERIAL = 62_200;

/**
 * A day: ISO with or without a time, 01/03/2024, 1er mars 2024; of « mars 2024 » and « 03/2024 » the first of the
 * month, of « 2024 » the first of January; of 45352 the day that a spreadsheet means.
 */
export function dayOf(cell: CellValue, zone: string): Temporal.PlainDate | null | undefined {
  const text = textOfCell(cell);
  const year = /^(\d{4})(?:[.,]0)?$/u.exec(text)?.[1];
  if (year !== undefined) return dayAt(Number(year), 1);
  if (/^\d{5}(?:[.,]\d+)?$/u.test(text)) {
    const serial = Number.parseInt(text, 10);
    if (serial < FIRST_SERIAL || serial > LAST_SERIAL) return undefined;
    return Temporal.PlainDate.from({ year: 1899, month: 12, day: 30 }).add({ days: serial });
  }
  const figures = /^(\d{1,2})[/.-](\d{4})$/u.exec(text) ?? /^(?<year>\d{4})-(?<month>\d{1,2})$/u.exec(text);
  if (figures !== null)
    return dayAt(Number(figures.groups?.['year'] ?? figures[2]), Number(figures.groups?.['month'] ?? figures[1]));
  const named = /^(\p{L}+) (\d{4})$/u.exec(foldWords(text));
  const month = MONTHS[named?.[1] ?? ''];
  if (named !== null && month !== undefined) return dayAt(Number(named[2]), month);
  return dayOfCell(cell, zone);
}

function dayAt(year: number, month: number): Temporal.PlainDate | undefined {
  return year >= 1000 && year <= 2200 && month >= 1 && month <= 12
    ? Temporal.PlainDate.from({ year, month, day: 1 })
    : undefined;
}

/** `1 234,5`, `1,234.5`, `-3.25`; null when nothing is said. */
export function numberOf(cell: CellValue): number | null | undefined {
  const text = textOfCell(cell)
    .replace(/[\s\u00a0\u202f]/gu, '')
    .replace(/^\u2212/u, '-');
  if (text === '') return null;
  const whole = parseInteger(text);
  if (whole.ok) return whole.value;
  const plain = /^-?\d+[.,]\d+$/u.test(text) ? text.replace(',', '.') : undefined;
  const grouped = /^-?\d{1,3}(,\d{3})+\.\d+$/u.test(text)
    ? text.replaceAll(',', '')
    : /^-?\d{1,3}(\.\d{3})+,\d+$/u.test(text)
      ? text.replaceAll('.', '').replace(',', '.')
      : plain;
  return grouped === undefined ? undefined : Number(grouped);
}

/** A count of people: « 12 », « 12.0 », and of « 11-50 » or « 10 à 19 » the least, as registers do. */
export function countOf(cell: CellValue): number | null | undefined {
  const text = textOfCell(cell);
  const range = /^(\d[\d\s]*)\s*(?:-|–|à|to)\s*\d[\d\s]*(?:\p{L}|\s)*$/u.exec(text)?.[1];
  const value = numberOf(range ?? text.replace(/\s*(salariés?|personnes?|employees|people|etp)$/iu, ''));
  if (value === null || value === undefined) return value;
  return Number.isInteger(value) && value >= 0 && value <= 10_000_000 ? value : undefined;
}

/** An address with its scheme; undefined when it is none. */
export function webAddressOf(text: string): string | undefined {
  const given = text
    .trim()
    .replaceAll('&#x2F;', '/')
    .replaceAll('&amp;', '&')
    .replace(/[\s\u200b]+/gu, '');
  if (given === '') return undefined;
  // Written twice, or with the sign of the scheme forgotten.
  const bare = given.replace(/^(?:https?:\/*)+/iu, '').replace(/^\/+/u, '');
  const scheme = /^http:\/\//iu.test(given) ? 'http' : 'https';
  const url = URL.parse(`${scheme}://${bare}`);
  return url !== null && /^[^.]+(\.[^.]+)+$/u.test(url.hostname) && !/[@\s]/u.test(bare.split('/')[0] ?? '')
    ? `${scheme}://${bare}`
    : undefined;
}

/** The host by which two addresses are compared, without « www ». */
export function hostOf(address: string | undefined): string | undefined {
  const host = URL.parse(address ?? '')
    ?.hostname.toLowerCase()
    .replace(/^www\./u, '');
  return host === undefined || SHARED_HOSTS.test(host) ? undefined : host;
}

/** Hosts that lodge many: having one in common says nothing. */
const SHARED_HOSTS =
  /(^|\.)(github\.(com|io)|gitlab\.com|facebook\.com|linkedin\.com|twitter\.com|x\.com|instagram\.com|youtube\.com|medium\.com|notion\.(so|site)|google\.com|wordpress\.com|wixsite\.com|apple\.com|herokuapp\.com|vercel\.app|netlify\.app|crunchbase\.com|angel\.co|webflow\.io|beta\.gouv\.fr)$/u;

/** The items of a cell; of a cell that is one text, cut where lists are cut. */
export function itemsOf(cells: readonly CellValue[]): string[] {
  return [...new Set(cells.flatMap((cell) => itemsOfCell(cell)).flatMap((item) => item.split('\n')))]
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** By which two names are compared. */
export function nameKeyOf(name: string): string {
  return foldWords(name) || name.trim().toLowerCase();
}
