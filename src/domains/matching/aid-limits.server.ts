/**
 * What State-aid rules leave to each organisation, as a round must respect it: the room of its undertaking on the day of
 * the pool, less what matches still bring it, and what a unit of each offer counts for at its rate of that day (DM-19).
 *
 * Must always hold: amounts are cents, never negative; an offer without a rate, or whose help is no aid, counts for
 * nothing against anybody's; where no offer counts nobody is limited; organisations of one undertaking share one room.
 */
import { sql } from 'kysely';
import { GREATEST_VALUE } from '../../algorithms/flow/side-constraints.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import type { SupportUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { roomsOf, type Room } from '../alliance/aid-queries.server.ts';
import { aidOfHelp } from '../alliance/aid-equivalent.ts';
import { aidPerUnit, worthOf } from '../support/offer-rate.ts';
import type { OfferId } from '../support/offer.ts';
import { ratesOn, type OfferRateLine } from '../support/rate-queries.server.ts';
import type { PoolOffer, PoolOrganisation } from './pool.ts';

export interface AidLimits {
  /** What each of these organisations may still receive, and with whom it shares it. */
  readonly rooms: ReadonlyMap<OrganisationId, Room>;
  /** What one unit of each of these offers is worth as aid. */
  readonly valueCents: ReadonlyMap<OfferId, bigint>;
}

interface Asked {
  readonly organisations: readonly OrganisationId[];
  readonly offers: readonly OfferId[];
  readonly day: Temporal.PlainDate;
}

export async function aidLimits(tx: TerritoryTransaction, { organisations, offers, day }: Asked): Promise<AidLimits> {
  const promised = await readPromised(tx);
  const rates = await ratesOn(tx, [...new Set([...offers, ...promised.map(({ offerId }) => offerId)])], day);
  const valueCents = new Map(
    offers.flatMap((id) => {
      const rate = rates.get(id);
      const cents = rate === undefined ? 0n : aidPerUnit(rate);
      return cents > 0n ? [[id, cents] as const] : [];
    }),
  );
  if (valueCents.size === 0) return { rooms: new Map(), valueCents };
  const pending = aidToCome(promised, rates);
  const all = await roomsOf(tx, [...new Set([...organisations, ...pending.keys()])], day);
  const taken = new Map<string, bigint>();
  for (const [id, cents] of pending) {
    const undertaking = all.get(id)?.undertaking ?? id;
    taken.set(undertaking, (taken.get(undertaking) ?? 0n) + cents);
  }
  const rooms = organisations.flatMap((id) => {
    const room = all.get(id);
    if (room === undefined) return [];
    const left = room.cents - (taken.get(room.undertaking) ?? 0n);
    return [[id, { ...room, cents: left > 0n ? left : 0n }] as const];
  });
  return { rooms: new Map(rooms), valueCents };
}

export function withHeadroom(organisations: readonly PoolOrganisation[], { rooms }: AidLimits): PoolOrganisation[] {
  const shared = Map.groupBy(rooms.values(), ({ undertaking }) => undertaking);
  return organisations.map((one) => {
    const room = rooms.get(one.id);
    if (room === undefined) return one;
    const limited = { ...one, headroomCents: Math.min(Number(room.cents), GREATEST_VALUE) };
    return (shared.get(room.undertaking)?.length ?? 0) > 1 ? { ...limited, undertaking: room.undertaking } : limited;
  });
}

export function withValues(offers: readonly PoolOffer[], { valueCents }: AidLimits): PoolOffer[] {
  return offers.map((one) => {
    const cents = valueCents.get(one.id);
    return cents === undefined ? one : { ...one, valueCents: Math.min(Number(cents), GREATEST_VALUE) };
  });
}

interface Promised {
  readonly receiverId: OrganisationId;
  readonly offerId: OfferId;
  readonly unit: SupportUnit;
  /** In the unit of the books: minutes for half-days. */
  readonly amount: bigint;
  readonly halfDayMinutes: number;
}

async function readPromised(tx: TerritoryTransaction): Promise<Promised[]> {
  const { rows } = await sql<Promised>`
    select n.organisation_id as "receiverId", m.offer_id as "offerId", o.unit, t.half_day_minutes as "halfDayMinutes",
      (m.quantity::bigint * case when o.unit = 'half-day' then t.half_day_minutes else 1 end - coalesce((
        select sum(s.giver_amount) from sessions s
        where s.territory_id = m.territory_id and s.match_id = m.id and s.state = 'confirmed'), 0))::bigint as amount
    from matches m
    join needs n on n.territory_id = m.territory_id and n.id = m.need_id
    join offers o on o.territory_id = m.territory_id and o.id = m.offer_id
    join territories t on t.id = m.territory_id
    where m.territory_id = ${tx.territoryId} and m.state in ('proposed', 'accepted')
      and exists (select from offer_rates r where r.territory_id = m.territory_id and r.offer_id = m.offer_id)`.execute(
    tx,
  );
  return rows;
}

/**
 * What matches proposed or accepted still bring as aid and was not given yet. What was given counts once it is decided as
 * a grant; a grant that was decided before the help is given counts twice until then, which never makes room.
 */
function aidToCome(
  promised: readonly Promised[],
  rates: ReadonlyMap<OfferId, OfferRateLine>,
): ReadonlyMap<OrganisationId, bigint> {
  const sums = new Map<OrganisationId, bigint>();
  for (const { receiverId, offerId, unit, amount, halfDayMinutes } of promised) {
    const rate = rates.get(offerId);
    if (rate === undefined || amount <= 0n) continue;
    const { publicSharePerMillion } = rate;
    const cents = aidOfHelp({ ...worthOf(rate, { unit, amount }, halfDayMinutes), publicSharePerMillion });
    sums.set(receiverId, (sums.get(receiverId) ?? 0n) + cents);
  }
  return sums;
}
