/** Handing a match over, on a real database: to colleagues alone, seen by one's own side alone, the latest counts. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeMatch } from '../../../test/factories/matches.ts';
import { makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Principal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { delegateMatch, delegationsOf, handingOf } from './delegation.server.ts';
import { withdrawMatch } from './match-commands.server.ts';

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);
const AT = { now: NOW, fillRandom };

let opened: TestDatabase;
let here: Territory;

before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
});
after(() => opened.close());

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);

test('a side hands over to its own people, one after the other; the other side neither sees nor does it', async () => {
  const match = await makeMatch(opened.database, here, { state: 'proposed' });
  const { giver, giverPerson, receiverPerson } = match;
  const made = { memberOf: [[giver.id, 'member']] } as const;
  const ada = await makePerson(opened.database, here, { name: 'Ada', ...made });
  const zoe = await makePerson(opened.database, here, { name: 'Zoé', ...made });
  const hand = (by: Principal, to: { personId: typeof ada.personId }, minutes = 0) =>
    inHere((tx) =>
      delegateMatch(
        tx,
        by,
        match.id,
        { person: to.personId, note: 'Vous connaissez ce sujet.' },
        {
          now: NOW.add({ minutes }),
          fillRandom,
        },
      ),
    );
  assert.deepEqual(await hand(giverPerson, ada), { ok: true, value: { side: 'offer' } });
  assert.ok((await hand(ada, zoe, 1)).ok, 'who carries it hands it on');
  const [current, ...others] = await inHere((tx) => delegationsOf(tx, [match.id]));
  assert.deepEqual([current?.name, current?.by, others.length], ['Zoé', 'Ada', 0]);
  const own = await inHere((tx) => handingOf(tx, giverPerson, sidesOf(match)));
  assert.deepEqual(
    own.colleagues.map(({ name }) => name),
    ['Ada', 'Zoé'],
  );
  const theirs = await inHere((tx) => handingOf(tx, receiverPerson, sidesOf(match)));
  assert.deepEqual(theirs, { colleagues: [], delegations: [] });

  assert.deepEqual(await hand(receiverPerson, ada), { ok: false, reason: 'not-a-colleague' });
  assert.deepEqual(await hand(giverPerson, giverPerson), { ok: false, reason: 'not-a-colleague' });
  const team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  assert.deepEqual(await hand(team, ada), { ok: false, reason: 'not-found' });
  assert.ok((await inHere((tx) => withdrawMatch(tx, team, match.id, 'Plus besoin', AT))).ok);
  assert.deepEqual(await hand(giverPerson, ada), { ok: false, reason: 'already-closed' });
  const elsewhere = await makeTerritory(opened.ownerUrl);
  assert.deepEqual(await withTerritory(opened.database, elsewhere.id, (tx) => delegationsOf(tx, [match.id])), []);
});

function sidesOf({ id, giver, receiver }: Awaited<ReturnType<typeof makeMatch>>) {
  return { id, offerOrganisationId: giver.id, needOrganisationId: receiver.id };
}
