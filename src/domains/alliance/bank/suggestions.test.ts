/** Which payment a sum may be about: reasons that a person can check, amounts that never pass what came. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OrganisationId } from '../../../lib/ids.ts';
import type { InstalmentId } from '../agreement.ts';
import { suggestMatches, type MovementToMatch, type OpenReceivable } from './suggestions.ts';

const DAY = Temporal.PlainDate.from('2026-11-18');
const MOVEMENT: MovementToMatch = {
  leftCents: 1_000_000n,
  bookedOn: DAY,
  counterparty: '',
  counterpartyIban: '',
  endToEndId: '',
  remittance: '',
};
const open = (id: string, given: Partial<OpenReceivable> = {}): OpenReceivable => ({
  id: id as InstalmentId,
  organisationId: `org-${id}` as OrganisationId,
  organisationName: `Nom ${id}`,
  reference: '',
  dueOn: DAY,
  awaitedCents: 1_000_000n,
  knownIbans: [],
  ...given,
});
const suggest = (movement: Partial<MovementToMatch>, receivables: readonly OpenReceivable[]) =>
  suggestMatches({ ...MOVEMENT, ...movement }, receivables);

test('each reason counts, and the likeliest comes first', () => {
  const found = suggest({ remittance: 'Cotisation cp 2025 01, merci', counterparty: 'CREDIT AGRICOLE' }, [
    open('a'),
    open('b', { reference: 'CP-2025-01', awaitedCents: 500_000n }),
    open('c', {
      organisationName: 'Crédit Agricole',
      awaitedCents: 200n,
      dueOn: Temporal.PlainDate.from('2020-01-01'),
    }),
    open('d', { awaitedCents: 3n }),
  ]);
  assert.deepEqual(
    found.map(({ id, reasons }) => [id, reasons]),
    [
      ['b', ['reference', 'date']],
      ['c', ['name']],
      ['a', ['amount', 'date']],
    ],
    'a day alone says nothing; of two that are as likely, the older is first',
  );
  assert.deepEqual(
    found.map(({ proposedCents }) => proposedCents),
    [500_000n, 0n, 0n],
  );
});

test('an account that paid before names its organisation; a sum that pays all of it is shared', () => {
  const michelin = 'm' as OrganisationId;
  const found = suggest({ counterpartyIban: 'FR1', leftCents: 3n }, [
    open('a', { organisationId: michelin, awaitedCents: 1n, knownIbans: ['FR1'] }),
    open('b', { organisationId: michelin, awaitedCents: 2n, knownIbans: ['FR1'] }),
  ]);
  assert.deepEqual(
    found.map(({ reasons, proposedCents }) => [reasons, proposedCents]),
    [
      [['iban', 'whole', 'date'], 1n],
      [['iban', 'whole', 'date'], 2n],
    ],
  );
});

test('the same amount of several organisations proposes none of them', () => {
  const found = suggest({}, [open('a'), open('b'), open('c')]);
  assert.deepEqual(
    found.map(({ proposedCents }) => proposedCents),
    [0n, 0n, 0n],
  );
});

test('what is proposed never passes what came nor what is awaited', () => {
  const receivables = fc.array(
    fc.record({ awaited: fc.bigInt({ min: 1n, max: 2_000_000n }), org: fc.constantFrom('x', 'y'), iban: fc.boolean() }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(receivables, fc.bigInt({ min: 1n, max: 3_000_000n }), (given, leftCents) => {
      const lines = given.map(({ awaited, org, iban }, place) =>
        open(String(place), {
          awaitedCents: awaited,
          organisationId: org as OrganisationId,
          knownIbans: iban ? ['FR1'] : [],
        }),
      );
      const found = suggest({ leftCents, counterpartyIban: 'FR1' }, lines);
      assert.ok(found.reduce((sum, { proposedCents }) => sum + proposedCents, 0n) <= leftCents);
      for (const { id, proposedCents, reasons } of found) {
        assert.ok(proposedCents >= 0n && proposedCents <= lines[Number(id)]!.awaitedCents);
        assert.ok(reasons.length > 0);
      }
    }),
  );
});
