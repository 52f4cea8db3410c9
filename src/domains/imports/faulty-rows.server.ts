/**
 * The rows with something wrong, as they were in the file, led by where and why: to correct and bring again.
 *
 * Must always hold: brought again, they are read as the file that they came from: the columns that we put before them are
 * left out, and the name of the file leads to the same source.
 */
import { buffer } from 'node:stream/consumers';
import { CSV_TYPE, writeCsv, type CsvColumn } from '../../platform/files/csv-writer.ts';
import { WORKBOOK_TYPE, writeWorkbook } from '../../platform/files/workbook-writer.ts';
import type { Cell } from '../../platform/files/table.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { readStoredFileIn } from '../territory/stored-files.server.ts';
import { filesIn, readImportFile } from './file-reading.server.ts';
import { listProblems, type ProblemLine } from './import-queries.server.ts';
import type { ImportId } from './import.ts';
import type { ImportText } from './messages.ts';
import type { ImportTable } from './table.ts';

/** What a person corrects by hand is less than this by far. */
const MOST = 20_000;

export const FAULTY_FORMATS = ['csv', 'xlsx'] as const;
export type FaultyFormat = (typeof FAULTY_FORMATS)[number];

/** As a file to keep. */
export async function faultyRowsFile(
  tx: TerritoryTransaction,
  importId: ImportId,
  table: ImportTable,
  { t, format, at }: { readonly t: ImportText; readonly format: FaultyFormat; readonly at: Temporal.Instant },
): Promise<Response> {
  const rows = await faultyRows(tx, importId, table);
  const columns = columnsFor(table, t);
  const body =
    format === 'csv'
      ? writeCsv(columns, rows)
      : new Uint8Array(await buffer(writeWorkbook(table.name, columns, once(rows), at)));
  const name = `${table.name}-a-corriger.${format}`;
  return new Response(body, {
    headers: {
      'content-type': format === 'csv' ? CSV_TYPE : WORKBOOK_TYPE,
      'content-disposition': `attachment; filename="a-corriger.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  });
}

interface FaultyRow {
  readonly number: number;
  readonly cells: ReadonlyMap<string, Cell>;
  readonly problems: readonly ProblemLine[];
}

async function faultyRows(tx: TerritoryTransaction, importId: ImportId, table: ImportTable): Promise<FaultyRow[]> {
  const problems = (await listProblems(tx, importId, { page: 1, size: MOST })).filter(
    (each) => each.table === table.position,
  );
  const byRow = Map.groupBy(problems, ({ number }) => number);
  const files = await filesIn(tx, importId);
  const file = files.find(({ position }) => position === table.filePosition);
  const rows: FaultyRow[] = [];
  if (file !== undefined)
    await readImportFile(
      () => readStoredFileIn(tx, file.fileId),
      (event) => {
        const problems = event.kind === 'row' && event.table === table.sheet ? byRow.get(event.number) : undefined;
        if (event.kind === 'row' && problems !== undefined)
          rows.push({ number: event.number, cells: event.cells, problems });
        return Promise.resolve(rows.length < MOST ? 'go-on' : 'stop');
      },
    );
  return rows;
}

function columnsFor(table: ImportTable, t: ImportText): CsvColumn<FaultyRow>[] {
  return [
    { label: t('correction.row'), cell: ({ number }) => number },
    {
      label: t('correction.field'),
      cell: ({ problems }) => [...new Set(problems.map(({ column }) => column))].join(', '),
    },
    {
      label: t('correction.reason'),
      cell: ({ problems }) => problems.map(({ code, text }) => t(`problem.${code}`, { text })).join(' '),
    },
    ...table.columns.map(({ name }) => ({ label: name, cell: ({ cells }: FaultyRow) => cells.get(name) })),
  ];
}

async function* once(rows: readonly FaultyRow[]): AsyncGenerator<readonly FaultyRow[]> {
  yield rows;
}
