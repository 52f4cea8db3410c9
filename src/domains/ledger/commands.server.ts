/**
 * Posting, the only place that writes the ledger. Callers are the commands of higher domains, in their own transaction:
 * what happened and its booking become true together or not at all.
 *
 * Must always hold: one key, one entry, whoever posts at the same moment; accounts are opened by whoever needs them
 * first, and by nobody twice. A second transaction that posts the same key waits for the first to end.
 */
import { present } from '../../lib/assert.ts';
import { newId, type OrganisationId, type PersonId } from '../../lib/ids.ts';
import type { LedgerUnit } from '../../lib/quantity.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Moment } from '../territory/events.server.ts';
import {
  assertWellFormed,
  isSameContent,
  reversalOf,
  type AccountId,
  type Entry,
  type EntryDraft,
  type EntryId,
} from './entry.ts';
import { findEntry, findEntryByKey } from './queries.server.ts';

/** An account to open, with the unit that it counts. */
export interface AccountSpec {
  readonly code: string;
  readonly unit: LedgerUnit;
  readonly organisationId: OrganisationId | null;
}

/**
 * Posts an entry, or answers with the entry that this key already posted.
 * Refused `key-reused` when the key stands for another content. Throws on a draft that no rule allows.
 */
export async function postEntry(
  tx: TerritoryTransaction,
  draft: EntryDraft,
  at: Moment,
): Promise<Result<Entry, 'key-reused'>> {
  assertWellFormed(draft);
  return post(tx, draft, null, at);
}

export type ReversalRefusal = 'not-found' | 'is-reversal' | 'already-reversed';

/**
 * Undoes an entry by its mirror, on the same day. The same reversal asked twice is posted once and answered twice;
 * an entry reversed for another reason is `already-reversed`, and a reversal itself stays.
 */
export async function reverseEntry(
  tx: TerritoryTransaction,
  input: { readonly entryId: EntryId; readonly author: PersonId | null; readonly memo: string },
  at: Moment,
): Promise<Result<Entry, ReversalRefusal>> {
  const entry = await findEntry(tx, input.entryId);
  if (entry === undefined) return refused('not-found');
  if (entry.reversesId !== null) return refused('is-reversal');
  const posted = await post(tx, reversalOf(entry, input), entry.id, at);
  return posted.ok ? posted : refused('already-reversed');
}

/** The id of the account of this code and unit, opened now if nobody has. */
export async function ensureAccount(tx: TerritoryTransaction, spec: AccountSpec, at: Moment): Promise<AccountId> {
  const ids = await ensureAccounts(tx, [spec], at);
  return present(ids.get(keyOf(spec)), `the account ${spec.code}`);
}

async function post(
  tx: TerritoryTransaction,
  draft: EntryDraft,
  reversesId: EntryId | null,
  at: Moment,
): Promise<Result<Entry, 'key-reused'>> {
  const id = newId<'entry'>(at.now, at.fillRandom);
  // The key is taken first: whoever comes second waits here, then finds what the first one wrote.
  const taken = await tx
    .insertInto('ledger_entries')
    .values({
      territory_id: tx.territoryId,
      id,
      key: draft.key,
      occurred_on: draft.occurredOn,
      posted_at: at.now,
      cause_kind: draft.cause.kind,
      cause_id: draft.cause.id,
      author_id: draft.author,
      memo: draft.memo,
      reverses_id: reversesId,
    })
    .onConflict((conflict) => conflict.columns(['territory_id', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (taken === undefined) return answerAgain(tx, draft);
  await writeTransfers(tx, id, draft, at);
  return done({ ...draft, id, postedAt: at.now, reversesId });
}

async function answerAgain(tx: TerritoryTransaction, draft: EntryDraft): Promise<Result<Entry, 'key-reused'>> {
  const first = present(await findEntryByKey(tx, draft.key), `the entry of key ${draft.key}`);
  return isSameContent(first, draft) ? done(first) : refused('key-reused');
}

async function writeTransfers(
  tx: TerritoryTransaction,
  entryId: EntryId,
  draft: EntryDraft,
  at: Moment,
): Promise<void> {
  const specs = draft.transfers.flatMap(({ debit, credit, unit }) => [
    { ...debit, unit },
    { ...credit, unit },
  ]);
  const accounts = await ensureAccounts(tx, specs, at);
  const idOf = (spec: { code: string; unit: LedgerUnit }) =>
    present(accounts.get(keyOf(spec)), `the account ${spec.code}`);
  const rows = draft.transfers.map(({ debit, credit, unit, amount }, index) => ({
    territory_id: tx.territoryId,
    entry_id: entryId,
    position: index + 1,
    debit_account_id: idOf({ code: debit.code, unit }),
    credit_account_id: idOf({ code: credit.code, unit }),
    unit,
    amount,
  }));
  await tx.insertInto('ledger_transfers').values(rows).execute();
}

/** Ids by `keyOf`. New accounts are opened in the order of their codes, so that two posts never wait for each other. */
async function ensureAccounts(
  tx: TerritoryTransaction,
  specs: readonly AccountSpec[],
  at: Moment,
): Promise<ReadonlyMap<string, AccountId>> {
  const wanted = new Map(specs.map((spec) => [keyOf(spec), spec]));
  const known = await readAccounts(tx, [...wanted.values()]);
  const missing = [...wanted].filter(([key]) => !known.has(key)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (missing.length === 0) return known;
  const rows = missing.map(([, spec]) => ({
    territory_id: tx.territoryId,
    id: newId<'account'>(at.now, at.fillRandom),
    code: spec.code,
    unit: spec.unit,
    organisation_id: spec.organisationId,
    created_at: at.now,
  }));
  await tx
    .insertInto('ledger_accounts')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['territory_id', 'code', 'unit']).doNothing())
    .execute();
  return readAccounts(tx, [...wanted.values()]);
}

async function readAccounts(tx: TerritoryTransaction, specs: readonly AccountSpec[]): Promise<Map<string, AccountId>> {
  const rows = await tx
    .selectFrom('ledger_accounts')
    .select(['id', 'code', 'unit'])
    .where('territory_id', '=', tx.territoryId)
    .where('code', 'in', [...new Set(specs.map((spec) => spec.code))])
    .execute();
  return new Map(rows.map((row) => [keyOf(row), row.id]));
}

function keyOf({ code, unit }: { readonly code: string; readonly unit: LedgerUnit }): string {
  return `${unit} ${code}`;
}
