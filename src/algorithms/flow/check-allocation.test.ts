import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Allocation, AllocationProblem, Certificate } from './allocation.ts';
import { packProblem, summarise } from './allocation.ts';
import { checkAllocation } from './check-allocation.ts';
import { bestByDefinition, compareLevels, everyPlan, servedBy, sortedLevelsOf } from './every-plan.ts';
import { solveWithHighs } from './highs-solver.ts';
import { solveLeximin } from './leximin.ts';
import { tinyProblem } from './tiny-problems.ts';

type Optimal = Extract<Allocation, { status: 'optimal' }>;

const solved = async (problem: AllocationProblem): Promise<Optimal> => {
  const answer = await solveWithHighs(problem);
  fc.pre(answer.status === 'optimal');
  return answer as Optimal;
};
const refused = (problem: AllocationProblem, answer: Allocation): string => {
  const verdict = checkAllocation(problem, answer);
  assert.equal(verdict.accepted, false, 'a spoilt plan was accepted');
  return verdict.accepted ? '' : verdict.refusal.rule;
};

test('whatever lawful plan is put in its place, with its sums right, only a best one is accepted', async () => {
  await fc.assert(
    fc.asyncProperty(tinyProblem(), async (problem) => {
      const answer = await solved(problem);
      const best = bestByDefinition(problem)!;
      for (const units of everyPlan(problem)) {
        const plan = summarise(problem, units);
        const forged: Allocation = { ...answer, ...plan, bound: plan.totalScore };
        const isBest =
          compareLevels(sortedLevelsOf(problem, units), best.sortedLevels) === 0 && plan.totalScore === best.totalScore;
        // Optimal prices prove every best plan, so the same certificate must fit exactly these.
        assert.equal(checkAllocation(problem, forged).accepted, isBest);
      }
    }),
    { numRuns: 300 },
  );
});

test('one unit more or less on any pair is refused', async () => {
  await fc.assert(
    fc.asyncProperty(tinyProblem(), async (problem) => {
      const answer = await solved(problem);
      for (let a = 0; a < answer.units.length; a++) {
        for (const change of [-1, 1]) {
          refused(problem, { ...answer, units: answer.units.with(a, answer.units[a]! + change) });
        }
      }
    }),
  );
});

test('a changed total, bound, gap, level, sum or status is refused by its rule', async () => {
  await fc.assert(
    fc.asyncProperty(tinyProblem(), async (problem) => {
      const answer = await solved(problem);
      assert.equal(refused(problem, { ...answer, totalScore: answer.totalScore + 1 }), 'total');
      assert.equal(refused(problem, { ...answer, bound: answer.bound + 1 }), 'gap');
      assert.equal(refused(problem, { ...answer, bound: answer.bound + 1, gap: 1 }), 'bound');
      assert.equal(refused(problem, { ...answer, gap: 1 }), 'gap');
      assert.equal(refused(problem, { ...answer, totalScore: NaN }), 'total');
      assert.equal(refused(problem, { status: 'cancelled' }), 'no-plan');
      const extra = { numerator: 1, denominator: 97, needs: 1 };
      assert.equal(refused(problem, { ...answer, levels: [...answer.levels, extra] }), 'levels');
      answer.levels.forEach((level, place) => {
        const spoilt = [
          { ...level, needs: level.needs + 1 },
          { ...level, numerator: level.numerator + 1 },
          { ...level, numerator: level.numerator * 2, denominator: level.denominator * 2 },
        ];
        for (const wrong of spoilt) {
          const levels = answer.levels.with(place, wrong);
          assert.equal(refused(problem, { ...answer, levels }), 'levels');
        }
        const levels = answer.levels.toSpliced(place, 1);
        assert.equal(refused(problem, { ...answer, levels }), 'levels');
      });
      const served = answer.served.with(0, answer.served[0]! + 1);
      assert.equal(refused(problem, { ...answer, served }), 'served');
      const given = answer.given.with(0, answer.given[0]! + 1);
      assert.equal(refused(problem, { ...answer, given }), 'given');
      const short = answer.units.subarray(1);
      if (answer.units.length > 0) assert.equal(refused(problem, { ...answer, units: short }), 'shape');
    }),
  );
});

test('a certificate is refused as soon as a price proves nothing', async () => {
  await fc.assert(
    fc.asyncProperty(tinyProblem(), async (problem) => {
      const answer = await solved(problem);
      const without = (list: keyof Certificate, row: number, price: number): Allocation => ({
        ...answer,
        certificate: { ...answer.certificate, [list]: answer.certificate[list].with(row, price) },
      });
      assert.equal(refused(problem, without('needScore', 0, 0.5)), 'whole-price');
      assert.equal(refused(problem, without('offerScore', 0, NaN)), 'whole-price');
      answer.served.forEach((units, i) => {
        // A price above every lift denies that the last unit was worth it, one below that the next is not.
        if (units > 0) refused(problem, without('needFairness', i, 1e6));
        if (units < problem.needs.wanted[i]!) refused(problem, without('needFairness', i, -1e6));
      });
      answer.given.forEach((units, j) => {
        if (units < problem.offers.capacity[j]!) {
          assert.equal(refused(problem, without('offerFairness', j, 1)), 'offer-price');
          assert.equal(refused(problem, without('offerFairness', j, 1e6)), 'offer-price');
        }
        if (units > problem.offers.minimum[j]!) {
          assert.equal(refused(problem, without('offerFairness', j, -1e6)), 'offer-price');
        }
      });
    }),
  );
});

test('fairness prices are the tight sets, level by level: no plan serves the needs of one a unit more', async () => {
  await fc.assert(
    fc.asyncProperty(tinyProblem(), async (problem) => {
      const answer = await solveLeximin(problem);
      fc.pre(answer.status === 'optimal');
      if (answer.status !== 'optimal') return;
      const plans = [...everyPlan(problem)].map((plan) => servedBy(problem, plan));
      const prices = answer.certificate.needFairness;
      const unmet = prices.filter((_, i) => answer.served[i]! < problem.needs.wanted[i]!);
      assert.ok(unmet.every((price) => price > 0));
      for (const least of new Set(prices)) {
        if (least <= 0) continue;
        const together = (served: Int32Array) =>
          served.reduce((sum, units, i) => sum + (prices[i]! >= least ? units : 0), 0);
        assert.equal(together(answer.served), Math.max(...plans.map(together)));
      }
    }),
    { numRuns: 300 },
  );
});

test('two scores swapped in the problem spoil the stated total or the proof', async () => {
  const packed = packProblem({
    needs: [{ wanted: 1 }, { wanted: 1 }],
    offers: [{ capacity: 1 }, { capacity: 1 }],
    pairs: [
      { need: 0, offer: 0, score: 900, cap: 1 },
      { need: 0, offer: 1, score: 400, cap: 1 },
      { need: 1, offer: 0, score: 300, cap: 1 },
      { need: 1, offer: 1, score: 700, cap: 1 },
    ],
  });
  assert.ok(packed.ok);
  const { problem } = packed;
  const answer = await solved(problem);
  assert.equal(answer.totalScore, 1600);
  const withScores = (scores: number[]): AllocationProblem => ({
    ...problem,
    pairs: { ...problem.pairs, score: Int32Array.from(scores) },
  });
  assert.equal(refused(withScores([400, 900, 300, 700]), answer), 'total');
  // The total is the same, yet the other way round is now better.
  assert.equal(refused(withScores([900, 1000, 1000, 700]), answer), 'pair-price');
});
