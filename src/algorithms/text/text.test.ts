import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyse, fold } from './analyse.ts';
import { buildIndex, explainScore, scoreQuery } from './bm25.ts';
import type { TextItem } from './similarity.ts';
import { similarities } from './similarity.ts';

const terms = (text: string, language: 'fr' | 'en' = 'fr') => analyse(text, language).map(({ term }) => term);

test('elision, apostrophes, accents, capitals, plurals and verbs meet in one term', () => {
  assert.deepEqual(terms("L’énergie d'une ÉCOLE qu’on rénove"), ['energ', 'ecol', 'renov']);
  assert.deepEqual(terms('financements'), terms('Financer'));
  assert.deepEqual(terms('accompagnement'), terms('ACCOMPAGNER'));
  assert.deepEqual(terms('aujourd’hui l’œuvre'), ['aujourd', 'hui', 'oeuvr']);
  assert.deepEqual(terms("The company's exporting partners", 'en'), terms('companies export partner', 'en'));
});

test('markup, addresses, stop words, long numbers and damage leave no term', () => {
  assert.deepEqual(terms('**[Voir](https://a.fr/x?y=1)** <b>le</b> 06 12 a.b@c.fr'), ['voir']);
  assert.deepEqual(terms('Le plan 2030 de la France'), ['plan', '2030', 'franc']);
  assert.deepEqual(terms('x'.repeat(1_000_000)), []);
  assert.equal(terms('mot.'.repeat(100_000)).length, 100_000);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const { term } of analyse(text, 'fr')) assert.match(term, /^[\p{L}\p{N}\p{M}]+$/u);
    }),
  );
});

test('an index gives more to rare words, to titles and to short texts, and nothing without a shared word', () => {
  const field = (title: string, body: string) => ({
    title: analyse(title, 'fr'),
    body: analyse(body, 'fr'),
  });
  const index = buildIndex(
    [
      field('Brevets', 'conseil aux entreprises'),
      field('Conseil', 'un brevet parmi bien des sujets de conseil et de formation pour entreprises'),
      field('Formation', 'conseil'),
    ],
    { title: 2, body: 1 },
  );
  const query = analyse('déposer un brevet', 'fr');
  const { scores, ceiling } = scoreQuery(index, query);
  assert.ok(scores[0]! > scores[1]! && scores[1]! > scores[2]!);
  assert.equal(scores[2], 0);
  assert.ok(ceiling > scores[0]!);
  const parts = explainScore(index, query, 0);
  assert.deepEqual(
    parts.map(({ term }) => term),
    ['brevet'],
  );
  assert.equal(parts[0]!.part, scores[0]);
});

const item = (title: string, body: string, themes: string[] = []): TextItem => ({
  title,
  body,
  themes,
  language: 'fr',
});

test('similarity explains itself with the words of the offer and the shared themes', () => {
  const found = similarities(
    [item('Protéger un procédé', 'Je veux déposer des brevets', ['Propriété']), item('Recruter', '')],
    [
      item('Dépôt de Brevets', 'Notre cabinet dépose vos brevets et protège un brevet', ['propriété']),
      item('Locaux', 'Un bureau au centre'),
    ],
  );
  assert.deepEqual(found.reasons(0, 0), {
    words: ['dépose', 'protège', 'brevets'].toSorted(),
    themes: ['propriété'],
  });
});

test('similarity stays within 0 and 1, whatever the texts', () => {
  const word = fc.constantFrom('brevet', 'export', 'usine', 'le', 'énergie', 'réseau', '');
  const anyItem = fc.record({
    title: fc.array(word, { maxLength: 3 }).map((list) => list.join(' ')),
    body: fc.array(word, { maxLength: 9 }).map((list) => list.join(' ')),
    themes: fc.array(word, { maxLength: 2 }),
    language: fc.constantFrom('fr' as const, 'en' as const),
  });
  fc.assert(
    fc.property(fc.array(anyItem), fc.array(anyItem), (needs, offers) => {
      const found = similarities(needs, offers);
      needs.forEach((_, i) =>
        offers.forEach((__, j) => {
          const { value, words } = found.between(i, j);
          assert.ok(value >= 0 && value <= 1 && words >= 0 && words <= 1);
          found.reasons(i, j);
        }),
      );
    }),
  );
});

const DATA = '../shared/data/aides-transition-ecologique';
const skip = existsSync(DATA) ? false : `no data at ${DATA}`;

test('experts’ choices among 164 public aids for 46 projects are found (nDCG@10)', { skip }, (t) => {
  const lines = (name: string) => readFileSync(`${DATA}/${name}`, 'utf8').trim().split('\n');
  const projects = lines('projets.jsonl').map((line) => JSON.parse(line));
  const aids = lines('aides.jsonl').map((line) => JSON.parse(line));
  const chosen = new Set(
    lines('liens_projet_aide.csv')
      .slice(1)
      .map((line) => line.split(',').slice(0, 2).join(' ')),
  );
  const needs = projects.map((project) =>
    item(project.title, `${project.shortDescription} ${project.longDescription}`, project.themes),
  );
  const offers = aids.map((aid) =>
    item(
      `${aid.titre} ${aid.promesse}`,
      `${aid.description} ${aid['description longue'] ?? ''}`,
      aid.eligibilityData.priorityObjectives ?? [],
    ),
  );
  const found = similarities(needs, offers);
  const gains = (score: (i: number, j: number) => number) =>
    projects.map((project, i) => {
      const order = [...aids.keys()].toSorted((j, k) => score(i, k) - score(i, j) || j - k);
      return discountedGain(order.map((j) => chosen.has(`${project.slug} ${aids[j].id}`)));
    });
  const mean = (list: number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const words = mean(gains((i, j) => found.between(i, j).words));
  const both = mean(gains((i, j) => found.between(i, j).value));
  const themes = mean(gains((i, j) => found.between(i, j).themes ?? 0));
  t.diagnostic(`nDCG@10: words ${words.toFixed(3)}, themes ${themes.toFixed(3)}, words and themes ${both.toFixed(3)}`);
  assert.ok(both >= 0.46, `${both} is no better than plain BM25`);
});

/** nDCG@10 of one ranking with yes or no judgements. */
function discountedGain(ranking: boolean[]): number {
  const discount = (place: number) => 1 / Math.log2(place + 2);
  const sum = (list: boolean[]) => list.slice(0, 10).reduce((all, hit, place) => all + (hit ? discount(place) : 0), 0);
  const ideal = sum(ranking.toSorted((x, y) => Number(y) - Number(x)));
  return ideal === 0 ? 0 : sum(ranking) / ideal;
}

test('folding keeps letters and loses accents', () => {
  assert.equal(fold('Œuvre d’État à Æthelred'), 'oeuvre d’etat a aethelred');
});
