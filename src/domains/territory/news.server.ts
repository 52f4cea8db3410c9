/** What machines that follow the directory read: its news, and every page that everybody may see. */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { LISTED } from './search.server.ts';

export const NEWS_KINDS = ['created', 'arrived', 'left', 'closed'] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

export interface NewsItem {
  readonly kind: NewsKind;
  readonly name: string;
  readonly slug: string;
  readonly summaryFr: string;
  readonly summaryEn: string;
  readonly at: Temporal.Instant;
}

const MOST_NEWS = 50;

/** The newest first. A date of life is news from the first hour of its day. */
export async function newsOf(
  tx: TerritoryTransaction,
  { today, zone }: { readonly today: Temporal.PlainDate; readonly zone: string },
): Promise<readonly NewsItem[]> {
  const own = sql`from organisations o where o.territory_id = ${tx.territoryId} and ${LISTED}`;
  const dated = (
    kind: NewsKind,
    column: string,
  ) => sql`(select ${sql.lit(kind)}, o.id, (${sql.ref(`o.${column}`)}::timestamp at time zone ${zone}) as at
    ${own} and ${sql.ref(`o.${column}`)} <= ${today}::date order by ${sql.ref(`o.${column}`)} desc, o.id limit ${sql.lit(MOST_NEWS)})`;
  const { rows } = await sql<{
    kind: NewsKind;
    at: Temporal.Instant;
    name: string;
    slug: string;
    summary_fr: string;
    summary_en: string;
  }>`
    with news (kind, id, at) as (
      (select 'created', o.id, o.created_at ${own} order by o.created_at desc, o.id desc limit ${sql.lit(MOST_NEWS)})
      union all ${dated('arrived', 'arrived_on')} union all ${dated('left', 'left_on')} union all ${dated('closed', 'closed_on')})
    select news.kind, news.at, r.name, r.slug, r.summary_fr, r.summary_en from news
    join organisations r on r.territory_id = ${tx.territoryId} and r.id = news.id
    order by news.at desc, r.slug, news.kind limit ${sql.lit(MOST_NEWS)}`.execute(tx);
  return rows.map((row) => ({
    kind: row.kind,
    at: row.at,
    name: row.name,
    slug: row.slug,
    summaryFr: row.summary_fr,
    summaryEn: row.summary_en,
  }));
}

export interface PublicPage {
  readonly slug: string;
  readonly updatedAt: Temporal.Instant;
}

/** The organisations that everybody may see, in the order of their ids, from a place in that order. */
export async function publicPages(
  tx: TerritoryTransaction,
  from: number,
  size: number,
): Promise<readonly PublicPage[]> {
  const { rows } = await sql<{ slug: string; updated_at: Temporal.Instant }>`
    select o.slug, o.updated_at from organisations o where o.territory_id = ${tx.territoryId} and ${LISTED}
    order by o.id limit ${size} offset ${from}`.execute(tx);
  return rows.map((row) => ({ slug: row.slug, updatedAt: row.updated_at }));
}

export async function countPublicPages(tx: TerritoryTransaction): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from organisations o where o.territory_id = ${tx.territoryId} and ${LISTED}`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}
