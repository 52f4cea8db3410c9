/**
 * How values cross the line between the program and PostgreSQL. Local to a pool: the driver's own
 * tables stay as they are for libraries that expect them.
 *
 * Must always hold: no figure loses a digit (int8 is a bigint, numeric a string), every moment is
 * exact to the microsecond, and a value whose meaning is doubtful (a timestamp without a zone, a
 * Date, undefined) is an error instead of a guess. Sessions run in UTC with ISO dates.
 */
import pg from 'pg';

type Parser = (text: string) => unknown;
const { builtins, getTypeParser } = pg.types;

const TEXT_ARRAY = 1009 as typeof builtins.TEXT; // The driver knows it, its types do not.
const parseTextArray: (text: string) => unknown = getTypeParser(TEXT_ARRAY, 'text');

/** [type, array of the type, how its text is read]; types that are not listed keep the driver's reading. */
const READINGS: readonly (readonly [type: number, array: number, read: Parser])[] = [
  [builtins.INT8, 1016, BigInt],
  [builtins.NUMERIC, 1231, String],
  [builtins.DATE, 1182, (text) => Temporal.PlainDate.from(text)],
  [builtins.TIME, 1183, (text) => Temporal.PlainTime.from(text)],
  [builtins.TIMESTAMPTZ, 1185, (text) => Temporal.Instant.from(text)],
  [builtins.TIMESTAMP, 1115, refuse('timestamp without time zone', 'use timestamptz')],
  [builtins.INTERVAL, 1187, refuse('interval', 'use whole minutes or days')],
];

const parsers = new Map<number, Parser>(
  READINGS.flatMap(([type, array, read]) => [[type, read] as const, [array, eachOf(read)] as const]),
);

/** The `types` option of a pool or client of `pg`. */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((type: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(type)) ||
    getTypeParser(type, format ?? 'text')) as pg.CustomTypesConfig['getTypeParser'],
};

/**
 * A query's parameter as the driver should send it. Temporal values become their ISO text, also
 * inside arrays; a moment is cut to the microsecond that PostgreSQL keeps.
 * Throws a TypeError on undefined, Date and Temporal types that name no single moment or day.
 */
export function toParameter(value: unknown): unknown {
  if (value === undefined) throw new TypeError('A query parameter is undefined: write null, or leave the column out.');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(toParameter);
  if (value instanceof Temporal.Instant) return value.toString({ fractionalSecondDigits: 6 });
  if (value instanceof Temporal.PlainDate) return value.toString({ calendarName: 'never' });
  if (value instanceof Temporal.PlainTime) return value.toString({ fractionalSecondDigits: 6 });
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag.startsWith('Temporal.') || value instanceof Date) {
    throw new TypeError(`A query parameter is a ${tag}: pass a Temporal.Instant, PlainDate or PlainTime.`);
  }
  return value;
}

function eachOf(read: Parser): Parser {
  const readEach = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(readEach) : typeof value === 'string' ? read(value) : value;
  return (text) => readEach(parseTextArray(text));
}

function refuse(type: string, instead: string): Parser {
  return () => {
    throw new TypeError(`A query returned a value of type ${type}: ${instead}.`);
  };
}
