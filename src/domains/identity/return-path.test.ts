import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { returnPath, withReturn } from './return-path.ts';

const SITE = 'https://terreau.example';

test('a path of this site comes back as it is', () => {
  for (const path of ['/', '/ici/besoins?etat=ouvert&q=%C3%A9t%C3%A9#liste', '/ici/plans/3'])
    assert.equal(returnPath(path), path);
});

test('other sites, circles and what no address is are dropped', () => {
  const refused = [
    '',
    'ici',
    '//mal.example',
    '/\\mal.example',
    '\\\\mal.example',
    'https://mal.example',
    'javascript:alert(1)',
    '/\t/mal.example',
    '/a\r\nSet-Cookie: x',
    '/.//mal.example',
    '/connexion',
    '/connexion/lien?jeton=x',
    '/deconnexion',
    `/${'x'.repeat(2000)}`,
    '/\ud800',
  ];
  for (const text of refused) assert.equal(returnPath(text), undefined, JSON.stringify(text));
  assert.equal(returnPath(undefined), undefined);
});

test('whatever is given, the answer stays on this site, is stable, and fits in a header', () => {
  const piece = fc.oneof(
    fc.constantFrom('/', '//', '\\', '.', '..', '%2f', '%5c', '@', ':', '\t', '\n', 'mal.example', 'https:', '?', '#'),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const path = returnPath(`/${pieces.join('')}`);
      if (path === undefined) return;
      assert.equal(new URL(path, SITE).origin, SITE);
      assert.equal(returnPath(path), path);
      assert.match(path, /^\/[\u0021-\u007e]*$/u);
      assert.equal(new URL(withReturn('/connexion', path), SITE).searchParams.get('retour'), path);
    }),
    { numRuns: 2000 },
  );
});
