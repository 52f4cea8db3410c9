/**
 * An offer: what an organisation brings, at most `capacity` units and, where it was promised, at least `minimum`.
 *
 * States: open ↔ paused; open or paused → withdrawn → open again. Must always hold: only an open offer is planned;
 * its capacity never falls under the units already promised (matches proposed or accepted); an offer with a proposal
 * that waits for an answer is not withdrawn; what was accepted stays due whatever the state.
 */
import type { Id, OrganisationId } from '../../lib/ids.ts';
import type { SupportUnit } from '../../lib/quantity.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { OfferConditions } from './conditions.ts';
import type { Visibility } from './need.ts';

export type OfferId = Id<'offer'>;
export const OFFER_STATES = ['open', 'paused', 'withdrawn'] as const;
export type OfferState = (typeof OFFER_STATES)[number];
export const MAX_CAPACITY = 10_000;

export interface Offer {
  readonly id: OfferId;
  readonly organisationId: OrganisationId;
  readonly organisationName: string;
  readonly organisationSlug: string;
  readonly kindCode: string;
  readonly unit: SupportUnit;
  readonly capacity: number;
  readonly minimum: number;
  readonly title: string;
  readonly body: string;
  readonly conditions: OfferConditions;
  readonly visibility: Visibility;
  readonly state: OfferState;
  readonly themeCodes: readonly string[];
  readonly createdAt: Temporal.Instant;
  readonly updatedAt: Temporal.Instant;
  readonly version: number;
}

export interface OfferStanding {
  readonly state: OfferState;
  readonly capacity: number;
  readonly liveUnits: number;
  readonly pendingMatches: number;
}

export type OfferRefusal = 'not-open' | 'not-closed' | 'not-paused' | 'below-promised' | 'has-proposals' | 'withdrawn';

/** Units still to give, never negative. */
export function leftOf(standing: Pick<OfferStanding, 'capacity' | 'liveUnits'>): number {
  return Math.max(0, standing.capacity - standing.liveUnits);
}

export function pauseOffer(standing: OfferStanding): Result<OfferState, OfferRefusal> {
  return standing.state === 'open' ? done('paused') : refused('not-open');
}

export function resumeOffer(standing: OfferStanding): Result<OfferState, OfferRefusal> {
  return standing.state === 'paused' ? done('open') : refused('not-paused');
}

export function withdrawOffer(standing: OfferStanding): Result<OfferState, OfferRefusal> {
  if (standing.state === 'withdrawn') return refused('withdrawn');
  if (standing.pendingMatches > 0) return refused('has-proposals', { count: standing.pendingMatches });
  return done('withdrawn');
}

export function reopenOffer(standing: OfferStanding): Result<OfferState, OfferRefusal> {
  return standing.state === 'withdrawn' ? done('open') : refused('not-closed');
}

export function editOffer(standing: OfferStanding, capacity: number): Result<OfferState, OfferRefusal> {
  if (standing.state === 'withdrawn') return refused('withdrawn');
  if (capacity < standing.liveUnits) return refused('below-promised', { promised: standing.liveUnits });
  return done(standing.state);
}

/** An offer that may enter a round, whole. */
export interface OpenOffer extends Omit<Offer, 'state' | 'updatedAt' | 'version'> {
  readonly remaining: number;
}
