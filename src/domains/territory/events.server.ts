/** Facts after commit: what happened, to what, by whom. Written in the transaction that made them true. */
import { newId, type FillRandom } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { personOf, type Principal } from './principal.ts';

/** When an act happens and where its randomness comes from: arguments of every command. */
export interface Moment {
  readonly now: Temporal.Instant;
  readonly fillRandom: FillRandom;
}

export interface Fact {
  /** Past tense, kebab-case: `need-stated`. */
  readonly kind: string;
  readonly subjectId: string;
  readonly payload?: Readonly<Record<string, string | number | boolean | null>>;
}

export async function appendEvent(
  tx: TerritoryTransaction,
  principal: Principal,
  fact: Fact,
  at: Moment,
): Promise<void> {
  await appendEvents(tx, principal, [fact], at);
}

const BATCH = 1000;

/** Many at once, in their order. */
export async function appendEvents(
  tx: TerritoryTransaction,
  principal: Principal,
  facts: readonly Fact[],
  at: Moment,
): Promise<void> {
  for (let start = 0; start < facts.length; start += BATCH)
    await tx
      .insertInto('events')
      .values(
        facts.slice(start, start + BATCH).map((fact) => ({
          territory_id: tx.territoryId,
          id: newId<'event'>(at.now, at.fillRandom),
          kind: fact.kind,
          subject_id: fact.subjectId,
          person_id: personOf(principal),
          occurred_at: at.now,
          payload: JSON.stringify(fact.payload ?? {}),
        })),
      )
      .execute();
}

export interface HistoryLine {
  readonly id: string;
  readonly kind: string;
  readonly at: Temporal.Instant;
  readonly personName: string | null;
  readonly payload: Readonly<Record<string, string | number | boolean | null>>;
}

/** What happened to one thing, newest first. */
export async function historyOf(tx: TerritoryTransaction, subjectId: string, limit = 50): Promise<HistoryLine[]> {
  const rows = await tx
    .selectFrom('events')
    .leftJoin('people', (join) =>
      join.onRef('people.territory_id', '=', 'events.territory_id').onRef('people.id', '=', 'events.person_id'),
    )
    .select(['events.id', 'events.kind', 'events.occurred_at', 'events.payload', 'people.name'])
    .where('events.territory_id', '=', tx.territoryId)
    .where('events.subject_id', '=', subjectId)
    .orderBy('events.occurred_at', 'desc')
    .orderBy('events.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    at: row.occurred_at,
    personName: row.name,
    payload: row.payload as HistoryLine['payload'],
  }));
}
