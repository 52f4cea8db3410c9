import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Allocation, AllocationProblem, Plan } from './allocation.ts';
import { packProblem } from './allocation.ts';
import { everyPlan } from './every-plan.ts';
import { greatestTotal, solvePart } from './greatest-total.ts';
import { startSession } from './leximin.ts';
import { territory } from './make-territory.ts';
import { flowMemoryNeeded, memoryNeeded, sizesOf } from './memory-needed.ts';
import { minimumCostFlow } from './minimum-cost-flow.ts';
import { cutOut, findSplit } from './split-problem.ts';
import { tinyProblem } from './tiny-problems.ts';
import type { TotalProgress } from './total-progress.ts';

const totalOf = ({ pairs }: AllocationProblem, units: Int32Array) =>
  units.reduce((sum, given, a) => sum + given * pairs.score[a]!, 0);

const territories = fc
  .record({
    needs: fc.integer({ min: 1, max: 60 }),
    offers: fc.integer({ min: 1, max: 40 }),
    pairsPerNeed: fc.integer({ min: 1, max: 6 }),
    seed: fc.nat(),
    greatestCapacity: fc.constantFrom(2, 6, 20),
  })
  .map(territory);

test('the greatest total of all lawful plans, or the word that there is none', () => {
  fc.assert(
    fc.property(tinyProblem(), (problem) => {
      const best = [...everyPlan(problem)].reduce((most, units) => Math.max(most, totalOf(problem, units)), -1);
      const answer = greatestTotal(problem);
      if (best < 0) return assert.equal(answer.status, 'infeasible');
      assert.ok(answer.status === 'optimal');
      assert.equal(answer.totalScore, best);
      assertLawful(problem, answer);
    }),
    { numRuns: 1000 },
  );
});

test('its prices prove it: no pair invites change, and value and prices add up to the same', () => {
  fc.assert(
    fc.property(territories, (problem) => {
      const answer = greatestTotal(problem);
      assert.ok(answer.status === 'optimal');
      assertLawful(problem, answer);
      assertProven(problem, answer);
    }),
    { numRuns: 300 },
  );
});

test('where the graph falls apart, the parts together are the whole', () => {
  fc.assert(
    fc.property(fc.array(territories, { minLength: 2, maxLength: 6 }), fc.boolean(), (problems, mix) => {
      const problem = sideBySide(problems, mix);
      const [whole, joined] = [solvePart(problem), greatestTotal(problem)];
      assert.ok(whole.status === 'optimal' && joined.status === 'optimal');
      assert.equal(joined.totalScore, whole.totalScore);
      assertLawful(problem, joined);
      assertProven(problem, joined);
      assert.deepEqual(greatestTotal(problem), joined);
    }),
    { numRuns: 100 },
  );
});

test('a split puts each pair in one part, and no need or offer in two', () => {
  fc.assert(
    fc.property(fc.array(territories, { minLength: 2, maxLength: 40 }), (problems) => {
      const problem = sideBySide(problems, true);
      const split = findSplit(problem);
      if (split === null) return;
      const seen = { needs: new Set<number>(), offers: new Set<number>(), pairs: new Set<number>() };
      for (let k = 0; k < split.parts; k++) {
        const part = cutOut(problem, split, k);
        for (const kind of ['needs', 'offers', 'pairs'] as const) {
          for (const one of part[kind]) {
            assert.ok(!seen[kind].has(one));
            seen[kind].add(one);
          }
        }
        part.pairs.forEach((a, own) => {
          assert.equal(part.needs[part.problem.pairs.need[own]!], problem.pairs.need[a]);
          assert.equal(part.offers[part.problem.pairs.offer[own]!], problem.pairs.offer[a]);
          assert.equal(part.problem.pairs.score[own], problem.pairs.score[a]);
        });
      }
      assert.equal(seen.pairs.size, problem.pairs.need.length);
    }),
    { numRuns: 60 },
  );
});

test('bad input is answered with a status', async (t) => {
  const empty = { needs: [], offers: [], pairs: [] };
  const pack = (rows: Parameters<typeof packProblem>[0]) => {
    const packed = packProblem(rows);
    assert.ok(packed.ok);
    return packed.problem;
  };
  const pair = { need: 0, offer: 0, score: 5, cap: 2 };
  await t.test('empty sides', () => {
    for (const rows of [empty, { ...empty, needs: [{ wanted: 3 }] }, { ...empty, offers: [{ capacity: 3 }] }]) {
      const answer = greatestTotal(pack(rows));
      assert.ok(answer.status === 'optimal' && answer.totalScore === 0);
    }
  });
  await t.test('zero capacities', () => {
    const answer = greatestTotal(pack({ needs: [{ wanted: 3 }], offers: [{ capacity: 0 }], pairs: [pair] }));
    assert.ok(answer.status === 'optimal' && answer.totalScore === 0);
  });
  await t.test('lower bounds that cannot hold, alone and in a part', () => {
    const rows = { needs: [{ wanted: 3 }], offers: [{ capacity: 9, minimum: 4 }], pairs: [pair] };
    const answer = greatestTotal(pack(rows));
    assert.ok(answer.status === 'infeasible' && answer.reason.kind === 'minimums-unreachable');
    assert.equal(answer.reason.missing, 2);
    const twice = sideBySide([pack({ ...rows, offers: [{ capacity: 9 }] }), pack(rows)], false);
    const inPart = greatestTotal(twice);
    assert.ok(inPart.status === 'infeasible' && inPart.reason.kind === 'minimums-unreachable');
    assert.deepEqual(inPart.reason.offers, [1]);
  });
  await t.test('duplicate pairs, scores that are no number or out of range', () => {
    const sides = { needs: [{ wanted: 3 }], offers: [{ capacity: 3 }] };
    const refused = (pairs: (typeof pair)[]) => {
      const packed = packProblem({ ...sides, pairs });
      return packed.ok ? null : packed.reason.fault;
    };
    assert.equal(refused([pair, pair]), 'duplicate');
    assert.equal(refused([{ ...pair, score: NaN }]), 'not-a-whole-number');
    assert.equal(refused([{ ...pair, score: Infinity }]), 'not-a-whole-number');
    assert.equal(refused([{ ...pair, score: 2 ** 30 }]), 'out-of-range');
    assert.equal(refused([{ ...pair, score: -1 }]), 'out-of-range');
    const problem = pack({ ...sides, pairs: [pair] });
    const twice = { ...problem, pairs: mapLists(problem.pairs, (list) => Int32Array.of(list[0]!, list[0]!)) };
    assert.equal(greatestTotal(twice).status, 'invalid');
  });
  await t.test('units that cannot be added up', () => {
    const needs = Array.from({ length: 20 }, () => ({ wanted: 2 ** 26 }));
    const answer = greatestTotal(pack({ needs, offers: [{ capacity: 1 }], pairs: [pair] }));
    assert.ok(answer.status === 'invalid' && answer.reason.fault === 'too-large');
  });
});

test('a million needs on one offer: the dearest are served', () => {
  const [n, capacity] = [1_000_000, 1000];
  const list = (fill: (i: number) => number) => new Int32Array(n).map((_, i) => fill(i));
  const problem: AllocationProblem = {
    needs: { wanted: list(() => 1), weight: list(() => 1) },
    offers: { capacity: Int32Array.of(capacity), minimum: Int32Array.of(0) },
    pairs: {
      need: list((i) => i),
      offer: list(() => 0),
      score: list((i) => (i * 7919) % 1001),
      cap: list(() => 1),
      minimum: list(() => 0),
    },
  };
  const answer = greatestTotal(problem);
  assert.ok(answer.status === 'optimal');
  const best = problem.pairs.score.toSorted((x, y) => y - x).slice(0, capacity);
  assert.equal(
    answer.totalScore,
    best.reduce((sum, score) => sum + score, 0),
  );
});

const MIDDLING = { needs: 3000, offers: 900, pairsPerNeed: 15, seed: 7 };

test('memory is announced before it is taken, and refused beyond the limit', () => {
  for (const size of [MIDDLING, { ...MIDDLING, greatestCapacity: 12 }, { ...MIDDLING, offers: 400, homePairs: 10 }]) {
    const problem = territory(size);
    const announced = memoryNeeded(sizesOf(problem, true));
    const before = process.memoryUsage().arrayBuffers;
    const answer = greatestTotal(problem);
    const taken = process.memoryUsage().arrayBuffers - before;
    assert.equal(answer.status, 'optimal');
    assert.ok(taken <= announced, `${taken} bytes taken, ${announced} announced`);
    const refused = greatestTotal(problem, { bytesAllowed: announced - 1 });
    assert.deepEqual(refused, { status: 'too-large', bytesNeeded: announced, bytesAllowed: announced - 1 });
    assert.equal(greatestTotal(problem, { bytesAllowed: announced }).status, 'optimal');
  }
});

test('what fairness takes more, and what a network of any kind takes, is announced too', () => {
  const problem = territory(MIDDLING);
  const taken = (work: () => { readonly status: string }) => {
    const before = process.memoryUsage().arrayBuffers;
    assert.equal(work().status, 'optimal');
    return process.memoryUsage().arrayBuffers - before;
  };
  const unitArcs = problem.needs.wanted.reduce((sum, units) => sum + units, 0);
  const fair = memoryNeeded({ ...sizesOf(problem, true), unitArcs });
  assert.ok(taken(() => startSession(problem).allocation) <= fair);
  assert.ok(fair > memoryNeeded(sizesOf(problem, true)));
  const [nodes, arcs] = [5000, 60_000];
  const line = (fill: (a: number) => number) => Float64Array.from({ length: arcs }, (_, a) => fill(a));
  const ends = (step: number) => new Int32Array(arcs).map((_, a) => (a * step + 1) % nodes);
  const network = {
    supply: new Float64Array(nodes),
    tail: ends(1),
    head: ends(7919),
    low: line(() => 0),
    cap: line((a) => a % 7),
    cost: line((a) => (a % 101) - 20),
  };
  assert.ok(taken(() => minimumCostFlow(network)) <= flowMemoryNeeded(nodes, arcs));
});

test('cancelled: no plan; late: a lawful plan and what no plan exceeds', () => {
  const problem = territory(MIDDLING);
  const best = greatestTotal(problem);
  assert.ok(best.status === 'optimal');
  for (let asked = 1; asked < 4; asked++) {
    let left = asked;
    assert.deepEqual(greatestTotal(problem, { shouldCancel: () => --left <= 0 }), { status: 'cancelled' });
  }
  for (const timeLimitMs of [0, 1]) {
    const late = greatestTotal(problem, { timeLimitMs });
    assert.ok(late.status === 'bounded' || late.status === 'optimal');
    assertLawful(problem, late);
    assert.ok(late.totalScore <= best.totalScore && best.totalScore <= late.bound);
  }
});

test('progress: the plan in hand never above the optimum, the bound never below, and they close in', (t) => {
  const problem = territory({ ...MIDDLING, greatestCapacity: 18 });
  t.mock.method(performance, 'now', clockOf(100));
  const words: TotalProgress[] = [];
  const answer = greatestTotal(problem, { onProgress: (word) => words.push(word) });
  assert.ok(answer.status === 'optimal' && words.length > 3);
  words.forEach((word, place) => {
    const last = words[place - 1] ?? { pivots: -1, objective: -1, bound: Infinity, share: 0 };
    assert.ok(word.pivots > last.pivots && word.objective >= last.objective && word.bound <= last.bound);
    assert.ok(word.share >= last.share && word.share <= 1);
    assert.ok(word.objective <= answer.totalScore && answer.totalScore <= word.bound);
    assert.ok(word.secondsToGo === null || word.secondsToGo >= 0);
  });
  assert.ok(words.some((word) => word.secondsToGo !== null));
});

/** A clock that is so many milliseconds later each time it is read. */
function clockOf(step: number): () => number {
  let now = 0;
  return () => (now += step);
}

function mapLists<T extends Record<string, Int32Array>>(lists: T, change: (list: Int32Array) => Int32Array): T {
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, change(list)])) as T;
}

/** Several problems as one; `mix` deals their pairs out by turns, so that nothing stands grouped. */
function sideBySide(problems: readonly AllocationProblem[], mix: boolean): AllocationProblem {
  const join = (pick: (problem: AllocationProblem) => Int32Array) => problems.flatMap((problem) => [...pick(problem)]);
  let [needs, offers] = [0, 0];
  const rows = problems.flatMap(({ needs: { wanted }, offers: { capacity }, pairs }, turn) => {
    const own = Array.from(pairs.need, (need, a) => ({
      need: need + needs,
      offer: pairs.offer[a]! + offers,
      score: pairs.score[a]!,
      cap: pairs.cap[a]!,
      minimum: pairs.minimum[a]!,
      place: mix ? a * problems.length + turn : needs,
    }));
    needs += wanted.length;
    offers += capacity.length;
    return own;
  });
  rows.sort((x, y) => x.place - y.place);
  const column = (name: keyof (typeof rows)[0]) => Int32Array.from(rows, (row) => row[name]);
  return {
    needs: {
      wanted: Int32Array.from(join((one) => one.needs.wanted)),
      weight: Int32Array.from(join((one) => one.needs.weight)),
    },
    offers: {
      capacity: Int32Array.from(join((one) => one.offers.capacity)),
      minimum: Int32Array.from(join((one) => one.offers.minimum)),
    },
    pairs: {
      need: column('need'),
      offer: column('offer'),
      score: column('score'),
      cap: column('cap'),
      minimum: column('minimum'),
    },
  };
}

function assertLawful({ needs, offers, pairs }: AllocationProblem, { units, served, given }: Plan): void {
  const [left, spare] = [Array.from(needs.wanted), Array.from(offers.capacity)];
  units.forEach((amount, a) => {
    assert.ok(amount >= pairs.minimum[a]! && amount <= pairs.cap[a]!);
    left[pairs.need[a]!]! -= amount;
    spare[pairs.offer[a]!]! -= amount;
  });
  assert.ok(left.every((units, i) => units >= 0 && units === needs.wanted[i]! - served[i]!));
  assert.ok(spare.every((units, j) => units >= 0 && units === offers.capacity[j]! - given[j]!));
  assert.ok(offers.minimum.every((least, j) => given[j]! >= least));
}

/** Weak duality, met with equality: without minimums, prices add up to the total. */
function assertProven({ needs, offers, pairs }: AllocationProblem, answer: Extract<Allocation, { status: 'optimal' }>) {
  const { needScore, offerScore } = answer.certificate;
  // A need's price is what its last unit is worth, never more than nothing when units are left.
  let value = 0;
  needScore.forEach((price, i) => {
    assert.ok(price <= 0);
    value -= price * needs.wanted[i]!;
  });
  offerScore.forEach((price, j) => {
    assert.ok(price >= 0);
    value += price * offers.capacity[j]!;
  });
  pairs.score.forEach((score, a) => {
    const gain = score + needScore[pairs.need[a]!]! - offerScore[pairs.offer[a]!]!;
    if (gain > 0) value += gain * pairs.cap[a]!;
  });
  assert.equal(value, answer.totalScore);
}
