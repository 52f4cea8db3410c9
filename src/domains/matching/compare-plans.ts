/**
 * What changed from one plan to another, and whether a plan still fits what is asked and offered now.
 *
 * Must always hold: two plans are compared by the ids of needs and offers, never by their places; a plan is
 * stale exactly when something that it rests on is no longer so; what merely arrived since is told apart,
 * because it spoils nothing.
 */
import type { NeedId } from '../support/need.ts';
import type { OfferId } from '../support/offer.ts';
import { keyOf } from '../territory/conflict.ts';
import { holderOf } from './limits.ts';
import type { Agreement, LightPlan } from './plan.ts';
import type { LightPool, PoolDecision } from './pool.ts';

export interface PlanChange {
  readonly needId: NeedId;
  readonly offerId: OfferId;
  readonly before: number;
  readonly after: number;
}

export interface Planned {
  readonly pool: LightPool;
  readonly plan: Pick<LightPlan, 'agreements'>;
}

/** The pairs whose units differ, in the order of the newer plan, then those that it no longer holds. */
export function comparePlans(older: Planned, newer: Planned): PlanChange[] {
  const before = unitsByPair(older);
  const after = unitsByPair(newer);
  return [...new Map([...after, ...before]).keys()].flatMap((key) => {
    const change = { before: before.get(key)?.units ?? 0, after: after.get(key)?.units ?? 0 };
    const pair = after.get(key) ?? before.get(key);
    return pair === undefined || change.before === change.after
      ? []
      : [{ needId: pair.needId, offerId: pair.offerId, ...change }];
  });
}

export type Staleness =
  | { readonly what: 'need-changed' | 'need-gone'; readonly title: string }
  | { readonly what: 'offer-changed' | 'offer-gone'; readonly title: string }
  | { readonly what: 'conflict-declared' | 'conflict-in-doubt'; readonly title: string; readonly other: string }
  | { readonly what: 'headroom-used'; readonly title: string }
  | { readonly what: 'decisions-changed' }
  | { readonly what: 'limits-changed' };

/** Everything on which the plan rests and that is no longer so; empty when it may be published. */
export function staleness({ pool: then, plan }: Planned, now: LightPool): Staleness[] {
  return [
    ...staleNeeds(then, now),
    ...staleOffers(then, now),
    ...newConflicts(then, now, plan.agreements),
    ...staleDecisions(then, now),
    ...staleLimits(then, now, plan.agreements),
  ];
}

/** How many needs and offers came since the plan was made: they wait for the next one. */
export function arrivals(then: LightPool, now: LightPool): { needs: number; offers: number } {
  const needs = new Set(then.needs.map(({ id }) => id));
  const offers = new Set(then.offers.map(({ id }) => id));
  return {
    needs: now.needs.filter(({ id }) => !needs.has(id)).length,
    offers: now.offers.filter(({ id }) => !offers.has(id)).length,
  };
}

function unitsByPair({ pool, plan }: Planned): Map<string, { needId: NeedId; offerId: OfferId; units: number }> {
  const pairs = plan.agreements.flatMap(({ need, offer, units }) => {
    const [needId, offerId] = [pool.needs[need]?.id, pool.offers[offer]?.id];
    return needId === undefined || offerId === undefined
      ? []
      : [[`${needId} ${offerId}`, { needId, offerId, units }] as const];
  });
  return new Map(pairs);
}

function staleNeeds(then: LightPool, now: LightPool): Staleness[] {
  const current = new Map(now.needs.map((need) => [need.id, need]));
  return then.needs.flatMap(({ id, version, left, title }): Staleness[] => {
    const need = current.get(id);
    if (need === undefined) return [{ what: 'need-gone', title }];
    return need.version === version && need.left === left ? [] : [{ what: 'need-changed', title }];
  });
}

function staleOffers(then: LightPool, now: LightPool): Staleness[] {
  const current = new Map(now.offers.map((offer) => [offer.id, offer]));
  return then.offers.flatMap(({ id, version, left, title }): Staleness[] => {
    const offer = current.get(id);
    if (offer === undefined) return [{ what: 'offer-gone', title }];
    return offer.version === version && offer.left === left ? [] : [{ what: 'offer-changed', title }];
  });
}

function newConflicts(then: LightPool, now: LightPool, agreements: readonly Agreement[]): Staleness[] {
  const apart = new Set(now.conflicts.map(keyOf));
  const doubts = new Set(now.questions.map(keyOf));
  const name = new Map(then.organisations.map((one) => [one.id, one.name]));
  return agreements.flatMap(({ need, offer }): Staleness[] => {
    const [receiver, giver] = [then.needs[need]?.organisationId, then.offers[offer]?.organisationId];
    if (receiver === undefined || giver === undefined) return [];
    const sides = keyOf({ organisationId: receiver, otherId: giver });
    const what = apart.has(sides) ? 'conflict-declared' : doubts.has(sides) ? 'conflict-in-doubt' : undefined;
    return what === undefined ? [] : [{ what, title: name.get(receiver) ?? '', other: name.get(giver) ?? '' }];
  });
}

function staleDecisions(then: LightPool, now: LightPool): Staleness[] {
  const written = (decisions: readonly PoolDecision[]) =>
    decisions
      .map((one) => `${one.needId} ${one.offerId} ${one.decision} ${one.quantity ?? ''}`)
      .toSorted()
      .join('\n');
  return written(then.decisions) === written(now.decisions) ? [] : [{ what: 'decisions-changed' }];
}

/** The limit that the team sets, and what State aid leaves now to whoever receives, at what their offers count for now. */
function staleLimits(then: LightPool, now: LightPool, agreements: readonly Agreement[]): Staleness[] {
  const value = new Map(now.offers.map(({ id, valueCents = 0 }) => [id, valueCents]));
  const nowById = new Map(now.organisations.map((one) => [one.id, one]));
  const used = new Map<string, number>();
  for (const { need, offer, units } of agreements) {
    const [receiver, given] = [then.needs[need]?.organisationId, then.offers[offer]?.id];
    const one = receiver === undefined ? undefined : nowById.get(receiver);
    if (one === undefined || given === undefined) continue;
    used.set(holderOf(one), (used.get(holderOf(one)) ?? 0) + units * (value.get(given) ?? 0));
  }
  const over = now.organisations.filter(
    (one) => one.headroomCents !== undefined && (used.get(holderOf(one)) ?? 0) > one.headroomCents,
  );
  return [
    ...(then.mostPartners === now.mostPartners ? [] : [{ what: 'limits-changed' } as const]),
    ...over.map(({ name }) => ({ what: 'headroom-used', title: name }) as const),
  ];
}
