/**
 * What stands in the books for sessions: the source of every figure on help given and received.
 *
 * A confirmed session points to its entry, and a corrected one no longer does; so the standing bookings are the entries
 * that confirmed sessions point to, and no reversal is ever counted or listed.
 */
import { sql, type RawBuilder } from 'kysely';
import type { LedgerUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { EntryId } from '../ledger/entry.ts';
import type { SessionId } from './session.ts';

/** One delivery as it is booked. */
export interface Booking {
  readonly sessionId: SessionId;
  readonly entryId: EntryId;
  readonly occurredOn: Temporal.PlainDate;
  readonly unit: LedgerUnit;
  readonly amount: bigint;
  readonly giverName: string;
  readonly giverSlug: string;
  readonly receiverName: string;
  readonly receiverSlug: string;
  /** The kind of the need that was served. */
  readonly kindCode: string;
  readonly kindLabelFr: string;
  readonly kindLabelEn: string;
}

/** A period of days: from the first, until the day after the last. */
export interface Period {
  readonly from: Temporal.PlainDate;
  readonly until: Temporal.PlainDate;
}

/** Goes on after this booking, in the order of the list: the latest day first. */
export interface BookingCursor {
  readonly day: Temporal.PlainDate;
  readonly entryId: string;
}

export interface BookingPage {
  readonly bookings: readonly Booking[];
  readonly hasAfter: boolean;
}

/** `from …` of every standing booking: s session, e entry, t transfer, n need, f offer, g giver, r receiver, k kind of the need. */
export const STANDING_BOOKINGS = sql`
  sessions s
  join ledger_entries e on e.territory_id = s.territory_id and e.id = s.entry_id
  join ledger_transfers t on t.territory_id = e.territory_id and t.entry_id = e.id
  join matches m on m.territory_id = s.territory_id and m.id = s.match_id
  join needs n on n.territory_id = m.territory_id and n.id = m.need_id
  join offers f on f.territory_id = m.territory_id and f.id = m.offer_id
  join organisations g on g.territory_id = f.territory_id and g.id = f.organisation_id
  join organisations r on r.territory_id = n.territory_id and r.id = n.organisation_id
  join support_kinds k on k.territory_id = n.territory_id and k.code = n.kind_code`;

export function inPeriod({ from, until }: Period): RawBuilder<unknown> {
  return sql`e.occurred_on >= ${from} and e.occurred_on < ${until}`;
}

/** Bookings that satisfy `condition`, the latest day first. */
export async function listBookings(
  tx: TerritoryTransaction,
  condition: RawBuilder<unknown>,
  after: BookingCursor | undefined,
  size: number,
): Promise<BookingPage> {
  const beyond = after === undefined ? sql`true` : sql`(e.occurred_on, e.id) < (${after.day}, ${after.entryId}::uuid)`;
  const { rows } = await sql<Booking>`
    select s.id as "sessionId", e.id as "entryId", e.occurred_on as "occurredOn", t.unit, t.amount,
      g.name as "giverName", g.slug as "giverSlug", r.name as "receiverName", r.slug as "receiverSlug",
      k.code as "kindCode", k.label_fr as "kindLabelFr", k.label_en as "kindLabelEn"
    from ${STANDING_BOOKINGS}
    where s.territory_id = ${tx.territoryId} and ${condition} and ${beyond}
    order by e.occurred_on desc, e.id desc limit ${size + 1}`.execute(tx);
  return { bookings: rows.slice(0, size), hasAfter: rows.length > size };
}
