import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyse, fold } from './analyse.ts';
import { BUCKETS, countGrams } from './character-grams.ts';

const terms = (text: string, language: 'fr' | 'en' = 'fr') => analyse(text, language).map(({ term }) => term);

test('elision, apostrophes, accents, capitals, plurals and verbs meet in one term', () => {
  assert.deepEqual(terms("L’énergie d'une ÉCOLE qu’on rénove"), ['energ', 'ecol', 'renov']);
  assert.deepEqual(terms('financements'), terms('Financer'));
  assert.deepEqual(terms('accompagnement'), terms('ACCOMPAGNER'));
  assert.deepEqual(terms('aujourd’hui l’œuvre'), ['aujourd', 'hui', 'oeuvr']);
  assert.deepEqual(terms("The company's exporting partners", 'en'), terms('companies export partner', 'en'));
});

test('a compound meets the same word in one piece, with any hyphen, and keeps its parts', () => {
  const [joined] = terms('covoiturage');
  for (const written of ['co-voiturage', 'Co‑Voiturage', 'co‐voiturage', 'du co-voiturage'])
    assert.equal(terms(written)[0], joined, written);
  assert.ok(terms('co-voiturage').includes(terms('voiturage')[0]!));
  assert.equal(terms('éco-conception')[0], terms('écoconception')[0]);
  assert.equal(terms('start-ups', 'en')[0], terms('startup', 'en')[0]);
  assert.deepEqual(terms('l’e-santé')[0], terms('esanté')[0]);
  assert.deepEqual(terms('pensez-y, peut-être, avez-vous'), terms('pensez'));
});

test('codes, standards and initials are one term however they are written', () => {
  for (const written of ['C-17', 'C17', 'c17', 'C‑17']) assert.ok(terms(written).includes('c17'), written);
  for (const written of ['ISO 9001', 'ISO-9001', 'iso9001', 'ISO 9001:2015'])
    assert.ok(terms(written).includes('iso9001'), written);
  assert.deepEqual(terms('R&D'), terms('R & D'));
  assert.ok(terms('la R.S.E. et la suite').includes('rse'));
  assert.deepEqual(terms('CO₂'), terms('CO2'));
  assert.deepEqual(terms('5G, H2, B2B'), ['5g', 'h2', 'b2b']);
});

test('markup, addresses, stop words, long numbers, inclusive endings and damage leave no term', () => {
  assert.deepEqual(terms('**[Voir](https://a.fr/x?y=1)** <b>le</b> 06 12 a.b@c.fr'), ['voir']);
  assert.deepEqual(terms('Le plan 2030 de la France'), ['plan', '2030', 'franc']);
  assert.deepEqual(terms('étudiant·e·s'), terms('étudiant'));
  assert.deepEqual(terms('soft\u00ADhyphen', 'en'), terms('softhyphen', 'en'));
  assert.deepEqual(terms('½ — … 1 000 000'), []);
  assert.deepEqual(terms('x'.repeat(1_000_000)), []);
});

test('hostile lengths are read in a time that grows as they do', () => {
  for (const piece of ['mot.', 'a-', "a'", '<a', 'A.', 'A & ', 'ISO ', 'a·', 'a@b.']) {
    const start = performance.now();
    analyse(piece.repeat(100_000), 'fr');
    assert.ok(performance.now() - start < 10_000, piece);
  }
  assert.equal(terms('mot.'.repeat(100_000)).length, 100_000);
});

test('whatever the text, terms are letters and digits, and apostrophes and hyphens of any shape are the same', () => {
  const text = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(text, (text) => {
      for (const { term, surface } of analyse(text, 'fr')) {
        assert.match(term, /^[\p{L}\p{N}]+$/u);
        assert.notEqual(surface, '');
      }
    }),
  );
  const word = fc.constantFrom('l’eau', "d'un", 'co-voiturage', 'ISO 9001', 'R&D', 'École', 'C‑17', 'non');
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const text = words.join(' ');
      const other = text.replaceAll('’', "'").replaceAll('‑', '-').normalize('NFD');
      assert.deepEqual(terms(other), terms(text));
    }),
  );
});

test('folding keeps letters and loses accents', () => {
  assert.equal(fold('Œuvre d’État à Æthelred'), 'oeuvre d’etat a aethelred');
});

test('runs of characters: three to five within a word, counted once each, titles as often as they weigh', () => {
  const runs = (text: string, weight = 1) => countGrams([{ text, weight }]);
  const { grams, counts } = runs('rue');
  assert.equal(grams.length, 6); // " ru" "rue" "ue " " rue" "rue " " rue "
  assert.equal(new Set(grams).size, 6);
  assert.deepEqual([...counts], [1, 1, 1, 1, 1, 1]);
  assert.deepEqual([...runs('Rue rue', 2).counts], [4, 4, 4, 4, 4, 4]);
  assert.deepEqual(runs('RUÉ'), runs('rué'));
  const shared = new Set(runs('rénovation').grams).intersection(new Set(runs('rénover').grams));
  assert.ok(shared.size >= 8);
  assert.ok([...runs('électricité photovoltaïque').grams].every((gram) => gram >= 0 && gram < BUCKETS));
  assert.equal(runs('').grams.length, 0);
});
