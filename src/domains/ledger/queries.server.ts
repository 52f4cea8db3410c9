/** Reads of the books: entries, balances, statements, sums. Amounts are whole units of the book, as bigint. */
import { sql, type RawBuilder } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { LedgerUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { AccountRef } from './account.ts';
import type { AccountId, Entry, EntryId, TransferDraft } from './entry.ts';
import { moves } from './moves.server.ts';
import { survivorOf } from '../territory/queries.server.ts';

export async function findEntry(tx: TerritoryTransaction, id: EntryId): Promise<Entry | undefined> {
  const row = await entries(tx).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : toEntry(tx, row);
}

export async function findEntryByKey(tx: TerritoryTransaction, key: string): Promise<Entry | undefined> {
  const row = await entries(tx).where('key', '=', key).executeTakeFirst();
  return row === undefined ? undefined : toEntry(tx, row);
}

/** How many entries a cause has, reversals apart. */
export async function countEntriesOfCause(
  tx: TerritoryTransaction,
  kind: Entry['cause']['kind'],
  id: string,
): Promise<number> {
  const { count } = await tx
    .selectFrom('ledger_entries')
    .select((has) => has.fn.countAll<bigint>().as('count'))
    .where('territory_id', '=', tx.territoryId)
    .where('cause_kind', '=', kind)
    .where('cause_id', '=', id)
    .where('reverses_id', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export interface BalanceQuestion {
  readonly code: string;
  readonly unit: LedgerUnit;
  /** The last day that counts; every day when left out. */
  readonly asOf?: Temporal.PlainDate;
}

/** Debits minus credits of an account; zero when it was never opened. */
export async function balanceOf(tx: TerritoryTransaction, { code, unit, asOf }: BalanceQuestion): Promise<bigint> {
  const { rows } = await sql<{ balance: bigint }>`
    select coalesce(sum(m.debits - m.credits), 0)::bigint as balance
    from ledger_accounts a
    join ${moves(tx)} m on m.account_id = a.id
    where a.territory_id = ${tx.territoryId} and a.code = ${code} and a.unit = ${unit} and ${within({ until: asOf })}`.execute(
    tx,
  );
  return rows[0]?.balance ?? 0n;
}

/** What narrows a sum: days from and until, both counted, and a programme. */
export interface MovesFilter {
  readonly from?: Temporal.PlainDate | undefined;
  readonly until?: Temporal.PlainDate | undefined;
  readonly programme?: string | undefined;
}

/** The condition of a filter on the moves `m`. */
export function within({ from, until, programme }: MovesFilter): RawBuilder<unknown> {
  const parts = [
    ...(from === undefined ? [] : [sql`m.day >= ${from}`]),
    ...(until === undefined ? [] : [sql`m.day <= ${until}`]),
    ...(programme === undefined ? [] : [sql`m.programme_code = ${programme}`]),
  ];
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

export interface TrialBalanceLine {
  readonly accountId: AccountId;
  readonly code: string;
  readonly unit: LedgerUnit;
  readonly organisationId: OrganisationId | null;
  readonly organisationName: string | null;
  readonly organisationSlug: string | null;
  readonly debits: bigint;
  readonly credits: bigint;
}

/** Every account that moved: in each unit, all debits equal all credits (a programme sees whole entries). */
export async function trialBalance(tx: TerritoryTransaction, filter: MovesFilter = {}): Promise<TrialBalanceLine[]> {
  const { rows } = await sql<TrialBalanceLine>`
    with sides as (
      select m.account_id, sum(m.debits) as debits, sum(m.credits) as credits from ${moves(tx)} m where ${within(filter)} group by 1
    )
    select a.id as "accountId", a.code, a.unit, a.organisation_id as "organisationId", o.name as "organisationName", o.slug as "organisationSlug",
      s.debits::bigint as debits, s.credits::bigint as credits
    from sides s
    join ledger_accounts a on a.territory_id = ${tx.territoryId} and a.id = s.account_id
    left join organisations o on o.territory_id = a.territory_id and o.id = a.organisation_id
    order by a.unit, split_part(a.code, ':', 1), o.name nulls first, a.id`.execute(tx);
  return rows;
}

export interface SumLine {
  readonly organisationId: OrganisationId;
  readonly family: string;
  readonly unit: LedgerUnit;
  readonly year: number;
  /** Debits minus credits. */
  readonly balance: bigint;
}

/** What each organisation's accounts, and those of the ones that became it, moved, per family, unit and civil year. */
export async function sumsByOrganisation(
  tx: TerritoryTransaction,
  organisationId?: OrganisationId,
): Promise<SumLine[]> {
  const owner = survivorOf(sql`a.organisation_id`);
  const chosen = organisationId === undefined ? sql`a.organisation_id is not null` : sql`${owner} = ${organisationId}`;
  const { rows } = await sql<SumLine>`
    select ${owner} as "organisationId", split_part(a.code, ':', 1) as family, a.unit,
      extract(year from m.day)::integer as year,
      sum(m.debits - m.credits)::bigint as balance
    from ledger_accounts a
    join ${moves(tx)} m on m.account_id = a.id
    where a.territory_id = ${tx.territoryId} and ${chosen}
    group by 1, 2, 3, 4
    order by 4, 2, 3, 1`.execute(tx);
  return rows;
}

type EntryRow = Awaited<ReturnType<ReturnType<typeof entries>['executeTakeFirstOrThrow']>>;

function entries(tx: TerritoryTransaction) {
  return tx
    .selectFrom('ledger_entries')
    .select([
      'id',
      'key',
      'occurred_on',
      'posted_at',
      'cause_kind',
      'cause_id',
      'author_id',
      'memo',
      'programme_code',
      'reverses_id',
    ])
    .where('territory_id', '=', tx.territoryId);
}

async function toEntry(tx: TerritoryTransaction, row: EntryRow): Promise<Entry> {
  return {
    id: row.id,
    key: row.key,
    occurredOn: row.occurred_on,
    postedAt: row.posted_at,
    cause: { kind: row.cause_kind, id: row.cause_id },
    author: row.author_id,
    memo: row.memo,
    ...(row.programme_code === null ? {} : { programme: row.programme_code }),
    reversesId: row.reverses_id,
    transfers: await transfersOf(tx, row.id),
  };
}

async function transfersOf(tx: TerritoryTransaction, entryId: EntryId): Promise<TransferDraft[]> {
  const rows = await tx
    .selectFrom('ledger_transfers as t')
    .innerJoin('ledger_accounts as d', (join) =>
      join.onRef('d.territory_id', '=', 't.territory_id').onRef('d.id', '=', 't.debit_account_id'),
    )
    .innerJoin('ledger_accounts as c', (join) =>
      join.onRef('c.territory_id', '=', 't.territory_id').onRef('c.id', '=', 't.credit_account_id'),
    )
    .select([
      'd.code as debit',
      'd.organisation_id as debitOwner',
      'c.code as credit',
      'c.organisation_id as creditOwner',
      'd.unit',
      't.amount',
    ])
    .where('t.territory_id', '=', tx.territoryId)
    .where('t.entry_id', '=', entryId)
    .orderBy('t.position')
    .execute();
  return rows.map((row) => ({
    debit: account(row.debit, row.debitOwner),
    credit: account(row.credit, row.creditOwner),
    unit: row.unit,
    amount: row.amount,
  }));
}

function account(code: string, organisationId: OrganisationId | null): AccountRef {
  return { code, organisationId };
}
