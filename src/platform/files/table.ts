/**
 * A file of rows as it was read, whatever it was written in: named columns, and cells that are a text or a list of texts.
 *
 * Must always hold: every row has its number in the file (the line of a spreadsheet, where the heading is line 1, or the
 * line of a JSON Lines file), so that somebody finds it again; a row that cannot be read is told, never dropped; no cell
 * is cut or changed here.
 */
import type { Refused } from '../../lib/result.ts';

export type Cell = string | readonly string[];

export interface TableRow {
  readonly number: number;
  /** One per column, in their order; undefined where the row says nothing. */
  readonly cells: readonly (Cell | undefined)[];
}

export interface UnreadRow {
  readonly number: number;
  readonly reason: 'not-json' | 'not-an-object' | 'too-many-cells';
}

export interface Table {
  readonly format: 'csv' | 'json-lines' | 'json';
  readonly encoding: 'utf-8' | 'utf-16' | 'windows-1252';
  readonly separator?: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  readonly unread: readonly UnreadRow[];
}

export type TableRefusal =
  | 'empty'
  | 'not-text'
  | 'spreadsheet'
  | 'compressed'
  | 'unclosed-quote'
  | 'not-json'
  | 'no-records'
  | 'too-many-rows'
  | 'too-many-columns';
/** Of a file that is read row by row. */
export type StreamRefusal = TableRefusal | 'line-too-long' | 'swollen' | 'broken-workbook';
export type RefusedTable = Refused<TableRefusal>;

/** What a file that is read row by row gives, in its order. A refusal ends the file. */
export type FileEvent =
  | {
      readonly kind: 'row';
      /** The sheet, or the list of a JSON file; empty where a file holds one table. */
      readonly table: string;
      readonly number: number;
      readonly cells: ReadonlyMap<string, Cell>;
    }
  | { readonly kind: 'unread'; readonly table: string; readonly number: number; readonly reason: UnreadRow['reason'] }
  | { readonly kind: 'note'; readonly note: FileNote; readonly count: number }
  | { readonly kind: 'refused'; readonly reason: StreamRefusal; readonly facts: Readonly<Record<string, number>> };

/** What was understood on the person's behalf while reading. */
export type FileNote = 'lines-in-windows-1252' | 'formulas-without-value';

/** Bytes as they come: from an upload, a file, a database. */
export type Chunks = AsyncIterable<Uint8Array>;

export const MAX_ROWS = 50_000;
export const MAX_COLUMNS = 1_000;

/** Lets other requests be answered between two slices of long work. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
