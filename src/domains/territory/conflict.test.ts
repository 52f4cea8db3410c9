/** Which ties are certain, which are asked about, and what an answer changes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newId, type OrganisationId } from '../../lib/ids.ts';
import type { Part } from './organisation.ts';
import {
  GROUNDS,
  inOrder,
  keyOf,
  TIES,
  conflictsBetween,
  type DeclaredConflict,
  type ConflictAnswer,
  type ConflictParty,
} from './conflict.ts';

const NOW = Temporal.Instant.from('2026-11-23T08:00:00Z');
const ids = Array.from({ length: 8 }, () => newId<'organisation'>(NOW));
const [startup, partner, parent, sister, rival, city, fund, other] = ids as [
  OrganisationId,
  OrganisationId,
  OrganisationId,
  OrganisationId,
  OrganisationId,
  OrganisationId,
  OrganisationId,
  OrganisationId,
];

const organisation = (id: OrganisationId, given: Partial<ConflictParty> = {}): ConflictParty => ({
  id,
  parts: id === city ? ['public-body'] : ['startup'],
  nafSection: null,
  themeCodes: [],
  ...given,
});
const holds = (holder: OrganisationId, held: OrganisationId, sharePerMille: number | null): DeclaredConflict => ({
  ...inOrder(holder, held),
  tie: 'shareholder',
  holderId: holder,
  sharePerMille,
});
const competes = (one: OrganisationId, two: OrganisationId): DeclaredConflict => ({
  ...inOrder(one, two),
  tie: 'competitor',
  holderId: null,
  sharePerMille: null,
});

/** What is between the startup, which asks, and the partner, which gives. */
function between(
  ties: readonly DeclaredConflict[],
  answers: readonly ConflictAnswer[] = [],
  organisations: readonly ConflictParty[] = ids.map((id) => organisation(id)),
) {
  const { apart, questions } = conflictsBetween(
    { ties, answers, organisations },
    new Set([startup]),
    new Set([partner]),
  );
  const key = keyOf({ organisationId: startup, otherId: partner });
  return {
    apart: apart.filter((one) => keyOf(one) === key).map(({ tie }) => tie),
    asked: questions.map(({ ground, throughId }) => [ground, throughId]),
  };
}

test('what is declared keeps apart and is not asked', () => {
  assert.deepEqual(between([]), { apart: [], asked: [] });
  assert.deepEqual(between([competes(partner, startup)]), { apart: ['competitor'], asked: [] });
  assert.deepEqual(between([holds(partner, startup, 20), holds(parent, startup, 900), holds(parent, partner, 900)]), {
    apart: ['shareholder'],
    asked: [],
  });
});

test('majorities join firms into one group through any chain; half is not a majority, a city joins nobody', () => {
  const chain = [holds(parent, startup, 501), holds(sister, parent, 1000), holds(sister, partner, 510)];
  assert.deepEqual(between(chain), { apart: ['group'], asked: [] });
  assert.deepEqual(between([holds(parent, startup, 501), holds(parent, partner, 500)]), {
    apart: [],
    asked: [['shareholding', parent]],
  });
  assert.deepEqual(between([holds(city, startup, 900), holds(city, partner, 900)]), { apart: [], asked: [] });
});

test('a holding that is not known to be a majority is asked about, at one remove and no further', () => {
  assert.deepEqual(between([holds(fund, startup, 100), holds(fund, partner, null)]).asked, [['shareholding', fund]]);
  assert.deepEqual(
    between([holds(fund, startup, 100), holds(parent, fund, 100), holds(parent, partner, 100)]).asked,
    [],
  );
  assert.deepEqual(
    between([holds(parent, startup, 800), holds(parent, partner, 100)]).asked,
    [['shareholding', parent]],
    'the parent holds some of the other',
  );
  const [[ground, through] = []] = between([
    holds(fund, startup, 800),
    holds(parent, fund, 300),
    holds(parent, partner, 800),
  ]).asked;
  assert.equal(ground, 'shareholding', 'two groups, one of which holds some of the other');
  assert.ok(through === parent || through === fund);
});

test('the rival of somebody who holds the other, or is held by it, is asked about', () => {
  assert.deepEqual(between([competes(rival, startup), holds(partner, rival, 300)]).asked, [['rival', rival]]);
  assert.deepEqual(between([competes(rival, partner), holds(rival, startup, 600)]).asked, [['rival', rival]]);
  assert.deepEqual(between([competes(rival, startup), competes(rival, partner)]).asked, [], 'a common rival is no tie');
});

test('two of one part, section and theme may compete; a company and a startup of one field may not be asked about it', () => {
  const field = (parts: [readonly Part[], readonly Part[]], sections = ['J', 'J'], themes = ['energie', 'energie']) =>
    between(
      [],
      [],
      [startup, partner].map((id, place) =>
        organisation(id, {
          parts: parts[place]!,
          nafSection: sections[place]!,
          themeCodes: [themes[place]!, 'numerique-et-sante'.slice(0, place)],
        }),
      ),
    ).asked;
  assert.deepEqual(field([['startup'], ['startup']]), [['same-field', null]]);
  assert.deepEqual(field([['company-partner'], ['media', 'company-partner']]), [['same-field', null]]);
  assert.deepEqual(field([['startup'], ['company-partner']]), []);
  assert.deepEqual(field([['startup'], ['startup']], ['J', 'C']), []);
  assert.deepEqual(field([['startup'], ['startup']], ['J', 'J'], ['energie', 'sante']), []);
});

test('an answer is remembered for its own question; a new doubt is asked, a yes settles the pair', () => {
  const doubt = [holds(fund, startup, 100), holds(fund, partner, 100)];
  const answer = (keepsApart: boolean): ConflictAnswer => ({
    ...inOrder(startup, partner),
    ground: 'shareholding',
    throughId: fund,
    keepsApart,
  });
  assert.deepEqual(between(doubt, [answer(false)]), { apart: [], asked: [] });
  assert.deepEqual(between(doubt, [answer(true)]), { apart: ['answered'], asked: [] });
  assert.deepEqual(between([], [answer(true)]), { apart: ['answered'], asked: [] }, 'also when the doubt is gone');
  const another = [...doubt, holds(other, startup, 100), holds(other, partner, 100)];
  assert.deepEqual(between(another, [answer(false)]).asked, [['shareholding', other]]);
});

const anyId = fc.constantFrom(...ids);
const anyTie = fc
  .tuple(anyId, anyId, fc.constantFrom(...TIES), fc.option(fc.integer({ min: 1, max: 1000 })))
  .filter(([one, two]) => one !== two)
  .map(([one, two, tie, share]): DeclaredConflict => ({
    ...inOrder(one, two),
    tie,
    holderId: tie === 'shareholder' ? one : null,
    sharePerMille: tie === 'shareholder' ? share : null,
  }));
const anyFacts = fc.record({
  ties: fc.uniqueArray(anyTie, { selector: keyOf, maxLength: 12 }),
  answers: fc.array(
    fc
      .tuple(anyId, anyId, fc.constantFrom(...GROUNDS), fc.option(anyId), fc.boolean())
      .filter(([one, two]) => one !== two)
      .map(([one, two, ground, throughId, keepsApart]): ConflictAnswer => ({
        ...inOrder(one, two),
        ground,
        throughId,
        keepsApart,
      })),
    { maxLength: 6 },
  ),
});

test('asked and told do not depend on who asks and who gives, nor on the order; no pair is both, none twice', () => {
  fc.assert(
    fc.property(anyFacts, fc.uniqueArray(anyId), fc.uniqueArray(anyId), ({ ties, answers }, some, others) => {
      const organisations = ids.map((id) => organisation(id));
      const told = (
        list: readonly DeclaredConflict[],
        left: readonly OrganisationId[],
        right: readonly OrganisationId[],
      ) => conflictsBetween({ ties: list, answers, organisations }, new Set(left), new Set(right));
      const there = told(ties, some, others);
      const back = told(ties.toReversed(), others, some);
      assert.deepEqual(there.questions, back.questions);
      assert.deepEqual(there.apart.map(keyOf).toSorted(), back.apart.map(keyOf).toSorted());
      const keys = [...there.apart, ...there.questions].map(keyOf);
      assert.equal(new Set(keys).size, keys.length);
      for (const question of there.questions)
        assert.ok(!answers.some((one) => keyOf(one) === keyOf(question) && one.keepsApart));
    }),
  );
});
