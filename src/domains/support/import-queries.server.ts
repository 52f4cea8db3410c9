/** Reads of imports: the file, its columns, and what loading it would do. For the team alone. */
import { createHash } from 'node:crypto';
import { done, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { readTable } from '../../platform/files/table-file.ts';
import { breathe, type Table, type TableRefusal } from '../../platform/files/table.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import { isInDirectory, listThemes } from '../territory/queries.server.ts';
import type { Principal } from '../territory/principal.ts';
import type { Mapping, Subject } from './file-fields.ts';
import { rowReader } from './import-row.ts';
import { type ImportContext, type ImportSettings, type RawRow, type ReadRow } from './row-reading.ts';
import { sortRows, type Import, type ImportId, type ImportReport, type Lots } from './import.ts';
import { listKinds } from './kind-queries.server.ts';
import { foldWords } from './places.ts';
import { mayLoadFiles } from './policy.ts';

export interface Analysis {
  readonly table: Table;
  readonly lots: Lots;
}

const SLICE = 500;

export async function importById(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ImportId,
): Promise<Import | undefined> {
  if (!mayLoadFiles(principal)) return undefined;
  const row = await tx
    .selectFrom('need_offer_imports')
    .select(['id', 'subject', 'file_name', 'mapping', 'state', 'report', 'created_at', 'loaded_at'])
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { columns, settings } = row.mapping as { columns: Mapping; settings: ImportSettings };
  return {
    id: row.id,
    subject: row.subject,
    fileName: row.file_name,
    mapping: columns,
    settings,
    state: row.state,
    report: row.state === 'loaded' ? (row.report as ImportReport) : null,
    createdAt: row.created_at,
    loadedAt: row.loaded_at,
  };
}

/** The latest imports of a subject, newest first. */
export async function latestImports(
  tx: TerritoryTransaction,
  principal: Principal,
  subject: Subject,
  limit = 10,
): Promise<Import[]> {
  if (!mayLoadFiles(principal)) return [];
  const rows = await tx
    .selectFrom('need_offer_imports')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('subject', '=', subject)
    .where('state', '<>', 'abandoned')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const found = [];
  for (const { id } of rows) found.push(await importById(tx, principal, id));
  return found.filter((each) => each !== undefined);
}

/** The uploaded file as a table. */
export async function tableOfImport(tx: TerritoryTransaction, id: ImportId): Promise<Result<Table, TableRefusal>> {
  const row = await tx
    .selectFrom('need_offer_imports')
    .select('content')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return readTable(row.content);
}

/** Every row of the file in its lot, with the mapping and the settings as they stand. */
export async function analyseImport(
  tx: TerritoryTransaction,
  given: Pick<Import, 'id' | 'subject' | 'mapping' | 'settings'>,
  at: { readonly today: Temporal.PlainDate; readonly zone: string },
): Promise<Result<Analysis, TableRefusal>> {
  const read = await tableOfImport(tx, given.id);
  if (!read.ok) return read;
  const table = read.value;
  const context = await readContext(tx, given.subject, at);
  const reader = rowReader(table.columns, given.mapping, given.settings, context, (row) =>
    digestOf(table.columns, row),
  );
  const rows: ReadRow[] = [];
  for (const [place, row] of table.rows.entries()) {
    rows.push(reader(row));
    if (place % SLICE === 0) await breathe();
  }
  const known = await knownKeys(
    tx,
    given.subject,
    rows.flatMap((row) => (row.ok ? [row.row.externalKey] : [])),
  );
  return done({ table, lots: sortRows(rows, table.unread, known) });
}

async function readContext(
  tx: TerritoryTransaction,
  subject: Subject,
  { today, zone }: { today: Temporal.PlainDate; zone: string },
): Promise<ImportContext> {
  const organisations = await tx
    .selectFrom('organisations')
    .select(['id', 'name', 'siren'])
    .where('territory_id', '=', tx.territoryId)
    .where(isInDirectory())
    .orderBy('created_at', 'desc')
    .execute();
  const themes = await listThemes(tx);
  return {
    subject,
    today,
    zone,
    kinds: await listKinds(tx),
    organisationBySiren: new Map(
      organisations.flatMap(({ siren, id }): [string, OrganisationId][] => (siren === null ? [] : [[siren, id]])),
    ),
    // Of two with the same name the older one is taken.
    organisationByName: new Map(organisations.map(({ name, id }) => [foldWords(name), id])),
    themeByName: new Map(
      themes.flatMap((theme) =>
        [theme.code, theme.labelFr, theme.labelEn].map((name) => [foldWords(name), theme.code] as const),
      ),
    ),
  };
}

async function knownKeys(tx: TerritoryTransaction, subject: Subject, keys: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (let start = 0; start < keys.length; start += 10_000) {
    const rows = await tx
      .selectFrom(subject)
      .select('external_key')
      .where('territory_id', '=', tx.territoryId)
      .where('external_key', 'in', keys.slice(start, start + 10_000))
      .execute();
    for (const row of rows) if (row.external_key !== null) known.add(row.external_key);
  }
  return known;
}

/** A short digest of a row's own words: the same row has the same one, whatever the mapping and the rows beside it. */
function digestOf(columns: readonly string[], row: RawRow): string {
  const words = row.cells.flatMap((cell, place) =>
    cell === undefined || cell.length === 0 ? [] : [[columns[place], cell]],
  );
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 24);
}
