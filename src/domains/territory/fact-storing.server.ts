/**
 * Facts in the tables: read under a lock and stored, many organisations in one statement. Only the writing, undoing
 * and deciding of changes come through here: nothing else writes `organisations`, their parts and their themes.
 *
 * Must always hold: a row of `organisation_changes` is written with what it changes, in the same statement.
 */
import { sql, type Selectable } from 'kysely';
import type { Id, OrganisationId, PersonId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Tables } from '../../platform/postgres/tables.ts';
import type { ExtraValue, Facts, Link, WrittenFacts } from './facts.ts';
import type { ChangeSource } from './organisation-profile.ts';
import type { Part } from './organisation.ts';

export type ChangeId = Id<'change'>;

/** An organisation as it stands: its facts, and what the writer must know beside them. */
export interface Standing {
  readonly id: OrganisationId;
  readonly slug: string;
  readonly version: number;
  readonly updatedAt: Temporal.Instant;
  readonly isWithdrawn: boolean;
  readonly isMerged: boolean;
  readonly isNeverListed: boolean;
  readonly facts: Facts;
}

/** A change as it is stored. */
export interface ChangeRow {
  readonly id: ChangeId;
  readonly source: ChangeSource;
  readonly sourceId: string | null;
  readonly authorId: PersonId | null;
  readonly at: Temporal.Instant;
  readonly before: WrittenFacts;
  readonly after: WrittenFacts;
  readonly state: 'applied' | 'proposed';
  readonly reason: string;
  readonly undoesId: ChangeId | null;
}

export interface Stored {
  readonly id: OrganisationId;
  readonly slug: string;
  readonly facts: Facts;
  readonly at: Temporal.Instant;
  /** None when the change that says so is stored already: a proposal that was approved. */
  readonly change: ChangeRow | undefined;
  readonly isWithdrawn?: boolean;
}

/** How the facts lie in columns: `column type`, in the order of both statements. */
const COLUMNS: readonly (readonly [column: string, type: string])[] = [
  ['name', 'text'],
  ['legal_name', 'text'],
  ['other_names', 'text[]'],
  ['siren', 'text'],
  ['siret', 'text'],
  ['naf_code', 'text'],
  ['naf_section', 'text'],
  ['region_code', 'text'],
  ['commune', 'text'],
  ['commune_code', 'text'],
  ['postal_code', 'text'],
  ['address', 'text'],
  ['latitude', 'double precision'],
  ['longitude', 'double precision'],
  ['employees', 'integer'],
  ['founded_on', 'date'],
  ['arrived_on', 'date'],
  ['left_on', 'date'],
  ['closed_on', 'date'],
  ['website', 'text'],
  ['links', 'jsonb'],
  ['summary_fr', 'text'],
  ['summary_en', 'text'],
  ['is_listed', 'boolean'],
  ['logo_id', 'uuid'],
  ['extra', 'jsonb'],
];
const AROUND = 'id uuid, slug text, at timestamptz, parts text[], themes text[], change jsonb, is_withdrawn boolean';
const RECORD = sql.raw(`${AROUND}, ${COLUMNS.map((column) => column.join(' ')).join(', ')}`);
const NAMES = sql.raw(COLUMNS.map(([column]) => column).join(', '));
const NAMES_OF_ROW = sql.raw(COLUMNS.map(([column]) => `r.${column}`).join(', '));
const ASSIGNMENTS = sql.raw(COLUMNS.map(([column]) => `${column} = r.${column}`).join(', '));

/** A SIREN that is new waits for the public register. */
const TO_VERIFY = sql.raw(`case when r.siren is null then 'none' else 'pending' end`);

/** Those that are there, locked until the transaction ends; always in the order of their ids, so that two writers never wait in a ring. */
export async function lockStanding(
  tx: TerritoryTransaction,
  ids: readonly OrganisationId[],
): Promise<ReadonlyMap<OrganisationId, Standing>> {
  if (ids.length === 0) return new Map();
  const rows = await standing(tx)
    .where(sql<boolean>`o.id = any(${[...ids]}::uuid[])`)
    .orderBy('o.id')
    .forUpdate('o')
    .execute();
  return new Map(rows.map((row) => [row.id, standingOf(row)]));
}

/** What is stated of one, read and not locked; those that left the directory are not there. */
export async function standingBySlug(tx: TerritoryTransaction, slug: string): Promise<Standing | undefined> {
  const row = await standing(tx)
    .where('o.slug', '=', slug)
    .where('o.withdrawn_at', 'is', null)
    .where('o.merged_into_id', 'is', null)
    .executeTakeFirst();
  return row === undefined ? undefined : standingOf(row);
}

function standing(tx: TerritoryTransaction) {
  return tx
    .selectFrom('organisations as o')
    .selectAll()
    .select([
      sql<
        Part[]
      >`array(select part from organisation_parts p where p.territory_id = o.territory_id and p.organisation_id = o.id order by part)`.as(
        'parts',
      ),
      sql<
        string[]
      >`array(select theme_code from organisation_themes t where t.territory_id = o.territory_id and t.organisation_id = o.id order by theme_code collate "C")`.as(
        'themes',
      ),
    ])
    .where('o.territory_id', '=', tx.territoryId);
}

type StandingRow = Selectable<Tables['organisations']> & { parts: Part[]; themes: string[] };

/** Adds organisations with what belongs to them. Those whose address or SIREN is held by another are not added, and not returned. */
export async function insertStored(
  tx: TerritoryTransaction,
  rows: readonly Stored[],
): Promise<ReadonlySet<OrganisationId>> {
  const { rows: added } = await sql<{ id: OrganisationId }>`
    with r as materialized (select * from json_to_recordset(${recordsOf(rows)}::json) as r(${RECORD})),
    o as (
      insert into organisations (territory_id, id, slug, created_at, updated_at, register_state, ${NAMES})
      select ${tx.territoryId}::uuid, r.id, r.slug, r.at, r.at, ${TO_VERIFY}, ${NAMES_OF_ROW} from r
      on conflict do nothing returning id),
    p as (
      insert into organisation_parts (territory_id, organisation_id, part)
      select ${tx.territoryId}::uuid, r.id, unnest(r.parts) from r join o using (id)),
    t as (
      insert into organisation_themes (territory_id, organisation_id, theme_code)
      select ${tx.territoryId}::uuid, r.id, unnest(r.themes) from r join o using (id)),
    c as (${insertedChanges(tx, sql`r join o using (id)`)})
    select id from o`.execute(tx);
  return new Set(added.map(({ id }) => id));
}

/** Puts locked organisations in their new state; the address of one that comes back may be another. */
export async function updateStored(tx: TerritoryTransaction, rows: readonly Stored[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    with r as materialized (select * from json_to_recordset(${recordsOf(rows)}::json) as r(${RECORD})),
    o as (
      update organisations o set slug = r.slug, ${ASSIGNMENTS}, updated_at = r.at, version = o.version + 1,
        register_state = case when o.siren is distinct from r.siren then ${TO_VERIFY} else o.register_state end,
        withdrawn_at = case when r.is_withdrawn then coalesce(o.withdrawn_at, r.at) end
      from r where o.territory_id = ${tx.territoryId}::uuid and o.id = r.id),
    gone_parts as (
      delete from organisation_parts p using r
      where p.territory_id = ${tx.territoryId}::uuid and p.organisation_id = r.id and p.part <> all (r.parts)),
    gone_themes as (
      delete from organisation_themes t using r
      where t.territory_id = ${tx.territoryId}::uuid and t.organisation_id = r.id and t.theme_code <> all (r.themes)),
    p as (
      insert into organisation_parts (territory_id, organisation_id, part)
      select ${tx.territoryId}::uuid, r.id, unnest(r.parts) from r on conflict do nothing),
    t as (
      insert into organisation_themes (territory_id, organisation_id, theme_code)
      select ${tx.territoryId}::uuid, r.id, unnest(r.themes) from r on conflict do nothing)
    ${insertedChanges(tx, sql`r`)}`.execute(tx);
}

/** Takes a locked organisation out of the directory because it is another; what it states stays in its row. */
export async function markMerged(
  tx: TerritoryTransaction,
  id: OrganisationId,
  into: OrganisationId,
  at: Temporal.Instant,
): Promise<void> {
  await sql`update organisations set merged_into_id = ${into}, is_listed = false, updated_at = ${at}, version = version + 1
    where territory_id = ${tx.territoryId} and id = ${id}`.execute(tx);
}

/** Puts it back, listed as it was unless the register meanwhile said that it may not be. */
export async function markApart(
  tx: TerritoryTransaction,
  id: OrganisationId,
  wasListed: boolean,
  at: Temporal.Instant,
): Promise<void> {
  await sql`update organisations set merged_into_id = null, updated_at = ${at}, version = version + 1,
      is_listed = ${wasListed} and register_state <> 'not-diffusible'
    where territory_id = ${tx.territoryId} and id = ${id}`.execute(tx);
}

/** Changes alone: proposals, which touch nothing yet, and steps between two states. */
export async function insertChanges(tx: TerritoryTransaction, rows: readonly Stored[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    with r as materialized (select * from json_to_recordset(${recordsOf(rows)}::json) as r(${RECORD}))
    ${insertedChanges(tx, sql`r`)}`.execute(tx);
}

function insertedChanges(tx: TerritoryTransaction, from: ReturnType<typeof sql>) {
  return sql`
    insert into organisation_changes
      (territory_id, id, organisation_id, source, source_id, author_id, at, before, after, state, reason, undoes_id)
    select ${tx.territoryId}::uuid, (r.change ->> 'id')::uuid, r.id, r.change ->> 'source', (r.change ->> 'sourceId')::uuid,
      (r.change ->> 'authorId')::uuid, (r.change ->> 'at')::timestamptz, r.change -> 'before', r.change -> 'after',
      r.change ->> 'state', r.change ->> 'reason', (r.change ->> 'undoesId')::uuid
    from ${from} where r.change is not null`;
}

function recordsOf(rows: readonly Stored[]): string {
  return JSON.stringify(rows.map((row) => withoutNulls(recordOf(row))));
}

/** What is left out is read as null: most facts are, and each costs as much to read as a value. */
function withoutNulls(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const stated: Record<string, unknown> = {};
  for (const name in record) if (record[name] !== null) stated[name] = record[name];
  return stated;
}

function recordOf({ id, slug, facts, at, change, isWithdrawn = false }: Stored) {
  return {
    id,
    slug,
    at,
    parts: facts.parts,
    themes: facts.themes,
    change: change ?? null,
    is_withdrawn: isWithdrawn,
    name: facts.name,
    legal_name: facts.legalName,
    other_names: facts.otherNames,
    siren: facts.siren,
    siret: facts.siret,
    naf_code: facts.nafCode,
    naf_section: facts.nafSection,
    region_code: facts.regionCode,
    commune: facts.commune,
    commune_code: facts.communeCode,
    postal_code: facts.postalCode,
    address: facts.address,
    latitude: facts.latitude,
    longitude: facts.longitude,
    employees: facts.employees,
    founded_on: facts.foundedOn,
    arrived_on: facts.arrivedOn,
    left_on: facts.leftOn,
    closed_on: facts.closedOn,
    website: facts.website,
    links: facts.links,
    summary_fr: facts.summaryFr,
    summary_en: facts.summaryEn,
    is_listed: facts.isListed,
    logo_id: facts.logoId,
    extra: facts.extra,
  };
}

function standingOf(row: StandingRow): Standing {
  return {
    id: row.id,
    slug: row.slug,
    version: row.version,
    updatedAt: row.updated_at,
    isWithdrawn: row.withdrawn_at !== null,
    isMerged: row.merged_into_id !== null,
    isNeverListed: row.register_state === 'not-diffusible' || row.withdrawn_at !== null || row.merged_into_id !== null,
    facts: {
      name: row.name,
      legalName: row.legal_name,
      otherNames: row.other_names,
      siren: row.siren,
      siret: row.siret,
      nafCode: row.naf_code,
      nafSection: row.naf_section,
      regionCode: row.region_code,
      commune: row.commune,
      communeCode: row.commune_code,
      postalCode: row.postal_code,
      address: row.address,
      latitude: row.latitude,
      longitude: row.longitude,
      employees: row.employees,
      foundedOn: row.founded_on,
      arrivedOn: row.arrived_on,
      leftOn: row.left_on,
      closedOn: row.closed_on,
      website: row.website,
      links: (row.links as Link[]).map(({ label, url }) => ({ label, url })),
      summaryFr: row.summary_fr,
      summaryEn: row.summary_en,
      parts: row.parts,
      themes: row.themes,
      isListed: row.is_listed,
      logoId: row.logo_id,
      extra: row.extra as Readonly<Record<string, ExtraValue>>,
    },
  };
}
