import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newId, parseId } from './ids.ts';
import { ledgerAmount, shareOut } from './quantity.ts';
import { slugOf } from './slug.ts';

const seeded = (bytes: Uint8Array) => bytes.fill(0xab);

test('an id is a version 7 UUID that keeps its millisecond and can be read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 47 }), (milliseconds) => {
      const id = newId<'need'>(Temporal.Instant.fromEpochMilliseconds(milliseconds), seeded);
      assert.equal(parseInt(id.replaceAll('-', '').slice(0, 12), 16), milliseconds);
      assert.equal(id[14], '7');
      assert.match(id[19]!, /[89ab]/);
      assert.equal(parseId(id.toUpperCase()), id);
    }),
  );
});

test('ids of later milliseconds sort later', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 46 }), fc.integer({ min: 1, max: 2 ** 40 }), (start, later) => {
      const first = newId<'need'>(Temporal.Instant.fromEpochMilliseconds(start));
      const second = newId<'need'>(Temporal.Instant.fromEpochMilliseconds(start + later));
      assert.ok(first < second);
    }),
  );
});

test('what is not an identifier is not read as one', () => {
  for (const text of [
    '',
    'null',
    "' or 1=1 --",
    '00000000-0000-0000-0000-000000000000',
    '0190a3f0-1234-7abc-8def-0123456789a',
  ]) {
    assert.equal(parseId(text), undefined);
  }
});

test('shares add up to the total and are at most one unit away from exact proportion', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 12 })
    .filter((list) => list.some((weight) => weight > 0n));
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), weights, (total, list) => {
      const shares = shareOut(total, list);
      const sum = list.reduce((all, weight) => all + weight, 0n);
      assert.equal(
        shares.reduce((all, share) => all + share, 0n),
        total,
      );
      shares.forEach((share, place) => {
        const low = (total * list[place]!) / sum;
        assert.ok(share === low || share === low + 1n);
      });
    }),
  );
});

test('half-days are booked as minutes, other units as they are', () => {
  assert.equal(ledgerAmount('half-day', 3, 210), 630n);
  assert.equal(ledgerAmount('introduction', 3, 210), 3n);
  assert.throws(() => ledgerAmount('half-day', 1.5, 210), RangeError);
});

test('a slug is readable ASCII, whatever the name', () => {
  assert.equal(slugOf('Œuvres & Cie, l’Été', 'x'), 'oeuvres-cie-l-ete');
  assert.equal(slugOf('日本', 'organisation'), 'organisation');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      assert.match(slugOf(name, 'x'), /^[a-z0-9]+(-[a-z0-9]+)*$/);
    }),
  );
});
