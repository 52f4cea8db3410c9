/** People and rights on a real database: who may, who may not, what is kept in step, and what happens at the same moment. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import {
  makeOrganisation,
  makePerson,
  makeTerritory,
  NOW,
  type MadeOrganisation,
} from '../../../test/factories/territory.ts';
import type { PersonId } from '../../lib/ids.ts';
import type { Result } from '../../lib/result.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { historyOf } from './events.server.ts';
import {
  editProfile,
  endMembership,
  grantRole,
  invitePerson,
  revokeRole,
  setMembership,
} from './people-commands.server.ts';
import { invitationForm } from './people-schema.ts';
import { INVITATIONS_AN_HOUR } from './person.ts';
import { principalOf } from './principal.server.ts';
import { ANONYMOUS, type PersonPrincipal, type Principal } from './principal.ts';
import type { Territory } from './visit.ts';

const AT = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };
const invitation = (given: Record<string, unknown>) =>
  invitationForm.parse({ name: 'Nouvelle Personne', locale: 'fr', ...given });

let opened: TestDatabase;
let here: Territory;
let elsewhere: Territory;
let mybus: MadeOrganisation;
let michelin: MadeOrganisation;
let team: PersonPrincipal;
let administrator: PersonPrincipal;
let manager: PersonPrincipal;

before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
  elsewhere = await makeTerritory(opened.ownerUrl);
  mybus = await makeOrganisation(opened.database, here, { name: 'MyBus' });
  michelin = await makeOrganisation(opened.database, here, { name: 'Michelin' });
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  administrator = await makePerson(opened.database, here, { roles: ['administrator'] });
  manager = await makePerson(opened.database, here, { memberOf: [[mybus.id, 'manager']] });
});
after(() => opened?.close());

const within = <T>(territory: Territory, work: (tx: TerritoryTransaction) => Promise<T>) =>
  withTerritory(opened.database, territory.id, work);
const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => within(here, work);
const reasonOf = (answer: Result<unknown, string>) => (answer.ok ? 'done' : answer.reason);
const person = (given: Parameters<typeof makePerson>[2] = {}) => makePerson(opened.database, here, given);
const maySignIn = async (email: string) =>
  (await opened.database.kysely.selectFrom('territory_addresses').select('email').where('email', '=', email).execute())
    .length > 0;

describe('who asks', () => {
  test('roles and memberships come back whole, by an address in any case', async () => {
    const known = await person({
      email: 'claire@exemple.fr',
      roles: ['expert', 'funder'],
      memberOf: [
        [mybus.id, 'member'],
        [michelin.id, 'manager'],
      ],
    });
    const found = await inHere((tx) => principalOf(tx, 'Claire@Exemple.fr'));
    assert.deepEqual(found, known);
  });

  test('somebody of another territory is anonymous here', async () => {
    const stranger = await makePerson(opened.database, elsewhere, { roles: ['administrator'] });
    assert.deepEqual(await inHere((tx) => principalOf(tx, stranger.email)), ANONYMOUS);
    assert.deepEqual(await inHere((tx) => principalOf(tx, 'personne@nulle-part.fr')), ANONYMOUS);
  });
});

describe('an invitation', () => {
  test('of a manager brings somebody into their organisation, who may then sign in', async () => {
    const answer = await inHere((tx) =>
      invitePerson(
        tx,
        manager,
        invitation({ email: 'Nouveau@Exemple.fr', organisation: mybus.id, membershipRole: 'manager', locale: 'en' }),
        AT,
      ),
    );
    assert.ok(answer.ok);
    assert.deepEqual(
      [answer.value.email, answer.value.organisationName, answer.value.locale],
      ['nouveau@exemple.fr', 'MyBus', 'en'],
    );
    const found = await inHere((tx) => principalOf(tx, 'nouveau@exemple.fr'));
    assert.equal(found.kind === 'person' && found.memberships.get(mybus.id), 'manager');
    assert.ok(await maySignIn('nouveau@exemple.fr'));
    const history = await inHere((tx) => historyOf(tx, answer.value.personId));
    assert.deepEqual(
      history.map(({ kind, personName }) => [kind, personName]),
      [['person-invited', manager.name]],
    );
  });

  test('stays within the rights of whoever invites', async () => {
    const member = await person({ memberOf: [[mybus.id, 'member']] });
    const cases: [Principal, Record<string, unknown>, string][] = [
      [ANONYMOUS, { organisation: mybus.id }, 'not-allowed'],
      [member, { organisation: mybus.id }, 'not-allowed'],
      [manager, { organisation: michelin.id }, 'not-allowed'],
      [manager, { organisation: mybus.id, roles: 'expert' }, 'not-allowed'],
      [team, { roles: 'administrator' }, 'not-allowed'],
      [manager, {}, 'nothing-given'],
      [team, {}, 'nothing-given'],
    ];
    for (const [principal, given, reason] of cases) {
      const answer = await inHere((tx) =>
        invitePerson(tx, principal, invitation({ email: 'refuse@exemple.fr', ...given }), AT),
      );
      assert.equal(reasonOf(answer), reason);
    }
    assert.deepEqual(await inHere((tx) => principalOf(tx, 'refuse@exemple.fr')), ANONYMOUS);
    assert.equal(await maySignIn('refuse@exemple.fr'), false);
  });

  test('to an organisation of another territory finds no such organisation', async () => {
    const foreign = await makeOrganisation(opened.database, elsewhere);
    assert.equal(
      reasonOf(
        await inHere((tx) =>
          invitePerson(tx, team, invitation({ email: 'a@exemple.fr', organisation: foreign.id }), AT),
        ),
      ),
      'unknown-organisation',
    );
  });

  test('of somebody known keeps their name and language, raises a member, and lowers nobody', async () => {
    const known = await person({ name: 'Nom à elle', memberOf: [[mybus.id, 'member']] });
    const invite = (membershipRole: string) =>
      inHere((tx) =>
        invitePerson(
          tx,
          manager,
          invitation({ email: known.email, name: 'Autre nom', locale: 'en', organisation: mybus.id, membershipRole }),
          AT,
        ),
      );
    assert.deepEqual(await invite('member'), { ok: false, reason: 'already-there', facts: { name: 'Nom à elle' } });
    const raised = await invite('manager');
    assert.ok(raised.ok && raised.value.name === 'Nom à elle' && raised.value.locale === 'fr');
    assert.equal(reasonOf(await invite('member')), 'already-there');
    const now = await inHere((tx) => principalOf(tx, known.email));
    assert.equal(now.kind === 'person' && now.memberships.get(mybus.id), 'manager');
  });

  test('sent twice at the same moment makes one person', async () => {
    const invite = () =>
      inHere((tx) => invitePerson(tx, team, invitation({ email: 'double@exemple.fr', organisation: mybus.id }), AT));
    const answers = await Promise.all([invite(), invite()]);
    assert.deepEqual(answers.map(reasonOf).toSorted(), ['already-there', 'done']);
  });

  test('is one of so many an hour', async () => {
    const busy = await person({ roles: ['programme-team'] });
    const invite = (number: number, now = NOW) =>
      inHere((tx) =>
        invitePerson(tx, busy, invitation({ email: `n${number}@exemple.fr`, organisation: mybus.id }), { ...AT, now }),
      );
    for (let number = 0; number < INVITATIONS_AN_HOUR; number++) assert.equal(reasonOf(await invite(number)), 'done');
    assert.equal(reasonOf(await invite(100)), 'too-many-invitations');
    assert.equal(reasonOf(await invite(100, NOW.add({ hours: 1 }))), 'done');
  });
});

describe('roles', () => {
  test('are given and taken by administrators alone', async () => {
    const expert = await person({ memberOf: [[mybus.id, 'member']] });
    for (const principal of [team, manager, ANONYMOUS]) {
      assert.equal(
        reasonOf(await inHere((tx) => grantRole(tx, principal, expert.personId, 'expert', AT))),
        'not-allowed',
      );
      assert.equal(
        reasonOf(await inHere((tx) => revokeRole(tx, principal, expert.personId, 'expert', AT))),
        'not-allowed',
      );
    }
    await inHere((tx) => grantRole(tx, administrator, expert.personId, 'expert', AT));
    await inHere((tx) => grantRole(tx, administrator, expert.personId, 'expert', AT));
    const now = await inHere((tx) => principalOf(tx, expert.email));
    assert.deepEqual(now.kind === 'person' && [...now.roles], ['expert']);
    assert.equal((await inHere((tx) => historyOf(tx, expert.personId))).length, 1, 'the second time changes nothing');
    assert.equal(reasonOf(await inHere((tx) => revokeRole(tx, administrator, expert.personId, 'expert', AT))), 'done');
  });

  test('of a person elsewhere cannot be reached', async () => {
    const stranger = await makePerson(opened.database, elsewhere);
    assert.equal(
      reasonOf(await inHere((tx) => grantRole(tx, administrator, stranger.personId, 'expert', AT))),
      'unknown-person',
    );
    assert.equal(
      reasonOf(await inHere((tx) => revokeRole(tx, administrator, stranger.personId, 'expert', AT))),
      'unknown-person',
    );
  });

  test('the last administrator stays one', async () => {
    const alone = await makeTerritory(opened.ownerUrl);
    const last = await makePerson(opened.database, alone, { roles: ['administrator', 'programme-team'] });
    assert.equal(
      reasonOf(await within(alone, (tx) => revokeRole(tx, last, last.personId, 'administrator', AT))),
      'last-administrator',
    );
    assert.equal(
      reasonOf(await within(alone, (tx) => revokeRole(tx, last, last.personId, 'programme-team', AT))),
      'done',
    );
    assert.deepEqual([...(await administratorsOf(alone))], [last.personId]);
  });

  test('two demotions of the last two administrators at the same moment leave one', async () => {
    for (let round = 0; round < 10; round++) {
      const pair = await makeTerritory(opened.ownerUrl);
      const [one, two] = [
        await makePerson(opened.database, pair, { roles: ['administrator'] }),
        await makePerson(opened.database, pair, { roles: ['administrator'] }),
      ];
      const demote = (who: PersonPrincipal, whom: PersonPrincipal) =>
        within(pair, (tx) => revokeRole(tx, who, whom.personId, 'administrator', AT));
      const answers = await Promise.all([demote(one, two), demote(two, one)]);
      assert.deepEqual(answers.map(reasonOf).toSorted(), ['done', 'last-administrator']);
      assert.equal((await administratorsOf(pair)).length, 1);
    }
  });
});

describe('memberships', () => {
  test('a manager changes their own people, and nobody else’s', async () => {
    const colleague = await person({ memberOf: [[mybus.id, 'member']] });
    const stranger = await person({ memberOf: [[michelin.id, 'member']] });
    const set = (
      principal: Principal,
      who: PersonPrincipal,
      organisation: MadeOrganisation,
      role: 'manager' | 'member',
    ) =>
      inHere((tx) =>
        setMembership(tx, principal, { personId: who.personId, organisationId: organisation.id, role }, AT),
      );
    assert.equal(reasonOf(await set(manager, colleague, mybus, 'manager')), 'done');
    assert.equal(reasonOf(await set(manager, stranger, michelin, 'manager')), 'not-allowed');
    assert.equal(
      reasonOf(await set(manager, stranger, mybus, 'member')),
      'unknown-person',
      'whoever is elsewhere is asked by an invitation',
    );
    assert.equal(reasonOf(await set(team, stranger, mybus, 'member')), 'done');
    assert.equal(
      reasonOf(await set(colleague, manager, mybus, 'member')),
      'not-allowed',
      'rights are those of the principal given, a member still',
    );
    assert.equal(
      reasonOf(await inHere((tx) => endMembership(tx, manager, stranger.personId, michelin.id, AT))),
      'not-allowed',
    );
    assert.equal(reasonOf(await inHere((tx) => endMembership(tx, manager, stranger.personId, mybus.id, AT))), 'done');
  });

  test('an organisation keeps its last manager, unless the team decides', async () => {
    const organisation = await makeOrganisation(opened.database, here);
    const only = await person({ memberOf: [[organisation.id, 'manager']] });
    const lower = (principal: Principal) =>
      inHere((tx) =>
        setMembership(tx, principal, { personId: only.personId, organisationId: organisation.id, role: 'member' }, AT),
      );
    assert.equal(reasonOf(await lower(only)), 'last-manager');
    assert.equal(
      reasonOf(await inHere((tx) => endMembership(tx, only, only.personId, organisation.id, AT))),
      'last-manager',
    );
    assert.equal(reasonOf(await lower(team)), 'done');
  });

  test('two managers who remove each other at the same moment leave one', async () => {
    const organisation = await makeOrganisation(opened.database, here);
    const [one, two] = [
      await person({ memberOf: [[organisation.id, 'manager']] }),
      await person({ memberOf: [[organisation.id, 'manager']] }),
    ];
    const remove = (who: PersonPrincipal, whom: PersonPrincipal) =>
      inHere((tx) => endMembership(tx, who, whom.personId, organisation.id, AT));
    const answers = await Promise.all([remove(one, two), remove(two, one)]);
    assert.deepEqual(answers.map(reasonOf).toSorted(), ['done', 'last-manager']);
  });

  test('an address may sign in exactly as long as its person has a part here', async () => {
    const leaving = await person({ memberOf: [[mybus.id, 'member']] });
    await inHere((tx) => grantRole(tx, administrator, leaving.personId, 'expert', AT));
    await inHere((tx) => endMembership(tx, team, leaving.personId, mybus.id, AT));
    assert.ok(await maySignIn(leaving.email));
    await inHere((tx) => revokeRole(tx, administrator, leaving.personId, 'expert', AT));
    assert.equal(await maySignIn(leaving.email), false);
    await inHere((tx) =>
      setMembership(tx, team, { personId: leaving.personId, organisationId: mybus.id, role: 'member' }, AT),
    );
    assert.ok(await maySignIn(leaving.email));
  });

  test('a role given while a membership ends, at the same moment, keeps the address', async () => {
    for (let round = 0; round < 10; round++) {
      const both = await person({ memberOf: [[mybus.id, 'member']] });
      await Promise.all([
        inHere((tx) => endMembership(tx, team, both.personId, mybus.id, AT)),
        inHere((tx) => grantRole(tx, administrator, both.personId, 'expert', AT)),
      ]);
      assert.ok(await maySignIn(both.email));
    }
  });
});

test('one’s own name and language are one’s own to change', async () => {
  const own = await person();
  assert.equal(reasonOf(await inHere((tx) => editProfile(tx, own, { name: 'Nouveau nom', locale: 'en' }, AT))), 'done');
  const now = await inHere((tx) => principalOf(tx, own.email));
  assert.deepEqual(now.kind === 'person' && [now.name, now.locale], ['Nouveau nom', 'en']);
  assert.equal(
    reasonOf(await inHere((tx) => editProfile(tx, ANONYMOUS, { name: 'X', locale: 'fr' }, AT))),
    'not-allowed',
  );
});

async function administratorsOf(territory: Territory): Promise<PersonId[]> {
  const rows = await within(territory, (tx) =>
    tx.selectFrom('role_grants').select('person_id').where('role', '=', 'administrator').execute(),
  );
  return rows.map((row) => row.person_id);
}
