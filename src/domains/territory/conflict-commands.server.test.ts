/** Ties on a real database: declared, answered, taken back, refused, and sealed from other territories. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { PersonPrincipal } from './principal.ts';
import { answerConflict, declareConflict, removeConflict, withdrawConflictAnswer } from './conflict-commands.server.ts';
import { listConflictAnswers, listConflicts, conflictFacts } from './conflict-queries.server.ts';
import { inOrder, keyOf, conflictsBetween } from './conflict.ts';
import type { Territory } from './visit.ts';

const at = { now: NOW, fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes) };

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
let startup: OrganisationId;
let company: OrganisationId;
let fund: OrganisationId;

before(async () => {
  opened = await openTestDatabase();
  here = await makeTerritory(opened.ownerUrl);
  startup = (await makeOrganisation(opened.database, here)).id;
  company = (await makeOrganisation(opened.database, here, { parts: ['company-partner'] })).id;
  fund = (await makeOrganisation(opened.database, here, { parts: ['investor'] })).id;
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
});
after(() => opened.close());

const work = <Answer>(act: (tx: TerritoryTransaction) => Promise<Answer>) =>
  withTerritory(opened.database, here.id, act);
const reasonOf = (result: { ok: boolean; reason?: string }) => (result.ok ? 'done' : result.reason);
const told = () =>
  work(async (tx) =>
    conflictsBetween(await conflictFacts(tx, [startup, company]), new Set([startup]), new Set([company])),
  );
const tie = (organisation: OrganisationId, other: OrganisationId, sharePerMille?: number) => ({
  organisation,
  other,
  tie: 'shareholder' as const,
  sharePerMille,
});

test('a doubt is asked, its answer remembered, taken back and asked again; a declared tie says the last word', async () => {
  await work((tx) => declareConflict(tx, team, tie(fund, startup, 100), at));
  await work((tx) => declareConflict(tx, team, tie(fund, company), at));
  const [question] = (await told()).questions;
  assert.ok(question);
  assert.deepEqual([question.ground, question.throughId], ['shareholding', fund]);
  const first = await work((tx) => answerConflict(tx, team, question, false, at));
  assert.ok(first.ok);
  assert.deepEqual((await told()).questions, []);
  const second = await work((tx) => answerConflict(tx, team, question, true, at));
  assert.deepEqual(second, first, 'one answer to one question: the last word');
  assert.deepEqual((await told()).apart.at(-1), { ...inOrder(startup, company), tie: 'answered' });
  assert.equal((await work((tx) => listConflictAnswers(tx)))[0]?.by, team.name);
  await work((tx) => withdrawConflictAnswer(tx, team, first.value, at));
  assert.equal((await told()).questions.length, 1);
  assert.equal(reasonOf(await work((tx) => withdrawConflictAnswer(tx, team, first.value, at))), 'not-found');
  await work((tx) => declareConflict(tx, team, tie(fund, company, 600), at));
  await work((tx) => declareConflict(tx, team, tie(fund, startup, 1000), at));
  assert.deepEqual((await told()).questions, []);
  assert.deepEqual((await told()).apart.at(-1), { ...inOrder(startup, company), tie: 'group' });
  assert.equal((await work((tx) => listConflicts(tx))).length, 2, 'declared again, a tie is changed');
  for (const held of [startup, company])
    assert.equal(reasonOf(await work((tx) => removeConflict(tx, team, inOrder(fund, held), at))), 'done');
  assert.deepEqual(await told(), { apart: [], questions: [] });
  assert.equal(reasonOf(await work((tx) => removeConflict(tx, team, inOrder(fund, startup), at))), 'not-found');
});

test('only the team declares and answers; nobody is tied to themselves or to somebody of another territory', async () => {
  const manager = await makePerson(opened.database, here, { memberOf: [[company, 'manager']] });
  const committee = await makePerson(opened.database, here, { roles: ['committee-member'] });
  const question = { ...inOrder(startup, company), ground: 'same-field' as const, throughId: null };
  for (const principal of [manager, committee]) {
    assert.equal(reasonOf(await work((tx) => declareConflict(tx, principal, tie(fund, startup), at))), 'not-allowed');
    assert.equal(reasonOf(await work((tx) => answerConflict(tx, principal, question, true, at))), 'not-allowed');
    assert.equal(
      reasonOf(await work((tx) => removeConflict(tx, principal, inOrder(fund, startup), at))),
      'not-allowed',
    );
  }
  assert.equal(reasonOf(await work((tx) => declareConflict(tx, team, tie(fund, fund), at))), 'same-organisation');
  const elsewhere = await makeTerritory(opened.ownerUrl);
  const stranger = (await makeOrganisation(opened.database, elsewhere)).id;
  assert.equal(reasonOf(await work((tx) => declareConflict(tx, team, tie(fund, stranger), at))), 'not-found');
  const abroad = { ...inOrder(startup, company), ground: 'rival' as const, throughId: stranger };
  assert.equal(reasonOf(await work((tx) => answerConflict(tx, team, abroad, true, at))), 'not-found');
  await work((tx) => answerConflict(tx, team, question, true, at));
  const seen = await withTerritory(opened.database, elsewhere.id, (tx) => conflictFacts(tx, [startup]));
  assert.deepEqual(seen, { ties: [], answers: [], organisations: [] });
});

test('the same answer given twice at once is one answer', async () => {
  const question = { ...inOrder(startup, fund), ground: 'same-field' as const, throughId: null };
  const both = await Promise.all(
    [true, true].map((apart) => work((tx) => answerConflict(tx, team, question, apart, at))),
  );
  assert.deepEqual(both.map(reasonOf), ['done', 'done']);
  const answers = (await work((tx) => listConflictAnswers(tx))).filter((one) => keyOf(one) === keyOf(question));
  assert.equal(answers.length, 1);
});
