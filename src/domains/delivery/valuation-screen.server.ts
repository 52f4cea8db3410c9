/** What the page of one valuation shows, and what it writes: one entry in kind, for whoever may see it. */
import { parseId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { agreementOn } from '../alliance/agreement-queries.server.ts';
import { valueEntry } from '../alliance/valuation-commands.server.ts';
import type { Valuation } from '../alliance/valuation.ts';
import { maySeeEntry } from '../ledger/policy.ts';
import type { TerritoryVisit } from '../territory/visit.ts';
import type { ValuationInput } from './schema.ts';
import { suggestedFor } from './value-commands.server.ts';
import type { PastValuation } from '../alliance/valuation.ts';
import { valuationsOf } from '../alliance/valuation-queries.server.ts';
import { findValued, type ValuedBooking } from './valued-queries.server.ts';

/** The giver's agreement of the day, whose counterparts a gift allows (IK-04). */
export interface GiftAgreement {
  readonly title: string;
  readonly cents: bigint;
  readonly counterpartsCents: bigint;
}

export interface ValuationScreen {
  readonly booking: ValuedBooking;
  readonly valuations: readonly PastValuation[];
  /** What the rate of its offer says. */
  readonly suggested: Valuation | undefined;
  readonly agreement: GiftAgreement | undefined;
}

export async function valuationScreen(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
): Promise<ValuationScreen | undefined> {
  const booking = await visibleBooking(visit, tx);
  if (booking === undefined) return undefined;
  return {
    booking,
    valuations: await valuationsOf(tx, booking.entryId),
    suggested: (await suggestedFor(tx, [booking])).get(booking.entryId),
    agreement: await agreementOn(tx, booking.giverId, booking.occurredOn),
  };
}

export function valueFromForm(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
  { entryId }: Pick<ValuedBooking, 'entryId'>,
  { cost, market, paid, share, ...given }: ValuationInput,
) {
  const amounts = { valueCents: cost, marketCents: market, paidCents: paid, publicSharePerMillion: share };
  return valueEntry(tx, visit.principal, { entryId, ...given, ...amounts }, visit);
}

export async function visibleBooking(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
): Promise<ValuedBooking | undefined> {
  const id = parseId<'entry'>(visit.params['entry'] ?? '');
  const booking = id === undefined ? undefined : await findValued(tx, id);
  if (booking === undefined) return undefined;
  return maySeeEntry(visit.principal, [booking.giverId, booking.receiverId]) ? booking : undefined;
}
