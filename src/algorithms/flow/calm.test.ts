import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AllocationProblem } from './allocation.ts';
import { packProblem } from './allocation.ts';
import { alignInForce, calmest, changesBetween } from './calm.ts';
import { checkAllocation } from './check-allocation.ts';
import { bestByDefinition } from './every-plan.ts';
import { solveWithHighs } from './highs-solver.ts';
import { solveLeximin } from './leximin.ts';
import { territory } from './make-territory.ts';
import { isOnlyPlan } from './only-plan.ts';
import type { Optimal } from './optimal-face.ts';
import { cheapestOnFace, optimalFace } from './optimal-face.ts';
import { flatProblem } from './tied-problems.ts';
import { tinyProblem } from './tiny-problems.ts';

const problems = fc.oneof(tinyProblem(), flatProblem());
const solved = async (problem: AllocationProblem, solve = solveLeximin): Promise<Optimal> => {
  const answer = await solve(problem);
  fc.pre(answer.status === 'optimal');
  return answer as Optimal;
};
const key = (units: Int32Array) => units.join(' ');

test('the face holds every best plan and no other, and knows when there is only one', async () => {
  await fc.assert(
    fc.asyncProperty(problems, async (problem) => {
      const answer = await solved(problem);
      const best = bestByDefinition(problem)!.plans.map(key).toSorted();
      const face = optimalFace(problem, answer);
      const within = (units: Int32Array) => {
        const sums = { needs: new Int32Array(answer.served.length), offers: new Int32Array(answer.given.length) };
        units.forEach((one, a) => {
          sums.needs[problem.pairs.need[a]!]! += one;
          sums.offers[problem.pairs.offer[a]!]! += one;
        });
        const fits = ({ low, high }: typeof face.pairs, values: Int32Array) =>
          values.every((value, k) => low[k]! <= value && value <= high[k]!);
        return fits(face.pairs, units) && fits(face.needs, sums.needs) && fits(face.offers, sums.offers);
      };
      const inFace = [...boxOf(face.pairs)].filter(within).map(key).toSorted();
      assert.deepEqual(inFace, best);
      assert.equal(isOnlyPlan(problem, face, answer.units), best.length === 1);
    }),
    { numRuns: 3000 },
  );
});

test('no best plan has fewer changes, by definition; the proof still holds; the next face is all that tie', async () => {
  const asked = problems.chain((problem) =>
    fc.record({
      problem: fc.constant(problem),
      units: fc.array(fc.nat(3), { minLength: problem.pairs.need.length, maxLength: problem.pairs.need.length }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(asked, async ({ problem, units }) => {
      const answer = await solved(problem);
      const inForce = { units: Int32Array.from(units), gone: [] };
      const calm = calmest(problem, answer, inForce);
      assert.equal(calm.status, 'optimal');
      if (calm.status !== 'optimal') return;
      const { plans } = bestByDefinition(problem)!;
      const moved = plans.map((plan) => changesBetween(inForce, plan).moved);
      assert.equal(calm.changes.moved, Math.min(...moved));
      assert.deepEqual(checkAllocation(problem, calm.allocation), { accepted: true, proven: 'optimal' });
      const calmestOfAll = plans.filter((_, k) => moved[k] === calm.changes.moved);
      assert.equal(isOnlyPlan(problem, calm.face, calm.allocation.units), calmestOfAll.length === 1);
      // A wish for the opposite of each of them in turn must still find each of them in the face.
      for (const plan of calmestOfAll) {
        const found = cheapestOnFace(problem, calm.face, (a, low, high) => {
          const kept = Math.max(low, Math.min(high, plan[a]!));
          return [
            { units: kept - low, cost: -1 },
            { units: high - kept, cost: 1 },
          ];
        });
        assert.ok(found.status === 'optimal');
        assert.equal(key(found.units), key(plan));
      }
    }),
    { numRuns: 3000 },
  );
});

test('the plan in force itself is kept when it is still best, whichever solver answered', async () => {
  const sizes = fc.record({
    needs: fc.integer({ min: 1, max: 40 }),
    offers: fc.integer({ min: 1, max: 20 }),
    pairsPerNeed: fc.integer({ min: 1, max: 10 }),
    seed: fc.nat(),
    greatestCapacity: fc.constantFrom(2, 8),
  });
  await fc.assert(
    fc.asyncProperty(sizes, async (size) => {
      const start = territory(size);
      // Scores of few values, so that many plans tie.
      const score = start.pairs.score.map((one) => Math.ceil(one / 400) * 400);
      const problem = { ...start, pairs: { ...start.pairs, score } };
      const [ours, theirs] = [await solved(problem), await solved(problem, solveWithHighs as typeof solveLeximin)];
      const calm = calmest(problem, ours, { units: theirs.units, gone: [] });
      assert.ok(calm.status === 'optimal');
      assert.equal(calm.changes.moved, 0);
      assert.deepEqual(calm.allocation.units, theirs.units);
    }),
    { numRuns: 40 },
  );
});

test('a plan in force is read by ids: rows add up, and what is no longer there is counted apart', async () => {
  const packed = packProblem({
    needs: [{ wanted: 2 }, { wanted: 2 }],
    offers: [{ capacity: 2 }, { capacity: 2 }],
    pairs: [
      { need: 0, offer: 0, score: 5, cap: 2 },
      { need: 0, offer: 1, score: 5, cap: 2 },
      { need: 1, offer: 0, score: 5, cap: 2 },
      { need: 1, offer: 1, score: 5, cap: 2 },
    ],
  });
  assert.ok(packed.ok);
  const ids = { needs: ['ada', 'bob'], offers: ['law', 'desk'] };
  const rows = [
    { need: 'ada', offer: 'desk', units: 1 },
    { need: 'ada', offer: 'desk', units: 1 },
    { need: 'bob', offer: 'law', units: 1 },
    { need: 'bob', offer: 'test ground', units: 1 },
    { need: 'cleo', offer: 'law', units: 3 },
  ];
  const inForce = alignInForce(packed.problem, ids, rows);
  assert.deepEqual([...inForce.units], [0, 2, 1, 0]);
  assert.deepEqual(inForce.gone, [rows[3], rows[4]]);
  const calm = calmest(packed.problem, await solved(packed.problem), inForce);
  assert.ok(calm.status === 'optimal');
  assert.deepEqual([...calm.allocation.units], [0, 2, 2, 0]);
  assert.deepEqual(calm.changes, { added: 1, withdrawn: 0, moved: 1, gone: 4 });
});

test('a list that does not fit and a cancelled question are answered with a status', async () => {
  const problem = territory({ needs: 5, offers: 4, pairsPerNeed: 3, seed: 1 });
  const answer = await solved(problem);
  const units = answer.units;
  assert.deepEqual(calmest(problem, answer, { units: units.subarray(1), gone: [] }), {
    status: 'invalid',
    row: units.length - 1,
  });
  assert.deepEqual(calmest(problem, answer, { units: units.with(0, -1), gone: [] }), { status: 'invalid', row: 0 });
  assert.deepEqual(
    calmest(problem, answer, { units, gone: [] }, () => true),
    { status: 'cancelled' },
  );
});

function* boxOf({ low, high }: { low: Int32Array; high: Int32Array }): Generator<Int32Array> {
  const units = low.slice();
  for (;;) {
    yield units.slice();
    const place = units.findIndex((value, a) => value < high[a]!);
    if (place < 0) return;
    units[place]! += 1;
    for (let a = 0; a < place; a++) units[a] = low[a]!;
  }
}
