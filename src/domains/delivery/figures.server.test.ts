import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeMatch, type MadeMatch, type MatchGiven } from '../../../test/factories/matches.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import { balanceOf } from '../ledger/queries.server.ts';
import { givenBy } from '../ledger/account.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { accountOf, bookingsOf } from './account-queries.server.ts';
import { confirmSession, correctSession, planSession } from './commands.server.ts';
import {
  daysToFirstMeeting,
  flowOfHours,
  hoursGiven,
  hoursGivenRows,
  needsMet,
  needsMetRows,
} from './figures.server.ts';
import type { SessionId } from './session.ts';
import { awaitedAnswers, lateConfirmations, needsWithNothing, recentRuns } from './week-queries.server.ts';

const fillRandom = (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes);
const day = (text: string) => Temporal.PlainDate.from(text);
const YEAR = { from: day('2026-01-01'), until: day('2027-01-01') };

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;

before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
});
after(() => opened.close());

const inHere = <T>(work: (tx: TerritoryTransaction) => Promise<T>) => withTerritory(opened.database, here.id, work);

/** A session held on that day (at 10 h in Paris), and confirmed with this amount when there is one. */
async function hold(match: MadeMatch, on: string, amount?: bigint): Promise<SessionId> {
  const startsAt = day(on).toZonedDateTime({ timeZone: here.zone, plainTime: '10:00' }).toInstant();
  return inHere(async (tx) => {
    const planned = await planSession(
      tx,
      team,
      { matchId: match.id, startsAt, durationMinutes: 210, place: 'Le Bivouac', link: '' },
      { now: startsAt, fillRandom },
    );
    assert.ok(planned.ok);
    const sessionId = planned.value.id;
    const at = { now: startsAt.add({ hours: 5 }), fillRandom };
    if (amount !== undefined) {
      await confirmSession(tx, match.giverPerson, { sessionId, side: 'giver', amount }, at);
      const confirmed = await confirmSession(tx, match.receiverPerson, { sessionId, side: 'receiver', amount }, at);
      assert.ok(confirmed.ok && confirmed.value.outcome === 'agreed');
    }
    return sessionId;
  });
}
const match = (given: MatchGiven = {}) =>
  makeMatch(opened.database, here, { statedAt: Temporal.Instant.from('2026-03-01T09:00:00Z'), ...given });

test('each public figure is the sum of its rows, moves by exactly what is confirmed, and back when it is corrected', async () => {
  const university = await makeOrganisation(opened.database, here, { parts: ['research', 'startup'] });
  const legal = await match();
  const commercial = await match({ giver: university, kindCode: 'commercial-development' });
  await hold(legal, '2026-03-11', 210n);
  await hold(legal, '2026-04-01', 90n);
  await hold(commercial, '2026-03-31', 60n);
  await hold(commercial, '2025-12-31', 45n);
  await hold(legal, '2026-05-01');
  const read = () =>
    inHere(async (tx) => ({
      hours: await hoursGiven(tx, YEAR),
      rows: await hoursGivenRows(tx, YEAR),
      flow: await flowOfHours(tx, YEAR),
      met: await needsMet(tx, YEAR),
      metRows: await needsMetRows(tx, YEAR),
      median: await daysToFirstMeeting(tx, YEAR),
    }));
  const seen = await read();
  assert.deepEqual(seen.hours, { minutes: 360, sessions: 3 });
  assert.deepEqual(
    seen.rows.bookings.map(({ occurredOn, amount }) => [occurredOn.toString(), amount]),
    [
      ['2026-04-01', 90n],
      ['2026-03-31', 60n],
      ['2026-03-11', 210n],
    ],
  );
  assert.deepEqual(
    seen.flow.map(({ giverPart, kindCode, minutes, sessions }) => [giverPart, kindCode, minutes, sessions]),
    [
      ['company-partner', 'legal', 300, 2],
      ['research', 'commercial-development', 60, 1],
    ],
  );
  assert.deepEqual(
    [seen.met, seen.metRows.needs.map(({ days, receiverName }) => [days, receiverName])],
    [
      2,
      [
        [30, commercial.receiver.name],
        [10, legal.receiver.name],
      ],
    ],
  );
  // The commercial need was first met in 2025, before it was written down: it is no first meeting of this year.
  assert.deepEqual(seen.median, { medianDays: 10, needs: 1 });

  const extra = await hold(legal, '2026-06-01', 30n);
  assert.equal((await read()).hours.minutes, 390);
  await inHere((tx) =>
    correctSession(tx, team, { sessionId: extra, reason: 'Séance saisie deux fois' }, { now: NOW, fillRandom }),
  );
  assert.deepEqual(await read(), seen);
  const cell = await inHere((tx) =>
    hoursGivenRows(tx, YEAR, { only: { giverPart: 'research', kindCode: 'commercial-development' } }),
  );
  assert.deepEqual(
    cell.bookings.map(({ amount }) => amount),
    [60n],
  );
  const pages = await inHere(async (tx) => {
    const first = await hoursGivenRows(tx, YEAR, { size: 2 });
    const last = first.bookings.at(-1) ?? assert.fail();
    return [
      first.hasAfter,
      (
        await hoursGivenRows(tx, YEAR, { size: 2, after: { day: last.occurredOn, entryId: last.entryId } })
      ).bookings.map(({ amount }) => amount),
    ];
  });
  assert.deepEqual(pages, [true, [210n]]);
});

test('an account says per kind what was offered, promised and given, in hours, and lists what is booked', async () => {
  const promised = await match({ quantity: 3, capacity: 8 });
  await hold(promised, '2026-09-01', 200n);
  await hold(promised, '2026-09-08', 220n);
  const [giver, receiver] = await inHere(async (tx) => [
    await accountOf(tx, promised.giver.id, YEAR),
    await accountOf(tx, promised.receiver.id, YEAR),
  ]);
  const figures = (lines: typeof giver.given) =>
    lines.map(({ kindCode, unit, stated, matched, booked }) => [kindCode, unit, stated, matched, booked]);
  assert.deepEqual([figures(giver.given), giver.received], [[['legal', 'minute', 8n * 210n, 3n * 210n, 420n]], []]);
  assert.deepEqual(
    [receiver.given, figures(receiver.received)],
    [[], [['legal', 'minute', 3n * 210n, 3n * 210n, 420n]]],
  );
  const booked = await inHere((tx) => bookingsOf(tx, promised.giver.id, YEAR, undefined, 50));
  assert.deepEqual(
    booked.bookings.map(({ amount }) => amount),
    [220n, 200n],
  );
  assert.equal(await inHere((tx) => balanceOf(tx, { code: givenBy(promised.giver.id).code, unit: 'minute' })), -420n);
  const nextYear = await inHere((tx) =>
    accountOf(tx, promised.giver.id, { from: day('2027-01-01'), until: day('2028-01-01') }),
  );
  assert.deepEqual(nextYear, { given: [], received: [] });
});

test('the week says who has not answered, which needs have nothing, and which sessions wait for a word', async () => {
  const territory = await makeTerritory(opened.ownerUrl);
  const inside = <T>(work: (tx: TerritoryTransaction) => Promise<T>) =>
    withTerritory(opened.database, territory.id, work);
  const proposed = await makeMatch(opened.database, territory, { state: 'proposed', title: 'Un avis' });
  const accepted = await makeMatch(opened.database, territory);
  await inside((tx) =>
    tx
      .updateTable('matches')
      .set({ need_answer: 'accepted' })
      .where('territory_id', '=', territory.id)
      .where('id', '=', proposed.id)
      .execute(),
  );
  const answers = await inside((tx) => awaitedAnswers(tx, 10));
  assert.deepEqual(
    [answers.total, answers.rows[0]?.awaits, answers.rows[0]?.giverName],
    [1, 'giver', proposed.giver.name],
  );
  const at = { now: NOW, fillRandom };
  const startsAt = NOW.subtract({ hours: 72 });
  const planned = await inside((tx) =>
    planSession(
      tx,
      { kind: 'system', job: 'test' },
      { matchId: accepted.id, startsAt, durationMinutes: 60, place: 'Ici', link: '' },
      at,
    ),
  );
  assert.ok(planned.ok);
  const late = () => inside((tx) => lateConfirmations(tx, NOW.subtract({ hours: 48 }), 10));
  assert.deepEqual([(await late()).total, (await late()).rows[0]?.awaits], [1, 'both']);
  await inside((tx) =>
    confirmSession(tx, accepted.giverPerson, { sessionId: planned.value.id, side: 'giver', amount: 60n }, at),
  );
  assert.equal((await late()).rows[0]?.awaits, 'receiver');
  assert.deepEqual(await inside((tx) => needsWithNothing(tx, 10)), { rows: [], total: 0 });
  await inside((tx) =>
    tx
      .updateTable('matches')
      .set({ state: 'withdrawn' })
      .where('territory_id', '=', territory.id)
      .where('id', '=', proposed.id)
      .execute(),
  );
  assert.deepEqual(
    (await inside((tx) => needsWithNothing(tx, 10))).rows.map(({ title }) => title),
    ['Un avis'],
  );
  assert.deepEqual(await inside((tx) => recentRuns(tx, 5)), []);
});
