import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { done, refused } from '../lib/result.ts';
import { formatDate, formatHours, formatMoney, formatNumber, formatShortDate } from './format.ts';
import { locales } from './locale.ts';
import { parseDate, parseHours, parseInteger, parseMoney } from './read.ts';

const today = Temporal.PlainDate.from('2018-07-20');
const readDay = (text: string, from?: Temporal.PlainDate) => {
  const read = parseDate(text, from ? { today: from } : {});
  return read.ok ? read.value.toString() : read.reason;
};

test('one day, in every way that people write it', () => {
  const ways =
    '12/03/2018|12.3.18|12-03-2018|2018-03-12|12 mars 2018|lundi 12 mars 2018|le 12 mars 2018|12 MARS 2018|' +
    'March 12, 2018|Monday, March 12th, 2018|12 March 2018|12th of March 2018|12 mar. 2018| 12\u00a0mars\u202f2018 ';
  for (const way of ways.split('|')) assert.equal(readDay(way), '2018-03-12', way);
  assert.equal(readDay('1er avril 2018'), '2018-04-01');
  assert.equal(readDay('3 aout 2018'), '2018-08-03');
});

test('a day without its year is the next one; near days have names', () => {
  assert.equal(readDay('12 mars', today), '2019-03-12');
  assert.equal(readDay('20 juillet', today), '2018-07-20');
  assert.equal(readDay('29 février', today), '2020-02-29');
  assert.equal(readDay('demain', today), '2018-07-21');
  assert.equal(readDay('Aujourd’hui', today), '2018-07-20');
  assert.equal(readDay('après-demain', today), '2018-07-22');
  assert.equal(readDay('12 mars'), 'unreadable');
});

test('what is not a day is refused with its reason', () => {
  assert.deepEqual(
    ['', '30/02/2018', '12/25/2018', '2018-13-01'].map((text) => readDay(text)),
    ['empty', 'impossible', 'impossible', 'impossible'],
  );
  for (const text of ['bientôt', '12', '12/03', '12 ma 2018', 'ju 12 2018', '12 mars 2018 midi', '12 mars 201']) {
    assert.equal(readDay(text), 'unreadable', text);
  }
  // Words that every object of the language knows.
  const today = Temporal.PlainDate.from('2026-11-23');
  for (const text of ['__proto__', 'constructor', 'toString'])
    assert.deepEqual(parseDate(text, { today }).ok, false, text);
});

test('hours in every way that people write them', () => {
  const ways = '3h30|3 h 30|3 h 30 min|3,5|3.5 h|210 min|3:30|3 heures 30|3 hours and 30 minutes|3H30|3,50 heures';
  for (const way of ways.split('|')) assert.deepEqual(parseHours(way), done(210), way);
  assert.deepEqual(parseHours('2'), done(120));
  assert.deepEqual(parseHours('1 200 h'), done(72_000));
  assert.deepEqual(parseHours('0,33 h'), done(20));
  assert.deepEqual(parseHours('3h75'), refused('impossible'));
  assert.deepEqual(parseHours('3,5,2'), refused('unreadable'));
  assert.deepEqual(parseHours('-3'), refused('unreadable'));
  assert.deepEqual(parseHours('9999999999999999'), refused('too-large'));
});

test('amounts in every way that people write them', () => {
  const ways = '1 234,50 €|1234,5|€1,234.50|1.234,50|1,234.50 EUR|1\u202f234,50\u00a0€|1234.50 euros';
  for (const way of ways.split('|')) assert.deepEqual(parseMoney(way), done(123_450n), way);
  assert.deepEqual(parseMoney('1,234'), done(123_400n));
  assert.deepEqual(parseMoney('500 k€'), done(50_000_000n));
  assert.deepEqual(parseMoney('1,5 M€'), done(150_000_000n));
  assert.deepEqual(parseMoney('16 millions d’euros'), done(1_600_000_000n));
  assert.deepEqual(parseMoney('−12 €'), done(-1_200n));
  for (const text of ['1,2,3', '1.234.5', '12,345 67', '1,2345', 'cent', '€', '--1', '1 23']) {
    assert.deepEqual(parseMoney(text), refused('unreadable'), text);
  }
});

test('whole numbers', () => {
  for (const way of ['1 234', '1,234', '1.234', '1234', ' 1\u202f234 ']) {
    assert.deepEqual(parseInteger(way), done(1234), way);
  }
  assert.deepEqual(parseInteger('−3'), done(-3));
  for (const text of ['3,5', '1 23', 'beaucoup', '1e3']) assert.equal(parseInteger(text).ok, false, text);
});

test('what is written is read back without loss, in both languages', () => {
  const days = fc
    .tuple(fc.integer({ min: 1000, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
    .map(([year, month, dayOfMonth]) => Temporal.PlainDate.from({ year, month, day: dayOfMonth }));
  fc.assert(
    fc.property(fc.constantFrom(...locales), fc.boolean(), days, (locale, weekday, date) => {
      assert.equal(readDay(formatDate(locale, date, { weekday })), date.toString());
      assert.equal(readDay(formatShortDate(locale, date)), date.toString());
      assert.equal(readDay(date.toString()), date.toString());
    }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...locales),
      fc.boolean(),
      fc.integer({ min: 0, max: 1e9 }),
      (locale, long, minutes) => {
        assert.deepEqual(parseHours(formatHours(locale, minutes, { long })), done(minutes));
      },
    ),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...locales),
      fc.boolean(),
      fc.bigInt(-(10n ** 16n), 10n ** 16n),
      (locale, round, cents) => {
        assert.deepEqual(parseMoney(formatMoney(locale, cents, { round })), done(cents));
      },
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...locales), fc.integer({ min: -1e9, max: 1e9 }), (locale, value) => {
      assert.deepEqual(parseInteger(formatNumber(locale, value)), done(value));
    }),
  );
});

test('nothing throws, whatever the text', () => {
  const bits = fc.constantFrom(..."0123456789 ,.'’:-/h€kMmin mars  march €".split(''), 'mars', '12', '€', 'h');
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(bits).map((list) => list.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      for (const read of [
        parseDate(text),
        parseDate(text, { today }),
        parseHours(text),
        parseMoney(text),
        parseInteger(text),
      ]) {
        assert.equal(typeof read.ok, 'boolean');
        if (!read.ok) assert.match(read.reason, /^(empty|unreadable|impossible|too-large)$/);
      }
    }),
  );
});
