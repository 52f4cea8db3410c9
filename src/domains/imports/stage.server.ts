/**
 * The second step, first half: every row of the files as what it states, kept beside the directory.
 *
 * Must always hold: done again, it begins anew; the memory that it takes does not grow with the files.
 */
import { sql } from 'kysely';
import type { TerritoryId } from '../../lib/ids.ts';
import { withTerritory, type Database, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { readStoredFile } from '../territory/stored-files.server.ts';
import { filesOfImport, readImportFile } from './file-reading.server.ts';
import type { ImportId } from './import.ts';
import { ownFieldsOf } from './own-fields.ts';
import { stateRow } from './statements.ts';
import { type Stated, type StatingContext } from './stated.ts';
import type { Beat } from './steps.server.ts';
import type { ImportTable } from './table.ts';

const BATCH = 1000;

export interface Staging {
  readonly database: Database;
  readonly territoryId: TerritoryId;
  readonly importId: ImportId;
  readonly tables: readonly ImportTable[];
  readonly zone: string;
  readonly beat: Beat;
}

export async function stageRows(staging: Staging): Promise<'done' | 'cancelled'> {
  const { database, territoryId, importId, tables, zone, beat } = staging;
  await withTerritory(database, territoryId, (tx) => clearStaged(tx, importId));
  const files = await filesOfImport(database, territoryId, importId);
  const total = tables.reduce((sum, table) => sum + table.rowCount, 0);
  let done = 0;
  for (const file of files) {
    const contexts = new Map(
      tables
        .filter((table) => table.filePosition === file.position && table.settings.subject !== 'none')
        .map((table) => [table.sheet, contextOf(table, zone)] as const),
    );
    if (contexts.size === 0) continue;
    let batch: StagedRow[] = [];
    let isCancelled = false;
    const keep = async (rows: readonly StagedRow[]) => {
      await withTerritory(database, territoryId, (tx) => keepRows(tx, importId, rows));
      done += rows.length;
      isCancelled ||= (await beat(done, total * 2)) === 'cancel';
    };
    // While the database keeps some rows, the next are read.
    let keeping: Promise<void> = Promise.resolve();
    const flush = async () => {
      await keeping;
      keeping = keep(batch);
      keeping.catch(() => {});
      batch = [];
    };
    await readImportFile(
      () => readStoredFile(database, territoryId, file.fileId),
      async (event) => {
        const context = 'table' in event ? contexts.get(event.table) : undefined;
        if (context === undefined) return 'go-on';
        if (event.kind === 'row')
          batch.push({ table: context.table, number: event.number, stated: stateRow(event.cells, context) });
        else if (event.kind === 'unread')
          batch.push({ table: context.table, number: event.number, stated: unread(event.reason) });
        if (batch.length >= BATCH) await flush();
        return isCancelled ? 'stop' : 'go-on';
      },
    );
    if (batch.length > 0) await flush();
    await keeping;
    if (isCancelled) return 'cancelled';
  }
  return 'done';
}

interface StagedRow {
  readonly table: number;
  readonly number: number;
  readonly stated: Stated;
}

function contextOf(table: ImportTable, zone: string): StatingContext {
  return { table: table.position, settings: table.settings, zone, ownFields: ownFieldsOf(table) };
}

function unread(code: 'not-json' | 'not-an-object' | 'too-many-cells'): Stated {
  return {
    subject: 'none',
    key: null,
    identity: null,
    facts: {},
    problems: [{ column: '', code, text: '' }],
    links: [],
  };
}

export async function clearStaged(tx: TerritoryTransaction, importId: ImportId): Promise<void> {
  for (const table of ['import_entries', 'import_links', 'import_rows'] as const)
    await tx.deleteFrom(table).where('territory_id', '=', tx.territoryId).where('import_id', '=', importId).execute();
}

async function keepRows(tx: TerritoryTransaction, importId: ImportId, rows: readonly StagedRow[]): Promise<void> {
  const records = rows.map(({ table, number, stated: { subject, identity, key, facts, problems } }) => ({
    table_position: table,
    number,
    subject,
    identity,
    key,
    facts,
    problems,
  }));
  await sql`
    insert into import_rows (territory_id, import_id, table_position, number, subject, identity, key, facts, problems)
    select ${tx.territoryId}::uuid, ${importId}::uuid, r.* from json_to_recordset(${JSON.stringify(records)}::json)
      as r(table_position integer, number integer, subject text, identity text, key text, facts jsonb, problems jsonb)
    on conflict do nothing`.execute(tx);
  const links = rows.flatMap(({ table, number, stated }) =>
    stated.links.map(({ kind, column, from, to, label, since, until }, position) => ({
      table_position: table,
      number,
      position,
      kind,
      field: column,
      from_identity: from === 'self' ? stated.identity : null,
      from_words: from === 'self' ? null : from.words,
      from_table: from === 'self' ? null : from.table,
      to_identity: to === 'self' ? stated.identity : null,
      to_words: to === 'self' || to === null ? null : to.words,
      to_table: to === 'self' || to === null ? null : to.table,
      label,
      since,
      until,
    })),
  );
  if (links.length === 0) return;
  await sql`
    insert into import_links (territory_id, import_id, table_position, number, position, kind, field,
      from_identity, from_words, from_table, to_identity, to_words, to_table, label, since, until)
    select ${tx.territoryId}::uuid, ${importId}::uuid, r.* from json_to_recordset(${JSON.stringify(links)}::json)
      as r(table_position integer, number integer, position integer, kind text, field text,
        from_identity text, from_words text, from_table integer, to_identity text, to_words text, to_table integer,
        label text, since date, until date)
    on conflict do nothing`.execute(tx);
}
