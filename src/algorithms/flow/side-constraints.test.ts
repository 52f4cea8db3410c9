import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AllocationProblem } from './allocation.ts';
import { packProblem } from './allocation.ts';
import { brokenConstraint, checkSideConstraints } from './check-side-constraints.ts';
import { constrainedProblem } from './constrained-problems.ts';
import { compareLevels, everyPlan, sortedLevelsOf } from './every-plan.ts';
import type { SideAllocation, SideConstraints, SideOptions } from './side-constraints.ts';
import { territory } from './make-territory.ts';
import { solveWithSideConstraints } from './solve-side-constraints.ts';

const lawfulPlans = (problem: AllocationProblem, constraints: SideConstraints) =>
  [...everyPlan(problem)].filter((units) => brokenConstraint(problem, constraints, units) === null);
const totalOf = ({ pairs }: AllocationProblem, units: Int32Array) =>
  units.reduce((sum, one, a) => sum + one * pairs.score[a]!, 0);
const sumsOf = ({ needs, pairs }: AllocationProblem, units: Int32Array) => {
  const sums = Array.from(needs.wanted, () => 0);
  units.forEach((one, a) => (sums[pairs.need[a]!]! += one * pairs.score[a]!));
  return sums;
};
const withPlan = (answer: SideAllocation) => {
  assert.ok('plan' in answer && answer.plan !== null, answer.status);
  return answer.plan;
};

test('of two needs that cannot both be served, the lighter one stands higher when it has all it wants', async () => {
  const problem = {
    needs: { wanted: Int32Array.of(1, 1), weight: Int32Array.of(2, 1) },
    offers: { capacity: Int32Array.of(1, 1), minimum: Int32Array.of(0, 0) },
    pairs: {
      need: Int32Array.of(0, 0, 1, 1),
      offer: Int32Array.of(0, 1, 0, 1),
      score: Int32Array.of(0, 0, 0, 0),
      cap: Int32Array.of(0, 1, 1, 1),
      minimum: Int32Array.of(0, 0, 0, 0),
    },
  };
  const together = { first: Int32Array.of(0), second: Int32Array.of(2) };
  const plan = withPlan(await solveWithSideConstraints(problem, { together }));
  assert.deepEqual([...sortedLevelsOf(problem, plan.units)], [...sortedLevelsOf(problem, Int32Array.of(0, 0, 0, 1))]);
});

test('the plan is the best by definition: levels, least sums, total', async () => {
  const asked = fc.record({
    instance: constrainedProblem(),
    objective: fc.constantFrom('leximin', 'total'),
    sumLevels: fc.constantFrom(0, 0, 1, 2),
  });
  const by = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(asked, async ({ instance: { problem, constraints }, objective, sumLevels }) => {
      const options: SideOptions = { objective, sumLevels };
      const answer = await solveWithSideConstraints(problem, constraints, options);
      let left = lawfulPlans(problem, constraints);
      if (left.length === 0) return assert.equal(answer.status, 'infeasible');
      const plan = withPlan(answer);
      assert.deepEqual(checkSideConstraints(problem, constraints, plan), { accepted: true });
      by.set(plan.by, (by.get(plan.by) ?? 0) + 1);
      if (objective === 'leximin') {
        const levels = (units: Int32Array) => sortedLevelsOf(problem, units);
        const best = left.reduce((x, y) => (compareLevels(levels(y), levels(x)) > 0 ? y : x));
        left = left.filter((units) => compareLevels(levels(units), levels(best)) === 0);
        assert.equal(compareLevels(levels(plan.units), levels(best)), 0);
      }
      const aside = new Set<number>();
      for (const step of plan.sumLevels) {
        const worst = (units: Int32Array) =>
          Math.min(...sumsOf(problem, units).filter((_, i) => problem.needs.wanted[i]! > 0 && !aside.has(i)));
        const value = Math.max(...left.map(worst));
        assert.deepEqual([step.value, step.bound], [value, value]);
        left = left.filter((units) => worst(units) === value);
        for (const i of step.tight) {
          assert.ok(left.every((units) => sumsOf(problem, units)[i] === value));
          aside.add(i);
        }
      }
      if (answer.status === 'optimal') {
        assert.ok(
          plan.sumLevels.length === sumLevels || aside.size >= problem.needs.wanted.filter((w) => w > 0).length,
        );
      } else {
        // Several needs may be able to have more, but not together: nothing else may end short of the optimum.
        assert.ok(answer.status === 'bounded' && sumLevels === 2 && plan.sumLevels.at(-1)!.tight.length === 0);
      }
      assert.equal(plan.totalScore, Math.max(...left.map((units) => totalOf(problem, units))));
    }),
    { numRuns: 1500 },
  );
  for (const way of ['flow', 'priced-flow', 'mixed-integer']) assert.ok((by.get(way) ?? 0) > 20, `${way} is tried`);
});

test('constraints that leave no plan are named, none too many', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(constrainedProblem(), async ({ problem, constraints }) => {
      fc.pre(lawfulPlans(problem, constraints).length === 0 && lawfulPlans(problem, {}).length > 0);
      const answer = await solveWithSideConstraints(problem, constraints);
      assert.ok(answer.status === 'infeasible' && answer.reason.kind === 'side-constraints');
      const { constraints: blamed, smallest } = answer.reason;
      assert.ok(smallest && blamed.length > 0);
      const key = (one: object) => JSON.stringify(one);
      // A plan that breaks no blamed constraint must not exist; leave any one of them out, and it must.
      const breaksSome = (units: Int32Array, list: readonly object[]) =>
        list.some((one) => brokenBy(problem, constraints, units).has(key(one)));
      const plans = [...everyPlan(problem)];
      assert.ok(plans.every((units) => breaksSome(units, blamed)));
      for (const one of blamed) {
        const others = blamed.filter((other) => other !== one);
        assert.ok(
          plans.some((units) => !breaksSome(units, others)),
          `${key(one)} is blamed for nothing`,
        );
      }
      found++;
    }),
    { numRuns: 150 },
  );
  assert.ok(found > 50);
});

test('out of time there is still a plan, with a bound; cancelled is cancelled; nothing is thrown', async () => {
  const sides = fc.record({
    size: fc.record({
      needs: fc.integer({ min: 1, max: 60 }),
      offers: fc.integer({ min: 1, max: 30 }),
      pairsPerNeed: fc.integer({ min: 1, max: 15 }),
      seed: fc.nat(),
      greatestCapacity: fc.constantFrom(2, 10),
    }),
    timeLimitMs: fc.constantFrom(0, 1, 5),
    sumLevels: fc.nat(2),
    calls: fc.nat(30),
  });
  await fc.assert(
    fc.asyncProperty(sides, async ({ size, timeLimitMs, sumLevels, calls }) => {
      const problem = territory(size);
      const constraints = someConstraints(problem, size.seed);
      const answer = await solveWithSideConstraints(problem, constraints, { timeLimitMs, sumLevels });
      const plan = withPlan(answer);
      assert.ok(['time-limit', 'optimal'].includes(answer.status));
      assert.deepEqual(checkSideConstraints(problem, constraints, plan), { accepted: true });
      let asked = 0;
      const shouldCancel = () => asked++ >= calls;
      const cancelled = await solveWithSideConstraints(problem, constraints, {
        shouldCancel,
        sumLevels,
        timeLimitMs: 2000,
      });
      if (cancelled.status === 'cancelled') return;
      assert.deepEqual(checkSideConstraints(problem, constraints, withPlan(cancelled)), { accepted: true });
    }),
    { numRuns: 40 },
  );
});

test('a spoilt plan is refused', async () => {
  await fc.assert(
    fc.asyncProperty(constrainedProblem(false), fc.nat(), async ({ problem, constraints }, at) => {
      fc.pre(problem.pairs.need.length > 0);
      const answer = await solveWithSideConstraints(problem, constraints, { sumLevels: 1 });
      fc.pre('plan' in answer && answer.plan !== null);
      const plan = withPlan(answer);
      const a = at % plan.units.length;
      for (const change of [-1, 1]) {
        const units = plan.units.with(a, plan.units[a]! + change);
        assert.equal(checkSideConstraints(problem, constraints, { ...plan, units }).accepted, false);
      }
      const spoilt = [
        { totalScore: plan.totalScore + 1 },
        { bound: plan.totalScore - 1 },
        { gap: plan.gap + 1 },
        { sums: plan.sums.with(0, plan.sums[0]! + 1) },
        { served: plan.served.with(0, plan.served[0]! + 1) },
        { given: plan.given.with(0, plan.given[0]! + 1) },
        { levels: [...plan.levels, { numerator: 99, denominator: 1, needs: 1 }] },
        { sumLevels: [{ value: 1e9, bound: 1e9, tight: [] }] },
        { units: plan.units.subarray(1) },
      ];
      for (const one of spoilt) {
        const hasNeeds = problem.needs.wanted.some((wanted) => wanted > 0);
        if ('sumLevels' in one && !hasNeeds) continue;
        assert.equal(checkSideConstraints(problem, constraints, { ...plan, ...one }).accepted, false);
      }
    }),
    { numRuns: 200 },
  );
});

test('constraints that cannot be read are answered with their row', async () => {
  const packed = packProblem({
    needs: [{ wanted: 1 }],
    offers: [{ capacity: 1 }],
    pairs: [{ need: 0, offer: 0, score: 1, cap: 1 }],
  });
  assert.ok(packed.ok);
  const fault = async (constraints: SideConstraints) => {
    const answer = await solveWithSideConstraints(packed.problem, constraints);
    return answer.status === 'invalid' ? `${answer.reason.field} ${answer.reason.row} ${answer.reason.fault}` : answer;
  };
  const budgets = { limit: Float64Array.of(5), ofNeed: Int32Array.of(0), value: Float64Array.of(1) };
  assert.equal(
    await fault({ budgets: { ...budgets, limit: Float64Array.of(0.5) } }),
    'budgets.limit 0 not-a-whole-number',
  );
  assert.equal(await fault({ budgets: { ...budgets, limit: Float64Array.of(-1) } }), 'budgets.limit 0 out-of-range');
  assert.equal(await fault({ budgets: { ...budgets, ofNeed: Int32Array.of(1) } }), 'budgets.ofNeed 0 unknown');
  assert.equal(await fault({ budgets: { ...budgets, value: Float64Array.of() } }), 'budgets.value 0 length');
  assert.equal(await fault({ partners: Int32Array.of(-2) }), 'partners 0 out-of-range');
  assert.equal(await fault({ together: { first: Int32Array.of(0), second: Int32Array.of(1) } }), 'together 0 unknown');
  assert.equal(await fault({ together: { first: Int32Array.of(0), second: Int32Array.of() } }), 'together 0 length');
  assert.equal(await fault({ floors: Float64Array.of(NaN) }), 'floors 0 not-a-whole-number');
});

/** Every side constraint that these units break, each asked alone. */
function brokenBy(problem: AllocationProblem, constraints: SideConstraints, units: Int32Array): Set<string> {
  const { budgets, partners, together, floors } = constraints;
  const broken = new Set<string>();
  const ask = (alone: SideConstraints, rename: (one: object) => object = (one) => one) => {
    const refusal = brokenConstraint(problem, alone, units);
    if (refusal?.rule === 'side-constraint') broken.add(JSON.stringify(rename(refusal.constraint)));
  };
  budgets?.limit.forEach((_, budget) => {
    ask({ budgets: { ...budgets, ofNeed: budgets.ofNeed.map((one) => (one === budget ? one : -1)) } });
  });
  problem.needs.wanted.forEach((_, need) => {
    if (partners) ask({ partners: partners.map((most, i) => (i === need ? most : -1)) });
    if (floors) ask({ floors: floors.map((least, i) => (i === need ? least : 0)) });
  });
  together?.first.forEach((_, couple) => {
    const alone = {
      first: together.first.subarray(couple, couple + 1),
      second: together.second.subarray(couple, couple + 1),
    };
    ask({ together: alone }, () => ({ kind: 'together', couple }));
  });
  return broken;
}

function someConstraints(problem: AllocationProblem, seed: number): SideConstraints {
  const draw = (k: number, most: number) => ((seed % 9973) * 7919 + k * 104_729) % most;
  const [n, pairs] = [problem.needs.wanted.length, problem.pairs.need.length];
  const numbers = (length: number) => Array.from({ length }, (_, k) => k);
  return {
    budgets: {
      limit: Float64Array.from(numbers(3), (k) => 2000 + draw(k, 20_000)),
      ofNeed: Int32Array.from(numbers(n), (k) => draw(k, 4) - 1),
      value: Float64Array.from(numbers(pairs), (k) => 100 + draw(k, 900)),
    },
    partners: Int32Array.from(numbers(n), (k) => draw(k, 4) - 1),
    together: {
      first: Int32Array.from(numbers(Math.min(3, pairs)), (k) => draw(k, pairs)),
      second: Int32Array.from(numbers(Math.min(3, pairs)), (k) => draw(k + 50, pairs)),
    },
  };
}
