/**
 * Is every entry of the books what it was when it was sealed? The whole chain is walked and every hash made again.
 *
 * A `true` answer means: no sealed entry was changed, added, moved or taken away since the block that `head` names. Taking
 * away the last blocks whole cannot be seen from inside: compare `head` with a hash that was written down elsewhere
 * (`expected`; each closed year keeps one, and a report can print one).
 */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { blockHash, entryHash, GENESIS } from './chain.ts';
import type { EntryId } from './entry.ts';
import { countUnsealed, sealableEntries, sha256 } from './sealing.server.ts';

export type ChainFault =
  | { readonly kind: 'entry-changed'; readonly height: number; readonly entryId: string }
  | { readonly kind: 'block-changed'; readonly height: number }
  | { readonly kind: 'block-missing'; readonly height: number }
  | { readonly kind: 'entry-outside'; readonly entryId: string }
  | { readonly kind: 'sums-differ'; readonly accountId: string }
  | { readonly kind: 'expected-missing'; readonly hash: string };

export interface Verification {
  readonly faults: readonly ChainFault[];
  readonly blocks: number;
  readonly entries: number;
  /** Entries that wait to be sealed: they are not yet proven. */
  readonly waiting: number;
  readonly head: string;
}

const MOST_FAULTS = 20;

/** `tx` must be a repeatable read, so that one state is looked at. Memory: one block. */
export async function verifyChain(tx: TerritoryTransaction, expected: readonly string[] = []): Promise<Verification> {
  const faults: ChainFault[] = [];
  const unseen = new Set(expected);
  const blocks = await tx
    .selectFrom('ledger_blocks')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .orderBy('height')
    .execute();
  let previous = GENESIS;
  let entries = 0;
  for (const [place, block] of blocks.entries()) {
    if (block.height !== place + 1 || block.previous_hash !== previous)
      faults.push({ kind: 'block-missing', height: place + 1 });
    const hashes = await checkEntries(tx, block.height, faults);
    const content = {
      height: block.height,
      previousHash: block.previous_hash,
      sealedAt: block.sealed_at,
      entries: hashes,
    };
    const isWhole = hashes.length === block.entry_count && blockHash(tx.territoryId, content, sha256) === block.hash;
    if (!isWhole) faults.push({ kind: 'block-changed', height: block.height });
    unseen.delete(block.hash);
    previous = block.hash;
    entries += hashes.length;
    if (faults.length >= MOST_FAULTS) break;
  }
  faults.push(...(await entriesOutside(tx)), ...(await sumsThatDiffer(tx)));
  for (const hash of unseen) faults.push({ kind: 'expected-missing', hash });
  return {
    faults: faults.slice(0, MOST_FAULTS),
    blocks: blocks.length,
    entries,
    waiting: await countUnsealed(tx),
    head: previous,
  };
}

/** The hashes that the block holds, in their order; entries whose own content gives another one are faults. */
async function checkEntries(tx: TerritoryTransaction, height: number, faults: ChainFault[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('ledger_block_entries')
    .select(['entry_id', 'hash'])
    .where('territory_id', '=', tx.territoryId)
    .where('height', '=', height)
    .orderBy('position')
    .execute();
  const entries = await sealableEntries(
    tx,
    rows.map((row) => row.entry_id),
  );
  for (const [place, entry] of entries.entries()) {
    if (entryHash(tx.territoryId, entry, sha256) !== rows[place]?.hash)
      faults.push({ kind: 'entry-changed', height, entryId: entry.id });
  }
  return rows.map((row) => row.hash);
}

/** Entries that neither wait nor are sealed. */
async function entriesOutside(tx: TerritoryTransaction): Promise<ChainFault[]> {
  const rows = await tx
    .selectFrom('ledger_entries as e')
    .leftJoin('ledger_block_entries as b', (join) =>
      join.onRef('b.territory_id', '=', 'e.territory_id').onRef('b.entry_id', '=', 'e.id'),
    )
    .leftJoin('ledger_unsealed as u', (join) =>
      join.onRef('u.territory_id', '=', 'e.territory_id').onRef('u.entry_id', '=', 'e.id'),
    )
    .select('e.id')
    .where('e.territory_id', '=', tx.territoryId)
    .where('b.entry_id', 'is', null)
    .where('u.entry_id', 'is', null)
    .limit(MOST_FAULTS)
    .execute();
  return rows.map(({ id }: { id: EntryId }) => ({ kind: 'entry-outside', entryId: id }));
}

/** Accounts whose sums by day do not add up to their sealed transfers. */
async function sumsThatDiffer(tx: TerritoryTransaction): Promise<ChainFault[]> {
  const { rows } = await sql<{ accountId: string }>`
    with moves as (
      select t.debit_account_id, t.credit_account_id, t.amount from ledger_transfers t
      join ledger_block_entries b on b.territory_id = t.territory_id and b.entry_id = t.entry_id
      where t.territory_id = ${tx.territoryId}
    ), counted as (
      select account_id, sum(debits) as debits, sum(credits) as credits from (
        select debit_account_id as account_id, amount as debits, 0 as credits from moves
        union all select credit_account_id, 0, amount from moves) sides
      group by account_id
    ), kept as (
      select account_id, sum(debits) as debits, sum(credits) as credits from ledger_daily_sums
      where territory_id = ${tx.territoryId} group by account_id
    )
    select coalesce(c.account_id, k.account_id) as "accountId" from counted c full join kept k using (account_id)
    where c.debits is distinct from k.debits or c.credits is distinct from k.credits limit ${MOST_FAULTS}`.execute(tx);
  return rows.map(({ accountId }) => ({ kind: 'sums-differ', accountId }));
}
