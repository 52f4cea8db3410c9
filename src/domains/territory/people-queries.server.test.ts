/** Who finds whom, on a real database; the list and the rule must say the same. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import {
  makeOrganisation,
  makePerson,
  makeTerritory,
  type MadeOrganisation,
} from '../../../test/factories/territory.ts';
import type { OrganisationId, PersonId } from '../../lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { listPeople, organisationsToManage, personById, visiblePeople } from './people-queries.server.ts';
import { maySeePerson } from './policy-people.ts';
import { ANONYMOUS, MEMBERSHIP_ROLES, ROLES, type PersonPrincipal, type Principal } from './principal.ts';
import type { Territory } from './visit.ts';

let opened: TestDatabase;
let here: Territory;
let elsewhere: Territory;
let mybus: MadeOrganisation;
let michelin: MadeOrganisation;
let team: PersonPrincipal;
let manager: PersonPrincipal;

before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
  elsewhere = await makeTerritory(opened.ownerUrl);
  mybus = await makeOrganisation(opened.database, here, { name: 'MyBus' });
  michelin = await makeOrganisation(opened.database, here, { name: 'Michelin' });
  team = await person({ roles: ['programme-team'] });
  manager = await person({ memberOf: [[mybus.id, 'manager']] });
});
after(() => opened?.close());

const within = <T>(territory: Territory, work: (tx: TerritoryTransaction) => Promise<T>) =>
  withTerritory(opened.database, territory.id, work);
const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => within(here, work);
const person = (given: Parameters<typeof makePerson>[2] = {}) => makePerson(opened.database, here, given);

test('the team finds by name, address, organisation and role; a manager only their own people', async () => {
  const hidden = await person({ name: 'Zoé Partenaire', memberOf: [[michelin.id, 'member']] });
  const search = (principal: Principal, filter: Parameters<typeof listPeople>[2]) =>
    inHere((tx) => listPeople(tx, principal, filter, undefined, 500));
  assert.ok((await search(team, { words: 'zoé par' })).people.some(({ id }) => id === hidden.personId));
  assert.ok((await search(team, { words: hidden.email })).total === 1);
  assert.ok((await search(team, { words: 'miche' })).people.some(({ id }) => id === hidden.personId));
  assert.equal((await search(team, { words: '100%_' })).total, 0);
  assert.ok(
    (await search(team, { role: 'administrator' })).people.every(({ roles }) => roles.includes('administrator')),
  );
  const seen = await search(manager, {});
  assert.ok(
    seen.total > 0 &&
      seen.people.every(({ memberships }) => memberships.some(({ organisationId }) => organisationId === mybus.id)),
  );
  assert.equal((await search(ANONYMOUS, {})).total, 0);
  assert.equal(await inHere((tx) => personById(tx, manager, hidden.personId)), undefined);
  assert.equal(await within(elsewhere, (tx) => personById(tx, team, hidden.personId)), undefined);
  assert.deepEqual(
    (await inHere((tx) => organisationsToManage(tx, manager))).map(({ name }) => name),
    ['MyBus'],
  );
});

test('the list’s condition and the rule agree for every principal and every person', async () => {
  const organisations = [mybus, michelin, await makeOrganisation(opened.database, here)];
  const memberships = fc.uniqueArray(
    fc.tuple(fc.constantFrom(...organisations.map(({ id }) => id)), fc.constantFrom(...MEMBERSHIP_ROLES)),
    { selector: ([id]) => id },
  );
  const roles = fc.uniqueArray(fc.constantFrom(...ROLES), { maxLength: 2 });
  const people: { id: PersonId; organisationIds: OrganisationId[] }[] = [];
  for (const memberOf of fc.sample(memberships, 12)) {
    const made = await person({ memberOf });
    people.push({ id: made.personId, organisationIds: memberOf.map(([id]) => id) });
  }
  const principal = fc.record({ who: fc.constantFrom(...people), roles, memberships });
  await fc.assert(
    fc.asyncProperty(principal, async ({ who, roles, memberships }) => {
      const asking: Principal = {
        kind: 'person',
        personId: who.id,
        name: 'X',
        email: 'x@exemple.fr',
        locale: 'fr',
        roles: new Set(roles),
        memberships: new Map(memberships),
      };
      const seen = await inHere((tx) =>
        tx
          .selectFrom('people')
          .select('id')
          .where(
            'id',
            'in',
            people.map(({ id }) => id),
          )
          .where(visiblePeople(asking))
          .execute(),
      );
      const allowed = people.filter((one) => maySeePerson(asking, one)).map(({ id }) => id);
      assert.deepEqual(seen.map(({ id }) => id).toSorted(), allowed.toSorted());
    }),
    { numRuns: 60 },
  );
});
