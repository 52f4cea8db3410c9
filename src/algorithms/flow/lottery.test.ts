import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AllocationProblem } from './allocation.ts';
import { packProblem } from './allocation.ts';
import { calmest, changesBetween } from './calm.ts';
import { checkAllocation } from './check-allocation.ts';
import { bestByDefinition } from './every-plan.ts';
import { solveLeximin } from './leximin.ts';
import { drawLots, ticket } from './lottery.ts';
import { territory } from './make-territory.ts';
import type { Optimal } from './optimal-face.ts';
import { optimalFace } from './optimal-face.ts';
import { sha256 } from './sha256.ts';
import { flatProblem } from './tied-problems.ts';
import { tinyProblem } from './tiny-problems.ts';

const names = (problem: AllocationProblem) => ({
  needs: Array.from(problem.needs.wanted, (_, i) => `need ${i}`),
  offers: Array.from(problem.offers.capacity, (_, j) => `offre « ${j} »`),
});
const solved = async (problem: AllocationProblem): Promise<Optimal> => {
  const answer = await solveLeximin(problem);
  fc.pre(answer.status === 'optimal');
  return answer as Optimal;
};

test('the hash is SHA-256', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      fc.pre(text.isWellFormed());
      assert.equal(sha256(text), createHash('sha256').update(text).digest('hex'));
    }),
    { numRuns: 300 },
  );
  for (const length of [0, 55, 56, 63, 64, 119, 120, 1000]) {
    const text = 'é'.repeat(length);
    assert.equal(sha256(text), createHash('sha256').update(text).digest('hex'));
  }
});

test('a ticket is what the page tells others to compute', () => {
  const digest = createHash('sha256').update('["2026-autumn",1,"need id","offer id"]').digest('hex');
  assert.equal(ticket('2026-autumn', 1, 'need id', 'offer id'), Number.parseInt(digest.slice(0, 6), 16));
});

test('the winner has the fewest tickets of all calmest plans, and keeps the proof', async () => {
  const asked = fc.oneof(tinyProblem(), flatProblem()).chain((problem) =>
    fc.record({
      problem: fc.constant(problem),
      seed: fc.string(),
      units: fc.array(fc.nat(2), { minLength: problem.pairs.need.length, maxLength: problem.pairs.need.length }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(asked, async ({ problem, seed, units }) => {
      const answer = await solved(problem);
      const ids = names(problem);
      const inForce = { units: Int32Array.from(units), gone: [] };
      const calm = calmest(problem, answer, inForce);
      assert.ok(calm.status === 'optimal');
      const drawn = drawLots(problem, calm.allocation, calm.face, seed, ids);
      assert.ok(drawn.status === 'optimal');
      assert.deepEqual(checkAllocation(problem, drawn.allocation), { accepted: true, proven: 'optimal' });
      const { plans } = bestByDefinition(problem)!;
      const ties = plans.filter((plan) => changesBetween(inForce, plan).moved === calm.changes.moved);
      const tickets = (plan: Int32Array) =>
        plan.reduce((sum, one, a) => {
          const [need, offer] = [ids.needs[problem.pairs.need[a]!]!, ids.offers[problem.pairs.offer[a]!]!];
          return sum + one * ticket(seed, 1, need, offer);
        }, 0);
      const winner = ties.toSorted((x, y) => tickets(x) - tickets(y))[0]!;
      assert.deepEqual(drawn.allocation.units, winner);
      assert.equal(drawn.rounds, ties.length === 1 ? 0 : 1);
    }),
    { numRuns: 2000 },
  );
});

test('the same seed gives everyone the same, in whatever order the rows come', async () => {
  const asked = fc.record({
    seed: fc.string(),
    order: fc.nat(),
    size: fc.record({
      needs: fc.integer({ min: 2, max: 25 }),
      offers: fc.integer({ min: 2, max: 12 }),
      pairsPerNeed: fc.integer({ min: 2, max: 8 }),
      seed: fc.nat(),
      greatestCapacity: fc.constantFrom(2, 6),
    }),
  });
  let drawnLots = 0;
  await fc.assert(
    fc.asyncProperty(asked, async ({ seed, order, size }) => {
      const start = territory(size);
      const score = start.pairs.score.map((one) => Math.ceil(one / 500) * 500);
      const problem = { ...start, pairs: { ...start.pairs, score } };
      const other = shuffled(problem, order);
      const [here, there] = [
        await whoGetsWhat(problem, names(problem), seed),
        await whoGetsWhat(other.problem, other.ids, seed),
      ];
      assert.deepEqual(there.plan, here.plan);
      drawnLots += here.rounds;
    }),
    { numRuns: 150 },
  );
  assert.ok(drawnLots > 20, 'plans did tie');
});

test('other seeds favour others', async () => {
  const packed = packProblem({
    needs: [{ wanted: 1 }, { wanted: 1 }],
    offers: [{ capacity: 1 }],
    pairs: [0, 1].map((need) => ({ need, offer: 0, score: 1, cap: 1 })),
  });
  assert.ok(packed.ok);
  const winners = await Promise.all(
    Array.from({ length: 200 }, async (_, k) => {
      const { plan } = await whoGetsWhat(packed.problem, names(packed.problem), `seed ${k}`);
      return plan[0]!;
    }),
  );
  const first = winners.filter((row) => row.startsWith('need 0')).length;
  assert.ok(first > 70 && first < 130, `${first} of 200`);
});

test('ids that are missing or not unique, and a cancelled draw, are answered with a status', async () => {
  const problem = territory({ needs: 3, offers: 2, pairsPerNeed: 2, seed: 1 });
  const answer = await solved(problem);
  const face = optimalFace(problem, answer);
  const ids = names(problem);
  const draw = (needs: string[]) => drawLots(problem, answer, face, 's', { ...ids, needs });
  assert.deepEqual(draw(['a', 'b']), { status: 'invalid', field: 'needs', row: 2 });
  assert.deepEqual(draw(['a', 'b', 'a']), { status: 'invalid', field: 'needs', row: 2 });
  const cancelled = drawLots(problem, answer, anyPlan(problem), 's', ids, () => true);
  assert.deepEqual(cancelled, { status: 'cancelled' });
});

async function whoGetsWhat(problem: AllocationProblem, ids: ReturnType<typeof names>, seed: string) {
  const answer = await solved(problem);
  const drawn = drawLots(problem, answer, optimalFace(problem, answer), seed, ids);
  assert.ok(drawn.status === 'optimal');
  const rows = Array.from(drawn.allocation.units, (units, a) => {
    return `${ids.needs[problem.pairs.need[a]!]} ${ids.offers[problem.pairs.offer[a]!]} ${units}`;
  });
  return { plan: rows.filter((row) => !row.endsWith(' 0')).toSorted(), rounds: drawn.rounds };
}

function anyPlan({ needs, offers, pairs }: AllocationProblem) {
  const nothing = (list: Int32Array) => new Int32Array(list.length);
  return {
    pairs: { low: nothing(pairs.cap), high: pairs.cap },
    needs: { low: nothing(needs.wanted), high: needs.wanted },
    offers: { low: nothing(offers.capacity), high: offers.capacity },
  };
}

/** The same problem with needs, offers and pairs in another order, under the same names. */
function shuffled(problem: AllocationProblem, order: number) {
  const { needs, offers, pairs } = problem;
  const permutation = (count: number, salt: number) =>
    Array.from({ length: count }, (_, k) => k).toSorted(
      (x, y) => ticket(`${order}`, salt, `${x}`, '') - ticket(`${order}`, salt, `${y}`, ''),
    );
  const [byNeed, byOffer, byPair] = [
    permutation(needs.wanted.length, 1),
    permutation(offers.capacity.length, 2),
    permutation(pairs.need.length, 3),
  ];
  const take = (list: Int32Array, places: readonly number[]) => Int32Array.from(places, (place) => list[place]!);
  const ids = names(problem);
  const other: AllocationProblem = {
    needs: { wanted: take(needs.wanted, byNeed), weight: take(needs.weight, byNeed) },
    offers: { capacity: take(offers.capacity, byOffer), minimum: take(offers.minimum, byOffer) },
    pairs: {
      need: take(pairs.need, byPair).map((i) => byNeed.indexOf(i)),
      offer: take(pairs.offer, byPair).map((j) => byOffer.indexOf(j)),
      score: take(pairs.score, byPair),
      cap: take(pairs.cap, byPair),
      minimum: take(pairs.minimum, byPair),
    },
  };
  const renamed = { needs: byNeed.map((i) => ids.needs[i]!), offers: byOffer.map((j) => ids.offers[j]!) };
  return { problem: other, ids: renamed };
}
