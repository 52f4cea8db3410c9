/** What a list shows is what the rule allows, whoever asks: the SQL twins of `policy.ts`. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeNeed, makeOffer } from '../../../test/factories/support.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Territory } from '../territory/visit.ts';
import { introducible } from './introducible.server.ts';
import { introduce } from './introduction.server.ts';
import { listMatches } from './match-queries.server.ts';
import { mayIntroduce, mayReadMatch } from './policy.ts';

const at = {
  now: NOW,
  today: Temporal.PlainDate.from('2026-11-23'),
  fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes),
};

let opened: TestDatabase;
let here: Territory;
before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
});
after(() => opened.close());

function work<Answer>(act: (tx: TerritoryTransaction) => Promise<Answer>): Promise<Answer> {
  return withTerritory(opened.database, here.id, act);
}

test('matches and offers are listed exactly as the rules allow', async () => {
  const { database } = opened;
  const team = await makePerson(database, here, { roles: ['programme-team'] });
  const organisations = (await Promise.all([1, 2, 3].map(() => makeOrganisation(database, here)))).map(({ id }) => id);
  const needs = await Promise.all(
    organisations.map((organisationId) => makeNeed(database, here, { organisationId, quantity: 9 })),
  );
  const offers = await Promise.all(
    organisations.map((organisationId) => makeOffer(database, here, { organisationId, capacity: 9 })),
  );
  for (const [turn, need] of needs.entries()) {
    const offer = offers[(turn + 1) % offers.length]!;
    assert.ok((await work((tx) => introduce(tx, team, { need, offer, quantity: 1, message: '' }, at))).ok);
  }
  const { matches } = await work((tx) => listMatches(tx, team, {}, undefined, 50));
  assert.equal(matches.length, 3);
  const roles = [[], ['funder'], ['committee-member', 'expert'], ['programme-team'], ['administrator']] as const;
  for (const places of [[], [0], [1], [0, 2], [0, 1, 2]]) {
    for (const [turn, given] of roles.entries()) {
      const memberOf = places.map(
        (place) => [organisations[place]!, (turn + place) % 2 === 0 ? 'member' : 'manager'] as const,
      );
      const who = await makePerson(database, here, { roles: given, memberOf });
      const listed = await work((tx) => listMatches(tx, who, {}, undefined, 50));
      const allowed = matches.filter((match) => mayReadMatch(who, match));
      assert.deepEqual(
        listed.matches.map(({ id }) => id),
        allowed.map(({ id }) => id),
      );
      const own = offers.filter((_, place) => mayIntroduce(who, organisations[place]!));
      const shown = await work((tx) => introducible(tx, who));
      assert.deepEqual(shown.offers.map(({ id }) => id).toSorted(), own.toSorted());
    }
  }
});
