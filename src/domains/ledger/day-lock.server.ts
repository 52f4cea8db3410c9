/**
 * Posting and closing a year exclude each other: many post side by side, and closing waits for all of them.
 * Held until the end of the transaction. A statement that comes after the lock sees what the other side committed.
 */
import { sql, type RawBuilder } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';

/** For those who post: an expression that takes the lock. */
export function shareDays(tx: TerritoryTransaction): RawBuilder<unknown> {
  return sql`pg_advisory_xact_lock_shared(${nameOf(tx)})`;
}

/** For whoever closes a year. */
export async function holdDays(tx: TerritoryTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(${nameOf(tx)})`.execute(tx);
}

function nameOf(tx: TerritoryTransaction): RawBuilder<unknown> {
  return sql`hashtextextended(${`ledger days of ${tx.territoryId}`}, 0)`;
}
