import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closenessOf, DEFAULT_KIND_LINKS, DEFAULT_KINDS, needKindsServedBy, offerKindsServing } from './kind.ts';

const unitOf = new Map(DEFAULT_KINDS.map((kind) => [kind.code, kind.unit]));

test('a new territory has the five tracks, the four kinds of support and its local ones, in this order', () => {
  const family = (name: string) => DEFAULT_KINDS.filter((kind) => kind.family === name).map((kind) => kind.code);
  assert.deepEqual(family('track'), [
    'network',
    'visibility',
    'international',
    'financing-files',
    'commercial-structuring',
  ]);
  assert.deepEqual(family('support'), ['expertise', 'market-access', 'legal', 'commercial-development']);
  assert.deepEqual(family('local'), ['test-ground', 'desk']);
  const positions = DEFAULT_KINDS.map((kind) => kind.position);
  assert.deepEqual(
    positions,
    positions.toSorted((a, b) => a - b),
  );
  assert.equal(unitOf.size, DEFAULT_KINDS.length);
});

test('links join two kinds that count in the same unit, once, less closely than the kind itself', () => {
  const pairs = new Set<string>();
  for (const link of DEFAULT_KIND_LINKS) {
    assert.equal(unitOf.get(link.offerKind), link.unit, link.offerKind);
    assert.equal(unitOf.get(link.needKind), link.unit, link.needKind);
    assert.ok(link.closeness > 0 && link.closeness < 1000);
    assert.notEqual(link.offerKind, link.needKind);
    pairs.add(`${link.offerKind} ${link.needKind}`);
  }
  assert.equal(pairs.size, DEFAULT_KIND_LINKS.length);
});

test('every track can be served by at least one kind of support', () => {
  const supports = new Set(DEFAULT_KINDS.filter((kind) => kind.family === 'support').map((kind) => kind.code));
  for (const track of DEFAULT_KINDS.filter((kind) => kind.family === 'track')) {
    assert.ok(
      offerKindsServing(DEFAULT_KIND_LINKS, track.code).some((code) => supports.has(code)),
      track.code,
    );
  }
});

test('closeness agrees with the two lists of kinds', () => {
  for (const offer of unitOf.keys()) {
    for (const need of unitOf.keys()) {
      const serves = closenessOf(DEFAULT_KIND_LINKS, offer, need) > 0;
      assert.equal(offerKindsServing(DEFAULT_KIND_LINKS, need).includes(offer), serves);
      assert.equal(needKindsServedBy(DEFAULT_KIND_LINKS, offer).includes(need), serves);
    }
  }
});
