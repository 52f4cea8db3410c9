import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import type { MadeOrganisation } from '../../../test/factories/territory.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { endLife, putBackLife, removeLife, showContact, stateLife } from './life-commands.server.ts';
import { lifeHistory, lifeOf, peopleAround } from './life-queries.server.ts';
import { wordsOfOther, type LifeId, type LifeStatement } from './life.ts';
import { profileBySlug } from './organisation-profile.server.ts';
import type { PersonPrincipal, Principal } from './principal.ts';
import type { Territory } from './visit.ts';

const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };
const day = (text: string) => Temporal.PlainDate.from(text);

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
let manager: PersonPrincipal;
let organisation: MadeOrganisation;
let other: MadeOrganisation;
before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  organisation = await makeOrganisation(opened.database, here, { name: 'Première pousse' });
  other = await makeOrganisation(opened.database, here, { name: 'Le Pépiniériste' });
  manager = await makePerson(opened.database, here, { memberOf: [[organisation.id, 'manager']] });
});
after(() => opened.close());

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);
const state = (stated: LifeStatement, principal: Principal = team, at = organisation) =>
  inHere((tx) => stateLife(tx, principal, at.id, stated, AT));
const life = () => inHere((tx) => lifeOf(tx, organisation.id));
const reasonOf = (answer: { ok: boolean; reason?: string }) => (answer.ok ? 'done' : answer.reason);
const phase = (name: string, since: string): LifeStatement => ({ kind: 'phase', phase: name, since: day(since) });
const tie = (name: string): LifeStatement => ({ kind: 'tie', tie: 'incubated-by', other: name });

async function stated(one: LifeStatement, principal: Principal = team): Promise<LifeId> {
  const answer = await state(one, principal);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.value;
}

test('a phase is stated, ended, opened again, removed and put back as it was; the history names each', async () => {
  const id = await stated(phase('Incubation', '2018-03-01'), manager);
  const line = { organisationId: organisation.id, kind: 'phase', id } as const;
  const end = (until?: Temporal.PlainDate) => inHere((tx) => endLife(tx, manager, line, until, AT));
  assert.equal(reasonOf(await end(day('2017-01-01'))), 'end-before-start');
  assert.ok((await end(day('2019-03-01'))).ok);
  assert.deepEqual((await life()).phases, [{ id, since: '2018-03-01', until: '2019-03-01', phase: 'Incubation' }]);
  assert.ok((await end()).ok);
  assert.equal((await life()).phases[0]?.until, null);
  assert.ok((await end(day('2019-04-01'))).ok);
  assert.ok((await inHere((tx) => removeLife(tx, manager, line, AT))).ok);
  assert.deepEqual((await life()).phases, []);
  assert.equal(reasonOf(await inHere((tx) => removeLife(tx, manager, line, AT))), 'not-found');
  const history = await inHere((tx) => lifeHistory(tx, organisation.id));
  const removed = history.find(({ kind }) => kind === 'life-removed');
  assert.equal(removed?.payload['title'], 'Incubation');
  const event = { organisationId: organisation.id, event: removed.id as never };
  assert.ok((await inHere((tx) => putBackLife(tx, manager, event, AT))).ok);
  assert.deepEqual((await life()).phases, [{ id, since: '2018-03-01', until: '2019-04-01', phase: 'Incubation' }]);
  assert.equal(reasonOf(await inHere((tx) => putBackLife(tx, manager, event, AT))), 'there-already');
  const kinds = (await inHere((tx) => lifeHistory(tx, organisation.id))).map(({ kind }) => kind);
  assert.deepEqual(kinds.toSorted(), [
    'life-ended',
    'life-ended',
    'life-put-back',
    'life-removed',
    'life-reopened',
    'life-stated',
  ]);
});

test('a tie names its other side by name, SIREN or address, and is the team’s word alone', async () => {
  assert.equal(reasonOf(await state(tie('Le Pépiniériste'), manager)), 'not-allowed');
  assert.equal(reasonOf(await state(tie('Personne de connu'))), 'other-unknown');
  assert.equal(reasonOf(await state(tie(organisation.slug))), 'same-organisation');
  const id = await stated(tie('le pepinieriste'));
  assert.equal(
    reasonOf(await state(tie(`https://exemple.fr/ici/organisations/${other.slug}?lang=en`))),
    'there-already',
  );
  const [line] = (await life()).ties;
  assert.deepEqual([line?.id, line?.isFrom, line?.name], [id, true, 'Le Pépiniériste']);
  const there = await inHere((tx) => lifeOf(tx, other.id));
  assert.deepEqual([there.ties[0]?.isFrom, there.ties[0]?.name], [false, 'Première pousse']);
  await makeOrganisation(opened.database, here, { name: 'Le pépiniériste' });
  assert.equal(reasonOf(await state({ kind: 'tie', tie: 'other', other: 'Le Pépiniériste' })), 'other-ambiguous');
});

test('who works there is chosen among its people; everybody reads contacts alone, while they last', async () => {
  const stranger = await makePerson(opened.database, here, {});
  const works = (person: PersonPrincipal): LifeStatement => ({
    kind: 'affiliation',
    person: person.personId,
    title: 'Directrice',
    isPublicContact: false,
  });
  assert.equal(reasonOf(await state(works(stranger), manager)), 'not-found');
  assert.deepEqual(
    (await inHere((tx) => peopleAround(tx, organisation.id))).map(({ id }) => id),
    [manager.personId],
  );
  const id = await stated(works(manager), manager);
  const contacts = async () => (await inHere((tx) => profileBySlug(tx, organisation.slug)))?.contacts;
  assert.deepEqual(await contacts(), []);
  const line = { organisationId: organisation.id, id };
  assert.ok((await inHere((tx) => showContact(tx, manager, line, true, AT))).ok);
  assert.deepEqual(await contacts(), [{ name: manager.name, title: 'Directrice' }]);
  const one = { ...line, kind: 'affiliation' } as const;
  assert.ok((await inHere((tx) => endLife(tx, manager, one, day('2026-01-01'), AT))).ok);
  assert.deepEqual(await contacts(), []);
});

test('nobody else’s lines are touched: another organisation, a member, another territory', async () => {
  const id = await stated({ kind: 'place', label: 'Siège', address: '', postalCode: '', commune: 'Riom' });
  const line = { organisationId: other.id, kind: 'place', id } as const;
  assert.equal(reasonOf(await inHere((tx) => removeLife(tx, team, line, AT))), 'not-found');
  assert.equal(reasonOf(await inHere((tx) => removeLife(tx, manager, line, AT))), 'not-allowed');
  const member = await makePerson(opened.database, here, { memberOf: [[organisation.id, 'member']] });
  assert.equal(reasonOf(await state(phase('Croissance', '2020-01-01'), member)), 'not-allowed');
  const elsewhere = await makeTerritory(opened.ownerUrl);
  const own = { organisationId: organisation.id, kind: 'place', id } as const;
  const system = { kind: 'system', job: 'test' } as const;
  const gone = await withTerritory(opened.database, elsewhere.id, (tx) => removeLife(tx, system, own, AT));
  assert.equal(reasonOf(gone), 'not-found');
  assert.equal((await life()).places.length, 1);
});

test('an organisation is named by its page, its SIREN or its name', () => {
  assert.equal(wordsOfOther(' 732 829 320 '), '732829320');
  assert.equal(wordsOfOther('https://exemple.fr/ici/organisations/laou/'), 'laou');
  assert.equal(wordsOfOther('Laou SAS'), 'Laou SAS');
});
