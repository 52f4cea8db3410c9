/**
 * The public figures of delivery, each with the rows that it sums. Only what both sides confirmed counts, and what was
 * corrected no longer does. Periods are days of the territory: from the first, until the day after the last.
 */
import { sql, type RawBuilder } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import {
  inPeriod,
  listBookings,
  STANDING_BOOKINGS,
  type BookingCursor,
  type BookingPage,
  type Period,
} from './bookings.server.ts';

/** Minutes given in the period, and in how many sessions. */
export async function hoursGiven(
  tx: TerritoryTransaction,
  period: Period,
): Promise<{ readonly minutes: number; readonly sessions: number }> {
  const { rows } = await sql<{ minutes: bigint; sessions: number }>`
    select coalesce(sum(t.amount), 0)::bigint as minutes, count(*)::integer as sessions
    from ${STANDING_BOOKINGS} where s.territory_id = ${tx.territoryId} and t.unit = 'minute' and ${inPeriod(period)}`.execute(
    tx,
  );
  return { minutes: Number(rows[0]?.minutes ?? 0n), sessions: rows[0]?.sessions ?? 0 };
}

/** The sessions that `hoursGiven` sums; `only` narrows them to a cell of the flow picture. */
export function hoursGivenRows(
  tx: TerritoryTransaction,
  period: Period,
  {
    after,
    size = 50,
    only = {},
  }: {
    readonly after?: BookingCursor;
    readonly size?: number;
    readonly only?: { readonly giverPart?: string; readonly kindCode?: string };
  } = {},
): Promise<BookingPage> {
  const conditions = [sql`t.unit = 'minute'`, inPeriod(period)];
  if (only.giverPart !== undefined) conditions.push(sql`${GIVER_PART} = ${only.giverPart}`);
  if (only.kindCode !== undefined) conditions.push(sql`k.code = ${only.kindCode}`);
  return listBookings(tx, sql.join(conditions, sql` and `), after, size);
}

/** Needs of which something was given in the period, whatever the unit. */
export async function needsMet(tx: TerritoryTransaction, period: Period): Promise<number> {
  const { rows } = await sql<{ met: number }>`
    select count(distinct n.id)::integer as met
    from ${STANDING_BOOKINGS} where s.territory_id = ${tx.territoryId} and ${inPeriod(period)}`.execute(tx);
  return rows[0]?.met ?? 0;
}

/** A need and its first confirmed meeting. Says nothing of its text: a need may be for the team's eyes. */
export interface FirstMeeting {
  readonly needId: string;
  readonly kindCode: string;
  readonly kindLabelFr: string;
  readonly kindLabelEn: string;
  readonly receiverName: string;
  readonly receiverSlug: string;
  readonly giverName: string;
  readonly giverSlug: string;
  readonly statedOn: Temporal.PlainDate;
  readonly metOn: Temporal.PlainDate;
  /** Whole days from one to the other, never below zero. */
  readonly days: number;
}

/** The needs that `needsMet` counts, the latest first meeting in the period first. */
export async function needsMetRows(
  tx: TerritoryTransaction,
  period: Period,
  {
    after,
    size = 50,
  }: {
    readonly after?: { readonly day: Temporal.PlainDate; readonly needId: string };
    readonly size?: number;
  } = {},
): Promise<{ readonly needs: readonly FirstMeeting[]; readonly hasAfter: boolean }> {
  const beyond = after === undefined ? sql`true` : sql`("metOn", "needId") < (${after.day}, ${after.needId}::uuid)`;
  const { rows } = await sql<FirstMeeting>`
    select * from (${firstMeetings(tx, inPeriod(period))}) first where ${beyond}
    order by "metOn" desc, "needId" desc limit ${size + 1}`.execute(tx);
  return { needs: rows.slice(0, size), hasAfter: rows.length > size };
}

/** Days from a need to its first confirmed meeting, for the needs whose first meeting ever lies in the period. */
export async function daysToFirstMeeting(
  tx: TerritoryTransaction,
  period: Period,
): Promise<{ readonly medianDays: number | null; readonly needs: number }> {
  const { rows } = await sql<{ median: number | null; needs: number }>`
    select percentile_disc(0.5) within group (order by days) as median, count(*)::integer as needs
    from (${firstMeetings(tx, sql`true`)}) first where "metOn" >= ${period.from} and "metOn" < ${period.until}`.execute(
    tx,
  );
  return { medianDays: rows[0]?.median ?? null, needs: rows[0]?.needs ?? 0 };
}

export interface FlowOfHours {
  /** The part that the giver plays in the territory; the first of `PARTS_BY_RANK` when it plays several. */
  readonly giverPart: string;
  readonly kindCode: string;
  readonly kindLabelFr: string;
  readonly kindLabelEn: string;
  readonly minutes: number;
  readonly sessions: number;
}

/** Hours given, from the parts that give to the kinds of need that they serve; the cells add up to `hoursGiven`. */
export async function flowOfHours(tx: TerritoryTransaction, period: Period): Promise<FlowOfHours[]> {
  const { rows } = await sql<Omit<FlowOfHours, 'minutes'> & { minutes: bigint }>`
    select ${GIVER_PART} as "giverPart", k.code as "kindCode", k.label_fr as "kindLabelFr", k.label_en as "kindLabelEn",
      sum(t.amount)::bigint as minutes, count(*)::integer as sessions
    from ${STANDING_BOOKINGS} where s.territory_id = ${tx.territoryId} and t.unit = 'minute' and ${inPeriod(period)}
    group by 1, 2, 3, 4, k.position order by minutes desc, k.position`.execute(tx);
  return rows.map((row) => ({ ...row, minutes: Number(row.minutes) }));
}

/** An organisation with several parts gives in the first of these; `other` when it has none. */
export const PARTS_BY_RANK = [
  'company-partner',
  'public-body',
  'research',
  'investor',
  'support-structure',
  'media',
  'startup',
] as const;

const GIVER_PART = sql`coalesce((
  select p.part from organisation_parts p
  where p.territory_id = f.territory_id and p.organisation_id = f.organisation_id
  order by array_position(${sql.lit(`{${PARTS_BY_RANK.join(',')}}`)}::text[], p.part) limit 1), 'other')`;

/** One row per need: its earliest standing booking among those of `condition`. */
function firstMeetings(tx: TerritoryTransaction, condition: RawBuilder<unknown>): RawBuilder<FirstMeeting> {
  return sql<FirstMeeting>`
    select distinct on (n.id) n.id as "needId", k.code as "kindCode", k.label_fr as "kindLabelFr", k.label_en as "kindLabelEn",
      r.name as "receiverName", r.slug as "receiverSlug", g.name as "giverName", g.slug as "giverSlug",
      (n.created_at at time zone z.zone)::date as "statedOn", e.occurred_on as "metOn",
      greatest(e.occurred_on - (n.created_at at time zone z.zone)::date, 0) as days
    from ${STANDING_BOOKINGS}
    join territories z on z.id = s.territory_id
    where s.territory_id = ${tx.territoryId} and ${condition}
    order by n.id, e.occurred_on, e.id`;
}
