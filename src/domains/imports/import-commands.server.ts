/** What a person does with an import: brings files, says how they are meant, decides, agrees, stops, takes back. */
import { sql } from 'kysely';
import { newId, type OrganisationId, type PersonId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { storeFile, type IncomingFile } from '../territory/stored-files.server.ts';
import { importById } from './import-queries.server.ts';
import {
  isUnderWay,
  KEPT_DAYS,
  MAX_IMPORT_BYTES,
  MAX_IMPORT_FILES,
  sourceOf,
  type ImportId,
  type ImportState,
} from './import.ts';
import { mayImport } from './policy.ts';
import type { TableSettings } from './table.ts';

export type ImportRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'no-file'
  | 'too-many-files'
  | 'too-heavy'
  | 'under-way'
  | 'wrong-moment'
  | 'forgotten'
  | 'nothing-to-read';

/** Keeps the files; the caller starts the job that reads them once this is committed. */
export async function startImport(
  tx: TerritoryTransaction,
  principal: Principal,
  files: readonly (IncomingFile & { readonly size: number })[],
  at: Moment,
): Promise<Result<{ id: ImportId }, ImportRefusal>> {
  if (!mayImport(principal)) return refused('not-allowed');
  if (files.length === 0) return refused('no-file');
  if (files.length > MAX_IMPORT_FILES) return refused('too-many-files', { maximum: MAX_IMPORT_FILES });
  if (files.reduce((sum, file) => sum + file.size, 0) > MAX_IMPORT_BYTES) return refused('too-heavy');
  const id = newId<'import'>(at.now, at.fillRandom);
  await tx
    .insertInto('imports')
    .values({
      territory_id: tx.territoryId,
      id,
      source: sourceOf(files.map(({ name }) => name)),
      created_by: personOf(principal),
      created_at: at.now,
    })
    .execute();
  for (const [position, file] of files.entries()) {
    const fileId = await storeFile(tx, principal, file, at);
    await tx
      .insertInto('import_files')
      .values({ territory_id: tx.territoryId, import_id: id, position, file_id: fileId })
      .execute();
  }
  await appendEvent(tx, principal, { kind: 'import-started', subjectId: id, payload: { files: files.length } }, at);
  return done({ id });
}

/** Keeps how a person understands the tables; the preview made before is no longer true. */
export async function correctTables(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ImportId,
  given: { readonly source: string; readonly tables: ReadonlyMap<number, TableSettings> },
): Promise<Result<void, ImportRefusal>> {
  const found = await waiting(tx, principal, id, ['mapping', 'previewed']);
  if (!found.ok) return found;
  for (const [position, settings] of given.tables)
    await tx
      .updateTable('import_tables')
      .set({ settings: JSON.stringify(settings) })
      .where('territory_id', '=', tx.territoryId)
      .where('import_id', '=', id)
      .where('position', '=', position)
      .execute();
  await move(tx, id, { state: 'mapping', source: given.source });
  return done(undefined);
}

/** The caller starts the job. */
export async function askPreview(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ImportId,
): Promise<Result<void, ImportRefusal>> {
  const found = await waiting(tx, principal, id, ['mapping', 'previewed']);
  if (!found.ok) return found;
  const readable = await tx
    .selectFrom('import_tables')
    .select('position')
    .where('territory_id', '=', tx.territoryId)
    .where('import_id', '=', id)
    .where(sql<boolean>`settings ->> 'subject' <> 'none'`)
    .limit(1)
    .executeTakeFirst();
  if (readable === undefined) return refused('nothing-to-read');
  await move(tx, id, { state: 'staging', asked_by: personOf(principal) });
  return done(undefined);
}

export async function askApply(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ImportId,
): Promise<Result<void, ImportRefusal>> {
  const found = await waiting(tx, principal, id, ['previewed']);
  if (!found.ok) return found;
  await move(tx, id, { state: 'applying', asked_by: personOf(principal) });
  return done(undefined);
}

export async function askUndo(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ImportId,
): Promise<Result<void, ImportRefusal>> {
  const found = await waiting(tx, principal, id, ['applied']);
  if (!found.ok) return found;
  if (found.value.isForgotten) return refused('forgotten', { days: KEPT_DAYS });
  await move(tx, id, { state: 'undoing', asked_by: personOf(principal) });
  return done(undefined);
}

/** A step that runs is told to stop and does within a moment; one that waits for a person is over at once. */
export async function stopImport(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ImportId,
): Promise<Result<void, ImportRefusal>> {
  if (!mayImport(principal)) return refused('not-allowed');
  const found = await importById(tx, id);
  if (found === undefined) return refused('not-found');
  if (found.state === 'undoing' || ['applied', 'undone', 'abandoned'].includes(found.state))
    return refused('wrong-moment');
  if (isUnderWay(found.state)) {
    await tx
      .updateTable('imports')
      .set({ cancel_requested: true })
      .where('territory_id', '=', tx.territoryId)
      .where('id', '=', id)
      .execute();
  } else await move(tx, id, { state: 'abandoned' });
  return done(undefined);
}

/** Takes entries in or leaves them out. */
export async function chooseEntries(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ImportId,
  choice: { readonly shown: readonly number[]; readonly chosen: readonly number[] },
): Promise<Result<void, ImportRefusal>> {
  const found = await waiting(tx, principal, id, ['previewed']);
  if (!found.ok) return found;
  await sql`
    update import_entries set is_chosen = position = any(${choice.chosen}::integer[])
    where territory_id = ${tx.territoryId} and import_id = ${id} and position = any(${choice.shown}::integer[])`.execute(
    tx,
  );
  return done(undefined);
}

export interface Decision {
  readonly position: number;
  /** The organisation that it is; none when it is none of those that were shown. */
  readonly organisationId: OrganisationId | null;
}

/** Remembers each word for the next file of the source; the caller starts the job that looks again. */
export async function decideEntries(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ImportId,
  decisions: readonly Decision[] | 'all-different',
  at: Moment,
): Promise<Result<{ count: number }, ImportRefusal>> {
  const found = await waiting(tx, principal, id, ['previewed']);
  if (!found.ok) return found;
  const given = decisions === 'all-different' ? [] : decisions;
  const { rows } = await sql<{ identity: string }>`
    insert into import_decisions (territory_id, source, identity, organisation_id, decision, decided_by, decided_at)
    select e.territory_id, ${found.value.source}, e.identity, (c ->> 'id')::uuid,
      case when (c ->> 'id')::uuid = g.chosen then 'same' else 'different' end, ${personOf(principal)}, ${at.now}
    from import_entries e cross join jsonb_array_elements(e.candidates) as c
    left join json_to_recordset(${JSON.stringify(given.map(({ position, organisationId }) => ({ position, chosen: organisationId })))}::json)
      as g(position integer, chosen uuid) on g.position = e.position
    where e.territory_id = ${tx.territoryId} and e.import_id = ${id} and e.outcome = 'ask'
      and (g.position is not null or ${decisions === 'all-different'})
    on conflict (territory_id, source, identity, organisation_id) do update
      set decision = excluded.decision, decided_by = excluded.decided_by, decided_at = excluded.decided_at
    returning identity`.execute(tx);
  return done({ count: new Set(rows.map(({ identity }) => identity)).size });
}

async function waiting(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ImportId,
  states: readonly ImportState[],
): Promise<Result<{ source: string; isForgotten: boolean }, ImportRefusal>> {
  if (!mayImport(principal)) return refused('not-allowed');
  const row = await tx
    .selectFrom('imports')
    .select(['state', 'source', 'forgotten_at'])
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return refused('not-found');
  if (isUnderWay(row.state)) return refused('under-way');
  return states.includes(row.state)
    ? done({ source: row.source, isForgotten: row.forgotten_at !== null })
    : refused('wrong-moment');
}

async function move(
  tx: TerritoryTransaction,
  id: ImportId,
  change: { readonly state: ImportState; readonly source?: string; readonly asked_by?: PersonId | null },
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ ...change, failure: null, cancel_requested: false, step_done: 0, step_total: 0, step_started_at: null })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .execute();
}
