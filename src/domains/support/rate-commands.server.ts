/** The only place that writes what a unit of an offer is worth. A later rate follows an earlier one and erases nothing. */
import { newId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import type { OfferRate, OfferRateId } from './offer-rate.ts';
import type { OfferId } from './offer.ts';
import { mayRateOffers } from './policy.ts';

export async function rateOffer(
  tx: TerritoryTransaction,
  principal: Principal,
  { offerId, ...rate }: OfferRate & { readonly offerId: OfferId },
  at: Moment,
): Promise<Result<OfferRateId, 'not-allowed' | 'not-found' | 'paid-above-market'>> {
  if (!mayRateOffers(principal)) return refused('not-allowed');
  const offer = await tx
    .selectFrom('offers')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', offerId)
    .executeTakeFirst();
  if (offer === undefined) return refused('not-found');
  if (rate.paidCents > rate.marketCents) return refused('paid-above-market');
  const id = newId<'rate'>(at.now, at.fillRandom);
  await tx
    .insertInto('offer_rates')
    .values({
      territory_id: tx.territoryId,
      id,
      offer_id: offerId,
      valid_from: rate.validFrom,
      method: rate.method,
      cost_cents: rate.costCents,
      market_cents: rate.marketCents,
      paid_cents: rate.paidCents,
      public_share_per_million: Number(rate.publicSharePerMillion),
      evidence: rate.evidence,
      recorded_by: personOf(principal),
      recorded_at: at.now,
    })
    .execute();
  const payload = { rate: id, from: rate.validFrom.toString() };
  await appendEvent(tx, principal, { kind: 'offer-rated', subjectId: offerId, payload }, at);
  return done(id);
}
