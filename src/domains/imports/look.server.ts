/** The first step: what tables the files hold, and how their columns are most likely meant. */
import type { TerritoryId } from '../../lib/ids.ts';
import { MAX_COLUMNS } from '../../platform/files/table.ts';
import { withTerritory, type Database, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { readStoredFile } from '../territory/stored-files.server.ts';
import { filesOfImport, readImportFile, shapeOf, startLooking, type ImportFile } from './file-reading.server.ts';
import type { ImportId } from './import.ts';
import { proposeSettings } from './propose.ts';
import type { Beat } from './steps.server.ts';
import type { ColumnLook, ImportTable, TableSettings } from './table.ts';

type Found = Omit<ImportTable, 'settings'> & { readonly notes: readonly unknown[] };

/** A refusal names the file and its reason. */
export async function lookAtFiles(
  database: Database,
  territoryId: TerritoryId,
  importId: ImportId,
  beat: Beat,
): Promise<'done' | 'cancelled' | { readonly refused: string; readonly file: string }> {
  const files = await filesOfImport(database, territoryId, importId);
  const found: Found[] = [];
  const total = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  let before = 0;
  for (const file of files) {
    const end = await lookAtFile({ database, territoryId, file, found, beat: (bytes) => beat(before + bytes, total) });
    if (end === 'cancelled') return 'cancelled';
    if (end !== undefined) return { refused: end, file: file.name };
    before += file.sizeBytes;
  }
  await withTerritory(database, territoryId, (tx) => keepTables(tx, importId, found));
  return 'done';
}

interface Look {
  readonly database: Database;
  readonly territoryId: TerritoryId;
  readonly file: ImportFile;
  readonly found: Found[];
  readonly beat: (bytes: number) => Promise<'go-on' | 'cancel'>;
}

const BEAT_EVENTS = 2000;

async function lookAtFile({
  database,
  territoryId,
  file,
  found,
  beat,
}: Look): Promise<string | 'cancelled' | undefined> {
  const looks = new Map<string, ReturnType<typeof startLooking>>();
  const notes: unknown[] = [];
  let end: string | undefined;
  let count = 0;
  await readImportFile(
    () => readStoredFile(database, territoryId, file.fileId),
    async (event, bytes) => {
      count += 1;
      if (event.kind === 'refused') end = event.reason;
      else if (event.kind === 'note') notes.push({ note: event.note, count: event.count });
      else {
        const look = looks.get(event.table) ?? startLooking();
        looks.set(event.table, look);
        if (event.kind === 'row') look.see(event.cells);
        if (look.columnCount() > MAX_COLUMNS) end = 'too-many-columns';
      }
      if (end === undefined && count % BEAT_EVENTS === 0 && (await beat(bytes)) === 'cancel') end = 'cancelled';
      return end === undefined ? 'go-on' : 'stop';
    },
  );
  if (end === undefined && [...looks.values()].every((look) => look.rowCount() === 0)) end = 'no-records';
  for (const [sheet, look] of looks) {
    if (look.rowCount() === 0) continue;
    const columns = look.columns();
    found.push({
      position: found.length,
      filePosition: file.position,
      fileName: file.name,
      name:
        sheet === '' ? file.name.replace(/(\.(csv|tsv|txt|jsonl|ndjson|json|gz|xlsx))+$/iu, '') : sheet.slice(0, 200),
      sheet: sheet.slice(0, 200),
      shape: shapeOf(columns),
      columns,
      rowCount: look.rowCount(),
      notes,
    });
  }
  return end;
}

async function keepTables(tx: TerritoryTransaction, importId: ImportId, found: readonly Found[]): Promise<void> {
  await tx
    .deleteFrom('import_tables')
    .where('territory_id', '=', tx.territoryId)
    .where('import_id', '=', importId)
    .execute();
  for (const table of found) {
    const settings =
      (await rememberedSettings(tx, importId, table.shape, table.columns)) ?? proposeSettings(table, found);
    await tx
      .insertInto('import_tables')
      .values({
        territory_id: tx.territoryId,
        import_id: importId,
        position: table.position,
        file_position: table.filePosition,
        name: table.name,
        sheet: table.sheet,
        shape: table.shape,
        columns: JSON.stringify(table.columns),
        settings: JSON.stringify(settings),
        row_count: table.rowCount,
        notes: JSON.stringify(table.notes),
      })
      .execute();
  }
}

/** What a person let stand for the last file of these columns. References lead to places of that import: they are sought anew. */
async function rememberedSettings(
  tx: TerritoryTransaction,
  importId: ImportId,
  shape: string,
  columns: readonly ColumnLook[],
): Promise<TableSettings | undefined> {
  const row = await tx
    .selectFrom('import_tables as t')
    .innerJoin('imports as i', (join) =>
      join.onRef('i.territory_id', '=', 't.territory_id').onRef('i.id', '=', 't.import_id'),
    )
    .select(['t.settings', 't.position'])
    .where('t.territory_id', '=', tx.territoryId)
    .where('t.shape', '=', shape)
    .where('t.import_id', '<>', importId)
    .where('i.state', 'in', ['previewed', 'applying', 'applied', 'undone'])
    .orderBy('i.created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const settings = row?.settings as TableSettings | undefined;
  return settings !== undefined &&
    Object.keys(settings.columns).every((name) => columns.some((each) => each.name === name))
    ? settings
    : undefined;
}
