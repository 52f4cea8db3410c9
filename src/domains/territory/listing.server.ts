/** Reads of the public list: its pages, how many there are of each kind, its places. One territory per transaction. */
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import {
  FACETS,
  type Facet,
  type FacetCounts,
  type FacetValue,
  type ListCursor,
  type Listing,
  type OrganisationFilter,
} from './listing.ts';
import type { ListedOrganisation, Part } from './organisation.ts';
import { foundIn, keptBy, lifeOn, LISTED, orderOf, type Order, type Reading, type Sought } from './search.server.ts';

export interface OrganisationPage {
  readonly organisations: readonly ListedOrganisation[];
  /** `similar`: nothing holds the words, and these names look like them. */
  readonly reading: Reading;
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
}

/** One query; a second one, for names that look like the words, where nothing holds them. */
export async function listOrganisations(
  tx: TerritoryTransaction,
  listing: Listing,
  size: number,
  today: Temporal.PlainDate,
): Promise<OrganisationPage> {
  const exact: Sought = { filter: listing.filter, reading: 'exact', today };
  const found = await pageOf(tx, exact, listing, size);
  if (found.organisations.length > 0 || listing.filter.words === '' || listing.cursor !== undefined) return found;
  return pageOf(tx, { ...exact, reading: 'similar' }, listing, size);
}

/** Every organisation that the list shows, in its order, some at a time: each step is a short transaction of `read`. */
export async function* everyOrganisation(
  read: <Answer>(work: (tx: TerritoryTransaction) => Promise<Answer>) => Promise<Answer>,
  listing: Pick<Listing, 'filter' | 'sort'>,
  today: Temporal.PlainDate,
  step = 1000,
): AsyncGenerator<readonly ListedOrganisation[]> {
  let cursor: ListCursor | undefined;
  for (;;) {
    const at: Listing = { ...listing, cursor };
    const page = await read((tx) => listOrganisations(tx, at, step, today));
    yield page.organisations;
    const last = page.organisations.at(-1);
    if (last === undefined || !page.hasAfter || page.reading === 'similar') return;
    cursor = { id: last.id, key: last.sortKey, direction: 'after' };
  }
}

export interface Counted {
  readonly total: number;
  readonly facets: FacetCounts;
}

const MOST_VALUES = 30;

/** One query: how many the list holds, and how many it would hold with each value of each facet, all other filters standing. */
export async function countOrganisations(
  tx: TerritoryTransaction,
  filter: OrganisationFilter,
  reading: Reading,
  today: Temporal.PlainDate,
): Promise<Counted> {
  const sought: Sought = { filter, reading, today };
  const chosen = FACETS.flatMap((facet) => filter.chosen[facet]);
  const { rows } = await sql<{ facet: Facet | 'total'; value: string; label: string | null; count: number }>`
    with ${foundIn(tx, sought)},
    counted (facet, value, count) as (${countsOf(tx, sought)}),
    ranked as (select *, row_number() over (partition by facet order by value = any(${chosen}::text[]) desc, count desc, value) as place
      from counted where value is not null)
    select facet, value, count, case when facet = 'commune' then (select o.commune from organisations o
      where o.territory_id = ${tx.territoryId} and o.commune_code = value limit 1) end as label
    from ranked where place <= ${sql.lit(MOST_VALUES)} order by facet, count desc, value`.execute(tx);
  const valuesOf = (facet: Facet): FacetValue[] =>
    rows.filter((row) => row.facet === facet).map(({ value, label, count }) => ({ value, label, count }));
  const facets = Object.fromEntries(FACETS.map((facet) => [facet, valuesOf(facet)])) as Record<Facet, FacetValue[]>;
  return { total: rows.find(({ facet }) => facet === 'total')?.count ?? 0, facets };
}

/** How many the list holds, and nothing else of it. */
export async function countListed(tx: TerritoryTransaction, sought: Sought): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with ${foundIn(tx, sought)}
    select count(*)::integer as count from found o where ${keptBy(tx, sought)}`.execute(tx);
  return rows[0]?.count ?? 0;
}

export interface MapPlace {
  readonly commune: string;
  readonly label: string;
  readonly count: number;
  /** The middle of its organisations; null when the place of none is known. */
  readonly latitude: number | null;
  readonly longitude: number | null;
}

const MOST_PLACES = 2000;

/** The communes of the list, the fullest first. */
export async function placesOf(tx: TerritoryTransaction, sought: Sought): Promise<readonly MapPlace[]> {
  const { rows } = await sql<MapPlace>`
    with ${foundIn(tx, sought)},
    places as (select o.commune_key as commune, count(*)::integer as count, avg(o.latitude) as latitude, avg(o.longitude) as longitude
      from found o where ${keptBy(tx, sought)} and o.commune_key is not null
      group by 1 order by count desc, commune limit ${sql.lit(MOST_PLACES)})
    select places.*, coalesce((select o.commune from organisations o
      where o.territory_id = ${tx.territoryId} and o.commune_code = places.commune and o.commune is not null limit 1), places.commune) as label
    from places order by count desc, commune`.execute(tx);
  return rows;
}

/** How many of the list came after a moment. */
export async function countSince(
  tx: TerritoryTransaction,
  filter: OrganisationFilter,
  moment: Temporal.Instant,
  today: Temporal.PlainDate,
): Promise<number> {
  const sought: Sought = { filter, reading: 'exact', today };
  const { rows } = await sql<{ count: number }>`
    with ${foundIn(tx, sought)}
    select count(*)::integer as count from found o
    where ${keptBy(tx, sought)} and o.created_at > ${moment}::timestamptz`.execute(tx);
  return rows[0]?.count ?? 0;
}

async function pageOf(
  tx: TerritoryTransaction,
  sought: Sought,
  { sort, cursor }: Listing,
  size: number,
): Promise<OrganisationPage> {
  const order = orderOf(sort, sought);
  const backwards = cursor?.direction === 'before';
  const direction = sql.raw(backwards === (order.direction === 'asc') ? 'desc' : 'asc');
  const columns = order.columns.map((column, place) => sql`${column} as ${sql.raw(`k${place}`)}`);
  const by = (names: readonly RawBuilder<unknown>[]) => sql.join(names.map((name) => sql`${name} ${direction}`));
  const outer = [...order.columns.map((_, place) => sql.raw(`page.k${place}`)), sql.raw('page.id')];
  const { rows } = await sql<ListedRow>`
    with ${foundIn(tx, sought)}, page as materialized (
      select o.id, ${order.key} as sort_key, ${sql.join(columns)} from found o
      where ${keptBy(tx, sought)} ${cursor === undefined ? sql`` : sql`and ${beyond(order, cursor)}`}
      order by ${by([...order.columns, sql`o.id`])} limit ${size + 1})
    select page.sort_key, r.id, r.slug, r.name, r.summary_fr, r.summary_en, r.commune, r.naf_section, r.employees, r.website,
      r.siren, r.founded_on, r.arrived_on, r.left_on, r.closed_on, r.created_at, r.updated_at,
      array(select part from organisation_parts p where p.territory_id = ${tx.territoryId} and p.organisation_id = page.id order by part) as parts,
      array(select theme_code from organisation_themes t where t.territory_id = ${tx.territoryId} and t.organisation_id = page.id order by theme_code) as themes
    from page join organisations r on r.territory_id = ${tx.territoryId} and r.id = page.id
    order by ${by(outer)}`.execute(tx);
  const more = rows.length > size;
  const kept = rows.slice(0, size).map(toListed);
  return {
    organisations: backwards ? kept.toReversed() : kept,
    reading: sought.reading,
    hasBefore: backwards ? more : cursor !== undefined,
    hasAfter: backwards ? true : more,
  };
}

function beyond(order: Order, { key, id, direction }: ListCursor): RawBuilder<SqlBool> {
  const row = sql.join([...order.columns, sql`o.id`]);
  const given = sql.join([...order.values(key), sql`${id}::uuid`]);
  const isForward = (direction === 'after') === (order.direction === 'asc');
  return isForward ? sql<SqlBool>`(${row}) > (${given})` : sql<SqlBool>`(${row}) < (${given})`;
}

interface ListedRow {
  readonly sort_key: string;
  readonly id: OrganisationId;
  readonly slug: string;
  readonly name: string;
  readonly summary_fr: string;
  readonly summary_en: string;
  readonly commune: string | null;
  readonly naf_section: string | null;
  readonly employees: number | null;
  readonly website: string | null;
  readonly siren: string | null;
  readonly founded_on: Temporal.PlainDate | null;
  readonly arrived_on: Temporal.PlainDate | null;
  readonly left_on: Temporal.PlainDate | null;
  readonly closed_on: Temporal.PlainDate | null;
  readonly created_at: Temporal.Instant;
  readonly updated_at: Temporal.Instant;
  readonly parts: readonly Part[];
  readonly themes: readonly string[];
}

function toListed(row: ListedRow): ListedOrganisation {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    summaryFr: row.summary_fr,
    summaryEn: row.summary_en,
    commune: row.commune,
    nafSection: row.naf_section,
    employees: row.employees,
    website: row.website,
    siren: row.siren,
    foundedOn: row.founded_on,
    arrivedOn: row.arrived_on,
    leftOn: row.left_on,
    closedOn: row.closed_on,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    parts: row.parts,
    themes: row.themes,
    sortKey: row.sort_key,
  };
}

const COLUMNS = {
  life: (today: Temporal.PlainDate) => lifeOn(today),
  commune: () => sql<string>`o.commune_key`,
  section: () => sql<string>`o.naf_section`,
  decade: () => sql<string>`o.founded_decade::text`,
} as const;
type ColumnFacet = keyof typeof COLUMNS;
const COLUMN_FACETS = Object.keys(COLUMNS) as ColumnFacet[];

/** Facets in which nothing is chosen share one reading of the rows; each of the others leaves itself open. */
function countsOf(tx: TerritoryTransaction, sought: Sought): RawBuilder<unknown> {
  const isChosen = (facet: Facet) => sought.filter.chosen[facet].length > 0;
  const alone = COLUMN_FACETS.filter(isChosen).map((facet) => countAlone(tx, sought, facet));
  const together = countTogether(
    tx,
    sought,
    COLUMN_FACETS.filter((facet) => !isChosen(facet)),
  );
  const joined = [
    countJoined(tx, sought, 'part', 'organisation_parts', 'part'),
    countJoined(tx, sought, 'theme', 'organisation_themes', 'theme_code'),
  ];
  return sql.join([together, ...alone, ...joined], sql` union all `);
}

function countTogether(tx: TerritoryTransaction, sought: Sought, facets: readonly ColumnFacet[]): RawBuilder<unknown> {
  const names = facets.map((facet) => sql.ref(`o.${facet}`));
  const columns = facets.map((facet) => sql`${COLUMNS[facet](sought.today)} as ${sql.ref(facet)}`);
  const sets = [...names.map((name) => sql`(${name})`), sql`()`];
  const which = facets.map((facet) => sql`when grouping(${sql.ref(`o.${facet}`)}) = 0 then ${sql.lit(facet)}`);
  const value = facets.map((facet) => sql`when grouping(${sql.ref(`o.${facet}`)}) = 0 then ${sql.ref(`o.${facet}`)}`);
  const total =
    facets.length === 0
      ? sql`'total', ''`
      : sql`case ${sql.join(which, sql` `)} else 'total' end, case ${sql.join(value, sql` `)} else '' end`;
  return sql`select ${total}, count(*)::integer
    from (select ${columns.length === 0 ? sql`true` : sql.join(columns)} from found o where ${keptBy(tx, sought)}) o
    group by grouping sets (${sql.join(sets)})`;
}

function countAlone(tx: TerritoryTransaction, sought: Sought, facet: ColumnFacet): RawBuilder<unknown> {
  return sql`select ${sql.lit(facet)}, ${COLUMNS[facet](sought.today)}, count(*)::integer from found o
    where ${keptBy(tx, sought, facet)} group by 2`;
}

/** Of the whole territory: everything that is there, without the few that are hidden, spares joining all with all. */
function countJoined(
  tx: TerritoryTransaction,
  sought: Sought,
  facet: 'part' | 'theme',
  table: string,
  column: string,
): RawBuilder<unknown> {
  const { words, chosen } = sought.filter;
  const isWhole = words === '' && FACETS.every((each) => each === facet || chosen[each].length === 0);
  const rows = sql`${sql.table(table)} x`;
  const counted = sql`select ${sql.lit(facet)}, ${sql.ref(`x.${column}`)}, count(*)::integer from`;
  if (!isWhole)
    return sql`${counted} found o join ${rows} on x.territory_id = ${tx.territoryId} and x.organisation_id = o.id
      where ${keptBy(tx, sought, facet)} group by 2`;
  return sql`${counted} ${rows} where x.territory_id = ${tx.territoryId} and not exists (select from organisations o
    where o.territory_id = ${tx.territoryId} and o.id = x.organisation_id and not ${LISTED}) group by 2`;
}
