import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Allocation, AllocationProblem } from './allocation.ts';
import { checkAllocation } from './check-allocation.ts';
import { bestByDefinition, compareLevels, sortedLevelsOf } from './every-plan.ts';
import { solveWithHighs } from './highs-solver.ts';
import { replan, solveLeximin, startSession } from './leximin.ts';
import { territory } from './make-territory.ts';
import { tinyProblem } from './tiny-problems.ts';

const proven = { accepted: true, proven: 'optimal' };

test('the plan is the best by definition, and the checker accepts its proof', async () => {
  await fc.assert(
    fc.asyncProperty(tinyProblem(), async (problem) => {
      const best = bestByDefinition(problem);
      const answer = await solveLeximin(problem);
      if (best === null) return assert.equal(answer.status, 'infeasible');
      assert.equal(answer.status, 'optimal');
      if (answer.status !== 'optimal') return;
      assert.equal(compareLevels(sortedLevelsOf(problem, answer.units), best.sortedLevels), 0);
      assert.equal(answer.totalScore, best.totalScore);
      assert.deepEqual(checkAllocation(problem, answer), proven);
    }),
    { numRuns: 10_000 },
  );
});

const sizes = fc.record({
  needs: fc.integer({ min: 1, max: 60 }),
  offers: fc.integer({ min: 1, max: 40 }),
  pairsPerNeed: fc.integer({ min: 1, max: 20 }),
  seed: fc.nat(),
  greatestCapacity: fc.constantFrom(2, 6, 12, 40),
  weights: fc.constantFrom(1, 3),
});

test('levels and total are those of the linear programme', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, async (size) => {
      const problem = territory(size);
      const [ours, theirs] = [await solveLeximin(problem), await solveWithHighs(problem)];
      assert.deepEqual(essence(ours), essence(theirs));
      assert.deepEqual(checkAllocation(problem, ours), proven);
    }),
    { numRuns: 60 },
  );
});

/** What every best plan of a problem has in common. */
const essence = (answer: Allocation) =>
  answer.status === 'optimal' ? { total: answer.totalScore, levels: answer.levels } : answer;

type Change = { kind: 'capacity' | 'wanted' | 'score' | 'cap' | 'minimum'; at: number; to: number };
const changed = (problem: AllocationProblem, { kind, at, to }: Change): AllocationProblem => {
  const { needs, offers, pairs } = problem;
  const put = (list: Int32Array, greatest: number) =>
    list.length === 0 ? list : list.with(at % list.length, Math.min(greatest, to));
  switch (kind) {
    case 'capacity': {
      const capacity = put(offers.capacity, 40);
      const fits = offers.minimum.every((least, j) => least <= capacity[j]!);
      const minimum = fits ? offers.minimum : offers.minimum.map((least, j) => Math.min(least, capacity[j]!));
      return { ...problem, offers: { capacity, minimum } };
    }
    case 'minimum': {
      const j = at % offers.capacity.length;
      return { ...problem, offers: { ...offers, minimum: put(offers.minimum, offers.capacity[j]!) } };
    }
    case 'wanted':
      return { ...problem, needs: { ...needs, wanted: put(needs.wanted, 12) } };
    case 'score':
      return { ...problem, pairs: { ...pairs, score: put(pairs.score, 1000) } };
    case 'cap': {
      const cap = put(pairs.cap, 9);
      const minimum = pairs.minimum.map((least, a) => Math.min(least, cap[a]!));
      return { ...problem, pairs: { ...pairs, cap, minimum } };
    }
  }
};

test('after any change the plan in hand is mended into what a start from nothing finds', async () => {
  const changes = fc.array(
    fc.record({
      kind: fc.constantFrom('capacity', 'capacity', 'wanted', 'score', 'cap', 'minimum'),
      at: fc.nat(),
      to: fc.oneof(fc.nat(8), fc.nat(1000)),
    }),
    { minLength: 1, maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(sizes.map(territory), tinyProblem()), changes, async (start, list) => {
      let problem = start;
      const session = startSession(problem);
      for (const change of list) {
        problem = changed(problem, change);
        const warm = replan(session, problem);
        assert.deepEqual(essence(warm), essence(await solveLeximin(problem)));
        if (warm.status === 'optimal') assert.deepEqual(checkAllocation(problem, warm), proven);
      }
    }),
    { numRuns: 1000 },
  );
});
