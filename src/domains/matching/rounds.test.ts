/** Rounds, decisions, publication, answers and introductions on a real database, their races included. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makeNeed, makeOffer } from '../../../test/factories/support.ts';
import { makeOrganisation, makePerson, makeTerritory, NOW } from '../../../test/factories/territory.ts';
import { solveWithHighs } from '../../algorithms/flow/highs-solver.ts';
import type { OrganisationId } from '../../lib/ids.ts';
import { withTerritory, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { NeedId } from '../support/need.ts';
import type { OfferId } from '../support/offer.ts';
import type { PersonPrincipal } from '../territory/principal.ts';
import { answerConflict, declareConflict } from '../territory/conflict-commands.server.ts';
import type { Territory } from '../territory/visit.ts';
import { decide, undoDecision } from './decision-commands.server.ts';
import { introduce } from './introduction.server.ts';
import { makePlan } from './make-plan.ts';
import type { Plan } from './plan.ts';
import { answerMatch, withdrawMatch } from './match-commands.server.ts';
import { listMatches, matchById } from './match-queries.server.ts';
import { publishRun } from './publish.server.ts';
import type { MatchId, RoundId, RunId } from './round.ts';
import { closeRound, createRound } from './round-commands.server.ts';
import { plannedOf, roundById, runById } from './round-queries.server.ts';
import { cancelRun, endRun, startRun, takeUpRun } from './run-commands.server.ts';

const TODAY = Temporal.PlainDate.from('2026-11-23');
const at = {
  now: NOW,
  today: TODAY,
  fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes),
};
const PERIOD = {
  title: 'Premier trimestre',
  startsOn: Temporal.PlainDate.from('2027-01-01'),
  lastDay: Temporal.PlainDate.from('2027-03-31'),
};

let opened: TestDatabase;
let here: Territory;
let team: PersonPrincipal;
let founder: PersonPrincipal;
let partner: PersonPrincipal;
let startup: OrganisationId;
let company: OrganisationId;
let need: NeedId;
let offer: OfferId;

before(async () => {
  opened = await openTestDatabase({ poolSize: 8 });
});
after(() => opened.close());

/** Each test has a territory with a startup that asks for two half-days and a partner that gives two. */
beforeEach(async () => {
  here = await makeTerritory(opened.ownerUrl);
  startup = (await makeOrganisation(opened.database, here)).id;
  company = (await makeOrganisation(opened.database, here, { parts: ['company-partner'] })).id;
  team = await makePerson(opened.database, here, { roles: ['programme-team'] });
  founder = await makePerson(opened.database, here, { memberOf: [[startup, 'member']] });
  partner = await makePerson(opened.database, here, { memberOf: [[company, 'manager']] });
  need = await makeNeed(opened.database, here, { organisationId: startup });
  offer = await makeOffer(opened.database, here, { organisationId: company });
});

function work<Answer>(act: (tx: TerritoryTransaction) => Promise<Answer>): Promise<Answer> {
  return withTerritory(opened.database, here.id, act);
}

async function must<Value>(
  act: (tx: TerritoryTransaction) => Promise<{ ok: true; value: Value } | { ok: false; reason: string }>,
): Promise<Value> {
  const result = await work(act);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

async function openRound(): Promise<RoundId> {
  return (await must((tx) => createRound(tx, team, PERIOD, at))).id;
}

/** A finished try of a new round, or of the one given. */
async function tried(roundId?: RoundId): Promise<{ roundId: RoundId; runId: RunId }> {
  const round = roundId ?? (await openRound());
  const { runId } = await must((tx) => startRun(tx, team, round, at));
  const pool = await work((tx) => takeUpRun(tx, runId, NOW));
  assert.ok(pool);
  const made = await makePlan(pool, { solve: solveWithHighs });
  assert.ok(made.kind === 'made');
  assert.ok(await work((tx) => endRun(tx, runId, { kind: 'done', plan: made.plan }, NOW)));
  return { roundId: round, runId };
}

async function published(): Promise<MatchId> {
  const ids = await tried();
  const { matchIds } = await must((tx) => publishRun(tx, team, ids, at));
  const [first] = matchIds;
  assert.ok(first);
  return first;
}

const yes = (side: 'need' | 'offer') => ({ side, answer: 'accepted' as const, reason: '' });
const no = (side: 'need' | 'offer') => ({ side, answer: 'declined' as const, reason: 'pas ce trimestre' });
const reasonOf = (result: { ok: boolean; reason?: string }) => (result.ok ? 'done' : result.reason);

test('a round opens with the next number, tries once at a time, and keeps what it was tried on', async () => {
  const numbers = await Promise.all([1, 2, 3].map(() => must((tx) => createRound(tx, team, PERIOD, at))));
  assert.deepEqual(numbers.map(({ number }) => number).toSorted(), [1, 2, 3]);
  const roundId = numbers[0]!.id;
  assert.equal(reasonOf(await work((tx) => createRound(tx, founder, PERIOD, at))), 'not-allowed');
  const first = await must((tx) => startRun(tx, team, roundId, at));
  assert.equal(reasonOf(await work((tx) => startRun(tx, team, roundId, at))), 'under-way');
  await must((tx) => cancelRun(tx, team, { roundId, runId: first.runId }, at));
  assert.equal((await work((tx) => runById(tx, roundId, first.runId)))?.state, 'cancelled');
  assert.equal(await work((tx) => takeUpRun(tx, first.runId, NOW)), undefined, 'what is cancelled is not taken up');
  const two = await Promise.all([1, 2].map(() => work((tx) => startRun(tx, team, roundId, at))));
  assert.deepEqual(two.map(reasonOf).toSorted(), ['done', 'under-way']);
});

test('a tie in doubt keeps two apart until the team answers; a doubt that comes later makes the plan stale', async () => {
  const fund = (await makeOrganisation(opened.database, here, { parts: ['investor'] })).id;
  const stake = (other: OrganisationId) => ({ organisation: fund, other, tie: 'shareholder' as const });
  const before = await tried();
  await work((tx) => declareConflict(tx, team, stake(startup), at));
  await work((tx) => declareConflict(tx, team, stake(company), at));
  assert.equal(reasonOf(await work((tx) => publishRun(tx, team, before, at))), 'stale');
  const pin = { decision: 'pin' as const, quantity: 1, reason: '' };
  const pair = { roundId: before.roundId, needId: need, offerId: offer };
  assert.equal(reasonOf(await work((tx) => decide(tx, team, pair, pin, at))), 'pair-conflict-in-doubt');
  const doubtful = await tried(before.roundId);
  const { pool, plan } = await plannedBy(doubtful.runId);
  assert.deepEqual([plan.agreements.length, pool.questions.length], [0, 1]);
  assert.deepEqual(plan.needs[0]?.unmet?.kept, [{ rule: 'conflict-in-doubt', offers: 1 }]);
  await work((tx) => answerConflict(tx, team, pool.questions[0]!, false, at));
  const answered = await tried(before.roundId);
  assert.equal((await plannedBy(answered.runId)).plan.agreements.length, 1);
  assert.equal(reasonOf(await work((tx) => publishRun(tx, team, answered, at))), 'done');
});

async function plannedBy(runId: RunId) {
  const planned = await work((tx) => plannedOf(tx, runId));
  assert.ok(planned);
  return planned;
}

test('an empty pool is no round', async () => {
  const bare = await makeTerritory(opened.ownerUrl);
  const lonely = await makePerson(opened.database, bare, { roles: ['programme-team'] });
  const refused = await withTerritory(opened.database, bare.id, async (tx) => {
    const round = await createRound(tx, lonely, PERIOD, at);
    assert.ok(round.ok);
    return startRun(tx, lonely, round.value.id, at);
  });
  assert.equal(reasonOf(refused), 'no-needs');
});

test('publication proposes each agreement once, takes the places, and happens once', async () => {
  const ids = await tried();
  assert.equal(reasonOf(await work((tx) => publishRun(tx, founder, ids, at))), 'not-allowed');
  const both = await Promise.all([1, 2].map(() => work((tx) => publishRun(tx, team, ids, at))));
  assert.deepEqual(both.map(reasonOf).toSorted(), ['done', 'not-open']);
  const { matches } = await work((tx) => listMatches(tx, team, {}, undefined, 50));
  assert.deepEqual(
    matches.map(({ needId, offerId, quantity, state }) => ({ needId, offerId, quantity, state })),
    [{ needId: need, offerId: offer, quantity: 2, state: 'proposed' }],
  );
  assert.ok(matches[0]?.why && matches[0].why.facts.length > 0);
  assert.equal((await work((tx) => roundById(tx, ids.roundId)))?.state, 'published');
  assert.equal(reasonOf(await work((tx) => startRun(tx, team, ids.roundId, at))), 'not-open');
  const next = await openRound();
  assert.equal(reasonOf(await work((tx) => startRun(tx, team, next, at))), 'no-needs', 'nothing is left to plan');
});

test('a plan is not published once what it rests on has changed, and says what', async () => {
  const ids = await tried();
  await work((tx) =>
    tx
      .updateTable('needs')
      .set({ quantity: 1, version: 2 })
      .where('territory_id', '=', tx.territoryId)
      .where('id', '=', need)
      .execute(),
  );
  const refused = await work((tx) => publishRun(tx, team, ids, at));
  assert.ok(!refused.ok);
  assert.equal(refused.reason, 'stale');
  assert.deepEqual(refused.facts, {
    count: 1,
    what: 'need-changed',
    title: 'Relire un contrat de distribution',
    other: '',
  });
});

test('a hand introduction that took the places makes the plan stale: nobody is promised twice', async () => {
  const ids = await tried();
  await must((tx) => introduce(tx, team, { need, offer, quantity: 1, message: '' }, at));
  assert.equal(reasonOf(await work((tx) => publishRun(tx, team, ids, at))), 'stale');
});

test('a plan that was touched in the database is refused by the checker', async () => {
  const ids = await tried();
  await work(async (tx) => {
    const row = await tx
      .selectFrom('round_runs')
      .select('plan')
      .where('territory_id', '=', tx.territoryId)
      .where('id', '=', ids.runId)
      .executeTakeFirstOrThrow();
    const plan = row.plan as Plan;
    const corrupted = { ...plan, agreements: plan.agreements.map((one) => ({ ...one, units: one.units + 1 })) };
    await tx
      .updateTable('round_runs')
      .set({ plan: JSON.stringify(corrupted) })
      .where('territory_id', '=', tx.territoryId)
      .where('id', '=', ids.runId)
      .execute();
  });
  assert.equal(reasonOf(await work((tx) => publishRun(tx, team, ids, at))), 'not-verified');
});

test('pins and refusals by hand steer the next try, make the last one stale, and are undone', async () => {
  const other = await makeOrganisation(opened.database, here, { parts: ['company-partner'] });
  const second = await makeOffer(opened.database, here, { organisationId: other.id, title: 'Un second avis' });
  const { roundId, runId } = await tried();
  const pair = { roundId, needId: need, offerId: second };
  assert.equal(
    reasonOf(await work((tx) => decide(tx, team, pair, { decision: 'pin', quantity: 3, reason: '' }, at))),
    'need-overfilled',
  );
  await must((tx) => decide(tx, team, pair, { decision: 'pin', quantity: 1, reason: 'promis au comité' }, at));
  assert.equal(
    reasonOf(
      await work((tx) =>
        decide(tx, team, { ...pair, offerId: offer }, { decision: 'pin', quantity: 2, reason: '' }, at),
      ),
    ),
    'need-overfilled',
  );
  assert.equal(
    reasonOf(await work((tx) => decide(tx, partner, pair, { decision: 'forbid', reason: '' }, at))),
    'not-allowed',
  );
  assert.equal(reasonOf(await work((tx) => publishRun(tx, team, { roundId, runId }, at))), 'stale');
  const next = await tried(roundId);
  await must((tx) => publishRun(tx, team, next, at));
  const { matches } = await work((tx) => listMatches(tx, team, {}, undefined, 50));
  assert.deepEqual(
    matches
      .map(({ offerId, quantity }) => ({ offerId, quantity }))
      .toSorted((a, b) => (a.offerId < b.offerId ? -1 : 1)),
    [
      { offerId: offer, quantity: 1 },
      { offerId: second, quantity: 1 },
    ].toSorted((a, b) => (a.offerId < b.offerId ? -1 : 1)),
  );
  assert.equal(reasonOf(await work((tx) => undoDecision(tx, team, pair, at))), 'not-open');
});

test('a decision is undone as long as the round is open', async () => {
  const roundId = await openRound();
  const pair = { roundId, needId: need, offerId: offer };
  await must((tx) => decide(tx, team, pair, { decision: 'forbid', reason: 'trop tôt' }, at));
  await must((tx) => undoDecision(tx, team, pair, at));
  assert.equal(reasonOf(await work((tx) => undoDecision(tx, team, pair, at))), 'not-found');
});

test('both sides accept, each for itself; the team may write down what it was told', async () => {
  const id = await published();
  assert.equal(reasonOf(await work((tx) => answerMatch(tx, founder, id, yes('offer'), at))), 'not-allowed');
  const stranger = await makePerson(opened.database, here, {
    memberOf: [[(await makeOrganisation(opened.database, here)).id, 'manager']],
  });
  assert.equal(reasonOf(await work((tx) => answerMatch(tx, stranger, id, yes('need'), at))), 'not-found');
  assert.equal(await work((tx) => matchById(tx, stranger, id)), undefined);
  assert.equal((await must((tx) => answerMatch(tx, founder, id, yes('need'), at))).state, 'proposed');
  assert.equal((await must((tx) => answerMatch(tx, team, id, yes('offer'), at))).state, 'accepted');
  const match = await work((tx) => matchById(tx, founder, id));
  assert.equal(match?.offerAnsweredBy, team.name, 'the record says who wrote it down');
  assert.equal(reasonOf(await work((tx) => answerMatch(tx, partner, id, no('offer'), at))), 'already-accepted');
});

test('a declined place goes back to the pool, and this pair is not proposed again by a plan', async () => {
  const id = await published();
  assert.equal((await must((tx) => answerMatch(tx, partner, id, no('offer'), at))).state, 'declined');
  const roundId = await openRound();
  const { runId } = await must((tx) => startRun(tx, team, roundId, at));
  const pool = await work((tx) => takeUpRun(tx, runId, NOW));
  assert.deepEqual([pool?.needs[0]?.left, pool?.offers[0]?.left], [2, 2]);
  assert.deepEqual(pool?.refusals, [{ needId: need, offerId: offer, side: 'offer' }]);
  const again = await must((tx) => introduce(tx, team, { need, offer, quantity: 1, message: 'Et maintenant ?' }, at));
  assert.equal((await work((tx) => matchById(tx, team, again)))?.message, 'Et maintenant ?');
});

test('an answer and a withdrawal at the same time: one sees what the other made of it', async () => {
  for (let time = 0; time < 5; time++) {
    const id = await must((tx) => introduce(tx, team, { need, offer, quantity: 1, message: '' }, at));
    await must((tx) => answerMatch(tx, founder, id, yes('need'), at));
    const [answered, withdrawn] = await Promise.all([
      work((tx) => answerMatch(tx, partner, id, yes('offer'), at)),
      work((tx) => withdrawMatch(tx, team, id, 'doublon', at)),
    ]);
    const state = (await work((tx) => matchById(tx, team, id)))?.state;
    assert.equal(state, 'withdrawn', 'the team takes back an accepted match too');
    assert.ok(withdrawn.ok);
    assert.equal(reasonOf(answered), answered.ok ? 'done' : 'already-withdrawn');
  }
});

test('however many introductions come at once, no need and no offer is promised beyond what it has', async () => {
  const needs = await Promise.all(
    [1, 2, 3, 4].map(async () =>
      makeNeed(opened.database, here, {
        organisationId: (await makeOrganisation(opened.database, here)).id,
        quantity: 2,
      }),
    ),
  );
  const results = await Promise.all(
    needs.flatMap((one) =>
      [1, 2].map(() => work((tx) => introduce(tx, team, { need: one, offer, quantity: 1, message: '' }, at))),
    ),
  );
  assert.equal(results.filter(({ ok }) => ok).length, 2, 'the offer has two half-days');
  assert.ok(
    results.every(
      (result) => result.ok || ['already-together', 'offer-overfilled', 'pair-nothing-left'].includes(result.reason),
    ),
    JSON.stringify(results),
  );
});

test('whoever gives introduces what is theirs and has said yes by it; whoever asks goes through the round', async () => {
  const input = { need, offer, quantity: 1, message: 'Venez nous voir' };
  assert.equal(reasonOf(await work((tx) => introduce(tx, founder, input, at))), 'not-allowed');
  const id = await must((tx) => introduce(tx, partner, input, at));
  const match = await work((tx) => matchById(tx, founder, id));
  assert.equal(match?.offer?.answer, 'accepted');
  assert.equal(match?.need, null);
  const hidden = await makeNeed(opened.database, here, { organisationId: startup, visibility: 'team' });
  assert.equal(
    reasonOf(await work((tx) => introduce(tx, partner, { ...input, need: hidden }, at))),
    'not-found',
    'a need that they may not read does not exist',
  );
});

test('rules hold for introductions by hand: ties, units, conditions, own organisation', async () => {
  const own = await makeOffer(opened.database, here, { organisationId: startup });
  const desk = await makeOffer(opened.database, here, { organisationId: company, kindCode: 'desk', unit: 'desk-day' });
  const by = (one: OfferId) => work((tx) => introduce(tx, team, { need, offer: one, quantity: 1, message: '' }, at));
  assert.equal(reasonOf(await by(own)), 'pair-own-organisation');
  assert.equal(reasonOf(await by(desk)), 'pair-unit-differs');
  const [first, second] = [startup, company].toSorted();
  await work((tx) =>
    tx
      .insertInto('organisation_conflicts')
      .values({
        territory_id: tx.territoryId,
        organisation_id: first!,
        other_id: second!,
        tie: 'competitor',
        declared_at: NOW,
      })
      .execute(),
  );
  assert.equal(reasonOf(await by(offer)), 'pair-conflict');
});

test('closing a published round gives back what nobody answered', async () => {
  const id = await published();
  const roundId = (await work((tx) => matchById(tx, team, id)))?.roundId;
  assert.ok(roundId);
  assert.deepEqual(await must((tx) => closeRound(tx, team, roundId, at)), { withdrawn: 1 });
  assert.equal((await work((tx) => matchById(tx, team, id)))?.state, 'withdrawn');
  assert.equal(reasonOf(await work((tx) => closeRound(tx, team, roundId, at))), 'not-published');
});

test('lists show each principal what the rule lets them read, and wait for whom they wait', async () => {
  const id = await published();
  const seen = async (who: PersonPrincipal, filter = {}) =>
    (await work((tx) => listMatches(tx, who, filter, undefined, 50))).total;
  const stranger = await makePerson(opened.database, here, { roles: ['funder', 'expert', 'committee-member'] });
  assert.deepEqual([await seen(team), await seen(founder), await seen(partner), await seen(stranger)], [1, 1, 1, 0]);
  await must((tx) => answerMatch(tx, founder, id, yes('need'), at));
  assert.deepEqual([await seen(founder, { state: 'waiting' }), await seen(partner, { state: 'waiting' })], [0, 1]);
  assert.deepEqual(
    [
      await seen(team, { words: 'juriste' }),
      await seen(team, { words: 'fusée' }),
      await seen(team, { origin: 'hand' }),
    ],
    [1, 0, 0],
  );
});
