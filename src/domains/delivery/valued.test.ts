/** What help is worth, on a real database: booked in its own unit, valued at the rates of its offers, read in four ways. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeMatch, type MadeMatch, type MatchGiven } from '../../../test/factories/matches.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { valueEntry } from '../alliance/valuation-commands.server.ts';
import { readingsOf, type Valuation } from '../alliance/valuation.ts';
import { givenBy, receivedBy } from '../ledger/account.ts';
import type { EntryId } from '../ledger/entry.ts';
import { balanceOf } from '../ledger/queries.server.ts';
import type { OfferRate } from '../support/offer-rate.ts';
import { rateOffer } from '../support/rate-commands.server.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { confirmSession, planSession } from './commands.server.ts';
import { valueByRates } from './value-commands.server.ts';
import { everyValued, findValued, listValued, sumsOf } from './valued-queries.server.ts';
import { valuationsOf } from '../alliance/valuation-queries.server.ts';

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);
const AT = { now: NOW, fillRandom };
const LATER = { now: NOW.add({ hours: 72 }), fillRandom };
const YEAR = { from: Temporal.PlainDate.from('2026-01-01'), until: Temporal.PlainDate.from('2027-01-01') };
const RATE: OfferRate = {
  method: 'donor-cost',
  validFrom: Temporal.PlainDate.from('2026-01-01'),
  costCents: 21_000n,
  marketCents: 35_000n,
  paidCents: 0n,
  publicSharePerMillion: 500_000n,
  evidence: 'Fiche de paie',
};

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;

before(async () => {
  opened = await openTestDatabase({ poolSize: 6 });
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
});
after(() => opened.close());

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);

/** A meeting of this amount, confirmed by both sides. */
async function deliver(amount: bigint, given: MatchGiven = {}): Promise<{ match: MadeMatch; entryId: EntryId }> {
  const match = await makeMatch(opened.database, here, given);
  const meeting = { startsAt: NOW.add({ hours: 48 }), durationMinutes: 210, place: 'Le Bivouac', link: '' };
  const planned = await inHere((tx) => planSession(tx, team, { ...meeting, matchId: match.id }, AT));
  assert.ok(planned.ok);
  const say = (principal: PersonPrincipal, side: 'giver' | 'receiver') =>
    inHere((tx) => confirmSession(tx, principal, { sessionId: planned.value.id, side, amount }, LATER));
  await say(match.giverPerson, 'giver');
  const agreed = await say(match.receiverPerson, 'receiver');
  assert.ok(agreed.ok && agreed.value.session.entryId !== null);
  return { match, entryId: agreed.value.session.entryId };
}

const rate = (match: MadeMatch, given: Partial<OfferRate> = {}) =>
  inHere((tx) => rateOffer(tx, team, { offerId: match.offerId, ...RATE, ...given }, AT));
const sums = () => inHere((tx) => sumsOf(tx, YEAR));

test('stays, tests of a ground and introductions are booked in their own unit once both sides confirmed them', async () => {
  const kinds = [
    { kindCode: 'desk', unit: 'desk-day', booked: 'desk-day' },
    { kindCode: 'test-ground', unit: 'test-ground-day', booked: 'test-ground-day' },
    { kindCode: 'market-access', unit: 'introduction', booked: 'introduction' },
    { kindCode: 'legal', unit: 'half-day', booked: 'minute' },
  ] as const;
  for (const { booked, ...kind } of kinds) {
    const { match } = await deliver(3n, { ...kind, quantity: 3 });
    const balance = (code: string) => inHere((tx) => balanceOf(tx, { code, unit: booked }));
    assert.deepEqual(
      [await balance(givenBy(match.giver.id).code), await balance(receivedBy(match.receiver.id).code)],
      [-3n, 3n],
      kind.unit,
    );
  }
});

test('one press values what waits at the rate of its offer on its day, once; what has no rate is left and told', async () => {
  const before = await sums();
  const rated = await deliver(105n);
  const early = await deliver(60n);
  const { entryId: unrated } = await deliver(60n);
  await rate(rated.match);
  // Valid from the day after: it says nothing of that session.
  await rate(early.match, { validFrom: Temporal.PlainDate.from('2026-11-26') });
  const valued = await inHere((tx) => valueByRates(tx, team, YEAR, AT));
  assert.ok(valued.ok && valued.value.valued === 1);
  const booking = await inHere((tx) => findValued(tx, rated.entryId));
  assert.deepEqual(
    [booking?.valuation?.valueCents, booking?.valuation?.marketCents, booking?.valuation?.valuedOn.toString()],
    [10_500n, 17_500n, '2026-11-25'],
  );
  assert.equal((await inHere((tx) => findValued(tx, unrated)))?.valuation, null);
  const again = await inHere((tx) => valueByRates(tx, team, YEAR, AT));
  assert.ok(again.ok && again.value.valued === 0 && again.value.left === valued.value.left);
  assert.equal((await inHere((tx) => valuationsOf(tx, rated.entryId))).length, 1);
  const after = await sums();
  assert.deepEqual(
    [after.valued - before.valued, after.unvalued - before.unvalued, after.accountsCents - before.accountsCents],
    [1, 2, 10_500n],
  );
  // DM-19: half public, of 175 euros on the market and nothing paid.
  assert.equal(after.aidCents - before.aidCents, 8_750n);
  assert.equal(after.sponsorshipCents, before.sponsorshipCents, 'IK-03: a startup received it');
});

test('a later valuation counts and erases none; the sums of the year are those of its rows, however they are paged', async () => {
  const body = await makeOrganisation(opened.database, here, { parts: ['support-structure'] });
  const { match, entryId } = await deliver(210n, { receiver: body });
  await rate(match);
  assert.ok((await inHere((tx) => valueByRates(tx, team, YEAR, AT))).ok);
  const found = await inHere((tx) => findValued(tx, entryId));
  assert.ok(found?.valuation && found.valuation.receiver === 'general-interest-body');
  assert.equal(readingsOf(found.valuation).sponsorshipCents, 21_000n, 'IK-01: at the donor’s cost');
  const better: Valuation = { ...found.valuation, valueCents: 19_000n, evidence: 'Paie corrigée' };
  assert.ok((await inHere((tx) => valueEntry(tx, team, { entryId, ...better }, LATER))).ok);
  const all = await inHere((tx) => valuationsOf(tx, entryId));
  assert.deepEqual(
    all.map(({ valueCents }) => valueCents),
    [19_000n, 21_000n],
  );
  const pages = await Array.fromAsync(everyValued(inHere, { period: YEAR }, 2));
  const rows = pages.flat();
  assert.equal(new Set(rows.map((row) => row.entryId)).size, rows.length);
  const whole = await sums();
  assert.equal(whole.valued + whole.unvalued, rows.length);
  assert.equal(
    whole.accountsCents,
    rows.reduce((sum, { valuation }) => sum + (valuation?.valueCents ?? 0n), 0n),
  );
  const waiting = await inHere((tx) => listValued(tx, { period: YEAR, only: 'unvalued' }, undefined, 50));
  assert.equal(waiting.bookings.length, whole.unvalued);
});

test('refused: who may not, a gift of a year whose ceiling is unknown, more paid than the price; elsewhere nothing is there', async () => {
  const { match, entryId } = await deliver(60n);
  const byGiver = await inHere((tx) => valueByRates(tx, match.giverPerson, YEAR, AT));
  assert.ok(!byGiver.ok && byGiver.reason === 'not-allowed');
  const valuation: Valuation = {
    method: 'donor-cost',
    valuedOn: Temporal.PlainDate.from('2019-05-01'),
    valueCents: 1n,
    marketCents: 1n,
    paidCents: 0n,
    publicSharePerMillion: 0n,
    receiver: 'general-interest-body',
    evidence: 'Devis',
  };
  const value = (given: Partial<Valuation>) =>
    inHere((tx) => valueEntry(tx, team, { entryId, ...valuation, ...given }, AT));
  assert.deepEqual(await value({}), { ok: false, reason: 'day-not-in-table' });
  assert.deepEqual(await value({ receiver: 'startup', paidCents: 2n }), { ok: false, reason: 'paid-above-market' });
  assert.ok((await value({ receiver: 'startup' })).ok);
  const elsewhere = await makeTerritory(opened.ownerUrl);
  const rows = await withTerritory(opened.database, elsewhere.id, (tx) =>
    listValued(tx, { period: YEAR }, undefined, 10),
  );
  assert.deepEqual(rows.bookings, []);
});
