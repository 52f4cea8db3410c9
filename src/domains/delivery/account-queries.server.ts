/**
 * The account of one organisation in a year: what it offered, was asked and gave; what it asked, was promised and received.
 * All figures are in the unit of the books, half-days by the territory's own length, so that they can be compared.
 */
import { sql } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import { ledgerUnitOf, type LedgerUnit, type SupportUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import {
  inPeriod,
  listBookings,
  STANDING_BOOKINGS,
  type BookingCursor,
  type BookingPage,
  type Period,
} from './bookings.server.ts';

/** One kind of help: what was committed (or asked), what was matched to it, what was booked. */
export interface KindLine {
  readonly kindCode: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly unit: LedgerUnit;
  /** As a giver: capacity offered. As a receiver: quantity needed. */
  readonly stated: bigint;
  /** Proposed or accepted matches of the year. */
  readonly matched: bigint;
  readonly booked: bigint;
}

export interface OrganisationAccount {
  readonly given: readonly KindLine[];
  readonly received: readonly KindLine[];
}

export async function accountOf(
  tx: TerritoryTransaction,
  organisationId: OrganisationId,
  period: Period,
): Promise<OrganisationAccount> {
  return {
    given: await linesOf(tx, 'given', organisationId, period),
    received: await linesOf(tx, 'received', organisationId, period),
  };
}

/** What was booked for or by the organisation, the latest day first. */
export function bookingsOf(
  tx: TerritoryTransaction,
  organisationId: OrganisationId,
  period: Period,
  after: BookingCursor | undefined,
  size: number,
): Promise<BookingPage> {
  return listBookings(
    tx,
    sql`${inPeriod(period)} and ${organisationId} in (f.organisation_id, n.organisation_id)`,
    after,
    size,
  );
}

type Row = Omit<KindLine, 'unit'> & { readonly unit: SupportUnit; readonly halfDayMinutes: number };

/** Offers count in the years in which they are available, or were made when they name no date; needs when they were stated. */
async function linesOf(
  tx: TerritoryTransaction,
  side: 'given' | 'received',
  organisationId: OrganisationId,
  period: Period,
): Promise<KindLine[]> {
  const isGiven = side === 'given';
  const own = isGiven ? sql`f` : sql`n`;
  const within = (moment: ReturnType<typeof sql>) =>
    sql`(${moment} at time zone z.zone)::date >= ${period.from} and (${moment} at time zone z.zone)::date < ${period.until}`;
  const stated = isGiven
    ? sql`select f.kind_code, f.capacity as stated, 0 as matched, 0 as booked from offers f join territories z on z.id = f.territory_id
        where f.territory_id = ${tx.territoryId} and f.organisation_id = ${organisationId} and f.state <> 'withdrawn'
        and coalesce(f.available_from, (f.created_at at time zone z.zone)::date) < ${period.until}
        and coalesce(f.available_until, (f.created_at at time zone z.zone)::date + 1) > ${period.from}`
    : sql`select n.kind_code, n.quantity as stated, 0 as matched, 0 as booked from needs n join territories z on z.id = n.territory_id
        where n.territory_id = ${tx.territoryId} and n.organisation_id = ${organisationId} and n.state <> 'withdrawn' and ${within(sql`n.created_at`)}`;
  const { rows } = await sql<Row>`
    select k.code as "kindCode", k.label_fr as "labelFr", k.label_en as "labelEn", k.unit, z.half_day_minutes as "halfDayMinutes",
      sum(parts.stated)::bigint as stated, sum(parts.matched)::bigint as matched, sum(parts.booked)::bigint as booked
    from (
      ${stated}
      union all
      select ${own}.kind_code, 0, m.quantity, 0 from matches m
        join needs n on n.territory_id = m.territory_id and n.id = m.need_id
        join offers f on f.territory_id = m.territory_id and f.id = m.offer_id
        join territories z on z.id = m.territory_id
        where m.territory_id = ${tx.territoryId} and ${own}.organisation_id = ${organisationId}
        and m.state in ('proposed', 'accepted') and ${within(sql`m.created_at`)}
      union all
      select ${own}.kind_code, 0, 0, t.amount from ${STANDING_BOOKINGS}
        where s.territory_id = ${tx.territoryId} and ${own}.organisation_id = ${organisationId} and ${inPeriod(period)}
    ) parts
    join support_kinds k on k.territory_id = ${tx.territoryId} and k.code = parts.kind_code
    join territories z on z.id = k.territory_id
    group by k.code, k.label_fr, k.label_en, k.unit, k.position, z.half_day_minutes
    order by k.position, k.code`.execute(tx);
  return rows.map(({ halfDayMinutes, ...row }) => {
    const factor = row.unit === 'half-day' ? BigInt(halfDayMinutes) : 1n;
    return {
      ...row,
      unit: ledgerUnitOf(row.unit),
      stated: row.stated * factor,
      matched: row.matched * factor,
    };
  });
}
