import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { meanOfNearest } from './profile.ts';
import { similarities, type TextItem } from './similarity.ts';

const item = (title: string, body: string, themes: string[] = []): TextItem => ({
  title,
  body,
  themes,
  language: 'fr',
});

const needs = [
  item('Protéger un procédé', 'Je veux déposer des brevets, norme ISO 9001', ['Propriété']),
  item('Recruter', ''),
];
const offers = [
  item('Dépôt de Brevets', 'Notre cabinet dépose vos brevets, protège un brevet, certifie ISO-9001', ['propriété']),
  item('Locaux', 'Un bureau au centre'),
];

test('similarity explains itself with the words of both and the shared themes, strongest first', () => {
  const found = similarities(needs, offers);
  const reasons = found.reasons(0, 0);
  assert.deepEqual(reasons.themes, ['propriété']);
  assert.deepEqual(reasons.words.toSorted(), ['ISO-9001', 'brevets', 'dépose', 'protège']);
  const facts = found.facts(0, 0);
  const words = facts.find((fact) => fact.kind === 'words');
  assert.ok(words && words.inNeed[words.inOffer.indexOf('dépose')] === 'déposer');
  assert.ok(facts.every(({ share }, place) => place === 0 || facts[place - 1]!.share >= share));
  assert.ok(facts.reduce((sum, { share }) => sum + share, 0) <= 1 + 1e-9);
  assert.deepEqual(found.facts(1, 1), []);
  assert.deepEqual(found.reasons(1, 0), { words: [], themes: [] });
  assert.equal(found.between(1, 1).themes, null);
});

test('past help speaks for an offer, and is told; an offer without a past loses nothing to refusals of others', () => {
  const three = [...offers, item('Hôtel', 'Chambres')];
  const past = [
    { need: item('Brevet', 'déposer un brevet', ['Propriété']), helpedBy: [1] },
    { need: item('Salle', 'un lieu'), helpedBy: [2] },
  ];
  const [without, after] = [similarities(needs, three), similarities(needs, three, { past })];
  const gap = ({ between }: typeof without) => between(0, 1).value - between(0, 2).value;
  assert.ok(gap(after) > gap(without));
  assert.equal(after.between(0, 0).features.history, null);
  const history = after.facts(0, 1).find((fact) => fact.kind === 'history');
  assert.deepEqual(history?.past, [0]);
});

test('vectors of a model count where both sides have one', () => {
  const vector = (...numbers: number[]) => Float32Array.from(numbers);
  const embeddings = { needs: [vector(1, 0), null], offers: [vector(0, 1), vector(2, 0)] };
  const found = similarities(needs, offers, { embeddings });
  assert.equal(found.between(0, 0).features.embedding, 0);
  assert.equal(found.between(0, 1).features.embedding, 1);
  assert.equal(found.between(1, 1).features.embedding, null);
});

test('sectors and places that both sides state count, and are told', () => {
  const found = similarities(
    [{ ...item('Besoin', 'texte'), sectors: ['A', 'B'], places: ['63113'] }],
    [
      { ...item('Offre', 'autre'), sectors: ['B', 'C'], places: ['63113', '75056'] },
      { ...item('Offre', 'autre'), sectors: ['C'], places: ['75056'] },
    ],
  );
  assert.ok(found.between(0, 0).value > found.between(0, 1).value);
  assert.equal(found.between(0, 0).features.sector, 0.5);
  assert.deepEqual(
    found
      .facts(0, 0)
      .map(({ kind }) => kind)
      .toSorted(),
    ['place', 'sector'],
  );
});

test('rounding makes no likeness where two texts share nothing', () => {
  const needs = [item('', 'brevet brevet'), item('', 'export'), item('export', '')];
  const offers = [item('brevet', '')];
  for (const found of [similarities(needs, offers), similarities(needs.toReversed(), offers)]) {
    assert.equal(found.between(1, 0).words, 0);
  }
});

test('similarity stays within 0 and 1, whatever the texts and in whatever order', () => {
  const word = fc.constantFrom('brevet', 'export', 'usine', 'le', 'énergie', 'réseau', '');
  const anyItem = fc.record({
    title: fc.array(word, { maxLength: 3 }).map((list) => list.join(' ')),
    body: fc.array(word, { maxLength: 9 }).map((list) => list.join(' ')),
    themes: fc.array(word, { maxLength: 2 }),
    language: fc.constantFrom('fr' as const, 'en' as const),
  });
  const items = fc.array(anyItem, { maxLength: 6 });
  fc.assert(
    fc.property(items, items, (needs, offers) => {
      const found = similarities(needs, offers);
      const turned = similarities(needs.toReversed(), offers.toReversed());
      needs.forEach((_, i) =>
        offers.forEach((__, j) => {
          const { value, words } = found.between(i, j);
          assert.ok(value >= 0 && value <= 1 && words >= 0 && words <= 1);
          const other = turned.between(needs.length - 1 - i, offers.length - 1 - j);
          assert.ok(Math.abs(other.words - words) < 0.05, `${other.words} ${words}`);
          const said = found.facts(i, j).reduce((sum, { share }) => sum + share, 0);
          assert.ok(said <= 1 + 1e-9);
        }),
      );
    }),
  );
});

test('a profile is as close as its three closest pieces', () => {
  assert.equal(meanOfNearest([0.1, 0.9, 0.5, 0.7]), (0.9 + 0.7 + 0.5) / 3);
  assert.equal(meanOfNearest([0.4]), 0.4);
  assert.equal(meanOfNearest([]), 0);
});
