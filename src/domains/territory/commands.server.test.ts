import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { withTerritory } from '../../platform/postgres/database.ts';
import { createOrganisation, editOrganisation } from './commands.server.ts';
import type { PersonPrincipal } from './principal.ts';
import { listOrganisations, organisationBySlug } from './queries.server.ts';
import { factsOfForm, organisationForm } from './schema.ts';
import type { Territory } from './visit.ts';

const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };
const form = (given: Record<string, unknown> = {}) =>
  factsOfForm(organisationForm.parse({ name: 'MyBus', parts: 'startup', ...given }));

let opened: TestDatabase;
let here: Territory;
let elsewhere: Territory;
let team: PersonPrincipal;

before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
  elsewhere = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
});
after(() => opened.close());

const inHere = <T>(work: Parameters<typeof withTerritory<T>>[2]) => withTerritory(opened.database, here.id, work);

test('the team creates an organisation; a second of the same name gets another address', async () => {
  const [first, second] = await inHere(async (tx) => [
    await createOrganisation(tx, team, form(), AT),
    await createOrganisation(tx, team, form(), AT),
  ]);
  assert.ok(first?.ok && second?.ok);
  assert.deepEqual([first.value.slug, second.value.slug], ['mybus', 'mybus-2']);
  const seen = await inHere((tx) => organisationBySlug(tx, 'mybus'));
  assert.deepEqual([seen?.name, seen?.parts], ['MyBus', ['startup']]);
});

test('another territory sees nothing of it', async () => {
  const seen = await withTerritory(opened.database, elsewhere.id, (tx) => organisationBySlug(tx, 'mybus'));
  assert.equal(seen, undefined);
});

test('whoever is not of the team is refused, and nothing is written', async () => {
  const stranger = await makePerson(opened.database, here);
  const answer = await inHere((tx) => createOrganisation(tx, stranger, form({ name: 'Intrus' }), AT));
  assert.deepEqual(answer, { ok: false, reason: 'not-allowed' });
  assert.equal(await inHere((tx) => organisationBySlug(tx, 'intrus')), undefined);
});

test('a SIREN held by another organisation is refused, with its name', async () => {
  const first = await inHere((tx) => createOrganisation(tx, team, form({ name: 'Première', siren: '732829320' }), AT));
  const answer = await inHere((tx) => createOrganisation(tx, team, form({ name: 'Seconde', siren: '732829320' }), AT));
  assert.deepEqual(answer, {
    ok: false,
    reason: 'siren-taken',
    facts: { name: 'Première', id: first.ok ? first.value.id : '' },
  });
});

test('a manager edits their own organisation: texts at once, name and parts wait for the team; a page that has aged is refused', async () => {
  const organisation = await makeOrganisation(opened.database, here, { parts: ['startup'] });
  const manager = await makePerson(opened.database, here, { memberOf: [[organisation.id, 'manager']] });
  const facts = form({ name: 'Nouveau nom', parts: 'public-body', summaryFr: 'Des bus' });
  const edit = () => inHere((tx) => editOrganisation(tx, manager, organisation.id, { facts, version: 1 }, AT));
  const edited = await edit();
  assert.ok(edited.ok);
  assert.deepEqual([edited.value.names, edited.value.proposed], [['summaryFr'], ['name', 'parts']]);
  const seen = await inHere((tx) => organisationBySlug(tx, organisation.slug));
  assert.deepEqual(
    [seen?.name, seen?.parts, seen?.summaryFr, seen?.version],
    [organisation.name, ['startup'], 'Des bus', 2],
  );
  assert.deepEqual(await edit(), { ok: false, reason: 'stale' });
});

test('paging by name shows every organisation once, forwards and backwards', async () => {
  const place = await makeTerritory(opened.ownerUrl);
  for (let number = 0; number < 7; number++)
    await makeOrganisation(opened.database, place, { name: `Nom ${number % 3}` });
  const names: string[] = [];
  const pageAfter = (cursor: Parameters<typeof listOrganisations>[2]) =>
    withTerritory(opened.database, place.id, (tx) => listOrganisations(tx, {}, cursor, 3));
  let page = await pageAfter(undefined);
  for (;;) {
    names.push(...page.organisations.map((organisation) => organisation.id));
    const last = page.organisations.at(-1);
    if (!page.hasAfter || last === undefined) break;
    page = await pageAfter({ name: last.name, id: last.id, direction: 'after' });
  }
  assert.equal(page.total, 7);
  assert.equal(new Set(names).size, 7);
  assert.equal(names.length, 7);
  const first = page.organisations[0]!;
  const back = await pageAfter({ name: first.name, id: first.id, direction: 'before' });
  assert.deepEqual(
    back.organisations.map((organisation) => organisation.id),
    names.slice(3, 6),
  );
});
