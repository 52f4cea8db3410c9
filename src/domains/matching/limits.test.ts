import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { askerId, giverId, makePool, needId, offerId, poolNeed, poolOffer } from '../../../test/factories/pool.ts';
import { brokenConstraint } from '../../algorithms/flow/check-side-constraints.ts';
import { compareLevels, everyPlan, sortedLevelsOf } from '../../algorithms/flow/every-plan.ts';
import { solveLeximin } from '../../algorithms/flow/leximin.ts';
import { staleness } from './compare-plans.ts';
import { hasLimits, readLimits } from './limits.ts';
import { makePlan } from './make-plan.ts';
import { unmetNeeds, type Plan } from './plan.ts';
import type { Pool } from './pool.ts';
import { readProof, verify } from './proof.ts';

async function planOf(pool: Pool): Promise<Plan> {
  const made = await makePlan(pool, { solve: solveLeximin });
  assert.ok(made.kind === 'made');
  return made.plan;
}

const limitedPools: fc.Arbitrary<Pool> = fc
  .record({
    needs: fc.array(fc.record({ left: fc.integer({ min: 1, max: 3 }), organisationId: fc.nat(2).map(askerId) }), {
      minLength: 1,
      maxLength: 3,
    }),
    offers: fc.array(
      fc.record({
        left: fc.integer({ min: 1, max: 3 }),
        minimum: fc.nat(1),
        valueCents: fc.constantFrom(0, 5_000, 8_000),
        organisationId: fc.nat(3).map(giverId),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    mostPartners: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
    headroom: fc.array(fc.constantFrom(undefined, 0, 7_000, 13_000, 21_000), { minLength: 3, maxLength: 3 }),
  })
  .map(({ needs, offers, mostPartners, headroom }) => {
    const pool = makePool({
      needs: needs.map((need, place) => poolNeed(place, need)),
      offers: offers.map((offer, place) => poolOffer(place, offer)),
      ...(mostPartners === undefined ? {} : { mostPartners }),
    });
    const organisations = pool.organisations.map((one) => {
      const cents = headroom[[0, 1, 2].findIndex((place) => askerId(place) === one.id)];
      return cents === undefined ? one : { ...one, headroomCents: cents };
    });
    return { ...pool, organisations };
  });

test('a plan within limits is the fairest and best by definition, and what it says of needs is true', async () => {
  const told = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(limitedPools, async (pool) => {
      const plan = await planOf(pool);
      assert.ok(plan.verdict.accepted);
      const { problem, answer } = readProof(plan.proof);
      assert.ok('units' in answer);
      const constraints = readLimits(plan.proof.limits ?? {}, pool.needs.length);
      const keeps = (units: Int32Array) => brokenConstraint(problem, constraints, units) === null;
      const all = [...everyPlan(problem)].filter(keeps);
      const levels = (units: Int32Array) => sortedLevelsOf(problem, units);
      const total = (units: Int32Array) => units.reduce((sum, one, a) => sum + one * (problem.pairs.score[a] ?? 0), 0);
      const best = all.reduce((x, y) => ((compareLevels(levels(y), levels(x)) || total(y) - total(x)) > 0 ? y : x));
      assert.equal(compareLevels(levels(answer.units), levels(best)), 0);
      assert.equal(total(answer.units), total(best));
      if (plan.limited !== undefined) assert.deepEqual(plan.limited, { fairness: true, total: true });
      for (const { need, unmet } of unmetNeeds(plan)) {
        told.set(unmet.why, (told.get(unmet.why) ?? 0) + 1);
        if (plan.limited === undefined) continue;
        assert.equal(unmet.frees, null);
        const own = [...problem.pairs.need.keys()].filter((a) => problem.pairs.need[a] === need);
        const cents = own.map((a) => plan.proof.limits?.budgets?.value[a] ?? 0);
        if (unmet.why === 'headroom') assert.ok(cents.every((value) => value > (unmet.headroomLeft ?? Infinity)));
        if (unmet.why === 'partners')
          assert.equal(own.filter((a) => (answer.units[a] ?? 0) > 0).length, pool.mostPartners);
        if (unmet.why === 'taken')
          assert.ok(
            own.every(
              (a) => plan.offers[problem.pairs.offer[a] ?? 0]?.given === pool.offers[problem.pairs.offer[a] ?? 0]?.left,
            ),
          );
      }
    }),
    { numRuns: 150 },
  );
  // `taken` is rare in pools so small: it is held to its meaning above whenever it comes up.
  for (const why of ['headroom', 'partners', 'used-up']) assert.ok((told.get(why) ?? 0) > 0, why);
});

test('aid that is used up keeps a need back, and says so with what is left', async () => {
  const pool = makePool({
    needs: [poolNeed(0, { left: 3 })],
    offers: [poolOffer(0, { left: 3, valueCents: 60_000 })],
  });
  const organisations = pool.organisations.map((one) =>
    one.id === askerId(0) ? { ...one, headroomCents: 100_000 } : one,
  );
  const plan = await planOf({ ...pool, organisations });
  assert.deepEqual(
    plan.agreements.map(({ units }) => units),
    [1],
  );
  assert.deepEqual(plan.limited, { fairness: true, total: true });
  const [unmet] = unmetNeeds(plan);
  assert.deepEqual([unmet?.unmet.why, unmet?.unmet.headroomLeft], ['headroom', 40_000]);
  assert.deepEqual(plan.verdict, { accepted: true, proven: 'lawful' });
});

test('a unit more is told to free a need only when the limits allow it', async () => {
  const pool = (mostPartners?: number) =>
    makePool({
      needs: [poolNeed(0, { left: 2 }), poolNeed(1, { left: 1, urgency: 3 })],
      offers: [poolOffer(0, { left: 1 }), poolOffer(1, { left: 1 })],
      ...(mostPartners === undefined ? {} : { mostPartners }),
    });
  const free = await planOf(pool());
  const [named] = unmetNeeds(free);
  assert.equal(named?.unmet.frees?.units, 1);
  // One partner each is what the plan gives anyway; with one more unit elsewhere the need would have two.
  const limited = await planOf(pool(1));
  assert.equal(limited.outcome, 'optimal');
  assert.equal(limited.limited, undefined);
  const [told] = unmetNeeds(limited);
  const given = limited.agreements.find(({ need }) => need === 0)?.offer;
  assert.ok(told?.unmet.frees === null || told?.unmet.frees.offer === given);
});

test('a stored plan that breaks its limits is refused', async () => {
  const plan = await planOf(
    makePool({ needs: [poolNeed(0, { left: 2 })], offers: [poolOffer(0, { left: 1 }), poolOffer(1, { left: 1 })] }),
  );
  assert.ok(plan.verdict.accepted);
  const verdict = verify({ ...plan.proof, limits: { mostPartners: 1 } }, plan.agreements);
  assert.ok(!verdict.accepted && verdict.refusal.rule === 'side-constraint');
});

test('promises give way to limits, pins that contradict them leave no plan', async () => {
  const needs = [poolNeed(0, { left: 2 })];
  const offers = [poolOffer(0, { left: 1, minimum: 1 }), poolOffer(1, { left: 1, minimum: 1 })];
  const plan = await planOf(makePool({ needs, offers, mostPartners: 1 }));
  assert.equal(plan.agreements.length, 1);
  assert.equal(plan.unkeptPromises.length, 1);
  const pin = (offer: number) =>
    ({ needId: needId(0), offerId: offerId(offer), decision: 'pin', quantity: 1, reason: '' }) as const;
  const pinned = await planOf(makePool({ needs, offers, mostPartners: 1, decisions: [pin(0), pin(1)] }));
  assert.equal(pinned.outcome, 'impossible');
  assert.ok(pinned.impossible !== null && 'kind' in pinned.impossible);
  assert.equal(pinned.impossible.kind, 'side-constraints');
});

test('a plan is stale when the limit changed or aid is used up meanwhile', async () => {
  const pool = makePool({ offers: [poolOffer(0, { valueCents: 10_000 })] });
  const plan = await planOf(pool);
  const withHeadroom = (cents: number): Pool => ({
    ...pool,
    organisations: pool.organisations.map((one) => (one.id === askerId(0) ? { ...one, headroomCents: cents } : one)),
  });
  assert.ok(!hasLimits(pool) && hasLimits(withHeadroom(20_000)));
  assert.deepEqual(staleness({ pool, plan }, withHeadroom(20_000)), []);
  assert.deepEqual(
    staleness({ pool, plan }, withHeadroom(19_999)).map(({ what }) => what),
    ['headroom-used'],
  );
  assert.deepEqual(
    staleness({ pool, plan }, { ...pool, mostPartners: 1 }).map(({ what }) => what),
    ['limits-changed'],
  );
});
