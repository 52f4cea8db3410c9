import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DEFAULT_KINDS } from '../support/kind.ts';
import { ledgerUnitOf } from '../../lib/quantity.ts';
import { promiseLines } from './promise.ts';

const given = (kindCode: string, matched: bigint, booked: bigint, unit: 'minute' | 'introduction' = 'minute') => ({
  kindCode,
  unit,
  matched,
  booked,
});

test('kinds count for the family that promises them; more than the promise leaves nothing', () => {
  const lines = promiseLines(
    [
      { family: 'expertise', amount: 600n },
      { family: 'legal', amount: 60n },
      { family: 'staff', amount: 90n },
    ],
    [given('expertise', 420n, 210n), given('international', 210n, 210n), given('legal', 100n, 100n)],
  );
  assert.deepEqual(
    lines.map(({ family, promised, asked, delivered, left }) => [family, promised, asked, delivered, left]),
    [
      ['expertise', 600n, 630n, 420n, 180n],
      ['legal', 60n, 100n, 100n, 0n],
      ['staff', 90n, 0n, 0n, 90n],
    ],
  );
});

test('a kind in another unit, or of no family, counts for none', () => {
  assert.deepEqual(promiseLines([], [given('expertise', 1n, 1n, 'introduction'), given('yoga', 1n, 1n)]), []);
});

test('every kind that a territory starts with is of a family, in its unit', () => {
  for (const { code, unit } of DEFAULT_KINDS) {
    const lines = promiseLines([], [{ kindCode: code, unit: ledgerUnitOf(unit), matched: 1n, booked: 0n }]);
    assert.equal(lines.length, 1, code);
  }
});

test('what is left and what was delivered make at least the promise', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10_000n }), fc.bigInt({ min: 0n, max: 10_000n }), (amount, booked) => {
      const [line] = promiseLines([{ family: 'legal', amount }], [given('legal', 0n, booked)]);
      if (line === undefined) return assert.equal(amount + booked, 0n);
      assert.ok(line.left >= 0n && line.left + line.delivered >= amount);
      assert.ok(line.left === 0n || line.left + line.delivered === amount);
    }),
  );
});
