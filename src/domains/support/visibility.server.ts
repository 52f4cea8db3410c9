/** The SQL twins of `mayRead`, and the pieces that lists of needs and of offers share. */
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Part } from '../territory/organisation.ts';
import { isInsider, isTeam, type Principal } from '../territory/principal.ts';
import { isNamed } from '../territory/queries.server.ts';

export type StatedTable = 'needs' | 'offers';

/** True for the rows that `mayRead` allows. */
export function readable(principal: Principal, table: StatedTable): RawBuilder<SqlBool> {
  if (isTeam(principal) || principal.kind === 'system') return sql<SqlBool>`true`;
  const shown = isInsider(principal) ? ['public', 'territory'] : ['public'];
  const own = principal.kind === 'person' ? [...principal.memberships.keys()] : [];
  // The public never reads the name of an organisation that is not listed; those who work together do.
  const named = isInsider(principal) ? sql<SqlBool>`true` : isNamed(column(table, 'organisation_id'));
  return sql<SqlBool>`(${column(table, 'organisation_id')} = any(${own}::uuid[])
    or (${named} and ${column(table, 'state')} <> 'withdrawn' and ${column(table, 'visibility')} = any(${shown}::text[])))`;
}

/** Units of the row's matches that are proposed or accepted; what is declined or withdrawn goes back to the pool. */
export function liveUnits(table: StatedTable): RawBuilder<number> {
  return sql<number>`(select coalesce(sum(m.quantity), 0)::integer from matches m
    where m.territory_id = ${column(table, 'territory_id')} and m.${sql.ref(linkOf(table))} = ${column(table, 'id')}
    and m.state in ('proposed', 'accepted'))`;
}

/** Matches of the row that wait for an answer. */
export function pendingMatches(table: StatedTable): RawBuilder<number> {
  return sql<number>`(select count(*)::integer from matches m
    where m.territory_id = ${column(table, 'territory_id')} and m.${sql.ref(linkOf(table))} = ${column(table, 'id')}
    and m.state = 'proposed')`;
}

export interface StatedFilter {
  readonly words?: string | undefined;
  readonly kind?: string | undefined;
  readonly theme?: string | undefined;
  /** Undefined: every state that the reader may see. */
  readonly state?: string | undefined;
  readonly part?: Part | undefined;
  /** Of this organisation's slug. */
  readonly organisation?: string | undefined;
  /** Needs of which some units are not promised yet. */
  readonly seeks?: boolean | undefined;
  /** Offers that can (or cannot) serve on that day: within their period, with units left. */
  readonly availability?: { readonly on: Temporal.PlainDate; readonly is: boolean } | undefined;
  /** Of the reader's own organisations. */
  readonly isOwn?: boolean;
}

/** What a list shows: the territory's rows that this principal may read and that the filter keeps. Joins `organisations`. */
export function shownBy(
  tx: TerritoryTransaction,
  principal: Principal,
  filter: StatedFilter,
  table: StatedTable,
): RawBuilder<SqlBool> {
  const conditions = [sql<SqlBool>`${column(table, 'territory_id')} = ${tx.territoryId}`, readable(principal, table)];
  if (filter.kind !== undefined) conditions.push(sql<SqlBool>`${column(table, 'kind_code')} = ${filter.kind}`);
  if (filter.state !== undefined) conditions.push(sql<SqlBool>`${column(table, 'state')} = ${filter.state}`);
  if (filter.theme !== undefined) conditions.push(sql<SqlBool>`${filter.theme} = any(${column(table, 'theme_codes')})`);
  if (filter.organisation !== undefined) conditions.push(sql<SqlBool>`organisations.slug = ${filter.organisation}`);
  if (filter.part !== undefined) {
    conditions.push(sql<SqlBool>`exists (select 1 from organisation_parts p where p.territory_id = ${column(table, 'territory_id')}
      and p.organisation_id = ${column(table, 'organisation_id')} and p.part = ${filter.part})`);
  }
  if (filter.seeks === true) conditions.push(sql<SqlBool>`needs.quantity > ${liveUnits('needs')}`);
  if (filter.availability !== undefined) {
    const { on, is } = filter.availability;
    conditions.push(is ? availableOn(on) : sql<SqlBool>`not ${availableOn(on)}`);
  }
  if (filter.isOwn === true) {
    const own = principal.kind === 'person' ? [...principal.memberships.keys()] : [];
    conditions.push(sql<SqlBool>`${column(table, 'organisation_id')} = any(${own}::uuid[])`);
  }
  const words = filter.words?.trim() ?? '';
  if (words !== '') conditions.push(holding(words, table));
  return sql.join(conditions, sql` and `);
}

/** The offer's period holds the day and it has units left; its state is another matter. */
export function availableOn(on: Temporal.PlainDate): RawBuilder<SqlBool> {
  return sql<SqlBool>`((offers.available_from is null or offers.available_from <= ${on}::date)
    and (offers.available_until is null or offers.available_until > ${on}::date)
    and offers.capacity > ${liveUnits('offers')})`;
}

export interface StatedCursor {
  readonly createdAt: Temporal.Instant;
  readonly id: string;
  readonly direction: 'after' | 'before';
}

/** Newest first: after a row come the older ones. */
export function beyond(cursor: StatedCursor, table: StatedTable): RawBuilder<SqlBool> {
  const row = sql`(${column(table, 'created_at')}, ${column(table, 'id')})`;
  const given = sql`(${cursor.createdAt}::timestamptz, ${cursor.id}::uuid)`;
  return cursor.direction === 'after' ? sql<SqlBool>`${row} < ${given}` : sql<SqlBool>`${row} > ${given}`;
}

/** The kept rows of a page read one row too far, in the order of the list, and whether there are more on each side. */
export function pageOf<Row>(
  rows: readonly Row[],
  size: number,
  cursor: StatedCursor | undefined,
): { kept: Row[]; hasBefore: boolean; hasAfter: boolean } {
  const backwards = cursor?.direction === 'before';
  const more = rows.length > size;
  const kept = rows.slice(0, size);
  return {
    kept: backwards ? kept.toReversed() : kept,
    hasBefore: backwards ? more : cursor !== undefined,
    hasAfter: backwards ? true : more,
  };
}

/** French stems of the title and the text, or the letters themselves in the title and the organisation's name. */
function holding(words: string, table: StatedTable): RawBuilder<SqlBool> {
  const anywhere = `%${words.replace(/[\\%_]/gu, '\\$&')}%`;
  return sql<SqlBool>`(${column(table, 'search_text')} @@ websearch_to_tsquery('french', ${words})
    or ${column(table, 'title')} ilike ${anywhere} or organisations.name ilike ${anywhere})`;
}

function column(table: StatedTable, name: string) {
  return sql.ref(`${table}.${name}`);
}

function linkOf(table: StatedTable): string {
  return table === 'needs' ? 'need_id' : 'offer_id';
}
