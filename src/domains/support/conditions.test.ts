import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  isAvailable,
  isEligible,
  NO_CONDITIONS,
  readConditions,
  readFacts,
  storeConditions,
  storeFacts,
  UNKNOWN_FACTS,
  type NeedFacts,
  type OfferConditions,
} from './conditions.ts';
import { eligibilitySentence } from './eligibility-words.ts';
import { NAF_SECTIONS } from '../territory/naf-sections.ts';
import { readNaf } from './naf.ts';
import { readPlace, REGIONS } from './places.ts';

const TODAY = Temporal.PlainDate.from('2026-11-23');
const day = fc.integer({ min: -400, max: 400 }).map((days) => TODAY.add({ days }));
const section = fc.constantFrom(...NAF_SECTIONS);
const region = fc.constantFrom(...REGIONS.map((each) => each.code));
const size = fc.option(fc.integer({ min: 0, max: 500 }));
const conditions: fc.Arbitrary<OfferConditions> = fc.record(
  {
    nafSections: fc.uniqueArray(section, { maxLength: 6 }),
    regions: fc.uniqueArray(region, { maxLength: 3 }),
    departments: fc.uniqueArray(fc.constantFrom('40', '63', '2A', '13'), { maxLength: 2 }),
    otherPlaces: fc.constantFrom<string[]>([], [], [], ['Massif central']),
    minEmployees: size,
    maxEmployees: size,
    excludesSoleTraders: fc.boolean(),
    toVerify: fc.constantFrom<string[]>([], [], ['Être un artisan']),
    availableFrom: fc.option(day),
    availableUntil: fc.option(day),
  },
  { noNullPrototype: true },
);
const facts: fc.Arbitrary<NeedFacts> = fc.record(
  {
    nafSections: fc.uniqueArray(section, { maxLength: 4 }),
    regionCode: fc.option(region),
    employees: size,
    isSoleTrader: fc.option(fc.boolean()),
  },
  { noNullPrototype: true },
);

function codes(offer: Partial<OfferConditions>, need: Partial<NeedFacts>, on = TODAY): string[] {
  const answer = isEligible({ ...NO_CONDITIONS, ...offer }, { ...UNKNOWN_FACTS, ...need }, on);
  return answer.allowed
    ? ['allowed', ...answer.remarks.map((each) => each.code)]
    : answer.reasons.map((each) => each.code);
}

test('each condition refuses on the fact that contradicts it, at its exact bound', () => {
  assert.deepEqual(codes({ nafSections: ['C'] }, { nafSections: ['J'] }), ['naf-section']);
  assert.deepEqual(codes({ nafSections: ['C'] }, { nafSections: ['J', 'C'] }), ['allowed']);
  assert.deepEqual(codes({ regions: ['84'] }, { regionCode: '93' }), ['region']);
  assert.deepEqual(codes({ regions: ['84', '93'] }, { regionCode: '93' }), ['allowed']);
  assert.deepEqual(codes({ minEmployees: 10 }, { employees: 9 }), ['too-few-employees']);
  assert.deepEqual(codes({ minEmployees: 10, maxEmployees: 249 }, { employees: 10 }), ['allowed']);
  assert.deepEqual(codes({ maxEmployees: 249 }, { employees: 249 }), ['allowed']);
  assert.deepEqual(codes({ maxEmployees: 249 }, { employees: 250 }), ['too-many-employees']);
  assert.deepEqual(codes({ excludesSoleTraders: true }, { isSoleTrader: true }), ['sole-trader']);
  assert.deepEqual(codes({ excludesSoleTraders: true }, { isSoleTrader: false }), ['allowed']);
});

test('a period holds its first day and not the day after its last', () => {
  const period = { availableFrom: TODAY, availableUntil: TODAY.add({ days: 2 }) };
  const on = (days: number) => codes(period, {}, TODAY.add({ days }))[0];
  assert.deepEqual([-1, 0, 1, 2].map(on), ['not-yet-available', 'allowed', 'allowed', 'no-longer-available']);
  assert.equal(isAvailable(period, TODAY), true);
});

test('a department allows its region with a note, and refuses the others', () => {
  assert.deepEqual(codes({ departments: ['40'], regions: ['76'] }, { regionCode: '75' }), [
    'allowed',
    'place-to-verify',
  ]);
  assert.deepEqual(codes({ departments: ['40'], regions: ['76'] }, { regionCode: '84' }), ['region']);
  assert.deepEqual(codes({ otherPlaces: ['Massif central'] }, { regionCode: '84' }), ['allowed', 'place-to-verify']);
});

test('facts that are not known never refuse: only the period can', () => {
  fc.assert(
    fc.property(conditions, day, (offer, on) => {
      const answer = isEligible(offer, UNKNOWN_FACTS, on);
      assert.equal(answer.allowed, isAvailable(offer, on));
      const restricted =
        offer.nafSections.length + offer.regions.length + offer.departments.length + offer.otherPlaces.length > 0;
      if (answer.allowed && restricted) assert.ok(answer.remarks.length > 0);
    }),
  );
});

test('learning a fact never turns a refusal into nothing said: it refuses, allows, or leaves the rest as it was', () => {
  fc.assert(
    fc.property(conditions, facts, day, (offer, need, on) => {
      const whole = isEligible(offer, need, on);
      const without = isEligible(offer, { ...need, employees: null }, on);
      if (whole.allowed) assert.ok(without.allowed, 'a known fact that allows is not needed to be allowed');
      const said = [...(whole.allowed ? whole.remarks : whole.reasons)].map((each) => each.code);
      assert.equal(said.length, new Set(said).size);
      assert.equal(said.some((code) => code.endsWith('-to-verify')) && !whole.allowed, false);
    }),
  );
});

test('fewer conditions never allow less', () => {
  fc.assert(
    fc.property(
      conditions,
      facts,
      day,
      fc.constantFrom(...(Object.keys(NO_CONDITIONS) as (keyof OfferConditions)[])),
      (offer, need, on, dropped) => {
        // A place told in words softens a list of regions: without it, the list alone decides.
        if (['otherPlaces', 'departments', 'regions'].includes(dropped)) return;
        const loose = { ...offer, [dropped]: NO_CONDITIONS[dropped] };
        if (isEligible(offer, need, on).allowed) assert.ok(isEligible(loose, need, on).allowed);
      },
    ),
  );
});

test('every refusal and every note is a sentence in both languages, without a bare code', () => {
  fc.assert(
    fc.property(conditions, facts, day, (offer, need, on) => {
      const answer = isEligible(offer, need, on);
      for (const note of answer.allowed ? answer.remarks : answer.reasons) {
        for (const locale of ['fr', 'en'] as const) {
          const sentence = eligibilitySentence(locale, note);
          assert.match(sentence, /[.]$/u);
          assert.doesNotMatch(sentence, /undefined|NaN|-1/u);
        }
      }
    }),
  );
});

test('what is stored reads back, and a column without conditions restricts nothing', () => {
  fc.assert(
    fc.property(conditions, facts, (offer, need) => {
      const stored = JSON.parse(JSON.stringify(storeConditions(offer)));
      assert.deepEqual(readConditions(stored, offer.availableFrom, offer.availableUntil), offer);
      const unknown = { nafSection: null, regionCode: null, employees: null };
      assert.deepEqual(readFacts(JSON.parse(JSON.stringify(storeFacts(need))), unknown), need);
    }),
  );
  assert.deepEqual(readConditions({}, null, null), NO_CONDITIONS);
});

test('what the need says of its project comes before what its organisation’s page says', () => {
  const organisation = { nafSection: 'J', regionCode: '84', employees: 12 };
  assert.deepEqual(readFacts({}, organisation), {
    nafSections: ['J'],
    regionCode: '84',
    employees: 12,
    isSoleTrader: null,
  });
  assert.deepEqual(readFacts({ nafSections: ['C', 'H'], employees: 3 }, organisation).nafSections, ['C', 'H']);
});

test('places are read by code and by name, and never guessed', () => {
  assert.deepEqual(readPlace("Provence-Alpes-Côte d'Azur"), { kind: 'region', code: '93' });
  assert.deepEqual(readPlace('région Auvergne-Rhône-Alpes'), { kind: 'region', code: '84' });
  assert.deepEqual(readPlace('Région Île-de-France'), { kind: 'region', code: '11' });
  assert.deepEqual(readPlace('REG-84'), { kind: 'region', code: '84' });
  assert.deepEqual(readPlace('DEP-13'), { kind: 'department', code: '13', regionCode: '93' });
  assert.deepEqual(readPlace('DEP-2A'), { kind: 'department', code: '2A', regionCode: '94' });
  assert.deepEqual(readPlace('COM-987'), { kind: 'region', code: '987' });
  assert.deepEqual(readPlace('Landes'), { kind: 'department', code: '40', regionCode: '75' });
  assert.deepEqual(readPlace('Saint-Pierre-Et-Miquelon'), { kind: 'region', code: '975' });
  assert.deepEqual(readPlace('PAYS-99100'), { kind: 'country' });
  assert.deepEqual(readPlace("France et territoires d'outre-mer"), { kind: 'country' });
  assert.deepEqual(readPlace('84'), { kind: 'region', code: '84' });
  assert.equal(readPlace('63'), undefined);
  assert.equal(readPlace('Massif central'), undefined);
  assert.equal(readPlace(''), undefined);
});

test('sections are read by letter, by activity code and by name', () => {
  assert.deepEqual(readNaf('c'), ['C']);
  assert.deepEqual(readNaf('62.01Z'), ['J']);
  assert.deepEqual(readNaf('5510Z'), ['I']);
  assert.equal(readNaf('2024-01'), undefined);
  assert.deepEqual(readNaf('55'), ['I']);
  assert.deepEqual(readNaf('Hébergement et restauration'), ['I']);
  assert.equal(readNaf('Tous secteurs d’activité')?.length, 21);
  assert.deepEqual(readNaf('00'), undefined);
  assert.equal(readNaf('Secteur tertiaire'), undefined);
});
