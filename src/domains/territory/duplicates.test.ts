import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seededRandom } from '../../lib/seeded-random.ts';
import { isNearWord } from '../../lib/near-word.ts';
import { duplicateIndex, duplicatePairs, likenessOf, nameKeyOf, PROPOSED_FROM, type Likened } from './duplicates.ts';

const one = (name: string, more: Partial<Likened> = {}): Likened => ({ name, siren: null, website: null, ...more });

test('names are one without case, accents, punctuation and legal form', () => {
  for (const name of ['LIMAGRAIN', 'Limagrain S.A.', 'limagrain sas', 'Limagrain, Inc.', 'Limagraîn'])
    assert.equal(nameKeyOf(name), 'limagrain', name);
  assert.equal(nameKeyOf('S.A.S.'), 'sas');
  assert.notEqual(nameKeyOf('Visa'), nameKeyOf('Vi'));
});

test('the register decides: one SIREN is certain, two SIRENs are two, whatever the name', () => {
  const [known, other] = ['732829320', '552100554'];
  assert.deepEqual(likenessOf(one('A', { siren: known }), one('Zed', { siren: known })), {
    score: 1,
    reasons: ['siren'],
    isCertain: true,
  });
  const sameSite = { website: 'https://x.example' };
  assert.equal(likenessOf(one('A', { siren: known, ...sameSite }), one('A', { siren: other, ...sameSite })), undefined);
});

test('a name alone is a question and never certain; with two domains it is not even asked', () => {
  const asked = likenessOf(one('Atlas'), one('ATLAS'));
  assert.ok(asked !== undefined && asked.score >= PROPOSED_FROM && !asked.isCertain);
  const apart = likenessOf(
    one('Atlas', { website: 'https://atlas.io' }),
    one('Atlas', { website: 'https://atlas.fr' }),
  );
  assert.ok(apart !== undefined && apart.score < PROPOSED_FROM);
  const sameTown = { communeCode: '63113' };
  const near = likenessOf(
    one('Atlas', { website: 'https://atlas.io', ...sameTown }),
    one('Atlas', { website: 'https://atlas.fr', ...sameTown }),
  );
  assert.ok(near !== undefined && near.score >= PROPOSED_FROM);
});

test('a domain that many share says nothing, nor does a page at a common host', () => {
  const hosted = Array.from({ length: 9 }, (_, place) =>
    one(`Projet ${place * 1111}`, { website: 'https://hote.fr/p' }),
  );
  assert.deepEqual(duplicatePairs(hosted), []);
  const pages = ['a', 'b'].map((page) =>
    one(`Société ${page}${page}${page}`, { website: `https://linkedin.com/${page}` }),
  );
  assert.deepEqual(duplicatePairs(pages), []);
});

test('near words: one letter more, less or other', () => {
  for (const [a, b] of [
    ['michelin', 'micheline'],
    ['michelin', 'michlin'],
    ['michelin', 'mischelin'],
    ['michelin', 'michelen'],
  ] as const)
    assert.ok(isNearWord(a, b) && isNearWord(b, a), `${a} ${b}`);
  for (const [a, b] of [
    ['michelin', 'mihcelin'],
    ['michelin', 'michel'],
    ['ab', 'ba'],
  ] as const)
    assert.ok(!isNearWord(a, b) && !isNearWord(b, a), `${a} ${b}`);
});

test('the index finds exactly what comparing all with all finds', () => {
  const word = fc.stringMatching(/^[ab]{5,8}$/u);
  const entry = fc.record({
    name: word,
    siren: fc.option(fc.constantFrom('732829320', '552100554')),
    website: fc.option(fc.constantFrom('https://a.fr', 'https://b.fr', 'https://c.fr')),
    communeCode: fc.option(fc.constantFrom('63113', '75056')),
  });
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 4 }), (entries) => {
      const all = entries.flatMap((first, place) =>
        entries.slice(place + 1).flatMap((second) => {
          const likeness = likenessOf(first, second);
          assert.deepEqual(likeness, likenessOf(second, first));
          return likeness !== undefined && likeness.score >= PROPOSED_FROM ? [likeness.score] : [];
        }),
      );
      const found = duplicatePairs(entries).map(({ score }) => score);
      assert.deepEqual(
        found,
        all.toSorted((a, b) => b - a),
      );
    }),
    { numRuns: 2000 },
  );
});

test('a list of a hundred thousand is looked through by blocks, not by pairs', () => {
  const random = seededRandom(7);
  const syllables = 'ba co di fu ge ha ji ko lu ma ne po qui ra so ti va xe yo zu'.split(' ');
  const entries = Array.from({ length: 100_000 }, () =>
    one(Array.from({ length: 4 }, () => syllables[random.whole(syllables.length)]).join('')),
  );
  const twin = one('Zzyzx Énergies SAS');
  const index = duplicateIndex([...entries, twin]);
  assert.deepEqual(
    index.find(one('ZZYZX ENERGIE')).map(({ entry, reasons }) => [entry, reasons]),
    [],
  );
  assert.deepEqual(
    index.find(one('ZZYZX ENERGIES')).map(({ entry, reasons }) => [entry, reasons]),
    [[twin, ['name']]],
  );
});
