/** State aid in rounds, on a real database: what rates and grants leave, what plans give within it, and what they say of it. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeMatch } from '../../../test/factories/matches.ts';
import { makeNeed, makeOffer } from '../../../test/factories/support.ts';
import {
  makeOrganisation,
  makePerson,
  makeTerritory,
  NOW,
  type MadeOrganisation,
} from '../../../test/factories/territory.ts';
import { solveLeximin } from '../../algorithms/flow/leximin.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { decideGrant } from '../alliance/aid-commands.server.ts';
import { declareAid } from '../alliance/aid-declaration.server.ts';
import { recordLink } from '../alliance/undertaking-commands.server.ts';
import { ensureFirm } from '../alliance/undertaking-facts.server.ts';
import type { OfferRate } from '../support/offer-rate.ts';
import type { OfferId } from '../support/offer.ts';
import { rateOffer } from '../support/rate-commands.server.ts';
import { ratesOf } from '../support/rate-queries.server.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { staleness } from './compare-plans.ts';
import { boundByHeadroom } from './headroom-bound.ts';
import { makePlan } from './make-plan.ts';
import { unmetNeeds } from './plan.ts';
import { gatherPool } from './pool.server.ts';

const TODAY = Temporal.PlainDate.from('2026-11-23');
const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };
const PUBLIC_DESK: OfferRate = {
  method: 'market-minus-paid',
  validFrom: Temporal.PlainDate.from('2026-01-01'),
  costCents: 0n,
  marketCents: 30_000n,
  paidCents: 5_000n,
  publicSharePerMillion: 1_000_000n,
  evidence: 'Grille des loyers',
};

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
let startup: MadeOrganisation;
let metropole: MadeOrganisation;

before(async () => {
  opened = await openTestDatabase({ poolSize: 4 });
});
after(() => opened.close());

beforeEach(async () => {
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  startup = await makeOrganisation(opened.database, here);
  metropole = await makeOrganisation(opened.database, here, { parts: ['public-body'] });
});

function work<Answer>(act: (tx: TerritoryTransaction) => Promise<Answer>): Promise<Answer> {
  return withTerritory(opened.database, here.id, act);
}

const poolOn = (day = TODAY) =>
  work((tx) => gatherPool(tx, { roundId: null, startsOn: day, endsOn: day.add({ months: 3 }), today: day }));

async function planned() {
  const pool = await poolOn();
  const made = await makePlan(pool, { solve: solveLeximin });
  assert.ok(made.kind === 'made' && made.plan.verdict.accepted);
  return { pool, plan: made.plan };
}

async function desks(capacity: number, rate: OfferRate | null = PUBLIC_DESK): Promise<OfferId> {
  const desk = { organisationId: metropole.id, kindCode: 'desk', unit: 'desk-day', capacity } as const;
  const offerId = await makeOffer(opened.database, here, desk);
  if (rate !== null) assert.ok((await work((tx) => rateOffer(tx, team, { offerId, ...rate }, AT))).ok);
  return offerId;
}

const asks = (organisationId: OrganisationId, quantity: number) =>
  makeNeed(opened.database, here, { organisationId, kindCode: 'desk', unit: 'desk-day', quantity });

/** Leaves this many euros of the general ceiling of 300,000. */
async function leave(organisationId: OrganisationId, euros: bigint): Promise<void> {
  const declaredOn = Temporal.PlainDate.from('2026-01-02');
  assert.ok((await work((tx) => declareAid(tx, team, { organisationId, declaredOn, lines: [] }, TODAY, AT))).ok);
  const grant = {
    organisationId,
    grantedOn: Temporal.PlainDate.from('2026-06-01'),
    authority: 'Région',
    instrument: 'grant',
    basis: 'de-minimis-2023',
    cents: (300_000n - euros) * 100n,
    nace: '62.01',
    purpose: 'innovation',
    title: 'Amorçage',
    publicSharePerMillion: 1_000_000n,
    isJudged: false,
  } as const;
  assert.ok((await work((tx) => decideGrant(tx, team, grant, TODAY, AT))).ok);
}

test('DM-19: a startup whose room is nearly used gets what its room pays for, and the plan says what stopped it', async () => {
  await leave(startup.id, 1_000n);
  await desks(10);
  await asks(startup.id, 6);
  const { pool, plan } = await planned();
  // A desk-day counts for 250 euros: four fit in 1,000.
  assert.deepEqual(
    plan.agreements.map(({ units }) => units),
    [4],
  );
  const [unmet] = unmetNeeds(plan);
  assert.deepEqual([unmet?.unmet.missing, unmet?.unmet.why, unmet?.unmet.headroomLeft], [2, 'headroom', 0]);
  const bound = boundByHeadroom(pool, plan);
  assert.deepEqual(
    bound.map(({ organisation, roomCents, leftCents, needs }) => [organisation.id, roomCents, leftCents, needs]),
    [[startup.id, 100_000, 0, 1]],
  );
});

test('a private gift that nobody public steers counts for nothing; neither does an offer without a rate', async () => {
  await leave(startup.id, 1_000n);
  await desks(3, { ...PUBLIC_DESK, publicSharePerMillion: 0n });
  await desks(3, null);
  await asks(startup.id, 6);
  const { pool, plan } = await planned();
  assert.ok(pool.organisations.every((one) => one.headroomCents === undefined));
  assert.equal(
    plan.agreements.reduce((sum, { units }) => sum + units, 0),
    6,
  );
});

test('startups of one undertaking share one room; a plan never gives it twice', async () => {
  const sister = await makeOrganisation(opened.database, here);
  await leave(startup.id, 1_000n);
  await work(async (tx) => {
    const holderId = await ensureFirm(tx, startup.id, AT);
    const heldId = await ensureFirm(tx, sister.id, AT);
    assert.ok(holderId && heldId);
    const since = Temporal.PlainDate.from('2026-02-01');
    const share = { ground: 'votes', votesPerMyriad: 6_000, until: null, evidence: '' } as const;
    assert.ok((await recordLink(tx, team, { holderId, heldId, since, ...share }, AT)).ok);
  });
  await desks(20);
  await asks(startup.id, 4);
  await asks(sister.id, 4);
  const { pool, plan } = await planned();
  assert.equal(
    plan.agreements.reduce((sum, { units }) => sum + units, 0),
    4,
  );
  assert.equal(boundByHeadroom(pool, plan).length, 2);
  const tight = pool.organisations.map((one) => ('headroomCents' in one ? { ...one, headroomCents: 99_999 } : one));
  assert.deepEqual(
    staleness({ pool, plan }, { ...pool, organisations: tight }).map(({ what }) => what),
    ['headroom-used', 'headroom-used'],
  );
});

test('what is promised and not yet given is already taken from the room', async () => {
  await leave(startup.id, 1_000n);
  const sides = { giver: metropole, receiver: startup, kindCode: 'desk', unit: 'desk-day' } as const;
  const { offerId } = await makeMatch(opened.database, here, { ...sides, quantity: 3, capacity: 10 });
  assert.ok((await work((tx) => rateOffer(tx, team, { offerId, ...PUBLIC_DESK }, AT))).ok);
  await asks(startup.id, 6);
  const { pool, plan } = await planned();
  assert.equal(pool.organisations.find(({ id }) => id === startup.id)?.headroomCents, 25_000);
  assert.deepEqual(
    plan.agreements.map(({ units }) => units),
    [1],
  );
});

test('a rate counts from its day on, a later one follows it, and only the team of the territory writes one', async () => {
  await leave(startup.id, 1_000n);
  const offerId = await desks(10);
  await asks(startup.id, 6);
  const later = { ...PUBLIC_DESK, offerId, validFrom: TODAY, marketCents: 55_000n };
  assert.ok((await work((tx) => rateOffer(tx, team, later, AT))).ok);
  const valueOn = async (day: Temporal.PlainDate) => (await poolOn(day)).offers[0]?.valueCents;
  assert.equal(await valueOn(TODAY), 50_000);
  assert.equal(await valueOn(TODAY.subtract({ days: 1 })), 25_000);
  assert.equal(await valueOn(Temporal.PlainDate.from('2025-12-31')), undefined);
  assert.equal((await work((tx) => ratesOf(tx, offerId))).length, 2);

  const giver = await makePerson(opened.database, here, { memberOf: [[metropole.id, 'manager']] });
  const refused = await work((tx) => rateOffer(tx, giver, later, AT));
  assert.ok(!refused.ok && refused.reason === 'not-allowed');
  const absurd = await work((tx) => rateOffer(tx, team, { ...later, paidCents: 55_001n }, AT));
  assert.ok(!absurd.ok && absurd.reason === 'paid-above-market');
  const elsewhere = await makeTerritory(opened.ownerUrl);
  const other = await makePerson(opened.database, elsewhere, { roles: ['programme-team'] });
  const absent = await withTerritory(opened.database, elsewhere.id, (tx) => rateOffer(tx, other, later, AT));
  assert.ok(!absent.ok && absent.reason === 'not-found');
  assert.deepEqual(await withTerritory(opened.database, elsewhere.id, (tx) => ratesOf(tx, offerId)), []);
});
