/**
 * What was given in kind and what it is worth: the standing bookings with the valuation that counts, and their sums.
 * A figure is the sum of its rows: what is not valued is counted apart, never as nothing.
 */
import { sql, type RawBuilder } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { SupportUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { ReceiverKind } from '../alliance/in-kind.ts';
import { readingsOf, type Valuation, type ValuationMethod } from '../alliance/valuation.ts';
import type { EntryId } from '../ledger/entry.ts';
import type { OfferId } from '../support/offer.ts';
import { inPeriod, STANDING_BOOKINGS, type Booking, type BookingCursor, type Period } from './bookings.server.ts';

export interface ValuedBooking extends Booking {
  readonly giverId: OrganisationId;
  readonly receiverId: OrganisationId;
  readonly offerId: OfferId;
  readonly offerUnit: SupportUnit;
  /** What the receiver's parts say, until somebody says otherwise. */
  readonly receiverKind: ReceiverKind;
  /** The valuation that counts; null when nobody valued it yet. */
  readonly valuation: Valuation | null;
}

export const VALUED_VIEWS = ['valued', 'unvalued'] as const;

export interface ValuedFilter {
  readonly period: Period;
  readonly only?: (typeof VALUED_VIEWS)[number] | undefined;
}

export interface ValuedPage {
  readonly bookings: readonly ValuedBooking[];
  readonly hasAfter: boolean;
}

/** The latest day first. */
export async function listValued(
  tx: TerritoryTransaction,
  { period, only }: ValuedFilter,
  after: BookingCursor | undefined,
  size: number,
): Promise<ValuedPage> {
  const parts = [inPeriod(period)];
  if (only !== undefined) parts.push(only === 'valued' ? sql`v.id is not null` : sql`v.id is null`);
  if (after !== undefined) parts.push(sql`(e.occurred_on, e.id) < (${after.day}, ${after.entryId}::uuid)`);
  const rows = await readValued(
    tx,
    sql`${sql.join(parts, sql` and `)} order by e.occurred_on desc, e.id desc limit ${size + 1}`,
  );
  return { bookings: rows.slice(0, size), hasAfter: rows.length > size };
}

export async function findValued(tx: TerritoryTransaction, entryId: EntryId): Promise<ValuedBooking | undefined> {
  const [found] = await readValued(tx, sql`e.id = ${entryId}`);
  return found;
}

/** Everything that the filter finds, some at a time: each step is a short transaction of `read`. */
export async function* everyValued(
  read: <Answer>(work: (tx: TerritoryTransaction) => Promise<Answer>) => Promise<Answer>,
  filter: ValuedFilter,
  step = 1000,
): AsyncGenerator<readonly ValuedBooking[]> {
  let after: BookingCursor | undefined;
  for (;;) {
    const cursor = after;
    const page = await read((tx) => listValued(tx, filter, cursor, step));
    yield page.bookings;
    const last = page.bookings.at(-1);
    if (last === undefined || !page.hasAfter) return;
    after = { day: last.occurredOn, entryId: last.entryId };
  }
}

export interface ValuedSums {
  readonly valued: number;
  readonly unvalued: number;
  /** Classes 86 and 87, equal (IK-07). */
  readonly accountsCents: bigint;
  readonly sponsorshipCents: bigint;
  readonly erdfCents: bigint;
  readonly aidCents: bigint;
}

/** The four readings of a period, summed over its rows. */
export async function sumsOf(tx: TerritoryTransaction, period: Period): Promise<ValuedSums> {
  const sums = { valued: 0, unvalued: 0, accountsCents: 0n, sponsorshipCents: 0n, erdfCents: 0n, aidCents: 0n };
  for await (const bookings of everyValued((work) => work(tx), { period })) {
    for (const { valuation } of bookings) {
      if (valuation === null) {
        sums.unvalued += 1;
        continue;
      }
      const readings = readingsOf(valuation);
      sums.valued += 1;
      sums.accountsCents += readings.accounts.uses86Cents;
      sums.sponsorshipCents += readings.sponsorshipCents;
      sums.erdfCents += readings.erdfCents;
      sums.aidCents += readings.aidCents;
    }
  }
  return sums;
}

interface ValuedRow extends Omit<ValuedBooking, 'valuation'> {
  readonly method: ValuationMethod | null;
  readonly valuedOn: Temporal.PlainDate;
  readonly valueCents: bigint;
  readonly marketCents: bigint;
  readonly paidCents: bigint;
  readonly share: number;
  readonly receiver: ReceiverKind;
  readonly evidence: string;
}

async function readValued(tx: TerritoryTransaction, condition: RawBuilder<unknown>): Promise<ValuedBooking[]> {
  const isPart = (...parts: readonly string[]) => sql`exists (select from organisation_parts p
    where p.territory_id = r.territory_id and p.organisation_id = r.id and p.part = any(${parts}::text[]))`;
  const { rows } = await sql<ValuedRow>`
    select s.id as "sessionId", e.id as "entryId", e.occurred_on as "occurredOn", t.unit, t.amount,
      g.id as "giverId", g.name as "giverName", g.slug as "giverSlug", r.id as "receiverId", r.name as "receiverName", r.slug as "receiverSlug",
      k.code as "kindCode", k.label_fr as "kindLabelFr", k.label_en as "kindLabelEn", f.id as "offerId", f.unit as "offerUnit",
      case when ${isPart('startup')} then 'startup'
        when ${isPart('support-structure', 'public-body', 'research')} then 'general-interest-body' else 'other' end as "receiverKind",
      v.method, v.valued_on as "valuedOn", v.value_cents as "valueCents", v.market_cents as "marketCents", v.paid_cents as "paidCents",
      v.public_share_per_million as share, v.receiver, v.evidence
    from ${STANDING_BOOKINGS}
    left join lateral (select * from valuations w where w.territory_id = e.territory_id and w.entry_id = e.id
      order by w.valued_on desc, w.id desc limit 1) v on true
    where s.territory_id = ${tx.territoryId} and ${condition}`.execute(tx);
  return rows.map(
    ({ method, valuedOn, valueCents, marketCents, paidCents, share, receiver, evidence, ...booking }) => ({
      ...booking,
      valuation:
        method === null
          ? null
          : {
              method,
              valuedOn,
              valueCents,
              marketCents,
              paidCents,
              publicSharePerMillion: BigInt(share),
              receiver,
              evidence,
            },
    }),
  );
}
