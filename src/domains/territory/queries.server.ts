/** Reads of the directory. One territory per transaction; plain values come back. */
import { sql, type SqlBool } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { NameCursor } from './cursor.ts';
import type { Organisation, OrganisationSummary, Part, Theme } from './organisation.ts';

export interface OrganisationFilter {
  readonly words?: string;
  readonly part?: Part;
  readonly theme?: string;
}

export interface OrganisationList {
  readonly organisations: readonly OrganisationSummary[];
  readonly total: number;
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
}

const SUMMARY = ['id', 'slug', 'name', 'summary_fr', 'summary_en', 'commune', 'founded_on'] as const;
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

/** Two queries: the page by name, and how many there are in all. */
export async function listOrganisations(
  tx: TerritoryTransaction,
  filter: OrganisationFilter,
  cursor: NameCursor | undefined,
  size: number,
): Promise<OrganisationList> {
  const backwards = cursor?.direction === 'before';
  const found = matching(tx, filter);
  let page = found.select([...SUMMARY, partsOf.as('parts'), themesOf.as('themes')]).limit(size + 1);
  if (cursor !== undefined) {
    const beyond = backwards
      ? sql<SqlBool>`(name, id) < (${cursor.name}, ${cursor.id}::uuid)`
      : sql<SqlBool>`(name, id) > (${cursor.name}, ${cursor.id}::uuid)`;
    page = page.where(beyond);
  }
  const order = backwards ? 'desc' : 'asc';
  const rows = await page.orderBy('name', order).orderBy('id', order).execute();
  const { count } = await found.select((has) => has.fn.countAll<bigint>().as('count')).executeTakeFirstOrThrow();
  const more = rows.length > size;
  const kept = rows.slice(0, size);
  if (backwards) kept.reverse();
  return {
    organisations: kept.map(toSummary),
    total: Number(count),
    hasBefore: backwards ? more : cursor !== undefined,
    hasAfter: backwards ? true : more,
  };
}

/** Every organisation that the filter finds, for an export: at most 100,000. */
export async function exportOrganisations(
  tx: TerritoryTransaction,
  filter: OrganisationFilter,
): Promise<OrganisationSummary[]> {
  const rows = await matching(tx, filter)
    .select([...SUMMARY, partsOf.as('parts'), themesOf.as('themes')])
    .orderBy('name')
    .orderBy('id')
    .limit(100_000)
    .execute();
  return rows.map(toSummary);
}

export async function organisationBySlug(tx: TerritoryTransaction, slug: string): Promise<Organisation | undefined> {
  const row = await tx
    .selectFrom('organisations')
    .selectAll()
    .select([partsOf.as('parts'), themesOf.as('themes')])
    .where('territory_id', '=', tx.territoryId)
    .where('slug', '=', slug)
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

/** How many organisations play each part; an organisation with two parts counts in both. */
export async function countByPart(tx: TerritoryTransaction): Promise<ReadonlyMap<Part, number>> {
  const rows = await tx
    .selectFrom('organisation_parts')
    .select(['part', (has) => has.fn.countAll<bigint>().as('count')])
    .where('territory_id', '=', tx.territoryId)
    .groupBy('part')
    .execute();
  return new Map(rows.map((row) => [row.part, Number(row.count)]));
}

export async function listThemes(tx: TerritoryTransaction): Promise<Theme[]> {
  const rows = await tx
    .selectFrom('themes')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
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

/** Words are found in the name, the texts and the commune, French stems and accents folded, or at the start of the name. */
function matching(tx: TerritoryTransaction, filter: OrganisationFilter) {
  let query = tx.selectFrom('organisations').where('organisations.territory_id', '=', tx.territoryId);
  const words = filter.words?.trim() ?? '';
  if (words !== '') {
    const start = `${words.replace(/[\\%_]/gu, '\\$&')}%`;
    query = query.where(
      sql<SqlBool>`(search_text @@ (websearch_to_tsquery('french_folded', ${words}) || websearch_to_tsquery('simple_folded', ${words})) or name_key like folded(${start}))`,
    );
  }
  if (filter.part !== undefined) {
    const { part } = filter;
    query = query.where((has) =>
      has.exists(
        has
          .selectFrom('organisation_parts as p')
          .select('p.part')
          .where('p.territory_id', '=', tx.territoryId)
          .whereRef('p.organisation_id', '=', 'organisations.id')
          .where('p.part', '=', part),
      ),
    );
  }
  if (filter.theme !== undefined) {
    const { theme } = filter;
    query = query.where((has) =>
      has.exists(
        has
          .selectFrom('organisation_themes as t')
          .select('t.theme_code')
          .where('t.territory_id', '=', tx.territoryId)
          .whereRef('t.organisation_id', '=', 'organisations.id')
          .where('t.theme_code', '=', theme),
      ),
    );
  }
  return query;
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
