import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AllocationProblem } from './allocation.ts';
import { summarise } from './allocation.ts';
import { checkAllocation } from './check-allocation.ts';
import { replan, startSession } from './leximin.ts';
import { territory } from './make-territory.ts';

type Question = { readonly kind: 'capacity' | 'wanted'; readonly at: number; readonly to: number };

const asked = (problem: AllocationProblem, { kind, at, to }: Question): AllocationProblem => {
  const { needs, offers } = problem;
  if (kind === 'wanted')
    return { ...problem, needs: { ...needs, wanted: needs.wanted.with(at % needs.wanted.length, to) } };
  return { ...problem, offers: { ...offers, capacity: offers.capacity.with(at % offers.capacity.length, 3 * to) } };
};

const territories = fc
  .record({
    needs: fc.integer({ min: 30, max: 150 }),
    offers: fc.integer({ min: 5, max: 50 }),
    pairsPerNeed: fc.integer({ min: 2, max: 12 }),
    seed: fc.nat(),
    greatestCapacity: fc.constantFrom(6, 22, 40),
    weights: fc.constantFrom(1, 1, 2),
  })
  .map(territory);
const questions = fc.array(
  fc.record({ kind: fc.constantFrom('capacity' as const, 'wanted' as const), at: fc.nat(), to: fc.nat(8) }),
  { minLength: 4, maxLength: 12 },
);

test('small changes one after the other: the plan of a start from nothing, its sums and its proof, in the basis in hand', () => {
  let kept = 0;
  fc.assert(
    fc.property(territories, questions, (start, list) => {
      let problem = start;
      const session = startSession(problem);
      for (const question of list) {
        problem = asked(problem, question);
        const { simplex, allocation: last } = session;
        const before = last.status === 'optimal' ? last.units.slice() : null;
        const warm = replan(session, problem);
        const cold = startSession(problem).allocation;
        assert.ok(warm.status === 'optimal' && cold.status === 'optimal' && last.status === 'optimal');
        assert.deepEqual([warm.totalScore, warm.levels], [cold.totalScore, cold.levels]);
        const { units, served, given, totalScore, levels } = warm;
        assert.deepEqual({ units, served, given, totalScore, levels }, summarise(problem, units));
        assert.deepEqual(checkAllocation(problem, warm), { accepted: true, proven: 'optimal' });
        assert.deepEqual(last.units, before, 'the last answer is still what it was');
        if (session.simplex === simplex) kept++;
      }
    }),
    { numRuns: 150 },
  );
  assert.ok(kept > 500, `the basis was kept ${kept} times`);
});

test('a need that wanted nothing is added in the basis in hand, and withdrawn again', () => {
  const whole = territory({ needs: 80, offers: 20, pairsPerNeed: 6, seed: 3, greatestCapacity: 22 });
  const without = { ...whole, needs: { ...whole.needs, wanted: whole.needs.wanted.with(5, 0) } };
  const session = startSession(without);
  const { simplex, allocation: first } = session;
  const added = replan(session, whole);
  const cold = startSession(whole).allocation;
  assert.ok(first.status === 'optimal' && added.status === 'optimal' && cold.status === 'optimal');
  assert.deepEqual([added.totalScore, added.levels], [cold.totalScore, cold.levels]);
  const again = replan(session, without);
  assert.ok(again.status === 'optimal');
  assert.deepEqual([again.totalScore, again.levels], [first.totalScore, first.levels]);
  assert.equal(session.simplex, simplex);
});
