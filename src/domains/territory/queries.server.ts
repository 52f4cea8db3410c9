/** Reads of the directory. One territory per transaction; plain values come back. */
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Organisation, OrganisationSummary, Part, Theme } from './organisation.ts';

type SummaryRow = {
  id: OrganisationId;
  slug: string;
  name: string;
  summary_fr: string;
  summary_en: string;
  commune: string | null;
  founded_on: Temporal.PlainDate | null;
  parts: Part[];
  themes: string[];
};

const partsOf = sql<
  Part[]
>`array(select part from organisation_parts p where p.territory_id = organisations.territory_id and p.organisation_id = organisations.id order by part)`;
const themesOf = sql<
  string[]
>`array(select theme_code from organisation_themes t where t.territory_id = organisations.territory_id and t.organisation_id = organisations.id order by theme_code)`;

/** None of what was taken out of the directory or became another. */
export async function organisationBySlug(tx: TerritoryTransaction, slug: string): Promise<Organisation | undefined> {
  return readBySlug(tx, slug, isInDirectory());
}

/** Also one that became another, whose address leads on. */
export async function organisationOrFormer(tx: TerritoryTransaction, slug: string): Promise<Organisation | undefined> {
  return readBySlug(tx, slug, sql<SqlBool>`withdrawn_at is null`);
}

/** Whether an organisation of this table, or of this name for it, was neither taken out of the directory nor merged. */
export function isInDirectory(table = 'organisations'): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${sql.table(table)}.withdrawn_at is null and ${sql.table(table)}.merged_into_id is null)`;
}

/** What an organisation is today: itself, or the one that it became. */
export function survivorOf(id: RawBuilder<unknown>): RawBuilder<OrganisationId | null> {
  const here = sql`o.territory_id = current_setting('app.territory')::uuid`;
  return sql<OrganisationId | null>`(with recursive line as (
      select o.id, o.merged_into_id from organisations o where ${here} and o.id = ${id}
      union all
      select o.id, o.merged_into_id from line join organisations o on ${here} and o.id = line.merged_into_id)
    select line.id from line where line.merged_into_id is null)`;
}

async function readBySlug(
  tx: TerritoryTransaction,
  slug: string,
  condition: RawBuilder<SqlBool>,
): Promise<Organisation | undefined> {
  const row = await tx
    .selectFrom('organisations')
    .selectAll()
    .select([partsOf.as('parts'), themesOf.as('themes')])
    .where('territory_id', '=', tx.territoryId)
    .where('slug', '=', slug)
    .where(condition)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    ...toSummary(row),
    siren: row.siren,
    nafSection: row.naf_section,
    regionCode: row.region_code,
    employees: row.employees,
    website: row.website,
    version: row.version,
  };
}

/** Whether everybody may read the name of this organisation of the territory: it is neither hidden nor merged (rule GD-04). */
export function isNamed(organisationId: RawBuilder<unknown>): RawBuilder<SqlBool> {
  return sql<SqlBool>`not exists (select from organisations hidden
    where hidden.territory_id = current_setting('app.territory')::uuid and hidden.id = ${organisationId}
      and not (hidden.is_listed and hidden.merged_into_id is null))`;
}

/** How many organisations play each part; an organisation with two parts counts in both. */
export async function countByPart(tx: TerritoryTransaction): Promise<ReadonlyMap<Part, number>> {
  const rows = await tx
    .selectFrom('organisation_parts')
    .select(['part', (has) => has.fn.countAll<bigint>().as('count')])
    .where('territory_id', '=', tx.territoryId)
    .where(isNamed(sql.ref('organisation_id')))
    .groupBy('part')
    .execute();
  return new Map(rows.map((row) => [row.part, Number(row.count)]));
}

/** Those to choose from: what became another theme is not among them. */
export async function listThemes(tx: TerritoryTransaction): Promise<Theme[]> {
  return readThemes(tx, sql<SqlBool>`merged_into_code is null`);
}

/** Also those that became another, to name what once was. */
export async function allThemes(tx: TerritoryTransaction): Promise<Theme[]> {
  return readThemes(tx, sql<SqlBool>`true`);
}

async function readThemes(tx: TerritoryTransaction, condition: RawBuilder<SqlBool>): Promise<Theme[]> {
  const rows = await tx
    .selectFrom('themes')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .where(condition)
    .orderBy('label_fr')
    .execute();
  return rows.map((row) => ({ code: row.code, labelFr: row.label_fr, labelEn: row.label_en }));
}

/** Names by id, for pages that show other things of these organisations. */
export async function organisationNames(
  tx: TerritoryTransaction,
  ids: readonly OrganisationId[],
): Promise<ReadonlyMap<OrganisationId, { name: string; slug: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('organisations')
    .select(['id', 'name', 'slug'])
    .where('territory_id', '=', tx.territoryId)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, { name: row.name, slug: row.slug }]));
}

function toSummary(row: SummaryRow): OrganisationSummary {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    summaryFr: row.summary_fr,
    summaryEn: row.summary_en,
    commune: row.commune,
    foundedOn: row.founded_on,
    parts: row.parts,
    themes: row.themes,
  };
}
