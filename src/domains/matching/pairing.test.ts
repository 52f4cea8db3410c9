import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { askerId, giverId, makePool, needId, offerId, poolNeed, poolOffer } from '../../../test/factories/pool.ts';
import { firstSharedDay, obstaclesBetween, pairUp, type ObstacleRule } from './pairing.ts';
import type { Pool } from './pool.ts';
import { COMPONENTS, pointsOf, scoreOf, SCORE_WEIGHTS, themesInCommon, type Breakdown } from './score.ts';

const SILENT = { closeness: () => 0, helped: () => 0 };

/** The rules that stand between the only need and the only offer of a pool. */
function rulesIn(given: Partial<Pool>): ObstacleRule[] {
  const pool = makePool(given);
  const [need, offer] = [pool.needs[0]!, pool.offers[0]!];
  return obstaclesBetween(pool, need, offer).map(({ rule }) => rule);
}

const pair = { needId: needId(0), offerId: offerId(0) };

test('each rule keeps a pair apart, and nothing else does', () => {
  assert.deepEqual(rulesIn({}), []);
  assert.deepEqual(rulesIn({ offers: [poolOffer(0, { unit: 'desk-day', kindCode: 'desk' })] }), ['unit-differs']);
  assert.deepEqual(rulesIn({ needs: [poolNeed(0, { kindCode: 'finance' })] }), ['kind-differs'], 'links go one way');
  assert.deepEqual(rulesIn({ offers: [poolOffer(0, { kindCode: 'finance' })] }), [], 'a linked kind may serve');
  assert.deepEqual(rulesIn({ offers: [poolOffer(0, { organisationId: askerId(0) })] }), ['own-organisation']);
  assert.deepEqual(rulesIn({ conflicts: [{ organisationId: askerId(0), otherId: giverId(0), tie: 'shareholder' }] }), [
    'conflict',
  ]);
  assert.deepEqual(rulesIn({ conflicts: [{ organisationId: giverId(0), otherId: askerId(0), tie: 'competitor' }] }), [
    'conflict',
  ]);
  assert.deepEqual(
    rulesIn({
      questions: [{ organisationId: giverId(0), otherId: askerId(0), ground: 'shareholding', throughId: null }],
    }),
    ['conflict-in-doubt'],
    'nobody guesses: a doubt keeps apart until it is answered',
  );
  assert.deepEqual(rulesIn({ refusals: [{ ...pair, side: 'offer' }] }), ['refused']);
  assert.deepEqual(rulesIn({ decisions: [{ ...pair, decision: 'forbid', quantity: null, reason: 'trop tôt' }] }), [
    'forbidden',
  ]);
  assert.deepEqual(rulesIn({ offers: [poolOffer(0, { left: 0 })] }), ['nothing-left']);
  assert.deepEqual(rulesIn({ needs: [poolNeed(0, { left: 0 })] }), ['nothing-left']);
  assert.deepEqual(
    rulesIn({ offers: [poolOffer(0, { availableUntil: '2027-01-01' })] }),
    ['period'],
    'the last day is excluded',
  );
  assert.deepEqual(rulesIn({ offers: [poolOffer(0, { availableUntil: '2027-01-02' })] }), []);
  assert.deepEqual(rulesIn({ offers: [poolOffer(0, { availableFrom: '2027-04-01' })] }), ['period']);
});

test('an offer’s conditions are held against the need, and what is unknown is left to a person', () => {
  const offers = [poolOffer(0, { conditions: { minEmployees: 50, nafSections: ['C'] } })];
  const facts = { nafSections: ['J'], regionCode: '84', employees: 12, isSoleTrader: false };
  const pool = makePool({ offers, needs: [poolNeed(0, { facts })] });
  const [obstacle] = obstaclesBetween(pool, pool.needs[0]!, pool.offers[0]!);
  assert.ok(obstacle?.rule === 'conditions');
  assert.deepEqual(
    obstacle.notes.map(({ code }) => code),
    ['naf-section', 'too-few-employees'],
  );
  const unknown = pairUp(makePool({ offers }), SILENT).pairs[0];
  assert.deepEqual(
    unknown?.remarks.map(({ code }) => code),
    ['naf-section-to-verify', 'employees-to-verify'],
  );
});

test('a pin gives exactly its quantity, and overrides an earlier no', () => {
  const decisions: Pool['decisions'] = [{ ...pair, decision: 'pin', quantity: 1, reason: '' }];
  const { pairs } = pairUp(makePool({ decisions, refusals: [{ ...pair, side: 'need' }] }), SILENT);
  assert.deepEqual(
    pairs.map(({ cap, minimum }) => ({ cap, minimum })),
    [{ cap: 1, minimum: 1 }],
  );
});

test('a late need is served all the same; one that cannot wait for the offer is not', () => {
  const round = { startsOn: '2027-01-01', endsOn: '2027-04-01' };
  const day = (neededBy: string | null, availableFrom: string | null) =>
    firstSharedDay(round, { neededBy }, { availableFrom, availableUntil: null });
  assert.equal(day(null, null), '2027-01-01');
  assert.equal(day('2026-12-01', '2027-02-01'), '2027-02-01');
  assert.equal(day('2027-02-01', '2027-02-01'), '2027-02-01');
  assert.equal(day('2027-01-31', '2027-02-01'), undefined);
});

const thousandths = fc.integer({ min: 0, max: 1000 });
const breakdowns: fc.Arbitrary<Breakdown> = fc.record({
  kind: thousandths,
  text: thousandths,
  themes: thousandths,
  sector: thousandths,
  place: thousandths,
  history: thousandths,
  urgency: thousandths,
});

test('points add up to the score, which never leaves 0…1000 and never falls when a component rises', () => {
  assert.equal(
    COMPONENTS.reduce((sum, component) => sum + SCORE_WEIGHTS[component], 0),
    1000,
  );
  fc.assert(
    fc.property(breakdowns, fc.constantFrom(...COMPONENTS), (breakdown, component) => {
      const score = scoreOf(breakdown, SCORE_WEIGHTS);
      const points = pointsOf(breakdown, SCORE_WEIGHTS);
      assert.equal(
        COMPONENTS.reduce((sum, one) => sum + points[one], 0),
        score,
      );
      assert.ok(score >= 0 && score <= 1000);
      assert.ok(scoreOf({ ...breakdown, [component]: 1000 }, SCORE_WEIGHTS) >= score);
    }),
  );
});

test('themes in common do not depend on the side, and silence is lukewarm', () => {
  const codes = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
  fc.assert(
    fc.property(codes, codes, (some, others) =>
      assert.equal(themesInCommon(some, others), themesInCommon(others, some)),
    ),
  );
  assert.equal(themesInCommon(['a', 'b'], ['b', 'a']), 1000);
  assert.equal(themesInCommon([], ['a']), 400);
});
