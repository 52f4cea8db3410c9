import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { combine } from './affinity-weights.ts';
import { explainScore, scoreQuery } from './bm25.ts';
import { DEFAULT_WEIGHTS } from './default-weights.ts';
import { FEATURES, featureRow, type ReadNeed } from './features.ts';
import { nearestOffers } from './nearest-offers.ts';
import { createOfferIndex, putOffer, removeOffer, type OfferIndex } from './offer-index.ts';
import { readEntry, type TextItem } from './text-item.ts';
import { fitSpace, latentCloseness, placeText, type TextSpace } from './text-space.ts';

const item = (title: string, body = '', themes: string[] = []): TextItem => ({ title, body, themes, language: 'fr' });
const word = fc.constantFrom(
  'brevet',
  'export',
  'usine',
  'le',
  'énergie',
  'réseau',
  'co-voiturage',
  'ISO 9001',
  'vélo',
);
const words = (maxLength: number) => fc.array(word, { maxLength }).map((list) => list.join(' '));
const anyItem: fc.Arbitrary<TextItem> = fc.record({
  title: words(3),
  body: words(9),
  themes: fc.array(fc.constantFrom('eau', 'Énergie', 'emploi', ''), { maxLength: 2 }),
  language: fc.constantFrom('fr' as const, 'en' as const),
  sectors: fc.array(fc.constantFrom('A', 'B'), { maxLength: 2 }),
});

function indexOf(space: TextSpace, offers: ReadonlyMap<string, TextItem>): OfferIndex {
  const index = createOfferIndex(space);
  for (const [id, offer] of offers) putOffer(index, id, offer);
  return index;
}

function read(space: TextSpace, need: TextItem): ReadNeed {
  const entry = readEntry(need);
  return { entry, vector: placeText(space, entry) };
}

/** Every feature of every offer by id, and the nearest. */
function answers(index: OfferIndex, need: ReadNeed) {
  const row = featureRow(index, need);
  const byId = [...index.slots].toSorted(([x], [y]) => (x < y ? -1 : 1));
  return {
    features: byId.map(([id, slot]) => [id, ...FEATURES.map((feature) => row[feature][slot])]),
    nearest: nearestOffers(index, need, 5, DEFAULT_WEIGHTS),
    explained: byId.map(([, slot]) => explainScore(index.bm25, need.entry.words, slot)),
  };
}

test('after any puts, replacements and removals an index answers as a fresh one, bit for bit', () => {
  const act = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), offer: fc.option(anyItem) });
  fc.assert(
    fc.property(fc.array(anyItem), fc.array(act, { maxLength: 20 }), anyItem, (fitted, acts, need) => {
      const space = fitSpace(fitted.map(readEntry));
      const index = createOfferIndex(space);
      const standing = new Map<string, TextItem>();
      for (const { id, offer } of acts) {
        if (offer) putOffer(index, id, offer);
        else assert.equal(removeOffer(index, id), standing.has(id));
        if (offer) standing.set(id, offer);
        else standing.delete(id);
        featureRow(index, read(space, need)); // What is kept between two questions must not go stale.
      }
      const fresh = indexOf(space, standing);
      assert.deepEqual(answers(index, read(space, need)), answers(fresh, read(space, need)));
      assert.equal(index.bm25.postings.size, fresh.bm25.postings.size);
    }),
  );
});

test('BM25 gives more to rare words, to titles and to short texts, and nothing without a shared word', () => {
  const offers = [
    item('Brevets', 'conseil aux entreprises'),
    item('Conseil', 'un brevet parmi bien des sujets de conseil et de formation pour entreprises'),
    item('Formation', 'conseil'),
  ];
  const index = indexOf(fitSpace([]), new Map(offers.map((offer, place) => [String(place), offer])));
  const { words } = readEntry(item('', 'déposer un brevet'));
  const { scores, ceiling } = scoreQuery(index.bm25, words);
  assert.ok(scores[0]! > scores[1]! && scores[1]! > scores[2]!);
  assert.equal(scores[2], 0);
  assert.ok(ceiling > scores[0]!);
  assert.deepEqual(explainScore(index.bm25, words, 0), [{ term: 'brevet', part: scores[0] }]);
});

test('directions of the corpus bring together texts that share no word', () => {
  const corpus = [
    'vélo piste cyclable',
    'piste cyclable trottinette',
    'vélo trottinette ville',
    'cyclable ville',
    'brevet licence invention',
    'licence contrat droit',
    'brevet droit',
    'invention contrat',
  ].map((text) => item('', text));
  const space = fitSpace([...corpus, ...corpus.map((one) => item('', `${one.body} ville droit`))].map(readEntry));
  const of = (text: string) => read(space, item('', text)).vector;
  assert.ok(latentCloseness(of('vélo'), of('vélo')) > 0.999);
  assert.equal(latentCloseness(of('vélo'), of('poésie')), 0);
  assert.equal(latentCloseness(of('piste'), of('brevet')), latentCloseness(of('brevet'), of('piste')));
  const few = fitSpace(corpus.map(readEntry));
  assert.ok(few.rank <= corpus.length);
});

test('features are within 0 and 1 or not said, and texts alone decide none of the tags', () => {
  fc.assert(
    fc.property(fc.array(anyItem, { maxLength: 6 }), anyItem, (offers, need) => {
      const space = fitSpace([...offers, need].map(readEntry));
      const index = indexOf(space, new Map(offers.map((offer, place) => [String(place), offer])));
      const row = featureRow(index, read(space, need));
      for (const feature of FEATURES) {
        for (const value of row[feature]) assert.ok(Number.isNaN(value) || (value >= 0 && value <= 1), feature);
      }
      for (const sum of combine(row, DEFAULT_WEIGHTS)) assert.ok(Number.isFinite(sum) && sum >= 0);
    }),
  );
});

test('the short list of the nearest loses next to nothing against comparing all in full', () => {
  const syllables = ['ra', 'to', 'mi', 'cla', 'ver', 'son', 'pe', 'lu'];
  const vocabulary = Array.from({ length: 400 }, (_, k) => `${syllables[k % 8]}${syllables[(k >> 3) % 8]}${k}`);
  const text = (seed: number, length: number) =>
    Array.from({ length }, (_, k) => vocabulary[(seed * 7919 + k * (seed % 13) * 31 + k * k) % 400]).join(' ');
  const made = (seed: number) => item(text(seed, 4), text(seed + 1, 40), [`t${seed % 9}`]);
  const offers = Array.from({ length: 500 }, (_, k) => made(k));
  const needs = Array.from({ length: 20 }, (_, k) => made(10_007 + 3 * k));
  const space = fitSpace([...offers, ...needs].map(readEntry));
  const index = indexOf(space, new Map(offers.map((offer, place) => [String(place), offer])));
  let found = 0;
  for (const need of needs.map((one) => read(space, one))) {
    const sums = combine(featureRow(index, need), DEFAULT_WEIGHTS);
    const best = new Set([...sums.keys()].toSorted((x, y) => sums[y]! - sums[x]!).slice(0, 20));
    const near = nearestOffers(index, need, 20, DEFAULT_WEIGHTS);
    near.forEach(({ id, score }, place) => {
      assert.ok(Math.abs(score - sums[Number(id)]!) < 1e-6);
      assert.ok(place === 0 || near[place - 1]!.score >= score);
      if (best.has(Number(id))) found++;
    });
    assert.equal(near.length, 20);
  }
  assert.ok(found >= 0.95 * 20 * needs.length, `${found} of ${20 * needs.length}`);
  assert.deepEqual(nearestOffers(createOfferIndex(space), read(space, needs[0]!), 5, DEFAULT_WEIGHTS), []);
});
