/** What is fixed or forbidden in a « et si ? » becomes decisions on a real database: all of them, or none. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeNeed, makeOffer } from '../../../test/factories/support.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { solveLeximin } from '../../algorithms/flow/leximin.ts';
import { withTerritory } from '../../platform/postgres/database.ts';
import { explorerData, readExplorerData } from './explorer-problem.ts';
import { keepPairs } from './keep-pairs.server.ts';
import { makePlan } from './make-plan.ts';
import { createRound } from './round-commands.server.ts';
import { decisionsOf } from './round-queries.server.ts';
import { startRun, takeUpRun } from './run-commands.server.ts';
import { NOTHING_CHANGED, withPair, type PairChange } from './what-if.ts';

const at = {
  now: NOW,
  today: Temporal.PlainDate.from('2026-11-23'),
  fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes),
};
const PERIOD = {
  title: 'Premier trimestre',
  startsOn: Temporal.PlainDate.from('2027-01-01'),
  lastDay: Temporal.PlainDate.from('2027-03-31'),
};

let opened: TestDatabase;
before(async () => {
  opened = await openTestDatabase();
});
after(() => opened.close());

test('decisions are kept together, by the team alone; a refusal names the two and leaves nothing behind', async () => {
  const { database } = opened;
  const here = await makeTerritory(opened.ownerUrl);
  const startup = (await makeOrganisation(database, here)).id;
  const company = (await makeOrganisation(database, here, { parts: ['company-partner'] })).id;
  const team = await makePerson(database, here, { roles: ['programme-team'] });
  const founder = await makePerson(database, here, { memberOf: [[startup, 'member']] });
  await makeNeed(database, here, { organisationId: startup });
  await makeOffer(database, here, { organisationId: company });
  await makeOffer(database, here, { organisationId: company });
  const { roundId, pool, problem } = await withTerritory(database, here.id, async (tx) => {
    const round = await createRound(tx, team, PERIOD, at);
    assert.ok(round.ok);
    const run = await startRun(tx, team, round.value.id, at);
    assert.ok(run.ok);
    const taken = await takeUpRun(tx, run.value.runId, NOW);
    assert.ok(taken);
    const made = await makePlan(taken, { solve: solveLeximin });
    assert.ok(made.kind === 'made');
    const data = explorerData(taken, made.plan, (code) => code);
    assert.ok(data);
    return { roundId: round.value.id, pool: taken, problem: readExplorerData(data) };
  });
  const keep = (principal: typeof team, changes: Record<string, PairChange>) => {
    const whatIf = Object.entries(changes).reduce(
      (made, [key, change]) => withPair(made, problem, key, change),
      NOTHING_CHANGED,
    );
    const kept = { roundId, pool, problem, whatIf, reason: 'essayé ensemble' };
    return withTerritory(database, here.id, (tx) => keepPairs(tx, principal, kept, at));
  };
  const decided = () => withTerritory(database, here.id, (tx) => decisionsOf(tx, roundId));

  const notTheirs = await keep(founder, { '0-0': { rule: 'forbid' } });
  assert.ok(!notTheirs.ok && notTheirs.reason === 'not-allowed');
  const tooMuch = await keep(team, { '0-0': { rule: 'pin', units: 9 } });
  assert.ok(!tooMuch.ok && tooMuch.reason === 'need-overfilled');
  const names = pool.organisations.map(({ name }) => name);
  assert.ok(names.includes(String(tooMuch.facts?.['receiver'])) && names.includes(String(tooMuch.facts?.['giver'])));
  assert.equal((await decided()).length, 0);

  const kept = await keep(team, { '0-0': { rule: 'pin', units: 1 }, '0-1': { rule: 'forbid' } });
  assert.deepEqual(kept, { ok: true, value: { kept: 2 } });
  const lines = (await decided()).map(({ decision, quantity, reason }) => `${decision} ${quantity ?? ''} ${reason}`);
  assert.deepEqual(lines.toSorted(), ['forbid  essayé ensemble', 'pin 1 essayé ensemble']);
});
