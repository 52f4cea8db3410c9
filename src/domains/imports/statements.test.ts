/** What rows state, whatever habits they are written in, and what rows of one identity say together. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NO_FACTS } from '../territory/facts.ts';
import { effectOf, mergeRows } from './merging.ts';
import { stateRow } from './statements.ts';
import type { TableSettings } from './table.ts';
import { countOf, dayOf, hostOf, numberOf, webAddressOf } from './values.ts';

const ZONE = 'Europe/Paris';
const settings = (columns: TableSettings['columns']): TableSettings => ({
  subject: 'organisations',
  part: 'startup',
  columns,
  references: {},
});
const state = (cells: Record<string, string | string[]>, columns: TableSettings['columns']) =>
  stateRow(new Map(Object.entries(cells)), { table: 0, settings: settings(columns), zone: ZONE, ownFields: new Map() });

test('days are read in every habit, and never guessed', () => {
  const read = (text: string) => dayOf(text, ZONE)?.toString();
  assert.deepEqual(
    [
      '2024-03-01',
      '01/03/2024',
      '1er mars 2024',
      'mars 2024',
      '03/2024',
      '2024-03',
      '45352',
      '2024-02-29T23:30:00Z',
    ].map(read),
    Array.from({ length: 8 }, () => '2024-03-01'),
  );
  assert.deepEqual(['2024', 'August 2021'].map(read), ['2024-01-01', '2021-08-01']);
  assert.ok(
    ['31/02/2024', '12345678', '99999', 'bientôt', 'fleur 2024', '13/2024'].every(
      (text) => dayOf(text, ZONE) === undefined,
    ),
  );
});

test('numbers and addresses of both countries', () => {
  assert.deepEqual(
    ['1 234,5', '1,234.5', '1.234,5', '12.0', '−3', '12'].map(numberOf),
    [1234.5, 1234.5, 1234.5, 12, -3, 12],
  );
  assert.deepEqual(
    [countOf('11-50'), countOf('10 à 19 salariés'), countOf('beaucoup'), countOf('-4')],
    [11, 10, undefined, undefined],
  );
  assert.deepEqual(
    [
      'exemple.fr',
      'HTTP://exemple.fr/a',
      'https:////exemple.fr',
      ' https://exemple.fr ',
      'jean@exemple.fr',
      'rien',
      'a b.fr',
    ].map(webAddressOf),
    [
      'https://exemple.fr',
      'http://exemple.fr/a',
      'https://exemple.fr',
      'https://exemple.fr',
      undefined,
      undefined,
      'https://ab.fr',
    ],
  );
  assert.deepEqual([hostOf('https://www.exemple.fr/x'), hostOf('https://github.com/x')], ['exemple.fr', undefined]);
});

test('what is wrong is left out with its column and reason, and the row is kept', () => {
  const stated = state(
    { n: 'A', s: '123 456 789', site: 'pas une adresse', e: 'mille', f: '31/02/2020' },
    { n: 'name', s: 'siren', site: 'website', e: 'employees', f: 'foundedOn' },
  );
  assert.deepEqual(stated.facts, { name: 'A' });
  assert.deepEqual(stated.problems.map(({ column, code }) => [column, code]).toSorted(), [
    ['e', 'not-a-number'],
    ['f', 'not-a-day'],
    ['s', 'not-a-siren'],
    ['site', 'not-a-link'],
  ]);
  assert.equal(state({ n: 'Laou', s: '356 000 000 00048' }, { n: 'name', s: 'siren' }).identity, 's:356000000');
  assert.equal(state({ s: '' }, { n: 'name', s: 'siren' }).identity, null);
});

test('lists that run side by side are read together', () => {
  const { links } = state(
    {
      n: 'A',
      'p.name': ['investigation', 'construction', 'sans date'],
      'p.start': ['2020-01-01', '2021-01-01', ''],
      'p.end': ['', '2020-06-01', ''],
    },
    { n: 'name', 'p.name': 'phase', 'p.start': 'phaseSince', 'p.end': 'phaseUntil' },
  );
  assert.deepEqual(
    links.map(({ label, since, until }) => [label, since, until]),
    [
      ['investigation', '2020-01-01', null],
      ['construction', '2021-01-01', null],
    ],
  );
});

test('rows of one firm: the last word counts, every name is kept, nothing known is taken away', () => {
  const merged = mergeRows([
    { number: 1, facts: { name: 'Ancien nom', employees: 3, themes: ['Santé'] } },
    { number: 2, facts: { name: 'Nouveau nom', themes: ['Eau'] } },
  ]);
  assert.deepEqual(merged, { name: 'Nouveau nom', employees: 3, themes: ['Santé', 'Eau'], otherNames: ['Ancien nom'] });
  const known = {
    ...NO_FACTS,
    name: 'Laou',
    parts: ['startup' as const],
    website: 'https://laou.fr',
    otherNames: ['Vieux'],
  };
  const effect = effectOf(known, { name: 'Laou Mobilité' }, 'startup', (label) => label);
  assert.deepEqual(effect.after, { name: 'Laou Mobilité', otherNames: ['Vieux', 'Laou'] });
  assert.deepEqual(
    effectOf(known, { name: 'Laou', website: 'https://laou.fr' }, 'startup', (label) => label).after,
    {},
  );
});

test('no cell makes a row throw, and what is stated can always be stored or is told', () => {
  const columns = {
    a: 'name',
    b: 'website',
    c: 'foundedOn',
    d: 'siret',
    e: 'latitude',
    f: 'longitude',
    g: 'themes',
    h: 'regionCode',
  } as const;
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom(...Object.keys(columns)),
        fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.string(), { maxLength: 3 })),
      ),
      (cells) => {
        const stated = state(cells, columns);
        if (stated.identity === null || stated.facts['name'] === undefined) return;
        const effect = effectOf(undefined, stated.facts, 'startup', (label) => label);
        assert.ok(!effect.problems.some(({ column }) => column === ''));
      },
    ),
  );
});
