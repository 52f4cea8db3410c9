import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { differenceOf, faultsOf, fromJson, NO_FACTS, toJson, withFacts, type Facts, type FactValues } from './facts.ts';
import { PARTS } from './organisation.ts';

const text = fc.string({ maxLength: 30 });
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => Temporal.PlainDate.from(date.toISOString().slice(0, 10)));
const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    name: text,
    legalName: fc.option(text),
    otherNames: fc.array(text, { maxLength: 3 }),
    employees: fc.option(fc.nat()),
    latitude: fc.option(fc.double({ min: -90, max: 90, noNaN: true }).map((degrees) => degrees + 0)),
    foundedOn: fc.option(day),
    closedOn: fc.option(day),
    links: fc.array(fc.record({ label: text, url: fc.webUrl() }), { maxLength: 3 }),
    parts: fc.subarray([...PARTS]).chain((parts) => fc.shuffledSubarray(parts, { minLength: parts.length })),
    themes: fc.array(fc.constantFrom('eau', 'bois', 'sol', 'numerique')),
    isListed: fc.boolean(),
    extra: fc.dictionary(
      fc.stringMatching(/^[a-z]{1,8}$/u),
      fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text)),
    ),
  })
  .map((facts) => withFacts(NO_FACTS, facts));

/** As the database gives it back. */
const stored = <Value>(value: Value) => JSON.parse(JSON.stringify(value)) as Value;

test('what is written down reads back as the same facts', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const read = withFacts(NO_FACTS, fromJson(stored(toJson(facts))));
      assert.deepEqual(toJson(read), toJson(facts));
      assert.deepEqual(differenceOf(facts, read).names, []);
    }),
  );
});

test('a difference put over the old state gives the new one, and the other way round', () => {
  fc.assert(
    fc.property(anyFacts, anyFacts, (old, now) => {
      const difference = differenceOf(old, now);
      assert.deepEqual(toJson(withFacts(old, fromJson(stored(difference.after)))), toJson(now));
      assert.deepEqual(toJson(withFacts(now, fromJson(stored(difference.before)))), toJson(old));
    }),
  );
});

test('the order of parts and themes says nothing', () => {
  const one = withFacts(NO_FACTS, { parts: ['startup', 'investor'], themes: ['b', 'a'] });
  const two = withFacts(NO_FACTS, { parts: ['investor', 'startup', 'startup'], themes: ['a', 'b', 'a'] });
  assert.deepEqual(differenceOf(one, two).names, []);
});

test('what cannot be true is told with the fact at which it shows', () => {
  const sound = withFacts(NO_FACTS, { name: 'MyBus', parts: ['startup'] });
  assert.deepEqual(faultsOf(sound), []);
  const cases: [FactValues, string, string][] = [
    [{ name: ' ' }, 'name', 'name-missing'],
    [{ parts: [] }, 'parts', 'part-missing'],
    [{ siren: '732829321' }, 'siren', 'not-a-siren'],
    [{ siren: '356000000', siret: '73282932000074' }, 'siret', 'siret-of-another-siren'],
    [{ nafCode: '6201Z' }, 'nafCode', 'not-a-naf-code'],
    [{ communeCode: '2A0041' }, 'communeCode', 'not-a-commune-code'],
    [{ employees: -1 }, 'employees', 'not-a-number'],
    [{ latitude: 45 }, 'latitude', 'place-incomplete'],
    [{ website: 'javascript:alert(1)' }, 'website', 'not-a-link'],
    [{ links: [{ label: 'x', url: 'data:text/html,x' }] }, 'links', 'not-a-link'],
    [{ name: 'a\0b' }, 'name', 'not-readable'],
    [{ extra: { note: '\ud800' } }, 'extra.note', 'not-readable'],
    [{ summaryFr: 'x'.repeat(2001) }, 'summaryFr', 'too-long'],
    [
      { foundedOn: Temporal.PlainDate.from('2020-01-02'), closedOn: Temporal.PlainDate.from('2020-01-01') },
      'closedOn',
      'closed-before-founded',
    ],
  ];
  for (const [given, field, fault] of cases)
    assert.deepEqual(faultsOf(withFacts(sound, given)), [{ field, fault }], JSON.stringify(given));
});
