import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalOf, scoreText, wholeOf } from './cell-numbers.ts';

test('whole numbers are read in both habits, and nothing is guessed', () => {
  const read = (texts: string[]) => texts.map(wholeOf);
  assert.deepEqual(read(['12', ' 7 ', '1 234', '1\u202f234', '1,234', '3.0', '0']), [12, 7, 1234, 1234, 1234, 3, 0]);
  assert.ok(
    read(['', '-1', '1.5', '2 jours', 'NaN', '1e3', '∞', '0x10', '12.50', '9'.repeat(30)]).every(
      (each) => each === undefined,
    ),
  );
});

test('decimals are read with what it takes to write them', () => {
  const read = (text: string) => {
    const number = decimalOf(text);
    return number && [number.value, number.decimals];
  };
  assert.deepEqual(['0.95', '0,5', '12', '1e-05', '2.50', '-3', '5e3'].map(read), [
    [0.95, 2],
    [0.5, 1],
    [12, 0],
    [0.00001, 5],
    [2.5, 1],
    [-3, 0],
    [5000, 0],
  ]);
  assert.ok(
    ['', 'NaN', 'Infinity', '-', '1.2.3', '1e999', '.5', 'abc', '1 234'].every((text) => read(text) === undefined),
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.nat(6), fc.nat(1e6), (score, decimals, lift) => {
      assert.equal(decimalOf(scoreText(score, { decimals, lift }))?.value, (score - lift) / 10 ** decimals);
    }),
  );
});
