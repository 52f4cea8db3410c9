/**
 * Reads CSV as it is really written: comma, semicolon, tab or bar; quotes where needed; texts over several lines; a
 * few lines of title above the heading.
 *
 * Must always hold: the separator is the one that cuts the first rows alike; names of columns are never empty and never
 * twice the same; a row with more cells than the heading is told as unread; a quote that never closes refuses the
 * whole file, since nobody could say where rows end.
 */
import { Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import { done, refused, type Result } from '../../lib/result.ts';
import { breathe, MAX_COLUMNS, type TableRefusal, type TableRow, type UnreadRow } from './table.ts';

export interface Delimited {
  readonly separator: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  readonly unread: readonly UnreadRow[];
}

const SEPARATORS = [';', ',', '\t', '|'] as const;
const SAMPLE_CHARACTERS = 200_000;
export const SAMPLE_ROWS = 40;
/** Records read between two breaths. */
const SLICE = 500;
const PIECE = 65_536;

/** `text` without its byte order mark. */
export async function readDelimited(text: string, maxRows: number): Promise<Result<Delimited, TableRefusal>> {
  const read = await readLines(text, maxRows);
  if (!read.ok) return read;
  const { separator, records, skipped } = read.value;
  if (records.length === 0) return refused('empty');
  const headingAt = findHeading(records);
  const columns = nameColumns(records[headingAt] ?? []);
  if (columns.length > MAX_COLUMNS) return refused('too-many-columns', { maximum: MAX_COLUMNS });
  if (records.length - headingAt - 1 > maxRows) return refused('too-many-rows', { maximum: maxRows });
  const rows: TableRow[] = [];
  const unread: UnreadRow[] = [];
  for (let place = headingAt + 1; place < records.length; place++) {
    const cells = records[place] ?? [];
    const number = place + 1 + skipped;
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (cells.slice(columns.length).some((cell) => cell.trim() !== ''))
      unread.push({ number, reason: 'too-many-cells' });
    else rows.push({ number, cells: columns.map((_, column) => cells[column] ?? '') });
  }
  return done({ separator, columns, rows, unread });
}

export interface Lines {
  readonly separator: string;
  readonly records: readonly (readonly string[])[];
  /** Lines of the file before the first record. */
  readonly skipped: number;
}

/** The cells of every line, for files whose heading has to be looked for. `text` without its byte order mark. */
export async function readLines(text: string, maxRows: number): Promise<Result<Lines, TableRefusal>> {
  const { separator, body, skipped } = prepare(text);
  try {
    return done({ separator, records: await readRecords(body, separator, maxRows), skipped });
  } catch (error) {
    return refused('unclosed-quote', { line: (Number((error as CsvError & { lines?: number }).lines) || 1) + skipped });
  }
}

/** The separator that makes the rows of the sample equally wide, and as wide as can be. */
export function detectSeparator(text: string): string {
  const sample = sampleOf(text);
  let best = { separator: ',' as string, score: 0 };
  for (const separator of SEPARATORS) {
    const records = tryRecords(sample, separator);
    const widths = records.map((record) => record.length);
    const width = mode(widths);
    if (width < 2) continue;
    const alike = widths.filter((each) => each === width).length / widths.length;
    // The wrong separator leaves quotes inside cells, and cuts the heading otherwise than the rows.
    const cells = records.flat();
    const clean = 1 - cells.filter((cell) => cell.includes('"')).length / cells.length;
    const headed = widths[findHeading(records)] === width ? 1 : 0.3;
    // Being alike counts more than being wide: commas inside sentences make many cells, never as many in each row.
    const score = alike ** 3 * clean ** 2 * headed * Math.log2(1 + width);
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}

/** Honours the line « sep=; » that spreadsheets write for each other. */
export function prepare(text: string): { separator: string; body: string; skipped: number } {
  const told = /^sep=(.)\r?\n/iu.exec(text);
  if (told) return { separator: told[1] ?? ';', body: text.slice(told[0].length), skipped: 1 };
  return { separator: detectSeparator(text), body: text, skipped: 0 };
}

async function readRecords(text: string, separator: string, maxRows: number): Promise<string[][]> {
  const parser = Readable.from(piecesOf(text)).pipe(parse(optionsOf(separator)));
  const records: string[][] = [];
  for await (const record of parser) {
    records.push(record as string[]);
    if (records.length % SLICE === 0) await breathe();
    // One row past the limit is enough to refuse; more for the lines above the heading.
    if (records.length > maxRows + SAMPLE_ROWS) break;
  }
  return records;
}

/** Handed over in pieces, so that a large file does not hold every other request. */
function* piecesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += PIECE) yield text.slice(start, start + PIECE);
}

export function optionsOf(separator: string) {
  return { delimiter: separator, relax_column_count: true, relax_quotes: true, record_delimiter: ['\r\n', '\n', '\r'] };
}

/** Where quotes make no sense (the sample may end inside one), lines and marks still tell the separator. */
function tryRecords(sample: string, separator: string): string[][] {
  try {
    return (parseNow(sample, { ...optionsOf(separator), to: SAMPLE_ROWS, skip_empty_lines: true }) as string[][]).slice(
      0,
      SAMPLE_ROWS,
    );
  } catch {
    return sample
      .split(/\r\n?|\n/u, SAMPLE_ROWS)
      .filter((line) => line.trim() !== '')
      .map((line) => line.split(separator));
  }
}

function sampleOf(text: string): string {
  if (text.length <= SAMPLE_CHARACTERS) return text;
  return text.slice(0, text.lastIndexOf('\n', SAMPLE_CHARACTERS) + 1 || SAMPLE_CHARACTERS);
}

/** The first row that is filled like the others; lines of title above it have one or two cells. */
export function findHeading(records: readonly (readonly string[])[]): number {
  const filled = records.slice(0, SAMPLE_ROWS).map((record) => record.filter((cell) => cell.trim() !== '').length);
  const wanted = Math.max(...filled) / 2;
  return Math.max(
    0,
    filled.findIndex((count) => count >= wanted && count > 0),
  );
}

export function nameColumns(heading: readonly string[]): string[] {
  const lastNamed = heading.findLastIndex((cell) => cell.trim() !== '');
  const seen = new Map<string, number>();
  return heading.slice(0, lastNamed + 1).map((cell, place) => {
    const name = cell.replace(/\s+/gu, ' ').trim() || `Colonne ${place + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

function mode(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), [0, 0] as const)[0];
}
