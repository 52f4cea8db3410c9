/**
 * An entry of the ledger and what may be written in one.
 *
 * A transfer moves a positive amount, in one unit, out of one account (credit) into another (debit);
 * an entry groups the transfers of one cause. Must always hold: every transfer stays in one unit and
 * one book, so that each book balances whatever is posted; nothing is changed after posting, only
 * reversed, once, by the mirror of the same transfers on the same day (`postedAt` says when it was
 * really done, so that every sum by date comes out as if the reversed entry had never been); once that
 * day's fiscal year is closed, the mirror is dated the day on which it is posted.
 *
 * The caller's key makes posting idempotent: the same key with the same content is the same entry.
 * The content is the day, the cause, the memo, the programme and the transfers in their order; who asks again is not
 * part of it.
 */
import { assert } from '../../lib/assert.ts';
import type { Id, OrganisationId, PersonId } from '../../lib/ids.ts';
import type { LedgerUnit } from '../../lib/quantity.ts';
import { belongsIn, type AccountRef } from './account.ts';

export type EntryId = Id<'entry'>;
export type AccountId = Id<'account'>;

export const CAUSE_KINDS = [
  'session',
  'agreement',
  'booking',
  'decision',
  'instalment',
  'payment',
  'expense',
  'stay',
  'test',
] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];

/** The fact behind an entry: a session held, an agreement signed… */
export interface EntryCause {
  readonly kind: CauseKind;
  readonly id: string;
}

export interface TransferDraft {
  readonly debit: AccountRef;
  readonly credit: AccountRef;
  readonly unit: LedgerUnit;
  /** In whole units of the book: cents, minutes, days, introductions. */
  readonly amount: bigint;
}

export interface EntryDraft {
  /** At most 200 characters, chosen by the caller: `session:<id>`. */
  readonly key: string;
  readonly occurredOn: Temporal.PlainDate;
  readonly cause: EntryCause;
  readonly author: PersonId | null;
  readonly memo: string;
  /** Code of the programme that it belongs to, when one does. */
  readonly programme?: string;
  readonly transfers: readonly TransferDraft[];
}

/** An entry as the books hold it. */
export interface Entry extends EntryDraft {
  readonly id: EntryId;
  readonly postedAt: Temporal.Instant;
  readonly reversesId: EntryId | null;
}

/** What narrows a list of entries; what is left out does not. */
export interface EntryFilter {
  readonly unit?: LedgerUnit;
  readonly year?: number;
  readonly organisationId?: OrganisationId;
  readonly cause?: CauseKind;
  readonly programme?: string;
}

const LARGEST_AMOUNT = 10n ** 15n;
const MOST_TRANSFERS = 500;

/** Throws when a command asks for an entry that no rule allows: only a bug can. */
export function assertWellFormed(draft: EntryDraft): void {
  assert(draft.key.length > 0 && draft.key.length <= 200, 'an entry has a key of 1 to 200 characters');
  assert(draft.memo.length <= 500, 'a memo has at most 500 characters');
  assert(draft.transfers.length > 0, 'an entry moves something');
  assert(draft.transfers.length <= MOST_TRANSFERS, `an entry has at most ${MOST_TRANSFERS} transfers`);
  for (const { debit, credit, unit, amount } of draft.transfers) {
    assert(amount > 0n && amount <= LARGEST_AMOUNT, `a transfer moves 1 to ${LARGEST_AMOUNT} units`);
    assert(debit.code !== credit.code, `a transfer joins two accounts, not ${debit.code} to itself`);
    assert(belongsIn(debit, unit) && belongsIn(credit, unit), `${debit.code} and ${credit.code} count in ${unit}`);
  }
}

/** Do both say the same thing happened? The author and the key are not compared. */
export function isSameContent(a: Omit<EntryDraft, 'key' | 'author'>, b: Omit<EntryDraft, 'key' | 'author'>): boolean {
  return (
    a.occurredOn.equals(b.occurredOn) &&
    a.cause.kind === b.cause.kind &&
    a.cause.id === b.cause.id &&
    a.memo === b.memo &&
    a.programme === b.programme &&
    a.transfers.length === b.transfers.length &&
    a.transfers.every((transfer, place) => isSameTransfer(transfer, b.transfers[place]))
  );
}

/** The entry that undoes `entry`: every transfer the other way round, for the same cause, on the day given. */
export function reversalOf(
  entry: Entry,
  by: { readonly author: PersonId | null; readonly memo: string },
  on: Temporal.PlainDate,
): EntryDraft {
  return {
    key: `reversal:${entry.id}`,
    occurredOn: on,
    cause: entry.cause,
    author: by.author,
    memo: by.memo,
    ...(entry.programme === undefined ? {} : { programme: entry.programme }),
    transfers: entry.transfers.map(({ debit, credit, unit, amount }) => ({
      debit: credit,
      credit: debit,
      unit,
      amount,
    })),
  };
}

function isSameTransfer(a: TransferDraft, b: TransferDraft | undefined): boolean {
  return (
    a.debit.code === b?.debit.code && a.credit.code === b.credit.code && a.unit === b.unit && a.amount === b.amount
  );
}
