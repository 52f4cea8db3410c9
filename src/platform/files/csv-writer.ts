/**
 * The one writer of CSV of the house: RFC 4180 with ";" between cells, CRLF between rows and a UTF-8 mark at the
 * start, because that is what a double click opens rightly in a French Excel, and LibreOffice and programs read too.
 *
 * Must always hold: what is written reads back cell by cell; a cell of text never runs as a formula in a
 * spreadsheet (CWE-1236: texts that begin with = + - @, a tab or a return are led by an apostrophe).
 */
export type CsvCell =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | Temporal.PlainDate
  | Temporal.Instant
  | readonly string[];

export interface CsvColumn<Row> {
  readonly label: string;
  cell(row: Row): CsvCell;
}

export interface CsvOptions {
  /** ";" unless told: where the comma is the decimal mark, spreadsheets expect it. */
  readonly separator?: ';' | ',' | '\t';
  /** The mark that makes Excel read UTF-8; left out for programs. */
  readonly mark?: boolean;
}

export const CSV_TYPE = 'text/csv; charset=utf-8';

/** A whole file. Days and moments are written in ISO 8601, lists with " | " between items. */
export function writeCsv<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row>,
  options: CsvOptions = {},
): string {
  return csvHead(columns, options) + csvRows(columns, rows, options);
}

/** The first line of a file whose rows follow some at a time. */
export function csvHead<Row>(columns: readonly CsvColumn<Row>[], options: CsvOptions = {}): string {
  const { separator = ';', mark = true } = options;
  return `${mark ? '\ufeff' : ''}${columns.map((column) => writeCell(column.label, separator)).join(separator)}\r\n`;
}

export function csvRows<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row>,
  { separator = ';' }: CsvOptions = {},
): string {
  let text = '';
  for (const row of rows)
    text += `${columns.map((column) => writeCell(column.cell(row), separator)).join(separator)}\r\n`;
  return text;
}

function writeCell(value: CsvCell, separator: string): string {
  if (value === null || value === undefined) return '';
  // Figures, days and moments are ours: their sign is a sign, not the start of a formula.
  if (typeof value !== 'string' && !isList(value)) return quote(String(value), separator);
  const text = isList(value) ? value.join(' | ') : value;
  return quote(/^[\s\u00a0]*[=+\-@]|^[\t\r]/u.test(text) ? `'${text}` : text, separator);
}

function isList(value: CsvCell): value is readonly string[] {
  return Array.isArray(value);
}

function quote(text: string, separator: string): string {
  const needsQuotes = text.includes(separator) || /["\r\n\t]|^\s|\s$/u.test(text);
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}
