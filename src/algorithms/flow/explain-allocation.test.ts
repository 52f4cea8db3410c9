import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AllocationProblem } from './allocation.ts';
import { packProblem } from './allocation.ts';
import { bestByDefinition, everyPlan, servedBy } from './every-plan.ts';
import { explainUnmetNeeds } from './explain-allocation.ts';
import { solveWithHighs } from './highs-solver.ts';
import { worthOfOffers } from './offer-worth.ts';
import { tinyProblem } from './tiny-problems.ts';

const withMore = (problem: AllocationProblem, offer: number, units: number): AllocationProblem => ({
  ...problem,
  offers: {
    ...problem.offers,
    capacity: problem.offers.capacity.map((capacity, j) => capacity + (j === offer ? units : 0)),
  },
});

/** Fewest units that this need gets in a fairest plan, whatever the scores. */
const fewestServed = (problem: AllocationProblem, need: number): number => {
  const blind = {
    ...problem,
    pairs: { ...problem.pairs, score: new Int32Array(problem.pairs.score.length) },
  };
  return Math.min(...bestByDefinition(blind)!.plans.map((plan) => servedBy(problem, plan)[need]!));
};

test('one more unit at a blocking offer, and at no other, serves the need without taking from anyone', async () => {
  await fc.assert(
    fc.asyncProperty(tinyProblem(), async (problem) => {
      const answer = await solveWithHighs(problem);
      fc.pre(answer.status === 'optimal');
      if (answer.status !== 'optimal') return;
      const unmet = explainUnmetNeeds(problem, answer);
      const { wanted } = problem.needs;
      const expected = [...wanted.keys()].filter((i) => answer.served[i]! < wanted[i]!);
      assert.deepEqual(
        unmet.map(({ need }) => need),
        expected,
      );
      for (const { need, offers } of unmet) {
        for (let j = 0; j < problem.offers.capacity.length; j++) {
          const better = everyPlan(withMore(problem, j, 1)).some((plan) =>
            servedBy(problem, plan).every((units, i) => units >= answer.served[i]! + (i === need ? 1 : 0)),
          );
          assert.equal(offers.includes(j), better, `need ${need}, offer ${j}`);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('the cheapest capacity does free the need in every fairest plan, and one unit less does not', async () => {
  await fc.assert(
    fc.asyncProperty(tinyProblem(), async (problem) => {
      const answer = await solveWithHighs(problem);
      fc.pre(answer.status === 'optimal');
      if (answer.status !== 'optimal') return;
      for (const { need, cheapest } of explainUnmetNeeds(problem, answer)) {
        if (cheapest === null || cheapest.units > 4) continue;
        const now: number = answer.served[need]!;
        const after = (units: number) => fewestServed(withMore(problem, cheapest.offer, units), need);
        assert.ok(after(cheapest.units) > now, `too little: ${need} ${JSON.stringify(cheapest)}`);
        assert.ok(after(cheapest.units - 1) <= now, `too much: ${need} ${JSON.stringify(cheapest)}`);
      }
    }),
    { numRuns: 300 },
  );
});

test('the worth of an offer is how much the optimum rises with one more unit there', async () => {
  await fc.assert(
    fc.asyncProperty(tinyProblem(), async (problem) => {
      const answer = await solveWithHighs(problem);
      fc.pre(answer.status === 'optimal');
      if (answer.status !== 'optimal') return;
      for (const { offer, serves, scoreGain } of worthOfOffers(problem, answer)) {
        const next = await solveWithHighs(withMore(problem, offer, 1));
        assert.equal(next.status, 'optimal');
        if (next.status !== 'optimal') continue;
        assert.equal(next.totalScore - answer.totalScore, scoreGain);
        const sum = (units: Int32Array) => units.reduce((all, one) => all + one, 0);
        assert.equal(sum(next.served) - sum(answer.served), serves === null ? 0 : 1);
      }
    }),
    { numRuns: 300 },
  );
});

test('why a need is unmet: no pair, its own caps, or offers used up', async () => {
  const packed = packProblem({
    needs: [{ wanted: 2 }, { wanted: 3 }, { wanted: 2 }, { wanted: 1 }],
    offers: [{ capacity: 1 }, { capacity: 9 }],
    pairs: [
      { need: 1, offer: 1, score: 500, cap: 1 },
      { need: 2, offer: 0, score: 800, cap: 2 },
      { need: 3, offer: 0, score: 100, cap: 1 },
    ],
  });
  assert.ok(packed.ok);
  const answer = await solveWithHighs(packed.problem);
  assert.equal(answer.status, 'optimal');
  if (answer.status !== 'optimal') return;
  const facts = explainUnmetNeeds(packed.problem, answer);
  assert.deepEqual(facts, [
    { need: 0, missing: 2, why: 'no-pair', offers: [], pairs: [], cheapest: null },
    { need: 1, missing: 2, why: 'capped', offers: [], pairs: [0], cheapest: null },
    // The only unit goes to need 3, which it covers whole; the next one is for need 2.
    {
      need: 2,
      missing: 2,
      why: 'exhausted',
      offers: [0],
      pairs: [],
      cheapest: { offer: 0, units: 1 },
    },
  ]);
  assert.deepEqual(worthOfOffers(packed.problem, answer), [
    { offer: 0, serves: 2, scoreGain: 800 },
    { offer: 1, serves: null, scoreGain: 0 },
  ]);
});
