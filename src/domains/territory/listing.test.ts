import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newId } from '../../lib/ids.ts';
import { FACETS, lifeOf, LIVES, readListing, SORTS, sortsFor, toggled, writeCursor, writeListing } from './listing.ts';
import { NAF_SECTIONS } from './naf-sections.ts';
import { PARTS } from './organisation.ts';

const some = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 });
const words = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .map((text) => text.replaceAll('\u0000', '').trim())
  .filter((text) => text.isWellFormed());
const plain = { noNullPrototype: true };
const filters = fc.record(
  {
    words,
    chosen: fc.record(
      {
        part: some(PARTS),
        theme: some(['numerique', 'eau', 'sante-2']),
        life: some(LIVES),
        commune: some(['63113', 'Riom', 'Saint-Étienne & Cie']),
        section: some(NAF_SECTIONS),
        decade: some(['1990', '2010', '2020']),
      },
      plain,
    ),
  },
  plain,
);

test('what is written in an address is read back the same', () => {
  fc.assert(
    fc.property(filters, fc.nat(), (filter, pick) => {
      const sorts = sortsFor(filter.words);
      const sort = sorts[pick % sorts.length]!;
      const read = readListing(new URLSearchParams(writeListing({ filter, sort }).toString()));
      assert.deepEqual(read, { filter, sort, cursor: undefined });
    }),
  );
});

test('choosing a value twice leaves the filter as it was', () => {
  fc.assert(
    fc.property(filters, fc.constantFrom(...FACETS), (filter, facet) => {
      assert.deepEqual(toggled(toggled(filter, facet, 'new'), facet, 'new'), filter);
    }),
  );
});

test('anything may stand in an address: what is unknown says nothing, and nothing is thrown', () => {
  const names = fc.constantFrom('q', 'role', 'theme', 'vie', 'commune', 'naf', 'decennie', 'tri', 'apres', 'avant');
  fc.assert(
    fc.property(fc.array(fc.tuple(names, fc.string({ unit: 'binary', maxLength: 60 }))), (pairs) => {
      const { filter, sort, cursor } = readListing(new URLSearchParams(pairs));
      assert.ok(SORTS.includes(sort));
      assert.equal(cursor, undefined);
      assert.ok(filter.chosen.part.every((part) => (PARTS as readonly string[]).includes(part)));
    }),
  );
});

test('a cursor is read under the sort that wrote it, and only there', () => {
  const id = newId<'organisation'>(Temporal.Instant.from('2026-11-23T08:00:00Z'));
  const at = (tri: string, key: string, q = '') =>
    readListing(new URLSearchParams({ tri, q, apres: writeCursor({ id, key }) })).cursor?.key;
  assert.equal(at('nom', 'boulangerie ~ fils'), 'boulangerie ~ fils');
  assert.equal(at('arrivee', '2026-11-23T08:00:00.123456Z'), '2026-11-23T08:00:00.123456Z');
  assert.equal(at('arrivee', 'boulangerie'), undefined);
  assert.equal(at('creation', '2014-02-31'), undefined);
  assert.equal(at('creation', '2014-02-28'), '2014-02-28');
  assert.equal(at('effectif', '99999999999'), undefined);
  assert.equal(at('pertinence', '2 mybus', 'bus'), '2 mybus');
  assert.equal(at('pertinence', 'mybus', 'bus'), undefined);
});

test('a life is told by its last date that has come', () => {
  const today = Temporal.PlainDate.from('2026-11-23');
  const day = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text));
  const life = (arrived: string | null, left: string | null, closed: string | null) =>
    lifeOf({ arrivedOn: day(arrived), leftOn: day(left), closedOn: day(closed) }, today);
  assert.equal(life(null, null, null), 'active');
  assert.equal(life('2026-11-23', null, null), 'arrived');
  assert.equal(life('2025-11-23', null, null), 'active');
  assert.equal(life('2026-12-01', null, null), 'active');
  assert.equal(life('2026-01-01', '2026-11-22', null), 'left');
  assert.equal(life(null, '2026-12-01', null), 'active');
  assert.equal(life(null, '2020-01-01', '2021-01-01'), 'closed');
});
