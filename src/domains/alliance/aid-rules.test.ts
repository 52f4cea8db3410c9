/** DM-06, DM-10, DM-13 to DM-16, DM-18, DM-19: how much aid something is, what is excluded, what is filed and when. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayOf } from '../../../test/factories/aid.ts';
import { addWorkingDays, isWorkingDay, publicHolidays, registerBy } from './aid-calendar.ts';
import { eligibilityOf, keptUntil, mustBeRegistered, needsDeclaration, servesGrant } from './aid-eligibility.ts';
import {
  aidOfHelp,
  discountedCents,
  discountRateOn,
  keepsIntensity,
  schemeCents,
  shortcutEquivalent,
} from './aid-equivalent.ts';

const DAY = dayOf('2026-03-02');

test('DM-06: instalments are discounted to the day of the grant at the rate then in force', () => {
  const yearly = [0, 1, 2].map((years) => ({ day: DAY.add({ years }), cents: 1_000_000n }));
  // 10,000.00 + 9,523.81 + 9,070.30, each rounded up.
  assert.equal(discountedCents(yearly, DAY, 50_000n), 2_859_411n);
  assert.equal(discountedCents(yearly, DAY, 0n), 3_000_000n);
  assert.equal(discountedCents([{ day: DAY.subtract({ days: 1 }), cents: 7n }], DAY, 50_000n), 7n);
});

test('DM-06: the rate is base rate and margin of the table; a day it does not know has none', () => {
  assert.equal(discountRateOn(dayOf('2015-01-15')), 13_400n);
  assert.equal(discountRateOn(dayOf('2020-05-15')), 6_900n);
  assert.equal(discountRateOn(DAY), undefined);
});

test('DM-06: discounting never gains by a later day, nor rounds down', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 9n }),
      fc.nat(2_000),
      fc.nat(400),
      fc.bigInt({ min: 0n, max: 90_000n }),
      (cents, days, more, rate) => {
        const at = (late: number) => discountedCents([{ day: DAY.add({ days: late }), cents }], DAY, rate);
        assert.ok(at(days + more) <= at(days) && at(days) <= cents && at(days) > 0n);
      },
    ),
  );
});

test('DM-10: export quantities, networks abroad and domestic goods are excluded; a fair is for a person to judge', () => {
  const of = (nace: string, purpose: Parameters<typeof eligibilityOf>[2]) =>
    eligibilityOf('de-minimis-2023', nace, purpose);
  assert.equal(of('62.01', 'network-abroad'), 'excluded-purpose');
  assert.equal(of('62.01', 'export-quantities'), 'excluded-purpose');
  assert.equal(of('62.01', 'domestic-goods'), 'excluded-purpose');
  assert.equal(of('62.01', 'trade-fair'), 'ask-a-person');
  assert.equal(of('62.01', 'advice'), 'eligible');
  assert.equal(of('01.13', 'advice'), 'excluded-sector');
  assert.equal(of('03.21', 'advice'), 'excluded-sector');
  assert.equal(of('10.51', 'advice'), 'ask-a-person');
  assert.equal(eligibilityOf('agriculture-2013', '01.13', 'advice'), 'eligible');
});

test('DM-13: a smaller or shorter loan is proportional, a larger one goes to an expert', () => {
  const loan = { kind: 'loan', cents: 150_000_000n, months: 60, sharePerMillion: 500_000n, grantedOn: DAY } as const;
  const cents = (given: object) => shortcutEquivalent({ ...loan, ...given });
  assert.deepEqual(cents({}), { ok: true, value: 30_000_000n });
  assert.deepEqual(cents({ cents: 75_000_000n, months: 120 }), { ok: true, value: 30_000_000n });
  assert.deepEqual(cents({ cents: 15_000_000n, months: 30 }), { ok: true, value: 1_500_000n });
  for (const given of [
    { cents: 150_000_001n },
    { months: 61 },
    { months: 121, cents: 1n },
    { sharePerMillion: 499_999n },
  ])
    assert.deepEqual(cents(given), { ok: false, reason: 'ask-an-expert' });
  const guarantee = { ...loan, kind: 'guarantee', cents: 225_000_000n, sharePerMillion: 800_000n } as const;
  assert.deepEqual(shortcutEquivalent(guarantee), { ok: true, value: 30_000_000n });
  assert.equal(shortcutEquivalent({ ...guarantee, sharePerMillion: 800_001n }).ok, false);
  assert.equal(shortcutEquivalent({ ...guarantee, cents: 225_000_001n }).ok, false);
  assert.equal(cents({ grantedOn: dayOf('2031-01-01') }).ok, false, 'the table has no values of 2031');
});

const HOLIDAYS = '../shared/data/referentiels-fr/jours_feries_2000_2040.csv';

test('DM-14: the public holidays computed are those of the published calendar', (t) => {
  if (!existsSync(HOLIDAYS)) return t.skip('the calendar of public holidays is not on this machine');
  const published = readFileSync(HOLIDAYS, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.slice(0, 10));
  const years = Array.from({ length: 41 }, (_, place) => 2000 + place);
  // Two holidays may fall on one day, as on 1 May 2008: a day is compared once.
  const computed = years.flatMap((year) => publicHolidays(year).map(String));
  assert.deepEqual([...new Set(computed)].toSorted(), [...new Set(published)].toSorted());
});

test('DM-14: twenty working days, French holidays left out; kept ten years', () => {
  // Over 1, 8, 14 and 25 May; over Christmas and New Year.
  assert.equal(registerBy(dayOf('2026-04-30')).toString(), '2026-06-03');
  assert.equal(registerBy(dayOf('2026-12-24')).toString(), '2027-01-25');
  assert.equal(keptUntil(DAY).toString(), '2036-03-02');
});

test('DM-14: counted one by one, exactly that many working days lie after the grant, and the last is one', () => {
  fc.assert(
    fc.property(fc.nat(9_000), fc.integer({ min: 1, max: 40 }), (days, count) => {
      const from = dayOf('2015-01-01').add({ days });
      const end = addWorkingDays(from, count);
      let seen = 0;
      for (let day = from.add({ days: 1 }); Temporal.PlainDate.compare(day, end) <= 0; day = day.add({ days: 1 }))
        if (isWorkingDay(day)) seen += 1;
      assert.ok(seen === count && isWorkingDay(end));
    }),
    { numRuns: 40 },
  );
});

test('DM-15: the national register opens by regulation and by date', () => {
  assert.ok(!mustBeRegistered('de-minimis-2023', dayOf('2025-12-31')));
  assert.ok(mustBeRegistered('de-minimis-2023', dayOf('2026-01-01')));
  assert.ok(!mustBeRegistered('agriculture-2013', dayOf('2026-12-31')));
  assert.ok(mustBeRegistered('agriculture-2013', dayOf('2027-01-01')));
  assert.ok(!mustBeRegistered('gber-28', DAY));
});

test('DM-16: a declaration is needed until 2029, and serves only later days', () => {
  assert.ok(needsDeclaration('de-minimis-2023', dayOf('2028-12-31')));
  assert.ok(!needsDeclaration('de-minimis-2023', dayOf('2029-01-01')));
  assert.ok(!needsDeclaration('gber-22', DAY));
  assert.ok(servesGrant(dayOf('2026-03-01'), DAY));
  assert.ok(!servesGrant(DAY, DAY));
});

test('DM-18: the announced maximum is recorded, not what was consumed, until a lower figure is decided', () => {
  const scheme = { maximumCents: 500_000n, consumedCents: 120_000n, decidedCents: null };
  assert.equal(schemeCents(scheme), 500_000n);
  assert.equal(schemeCents({ ...scheme, decidedCents: 120_000n }), 120_000n);
});

test('DM-19: help under its price is aid for the public share of the difference', () => {
  const help = { marketCents: 100_000n, paidCents: 40_000n, publicSharePerMillion: 500_000n };
  assert.equal(aidOfHelp(help), 30_000n);
  assert.equal(aidOfHelp({ ...help, publicSharePerMillion: 0n }), 0n, 'a private gift is no aid');
  assert.equal(aidOfHelp({ ...help, paidCents: 100_001n }), 0n);
  assert.equal(aidOfHelp({ marketCents: 1n, paidCents: 0n, publicSharePerMillion: 1n }), 1n, 'rounded up');
});

test('DM-12: aids for the same cost keep the intensity of the higher regime', () => {
  assert.ok(keepsIntensity([40_000n, 30_000n], 100_000n, 700_000n));
  assert.ok(!keepsIntensity([40_000n, 30_001n], 100_000n, 700_000n));
});
