/** Reads of what units of offers are worth. */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { rateOn, type OfferRate, type OfferRateId } from './offer-rate.ts';
import type { OfferId } from './offer.ts';

export interface OfferRateLine extends OfferRate {
  readonly id: OfferRateId;
  readonly by: string | null;
  readonly recordedAt: Temporal.Instant;
}

/** Every rate of an offer, as they were recorded. */
export async function ratesOf(tx: TerritoryTransaction, offerId: OfferId): Promise<OfferRateLine[]> {
  return (await readRates(tx, [offerId])).get(offerId) ?? [];
}

/** The rates of several offers, each in the order in which they were recorded. */
export async function readRates(
  tx: TerritoryTransaction,
  offerIds: readonly OfferId[],
): Promise<ReadonlyMap<OfferId, OfferRateLine[]>> {
  const rows = await tx
    .selectFrom('offer_rates as r')
    .leftJoin('people as p', (join) =>
      join.onRef('p.territory_id', '=', 'r.territory_id').onRef('p.id', '=', 'r.recorded_by'),
    )
    .select([
      'r.id',
      'r.offer_id as offerId',
      'r.valid_from as validFrom',
      'r.method',
      'r.cost_cents as costCents',
      'r.market_cents as marketCents',
      'r.paid_cents as paidCents',
      'r.public_share_per_million as share',
      'r.evidence',
      'r.recorded_at as recordedAt',
      'p.name as by',
    ])
    .where('r.territory_id', '=', tx.territoryId)
    .where(sql<boolean>`r.offer_id = any(${[...offerIds]}::uuid[])`)
    .orderBy('r.offer_id')
    .orderBy('r.recorded_at')
    .orderBy('r.id')
    .execute();
  const byOffer = Map.groupBy(rows, ({ offerId }) => offerId);
  return new Map(
    [...byOffer].map(([offerId, lines]) => [
      offerId,
      lines.map(({ share, ...line }) => ({ ...line, publicSharePerMillion: BigInt(share) })),
    ]),
  );
}

/** The rate of each offer that has one on a day. */
export async function ratesOn(
  tx: TerritoryTransaction,
  offerIds: readonly OfferId[],
  day: Temporal.PlainDate,
): Promise<ReadonlyMap<OfferId, OfferRateLine>> {
  const found = new Map<OfferId, OfferRateLine>();
  for (const [offerId, rates] of await readRates(tx, offerIds)) {
    const rate = rateOn(rates, day);
    if (rate !== undefined) found.set(offerId, rate);
  }
  return found;
}
