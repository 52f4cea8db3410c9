import assert from 'node:assert/strict';
import { test } from 'node:test';
import { render } from 'preact-render-to-string';
import { PlainText } from './plain-text.tsx';

const shown = (text: string) => render(<PlainText text={text} />);

test('paragraphs, lines and lists are shown as they were meant', () => {
  assert.equal(shown('Un\ndeux\n\ntrois'), '<p>Un<br/>deux</p><p>trois</p>');
  assert.equal(
    shown('Vous bénéficiez :\n- de a\n- de b\n\n- de c\n\nFin'),
    '<p>Vous bénéficiez :</p><ul><li>de a</li><li>de b</li><li>de c</li></ul><p>Fin</p>',
  );
});

test('marks of Markdown go, links become links, HTML stays text', () => {
  assert.equal(shown('*“L’emballage”*. \\\nMoins de **matières**'), '<p>“L’emballage”. <br/>Moins de matières</p>');
  assert.equal(
    shown('- [**La loi**](https://exemple.fr/a_b) : voir'),
    '<ul><li><a href="https://exemple.fr/a_b" rel="nofollow noopener">La loi</a> : voir</li></ul>',
  );
  assert.equal(
    shown('[x](javascript:alert(1)) <b>y</b> 2 * 3 * 4'),
    '<p>[x](javascript:alert(1)) &lt;b>y&lt;/b> 2 * 3 * 4</p>',
  );
  assert.equal(shown('"><script>alert(1)</script>'), '<p>&quot;>&lt;script>alert(1)&lt;/script></p>');
});
