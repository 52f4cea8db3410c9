import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { askerId, giverId, makePool, needId, offerId, poolNeed, poolOffer } from '../../../test/factories/pool.ts';
import { checkAllocation } from '../../algorithms/flow/check-allocation.ts';
import { levelsOf } from '../../algorithms/flow/allocation.ts';
import { solveWithHighs } from '../../algorithms/flow/highs-solver.ts';
import { solveLeximin, startSession } from '../../algorithms/flow/leximin.ts';
import { compareWith, explore, planInHand, totalsOf } from './explore.ts';
import {
  embeddedJson,
  explorerData,
  pairKey,
  readExplorerData,
  type ExplorerData,
  type ExplorerProblem,
} from './explorer-problem.ts';
import { makePlan } from './make-plan.ts';
import { readProof } from './proof.ts';
import {
  applyWhatIf,
  changesIn,
  NOTHING_CHANGED,
  readFields,
  readWhatIf,
  ruleOf,
  withAdded,
  withCapacity,
  withPair,
  withWanted,
  writeWhatIf,
  type WhatIf,
} from './what-if.ts';

/** Needs that ask for 1 to 5, offers of 1 to 6, some pairs, a pin here and there, the plan that our solver makes of it. */
const problems: fc.Arbitrary<ExplorerProblem> = fc
  .record({
    wanted: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 7 }),
    capacity: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }),
    scores: fc.array(fc.array(fc.option(fc.integer({ min: 0, max: 1000 })), { minLength: 5, maxLength: 5 }), {
      minLength: 7,
      maxLength: 7,
    }),
    pinned: fc.option(fc.nat(40)),
    promised: fc.nat(3),
  })
  .map(({ wanted, capacity, scores, pinned, promised }) => {
    const offersOf = wanted.map((_, i) => capacity.flatMap((_, j) => (typeof scores[i]?.[j] === 'number' ? [j] : [])));
    const count = offersOf.flat().length;
    const data: ExplorerData = {
      organisations: ['Une', 'Autre'],
      kinds: [{ label: 'Droit', unit: 'half-day' }],
      needs: wanted.map((_, i) => [`Besoin ${i}`, i % 2, 0]),
      offers: capacity.map((_, j) => [`Apport ${j}`, j % 2, 0]),
      wanted,
      weight: wanted.map((_, i) => 2 + (i % 3)),
      capacity,
      minimum: capacity.map((units) => Math.min(units, promised)),
      offersOf,
      scoresOf: offersOf.map((offers, i) => offers.map((j) => scores[i]?.[j] ?? 0)),
      pins: pinned === null || count === 0 ? [] : [[pinned % count, 1]],
      plan: [],
    };
    const found = explore(readExplorerData(data), NOTHING_CHANGED);
    assert.ok(found.kind === 'found');
    const { units } = startSession(found.outcome.problem).allocation as { units: Int32Array };
    return readExplorerData({ ...data, plan: [...units].flatMap((n, pair) => (n > 0 ? [[pair, n] as const] : [])) });
  });

type Change =
  | { readonly what: 'capacity' | 'wanted'; readonly place: number; readonly units: number }
  | { readonly what: 'pair'; readonly place: number; readonly rule: 'pin' | 'forbid' | 'free'; readonly units: number }
  | { readonly what: 'added'; readonly side: 'need' | 'offer'; readonly place: number; readonly units: number };

const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.oneof<fc.Arbitrary<Change>[]>(
    fc.record({
      what: fc.constantFrom<'capacity' | 'wanted'>('capacity', 'wanted'),
      place: fc.nat(6),
      units: fc.nat(8),
    }),
    fc.record({
      what: fc.constant('pair' as const),
      place: fc.nat(40),
      rule: fc.constantFrom('pin' as const, 'forbid' as const, 'free' as const),
      units: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({
      what: fc.constant('added' as const),
      side: fc.constantFrom('need' as const, 'offer' as const),
      place: fc.nat(6),
      units: fc.nat(4),
    }),
  ),
  { maxLength: 6 },
);

function whatIfOf(problem: ExplorerProblem, made: readonly Change[]): WhatIf {
  let whatIf = NOTHING_CHANGED;
  for (const change of made) {
    if (change.what === 'capacity') whatIf = withCapacity(whatIf, problem, change.place, change.units);
    else if (change.what === 'wanted') whatIf = withWanted(whatIf, problem, change.place, change.units);
    else if (change.what === 'added')
      whatIf = { ...whatIf, added: withAdded(problem, whatIf.added, { ...change, like: change.place }) };
    else if (change.what === 'pair') {
      const { place, rule, units } = change;
      const key = [...problem.placeOf.keys()][place];
      if (key !== undefined) whatIf = withPair(whatIf, problem, key, rule === 'pin' ? { rule, units } : { rule });
    }
  }
  return whatIf;
}

const cases = problems.chain((problem) => changes.map((made) => ({ problem, whatIf: whatIfOf(problem, made) })));
const sorted = (whatIf: WhatIf) => ({
  capacity: [...whatIf.capacity].toSorted(([a], [b]) => a - b),
  wanted: [...whatIf.wanted].toSorted(([a], [b]) => a - b),
  pairs: [...whatIf.pairs].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  added: whatIf.added.map(({ side, like, units }) => ({ side, like, units })),
});

test('changes that are written into an address are read back as they were', () => {
  fc.assert(
    fc.property(cases, ({ problem, whatIf }) => {
      const query = new URLSearchParams(writeWhatIf(whatIf));
      assert.deepEqual(sorted(readWhatIf(query, problem)), sorted(whatIf));
      assert.equal(readFields(query, problem), undefined);
    }),
  );
});

test('an address of any text is read as changes that can be written and read again', () => {
  const items = fc.stringMatching(/^[ab]?\d{0,3}[-.]?\d{0,2}[._]?\d{0,5}[_x]?$/u);
  fc.assert(
    fc.property(problems, fc.array(items, { maxLength: 8 }), (problem, texts) => {
      const text = texts.join('_');
      const query = new URLSearchParams({ apports: text, besoins: text, ajouts: text, fixer: text, interdire: text });
      const read = readWhatIf(query, problem);
      assert.deepEqual(sorted(readWhatIf(new URLSearchParams(writeWhatIf(read)), problem)), sorted(read));
    }),
  );
});

test('what the form sends without a script says the same as the short address', () => {
  fc.assert(
    fc.property(cases, ({ problem, whatIf }) => {
      const { data } = problem;
      const query = new URLSearchParams(writeWhatIf(whatIf));
      query.delete('fixer');
      query.delete('interdire');
      query.delete('liberer');
      data.capacity.forEach((units, j) => query.set(`a${j}`, `${whatIf.capacity.get(j) ?? units}`));
      data.wanted.forEach((units, i) => query.set(`b${i}`, `${whatIf.wanted.get(i) ?? units}`));
      whatIf.added.forEach(({ units }, place) => query.set(`n${place}`, `${units}`));
      for (const key of problem.placeOf.keys()) {
        const rule = ruleOf(whatIf, problem, key);
        query.set(`p${key}`, { pin: 'fixer', forbid: 'interdire', free: 'libre' }[rule.rule]);
        if (rule.rule === 'pin') query.set(`q${key}`, `${rule.units}`);
      }
      const read = readFields(query, problem);
      assert.deepEqual(read && sorted(read), sorted(whatIf));
    }),
  );
});

test('any changes are solved as well as by the solver of tries and by the one of reference', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ problem, whatIf }) => {
      const found = explore(problem, whatIf);
      if (found.kind === 'impossible') {
        assert.equal((await solveLeximin(applyWhatIf(problem, whatIf))).status, 'infeasible');
        return;
      }
      assert.ok(found.kind === 'found' && found.isProven);
      const { outcome } = found;
      for (const answer of [await solveLeximin(outcome.problem), await solveWithHighs(outcome.problem)]) {
        assert.ok(answer.status === 'optimal');
        assert.equal(outcome.score, answer.totalScore);
        assert.deepEqual(levelsOf(outcome.problem, outcome.served), answer.levels);
      }
    }),
    { numRuns: 120 },
  );
});

test('a what-if is the same plan whatever was tried before it, and none at all is the plan in hand', () => {
  fc.assert(
    fc.property(cases, ({ problem, whatIf }) => {
      assert.deepEqual(explore(problem, whatIf), explore(problem, whatIf));
      const unchanged = explore(problem, NOTHING_CHANGED);
      assert.ok(unchanged.kind === 'found');
      const { problem: _, ...inHand } = planInHand(problem);
      const { problem: solved, ...same } = unchanged.outcome;
      assert.deepEqual(same, inHand);
      assert.deepEqual(solved.needs, applyWhatIf(problem, NOTHING_CHANGED).needs);
      const { gains, loses, added, withdrawn } = compareWith(planInHand(problem), unchanged.outcome);
      assert.equal(gains.length + loses.length + added.length + withdrawn.length, 0);
    }),
  );
});

test('a price says by how much the plan gets better with one more unit there', () => {
  fc.assert(
    fc.property(problems, (problem) => {
      const now = explore(problem, NOTHING_CHANGED);
      assert.ok(now.kind === 'found');
      for (const { offer, serves, points } of now.prices) {
        const more = explore(
          problem,
          withCapacity(NOTHING_CHANGED, problem, offer, (problem.data.capacity[offer] ?? 0) + 1),
        );
        assert.ok(more.kind === 'found');
        // A promise that could not be kept may be kept then: the floor of what is promised moves as well.
        if (problem.data.minimum.some((units) => units > 0)) continue;
        assert.equal(more.outcome.score - now.outcome.score, points);
        const given = (list: Int32Array) => list.reduce((sum, units) => sum + units, 0);
        assert.equal(given(more.outcome.served) - given(now.outcome.served), serves === null ? 0 : 1);
      }
    }),
  );
});

test('the problem in the page is the one that the try was solved from, and its plan passes the checker', async () => {
  const pool = makePool({
    needs: [0, 1, 2].map((place) => poolNeed(place, { left: 2, organisationId: askerId(place % 2) })),
    offers: [0, 1].map((place) => poolOffer(place, { left: 2, minimum: 1, organisationId: giverId(place) })),
    decisions: [{ needId: needId(2), offerId: offerId(1), decision: 'pin', quantity: 1, reason: '' }],
  });
  const made = await makePlan(pool, { solve: solveLeximin });
  assert.ok(made.kind === 'made');
  const data = explorerData(pool, made.plan, (code) => `</script>${code}`);
  assert.ok(data !== undefined);
  const text = embeddedJson(data);
  assert.ok(!text.includes('<'));
  const problem = readExplorerData(JSON.parse(text) as ExplorerData);
  assert.deepEqual(applyWhatIf(problem, NOTHING_CHANGED), readProof(made.plan.proof).problem);
  const { outcome } = explore(problem, NOTHING_CHANGED) as { outcome: ReturnType<typeof planInHand> };
  assert.equal(outcome.score, made.plan.summary.score);
  const least = outcome.least;
  assert.equal(Math.floor(1000 * (least?.share ?? 0) + 1e-9), made.plan.summary.leastCovered?.perMille);
  const answer = await solveLeximin(outcome.problem);
  assert.ok(checkAllocation(outcome.problem, answer).accepted);
  assert.deepEqual(totalsOf(problem, NOTHING_CHANGED, outcome).get('half-day'), { asked: 6, given: 4, offered: 4 });
});

test('withdrawing a need frees its units; nobody is said to lose what they no longer ask', () => {
  const problem = readExplorerData({
    organisations: ['Une', 'Autre', 'Donne'],
    kinds: [{ label: 'Droit', unit: 'half-day' }],
    needs: [
      ['Brevet', 0, 0],
      ['Contrat', 1, 0],
    ],
    offers: [['Juriste', 2, 0]],
    wanted: [2, 2],
    weight: [1, 1],
    capacity: [2],
    minimum: [0],
    offersOf: [[0], [0]],
    scoresOf: [[500], [400]],
    pins: [[0, 1]],
    plan: [
      [0, 1],
      [1, 1],
    ],
  });
  const before = planInHand(problem);
  const found = explore(problem, withWanted(NOTHING_CHANGED, problem, 0, 0));
  assert.ok(found.kind === 'found');
  assert.deepEqual([...found.outcome.served], [0, 2]);
  const { gains, loses, withdrawn } = compareWith(before, found.outcome);
  assert.deepEqual([gains.map(({ need }) => need), loses, withdrawn.map(({ need }) => need)], [[1], [], [0]]);
  const impossible = explore(problem, withPair(NOTHING_CHANGED, problem, pairKey(1, 0), { rule: 'pin', units: 2 }));
  assert.deepEqual(impossible, { kind: 'impossible', reason: { kind: 'offer-overfilled', offer: 0, missing: 1 } });
  assert.equal(changesIn(NOTHING_CHANGED), 0);
});
