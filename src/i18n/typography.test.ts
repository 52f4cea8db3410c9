import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { typesetFrench } from './typography.ts';

/** Spaces made visible: `_` for U+00A0, `~` for U+202F. */
const set = (text: string) => typesetFrench(text).replaceAll('\u00a0', '_').replaceAll('\u202f', '~');

test('spaces, apostrophes and points become those of a printed page', () => {
  assert.equal(set("Quoi ? L'eau ; « le feu » : oui..."), 'Quoi~? L’eau~; «_le feu_»~: oui…');
  assert.equal(set('À corriger: {title}'), 'À corriger~: {title}');
  assert.equal(set('Vraiment?'), 'Vraiment~?');
  assert.equal(set('Retirer «{label}»'), 'Retirer «_{label}_»');
});

test('addresses, hours and placeholders stay whole', () => {
  for (const text of [
    'https://exemple.fr/?q=a;b',
    '14:30',
    '{n, plural, one {# besoin} other {# besoins}}',
    '<link>ici</link>',
  ]) {
    assert.equal(set(text), text);
  }
});

test('setting twice changes nothing more', () => {
  const pieces = fc.constantFrom(
    ' ',
    '?',
    ';',
    ':',
    '«',
    '»',
    "'",
    '...',
    'mot',
    '\u00a0',
    '\u202f',
    '{n}',
    '<b>',
    '!',
  );
  fc.assert(
    fc.property(fc.array(pieces), (list) => {
      const once = typesetFrench(list.join(''));
      assert.equal(typesetFrench(once), once);
    }),
  );
});
