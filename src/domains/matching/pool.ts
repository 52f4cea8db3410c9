/**
 * The pool of a round: everything that a try depends on, taken at one moment and kept with the try.
 * Plain JSON, so that it is stored, sent to a worker thread and read again years later as it was.
 *
 * Must always hold: the same pool gives the same plan; every id that is named is in its list; `left` is
 * what is asked or offered minus what other proposals and accepted matches already take, never negative;
 * dates are ISO days; `texts` stand apart because they weigh most and only the reading of pairs wants them.
 */
import type { OrganisationId } from '../../lib/ids.ts';
import type { SupportUnit } from '../../lib/quantity.ts';
import type { NeedFacts, StoredConditions } from '../support/conditions.ts';
import type { NeedId } from '../support/need.ts';
import type { OfferId } from '../support/offer.ts';
import type { KeptApart, ConflictQuestion } from '../territory/conflict.ts';
import type { Decision } from './round.ts';
import type { ScoreWeights } from './score.ts';

export const POOL_VERSION = 1;

export interface Pool {
  readonly version: typeof POOL_VERSION;
  /** The day it was taken, in the territory's zone. */
  readonly today: string;
  /** First day of the round, and the first day after it. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly organisations: readonly PoolOrganisation[];
  readonly kinds: readonly PoolKind[];
  readonly themes: readonly PoolTheme[];
  readonly needs: readonly PoolNeed[];
  readonly offers: readonly PoolOffer[];
  readonly closeness: readonly PoolCloseness[];
  /** Ties that keep two organisations apart: declared, computed or answered. */
  readonly conflicts: readonly PoolConflict[];
  /** Ties in doubt that nobody has answered yet: these pairs wait for a word. */
  readonly questions: readonly ConflictQuestion[];
  readonly refusals: readonly PoolRefusal[];
  readonly history: readonly PoolHistory[];
  readonly decisions: readonly PoolDecision[];
  /** Most offers that may serve one need; absent: no limit. */
  readonly mostPartners?: number;
  readonly weights: ScoreWeights;
  /** How much faster a need of urgency 1, 2, 3 is filled (see `AllocationProblem`). */
  readonly urgencyWeights: readonly [number, number, number];
  /** The bodies, in the order of the needs and of the offers. */
  readonly texts: PoolTexts;
  /** What the embedding service gave for these texts; absent when none was asked. */
  readonly embedding?: PoolEmbedding;
}

export interface PoolTexts {
  readonly needs: readonly string[];
  readonly offers: readonly string[];
  /** Needs of the past that somebody of this pool helped; absent in pools of old. */
  readonly past?: readonly PoolPast[];
  /** As `vectors.ts` packs them; null where the service gave none. */
  readonly vectors?: { readonly needs: readonly (string | null)[]; readonly offers: readonly (string | null)[] };
}

/** A need with confirmed sessions, and who held them: places of offers of the same giver and kind. */
export interface PoolPast {
  readonly title: string;
  readonly body: string;
  readonly themeCodes: readonly string[];
  readonly helpedBy: readonly number[];
}

export interface PoolEmbedding {
  readonly status: 'complete' | 'partial' | 'none';
  readonly fault: 'timeout' | 'unreachable' | 'refused' | 'wrong-shape' | 'paused' | 'failed' | null;
}

/** What most pages read: the pool without its long texts. */
export type LightPool = Omit<Pool, 'texts'>;

export interface PoolOrganisation {
  readonly id: OrganisationId;
  readonly name: string;
  readonly slug: string;
  readonly commune: string | null;
  readonly regionCode: string | null;
  readonly nafSection: string | null;
  readonly themeCodes: readonly string[];
  /** Cents of State aid that it may still receive; absent: no limit. */
  readonly headroomCents?: number;
  /** Organisations that name the same one share one headroom; absent: nobody else does. */
  readonly undertaking?: string;
}

export interface PoolKind {
  readonly code: string;
  readonly unit: SupportUnit;
  readonly labelFr: string;
  readonly labelEn: string;
}

export interface PoolTheme {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
}

export interface PoolNeed {
  readonly id: NeedId;
  readonly version: number;
  readonly organisationId: OrganisationId;
  readonly kindCode: string;
  readonly unit: SupportUnit;
  readonly title: string;
  readonly quantity: number;
  readonly left: number;
  readonly urgency: 1 | 2 | 3;
  readonly neededBy: string | null;
  readonly themeCodes: readonly string[];
  /** What the conditions of an offer are held against. */
  readonly facts: NeedFacts;
}

export interface PoolOffer {
  readonly id: OfferId;
  readonly version: number;
  readonly organisationId: OrganisationId;
  readonly kindCode: string;
  readonly unit: SupportUnit;
  readonly title: string;
  readonly capacity: number;
  readonly left: number;
  /** What was promised to be used at least, less what is taken already. */
  readonly minimum: number;
  readonly availableFrom: string | null;
  /** The first day on which it is no longer given. */
  readonly availableUntil: string | null;
  readonly themeCodes: readonly string[];
  readonly conditions: StoredConditions;
  /** Cents of State aid that one unit counts for; absent: none. */
  readonly valueCents?: number;
}

export interface PoolCloseness {
  readonly offerKind: string;
  readonly needKind: string;
  readonly closeness: number;
}

export type PoolConflict = KeptApart;
export type ConflictTie = KeptApart['tie'];

/** One side already said no to this very pair. */
export interface PoolRefusal {
  readonly needId: NeedId;
  readonly offerId: OfferId;
  readonly side: 'need' | 'offer';
}

/** What happened before between a giver and a receiver. */
export interface PoolHistory {
  readonly giverId: OrganisationId;
  readonly receiverId: OrganisationId;
  /** Sessions that both sides confirmed. */
  readonly sessions: number;
  /** Proposals that one of them declined. */
  readonly declined: number;
}

export interface PoolDecision {
  readonly needId: NeedId;
  readonly offerId: OfferId;
  readonly decision: Decision;
  readonly quantity: number | null;
  readonly reason: string;
}

/** The ways to look things up in a pool; build once, ask often. */
export interface PoolIndex {
  readonly organisation: ReadonlyMap<OrganisationId, PoolOrganisation>;
  readonly kind: ReadonlyMap<string, PoolKind>;
  readonly theme: ReadonlyMap<string, PoolTheme>;
  readonly need: ReadonlyMap<NeedId, number>;
  readonly offer: ReadonlyMap<OfferId, number>;
}

export function indexPool(pool: LightPool): PoolIndex {
  return {
    organisation: new Map(pool.organisations.map((one) => [one.id, one])),
    kind: new Map(pool.kinds.map((one) => [one.code, one])),
    theme: new Map(pool.themes.map((one) => [one.code, one])),
    need: new Map(pool.needs.map((one, place) => [one.id, place])),
    offer: new Map(pool.offers.map((one, place) => [one.id, place])),
  };
}

/** The stored pool, or undefined when it was written by a version that is no longer read. What came later is empty. */
export function readPool(stored: unknown): Pool | undefined {
  return isVersioned(stored, POOL_VERSION) ? { ...CAME_LATER, ...(stored as Pool) } : undefined;
}

const CAME_LATER = { questions: [] } satisfies Partial<Pool>;

export function isVersioned(stored: unknown, version: number): boolean {
  return typeof stored === 'object' && stored !== null && (stored as { version?: unknown }).version === version;
}
