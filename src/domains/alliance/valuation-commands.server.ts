/** The only place that writes what entries in kind are worth. */
import { newId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { EntryId } from '../ledger/entry.ts';
import { findEntry } from '../ledger/queries.server.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { mayDecideAid } from './aid-policy.ts';
import { isReadable, type Valuation, type ValuationId } from './valuation.ts';

export type ValuationRefusal = 'not-allowed' | 'not-found' | 'in-cash' | 'day-not-in-table' | 'paid-above-market';

/** Values an entry in kind; valued again, the newest counts and the others stay. */
export async function valueEntry(
  tx: TerritoryTransaction,
  principal: Principal,
  { entryId, ...valuation }: Valuation & { readonly entryId: EntryId },
  at: Moment,
): Promise<Result<ValuationId, ValuationRefusal>> {
  if (!mayDecideAid(principal)) return refused('not-allowed');
  const entry = await findEntry(tx, entryId);
  if (entry === undefined) return refused('not-found');
  if (entry.transfers.some(({ unit }) => unit === 'eur-cent')) return refused('in-cash');
  if (valuation.paidCents > valuation.marketCents) return refused('paid-above-market');
  if (!isReadable(valuation)) return refused('day-not-in-table');
  const id = newId<'valuation'>(at.now, at.fillRandom);
  await tx
    .insertInto('valuations')
    .values({
      territory_id: tx.territoryId,
      id,
      entry_id: entryId,
      valued_on: valuation.valuedOn,
      method: valuation.method,
      receiver: valuation.receiver,
      value_cents: valuation.valueCents,
      market_cents: valuation.marketCents,
      paid_cents: valuation.paidCents,
      public_share_per_million: Number(valuation.publicSharePerMillion),
      evidence: valuation.evidence,
      recorded_by: personOf(principal),
      recorded_at: at.now,
    })
    .execute();
  await appendEvent(tx, principal, { kind: 'entry-valued', subjectId: entryId, payload: { valuation: id } }, at);
  return done(id);
}
