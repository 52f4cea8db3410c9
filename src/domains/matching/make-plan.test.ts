import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { giverId, askerId, makePool, needId, offerId, poolNeed, poolOffer } from '../../../test/factories/pool.ts';
import { solveWithHighs } from '../../algorithms/flow/highs-solver.ts';
import { arrivals, comparePlans, staleness } from './compare-plans.ts';
import { makePlan } from './make-plan.ts';
import { unmetNeeds, type Plan } from './plan.ts';
import type { Pool } from './pool.ts';
import { verify } from './proof.ts';

async function planOf(pool: Pool): Promise<Plan> {
  const made = await makePlan(pool, { solve: solveWithHighs });
  assert.ok(made.kind === 'made');
  return made.plan;
}

const pin = (need: number, offer: number, quantity: number): Pool['decisions'][number] => ({
  needId: needId(need),
  offerId: offerId(offer),
  decision: 'pin',
  quantity,
  reason: 'promis',
});

const pools: fc.Arbitrary<Pool> = fc
  .record({
    needs: fc.array(
      fc.record({
        left: fc.integer({ min: 1, max: 4 }),
        urgency: fc.constantFrom(1 as const, 2 as const, 3 as const),
        kindCode: fc.constantFrom('legal', 'finance'),
        organisationId: fc.nat(3).map(askerId),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    offers: fc.array(
      fc.record({
        left: fc.integer({ min: 1, max: 4 }),
        minimum: fc.nat(2),
        kindCode: fc.constantFrom('legal', 'finance'),
        organisationId: fc.oneof(fc.nat(3).map(giverId), fc.nat(3).map(askerId)),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    conflicts: fc.array(
      fc.record({
        organisationId: fc.nat(3).map(askerId),
        otherId: fc.nat(3).map(giverId),
        tie: fc.constant('competitor' as const),
      }),
      { maxLength: 3 },
    ),
  })
  .map(({ needs, offers, conflicts }) =>
    makePool({
      needs: needs.map((need, place) => poolNeed(place, need)),
      offers: offers.map((offer, place) => poolOffer(place, offer)),
      conflicts,
    }),
  );

test('any plan keeps every limit, is accepted by the checker, and its figures are sums of its rows', async () => {
  await fc.assert(
    fc.asyncProperty(pools, async (pool) => {
      const plan = await planOf(pool);
      assert.equal(plan.outcome, 'optimal');
      assert.deepEqual(plan.verdict, { accepted: true, proven: 'optimal' });
      const sum = (pick: (one: Plan['agreements'][number]) => boolean) =>
        plan.agreements.filter(pick).reduce((total, { units }) => total + units, 0);
      pool.needs.forEach(({ left }, need) => {
        const served = sum((one) => one.need === need);
        assert.equal(plan.needs[need]?.served, served);
        assert.equal(plan.needs[need]?.unmet?.missing ?? 0, left - served);
      });
      pool.offers.forEach(({ left }, offer) => assert.ok(sum((one) => one.offer === offer) <= left));
      for (const { need, offer } of plan.agreements)
        assert.notEqual(pool.needs[need]?.organisationId, pool.offers[offer]?.organisationId);
      assert.equal(plan.summary.served, plan.needs.filter(({ served }) => served > 0).length);
      assert.equal(
        plan.scarcity.reduce((total, { missing }) => total + missing, 0),
        unmetNeeds(plan).reduce((total, { unmet }) => total + unmet.missing, 0),
      );
    }),
    { numRuns: 60 },
  );
});

test('a plan whose figures were touched is refused', async () => {
  const plan = await planOf(
    makePool({ needs: [poolNeed(0, { left: 3 }), poolNeed(1, { left: 3 })], offers: [poolOffer(0, { left: 3 })] }),
  );
  const { proof, agreements } = plan;
  assert.ok(proof.answer);
  assert.ok(verify(proof, agreements).accepted);
  const moved = { ...proof, answer: { ...proof.answer, units: [3, 0], served: [3, 0] } };
  const first = agreements[0]!;
  assert.ok(!verify(moved, [{ ...first, units: 3 }]).accepted, 'unfair');
  assert.ok(
    !verify({ ...proof, answer: { ...proof.answer, units: [3, 2] } }, agreements).accepted,
    'more than is offered',
  );
  assert.ok(!verify(proof, agreements.slice(1)).accepted, 'an agreement is missing');
  assert.ok(!verify(proof, [...agreements, { ...first, need: 7 }]).accepted, 'an agreement was added');
});

test('the neediest first: a lone half-day goes to whoever has nothing', async () => {
  const pool = makePool({
    needs: [poolNeed(0, { left: 2 }), poolNeed(1, { left: 2 })],
    offers: [poolOffer(0, { left: 2 }), poolOffer(1, { left: 1, conditions: { minEmployees: 1 } })],
  });
  const plan = await planOf(pool);
  assert.deepEqual(plan.needs.map(({ served }) => served).toSorted(), [1, 2]);
  assert.equal(plan.summary.forgotten, 0);
  const [unmet] = unmetNeeds(plan);
  assert.equal(unmet?.unmet.why, 'used-up');
  assert.equal(unmet?.unmet.frees?.units, 1);
});

test('who gets nothing is told why, and which offer is nearest', async () => {
  const facts = { nafSections: [], regionCode: null, employees: 10, isSoleTrader: null };
  const plan = await planOf(
    makePool({
      needs: [poolNeed(0, { facts })],
      offers: [
        poolOffer(0, { conditions: { minEmployees: 50 } }),
        poolOffer(1, { conditions: { minEmployees: 50 }, availableUntil: '2026-12-01' }),
        poolOffer(2, { kindCode: 'desk', unit: 'desk-day' }),
      ],
    }),
  );
  const [{ unmet } = {}] = unmetNeeds(plan);
  assert.equal(unmet?.why, 'no-offer');
  assert.deepEqual(unmet?.kept, [
    { rule: 'conditions', offers: 2 },
    { rule: 'period', offers: 1 },
  ]);
  assert.deepEqual(
    unmet?.nearest.map(({ offer }) => offer),
    [0, 1],
  );
});

test('pins are kept to the unit; pins that contradict each other make the plan impossible and say where', async () => {
  const needs = [poolNeed(0, { left: 2 }), poolNeed(1, { left: 2 })];
  const offers = [poolOffer(0, { left: 2 }), poolOffer(1, { left: 2 })];
  const kept = await planOf(makePool({ needs, offers, decisions: [pin(0, 1, 1)] }));
  const pinned = kept.agreements.find(({ isPinned }) => isPinned);
  assert.deepEqual([pinned?.need, pinned?.offer, pinned?.units], [0, 1, 1]);
  assert.deepEqual(pinned?.why[0], { fact: 'pinned', reason: 'promis' });
  const torn = await planOf(makePool({ needs, offers, decisions: [pin(0, 1, 2), pin(0, 0, 2)] }));
  assert.equal(torn.outcome, 'impossible');
  assert.deepEqual(torn.impossible, { kind: 'need-overfilled', need: 0, missing: 2 });
});

test('a promised minimum that nobody can use is lowered and told, instead of leaving everybody without a plan', async () => {
  const plan = await planOf(
    makePool({
      needs: [poolNeed(0, { left: 1 })],
      offers: [poolOffer(0, { left: 5, minimum: 4 }), poolOffer(1, { left: 1 })],
    }),
  );
  assert.equal(plan.outcome, 'optimal');
  assert.deepEqual(plan.unkeptPromises, [{ offer: 0, promised: 4, possible: 1 }]);
  assert.equal(plan.offers[0]?.given, 1, 'the promise is still kept as far as can be');
});

test('the same pool gives the same plan', async () => {
  const pool = makePool({
    needs: [0, 1, 2].map((place) => poolNeed(place)),
    offers: [0, 1].map((place) => poolOffer(place)),
  });
  assert.deepEqual(await planOf(pool), await planOf(pool));
});

test('a cancelled try makes nothing', async () => {
  assert.deepEqual(await makePlan(makePool(), { solve: solveWithHighs, shouldCancel: () => true }), {
    kind: 'cancelled',
  });
});

test('what changed between two plans, and what spoils one, are told by name', async () => {
  const pool = makePool({ needs: [poolNeed(0), poolNeed(1)], offers: [poolOffer(0, { left: 4 })] });
  const older = { pool, plan: await planOf(pool) };
  const forbidden = {
    ...pool,
    decisions: [{ needId: needId(0), offerId: offerId(0), decision: 'forbid' as const, quantity: null, reason: '' }],
  };
  const newer = { pool: forbidden, plan: await planOf(forbidden) };
  assert.deepEqual(comparePlans(older, newer), [{ needId: needId(0), offerId: offerId(0), before: 2, after: 0 }]);
  assert.deepEqual(comparePlans(older, older), []);
  assert.deepEqual(staleness(older, pool), []);
  assert.deepEqual(staleness(older, forbidden), [{ what: 'decisions-changed' }]);
  const later = {
    ...pool,
    needs: [{ ...poolNeed(0), version: 2 }, poolNeed(5)],
    offers: [],
    conflicts: [{ organisationId: askerId(1), otherId: giverId(0), tie: 'other' as const }],
  };
  assert.deepEqual(
    staleness(older, later).map(({ what }) => what),
    ['need-changed', 'need-gone', 'offer-gone', 'conflict-declared'],
  );
  assert.deepEqual(arrivals(pool, later), { needs: 1, offers: 0 });
});
