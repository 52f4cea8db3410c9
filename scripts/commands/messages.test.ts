/** The sentences of the command line are whole in both languages, and set as each is set. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeholdersOf } from '../../src/i18n/translator.ts';
import { typesetFrench } from '../../src/i18n/typography.ts';
import en from './messages/en.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

test('both languages hold the same sentences, with the same values', () => {
  assert.deepEqual(Object.keys(en), Object.keys(fr));
  for (const [key, text] of Object.entries(fr)) {
    assert.deepEqual(placeholdersOf(text), placeholdersOf(en[key as keyof typeof en]), key);
    assert.equal(typesetFrench(text), text, key);
    assert.doesNotMatch(en[key as keyof typeof en], /['"!]|\.\.\./, key);
  }
});
