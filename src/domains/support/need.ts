/**
 * A need: what an organisation asks for, in whole units of its kind.
 *
 * States: open → withdrawn → open again; open → met once what was delivered reaches its quantity; met → open again
 * when it is reopened with more to ask. Must always hold: only an open need is planned; its quantity never falls
 * under the units already promised to it (matches proposed or accepted); a need with a proposal that waits for an
 * answer is not withdrawn.
 */
import type { Id, OrganisationId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { NeedFacts } from './conditions.ts';
import type { SupportUnit } from '../../lib/quantity.ts';

export type NeedId = Id<'need'>;
export const NEED_STATES = ['open', 'met', 'withdrawn'] as const;
export type NeedState = (typeof NEED_STATES)[number];
export const VISIBILITIES = ['public', 'territory', 'team'] as const;
export type Visibility = (typeof VISIBILITIES)[number];
/** 1 can wait, 2 soon, 3 urgent. */
export const URGENCIES = [1, 2, 3] as const;
export type Urgency = (typeof URGENCIES)[number];

export const MAX_NEED_QUANTITY = 400;
export const MIN_TITLE = 3;
export const MAX_TITLE = 160;
export const MAX_BODY = 20_000;

export interface Need {
  readonly id: NeedId;
  readonly organisationId: OrganisationId;
  readonly organisationName: string;
  readonly organisationSlug: string;
  readonly kindCode: string;
  readonly unit: SupportUnit;
  readonly quantity: number;
  readonly title: string;
  readonly body: string;
  readonly urgency: Urgency;
  readonly neededBy: Temporal.PlainDate | null;
  readonly visibility: Visibility;
  readonly state: NeedState;
  readonly themeCodes: readonly string[];
  readonly createdAt: Temporal.Instant;
  readonly updatedAt: Temporal.Instant;
  readonly version: number;
}

/** What the rules of a need look at: where it stands and what was promised to it. */
export interface NeedStanding {
  readonly state: NeedState;
  readonly quantity: number;
  /** Units of matches proposed or accepted. */
  readonly liveUnits: number;
  /** Matches that wait for an answer. */
  readonly pendingMatches: number;
}

export type NeedRefusal = 'not-open' | 'not-closed' | 'below-promised' | 'has-proposals' | 'not-delivered';

/** Units still to find: what is asked less what is promised, never negative. */
export function remainingOf(standing: Pick<NeedStanding, 'quantity' | 'liveUnits'>): number {
  return Math.max(0, standing.quantity - standing.liveUnits);
}

export function withdrawNeed(standing: NeedStanding): Result<NeedState, NeedRefusal> {
  if (standing.state !== 'open') return refused('not-open');
  if (standing.pendingMatches > 0) return refused('has-proposals', { count: standing.pendingMatches });
  return done('withdrawn');
}

export function reopenNeed(standing: NeedStanding): Result<NeedState, NeedRefusal> {
  return standing.state === 'open' ? refused('not-closed') : done('open');
}

/** A need may be corrected while it is open; a smaller quantity must still hold what is promised. */
export function editNeed(standing: NeedStanding, quantity: number): Result<NeedState, NeedRefusal> {
  if (standing.state !== 'open') return refused('not-open');
  if (quantity < standing.liveUnits) return refused('below-promised', { promised: standing.liveUnits });
  return done('open');
}

/** `deliveredUnits` are whole units confirmed by both sides. */
export function meetNeed(standing: NeedStanding, deliveredUnits: number): Result<NeedState, NeedRefusal> {
  if (standing.state !== 'open') return refused('not-open');
  return deliveredUnits >= standing.quantity ? done('met') : refused('not-delivered', { delivered: deliveredUnits });
}

/** A need that may enter a round, whole. */
export interface OpenNeed extends Omit<Need, 'state' | 'updatedAt' | 'version'> {
  readonly remaining: number;
  readonly facts: NeedFacts;
}
