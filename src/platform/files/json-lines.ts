/**
 * Reads JSON Lines, a JSON array, or a JSON object that holds one array of records, into rows with dotted columns.
 *
 * Must always hold: lines are cut at "\n" only (texts may hold U+2028); a nested field is named by its path
 * (`company.size`), a list of texts stays a list, a list of objects becomes one list per path; figures keep the digits
 * they were written with.
 */
import { done, refused, type Result } from '../../lib/result.ts';
import { breathe, MAX_COLUMNS, type Cell, type TableRefusal, type TableRow, type UnreadRow } from './table.ts';

export interface Records {
  readonly format: 'json-lines' | 'json';
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  readonly unread: readonly UnreadRow[];
}

type Flat = Map<string, Cell>;
interface NumberedRecord {
  readonly number: number;
  readonly record: Flat;
}

/** Objects deeper than this stay as their JSON text. */
const DEEPEST = 12;
const SLICE = 500;
/** A figure that JavaScript would write otherwise: too long, ended by zeros, with an exponent. */
const LOSES_DIGITS = /\d{16}|\.\d*0(?!\d)|\d[eE]|-0|\.\d{7}/u;

export function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/u.test(text);
}

export async function readJson(text: string, maxRows: number): Promise<Result<Records, TableRefusal>> {
  const whole = parseWhole(text);
  if (whole !== undefined) {
    return gather(
      'json',
      whole.entries().map(([place, value]) => ({ number: place + 1, value })),
      maxRows,
    );
  }
  return gather('json-lines', numberedLines(text.split('\n')), maxRows);
}

/** The dotted columns of one record; empty objects and nulls say nothing. */
export function flatten(value: object): Flat {
  const flat: Flat = new Map();
  addObject(flat, '', value, 0);
  return flat;
}

/** A parsed value, numbers as they were written; undefined when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    // Looking at each value takes ten times as long as reading it: only where a figure may lose digits.
    return LOSES_DIGITS.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The records of a text that is one JSON value, or undefined when it is not: then it is read line by line. */
function parseWhole(text: string): unknown[] | undefined {
  const firstLine = text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1).trim();
  const isLines = firstLine.startsWith('{') && firstLine.length < text.trim().length && isObject(parseJson(firstLine));
  if (isLines) return undefined;
  const value = parseJson(text);
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  const lists = Object.values(value).filter((each): each is unknown[] => Array.isArray(each) && each.some(isObject));
  return lists.toSorted((a, b) => b.length - a.length)[0] ?? [value];
}

function* numberedLines(lines: readonly string[]): Generator<{ number: number; value: unknown }> {
  for (const [place, line] of lines.entries()) {
    if (line.trim() !== '') yield { number: place + 1, value: parseJson(line) };
  }
}

async function gather(
  format: Records['format'],
  values: Iterable<{ number: number; value: unknown }>,
  maxRows: number,
): Promise<Result<Records, TableRefusal>> {
  const unread: UnreadRow[] = [];
  const records: NumberedRecord[] = [];
  const places = new Map<string, number>();
  for (const { number, value } of values) {
    if (!isObject(value)) {
      unread.push({ number, reason: value === undefined ? 'not-json' : 'not-an-object' });
      continue;
    }
    const record = flatten(value);
    for (const column of record.keys()) if (!places.has(column)) places.set(column, places.size);
    if (places.size > MAX_COLUMNS) return refused('too-many-columns', { maximum: MAX_COLUMNS });
    if (records.push({ number, record }) > maxRows) return refused('too-many-rows', { maximum: maxRows });
    if (records.length % SLICE === 0) await breathe();
  }
  if (records.length === 0) return refused(unread.length > 0 ? 'not-json' : 'no-records');
  const columns = [...places.keys()];
  const rows = records.map(({ number, record }) => ({ number, cells: columns.map((column) => record.get(column)) }));
  return done({ format, columns, rows, unread });
}

function addObject(flat: Flat, prefix: string, value: object, depth: number): void {
  for (const [key, inner] of Object.entries(value)) addValue(flat, `${prefix}${key}`, inner, depth + 1);
}

function addValue(flat: Flat, path: string, value: unknown, depth: number): void {
  if (value === null || value === undefined) return;
  if (typeof value !== 'object') flat.set(path, String(value));
  else if (depth > DEEPEST) flat.set(path, JSON.stringify(value));
  else if (Array.isArray(value)) addList(flat, path, value, depth);
  else addObject(flat, `${path}.`, value, depth);
}

/**
 * Texts stay one list; each path of the objects among them becomes a list of its own, as long as the objects are many:
 * what one of them does not say is an empty text, so that the lists of one object's fields run side by side.
 */
function addList(flat: Flat, path: string, list: readonly unknown[], depth: number): void {
  const texts = list.filter((item) => item !== null && typeof item !== 'object').map(String);
  const objects = list.filter((item): item is object => item !== null && typeof item === 'object');
  if (texts.length > 0 || objects.length === 0) flat.set(path, texts);
  const found = new Map<string, string[]>();
  for (const [place, item] of objects.entries()) {
    const inner: Flat = new Map();
    if (Array.isArray(item)) addList(inner, path, item, depth + 1);
    else addObject(inner, `${path}.`, item, depth);
    for (const [name, cell] of inner) {
      const items = found.get(name) ?? Array.from<string>({ length: objects.length }).fill('');
      items[place] = listOf(cell).join('\n');
      found.set(name, items);
    }
  }
  for (const [name, items] of found) flat.set(name, [...listOf(flat.get(name)), ...items]);
}

function listOf(cell: Cell | undefined): readonly string[] {
  return cell === undefined ? [] : typeof cell === 'string' ? [cell] : cell;
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
    ? context.source
    : value;
}
