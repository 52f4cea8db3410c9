/** The limits of a round on a real database: set, kept with each try, refused, in another territory. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeNeed, makeOffer } from '../../../test/factories/support.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { solveLeximin } from '../../algorithms/flow/leximin.ts';
import { parseForm } from '../../platform/web/form.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import type { Territory } from '../territory/visit.ts';
import { makePlan } from './make-plan.ts';
import { publishRun } from './publish.server.ts';
import type { RoundId } from './round.ts';
import { createRound, limitRound } from './round-commands.server.ts';
import { momentsOf, plannedOf, roundById } from './round-queries.server.ts';
import { endRun, startRun, takeUpRun } from './run-commands.server.ts';
import { limitsForm } from './schema.ts';

const at = {
  now: NOW,
  today: Temporal.PlainDate.from('2026-11-23'),
  fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes),
};

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
let roundId: RoundId;

before(async () => {
  opened = await openTestDatabase({ poolSize: 4 });
});
after(() => opened.close());

/** A startup asks for two half-days; two partners give one each. */
beforeEach(async () => {
  here = await makeTerritory(opened.ownerUrl);
  const startup = await makeOrganisation(opened.database, here);
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  await makeNeed(opened.database, here, { organisationId: startup.id });
  for (let partner = 0; partner < 2; partner++) {
    const { id } = await makeOrganisation(opened.database, here, { parts: ['company-partner'] });
    await makeOffer(opened.database, here, { organisationId: id, capacity: 1 });
  }
  const period = {
    title: 'Premier trimestre',
    startsOn: Temporal.PlainDate.from('2027-01-01'),
    lastDay: Temporal.PlainDate.from('2027-03-31'),
  };
  const created = await work((tx) => createRound(tx, team, period, at));
  assert.ok(created.ok);
  roundId = created.value.id;
});

function work<Answer>(act: (tx: TerritoryTransaction) => Promise<Answer>): Promise<Answer> {
  return withTerritory(opened.database, here.id, act);
}

async function tryOnce() {
  const started = await work((tx) => startRun(tx, team, roundId, at));
  assert.ok(started.ok);
  const { runId } = started.value;
  const pool = await work((tx) => takeUpRun(tx, runId, at.now));
  assert.ok(pool);
  const made = await makePlan(pool, { solve: solveLeximin });
  assert.ok(made.kind === 'made');
  await work((tx) => endRun(tx, runId, { kind: 'done', plan: made.plan }, at.now));
  const planned = await work((tx) => plannedOf(tx, runId));
  assert.ok(planned);
  return { runId, ...planned };
}

test('a limit is kept with the tries that follow it, and an older try can no longer be published', async () => {
  const before = await tryOnce();
  assert.deepEqual([before.pool.mostPartners, before.plan.agreements.length], [undefined, 2]);
  assert.ok((await work((tx) => limitRound(tx, team, roundId, { mostPartners: 1 }, at))).ok);
  const stale = await work((tx) => publishRun(tx, team, { roundId, runId: before.runId }, at));
  assert.ok(!stale.ok && stale.reason === 'stale');
  const limited = await tryOnce();
  assert.deepEqual([limited.pool.mostPartners, limited.plan.agreements.length], [1, 1]);
  assert.equal(limited.plan.needs[0]?.unmet?.why, 'partners');
  assert.ok((await work((tx) => publishRun(tx, team, { roundId, runId: limited.runId }, at))).ok);
  const late = await work((tx) => limitRound(tx, team, roundId, { mostPartners: null }, at));
  assert.ok(!late.ok && late.reason === 'not-open');
});

test('a limit is lifted, written once, and told in the history', async () => {
  for (const mostPartners of [2, 2, null]) await work((tx) => limitRound(tx, team, roundId, { mostPartners }, at));
  const round = await work((tx) => roundById(tx, roundId));
  assert.equal(round?.mostPartners, null);
  const told = (await work((tx) => momentsOf(tx, roundId))).filter(({ kind }) => kind === 'round-limited');
  assert.deepEqual(told.map(({ payload }) => payload['mostPartners']).toSorted(), [0, 2]);
});

test('only the team limits a round, and only in its own territory', async () => {
  const member = await makePerson(opened.database, here, { roles: ['committee-member'] });
  const refused = await work((tx) => limitRound(tx, member, roundId, { mostPartners: 1 }, at));
  assert.ok(!refused.ok && refused.reason === 'not-allowed');
  const elsewhere = await makeTerritory(opened.ownerUrl);
  const other = await makePerson(opened.database, elsewhere, { roles: ['programme-team'] });
  const absent = await withTerritory(opened.database, elsewhere.id, (tx) =>
    limitRound(tx, other, roundId, { mostPartners: 1 }, at),
  );
  assert.ok(!absent.ok && absent.reason === 'not-found');
});

test('the form takes a whole number or nothing', () => {
  const form = (typed: string) => ({
    values: { mostPartners: typed },
    files: {},
    fileLists: {},
    action: 'limit',
    key: undefined,
  });
  const read = (typed: string) => parseForm(limitsForm, form(typed), (key) => key);
  const values = ['', ' 3 ', '0', 'deux', '2,5'].map((typed) => {
    const parsed = read(typed);
    return parsed.ok ? parsed.value.mostPartners : 'refused';
  });
  assert.deepEqual(values, [null, 3, 'refused', 'refused', 'refused']);
});
