/**
 * Sealing: entries that were posted go into the chain, a block at a time, and into the sums by day.
 *
 * Must always hold: an entry is sealed once, in the block that holds its hash; the sums by day are those of the sealed
 * entries, written in the same transaction. Writers never wait for it: they only add to `ledger_unsealed`. Two that seal
 * at once wait for each other.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { present } from '../../lib/assert.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { blockHash, entryHash, GENESIS, type SealableEntry, type SealableTransfer } from './chain.ts';
import type { EntryId } from './entry.ts';

/** Entries of one block at most: what a transaction holds in memory. */
export const BLOCK_SIZE = 2000;

export interface SealedBlock {
  readonly height: number;
  readonly hash: string;
  readonly entries: number;
}

/** Seals what waits, one block at most. Undefined when nothing waits. */
export async function sealBlock(tx: TerritoryTransaction, now: Temporal.Instant): Promise<SealedBlock | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`ledger chain of ${tx.territoryId}`}, 0))`.execute(tx);
  const taken = await sql<{ id: EntryId }>`
    delete from ledger_unsealed where territory_id = ${tx.territoryId} and entry_id in (
      select entry_id from ledger_unsealed where territory_id = ${tx.territoryId} order by entry_id limit ${BLOCK_SIZE})
    returning entry_id as id`.execute(tx);
  if (taken.rows.length === 0) return undefined;
  const ids = taken.rows.map(({ id }) => id).toSorted();
  const head = await headOf(tx);
  const hashes = (await sealableEntries(tx, ids)).map((entry) => entryHash(tx.territoryId, entry, sha256));
  const height = (head?.height ?? 0) + 1;
  const previousHash = head?.hash ?? GENESIS;
  const sealedAt = now.round({ smallestUnit: 'microsecond', roundingMode: 'floor' });
  const hash = blockHash(tx.territoryId, { height, previousHash, sealedAt, entries: hashes }, sha256);
  await tx
    .insertInto('ledger_blocks')
    .values({
      territory_id: tx.territoryId,
      height,
      previous_hash: previousHash,
      hash,
      entry_count: ids.length,
      sealed_at: sealedAt,
    })
    .execute();
  await sql`
    insert into ledger_block_entries (territory_id, entry_id, height, position, hash)
    select ${tx.territoryId}, line.id, ${height}, line.position, line.hash
    from unnest(${ids}::uuid[], ${hashes}::text[]) with ordinality as line (id, hash, position)`.execute(tx);
  await addToSums(tx, ids);
  return { height, hash, entries: ids.length };
}

/** The last block. */
export async function headOf(
  tx: TerritoryTransaction,
): Promise<{ readonly height: number; readonly hash: string; readonly sealedAt: Temporal.Instant } | undefined> {
  const row = await tx
    .selectFrom('ledger_blocks')
    .select(['height', 'hash', 'sealed_at'])
    .where('territory_id', '=', tx.territoryId)
    .orderBy('height', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : { height: row.height, hash: row.hash, sealedAt: row.sealed_at };
}

export async function countUnsealed(tx: TerritoryTransaction): Promise<number> {
  const { count } = await tx
    .selectFrom('ledger_unsealed')
    .select((has) => has.fn.countAll<bigint>().as('count'))
    .where('territory_id', '=', tx.territoryId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Entries as the chain sees them, in the order of the ids. */
export async function sealableEntries(tx: TerritoryTransaction, ids: readonly EntryId[]): Promise<SealableEntry[]> {
  const { rows } = await sql<Omit<SealableEntry, 'transfers'>>`
    select id, key, occurred_on as "occurredOn", posted_at as "postedAt", cause_kind as "causeKind", cause_id as "causeId",
      author_id as "authorId", memo, programme_code as "programmeCode", reverses_id as "reversesId"
    from ledger_entries where territory_id = ${tx.territoryId} and id = any(${ids}::uuid[])`.execute(tx);
  const moved = await sql<SealableTransfer & { entryId: EntryId }>`
    select t.entry_id as "entryId", t.position, d.code as debit, d.id as "debitAccountId", c.code as credit, c.id as "creditAccountId", t.unit, t.amount
    from ledger_transfers t
    join ledger_accounts d on d.territory_id = t.territory_id and d.id = t.debit_account_id
    join ledger_accounts c on c.territory_id = t.territory_id and c.id = t.credit_account_id
    where t.territory_id = ${tx.territoryId} and t.entry_id = any(${ids}::uuid[])`.execute(tx);
  const transfers = Map.groupBy(moved.rows, ({ entryId }) => entryId);
  const entries = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => ({ ...present(entries.get(id), `the entry ${id}`), transfers: transfers.get(id) ?? [] }));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function addToSums(tx: TerritoryTransaction, ids: readonly EntryId[]): Promise<void> {
  await sql`
    with moves as (
      select t.debit_account_id, t.credit_account_id, t.occurred_on, coalesce(e.programme_code, '') as programme_code, t.amount
      from ledger_transfers t
      join ledger_entries e on e.territory_id = t.territory_id and e.id = t.entry_id
      where t.territory_id = ${tx.territoryId} and t.entry_id = any(${ids}::uuid[])
    ), sides as (
      select debit_account_id as account_id, occurred_on, programme_code, amount as debits, 0 as credits from moves
      union all
      select credit_account_id, occurred_on, programme_code, 0, amount from moves
    )
    insert into ledger_daily_sums as s (territory_id, account_id, day, programme_code, debits, credits)
    select ${tx.territoryId}, account_id, occurred_on, programme_code, sum(debits), sum(credits) from sides group by 2, 3, 4
    on conflict (territory_id, account_id, day, programme_code)
    do update set debits = s.debits + excluded.debits, credits = s.credits + excluded.credits`.execute(tx);
}
