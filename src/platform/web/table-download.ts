/** A list as a file, written while it is sent: rows come some at a time and none is kept. */
import { Readable } from 'node:stream';
import { CSV_TYPE, csvHead, csvRows, type CsvColumn } from '../files/csv-writer.ts';
import { WORKBOOK_TYPE, writeWorkbook } from '../files/workbook-writer.ts';
import { respondWith, type PageAnswer } from './page.ts';

export const TABLE_FORMATS = ['csv', 'xlsx'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** The format that an address asks for (`format=csv`). */
export function readTableFormat(query: URLSearchParams): TableFormat | undefined {
  return TABLE_FORMATS.find((format) => format === query.get('format'));
}

export interface Table<Row> {
  /** Without its ending. */
  readonly fileName: string;
  readonly sheetName: string;
  readonly columns: readonly CsvColumn<Row>[];
  readonly rows: AsyncIterable<readonly Row[]>;
  readonly at: Temporal.Instant;
}

export function downloadTable<Row>(format: TableFormat, table: Table<Row>): PageAnswer {
  const { fileName, sheetName, columns, rows, at } = table;
  return format === 'csv'
    ? downloadText(csvText(columns, rows), `${fileName}.csv`, CSV_TYPE)
    : downloadStream(writeWorkbook(sheetName, columns, rows, at), `${fileName}.xlsx`, WORKBOOK_TYPE);
}

export function downloadText(text: AsyncGenerator<string>, fileName: string, type: string): PageAnswer {
  return downloadStream(Readable.from(text, { objectMode: false }), fileName, type);
}

function downloadStream(body: Readable, fileName: string, type: string): PageAnswer {
  const headers = {
    'content-type': type,
    'content-disposition': `attachment; filename="${fileName}"`,
    'x-robots-tag': 'noindex',
  };
  return respondWith(new Response(Readable.toWeb(body) as ReadableStream<Uint8Array>, { headers }));
}

async function* csvText<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  yield csvHead(columns);
  for await (const some of rows) yield csvRows(columns, some);
}
