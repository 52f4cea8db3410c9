import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeholdersOf, translator } from './translator.ts';

const messages = {
  fr: {
    plain: 'Vos besoins',
    name: 'Bonjour {name}',
    needs: '{n, plural, =0 {Aucun besoin} one {# besoin} other {# besoins}}',
    nested: '{who, select, team {L’équipe a {n, plural, one {# besoin} other {# besoins}}} other {{who} en a {n}}}',
    rank: 'Le {n, selectordinal, one {#er} other {#e}} essai',
    link: 'Voir <link>le calcul de {name}</link>.',
    broken: '{n, plural, one {# besoin}}',
  },
  en: {
    plain: 'Your needs',
    name: 'Hello {name}',
    needs: '{n, plural, =0 {No need} one {# need} other {# needs}}',
    nested: '{who, select, team {The team has {n, plural, one {# need} other {# needs}}} other {{who} has {n}}}',
    rank: 'The {n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} try',
    link: 'See <link>the calculation of {name}</link>.',
    broken: 'x',
  },
};
const fr = translator('fr', messages);
const en = translator('en', messages);

test('values stand in sentences, numbers in the habits of the language', () => {
  assert.equal(fr('plain'), 'Vos besoins');
  assert.equal(fr('name', { name: 'Zoé {n}' }), 'Bonjour Zoé {n}');
  assert.equal(fr('name', { name: 1234.5 }), 'Bonjour 1\u202f234,5');
  assert.equal(en('name', { name: 1234567n }), 'Hello 1,234,567');
});

test('French counts zero and one alike, English does not', () => {
  assert.deepEqual(
    [0, 1, 2, 1_000_000].map((n) => fr('needs', { n })),
    ['Aucun besoin', '1 besoin', '2 besoins', '1\u202f000\u202f000 besoins'],
  );
  assert.deepEqual(
    [0, 1, 2n].map((n) => en('needs', { n })),
    ['No need', '1 need', '2 needs'],
  );
});

test('branches nest, and ranks have their own rules', () => {
  assert.equal(fr('nested', { who: 'team', n: 1 }), 'L’équipe a 1 besoin');
  assert.equal(fr('nested', { who: 'MyBus', n: 3 }), 'MyBus en a 3');
  assert.deepEqual(
    [1, 2].map((n) => fr('rank', { n })),
    ['Le 1er essai', 'Le 2e essai'],
  );
  assert.deepEqual(
    [1, 2, 3, 11, 22].map((n) => en('rank', { n })),
    ['The 1st try', 'The 2nd try', 'The 3rd try', 'The 11th try', 'The 22nd try'],
  );
});

test('rich text hands the inside of a tag to a function', () => {
  const pieces = fr.rich('link', { name: 'MyBus', link: (children) => ({ link: children }) });
  assert.deepEqual(pieces, ['Voir ', { link: ['le calcul de MyBus'] }, '.']);
});

test('what a message lacks is a bug that says its name', () => {
  assert.throws(() => (fr as (key: string) => string)('nowhere'), /No message "nowhere" in fr/);
  assert.throws(() => fr('name'), /"name" wants a value for \{name\}/);
  assert.throws(() => fr('needs', { n: 'trois' }), /"needs" wants a number for \{n\}/);
  assert.throws(() => fr('link', { name: 'x' }), /"link" wants a function for <link>/);
  assert.throws(() => fr('broken', { n: 1 }), /wants a branch "other"/);
});

test('the names that a message expects are listed', () => {
  assert.deepEqual(placeholdersOf(messages.fr.nested), ['n', 'who']);
  assert.deepEqual(placeholdersOf(messages.fr.link), ['<link>', 'name']);
});
