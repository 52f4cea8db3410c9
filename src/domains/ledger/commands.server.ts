/**
 * Posting, the only place that writes the ledger. Callers are the commands of higher domains, in their own transaction:
 * what happened and its booking become true together or not at all.
 *
 * Must always hold: one key, one entry, whoever posts at the same moment; accounts are opened by whoever needs them
 * first, and by nobody twice; nothing is posted into a closed year (the database refuses it as well). What is posted
 * waits in `ledger_unsealed` until `sealing.server.ts` puts it in the chain, so that writers never wait for each other.
 */
import { sql } from 'kysely';
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
import { shareDays } from './day-lock.server.ts';
import { findEntry, findEntryByKey } from './queries.server.ts';

/** An account to open, with the unit that it counts. */
export interface AccountSpec {
  readonly code: string;
  readonly unit: LedgerUnit;
  readonly organisationId: OrganisationId | null;
}

export type PostRefusal = 'key-reused' | 'year-closed';

/**
 * Posts an entry, or answers with the entry that this key already posted.
 * Refused `key-reused` when the key stands for another content, `year-closed` when the day lies in a fiscal year that
 * is closed. Throws on a draft that no rule allows.
 */
export async function postEntry(
  tx: TerritoryTransaction,
  draft: EntryDraft,
  at: Moment,
): Promise<Result<Entry, PostRefusal>> {
  assertWellFormed(draft);
  return post(tx, draft, null, at);
}

export type ReversalRefusal = 'not-found' | 'is-reversal' | 'already-reversed' | 'year-closed';

/**
 * Undoes an entry by its mirror, on the same day, or on `today` once the year of that day is closed. The same reversal
 * asked twice is posted once and answered twice; an entry reversed for another reason is `already-reversed`, and a
 * reversal itself stays. `year-closed` when the year of `today` is closed as well.
 */
export async function reverseEntry(
  tx: TerritoryTransaction,
  input: {
    readonly entryId: EntryId;
    readonly author: PersonId | null;
    readonly memo: string;
    readonly today: Temporal.PlainDate;
  },
  at: Moment,
): Promise<Result<Entry, ReversalRefusal>> {
  const entry = await findEntry(tx, input.entryId);
  if (entry === undefined) return refused('not-found');
  if (entry.reversesId !== null) return refused('is-reversal');
  const earlier = await findEntryByKey(tx, `reversal:${entry.id}`);
  if (earlier !== undefined) return earlier.memo === input.memo ? done(earlier) : refused('already-reversed');
  for (const day of [entry.occurredOn, input.today]) {
    const posted = await post(tx, reversalOf(entry, input, day), entry.id, at);
    if (posted.ok) return posted;
    if (posted.reason === 'key-reused') return refused('already-reversed');
  }
  return refused('year-closed');
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
): Promise<Result<Entry, PostRefusal>> {
  const id = newId<'entry'>(at.now, at.fillRandom);
  const specs = draft.transfers.flatMap(({ debit, credit, unit }) => [
    { ...debit, unit },
    { ...credit, unit },
  ]);
  // Whoever closes a year waits for those who post, and they for it: what is written below sees whether it is closed.
  const accounts = await ensureAccounts(tx, specs, at);
  const idOf = (code: string, unit: LedgerUnit) => present(accounts.get(keyOf({ code, unit })), `the account ${code}`);
  const { transfers } = draft;
  // A second post of the same key waits here for the first to end, then writes nothing.
  const written = await sql`
    with entry as (
      insert into ledger_entries (territory_id, id, key, occurred_on, posted_at, cause_kind, cause_id, author_id, memo, programme_code, reverses_id)
      select ${tx.territoryId}, ${id}, ${draft.key}, ${draft.occurredOn}::date, ${at.now}, ${draft.cause.kind}, ${draft.cause.id},
        ${draft.author}, ${draft.memo}, ${draft.programme ?? null}, ${reversesId}
      where not exists (
        select from fiscal_years y where y.territory_id = ${tx.territoryId} and y.state = 'closed'
          and ${draft.occurredOn}::date between y.starts_on and y.ends_on)
      on conflict (territory_id, key) do nothing
      returning territory_id, id, occurred_on
    ), queue as (
      insert into ledger_unsealed (territory_id, entry_id) select territory_id, id from entry
    )
    insert into ledger_transfers (territory_id, entry_id, position, debit_account_id, credit_account_id, unit, amount, occurred_on)
    select entry.territory_id, entry.id, line.position, line.debit, line.credit, line.unit, line.amount, entry.occurred_on
    from entry, unnest(
      ${transfers.map(({ debit, unit }) => idOf(debit.code, unit))}::uuid[],
      ${transfers.map(({ credit, unit }) => idOf(credit.code, unit))}::uuid[],
      ${transfers.map(({ unit }) => unit)}::text[],
      ${transfers.map(({ amount }) => String(amount))}::bigint[]
    ) with ordinality as line (debit, credit, unit, amount, position)`.execute(tx);
  if (Number(written.numAffectedRows ?? 0n) > 0) return done({ ...draft, id, postedAt: at.now, reversesId });
  const first = await findEntryByKey(tx, draft.key);
  if (first === undefined) return refused('year-closed');
  return isSameContent(first, draft) ? done(first) : refused('key-reused');
}

/** Ids by `keyOf`. New accounts are opened in the order of their codes, so that two posts never wait for each other. */
async function ensureAccounts(
  tx: TerritoryTransaction,
  specs: readonly AccountSpec[],
  at: Moment,
): Promise<ReadonlyMap<string, AccountId>> {
  const wanted = new Map(specs.map((spec) => [keyOf(spec), spec]));
  const known = await lockDaysAndReadAccounts(tx, [...wanted.values()]);
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
  return lockDaysAndReadAccounts(tx, [...wanted.values()]);
}

async function lockDaysAndReadAccounts(
  tx: TerritoryTransaction,
  specs: readonly AccountSpec[],
): Promise<Map<string, AccountId>> {
  const { rows } = await sql<{ id: AccountId; code: string; unit: LedgerUnit }>`
    select a.id, a.code, a.unit
    from (select ${shareDays(tx)}) as held
    left join ledger_accounts a on a.territory_id = ${tx.territoryId} and a.code = any(${[...new Set(specs.map((spec) => spec.code))]}::text[])`.execute(
    tx,
  );
  return new Map(rows.filter(({ id }) => id !== null).map((row) => [keyOf(row), row.id]));
}

function keyOf({ code, unit }: { readonly code: string; readonly unit: LedgerUnit }): string {
  return `${unit} ${code}`;
}
