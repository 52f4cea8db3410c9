/** Reads of what an entry in kind was said to be worth. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { EntryId } from '../ledger/entry.ts';
import type { PastValuation } from './valuation.ts';

/** Every valuation of an entry, the one that counts first. */
export async function valuationsOf(tx: TerritoryTransaction, entryId: EntryId): Promise<PastValuation[]> {
  const rows = await tx
    .selectFrom('valuations as v')
    .leftJoin('people as p', (join) =>
      join.onRef('p.territory_id', '=', 'v.territory_id').onRef('p.id', '=', 'v.recorded_by'),
    )
    .selectAll('v')
    .select('p.name as by')
    .where('v.territory_id', '=', tx.territoryId)
    .where('v.entry_id', '=', entryId)
    .orderBy('v.valued_on', 'desc')
    .orderBy('v.id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    by: row.by,
    recordedAt: row.recorded_at,
    method: row.method,
    valuedOn: row.valued_on,
    valueCents: row.value_cents,
    marketCents: row.market_cents,
    paidCents: row.paid_cents,
    publicSharePerMillion: BigInt(row.public_share_per_million),
    receiver: row.receiver,
    evidence: row.evidence,
  }));
}
