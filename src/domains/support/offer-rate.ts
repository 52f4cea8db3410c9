/**
 * What one unit of an offer is worth from a day on: its cost to the giver, its market price, what the receiver pays, and
 * the part that public bodies pay or steer (DM-19). A service line stores them with their evidence, so that a plan can
 * count what it gives as aid, and an entry in kind can be valued without asking again.
 *
 * Must always hold: the rate of a day is the newest that is valid on it, and a later one changes no earlier day; amounts
 * are whole cents, rounded up where rounding down would make room under a ceiling, down where a donor would gain.
 */
import type { ValuationMethod } from '../alliance/valuation.ts';
import { aidOfHelp } from '../alliance/aid-equivalent.ts';
import type { Id } from '../../lib/ids.ts';
import type { SupportUnit } from '../../lib/quantity.ts';

export type OfferRateId = Id<'rate'>;

/** Of one unit of the offer. */
export interface OfferRate {
  readonly method: ValuationMethod;
  readonly validFrom: Temporal.PlainDate;
  readonly costCents: bigint;
  readonly marketCents: bigint;
  readonly paidCents: bigint;
  readonly publicSharePerMillion: bigint;
  readonly evidence: string;
}

export interface Worth {
  readonly valueCents: bigint;
  readonly marketCents: bigint;
  readonly paidCents: bigint;
}

/** The rate of a day, of rates in the order in which they were recorded; undefined before the first. */
export function rateOn<Rate extends Pick<OfferRate, 'validFrom'>>(
  rates: readonly Rate[],
  day: Temporal.PlainDate,
): Rate | undefined {
  return rates
    .filter(({ validFrom }) => Temporal.PlainDate.compare(validFrom, day) <= 0)
    .reduce<Rate | undefined>(
      (newest, rate) =>
        newest === undefined || Temporal.PlainDate.compare(rate.validFrom, newest.validFrom) >= 0 ? rate : newest,
      undefined,
    );
}

/** DM-19: what one unit counts for as State aid; nothing where the receiver pays its price, or nobody public pays or steers it. */
export function aidPerUnit(rate: Pick<OfferRate, 'marketCents' | 'paidCents' | 'publicSharePerMillion'>): bigint {
  return aidOfHelp(rate);
}

/** What an amount booked in the offer's unit is worth: minutes for half-days, units as they are for the others. */
export function worthOf(
  rate: Pick<OfferRate, 'costCents' | 'marketCents' | 'paidCents'>,
  booked: { readonly unit: SupportUnit; readonly amount: bigint },
  halfDayMinutes: number,
): Worth {
  const per = booked.unit === 'half-day' ? BigInt(halfDayMinutes) : 1n;
  return {
    valueCents: (rate.costCents * booked.amount) / per,
    marketCents: (rate.marketCents * booked.amount + per - 1n) / per,
    paidCents: (rate.paidCents * booked.amount) / per,
  };
}
