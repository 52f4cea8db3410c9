/**
 * What accounts moved, by day and programme: the sums of sealed entries, and the transfers of those that still wait.
 * In one statement both are of one moment, so that a balance is exact however far sealing has come.
 */
import { sql, type RawBuilder } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';

/** `from ${moves(tx)} m`: account_id, day, programme_code (empty when none), debits, credits. */
export function moves(tx: TerritoryTransaction): RawBuilder<unknown> {
  const waiting = sql`
    ledger_unsealed u
    join ledger_transfers t on t.territory_id = u.territory_id and t.entry_id = u.entry_id
    join ledger_entries e on e.territory_id = u.territory_id and e.id = u.entry_id
    where u.territory_id = ${tx.territoryId}`;
  return sql`(
    select account_id, day, programme_code, debits, credits from ledger_daily_sums where territory_id = ${tx.territoryId}
    union all
    select t.debit_account_id, t.occurred_on, coalesce(e.programme_code, ''), t.amount, 0 from ${waiting}
    union all
    select t.credit_account_id, t.occurred_on, coalesce(e.programme_code, ''), 0, t.amount from ${waiting}
  )`;
}
