import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cleanLine, cleanText } from './plain-text.ts';

test('HTML becomes text without losing a word', () => {
  const { text, hadHtml } = cleanText(
    '<p>Aide &agrave; <strong>l&rsquo;installation</strong>&nbsp;: 30&#8239;%</p><ul><li>un</li><li>deux &lt;trois&gt;</li></ul>',
  );
  assert.equal(text, 'Aide à l’installation\u00a0: 30\u202f%\n\n- un\n- deux <trois>');
  assert.equal(hadHtml, true);
});

test('what only looks like HTML stays as it is', () => {
  for (const text of ['3 < 5 et 7 > 2', 'R&D', 'a <nom> b', 'Recherche & Développement'])
    assert.deepEqual(cleanText(text), { text, hadHtml: false, hadInvisible: false });
});

test('invisible characters go and are told, separators of lines become lines', () => {
  assert.deepEqual(cleanText('a\u0000b\u200b\u202ec\u2028d'), { text: 'abc\nd', hadHtml: false, hadInvisible: true });
  assert.equal(cleanLine(' deux \n mots\u0007 ').text, 'deux mots');
  assert.equal(cleanText('\ud800seul').text.isWellFormed(), true);
});

test('cleaning twice changes nothing more for texts without HTML, and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      const once = cleanText(raw);
      assert.ok(once.text.isWellFormed());
      if (!once.hadHtml) assert.equal(cleanText(once.text).text, once.text);
    }),
  );
});
