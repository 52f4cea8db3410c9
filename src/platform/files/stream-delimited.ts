/**
 * The rows of a CSV text while it comes: the same habits as `delimited.ts`, without holding the file.
 *
 * Must always hold: a quote that never closes refuses the file at its line, before it gathers the rest of it; a cell
 * that holds JSON is opened like nested fields; a row with more cells than the heading is told as unread.
 */
import { Readable } from 'node:stream';
import { parse, type CsvError } from 'csv-parse';
import { findHeading, nameColumns, optionsOf, prepare, SAMPLE_ROWS } from './delimited.ts';
import { flatten, parseJson } from './json-lines.ts';
import { MAX_COLUMNS, type Cell, type FileEvent } from './table.ts';

/** Characters of one record: past it, a quote was surely left open. */
const MAX_RECORD = 2_000_000;
/** Characters that tell the separator. */
const SAMPLE = 200_000;

export async function* streamDelimited(pieces: AsyncIterable<string>): AsyncGenerator<FileEvent> {
  const { sample, rest } = await takeSample(pieces);
  if (sample.trim() === '') return yield { kind: 'refused', reason: 'empty', facts: {} };
  const { separator, body, skipped } = prepare(sample);
  const text = async function* (): AsyncGenerator<string> {
    yield body;
    yield* rest;
  };
  const parser = Readable.from(text()).pipe(
    parse({ ...optionsOf(separator), max_record_size: MAX_RECORD, info: true }),
  );
  const reached = { line: skipped };
  try {
    yield* streamHeaded(linesOf(parser, reached));
  } catch (error) {
    if (!String((error as CsvError).code).startsWith('CSV_')) throw error;
    yield { kind: 'refused', reason: 'unclosed-quote', facts: { line: reached.line + 1 } };
  }
}

async function* linesOf(parser: AsyncIterable<unknown>, reached: { line: number }): AsyncGenerator<Line> {
  const skipped = reached.line;
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    const number = reached.line + 1;
    reached.line = info.lines + skipped;
    yield { cells: record, number };
  }
}

/** The rows under their heading, which is found among the first lines. */
export async function* streamHeaded(lines: AsyncIterable<Line>, table = ''): AsyncGenerator<FileEvent> {
  const first: Line[] = [];
  let columns: readonly string[] | undefined;
  for await (const line of lines) {
    if (columns !== undefined) yield* rowEvents(columns, line, table);
    else if (first.push(line) === SAMPLE_ROWS) {
      columns = headed(first);
      yield* firstEvents(columns, first, table);
      if (columns.length > MAX_COLUMNS) return;
    }
  }
  if (columns === undefined && first.length > 0) {
    const named = headed(first);
    yield* firstEvents(named, first, table);
  }
}

function firstEvents(columns: readonly string[], first: readonly Line[], table: string): FileEvent[] {
  if (columns.length > MAX_COLUMNS) return [tooWide()];
  return first.flatMap((each) => rowEvents(columns, each, table));
}

export interface Line {
  readonly cells: readonly string[];
  readonly number: number;
}

/** The names of the columns; the lines up to the heading are taken away from `first`. */
function headed(first: Line[]): string[] {
  const at = findHeading(first.map((line) => line.cells as string[]));
  const [heading] = first.splice(0, at + 1).slice(-1);
  return nameColumns(heading?.cells ?? []);
}

export function tooWide(): FileEvent {
  return { kind: 'refused', reason: 'too-many-columns', facts: { maximum: MAX_COLUMNS } };
}

function rowEvents(columns: readonly string[], line: Line, table = ''): FileEvent[] {
  if (line.cells.every((cell) => cell.trim() === '')) return [];
  if (line.cells.slice(columns.length).some((cell) => cell.trim() !== ''))
    return [{ kind: 'unread', table, number: line.number, reason: 'too-many-cells' }];
  const cells = new Map<string, Cell>();
  columns.forEach((column, place) => addCell(cells, column, line.cells[place] ?? ''));
  return [{ kind: 'row', table, number: line.number, cells }];
}

function addCell(cells: Map<string, Cell>, column: string, text: string): void {
  if (text === '') return;
  const opened = /^\s*(\[\s*["{]|\{\s*"|\[\s*\])/u.test(text) ? parseJson(text) : undefined;
  if (opened === undefined) cells.set(column, text);
  else for (const [name, cell] of flatten({ [column]: opened })) cells.set(name, cell);
}

async function takeSample(pieces: AsyncIterable<string>): Promise<{ sample: string; rest: AsyncIterable<string> }> {
  const iterator = pieces[Symbol.asyncIterator]();
  let sample = '';
  while (sample.length < SAMPLE) {
    const next = await iterator.next();
    if (next.done === true) break;
    sample += next.value;
  }
  const rest = async function* (): AsyncGenerator<string> {
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  };
  return { sample, rest: rest() };
}
