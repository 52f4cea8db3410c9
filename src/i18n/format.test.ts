import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatDate,
  formatDateTime,
  formatHours,
  formatList,
  formatMoney,
  formatNumber,
  formatOrdinal,
  formatPercent,
  formatPeriod,
  formatRelativeDay,
  formatTime,
  formatter,
} from './format.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
/** Spaces made visible: `_` for U+00A0, `~` for U+202F. */
const seen = (text: string) => text.replaceAll('\u00a0', '_').replaceAll('\u202f', '~');

test('numbers keep their thousands together', () => {
  assert.equal(seen(formatNumber('fr', 1234.5)), '1~234,5');
  assert.equal(formatNumber('en', 1234.5), '1,234.5');
  assert.equal(seen(formatNumber('fr', -1234)), '−1~234');
  assert.equal(formatNumber('fr', 41, { signed: true }), '+41');
  assert.equal(formatNumber('fr', 3, { digits: 1, fixed: true }), '3,0');
  assert.equal(seen(formatPercent('fr', 0.964)), '96_%');
  assert.equal(formatPercent('en', 0.964, { digits: 1 }), '96.4%');
});

test('money is exact to the cent at any size', () => {
  assert.equal(seen(formatMoney('fr', 123450n)), '1~234,50_€');
  assert.equal(formatMoney('en', 123450n), '€1,234.50');
  assert.equal(seen(formatMoney('fr', -5n)), '−0,05_€');
  assert.equal(seen(formatMoney('fr', 1_000_000n, { round: true })), '10~000_€');
  assert.equal(seen(formatMoney('fr', 1_000_050n, { round: true })), '10~000,50_€');
  assert.equal(seen(formatMoney('fr', 9_007_199_254_740_993_07n)), '9~007~199~254~740~993,07_€');
});

test('hours are said as people say them', () => {
  assert.equal(seen(formatHours('fr', 210)), '3_h_30');
  assert.equal(seen(formatHours('fr', 210, { long: true })), '3_h_30_min');
  assert.equal(seen(formatHours('en', 210)), '3_h_30_min');
  assert.deepEqual(
    [0, 45, 180, 185, -90].map((minutes) => seen(formatHours('fr', minutes))),
    ['0_min', '45_min', '3_h', '3_h_05', '−1_h_30'],
  );
  assert.throws(() => formatHours('fr', 0.5), /whole minutes/);
});

test('days and moments are written in words, in the zone of the place', () => {
  assert.equal(seen(formatDate('fr', day('2018-03-12'))), '12_mars 2018');
  assert.equal(seen(formatDate('fr', day('2018-04-01'), { weekday: true })), 'dimanche 1er_avril 2018');
  assert.equal(seen(formatDate('en', day('2018-03-12'), { year: false })), '12_March');
  const instant = Temporal.Instant.from('2018-03-12T13:30:00Z');
  assert.equal(seen(formatDateTime('fr', instant, 'Europe/Paris')), 'lundi 12_mars à 14_h_30');
  assert.equal(seen(formatDateTime('en', instant, 'Europe/Paris')), 'Monday 12_March at 14:30');
  assert.equal(seen(formatTime('fr', Temporal.PlainTime.from('09:00'))), '9_h');
  const late = Temporal.Instant.from('2018-03-12T23:30:00Z');
  assert.equal(seen(formatter('fr', 'Europe/Paris').dayOf(late)), '13_mars 2018');
});

test('near days are told from today', () => {
  const today = day('2018-03-12');
  const told = (date: string) => seen(formatRelativeDay('fr', day(date), today));
  assert.deepEqual(['2018-03-12', '2018-03-13', '2018-03-09', '2018-05-12', '2016-03-12'].map(told), [
    'aujourd’hui',
    'demain',
    'il y a 3_jours',
    'dans 2_mois',
    'il y a 2_ans',
  ]);
});

test('lists, ranks and periods', () => {
  assert.equal(formatList('fr', ['A', 'B', 'C']), 'A, B et C');
  assert.equal(formatList('en', ['A', 'B', 'C']), 'A, B and C');
  assert.equal(formatList('fr', ['A', 'B'], 'or'), 'A ou B');
  assert.deepEqual(
    [1, 2].map((rank) => formatOrdinal('fr', rank)),
    ['1er', '2e'],
  );
  assert.equal(formatOrdinal('fr', 1, { feminine: true }), '1re');
  assert.deepEqual(
    [1, 2, 3, 11].map((rank) => formatOrdinal('en', rank)),
    ['1st', '2nd', '3rd', '11th'],
  );
  assert.equal(seen(formatPeriod('fr', day('2018-03-01'), day('2018-03-12'))), 'du 1er au 12_mars 2018');
  assert.equal(seen(formatPeriod('fr', day('2018-03-01'), day('2018-04-12'))), 'du 1er_mars au 12_avril 2018');
  assert.equal(seen(formatPeriod('en', day('2017-12-30'), day('2018-01-02'))), '30_December 2017 to 2_January 2018');
});
