/** Pools for tests of the pure parts: what a test does not say has a plain, lawful value. */
import type { Pool, PoolNeed, PoolOffer, PoolOrganisation } from '../../src/domains/matching/pool.ts';
import { SCORE_WEIGHTS, URGENCY_WEIGHTS } from '../../src/domains/matching/score.ts';
import type { NeedId } from '../../src/domains/support/need.ts';
import type { OfferId } from '../../src/domains/support/offer.ts';
import { UNKNOWN_FACTS } from '../../src/domains/support/conditions.ts';
import type { Id, OrganisationId } from '../../src/lib/ids.ts';

/** A made-up identifier that says what it is for and where it stands. */
export function madeId<Entity extends string>(kind: number, place: number): Id<Entity> {
  return `00000000-0000-7000-8${String(kind).padStart(3, '0')}-${String(place).padStart(12, '0')}` as Id<Entity>;
}
export const needId = (place: number): NeedId => madeId<'need'>(1, place);
export const offerId = (place: number): OfferId => madeId<'offer'>(2, place);
export const askerId = (place: number): OrganisationId => madeId<'organisation'>(3, place);
export const giverId = (place: number): OrganisationId => madeId<'organisation'>(4, place);

export function poolNeed(place: number, given: Partial<PoolNeed> = {}): PoolNeed {
  return {
    id: needId(place),
    version: 1,
    organisationId: askerId(place),
    kindCode: 'legal',
    unit: 'half-day',
    title: `Besoin ${place}`,
    quantity: given.left ?? 2,
    left: 2,
    urgency: 2,
    neededBy: null,
    themeCodes: [],
    facts: UNKNOWN_FACTS,
    ...given,
  };
}

export function poolOffer(place: number, given: Partial<PoolOffer> = {}): PoolOffer {
  return {
    id: offerId(place),
    version: 1,
    organisationId: giverId(place),
    kindCode: 'legal',
    unit: 'half-day',
    title: `Apport ${place}`,
    capacity: given.left ?? 2,
    left: 2,
    minimum: 0,
    availableFrom: null,
    availableUntil: null,
    themeCodes: [],
    conditions: {},
    ...given,
  };
}

export function makePool(given: Partial<Pool> = {}): Pool {
  const needs = given.needs ?? [poolNeed(0)];
  const offers = given.offers ?? [poolOffer(0)];
  const ids = [...new Set([...needs, ...offers].map(({ organisationId }) => organisationId))];
  return {
    version: 1,
    today: '2026-11-23',
    startsOn: '2027-01-01',
    endsOn: '2027-04-01',
    organisations: ids.map((id): PoolOrganisation => ({
      id,
      name: `Organisation ${id.slice(-4)}`,
      slug: id,
      commune: null,
      regionCode: null,
      nafSection: null,
      themeCodes: [],
    })),
    kinds: [
      { code: 'legal', unit: 'half-day', labelFr: 'Juridique', labelEn: 'Legal' },
      { code: 'finance', unit: 'half-day', labelFr: 'Financement', labelEn: 'Finance' },
      { code: 'desk', unit: 'desk-day', labelFr: 'Poste de travail', labelEn: 'Desk' },
    ],
    themes: [{ code: 'mobility', labelFr: 'Mobilité', labelEn: 'Mobility' }],
    closeness: [{ offerKind: 'finance', needKind: 'legal', closeness: 500 }],
    conflicts: [],
    questions: [],
    refusals: [],
    history: [],
    decisions: [],
    weights: SCORE_WEIGHTS,
    urgencyWeights: URGENCY_WEIGHTS,
    texts: { needs: needs.map(() => ''), offers: offers.map(() => '') },
    ...given,
    needs,
    offers,
  };
}
