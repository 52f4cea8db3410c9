import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isSiren, isSiret, sirenOf, withoutSpaces } from './siren.ts';

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));

test('known numbers pass, with their leading zero', () => {
  for (const siren of ['732829320', '356000000', '005520135']) assert.ok(isSiren(siren), siren);
  for (const siret of ['73282932000074', '35600000000048', '00552013500017']) {
    assert.equal(isSiren(sirenOf(siret)), true, siret);
  }
  assert.ok(isSiret('73282932000074'));
});

test('La Poste: the head office follows Luhn, the establishments a multiple of five', () => {
  assert.ok(isSiret('35600000000048'));
  assert.ok(isSiret('35600000049837'));
  assert.equal(isSiret('35600000049838'), false);
});

test('one changed digit of a SIREN is always seen', () => {
  fc.assert(
    fc.property(digits(8), fc.nat(8), fc.integer({ min: 1, max: 9 }), (start, place, step) => {
      const siren = [...'0123456789'].map((last) => start + last).find(isSiren);
      assert.ok(siren !== undefined);
      const digit = (Number(siren[place]) + step) % 10;
      assert.equal(isSiren(siren.slice(0, place) + digit + siren.slice(place + 1)), false);
    }),
  );
});

test('a SIRET of another length or of a SIREN that fails is none', () => {
  fc.assert(fc.property(digits(13), (short) => !isSiret(short)));
  fc.assert(fc.property(digits(9), digits(5), (start, end) => isSiren(start) || !isSiret(start + end)));
});

test('numbers are read as people write them', () => {
  assert.equal(withoutSpaces('732 829 320'), '732829320');
  assert.equal(withoutSpaces('732\u202f829.320 00074'), '73282932000074');
  assert.equal(withoutSpaces('FR732829320'), 'FR732829320');
});
