/**
 * Which offers may serve which needs, and how well.
 *
 * Must always hold: a pair is allowed exactly when it has no obstacle; every obstacle names its rule and
 * its figures, so that a sentence can say it; an organisation never serves itself; two organisations in a
 * declared or computed tie never meet through a plan, and neither do two whose tie is in doubt before somebody
 * answers; a pin is a pair with as many units at least as at most.
 * A pair whose kinds have nothing to do with each other is not listed at all: nobody would ask why.
 */
import type { EligibilityNote, OfferConditions } from '../support/conditions.ts';
import { isEligible, readConditions } from '../support/conditions.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import { keyOf, type Ground } from '../territory/conflict.ts';
import type {
  ConflictTie,
  Pool,
  PoolDecision,
  PoolHistory,
  PoolIndex,
  PoolNeed,
  PoolOffer,
  PoolRefusal,
} from './pool.ts';
import { indexPool } from './pool.ts';
import {
  historyCloseness,
  nearness,
  scoreOf,
  sectorCloseness,
  themesInCommon,
  urgencyScore,
  type Breakdown,
} from './score.ts';

export type Obstacle =
  | { readonly rule: 'unit-differs' }
  | { readonly rule: 'kind-differs' }
  | { readonly rule: 'own-organisation' }
  | { readonly rule: 'conditions'; readonly notes: readonly EligibilityNote[] }
  | { readonly rule: 'period' }
  | { readonly rule: 'conflict'; readonly tie: ConflictTie }
  | { readonly rule: 'conflict-in-doubt'; readonly ground: Ground }
  | { readonly rule: 'refused'; readonly side: 'need' | 'offer' }
  | { readonly rule: 'forbidden'; readonly reason: string }
  | { readonly rule: 'nothing-left'; readonly side: 'need' | 'offer' };
export type ObstacleRule = Obstacle['rule'];

/** Rules in the order in which they are told. */
export const OBSTACLE_RULES = [
  'unit-differs',
  'kind-differs',
  'own-organisation',
  'conditions',
  'period',
  'conflict',
  'conflict-in-doubt',
  'refused',
  'forbidden',
  'nothing-left',
] as const satisfies readonly ObstacleRule[];

export interface Pair {
  /** Places in `pool.needs` and `pool.offers`. */
  readonly need: number;
  readonly offer: number;
  readonly score: number;
  readonly breakdown: Breakdown;
  readonly cap: number;
  /** The pinned units, 0 without a pin. */
  readonly minimum: number;
  /** What a person still has to verify before the two meet. */
  readonly remarks: readonly EligibilityNote[];
}

/** What kept a need from offers of a kind that could have served it. */
export interface Blocked {
  readonly offer: number;
  readonly obstacles: readonly Obstacle[];
}

export interface Pairing {
  readonly pairs: readonly Pair[];
  /** For each need, the offers of its kind (or near it) that may not serve it. */
  readonly blocked: readonly (readonly Blocked[])[];
}

/** What the texts say of a need and an offer: how close they are, and how far the past speaks for the giver; 0…1000. */
export interface TextReading {
  closeness(need: number, offer: number): number;
  helped(need: number, offer: number): number;
}

export function pairUp(pool: Pool, texts: TextReading): Pairing {
  const facts = gatherFacts(pool);
  const pairs: Pair[] = [];
  const blocked = pool.needs.map((need, i) => {
    const apart: Blocked[] = [];
    pool.offers.forEach((offer, j) => {
      const closeness = kindCloseness(facts, need, offer);
      if (closeness === 0) return;
      const { obstacles, remarks } = hold(facts, need, offer);
      if (obstacles.length > 0) apart.push({ offer: j, obstacles });
      else {
        const read = { kind: closeness, text: texts.closeness(i, j), helped: texts.helped(i, j) };
        pairs.push(pairOf(facts, i, j, read, remarks));
      }
    });
    return apart;
  });
  return { pairs, blocked };
}

/** Everything that stands between one need and one offer; empty when they may meet. */
export function obstaclesBetween(pool: Pool, need: PoolNeed, offer: PoolOffer): readonly Obstacle[] {
  const facts = gatherFacts(pool);
  if (need.unit !== offer.unit) return [{ rule: 'unit-differs' }];
  if (kindCloseness(facts, need, offer) === 0) return [{ rule: 'kind-differs' }];
  return hold(facts, need, offer).obstacles;
}

interface Facts {
  readonly pool: Pool;
  readonly index: PoolIndex;
  readonly closeness: ReadonlyMap<string, number>;
  readonly conflicts: ReadonlyMap<string, ConflictTie>;
  readonly doubts: ReadonlyMap<string, Ground>;
  readonly refusals: ReadonlyMap<string, PoolRefusal>;
  readonly decisions: ReadonlyMap<string, PoolDecision>;
  readonly history: ReadonlyMap<string, PoolHistory>;
  readonly conditions: ReadonlyMap<PoolOffer, OfferConditions>;
}

function gatherFacts(pool: Pool): Facts {
  return {
    pool,
    index: indexPool(pool),
    closeness: new Map(pool.closeness.map((one) => [`${one.offerKind} ${one.needKind}`, one.closeness])),
    conflicts: new Map(pool.conflicts.map((one) => [keyOf(one), one.tie])),
    doubts: new Map(pool.questions.map((one) => [keyOf(one), one.ground])),
    refusals: new Map(pool.refusals.map((one) => [`${one.needId} ${one.offerId}`, one])),
    decisions: new Map(pool.decisions.map((one) => [`${one.needId} ${one.offerId}`, one])),
    history: new Map(pool.history.map((one) => [`${one.giverId} ${one.receiverId}`, one])),
    conditions: new Map(pool.offers.map((offer) => [offer, conditionsOf(offer)])),
  };
}

function conditionsOf(offer: PoolOffer): OfferConditions {
  const day = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text));
  return readConditions(offer.conditions, day(offer.availableFrom), day(offer.availableUntil));
}

function kindCloseness({ closeness }: Facts, need: PoolNeed, offer: PoolOffer): number {
  if (need.unit !== offer.unit) return 0;
  if (need.kindCode === offer.kindCode) return 1000;
  return closeness.get(`${offer.kindCode} ${need.kindCode}`) ?? 0;
}

interface Held {
  readonly obstacles: readonly Obstacle[];
  readonly remarks: readonly EligibilityNote[];
}

function hold(facts: Facts, need: PoolNeed, offer: PoolOffer): Held {
  const obstacles: Obstacle[] = [];
  if (need.organisationId === offer.organisationId) obstacles.push({ rule: 'own-organisation' });
  const day = firstSharedDay(facts.pool, need, offer);
  const on = Temporal.PlainDate.from(day ?? offer.availableFrom ?? facts.pool.today);
  const conditions = facts.conditions.get(offer) ?? conditionsOf(offer);
  const eligible = isEligible(conditions, need.facts, on);
  // Days are judged by the period of the round, below: the day asked about here is one that fits.
  const notes = eligible.allowed ? [] : eligible.reasons.filter(({ code }) => !code.endsWith('-available'));
  if (notes.length > 0) obstacles.push({ rule: 'conditions', notes });
  if (day === undefined) obstacles.push({ rule: 'period' });
  const sides = keyOf({ organisationId: need.organisationId, otherId: offer.organisationId });
  const tie = facts.conflicts.get(sides);
  if (tie !== undefined) obstacles.push({ rule: 'conflict', tie });
  const ground = facts.doubts.get(sides);
  if (ground !== undefined) obstacles.push({ rule: 'conflict-in-doubt', ground });
  const pair = `${need.id} ${offer.id}`;
  const decision = facts.decisions.get(pair);
  const refusal = facts.refusals.get(pair);
  // The team may bring together again two sides of which one once said no: that is what a pin is for.
  if (refusal !== undefined && decision?.decision !== 'pin') obstacles.push({ rule: 'refused', side: refusal.side });
  if (decision?.decision === 'forbid') obstacles.push({ rule: 'forbidden', reason: decision.reason });
  if (need.left === 0) obstacles.push({ rule: 'nothing-left', side: 'need' });
  if (offer.left === 0) obstacles.push({ rule: 'nothing-left', side: 'offer' });
  return { obstacles, remarks: eligible.allowed ? eligible.remarks : [] };
}

/**
 * The first day on which the offer can be given to the need within the round, or undefined. A need that is
 * already late is still served: the day it was wanted for no longer limits anything.
 */
export function firstSharedDay(
  { startsOn, endsOn }: Pick<Pool, 'startsOn' | 'endsOn'>,
  need: Pick<PoolNeed, 'neededBy'>,
  offer: Pick<PoolOffer, 'availableFrom' | 'availableUntil'>,
): string | undefined {
  const start = offer.availableFrom !== null && offer.availableFrom > startsOn ? offer.availableFrom : startsOn;
  const end = offer.availableUntil !== null && offer.availableUntil < endsOn ? offer.availableUntil : endsOn;
  if (start >= end) return undefined;
  const isLate = need.neededBy === null || need.neededBy < startsOn;
  return isLate || start <= (need.neededBy ?? start) ? start : undefined;
}

interface Read {
  readonly kind: number;
  readonly text: number;
  readonly helped: number;
}

function pairOf(facts: Facts, i: number, j: number, read: Read, remarks: readonly EligibilityNote[]): Pair {
  const { pool } = facts;
  const [need, offer] = [pool.needs[i], pool.offers[j]];
  if (need === undefined || offer === undefined) throw new RangeError('A pair stands outside of its pool');
  const breakdown = breakdownOf(facts, need, offer, read);
  const decision = facts.decisions.get(`${need.id} ${offer.id}`);
  const most = Math.min(need.left, offer.left);
  const pinned = decision?.decision === 'pin' ? Math.min(most, decision.quantity ?? most) : 0;
  return {
    need: i,
    offer: j,
    score: scoreOf(breakdown, pool.weights),
    breakdown,
    // Not what the offer has: with more of it, the pair could exchange more, and prices of scarcity must see that.
    cap: pinned > 0 ? pinned : need.left,
    minimum: pinned,
    remarks,
  };
}

function breakdownOf(
  { index, history }: Facts,
  need: PoolNeed,
  offer: PoolOffer,
  { kind, text, helped }: Read,
): Breakdown {
  const receiver = index.organisation.get(need.organisationId) ?? NOBODY;
  const giver = index.organisation.get(offer.organisationId) ?? NOBODY;
  const past = history.get(`${offer.organisationId} ${need.organisationId}`);
  return {
    kind,
    text,
    themes: themesInCommon(themesOf(need, receiver), themesOf(offer, giver)),
    sector: sectorCloseness(receiver.nafSection, giver.nafSection),
    place: nearness(receiver, giver),
    history: historyCloseness(past?.sessions ?? 0, past?.declined ?? 0, helped),
    urgency: urgencyScore(need.urgency),
  };
}

/** What a need or an offer is about: its own themes, else those of its organisation. */
export function themesOf(
  own: { readonly themeCodes: readonly string[] },
  organisation: { readonly themeCodes: readonly string[] },
): readonly string[] {
  return own.themeCodes.length > 0 ? own.themeCodes : organisation.themeCodes;
}

/** An organisation of which nothing is known; all its components are lukewarm. */
export const NOBODY = {
  id: '' as OrganisationId,
  commune: null,
  regionCode: null,
  nafSection: null,
  themeCodes: [] as readonly string[],
};
