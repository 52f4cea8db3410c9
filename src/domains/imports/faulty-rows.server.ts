/** The rows with something wrong, as they were in the file, led by where and why: to correct and bring again. */
import { writeCsv } from '../../platform/files/csv-writer.ts';
import type { Cell } from '../../platform/files/table.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { readStoredFileIn } from '../territory/stored-files.server.ts';
import { filesIn, readImportFile } from './file-reading.server.ts';
import { listProblems } from './import-queries.server.ts';
import type { ImportId } from './import.ts';
import type { ImportText } from './messages.ts';
import type { ImportTable } from './table.ts';

/** What a person corrects by hand is less than this by far. */
const MOST = 20_000;

export async function faultyRowsCsv(
  tx: TerritoryTransaction,
  importId: ImportId,
  table: ImportTable,
  t: ImportText,
): Promise<string> {
  const problems = (await listProblems(tx, importId, { page: 1, size: MOST })).filter(
    (each) => each.table === table.position,
  );
  const byRow = Map.groupBy(problems, ({ number }) => number);
  const files = await filesIn(tx, importId);
  const file = files.find(({ position }) => position === table.filePosition);
  const rows: { readonly number: number; readonly cells: ReadonlyMap<string, Cell> }[] = [];
  if (file !== undefined)
    await readImportFile(
      () => readStoredFileIn(tx, file.fileId),
      (event) => {
        const isWanted = event.kind === 'row' && event.table === table.sheet && byRow.has(event.number);
        if (isWanted) rows.push({ number: event.number, cells: event.cells });
        return Promise.resolve(rows.length < MOST ? 'go-on' : 'stop');
      },
    );
  const of = (number: number) => byRow.get(number) ?? [];
  return writeCsv(
    [
      { label: t('row'), cell: ({ number }: (typeof rows)[number]) => number },
      { label: t('field'), cell: ({ number }) => [...new Set(of(number).map(({ column }) => column))].join(', ') },
      {
        label: t('reason'),
        cell: ({ number }) =>
          of(number)
            .map(({ code, text }) => t(`problem.${code}`, { text }))
            .join(' '),
      },
      ...table.columns.map(({ name }) => ({
        label: name,
        cell: ({ cells }: (typeof rows)[number]) => cells.get(name),
      })),
    ],
    rows,
  );
}
