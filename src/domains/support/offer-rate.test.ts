import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SUPPORT_UNITS } from '../../lib/quantity.ts';
import { aidPerUnit, rateOn, worthOf } from './offer-rate.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

test('the rate of a day is the newest that is valid on it; recorded later for the same day, it counts instead', () => {
  const rates = [
    { validFrom: day('2026-03-01'), name: 'first' },
    { validFrom: day('2026-01-01'), name: 'written late, valid early' },
    { validFrom: day('2026-06-01'), name: 'wrong' },
    { validFrom: day('2026-06-01'), name: 'corrected' },
  ];
  const named = (text: string) => rateOn(rates, day(text))?.name;
  assert.deepEqual(['2025-12-31', '2026-01-01', '2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01'].map(named), [
    undefined,
    'written late, valid early',
    'written late, valid early',
    'first',
    'first',
    'corrected',
  ]);
});

test('DM-19: a private gift is no aid, a public desk below its price is, for the public share of the difference', () => {
  const desk = { marketCents: 2_500n, paidCents: 1_000n };
  assert.equal(aidPerUnit({ ...desk, publicSharePerMillion: 0n }), 0n);
  assert.equal(aidPerUnit({ ...desk, publicSharePerMillion: 1_000_000n }), 1_500n);
  assert.equal(aidPerUnit({ ...desk, publicSharePerMillion: 500_001n }), 751n);
  assert.equal(aidPerUnit({ marketCents: 1_000n, paidCents: 1_000n, publicSharePerMillion: 1_000_000n }), 0n);
});

test('what is booked is worth its part of a unit; market prices are never rounded down, costs never up', () => {
  const cents = fc.bigInt({ min: 0n, max: 1_000_000n });
  const inputs = fc.record({
    rate: fc.record({ costCents: cents, marketCents: cents, paidCents: cents }),
    unit: fc.constantFrom(...SUPPORT_UNITS),
    amount: fc.bigInt({ min: 0n, max: 100_000n }),
    halfDay: fc.integer({ min: 1, max: 600 }),
  });
  fc.assert(
    fc.property(inputs, ({ rate, unit, amount, halfDay }) => {
      const worth = worthOf(rate, { unit, amount }, halfDay);
      const per = unit === 'half-day' ? BigInt(halfDay) : 1n;
      assert.ok(
        worth.valueCents * per <= rate.costCents * amount && (worth.valueCents + 1n) * per > rate.costCents * amount,
      );
      assert.ok(worth.marketCents * per >= rate.marketCents * amount);
      assert.ok(worth.marketCents === 0n || (worth.marketCents - 1n) * per < rate.marketCents * amount);
      assert.ok(worth.paidCents * per <= rate.paidCents * amount);
    }),
  );
  const half = { costCents: 21_000n, marketCents: 35_000n, paidCents: 0n };
  assert.deepEqual(worthOf(half, { unit: 'half-day', amount: 105n }, 210), {
    valueCents: 10_500n,
    marketCents: 17_500n,
    paidCents: 0n,
  });
});
