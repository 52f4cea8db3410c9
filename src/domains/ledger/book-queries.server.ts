/** What the pages of the books show: entries by pages, the statement of an account, one entry whole. */
import { sql, type RawBuilder } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { LedgerUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { AccountId, CauseKind, EntryCause, EntryFilter, EntryId } from './entry.ts';
import { moves } from './moves.server.ts';
import { survivorOf } from '../territory/queries.server.ts';

export interface AccountName {
  readonly accountId: AccountId;
  readonly code: string;
  readonly organisationId: OrganisationId | null;
  readonly organisationName: string | null;
  readonly organisationSlug: string | null;
}

export interface TransferLine {
  readonly debit: AccountName;
  readonly credit: AccountName;
  readonly unit: LedgerUnit;
  readonly amount: bigint;
}

export interface EntryLine {
  readonly id: EntryId;
  readonly occurredOn: Temporal.PlainDate;
  readonly postedAt: Temporal.Instant;
  readonly cause: EntryCause;
  readonly authorName: string | null;
  readonly memo: string;
  readonly reversesId: EntryId | null;
  readonly reversedById: EntryId | null;
  readonly transfers: readonly TransferLine[];
}

/** A list goes on after (older than) or before (newer than) this entry. */
export interface EntryCursor {
  readonly day: Temporal.PlainDate;
  readonly id: string;
  readonly direction: 'after' | 'before';
}

export interface EntryList {
  readonly entries: readonly EntryLine[];
  /** Counted up to `COUNT_LIMIT`, beyond which nobody needs the figure. */
  readonly total: number;
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
}

export const COUNT_LIMIT = 10_000;

/** Entries, the newest day first. */
export async function listEntries(
  tx: TerritoryTransaction,
  filter: EntryFilter,
  cursor: EntryCursor | undefined,
  size: number,
): Promise<EntryList> {
  const backwards = cursor?.direction === 'before';
  const conditions = conditionsOf(tx, filter);
  const beyond =
    cursor === undefined
      ? sql`true`
      : sql`(e.occurred_on, e.id) ${backwards ? sql`>` : sql`<`} (${cursor.day}, ${cursor.id}::uuid)`;
  const order = backwards ? sql`asc` : sql`desc`;
  const page =
    await sql<EntryRow>`${ENTRIES} where ${conditions} and ${beyond} order by e.occurred_on ${order}, e.id ${order} limit ${size + 1}`.execute(
      tx,
    );
  const count = await sql<{ count: number }>`
    select count(*)::integer as count from (select from ledger_entries e where ${conditions} limit ${COUNT_LIMIT + 1}) found`.execute(
    tx,
  );
  const more = page.rows.length > size;
  const kept = page.rows.slice(0, size);
  if (backwards) kept.reverse();
  return {
    entries: await withTransfers(tx, kept),
    total: count.rows[0]?.count ?? 0,
    hasBefore: backwards ? more : cursor !== undefined,
    hasAfter: backwards ? true : more,
  };
}

/** Every entry that the filter finds, for an export: at most 100,000. */
export async function exportEntries(tx: TerritoryTransaction, filter: EntryFilter): Promise<EntryLine[]> {
  const { rows } =
    await sql<EntryRow>`${ENTRIES} where ${conditionsOf(tx, filter)} order by e.occurred_on desc, e.id desc limit 100000`.execute(
      tx,
    );
  return withTransfers(tx, rows);
}

export async function entryWhole(tx: TerritoryTransaction, id: EntryId): Promise<EntryLine | undefined> {
  const { rows } = await sql<EntryRow>`${ENTRIES} where e.territory_id = ${tx.territoryId} and e.id = ${id}`.execute(
    tx,
  );
  return (await withTransfers(tx, rows))[0];
}

/** Years in which something was booked, the latest first. */
export async function bookedYears(tx: TerritoryTransaction): Promise<number[]> {
  const { rows } = await sql<{ first: number | null; last: number | null }>`
    select extract(year from min(occurred_on))::integer as first, extract(year from max(occurred_on))::integer as last
    from ledger_entries where territory_id = ${tx.territoryId}`.execute(tx);
  const { first, last } = rows[0] ?? { first: null, last: null };
  return first === null || last === null ? [] : Array.from({ length: last - first + 1 }, (_, index) => last - index);
}

/** Its owner is whoever the organisation is today: what was booked stays readable after a merge. */
export async function accountById(
  tx: TerritoryTransaction,
  id: AccountId,
): Promise<(AccountName & { unit: LedgerUnit }) | undefined> {
  const { rows } = await sql<AccountName & { unit: LedgerUnit }>`
    select a.id as "accountId", a.code, a.unit, o.id as "organisationId", o.name as "organisationName", o.slug as "organisationSlug"
    from ledger_accounts a
    left join organisations o on o.territory_id = a.territory_id and o.id = ${survivorOf(sql`a.organisation_id`)}
    where a.territory_id = ${tx.territoryId} and a.id = ${id}`.execute(tx);
  return rows[0];
}

export interface StatementLine {
  readonly entryId: EntryId;
  readonly position: number;
  readonly occurredOn: Temporal.PlainDate;
  readonly memo: string;
  readonly cause: EntryCause;
  readonly counterpartName: string | null;
  readonly counterpartCode: string;
  /** Added to the balance (debit) or taken from it (credit). */
  readonly change: bigint;
  /** Debits minus credits once this line is counted. */
  readonly balance: bigint;
}

export interface StatementCursor {
  readonly day: Temporal.PlainDate;
  readonly entryId: string;
  readonly position: number;
}

/** What a statement is of: an account, and the days that count. */
export interface StatementQuestion {
  readonly accountId: AccountId;
  readonly from?: Temporal.PlainDate | undefined;
  readonly until?: Temporal.PlainDate | undefined;
}

/** The lines of an account, the newest first, each with the balance after it; `after` goes on to older ones. */
export async function statementOf(
  tx: TerritoryTransaction,
  question: StatementQuestion,
  after: StatementCursor | undefined,
  size: number,
): Promise<{ readonly lines: readonly StatementLine[]; readonly hasAfter: boolean }> {
  const { accountId } = question;
  const rows = await statementRows(tx, question, after, size + 1);
  const first = rows[0];
  if (first === undefined) return { lines: [], hasAfter: false };
  // The balance at the end of the newest day shown, less what came later on that day than the first line.
  const { rows: opening } = await sql<{ balance: bigint }>`
    select ((select coalesce(sum(m.debits - m.credits), 0) from ${moves(tx)} m where m.account_id = ${accountId} and m.day <= ${first.occurredOn})
      - (select coalesce(sum(case when t.debit_account_id = ${accountId} then t.amount else -t.amount end), 0)
        from ledger_transfers t where t.territory_id = ${tx.territoryId} and (t.debit_account_id = ${accountId} or t.credit_account_id = ${accountId})
          and t.occurred_on = ${first.occurredOn} and (t.entry_id, t.position) > (${first.entryId}::uuid, ${first.position})))::bigint as balance`.execute(
    tx,
  );
  return { lines: withBalances(rows.slice(0, size), opening[0]?.balance ?? 0n), hasAfter: rows.length > size };
}

/** Each side of the account is read from its own index, newest first, and the two are joined. */
async function statementRows(
  tx: TerritoryTransaction,
  { accountId, from, until }: StatementQuestion,
  after: StatementCursor | undefined,
  size: number,
): Promise<StatementRow[]> {
  const place = sql`(t.occurred_on, t.entry_id, t.position)`;
  const conditions = [
    ...(after === undefined ? [] : [sql`${place} < (${after.day}, ${after.entryId}::uuid, ${after.position})`]),
    ...(from === undefined ? [] : [sql`t.occurred_on >= ${from}`]),
    ...(until === undefined ? [] : [sql`t.occurred_on <= ${until}`]),
  ];
  const beyond = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
  const side = (own: RawBuilder<unknown>, other: RawBuilder<unknown>, change: RawBuilder<unknown>) => sql`
    (select t.entry_id, t.position, t.occurred_on, ${change} as change, ${other} as other
      from ledger_transfers t where t.territory_id = ${tx.territoryId} and ${own} = ${accountId} and ${beyond}
      order by t.occurred_on desc, t.entry_id desc, t.position desc limit ${size})`;
  const debit = sql`t.debit_account_id`;
  const credit = sql`t.credit_account_id`;
  const { rows } = await sql<StatementRow>`
    select page.entry_id as "entryId", page.position, page.occurred_on as "occurredOn", e.memo, e.cause_kind as "causeKind", e.cause_id as "causeId",
      page.change, a.code as "counterpartCode", o.name as "counterpartName"
    from (
      select * from (${side(debit, credit, sql`t.amount`)} union all ${side(credit, debit, sql`-t.amount`)}) both_sides
      order by occurred_on desc, entry_id desc, position desc limit ${size}
    ) page
    join ledger_entries e on e.territory_id = ${tx.territoryId} and e.id = page.entry_id
    join ledger_accounts a on a.territory_id = ${tx.territoryId} and a.id = page.other
    left join organisations o on o.territory_id = a.territory_id and o.id = a.organisation_id
    order by page.occurred_on desc, page.entry_id desc, page.position desc`.execute(tx);
  return rows;
}

type StatementRow = Omit<StatementLine, 'balance' | 'cause'> & {
  readonly causeKind: CauseKind;
  readonly causeId: string;
};

/** The newest line stands at the balance of everything up to it; each older one before the change of its follower. */
function withBalances(rows: readonly StatementRow[], newest: bigint): StatementLine[] {
  let balance = newest;
  return rows.map(({ causeKind, causeId, ...row }) => {
    const line = { ...row, cause: { kind: causeKind, id: causeId }, balance };
    balance -= row.change;
    return line;
  });
}

type EntryRow = Omit<EntryLine, 'cause' | 'transfers'> & {
  readonly causeKind: CauseKind;
  readonly causeId: string;
};

const ENTRIES = sql`
  select e.id, e.occurred_on as "occurredOn", e.posted_at as "postedAt", e.cause_kind as "causeKind", e.cause_id as "causeId",
    p.name as "authorName", e.memo, e.reverses_id as "reversesId", r.id as "reversedById"
  from ledger_entries e
  left join people p on p.territory_id = e.territory_id and p.id = e.author_id
  left join ledger_entries r on r.territory_id = e.territory_id and r.reverses_id = e.id`;

function conditionsOf(tx: TerritoryTransaction, filter: EntryFilter): RawBuilder<unknown> {
  const parts = [sql`e.territory_id = ${tx.territoryId}`];
  if (filter.year !== undefined)
    parts.push(
      sql`e.occurred_on >= make_date(${filter.year}, 1, 1) and e.occurred_on < make_date(${filter.year} + 1, 1, 1)`,
    );
  if (filter.cause !== undefined) parts.push(sql`e.cause_kind = ${filter.cause}`);
  if (filter.programme !== undefined) parts.push(sql`e.programme_code = ${filter.programme}`);
  if (filter.unit !== undefined) {
    parts.push(
      sql`exists (select from ledger_transfers t where t.territory_id = e.territory_id and t.entry_id = e.id and t.unit = ${filter.unit})`,
    );
  }
  if (filter.organisationId !== undefined) {
    parts.push(sql`exists (select from ledger_transfers t
      join ledger_accounts a on a.territory_id = t.territory_id and a.id in (t.debit_account_id, t.credit_account_id)
      where t.territory_id = e.territory_id and t.entry_id = e.id and a.organisation_id = ${filter.organisationId})`);
  }
  return sql.join(parts, sql` and `);
}

type TransferRow = {
  readonly entryId: EntryId;
  readonly unit: LedgerUnit;
  readonly amount: bigint;
} & Record<`d${string}` | `c${string}`, string | null>;

async function withTransfers(tx: TerritoryTransaction, rows: readonly EntryRow[]): Promise<EntryLine[]> {
  if (rows.length === 0) return [];
  const found = await sql<TransferRow>`
    select t.entry_id as "entryId", t.unit, t.amount,
      d.id as "dId", d.code as "dCode", od.id as "dOwner", od.name as "dName", od.slug as "dSlug",
      c.id as "cId", c.code as "cCode", oc.id as "cOwner", oc.name as "cName", oc.slug as "cSlug"
    from ledger_transfers t
    join ledger_accounts d on d.territory_id = t.territory_id and d.id = t.debit_account_id
    join ledger_accounts c on c.territory_id = t.territory_id and c.id = t.credit_account_id
    left join organisations od on od.territory_id = d.territory_id and od.id = ${survivorOf(sql`d.organisation_id`)}
    left join organisations oc on oc.territory_id = c.territory_id and oc.id = ${survivorOf(sql`c.organisation_id`)}
    where t.territory_id = ${tx.territoryId} and t.entry_id = any(${rows.map((row) => row.id)}::uuid[])
    order by t.entry_id, t.position`.execute(tx);
  const byEntry = Map.groupBy(found.rows, (row) => row.entryId);
  return rows.map(({ causeKind, causeId, ...row }) => ({
    ...row,
    cause: { kind: causeKind, id: causeId },
    transfers: (byEntry.get(row.id) ?? []).map((transfer) => ({
      debit: accountName(transfer, 'd'),
      credit: accountName(transfer, 'c'),
      unit: transfer.unit,
      amount: transfer.amount,
    })),
  }));
}

function accountName(row: TransferRow, side: 'd' | 'c'): AccountName {
  return {
    accountId: row[`${side}Id`] as AccountId,
    code: row[`${side}Code`] ?? '',
    organisationId: row[`${side}Owner`] as OrganisationId | null,
    organisationName: row[`${side}Name`] ?? null,
    organisationSlug: row[`${side}Slug`] ?? null,
  };
}
