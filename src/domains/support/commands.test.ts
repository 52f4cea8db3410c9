import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import {
  makeOrganisation,
  makePerson,
  makeTerritory,
  NOW,
  type MadeOrganisation,
} from '../../../test/factories/territory.ts';
import { EMPTY_FORM, type FieldValue } from '../../lib/form-state.ts';
import { newId } from '../../lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { historyOf } from '../territory/events.server.ts';
import { ANONYMOUS, type PersonPrincipal, type Principal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { seedKinds } from './kind-commands.server.ts';
import { kindLinks, listKinds } from './kind-queries.server.ts';
import { DEFAULT_KIND_LINKS, DEFAULT_KINDS } from './kind.ts';
import { editNeed, markNeedMet, reopenNeed, stateNeed, withdrawNeed } from './need-commands.server.ts';
import { countNeeds, listNeeds, needById, openNeeds } from './need-queries.server.ts';
import { VISIBILITIES, type NeedId } from './need.ts';
import { editOffer, moveOffer, stateOffer } from './offer-commands.server.ts';
import { countOffers, countOpenOffersByKind, offerById, openOffers } from './offer-queries.server.ts';
import type { OfferId } from './offer.ts';
import { mayRead } from './policy.ts';
import { needForm, offerForm } from './schema.ts';

const TODAY = Temporal.PlainDate.from('2026-11-23');
const at = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };

let test_: TestDatabase;
let here: Territory;
let elsewhere: Territory;
let startup: MadeOrganisation;
let partner: MadeOrganisation;
let founder: PersonPrincipal;
let giver: PersonPrincipal;
let team: PersonPrincipal;
let funder: PersonPrincipal;

before(async () => {
  test_ = await openTestDatabase();
  here = await makeTerritory(test_.ownerUrl);
  elsewhere = await makeTerritory(test_.ownerUrl);
  startup = await makeOrganisation(test_.database, here, {
    name: 'MyBus',
    nafSection: 'H',
    regionCode: '84',
    employees: 7,
  });
  partner = await makeOrganisation(test_.database, here, { name: 'Limagrain', parts: ['company-partner'] });
  founder = await makePerson(test_.database, here, { memberOf: [[startup.id, 'member']] });
  giver = await makePerson(test_.database, here, { memberOf: [[partner.id, 'manager']] });
  team = await makePerson(test_.database, here, { roles: ['programme-team'] });
  funder = await makePerson(test_.database, here, { roles: ['funder'] });
  await work(seedKinds);
  await work(seedKinds);
});
after(() => test_.close());

function work<Answer>(act: (tx: TerritoryTransaction) => Promise<Answer>, territory = here): Promise<Answer> {
  return withTerritory(test_.database, territory.id, act);
}

function needInput(given: Record<string, FieldValue> = {}) {
  return needForm(TODAY).parse({
    ...EMPTY_FORM.values,
    organisation: startup.id,
    kind: 'legal',
    title: 'Relire nos conditions générales',
    quantity: '4',
    ...given,
  });
}

function offerInput(given: Record<string, FieldValue> = {}) {
  return offerForm(TODAY).parse({
    organisation: partner.id,
    kind: 'legal',
    title: 'Deux juristes, une fois par mois',
    capacity: '6',
    ...given,
  });
}

async function stated(given: Record<string, FieldValue> = {}, who: Principal = team): Promise<NeedId> {
  const result = await work((tx) => stateNeed(tx, who, needInput(given), at));
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.id;
}

async function offered(given: Record<string, FieldValue> = {}): Promise<OfferId> {
  const result = await work((tx) => stateOffer(tx, giver, offerInput(given), at));
  assert.ok(result.ok, JSON.stringify(result));
  return result.value.id;
}

async function match(needId: NeedId, offerId: OfferId, quantity: number, state: 'proposed' | 'accepted' | 'declined') {
  const answers =
    state === 'accepted'
      ? { need_answer: 'accepted' as const, offer_answer: 'accepted' as const }
      : state === 'declined'
        ? { need_answer: 'declined' as const }
        : {};
  await work((tx) =>
    tx
      .insertInto('matches')
      .values({
        territory_id: tx.territoryId,
        id: newId<'match'>(NOW),
        need_id: needId,
        offer_id: offerId,
        introduced_by: team.personId,
        quantity,
        state,
        ...answers,
        created_at: NOW,
        updated_at: NOW,
      })
      .execute(),
  );
}

test('a territory has its kinds once, however often they are seeded', async () => {
  assert.deepEqual(await work(listKinds), [...DEFAULT_KINDS]);
  assert.equal((await work(kindLinks)).length, DEFAULT_KIND_LINKS.length);
});

test('a founder states a need: the unit is the kind’s, the facts are the organisation’s, the history tells who', async () => {
  const id = await stated(
    { kind: 'test-ground', quantity: '12', neededBy: '15/12/2026', urgency: '3', employees: '9' },
    founder,
  );
  const need = await work((tx) => needById(tx, founder, id));
  assert.equal(need?.unit, 'test-ground-day');
  assert.equal(need?.remaining, 12);
  assert.equal(need?.neededBy?.toString(), '2026-12-15');
  assert.deepEqual(need?.facts, { nafSections: ['H'], regionCode: '84', employees: 9, isSoleTrader: null });
  const [line] = await work((tx) => historyOf(tx, id));
  assert.deepEqual([line?.kind, line?.personName], ['need-stated', founder.name]);
});

test('what may not be said is refused with its reason, and nothing is written', async () => {
  const before = await work((tx) => countNeeds(tx, team, {}));
  const reason = async (who: Principal, given: Record<string, FieldValue>) => {
    const result = await work((tx) => stateNeed(tx, who, needInput(given), at));
    return result.ok ? 'done' : result.reason;
  };
  assert.equal(await reason(giver, {}), 'not-allowed');
  assert.equal(await reason(funder, {}), 'not-allowed');
  assert.equal(await reason(ANONYMOUS, {}), 'not-allowed');
  assert.equal(await reason(founder, { kind: 'astrology' }), 'unknown-kind');
  assert.equal(await reason(founder, { themes: 'no-such-theme' }), 'unknown-theme');
  assert.equal(await reason(team, { organisation: newId<'organisation'>(NOW) }), 'unknown-organisation');
  assert.equal(await work((tx) => countNeeds(tx, team, {})), before);
});

test('the second of two people who edit the same page is told, and the first text stays', async () => {
  const id = await stated();
  const first = await work((tx) =>
    editNeed(tx, founder, id, needInput({ title: 'Première version', version: '1' }), at),
  );
  const second = await work((tx) => editNeed(tx, team, id, needInput({ title: 'Deuxième version', version: '1' }), at));
  assert.deepEqual([first.ok, second.ok || second.reason], [true, 'stale']);
  assert.equal((await work((tx) => needById(tx, team, id)))?.title, 'Première version');
});

test('a need is withdrawn and reopened; a proposal that waits holds it; promises hold its quantity', async () => {
  const id = await stated();
  const offer = await offered();
  await match(id, offer, 3, 'proposed');
  const held = await work((tx) => withdrawNeed(tx, founder, id, 1, at));
  assert.deepEqual(held, { ok: false, reason: 'has-proposals', facts: { count: 1 } });
  const small = await work((tx) => editNeed(tx, founder, id, needInput({ quantity: '2', version: '1' }), at));
  assert.deepEqual(small, { ok: false, reason: 'below-promised', facts: { promised: 3 } });
  const kind = await work((tx) => editNeed(tx, founder, id, needInput({ kind: 'expertise', version: '1' }), at));
  assert.equal(kind.ok || kind.reason, 'kind-promised');
  await work((tx) =>
    tx
      .updateTable('matches')
      .set({ state: 'declined', need_answer: 'declined' })
      .where('territory_id', '=', tx.territoryId)
      .where('need_id', '=', id)
      .execute(),
  );
  assert.deepEqual(await work((tx) => withdrawNeed(tx, founder, id, 1, at)), { ok: true, value: 'withdrawn' });
  assert.equal(
    (await work((tx) => openNeeds(tx))).some((need) => need.id === id),
    false,
  );
  assert.equal(await work((tx) => needById(tx, giver, id)), undefined);
  assert.equal((await work((tx) => editNeed(tx, founder, id, needInput({ version: '2' }), at))).ok, false);
  assert.deepEqual(await work((tx) => reopenNeed(tx, founder, id, 2, at)), { ok: true, value: 'open' });
});

test('remaining units are what is asked less what is proposed or accepted, on both sides', async () => {
  const id = await stated({ quantity: '10' });
  const offer = await offered({ capacity: '8' });
  await match(id, offer, 3, 'proposed');
  await match(id, offer, 2, 'accepted');
  await match(id, offer, 4, 'declined');
  assert.equal((await work((tx) => openNeeds(tx))).find((need) => need.id === id)?.remaining, 5);
  assert.equal((await work((tx) => openOffers(tx, TODAY))).find((each) => each.id === offer)?.remaining, 3);
  await match(id, offer, 3, 'accepted');
  assert.equal(
    (await work((tx) => openOffers(tx, TODAY))).some((each) => each.id === offer),
    false,
  );
});

test('a need is met when what was delivered reaches its quantity, not before, and once', async () => {
  const id = await stated({ quantity: '2' });
  const meet = async (delivered: number) => {
    const result = await work((tx) => markNeedMet(tx, { needId: id, delivered }, at));
    return result.ok ? result.value : result.reason;
  };
  assert.deepEqual([await meet(1), await meet(2), await meet(2)], ['not-delivered', 'met', 'not-open']);
  assert.equal((await work((tx) => historyOf(tx, id))).filter((line) => line.kind === 'need-met').length, 1);
});

test('an offer opens only in its period, and moves between its states', async () => {
  const id = await offered({ availableFrom: '24/11/2026', availableTo: '30/11/2026' });
  const open = async (day: string) =>
    (await work((tx) => openOffers(tx, Temporal.PlainDate.from(day)))).some((offer) => offer.id === id);
  assert.deepEqual(
    [await open('2026-11-23'), await open('2026-11-24'), await open('2026-11-30'), await open('2026-12-01')],
    [false, true, true, false],
  );
  const move = async (name: 'pause' | 'resume' | 'withdraw' | 'reopen', version: number) => {
    const result = await work((tx) => moveOffer(tx, giver, id, { move: name, version }, at));
    return result.ok ? result.value : result.reason;
  };
  assert.deepEqual(
    [
      await move('resume', 1),
      await move('pause', 1),
      await move('pause', 1),
      await move('resume', 2),
      await move('withdraw', 3),
      await move('reopen', 4),
    ],
    ['not-paused', 'paused', 'stale', 'open', 'withdrawn', 'open'],
  );
  assert.equal((await work((tx) => moveOffer(tx, founder, id, { move: 'pause', version: 5 }, at))).ok, false);
});

test('an offer keeps the conditions that its form does not show', async () => {
  const id = await offered({
    regions: ['84'],
    maxEmployees: '49',
    excludesSoleTraders: 'yes',
    toVerify: 'Être un artisan\n\nAvoir trois ans',
  });
  await work((tx) =>
    tx
      .updateTable('offers')
      .set({ conditions: JSON.stringify({ departments: ['40'] }) })
      .where('territory_id', '=', tx.territoryId)
      .where('id', '=', id)
      .execute(),
  );
  const edited = await work((tx) =>
    editOffer(tx, giver, id, offerInput({ regions: ['84'], toVerify: 'Être un artisan', version: '1' }), at),
  );
  assert.ok(edited.ok);
  const offer = await work((tx) => offerById(tx, giver, id));
  assert.deepEqual(
    [offer?.conditions.departments, offer?.conditions.regions, offer?.conditions.toVerify],
    [['40'], ['84'], ['Être un artisan']],
  );
});

test('the form of a need learns how many offers of each kind are open', async () => {
  const count = async (who: Principal) => (await work((tx) => countOpenOffersByKind(tx, who, TODAY))).get('desk') ?? 0;
  const [before, seen] = [await count(team), await count(founder)];
  await offered({ kind: 'desk', visibility: 'team' });
  await offered({ kind: 'desk' });
  await offered({ kind: 'desk', availableFrom: '01/12/2026' });
  assert.deepEqual([await count(team), await count(founder)], [before + 2, seen + 1]);
  const listed = (availability: boolean) =>
    work((tx) =>
      countOffers(tx, founder, { kind: 'desk', state: 'open', availability: { on: TODAY, is: availability } }),
    );
  assert.equal(await listed(true), await count(founder));
  assert.ok((await listed(false)) >= 1);
});

test('lists show exactly what the rule of reading allows, for everyone, in every state', async () => {
  const ids: NeedId[] = [];
  for (const visibility of VISIBILITIES) {
    for (const state of ['open', 'met', 'withdrawn'] as const) {
      const id = await stated({ visibility, title: `Accord ${visibility} ${state}` });
      await work((tx) =>
        tx
          .updateTable('needs')
          .set({ state })
          .where('territory_id', '=', tx.territoryId)
          .where('id', '=', id)
          .execute(),
      );
      ids.push(id);
    }
  }
  const all = (await work((tx) => listNeeds(tx, team, { words: 'Accord' }, undefined, 100))).needs;
  assert.equal(all.length, ids.length);
  for (const who of [ANONYMOUS, founder, giver, team, funder, { kind: 'system', job: 'test' } as const]) {
    const listed = (await work((tx) => listNeeds(tx, who, { words: 'Accord' }, undefined, 100))).needs.map(
      (need) => need.id,
    );
    assert.deepEqual(
      listed,
      all.filter((need) => mayRead(who, need)).map((need) => need.id),
    );
    for (const need of all)
      assert.equal((await work((tx) => needById(tx, who, need.id))) !== undefined, mayRead(who, need));
  }
});

test('pages of a list join without a gap or a repeat, forwards and backwards', async () => {
  const whole = (await work((tx) => listNeeds(tx, team, {}, undefined, 1000))).needs.map((need) => need.id);
  const read: NeedId[] = [];
  let cursor: Parameters<typeof listNeeds>[3];
  for (;;) {
    const page = await work((tx) => listNeeds(tx, team, {}, cursor, 4));
    assert.equal(page.total, whole.length);
    read.push(...page.needs.map((need) => need.id));
    const last = page.needs.at(-1);
    if (!page.hasAfter || last === undefined) break;
    cursor = { createdAt: last.createdAt, id: last.id, direction: 'after' };
  }
  assert.deepEqual(read, whole);
  const seventh = (await work((tx) => listNeeds(tx, team, {}, undefined, 1000))).needs[6];
  assert.ok(seventh);
  const back = await work((tx) =>
    listNeeds(tx, team, {}, { createdAt: seventh.createdAt, id: seventh.id, direction: 'before' }, 4),
  );
  assert.deepEqual(
    back.needs.map((need) => need.id),
    whole.slice(2, 6),
  );
});

test('filters find by kind, part, organisation, words with accents and stems', async () => {
  const id = await stated({ title: 'Des juristes pour nos brevets', kind: 'legal' });
  const found = async (filter: Parameters<typeof countNeeds>[2]) =>
    (await work((tx) => listNeeds(tx, team, filter, undefined, 1000))).needs.some((need) => need.id === id);
  assert.equal(await found({ words: 'brevet juriste' }), true);
  assert.equal(await found({ words: 'mybu' }), true);
  assert.equal(await found({ words: '100 %_' }), false);
  assert.equal(await found({ kind: 'legal', part: 'startup', organisation: startup.slug }), true);
  assert.equal(await found({ part: 'media' }), false);
});

test('another territory sees nothing of it, and cannot change it', async () => {
  const id = await stated();
  const foreign = await makePerson(test_.database, elsewhere, { roles: ['programme-team'] });
  assert.equal(await work((tx) => needById(tx, foreign, id), elsewhere), undefined);
  const withdrawn = await work((tx) => withdrawNeed(tx, foreign, id, 1, at), elsewhere);
  assert.deepEqual(withdrawn, { ok: false, reason: 'not-found' });
  assert.equal((await work((tx) => needById(tx, team, id)))?.state, 'open');
});
