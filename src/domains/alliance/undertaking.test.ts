/** DM-07 to DM-09: who is one undertaking, and who carries the aid of whom. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayOf, firm, firmId, votes } from '../../../test/factories/aid.ts';
import {
  carriersOf,
  controlledBy,
  everTiedTo,
  undertakingOf,
  type Firm,
  type FirmId,
  type FirmLink,
} from './undertaking.ts';

const DAY = dayOf('2026-06-15');
const firms = Array.from({ length: 6 }, (_, place) => firm(place));
const together = (links: readonly FirmLink[], place = 0, among: readonly Firm[] = firms, day = DAY) =>
  undertakingOf(firmId(place), among, links, day);
const ids = (...places: number[]) => places.map(firmId);

test('DM-07: 50.00 % of the votes is no majority, one vote more is', () => {
  assert.deepEqual(together([votes(0, 1, 5_000)]), ids(0));
  assert.deepEqual(together([votes(0, 1, 5_001)]), ids(0, 1));
});

test('DM-07: chains, in both directions, and votes that controlled firms hold together', () => {
  assert.deepEqual(together([votes(0, 1, 6_000), votes(1, 2, 9_000)], 2), ids(0, 1, 2));
  // 30 % of its own and 25 % of a firm that it controls.
  assert.deepEqual(together([votes(0, 1, 6_000), votes(0, 2, 3_000), votes(1, 2, 2_500)]), ids(0, 1, 2));
  // Two holders without a tie between them hold nothing together.
  assert.deepEqual(together([votes(0, 2, 3_000), votes(1, 2, 2_500)]), ids(0));
});

test('DM-07: board, influence and agreement need no weight', () => {
  for (const ground of ['board', 'influence', 'agreement'] as const)
    assert.deepEqual(together([votes(0, 1, 0, { ground, votesPerMyriad: null })]), ids(0, 1));
});

test('DM-08: public bodies and natural persons do not join firms', () => {
  for (const kind of ['public-body', 'person'] as const) {
    const among = [firm(0), firm(1), firm(2, { kind })];
    assert.deepEqual(together([votes(2, 0, 10_000), votes(2, 1, 10_000)], 0, among), ids(0));
  }
});

test('DM-08: only firms of the same Member State are joined; one elsewhere carries the chain', () => {
  const among = [firm(0), firm(1), firm(2, { memberState: 'DE' })];
  assert.deepEqual(together([votes(2, 0, 10_000), votes(2, 1, 10_000)], 0, among), ids(0, 1));
});

test('DM-09: a link counts from its first day to its last, both included', () => {
  const link = votes(0, 1, 6_000, { since: dayOf('2025-03-01'), until: dayOf('2026-02-28') });
  const on = (day: string) => together([link], 0, firms, dayOf(day)).length;
  assert.deepEqual(['2025-02-28', '2025-03-01', '2026-02-28', '2026-03-01'].map(on), [1, 2, 2, 1]);
});

test('DM-09: a merger hands all prior aid on; a split to who used it, else by equity, to the cent', () => {
  const grant = { grantId: 'a', firmId: firmId(0), cents: 10_001n, grantedOn: dayOf('2025-01-10') };
  const into = (...heirs: [number, bigint][]) =>
    heirs.map(([place, equityCents]) => ({ firmId: firmId(place), equityCents }));
  const merger = { fromId: firmId(0), effectiveOn: dayOf('2025-06-01'), heirs: into([1, 0n]) };
  const split = { fromId: firmId(1), effectiveOn: dayOf('2026-01-01'), heirs: into([2, 300n], [3, 100n]) };
  const shares = (day: string, list = [split, merger]) =>
    carriersOf(grant, list, dayOf(day)).map(({ firmId: id, cents }) => [id, cents]);
  assert.deepEqual(shares('2025-05-31'), [[firmId(0), 10_001n]]);
  assert.deepEqual(shares('2025-06-01'), [[firmId(1), 10_001n]]);
  assert.deepEqual(shares('2026-01-01'), [
    [firmId(2), 7_501n],
    [firmId(3), 2_500n],
  ]);
  const used = { ...split, usedBy: new Map([['a', firmId(3)]]) };
  assert.deepEqual(shares('2026-01-01', [used, merger]), [[firmId(3), 10_001n]]);
  const later = { ...grant, grantedOn: dayOf('2025-06-02') };
  assert.deepEqual(carriersOf(later, [merger], DAY)[0]?.firmId, firmId(0), 'later aid is not prior aid');
});

const SIZE = 5;
const anyLinks = fc.array(
  fc
    .record({
      holder: fc.nat(SIZE - 1),
      held: fc.nat(SIZE - 1),
      weight: fc.constantFrom(2_000, 2_500, 2_501, 5_000, 5_001, 10_000),
      ground: fc.constantFrom('votes', 'votes', 'votes', 'board'),
    })
    .filter(({ holder, held }) => holder !== held)
    .map(({ holder, held, weight, ground }) =>
      ground === 'votes'
        ? votes(holder, held, weight)
        : votes(holder, held, 0, { ground: 'board', votesPerMyriad: null }),
    ),
  { maxLength: 9 },
);

test('DM-07: control is the smallest set closed under the rule, found by trying all sets', () => {
  fc.assert(
    fc.property(anyLinks, fc.nat(SIZE - 1), (links, place) => {
      assert.deepEqual([...controlledBy(firmId(place), links)].toSorted(), smallestClosed(place, links).map(firmId));
    }),
  );
});

test('DM-07, DM-08: undertakings are the chains of control in either direction, and part the firms', () => {
  const kinds = fc.array(fc.constantFrom('firm', 'firm', 'firm', 'person', 'public-body'), {
    minLength: SIZE,
    maxLength: SIZE,
  });
  fc.assert(
    fc.property(anyLinks, kinds, (links, drawn) => {
      const among = drawn.map((kind, place) => firm(place, { kind: kind as Firm['kind'] }));
      const isFirm = (id: FirmId) => among.find((each) => each.id === id)?.kind === 'firm';
      const kept = links.filter(({ holderId, heldId }) => isFirm(holderId) && isFirm(heldId));
      const reach = brokenDown(kept);
      for (let one = 0; one < SIZE; one++) {
        const expected = among.flatMap(({ id }, other) => (one === other || reach[one]?.[other] ? [id] : []));
        assert.deepEqual(undertakingOf(firmId(one), among, links, DAY), expected);
      }
    }),
  );
});

test('whoever is one undertaking on any day was ever tied', () => {
  fc.assert(
    fc.property(anyLinks, fc.nat(SIZE - 1), (links, place) => {
      const ever = new Set(everTiedTo(firmId(place), firms, links, []));
      for (const id of together(links, place)) assert.ok(ever.has(id));
    }),
  );
});

/** All subsets that hold `place` and need no one more; their intersection. */
function smallestClosed(place: number, links: readonly FirmLink[]): number[] {
  let smallest = 2 ** SIZE - 1;
  for (let set = 0; set < 2 ** SIZE; set++) {
    const has = (id: FirmId) => ((set >> Number(id.slice(-2))) & 1) === 1;
    const isClosed = firms.slice(0, SIZE).every(({ id }) => {
      const from = links.filter((link) => link.heldId === id && has(link.holderId));
      const held = from.reduce((sum, link) => sum + (link.votesPerMyriad ?? 0), 0);
      return has(id) || !(held > 5_000 || from.some(({ ground }) => ground !== 'votes'));
    });
    if (isClosed && (set >> place) & 1) smallest &= set;
  }
  return Array.from({ length: SIZE }, (_, index) => index).filter((index) => (smallest >> index) & 1);
}

/** Floyd and Warshall over control in either direction. */
function brokenDown(links: readonly FirmLink[]): boolean[][] {
  const near = Array.from({ length: SIZE }, (_, one) =>
    Array.from(
      { length: SIZE },
      (_, other) => smallestClosed(one, links).includes(other) || smallestClosed(other, links).includes(one),
    ),
  );
  for (let k = 0; k < SIZE; k++)
    for (let i = 0; i < SIZE; i++) for (let j = 0; j < SIZE; j++) near[i]![j] ||= near[i]![k]! && near[k]![j]!;
  return near;
}
