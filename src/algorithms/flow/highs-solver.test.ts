import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { packProblem } from './allocation.ts';
import { checkAllocation } from './check-allocation.ts';
import { bestByDefinition, compareLevels, sortedLevelsOf } from './every-plan.ts';
import { solveWithHighs } from './highs-solver.ts';
import { territory } from './make-territory.ts';
import { tinyProblem } from './tiny-problems.ts';

test('the plan is the best by definition, and the checker accepts its proof', async () => {
  await fc.assert(
    fc.asyncProperty(tinyProblem(), async (problem) => {
      const best = bestByDefinition(problem);
      const answer = await solveWithHighs(problem);
      if (best === null) return assert.equal(answer.status, 'infeasible');
      assert.equal(answer.status, 'optimal');
      if (answer.status !== 'optimal') return;
      assert.equal(compareLevels(sortedLevelsOf(problem, answer.units), best.sortedLevels), 0);
      assert.equal(answer.totalScore, best.totalScore);
      assert.deepEqual(checkAllocation(problem, answer), { accepted: true, proven: 'optimal' });
    }),
    { numRuns: 1000 },
  );
});

test('a plan that cannot be, or cannot be read, is answered with its reason', async () => {
  const answer = async (rows: Parameters<typeof packProblem>[0]) => {
    const packed = packProblem(rows);
    return packed.ok ? await solveWithHighs(packed.problem) : packed;
  };
  const needs = [{ wanted: 2 }, { wanted: 1 }];
  const offers = [{ capacity: 5, minimum: 4 }, { capacity: 1 }];
  const pair = { need: 0, offer: 0, score: 10, cap: 3 };
  assert.deepEqual(await answer({ needs, offers, pairs: [pair] }), {
    status: 'infeasible',
    reason: { kind: 'minimums-unreachable', offers: [0], needs: [0], missing: 2 },
  });
  assert.deepEqual(await answer({ needs, offers, pairs: [{ ...pair, minimum: 3 }] }), {
    status: 'infeasible',
    reason: { kind: 'need-overfilled', need: 0, missing: 1 },
  });
  const pinned = { need: 0, offer: 1, score: 1, cap: 2, minimum: 2 };
  assert.deepEqual(await answer({ needs, offers, pairs: [pinned] }), {
    status: 'infeasible',
    reason: { kind: 'offer-overfilled', offer: 1, missing: 1 },
  });
  const fault = async (rows: Parameters<typeof packProblem>[0]) => {
    const refused = await answer(rows);
    return 'reason' in refused && 'fault' in refused.reason
      ? `${refused.reason.field} ${refused.reason.row} ${refused.reason.fault}`
      : refused;
  };
  assert.equal(await fault({ needs, offers, pairs: [pair, pair] }), 'pairs.offer 1 duplicate');
  assert.equal(await fault({ needs, offers, pairs: [{ ...pair, score: NaN }] }), 'pairs.score 0 not-a-whole-number');
  assert.equal(await fault({ needs, offers, pairs: [{ ...pair, score: 2e7 }] }), 'pairs.score 0 out-of-range');
  assert.equal(await fault({ needs, offers, pairs: [{ ...pair, offer: 2 }] }), 'pairs.offer 0 unknown');
  assert.equal(await fault({ needs: [{ wanted: 1e9 }], offers, pairs: [] }), 'needs.wanted 0 out-of-range');
  assert.equal(await fault({ needs: [{ wanted: 2 ** 26 }], offers, pairs: [] }), 'needs.wanted 0 too-large');
});

test('empty sides make an empty plan that the checker accepts', async () => {
  for (const needs of [[], [{ wanted: 3 }], [{ wanted: 0 }]]) {
    for (const offers of [[], [{ capacity: 2 }], [{ capacity: 0 }]]) {
      const packed = packProblem({ needs, offers, pairs: [] });
      assert.ok(packed.ok);
      const answer = await solveWithHighs(packed.problem);
      assert.deepEqual(checkAllocation(packed.problem, answer), {
        accepted: true,
        proven: 'optimal',
      });
    }
  }
});

test('it can be cancelled before and between the solves, and out of time it answers a lawful plan', async () => {
  const problem = territory({ needs: 40, offers: 30, pairsPerNeed: 20, seed: 7 });
  for (const calls of [0, 1, 2, 3]) {
    let asked = 0;
    const answer = await solveWithHighs(problem, { shouldCancel: () => asked++ >= calls });
    assert.deepEqual(answer, { status: 'cancelled' });
  }
  const answer = await solveWithHighs(problem, { timeLimitMs: 0 });
  assert.equal(answer.status, 'bounded');
  assert.deepEqual(checkAllocation(problem, answer), { accepted: true, proven: 'lawful' });
  const shares: number[] = [];
  const whole = await solveWithHighs(problem, { onProgress: ({ share }) => shares.push(share) });
  assert.equal(whole.status, 'optimal');
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => a - b),
  );
  assert.equal(shares.at(-1), 1);
});

test('a public programme of 46 × 164 and a territory of 120 × 80 are planned in little time', async (t) => {
  for (const [needs, offers, most] of [
    [46, 164, 4000],
    [120, 80, 4000],
  ] as const) {
    const problem = territory({ needs, offers, pairsPerNeed: offers, seed: needs });
    const start = performance.now();
    const answer = await solveWithHighs(problem);
    const solved = performance.now() - start;
    assert.deepEqual(checkAllocation(problem, answer), { accepted: true, proven: 'optimal' });
    const checked = performance.now() - start - solved;
    t.diagnostic(
      `${needs} × ${offers}, ${problem.pairs.need.length} pairs: ` +
        `${solved.toFixed(0)} ms, checked in ${checked.toFixed(1)} ms`,
    );
    assert.ok(solved < most);
  }
});
