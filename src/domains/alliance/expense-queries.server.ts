/** Reads of what was spent. */
import { sql, type RawBuilder } from 'kysely';
import type { Id } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { SpendingNature } from '../ledger/account.ts';
import type { ExpenseId } from './expense-commands.server.ts';

export interface ExpenseLine {
  readonly id: ExpenseId;
  readonly spentOn: Temporal.PlainDate;
  readonly nature: SpendingNature;
  readonly amountCents: bigint;
  readonly supplier: string;
  readonly programme: string | null;
  readonly fileId: Id<'file'> | null;
  readonly entryId: Id<'entry'>;
  readonly reversalEntryId: Id<'entry'> | null;
  readonly authorName: string | null;
}

export interface ExpenseFilter {
  readonly year?: number;
  readonly nature?: SpendingNature;
}

const MOST_LINES = 500;

/** The latest day first, at most 500; `cents` sums all that the filter finds, those taken back left out. */
export async function listExpenses(
  tx: TerritoryTransaction,
  filter: ExpenseFilter,
): Promise<{ readonly lines: readonly ExpenseLine[]; readonly count: number; readonly cents: bigint }> {
  const conditions = [sql`x.territory_id = ${tx.territoryId}`];
  if (filter.year !== undefined)
    conditions.push(
      sql`x.spent_on >= make_date(${filter.year}, 1, 1) and x.spent_on < make_date(${filter.year} + 1, 1, 1)`,
    );
  if (filter.nature !== undefined) conditions.push(sql`x.nature = ${filter.nature}`);
  const where = sql.join(conditions, sql` and `);
  const { rows } = await sql<ExpenseLine>`
    ${LINES} where ${where} order by x.spent_on desc, x.id desc limit ${MOST_LINES}`.execute(tx);
  const totals = await sql<{ count: number; cents: bigint }>`
    select count(*)::integer as count, coalesce(sum(x.amount_cents) filter (where x.reversal_entry_id is null), 0)::bigint as cents
    from expenses x where ${where}`.execute(tx);
  return { lines: rows, ...(totals.rows[0] ?? { count: 0, cents: 0n }) };
}

export async function findExpense(tx: TerritoryTransaction, id: ExpenseId): Promise<ExpenseLine | undefined> {
  const { rows } = await sql<ExpenseLine>`${LINES} where x.territory_id = ${tx.territoryId} and x.id = ${id}`.execute(
    tx,
  );
  return rows[0];
}

const LINES: RawBuilder<ExpenseLine> = sql`
  select x.id, x.spent_on as "spentOn", x.nature, x.amount_cents as "amountCents", x.supplier, x.programme_code as programme,
    x.file_id as "fileId", x.entry_id as "entryId", x.reversal_entry_id as "reversalEntryId", p.name as "authorName"
  from expenses x
  left join people p on p.territory_id = x.territory_id and p.id = x.created_by`;
