/** DM-01 to DM-05, DM-09, DM-11, DM-12, DM-17, DM-20: windows, ceilings, and what a refusal says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayOf, firm, firmId, grant, votes } from '../../../test/factories/aid.ts';
import {
  BASES,
  LEGAL_BASES,
  leavesWindowOn,
  mayBeNamed,
  roomComesBackOn,
  roomFor,
  windowOf,
  windowsPassed,
  type CountedGrant,
} from './aid.ts';
import { aidFacts, type Ties } from './aid-facts.ts';
import { findParameter, parameterOn } from './legal-parameters.ts';
import { LEGAL_TABLE } from './legal-table.ts';

const ALONE: Ties = { firms: [firm(0), firm(1), firm(2)], links: [], successions: [] };
const passes = (given: CountedGrant, known: readonly CountedGrant[], ties = ALONE) =>
  windowsPassed(given, aidFacts(known, ties)).length === 0;

test('DM-01: 300,000.00 passes, 300,000.01 fails', () => {
  const known = [grant('2025-02-01', 200_000)];
  assert.ok(passes(grant('2026-02-01', 100_000), known));
  assert.ok(!passes(grant('2026-02-01', 100_000.01), known));
  assert.ok(passes(grant('2026-02-01', 300_000), []));
  assert.ok(!passes(grant('2026-02-01', 300_000.01), []));
});

test('DM-02: the window of 30/01/2024 begins on 30/01/2021, that day included; the boundary is a parameter', () => {
  const window = windowOf(dayOf('2024-01-30'));
  assert.deepEqual([window.from.toString(), window.until.toString()], ['2021-01-30', '2024-01-30']);
  assert.equal(windowOf(dayOf('2024-01-30'), 3, false).from.toString(), '2021-01-31');
  assert.ok(!passes(grant('2027-06-01', 100_000.01), [grant('2024-06-01', 200_000)]), 'the first day counts');
  assert.ok(passes(grant('2027-06-02', 100_000.01), [grant('2024-06-01', 200_000)]));
});

test('DM-02: 29 February falls back to 28 February, and leaves the window when no window holds it', () => {
  assert.equal(windowOf(dayOf('2028-02-29')).from.toString(), '2025-02-28');
  assert.equal(leavesWindowOn(dayOf('2024-02-29')).toString(), '2027-03-01');
  assert.equal(leavesWindowOn(dayOf('2025-02-28')).toString(), '2028-03-01');
});

test('DM-03: the day of the decision counts, and no payment appears in the rule', () => {
  const decided = grant('2026-12-31', 300_000);
  assert.ok(!passes(grant('2029-12-31', 0.01), [decided]));
  assert.ok(passes(grant('2030-01-01', 0.01), [decided]));
});

test('DM-04: a back-dated grant is tested in every window that holds it and a later grant', () => {
  const later = [grant('2026-05-01', 250_000)];
  assert.ok(!passes(grant('2025-05-01', 60_000), later));
  assert.ok(passes(grant('2025-05-01', 50_000), later));
  assert.ok(passes(grant('2023-04-30', 60_000), later), 'no window holds both');
  const [full] = windowsPassed(grant('2025-05-01', 60_000), aidFacts(later, ALONE));
  assert.equal(full?.window.until.toString(), '2026-05-01');
  assert.equal(full?.filledCents, 25_000_000n);
});

test('DM-05: what would pass is refused whole, and the smaller grant that fits is named with the day room comes back', () => {
  const known = [grant('2025-02-01', 200_000), grant('2026-02-01', 60_000)];
  const facts = aidFacts(known, ALONE);
  const wanted = grant('2026-06-01', 100_000);
  const [full] = windowsPassed(wanted, facts);
  assert.deepEqual(
    full?.filling.map(({ id }) => id),
    known.map(({ id }) => id),
  );
  assert.equal(roomFor(wanted, facts), 4_000_000n);
  assert.equal(roomComesBackOn(wanted, facts)?.toString(), '2028-02-02');
  assert.equal(roomComesBackOn(grant('2026-06-01', 300_000.01), facts), undefined, 'more than the ceiling never fits');
});

test('DM-07, DM-09: aid of the whole undertaking counts; a link that ends gives room from the next day on', () => {
  const link = votes(0, 1, 6_000, { since: dayOf('2025-01-01'), until: dayOf('2026-06-30') });
  const ties = { ...ALONE, links: [link] };
  const known = [grant('2025-03-01', 250_000, { firmId: firmId(1) })];
  assert.ok(!passes(grant('2026-06-30', 60_000), known, ties));
  assert.ok(passes(grant('2026-07-01', 60_000), known, ties));
  assert.equal(roomComesBackOn(grant('2026-06-30', 60_000), aidFacts(known, ties))?.toString(), '2026-07-01');
});

test('DM-09: prior aid of all parties of a merger counts for new aid, and stays lawful', () => {
  const successions = [
    { fromId: firmId(1), effectiveOn: dayOf('2026-01-01'), heirs: [{ firmId: firmId(0), equityCents: 0n }] },
  ];
  const known = [grant('2025-03-01', 200_000), grant('2025-04-01', 200_000, { firmId: firmId(1) })];
  const ties = { ...ALONE, successions };
  assert.ok(!passes(grant('2026-02-01', 0.01), known, ties));
  assert.ok(passes(grant('2025-12-31', 100_000), known, ties), 'before the merger they were two');
});

test('DM-11: road freight has no ceiling of its own; others are read by date', () => {
  const text = LEGAL_TABLE.map(({ code }) => code).join();
  assert.doesNotMatch(text, /freight|road/u);
  assert.ok(!passes(grant('2026-01-10', 750_000.01, { basis: 'sgei-2023' }), []));
  assert.ok(passes(grant('2026-01-10', 750_000, { basis: 'sgei-2023' }), []));
  assert.ok(passes(grant('2025-01-10', 50_000, { basis: 'agriculture-2013' }), []));
  assert.ok(!passes(grant('2024-01-10', 50_000, { basis: 'agriculture-2013' }), []), 'before the change of 2024');
  assert.ok(!passes(grant('2025-01-10', 30_000.01, { basis: 'fishery-2014' }), []));
});

test('DM-12: each regulation has its counter, and joint ceilings hold across them', () => {
  const farming = grant('2025-02-01', 40_000, { basis: 'agriculture-2013' });
  assert.ok(passes(grant('2026-02-01', 260_000), [farming]));
  assert.ok(!passes(grant('2026-02-01', 260_000.01), [farming]));
  assert.ok(passes(grant('2026-02-01', 300_000), [grant('2025-02-01', 700_000, { basis: 'sgei-2023' })]));
});

test('DM-01, DM-17: the ceiling is the one of the day, and aid under the older regulation counts', () => {
  assert.ok(!passes(grant('2023-06-01', 250_000), []));
  assert.ok(passes(grant('2024-06-01', 250_000), []));
  assert.ok(!passes(grant('2024-06-01', 250_000), [grant('2023-06-01', 60_000)]));
  assert.ok(mayBeNamed('de-minimis-2023', dayOf('2030-12-31')));
  assert.ok(!mayBeNamed('de-minimis-2023', dayOf('2031-01-01')));
  assert.ok(!mayBeNamed('de-minimis-2013', dayOf('2024-01-01')));
});

test('DM-20: innovation advice has its own ceiling, other bases none; every basis has its ceiling on all its days', () => {
  assert.ok(passes(grant('2026-01-10', 220_000, { basis: 'gber-28' }), [grant('2026-01-01', 300_000)]));
  assert.ok(!passes(grant('2026-01-10', 220_000.01, { basis: 'gber-28' }), []));
  assert.equal(roomFor(grant('2026-01-10', 0, { basis: 'gber-22' }), aidFacts([], ALONE)), null);
  for (const basis of LEGAL_BASES) {
    const { counter, from, until } = BASES[basis];
    if (counter === null) continue;
    for (const day of [from, until]) assert.ok(findParameter(`ceiling-${counter}`, dayOf(day ?? from)), basis);
  }
});

test('the legal table: one figure a day, each with its source; another date gives another number', () => {
  assert.equal(parameterOn('ceiling-general', dayOf('2023-12-31')), 20_000_000n);
  assert.equal(parameterOn('ceiling-general', dayOf('2024-01-01')), 30_000_000n);
  assert.throws(() => parameterOn('ceiling-general', dayOf('2031-01-01')), /legal table/u);
  for (const [place, one] of LEGAL_TABLE.entries()) {
    assert.ok(one.source.length > 5 && /^(DM|IK)-\d\d$/u.test(one.rule), one.code);
    assert.ok(one.until === null || one.from <= one.until, one.code);
    for (const other of LEGAL_TABLE.slice(place + 1))
      if (one.code === other.code)
        assert.ok((one.until ?? '9999') < other.from || (other.until ?? '9999') < one.from, `${one.code} overlaps`);
  }
});

const anyGrants = fc.array(
  fc.record({
    days: fc.nat(1_800),
    euros: fc.constantFrom(50_000, 99_999.99, 100_000, 150_000, 200_000),
    place: fc.nat(2),
  }),
  { maxLength: 6 },
);
const START = dayOf('2024-01-01');

test('DM-02, DM-04: no day is unsafe exactly when the rule says so, tried day by day', () => {
  fc.assert(
    fc.property(anyGrants, fc.nat(1_800), fc.constantFrom(50_000, 100_000, 100_000.01), (drawn, days, euros) => {
      const known = drawn.map((each) => grant(START.add({ days: each.days }).toString(), each.euros));
      const given = grant(START.add({ days }).toString(), euros);
      const all = [...known, given];
      let isSafe = true;
      // Past the last of either, no window grows; a day whose window lacks the grant says nothing of it.
      for (
        let day = given.grantedOn;
        day.since(START).days <= 1_900 && day.since(given.grantedOn).days < 1_100;
        day = day.add({ days: 1 })
      ) {
        const from = day.subtract({ years: 3 });
        const within = (each: CountedGrant) =>
          Temporal.PlainDate.compare(each.grantedOn, from) >= 0 && Temporal.PlainDate.compare(each.grantedOn, day) <= 0;
        const sum = all.filter(within).reduce((total, { cents }) => total + cents, 0n);
        if (within(given) && sum > 30_000_000n) isSafe = false;
      }
      assert.equal(passes(given, known), isSafe);
    }),
    { numRuns: 60 },
  );
});

test('DM-05: the room is exact: a grant of it passes, a cent more does not', () => {
  const anyTie = fc.array(
    fc.tuple(fc.nat(2), fc.nat(2)).filter(([one, other]) => one !== other),
    { maxLength: 2 },
  );
  fc.assert(
    fc.property(anyGrants, anyTie, fc.nat(1_800), (drawn, pairs, days) => {
      const ties = { ...ALONE, links: pairs.map(([one, other]) => votes(one, other, 6_000)) };
      const known = drawn.map((each) =>
        grant(START.add({ days: each.days }).toString(), each.euros, { firmId: firmId(each.place) }),
      );
      const facts = aidFacts(known, ties);
      const given = grant(START.add({ days }).toString(), 0);
      const room = roomFor(given, facts) ?? 0n;
      if (room > 0n) assert.equal(windowsPassed({ ...given, cents: room }, facts).length, 0);
      assert.notEqual(windowsPassed({ ...given, cents: room + 1n }, facts).length, 0);
      const wanted = { ...given, cents: room + 1n };
      const back = roomComesBackOn(wanted, facts);
      if (back !== undefined) assert.equal(windowsPassed({ ...wanted, grantedOn: back }, facts).length, 0);
    }),
    { numRuns: 200 },
  );
});
