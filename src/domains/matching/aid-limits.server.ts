/**
 * What State-aid rules leave to each organisation, as a round must respect it: the seam to the domain that reckons aid.
 *
 * Must always hold: amounts are cents, never negative; who is not named has no limit, and an offer that is not named
 * counts for nothing against anybody's.
 */
import { GREATEST_VALUE } from '../../algorithms/flow/side-constraints.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { OfferId } from '../support/offer.ts';
import type { PoolOffer, PoolOrganisation } from './pool.ts';

export interface AidLimits {
  /** What each of these organisations may still receive. */
  readonly headroomCents: ReadonlyMap<OrganisationId, bigint>;
  /** What one unit of each of these offers is worth as aid. */
  readonly valueCents: ReadonlyMap<OfferId, bigint>;
}

/** No aid is kept in this version: nobody has a limit. Pools, plans, checker and pages follow what is returned here. */
export function aidLimits(
  _tx: TerritoryTransaction,
  _asked: { readonly organisations: readonly OrganisationId[]; readonly offers: readonly OfferId[] },
): Promise<AidLimits> {
  return Promise.resolve({ headroomCents: new Map(), valueCents: new Map() });
}

export function withHeadroom(
  organisations: readonly PoolOrganisation[],
  { headroomCents }: AidLimits,
): PoolOrganisation[] {
  return organisations.map((one) => {
    const cents = headroomCents.get(one.id);
    return cents === undefined ? one : { ...one, headroomCents: Math.min(Number(cents), GREATEST_VALUE) };
  });
}

export function withValues(offers: readonly PoolOffer[], { valueCents }: AidLimits): PoolOffer[] {
  return offers.map((one) => {
    const cents = valueCents.get(one.id);
    return cents === undefined ? one : { ...one, valueCents: Number(cents) };
  });
}
