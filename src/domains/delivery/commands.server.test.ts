import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeMatch, type MadeMatch } from '../../../test/factories/matches.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { listEntries } from '../ledger/book-queries.server.ts';
import { givenBy, receivedBy } from '../ledger/account.ts';
import { balanceOf } from '../ledger/queries.server.ts';
import { historyOf } from '../territory/events.server.ts';
import type { PersonPrincipal, Principal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { cancelSession, confirmSession, correctSession, planSession, rescheduleSession } from './commands.server.ts';
import { maySeeSession } from './policy.ts';
import { countSessions, findSession, listSessions } from './session-queries.server.ts';
import type { SessionId, Side } from './session.ts';

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);
const AT = { now: NOW, fillRandom };
const MEETING = { startsAt: NOW.add({ hours: 48 }), durationMinutes: 210, place: 'Le Bivouac', link: '' };
const LATER = { now: NOW.add({ hours: 72 }), fillRandom };

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;

before(async () => {
  opened = await openTestDatabase({ poolSize: 10 });
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
});
after(() => opened.close());

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);

async function plan(match: MadeMatch, principal: Principal = team, meeting = MEETING): Promise<SessionId> {
  const planned = await inHere((tx) => planSession(tx, principal, { ...meeting, matchId: match.id }, AT));
  assert.ok(planned.ok, 'planned');
  return planned.value.id;
}
const confirm = (sessionId: SessionId, principal: Principal, side: Side, amount: bigint, at = LATER) =>
  inHere((tx) => confirmSession(tx, principal, { sessionId, side, amount }, at));
const read = async (sessionId: SessionId) =>
  (await inHere((tx) => findSession(tx, sessionId))) ?? assert.fail('the session exists');
const given = (match: MadeMatch) =>
  inHere((tx) => balanceOf(tx, { code: givenBy(match.giver.id).code, unit: 'minute' }));
const entriesOf = (match: MadeMatch) =>
  inHere((tx) => listEntries(tx, { organisationId: match.giver.id }, undefined, 50));

test('either side and the team plan a session of an accepted match; nobody else sees that it exists', async () => {
  const match = await makeMatch(opened.database, here);
  const stranger = await makePerson(opened.database, here, { roles: ['funder'] });
  for (const principal of [match.giverPerson, match.receiverPerson, team]) await plan(match, principal);
  const refused = await inHere((tx) => planSession(tx, stranger, { ...MEETING, matchId: match.id }, AT));
  assert.deepEqual(refused, { ok: false, reason: 'not-found' });
});

test('a match that is not accepted by both has no session; a date out of reach is refused', async () => {
  const proposed = await makeMatch(opened.database, here, { state: 'proposed' });
  assert.deepEqual(await inHere((tx) => planSession(tx, team, { ...MEETING, matchId: proposed.id }, AT)), {
    ok: false,
    reason: 'not-accepted',
  });
  const match = await makeMatch(opened.database, here);
  const far = { ...MEETING, matchId: match.id, startsAt: NOW.add({ hours: 24 * 800 }) };
  assert.deepEqual(await inHere((tx) => planSession(tx, team, far, AT)), { ok: false, reason: 'too-far-ahead' });
});

test('equal statements are booked in the same act: from the giver to the receiver, on the day of the session', async () => {
  const match = await makeMatch(opened.database, here);
  const id = await plan(match);
  const first = await confirm(id, match.giverPerson, 'giver', 200n);
  assert.ok(first.ok && first.value.outcome === 'waits');
  assert.equal(await given(match), 0n);
  const second = await confirm(id, match.receiverPerson, 'receiver', 200n);
  assert.ok(second.ok && second.value.outcome === 'agreed' && second.value.session.state === 'confirmed');
  const { entries } = await entriesOf(match);
  assert.equal(entries.length, 1);
  assert.deepEqual(
    [entries[0]?.id, entries[0]?.occurredOn.toString(), entries[0]?.cause],
    [second.value.session.entryId, '2026-11-25', { kind: 'session', id }],
  );
  assert.equal(await inHere((tx) => balanceOf(tx, { code: receivedBy(match.receiver.id).code, unit: 'minute' })), 200n);
});

test('different statements are both kept and nothing is booked, until one side changes its own', async () => {
  const match = await makeMatch(opened.database, here);
  const id = await plan(match);
  await confirm(id, match.giverPerson, 'giver', 210n);
  const differs = await confirm(id, match.receiverPerson, 'receiver', 180n);
  assert.ok(differs.ok && differs.value.outcome === 'differs');
  const session = await read(id);
  assert.deepEqual([session.state, session.giver?.amount, session.receiver?.amount], ['planned', 210n, 180n]);
  assert.equal(await given(match), 0n);
  const agreed = await confirm(id, match.giverPerson, 'giver', 180n);
  assert.ok(agreed.ok && agreed.value.outcome === 'agreed');
  assert.equal(await given(match), -180n);
});

test('zero on both sides confirms a session that gave nothing, without an entry', async () => {
  const match = await makeMatch(opened.database, here);
  const id = await plan(match);
  await confirm(id, match.giverPerson, 'giver', 0n);
  await confirm(id, match.receiverPerson, 'receiver', 0n);
  const session = await read(id);
  assert.deepEqual([session.state, session.entryId], ['confirmed', null]);
  assert.equal((await entriesOf(match)).entries.length, 0);
  assert.equal(
    (await inHere((tx) => correctSession(tx, team, { sessionId: id, reason: 'Elle a bien eu lieu' }, LATER))).ok,
    true,
  );
});

test('other units are booked as they are', async () => {
  const match = await makeMatch(opened.database, here, { kindCode: 'market-access', unit: 'introduction' });
  const id = await plan(match);
  await confirm(id, match.giverPerson, 'giver', 2n);
  await confirm(id, match.receiverPerson, 'receiver', 2n);
  assert.equal(await inHere((tx) => balanceOf(tx, { code: givenBy(match.giver.id).code, unit: 'introduction' })), -2n);
});

test('IK-05: the same person, or the team, cannot speak for a side; the database refuses it too', async () => {
  const match = await makeMatch(opened.database, here);
  const both = await makePerson(opened.database, here, {
    memberOf: [
      [match.giver.id, 'member'],
      [match.receiver.id, 'member'],
    ],
  });
  const id = await plan(match);
  assert.deepEqual(await confirm(id, team, 'giver', 210n), { ok: false, reason: 'not-allowed' });
  assert.deepEqual(await confirm(id, match.giverPerson, 'receiver', 210n), { ok: false, reason: 'not-allowed' });
  assert.equal((await confirm(id, both, 'giver', 210n)).ok, true);
  assert.deepEqual(await confirm(id, both, 'receiver', 210n), { ok: false, reason: 'same-person' });
  const client = new pg.Client({ connectionString: opened.ownerUrl });
  await client.connect();
  try {
    await client.query(`set app.territory = '${here.id}'`);
    const forged = client.query(
      'update sessions set receiver_amount = 210, receiver_confirmed_by = $1, receiver_confirmed_at = now() where id = $2',
      [both.personId, id],
    );
    await assert.rejects(forged, /sessions_two_people/);
  } finally {
    await client.end();
  }
});

test('both sides confirm at the same moment, twice each: one entry', async () => {
  for (let turn = 0; turn < 4; turn++) {
    const match = await makeMatch(opened.database, here);
    const id = await plan(match);
    const answers = await Promise.all([
      confirm(id, match.giverPerson, 'giver', 210n),
      confirm(id, match.receiverPerson, 'receiver', 210n),
      confirm(id, match.giverPerson, 'giver', 210n),
      confirm(id, match.receiverPerson, 'receiver', 210n),
    ]);
    assert.ok(answers.every((answer) => answer.ok));
    assert.equal((await entriesOf(match)).entries.length, 1);
    assert.deepEqual([(await read(id)).state, await given(match)], ['confirmed', -210n]);
  }
});

test('one side confirms while the other cancels: one of both happens, never half of each', async () => {
  const match = await makeMatch(opened.database, here);
  const id = await plan(match);
  const [confirmed, cancelled] = await Promise.all([
    confirm(id, match.giverPerson, 'giver', 210n),
    inHere((tx) => cancelSession(tx, match.receiverPerson, { sessionId: id, reason: 'Malade' }, LATER)),
  ]);
  assert.notEqual(confirmed.ok, cancelled.ok);
});

test('a correction reverses the entry, keeps both in the books, and lets both sides state again', async () => {
  const match = await makeMatch(opened.database, here);
  const id = await plan(match);
  await confirm(id, match.giverPerson, 'giver', 210n);
  await confirm(id, match.receiverPerson, 'receiver', 210n);
  const sessionId = id;
  assert.deepEqual(await inHere((tx) => correctSession(tx, match.giverPerson, { sessionId, reason: 'Non' }, LATER)), {
    ok: false,
    reason: 'not-allowed',
  });
  const corrected = await inHere((tx) =>
    correctSession(tx, team, { sessionId, reason: 'La séance a duré deux heures' }, LATER),
  );
  assert.ok(corrected.ok && corrected.value.state === 'planned' && corrected.value.giver === null);
  assert.equal(await given(match), 0n);
  assert.deepEqual(await inHere((tx) => correctSession(tx, team, { sessionId, reason: 'Encore' }, LATER)), {
    ok: false,
    reason: 'not-confirmed',
  });
  await confirm(id, match.giverPerson, 'giver', 120n);
  await confirm(id, match.receiverPerson, 'receiver', 120n);
  assert.equal(await given(match), -120n);
  const { entries } = await entriesOf(match);
  assert.deepEqual(entries.map(({ memo, reversesId }) => [memo, reversesId !== null]).toSorted(), [
    ['', false],
    ['', false],
    ['La séance a duré deux heures', true],
  ]);
});

test('a meeting moves with its calendar number; a page that has aged, or a statement made, stops it', async () => {
  const match = await makeMatch(opened.database, here);
  const id = await plan(match);
  const move = (version: number, at = AT) =>
    inHere((tx) =>
      rescheduleSession(tx, match.giverPerson, { ...MEETING, place: 'Hôtel de Ville', sessionId: id, version }, at),
    );
  const moved = await move(1);
  assert.ok(moved.ok);
  assert.deepEqual([moved.value.place, moved.value.calendarSequence, moved.value.version], ['Hôtel de Ville', 1, 2]);
  assert.deepEqual(await move(1), { ok: false, reason: 'stale' });
  await confirm(id, match.receiverPerson, 'receiver', 0n);
  assert.deepEqual(await move(3, LATER), { ok: false, reason: 'already-stated' });
});

test('a cancelled session keeps its reason in its history, and is over', async () => {
  const match = await makeMatch(opened.database, here);
  const id = await plan(match);
  const cancel = () =>
    inHere((tx) => cancelSession(tx, match.giverPerson, { sessionId: id, reason: 'Train supprimé' }, LATER));
  assert.equal((await cancel()).ok, true);
  assert.deepEqual(await cancel(), { ok: false, reason: 'already-cancelled' });
  assert.deepEqual(await confirm(id, match.giverPerson, 'giver', 210n), { ok: false, reason: 'already-cancelled' });
  const history = await inHere((tx) => historyOf(tx, id));
  assert.deepEqual(
    history.map(({ kind, payload }) => [kind, payload['reason'] ?? null]),
    [
      ['session-cancelled', 'Train supprimé'],
      ['session-planned', null],
    ],
  );
});

test('a need is met once its sessions gave it whole, even when two are confirmed at the same moment', async () => {
  const match = await makeMatch(opened.database, here, { quantity: 2 });
  const ids = [await plan(match), await plan(match)];
  for (const id of ids) await confirm(id, match.giverPerson, 'giver', 210n);
  const state = () =>
    inHere((tx) =>
      tx
        .selectFrom('needs')
        .select('state')
        .where('territory_id', '=', here.id)
        .where('id', '=', match.needId)
        .executeTakeFirstOrThrow(),
    );
  assert.equal((await state()).state, 'open');
  await Promise.all(ids.map((id) => confirm(id, match.receiverPerson, 'receiver', 210n)));
  assert.equal((await state()).state, 'met');
});

test('the list shows to each exactly the sessions that the policy lets them see', async () => {
  const territory = await makeTerritory(opened.ownerUrl);
  const organisations = await Promise.all([0, 1, 2].map(() => makeOrganisation(opened.database, territory)));
  const [a, b, c] = [
    organisations[0] ?? assert.fail(),
    organisations[1] ?? assert.fail(),
    organisations[2] ?? assert.fail(),
  ];
  const principals = [
    await makePerson(opened.database, territory, { roles: ['administrator'] }),
    ...(await Promise.all(
      organisations.map(({ id }) => makePerson(opened.database, territory, { memberOf: [[id, 'member']] })),
    )),
    await makePerson(opened.database, territory, { roles: ['funder', 'committee-member'] }),
    { kind: 'anonymous' } as const,
  ];
  const sides = [
    [a, b],
    [b, c],
    [c, a],
    [a, c],
  ] as const;
  await withTerritory(opened.database, territory.id, async (tx) =>
    assert.deepEqual(await countSessions(tx, principals[0] ?? assert.fail(), {}, NOW), {
      upcoming: 0,
      'to-confirm': 0,
      past: 0,
    }),
  );
  for (const [giver, receiver] of sides) {
    const match = await makeMatch(opened.database, territory, { giver, receiver });
    await withTerritory(opened.database, territory.id, (tx) =>
      planSession(tx, { kind: 'system', job: 'test' }, { ...MEETING, matchId: match.id }, AT),
    );
  }
  await withTerritory(opened.database, territory.id, async (tx) => {
    const all = await listSessions(tx, { kind: 'system', job: 'test' }, { phase: 'upcoming' }, NOW, undefined, 50);
    assert.equal(all.sessions.length, sides.length);
    for (const principal of principals) {
      const seen = await listSessions(tx, principal, { phase: 'upcoming' }, NOW, undefined, 50);
      assert.deepEqual(
        seen.sessions.map(({ id }) => id),
        all.sessions.filter((session) => maySeeSession(principal, session)).map(({ id }) => id),
      );
    }
  });
});

test('pages of the list go forward and back over every session once', async () => {
  const territory = await makeTerritory(opened.ownerUrl);
  const match = await makeMatch(opened.database, territory);
  const system = { kind: 'system', job: 'test' } as const;
  await withTerritory(opened.database, territory.id, async (tx) => {
    for (let hours = 1; hours <= 7; hours++)
      await planSession(
        tx,
        system,
        { ...MEETING, startsAt: NOW.add({ hours: 1 + (hours % 3) }), matchId: match.id },
        AT,
      );
  });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), async (size) => {
      await withTerritory(opened.database, territory.id, async (tx) => {
        const page = (cursor?: Parameters<typeof listSessions>[4]) =>
          listSessions(tx, system, { phase: 'upcoming' }, NOW, cursor, size);
        let list = await page();
        const seen = [...list.sessions];
        while (list.hasAfter) {
          const last = list.sessions.at(-1) ?? assert.fail();
          list = await page({ at: last.startsAt, id: last.id, direction: 'after' });
          seen.push(...list.sessions);
        }
        assert.equal(new Set(seen.map(({ id }) => id)).size, 7);
        const first = list.sessions[0] ?? assert.fail();
        const back = await page({ at: first.startsAt, id: first.id, direction: 'before' });
        assert.deepEqual(
          back.sessions.map(({ id }) => id),
          seen.slice(Math.max(0, seen.indexOf(first) - size), seen.indexOf(first)).map(({ id }) => id),
        );
      });
    }),
    { numRuns: 8 },
  );
});
