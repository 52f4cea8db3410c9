import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ensureId } from '../../lib/ids.ts';
import {
  BANK,
  belongsIn,
  familyOf,
  FAMILIES,
  feesOf,
  givenBy,
  grantsOf,
  naturalBalance,
  receivedBy,
  SPENT,
} from './account.ts';
import { assertWellFormed, isSameContent, reversalOf, type Entry, type EntryDraft } from './entry.ts';

const MYBUS = ensureId<'organisation'>('01900000-0000-7000-8000-00000000000b');
const MICHELIN = ensureId<'organisation'>('01900000-0000-7000-8000-000000000002');
const NOW = Temporal.Instant.from('2026-11-23T08:00:00Z');

const DRAFT: EntryDraft = {
  key: 'session:1',
  occurredOn: Temporal.PlainDate.from('2026-11-20'),
  cause: { kind: 'session', id: '01900000-0000-7000-8000-00000000000a' },
  author: null,
  memo: '',
  transfers: [{ debit: receivedBy(MYBUS), credit: givenBy(MICHELIN), unit: 'minute', amount: 210n }],
};
const withTransfer = (changes: Partial<EntryDraft['transfers'][number]>) => ({
  ...DRAFT,
  transfers: DRAFT.transfers.map((transfer) => ({ ...transfer, ...changes })),
});

test('every account of the chart is of its family, and of no other book', () => {
  for (const account of [givenBy(MYBUS), receivedBy(MYBUS), feesOf(MYBUS), grantsOf(MYBUS), BANK, SPENT]) {
    const family = familyOf(account.code);
    assert.ok(family !== undefined, account.code);
    const isCash = FAMILIES[family].book === 'cash';
    assert.deepEqual([belongsIn(account, 'eur-cent'), belongsIn(account, 'minute')], [isCash, !isCash], account.code);
  }
});

test('a code that is not of the chart, or names another owner, belongs nowhere', () => {
  for (const code of [
    '',
    'gift',
    'given',
    `given:${MYBUS}:x`,
    'given:not-an-id',
    `cash-bank:${MYBUS}`,
    `given:${MYBUS.toUpperCase()}`,
    'constructor',
  ]) {
    assert.equal(familyOf(code), undefined, code);
  }
  assert.equal(belongsIn({ code: `given:${MYBUS}`, organisationId: MICHELIN }, 'minute'), false);
  assert.equal(belongsIn({ code: `given:${MYBUS}`, organisationId: null }, 'minute'), false);
});

test('IK-07: an entry cannot join what is given in kind and money', () => {
  assert.throws(() => assertWellFormed(withTransfer({ debit: BANK, credit: feesOf(MICHELIN) })), /count in minute/);
  assert.throws(() => assertWellFormed(withTransfer({ unit: 'eur-cent' })), /count in eur-cent/);
  assert.throws(() => assertWellFormed(withTransfer({ debit: BANK })), /count in minute/);
});

test('an entry moves something, forwards, between two accounts', () => {
  assert.doesNotThrow(() => assertWellFormed(DRAFT));
  for (const broken of [
    { ...DRAFT, key: '' },
    { ...DRAFT, key: 'k'.repeat(201) },
    { ...DRAFT, memo: 'm'.repeat(501) },
    { ...DRAFT, transfers: [] },
    withTransfer({ amount: 0n }),
    withTransfer({ amount: -1n }),
    withTransfer({ amount: 10n ** 16n }),
    withTransfer({ debit: givenBy(MICHELIN) }),
  ]) {
    assert.throws(() => assertWellFormed(broken), /must always hold/i);
  }
});

test('the content is the day, the cause, the memo and the transfers; not who writes, nor the key', () => {
  assert.equal(
    isSameContent(DRAFT, {
      ...DRAFT,
      key: 'other',
      author: ensureId<'person'>(DRAFT.cause.id),
    } as EntryDraft),
    true,
  );
  for (const other of [
    { ...DRAFT, occurredOn: DRAFT.occurredOn.add({ days: 1 }) },
    { ...DRAFT, memo: 'autre' },
    { ...DRAFT, cause: { ...DRAFT.cause, kind: 'booking' as const } },
    { ...DRAFT, transfers: [...DRAFT.transfers, ...DRAFT.transfers] },
    withTransfer({ amount: 211n }),
    withTransfer({ credit: givenBy(MYBUS) }),
    withTransfer({ unit: 'introduction' }),
  ]) {
    assert.equal(isSameContent(DRAFT, other), false);
  }
});

test('a reversal undoes every transfer on the same day, and reversing twice gives the entry back', () => {
  const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 12n }), {
    minLength: 1,
    maxLength: 20,
  });
  fc.assert(
    fc.property(amounts, (list) => {
      const transfers = list.map((amount) => ({
        debit: receivedBy(MYBUS),
        credit: givenBy(MICHELIN),
        unit: 'minute' as const,
        amount,
      }));
      const entry: Entry = {
        ...DRAFT,
        transfers,
        id: ensureId<'entry'>(DRAFT.cause.id),
        postedAt: NOW,
        reversesId: null,
      };
      const once = reversalOf(entry, { author: null, memo: '' }, entry.occurredOn);
      assert.equal(once.occurredOn.equals(entry.occurredOn), true);
      assert.equal(net([...entry.transfers, ...once.transfers]), 0n);
      assert.equal(
        isSameContent(
          reversalOf({ ...entry, ...once }, { author: null, memo: entry.memo }, { ...entry, ...once }.occurredOn),
          entry,
        ),
        true,
      );
    }),
  );
});

test('what an organisation gave is read positive, though it stands below zero in the books', () => {
  assert.equal(naturalBalance(givenBy(MICHELIN).code, -210n), 210n);
  assert.equal(naturalBalance(receivedBy(MYBUS).code, 210n), 210n);
});

function net(transfers: EntryDraft['transfers']): bigint {
  const sign = (code: string) => (code.startsWith('received') ? 1n : -1n);
  return transfers.reduce(
    (sum, { debit, credit, amount }) => sum + sign(debit.code) * amount - sign(credit.code) * amount,
    0n,
  );
}
