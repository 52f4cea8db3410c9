/** Values what was given from the rate of its offer on its day: what one entry suggests, and all that wait at one press. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { refused, done, type Result } from '../../lib/result.ts';
import { mayDecideAid } from '../alliance/aid-policy.ts';
import { valueEntry } from '../alliance/valuation-commands.server.ts';
import type { Valuation } from '../alliance/valuation.ts';
import { rateOn, worthOf } from '../support/offer-rate.ts';
import { readRates } from '../support/rate-queries.server.ts';
import type { Moment } from '../territory/events.server.ts';
import type { Principal } from '../territory/principal.ts';
import type { Period } from './bookings.server.ts';
import { listValued, type ValuedBooking } from './valued-queries.server.ts';

/** One press values so many, and says how many are left. */
export const MOST_AT_ONCE = 500;

export interface ValuedByRate {
  readonly valued: number;
  /** Without a rate of their offer on their day, or with one that cannot be read. */
  readonly left: number;
}

/** What the rates of offers say of these bookings; without a rate on its day a booking is left out. */
export async function suggestedFor(
  tx: TerritoryTransaction,
  bookings: readonly ValuedBooking[],
): Promise<ReadonlyMap<string, Valuation>> {
  const { half_day_minutes: halfDayMinutes } = await tx
    .selectFrom('territories')
    .select('half_day_minutes')
    .where('id', '=', tx.territoryId)
    .executeTakeFirstOrThrow();
  const rates = await readRates(tx, [...new Set(bookings.map(({ offerId }) => offerId))]);
  const found = new Map<string, Valuation>();
  for (const { entryId, offerId, offerUnit: unit, amount, occurredOn, receiverKind } of bookings) {
    const rate = rateOn(rates.get(offerId) ?? [], occurredOn);
    if (rate === undefined) continue;
    const { method, publicSharePerMillion, evidence } = rate;
    found.set(entryId, {
      method,
      valuedOn: occurredOn,
      ...worthOf(rate, { unit, amount }, halfDayMinutes),
      publicSharePerMillion,
      receiver: receiverKind,
      evidence,
    });
  }
  return found;
}

/** Values all bookings of a period that nobody valued yet. What a person valued stays as it is. */
export async function valueByRates(
  tx: TerritoryTransaction,
  principal: Principal,
  period: Period,
  at: Moment,
): Promise<Result<ValuedByRate, 'not-allowed'>> {
  if (!mayDecideAid(principal)) return refused('not-allowed');
  const { bookings, hasAfter } = await listValued(tx, { period, only: 'unvalued' }, undefined, MOST_AT_ONCE);
  const suggested = await suggestedFor(tx, bookings);
  let valued = 0;
  for (const { entryId } of bookings) {
    const valuation = suggested.get(entryId);
    if (valuation === undefined) continue;
    const recorded = await valueEntry(tx, principal, { entryId, ...valuation }, at);
    if (recorded.ok) valued += 1;
  }
  return done({ valued, left: bookings.length - valued + Number(hasAfter) });
}
