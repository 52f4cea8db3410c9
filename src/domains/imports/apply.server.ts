/**
 * The third step: what a person agreed to is written, in one transaction.
 *
 * Must always hold: readers see all of it or nothing; cut off anywhere, nothing is left and the step can be done again;
 * each organisation is written by the one writer of facts, under this import as its source.
 */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Moment } from '../territory/events.server.ts';
import { appendEvent } from '../territory/events.server.ts';
import { writeFacts, type FactItem } from '../territory/fact-writing.server.ts';
import type { JsonValue } from '../territory/facts.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import type { Principal } from '../territory/principal.ts';
import { ensureThemes } from '../territory/theme-labels.server.ts';
import { labelKey } from '../territory/themes.ts';
import { addLinks } from './apply-links.server.ts';
import type { ImportId } from './import.ts';
import { valuesOf } from './merging.ts';
import { ownFieldsOf } from './own-fields.ts';
import type { Beat } from './steps.server.ts';
import type { ImportTable } from './table.ts';

export interface Applying {
  readonly tx: TerritoryTransaction;
  readonly principal: Principal;
  readonly importId: ImportId;
  readonly tables: readonly ImportTable[];
  readonly at: Moment;
  readonly beat: Beat;
}

/** Thrown to take back what was written so far. */
export const CANCELLED = Symbol('cancelled');

const BATCH = 1000;

/** Answers whether this run wrote it, or an earlier one had. */
export async function applyEntries(applying: Applying): Promise<'written' | 'written-before'> {
  const { tx, principal, importId, tables, at } = applying;
  await sql`set local statement_timeout = '15min'`.execute(tx);
  // A second run of the same step, after a crash that was not noticed, waits here for the first.
  await sql`select pg_advisory_xact_lock(hashtextextended(${importId}, 0))`.execute(tx);
  const { state } = await tx
    .selectFrom('imports')
    .select('state')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', importId)
    .executeTakeFirstOrThrow();
  if (state !== 'applying') return 'written-before';
  await addOwnFields(tx, tables);
  const themes = await themesOf(applying);
  await writeOrganisations(applying, themes);
  await addPeople(tx, importId, at.now);
  await addLinks(tx, importId);
  const counts = await tx
    .selectFrom('import_entries')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('territory_id', '=', tx.territoryId)
    .where('import_id', '=', importId)
    .where('is_chosen', '=', true)
    .where('outcome', 'in', ['create', 'change'])
    .executeTakeFirst();
  await appendEvent(
    tx,
    principal,
    { kind: 'import-applied', subjectId: importId, payload: { entries: Number(counts?.count ?? 0) } },
    at,
  );
  return 'written';
}

async function addOwnFields(tx: TerritoryTransaction, tables: readonly ImportTable[]): Promise<void> {
  const fields = new Map(
    tables.flatMap((table) => [...ownFieldsOf(table).values()].map((field) => [field.code, field] as const)),
  );
  if (fields.size === 0) return;
  await sql`
    insert into directory_fields (territory_id, code, label_fr, label_en, value_type, position)
    select ${tx.territoryId}::uuid, r.code, r.label, r.label, r."valueType",
      (select coalesce(max(position), 0) from directory_fields where territory_id = ${tx.territoryId}) + row_number() over ()
    from json_to_recordset(${JSON.stringify([...fields.values()])}::json) as r(code text, label text, "valueType" text)
    on conflict do nothing`.execute(tx);
}

/** The codes of every label that a chosen entry holds; new ones are added. */
async function themesOf({ tx, principal, importId }: Applying): Promise<Map<string, string>> {
  const { rows } = await sql<{ label: string }>`
    select distinct label from import_entries e, jsonb_array_elements_text(e.facts -> 'themes') as label
    where e.territory_id = ${tx.territoryId} and e.import_id = ${importId} and e.is_chosen and e.outcome in ('create', 'change')
      and e.facts ? 'themes' order by label`.execute(tx);
  const labels = rows.map(({ label }) => label);
  const codes = await ensureThemes(tx, principal, labels);
  if (!codes.ok) throw new Error('Whoever imports may add themes');
  return new Map(labels.map((label, place) => [labelKey(label), codes.value[place] ?? '']));
}

interface WritableEntry {
  readonly position: number;
  readonly isNew: boolean;
  readonly target: OrganisationId;
  readonly facts: Readonly<Record<string, JsonValue>>;
}

async function writeOrganisations(applying: Applying, themes: ReadonlyMap<string, string>): Promise<void> {
  const { tx, importId, beat } = applying;
  const total = await countWritable(tx, importId);
  const themeCode = (label: string) => themes.get(labelKey(label)) ?? '';
  let done = 0;
  let next = entriesAfter(tx, importId, -1);
  for (;;) {
    const entries = await next;
    const last = entries.at(-1)?.position;
    if (last === undefined) break;
    // The database reads the next ones while these are prepared.
    next = entriesAfter(tx, importId, last);
    next.catch(() => {});
    await writeSome(applying, entries, themeCode);
    done += entries.length;
    if ((await beat(done, total)) === 'cancel') throw CANCELLED;
  }
  await keepKeys(tx, importId);
}

async function entriesAfter(tx: TerritoryTransaction, importId: ImportId, last: number): Promise<WritableEntry[]> {
  const entries = await tx
    .selectFrom('import_entries')
    .select(['position', 'outcome', 'target_id', 'facts'])
    .where('territory_id', '=', tx.territoryId)
    .where('import_id', '=', importId)
    .where('subject', '=', 'organisation')
    .where('is_chosen', '=', true)
    .where('outcome', 'in', ['create', 'change'])
    .where('position', '>', last)
    .orderBy('position')
    .limit(BATCH)
    .execute();
  return entries.map((entry) => ({
    position: entry.position,
    isNew: entry.outcome === 'create',
    target: entry.target_id as OrganisationId,
    facts: entry.facts as WritableEntry['facts'],
  }));
}

async function writeSome(
  { tx, principal, importId, at }: Applying,
  entries: readonly WritableEntry[],
  themeCode: (label: string) => string,
): Promise<void> {
  const known = await themesKnown(
    tx,
    entries.flatMap(({ target, isNew }) => (isNew ? [] : [target])),
  );
  const items = entries.map(({ isNew, target, facts }): FactItem => {
    const values = valuesOf(facts, themeCode, { themes: known.get(target) ?? [] });
    return isNew ? { newId: target, facts: values } : { id: target, facts: values };
  });
  const answers = await writeFacts(tx, principal, { kind: 'import', id: importId }, items, at);
  const refusals = answers.flatMap((answer, place) => {
    if (answer.ok) return [];
    const { field = '', name = '' } = answer.facts ?? {};
    const code = answer.reason === 'siren-taken' ? answer.reason : 'not-writable';
    return [{ position: entries[place]?.position, problem: { column: String(field), code, text: String(name) } }];
  });
  if (refusals.length === 0) return;
  await sql`
    update import_entries e set
      outcome = 'refuse', target_id = case when e.outcome = 'create' then null else e.target_id end,
      problems = e.problems || jsonb_build_array(r.problem || jsonb_build_object('number', e.number))
    from json_to_recordset(${JSON.stringify(refusals)}::json) as r(position integer, problem jsonb)
    where e.territory_id = ${tx.territoryId} and e.import_id = ${importId} and e.position = r.position`.execute(tx);
}

async function themesKnown(tx: TerritoryTransaction, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; codes: string[] }>`
    select organisation_id as id, array_agg(theme_code) as codes from organisation_themes
    where territory_id = ${tx.territoryId} and organisation_id = any(${ids}::uuid[]) group by 1`.execute(tx);
  return new Map(rows.map(({ id, codes }) => [id, codes]));
}

async function countWritable(tx: TerritoryTransaction, importId: ImportId): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) from import_entries where territory_id = ${tx.territoryId} and import_id = ${importId}
      and subject = 'organisation' and is_chosen and outcome in ('create', 'change')`.execute(tx);
  return Number(rows[0]?.count ?? 0);
}

/** The names of the source find the same organisations the next time. */
async function keepKeys(tx: TerritoryTransaction, importId: ImportId): Promise<void> {
  await sql`
    insert into organisation_keys (territory_id, source, key, organisation_id)
    select e.territory_id, k ->> 'source', k ->> 'key', e.target_id
    from import_entries e, jsonb_array_elements(e.keys) as k
    where e.territory_id = ${tx.territoryId} and e.import_id = ${importId} and e.subject = 'organisation'
      and e.target_id is not null and e.is_chosen and e.outcome in ('create', 'change', 'same')
    on conflict do nothing`.execute(tx);
}

async function addPeople(tx: TerritoryTransaction, importId: ImportId, now: Temporal.Instant): Promise<void> {
  await sql`
    insert into people (territory_id, id, email, name, locale, created_at)
    select e.territory_id, e.target_id, e.facts ->> 'email', coalesce(e.facts ->> 'name', e.name), 'fr', ${now}
    from import_entries e
    where e.territory_id = ${tx.territoryId} and e.import_id = ${importId} and e.subject = 'person' and e.outcome = 'create' and e.is_chosen`.execute(
    tx,
  );
  await sql`
    insert into person_keys (territory_id, source, key, person_id)
    select e.territory_id, k ->> 'source', k ->> 'key', e.target_id
    from import_entries e, jsonb_array_elements(e.keys) as k
    where e.territory_id = ${tx.territoryId} and e.import_id = ${importId} and e.subject = 'person'
      and e.target_id is not null and e.is_chosen
    on conflict do nothing`.execute(tx);
}
