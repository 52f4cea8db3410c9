import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  dayOfCell,
  itemsOfCell,
  kindOfCell,
  kindOfText,
  placesOfCell,
  sirenOfCell,
  unitsOfCell,
  urgencyOfCell,
  visibilityOfCell,
  wholeOfCell,
  yesOfCell,
} from './cells.ts';
import { DEFAULT_KINDS } from './kind.ts';

const day = (text: string) => dayOfCell(text, 'Europe/Paris')?.toString();

test('days are read in French, English and machine habits, in the zone of the place', () => {
  assert.equal(day('06/02/2023'), '2023-02-06');
  assert.equal(day('1er mars 2027'), '2027-03-01');
  assert.equal(day('March 1, 2027'), '2027-03-01');
  assert.equal(day('2022-12-31T23:00:00.000Z'), '2023-01-01');
  assert.equal(day('2026-01-05 09:30:00'), '2026-01-05');
  assert.equal(day('12/01/2026 10:22'), '2026-01-12');
  assert.equal(dayOfCell('Permanente', 'Europe/Paris'), null);
  assert.equal(dayOfCell('-', 'Europe/Paris'), null);
  assert.equal(dayOfCell('31/02/2026', 'Europe/Paris'), undefined);
  assert.equal(dayOfCell('bientôt', 'Europe/Paris'), undefined);
});

test('numbers are whole; units may be written, whole days are two half-days', () => {
  assert.deepEqual(['249', '1 234', '12,0', '-3', '3,5', 'NC'].map(wholeOfCell), [
    249,
    1234,
    12,
    undefined,
    undefined,
    null,
  ]);
  assert.deepEqual(
    ['4', '4 demi-journées', '2 jours', '3 mois', 'trois'].map((text) => unitsOfCell(text, 'half-day')),
    [4, 4, 4, undefined, undefined],
  );
  assert.deepEqual(
    ['2 jours', '3 mises en relation'].map((text) => unitsOfCell(text, 'introduction')),
    [undefined, 3],
  );
});

test('words of yes and no, urgency, visibility', () => {
  assert.deepEqual(['oui', 'TRUE', 'Non', '', 'peut-être'].map(yesOfCell), [true, true, false, null, undefined]);
  assert.deepEqual(['Haute', 'medium', '1', '', 'rouge'].map(urgencyOfCell), [3, 2, 1, null, undefined]);
  assert.deepEqual(['Public', 'équipe', 'Le monde'].map(visibilityOfCell), ['public', 'team', undefined]);
});

test('lists are cut at the mark that cuts them, and only there', () => {
  assert.deepEqual(itemsOfCell('A|C|D'), ['A', 'C', 'D']);
  assert.deepEqual(itemsOfCell('Communes, cantons;Régions'), ['Communes, cantons', 'Régions']);
  assert.deepEqual(itemsOfCell('A, C, A'), ['A', 'C']);
  assert.deepEqual(itemsOfCell(['Eau, air', 'Sol']), ['Eau, air', 'Sol']);
  assert.deepEqual(placesOfCell(['Bretagne, Normandie', 'Corse']), ['Bretagne', 'Normandie', 'Corse']);
});

test('kinds are known by code, by label, by usual words; the narrower word wins', () => {
  const kind = (text: string) => kindOfText(text, DEFAULT_KINDS)?.code;
  assert.deepEqual(['legal', 'Conseil juridique', 'Test ground'].map(kind), ['legal', 'legal', 'test-ground']);
  assert.deepEqual(
    ['étude', 'Prêt', 'avantage fiscal', 'Ingénierie Juridique / administrative', 'Ingénierie technique', 'bleu'].map(
      kind,
    ),
    ['expertise', 'financing-files', 'financing-files', 'legal', 'expertise', undefined],
  );
  assert.equal(kindOfCell('Autre;Subvention', DEFAULT_KINDS)?.code, 'financing-files');
  assert.equal(kindOfCell('', DEFAULT_KINDS), null);
  assert.equal(
    kindOfText(
      'Prêt',
      DEFAULT_KINDS.filter(({ code }) => code === 'legal'),
    ),
    undefined,
  );
});

test('a SIREN is nine digits, or the first nine of a SIRET', () => {
  assert.deepEqual(['483 790 069', '48379006900012', '12345', ''].map(sirenOfCell), [
    '483790069',
    '483790069',
    undefined,
    null,
  ]);
});

test('whatever the cell, the answer is a value, nothing or « not understood », never an exception', () => {
  const cells = fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(fc.string()), fc.constant(undefined));
  fc.assert(
    fc.property(cells, (cell) => {
      for (const read of [
        wholeOfCell,
        yesOfCell,
        urgencyOfCell,
        visibilityOfCell,
        sirenOfCell,
        itemsOfCell,
        placesOfCell,
      ])
        read(cell);
      dayOfCell(cell, 'Europe/Paris');
      unitsOfCell(cell, 'half-day');
      kindOfCell(cell, DEFAULT_KINDS);
    }),
  );
});
