/**
 * A table that somebody brings, read by the readers of imports, and the faults found in it: all that can be told at
 * once, each with its file, its row, its field and the reason.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { OperatorError } from '../../src/lib/operator-error.ts';
import { readTable } from '../../src/platform/files/table-file.ts';
import type { Table, TableRefusal, UnreadRow } from '../../src/platform/files/table.ts';
import { bytesOf, printable, type Terminal } from './terminal.ts';

export interface InputTable extends Pick<Table, 'columns' | 'rows'> {
  /** How faults name it. */
  readonly file: string;
  /** What a plan keeps of it: enough to say later which file it was made from. */
  readonly source: { readonly file: string; readonly sha256: string; readonly rows: number };
  /** Says where a row stands: “row 3”, “line 3”, “record 3”. */
  readonly placeOf: (row: number) => string;
}

/** More rows than an upload may have: a person who runs a command has the machine to themselves. */
const MOST_BYTES = 400 * 1024 * 1024;
const LIMITS = { maxRows: 2_000_000, maxUnpackedBytes: MOST_BYTES };

export async function readInputTable(file: string, terminal: Terminal): Promise<InputTable> {
  const bytes = await bytesOf(file, terminal);
  const named = file === '-' ? 'standard input' : printable(file);
  if (bytes.length > MOST_BYTES) throw new OperatorError(`${named}: this is larger than 400 MiB: plan in parts.`);
  const read = await readTable(bytes, LIMITS);
  if (!read.ok && read.reason !== 'no-records')
    throw new OperatorError(`${named}: ${refusalSentence(read.reason, read.facts?.['line'])}`);
  const { format, columns, rows, unread }: Pick<Table, 'format' | 'columns' | 'rows' | 'unread'> = read.ok
    ? read.value
    : { format: 'json', columns: [], rows: [], unread: [] };
  const place = { csv: 'row', 'json-lines': 'line', json: 'record' }[format];
  const placeOf = (row: number) => `${place} ${row}`;
  const faults = collectFaults();
  for (const { number, reason } of unread) faults.add(`${named}, ${placeOf(number)}: ${UNREAD[reason]}`);
  faults.throwAny();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const source = { file: file === '-' ? '-' : path.basename(file), sha256, rows: rows.length };
  return { file: named, source, columns, rows, placeOf };
}

export interface Faults {
  readonly add: (sentence: string) => void;
  /** Throws what was added, if anything was, as one error of several lines. */
  readonly throwAny: () => void;
}

/** The first twenty are told, then how many more there are: a wrong column makes a fault of every row. */
export function collectFaults(): Faults {
  const first: string[] = [];
  let count = 0;
  return {
    add(sentence) {
      if (count++ < 20) first.push(sentence);
    },
    throwAny() {
      if (count === 0) return;
      const more = count > first.length ? [`… and ${count - first.length} more.`] : [];
      throw new OperatorError([...first, ...more].join('\n'));
    },
  };
}

const UNREAD: Readonly<Record<UnreadRow['reason'], string>> = {
  'not-json': 'this line is not JSON.',
  'not-an-object': 'this holds no fields: write one object a line.',
  'too-many-cells': 'more cells than the heading has.',
};

function refusalSentence(reason: TableRefusal, line: string | number | undefined): string {
  switch (reason) {
    case 'empty':
      return 'this file is empty.';
    case 'not-text':
      return 'this is not a text: CSV, JSON Lines or JSON is read.';
    case 'spreadsheet':
      return 'this is a spreadsheet: save it as CSV first.';
    case 'compressed':
      return 'this archive cannot be read: unpack it first (gzip is read).';
    case 'unclosed-quote':
      return `a quotation mark that opens near line ${line ?? 1} never closes.`;
    case 'not-json':
      return 'this begins like JSON and is not.';
    case 'no-records':
      return 'this JSON holds no records.';
    case 'too-many-rows':
      return `this has more than ${LIMITS.maxRows} rows.`;
    case 'too-many-columns':
      return 'this has more than 1000 columns.';
  }
}
