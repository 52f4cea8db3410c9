/** The only place that writes rounds; publication has its own file. */
import { sql } from 'kysely';
import { newId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { runsRounds } from './policy.ts';
import { mayFollow, takesTries, type RoundId } from './round.ts';
import { lockRound } from './round-queries.server.ts';
import type { LimitsInput, RoundInput } from './schema.ts';

export type CreateRefusal = 'not-allowed';

/** Opens a round over a period whose last day is included in the form and excluded in the row. */
export async function createRound(
  tx: TerritoryTransaction,
  principal: Principal,
  input: RoundInput,
  at: Moment,
): Promise<Result<{ id: RoundId; number: number }, CreateRefusal>> {
  if (!runsRounds(principal)) return refused('not-allowed');
  const id = newId<'round'>(at.now, at.fillRandom);
  const number = await nextRoundNumber(tx);
  await tx
    .insertInto('rounds')
    .values({
      territory_id: tx.territoryId,
      id,
      number,
      title: input.title,
      starts_on: input.startsOn,
      ends_on: input.lastDay.add({ days: 1 }),
      created_by: personOf(principal),
      created_at: at.now,
    })
    .execute();
  await appendEvent(
    tx,
    principal,
    { kind: 'round-opened', subjectId: id, payload: { number, title: input.title } },
    at,
  );
  return done({ id, number });
}

export type LimitRefusal = 'not-allowed' | 'not-found' | 'not-open';

/** Limits how many offers may serve one need, or lifts the limit; the next try takes it into account. */
export async function limitRound(
  tx: TerritoryTransaction,
  principal: Principal,
  roundId: RoundId,
  { mostPartners }: LimitsInput,
  at: Moment,
): Promise<Result<void, LimitRefusal>> {
  if (!runsRounds(principal)) return refused('not-allowed');
  const round = await lockRound(tx, roundId);
  if (round === undefined) return refused('not-found');
  if (!takesTries(round.state)) return refused('not-open');
  if (round.mostPartners === mostPartners) return done(undefined);
  await tx
    .updateTable('rounds')
    .set({ most_partners: mostPartners, version: sql<number>`version + 1` })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', roundId)
    .execute();
  await appendEvent(
    tx,
    principal,
    { kind: 'round-limited', subjectId: roundId, payload: { mostPartners: mostPartners ?? 0 } },
    at,
  );
  return done(undefined);
}

export type CloseRefusal = 'not-allowed' | 'not-found' | 'not-published';

/** Ends a published round: what nobody answered goes back to the pool. */
export async function closeRound(
  tx: TerritoryTransaction,
  principal: Principal,
  roundId: RoundId,
  at: Moment,
): Promise<Result<{ withdrawn: number }, CloseRefusal>> {
  if (!runsRounds(principal)) return refused('not-allowed');
  const round = await lockRound(tx, roundId);
  if (round === undefined) return refused('not-found');
  if (!mayFollow(round.state, 'closed')) return refused('not-published');
  const withdrawn = await tx
    .updateTable('matches')
    .set({ state: 'withdrawn', updated_at: at.now, version: sql<number>`version + 1` })
    .where('territory_id', '=', tx.territoryId)
    .where('round_id', '=', roundId)
    .where('state', '=', 'proposed')
    .returning('id')
    .execute();
  await tx
    .updateTable('rounds')
    .set({ state: 'closed', version: sql<number>`version + 1` })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', roundId)
    .execute();
  for (const { id } of withdrawn)
    await appendEvent(
      tx,
      principal,
      { kind: 'match-withdrawn', subjectId: id, payload: { reason: '', cause: 'round-closed' } },
      at,
    );
  await appendEvent(
    tx,
    principal,
    { kind: 'round-closed', subjectId: roundId, payload: { number: round.number, withdrawn: withdrawn.length } },
    at,
  );
  return done({ withdrawn: withdrawn.length });
}

/** Two rounds opened at the same time wait for each other here instead of failing on the same number. */
async function nextRoundNumber(tx: TerritoryTransaction): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`rounds ${tx.territoryId}`}, 0))`.execute(tx);
  const last = await tx
    .selectFrom('rounds')
    .select((has) => has.fn.max('number').as('number'))
    .where('territory_id', '=', tx.territoryId)
    .executeTakeFirst();
  return (last?.number ?? 0) + 1;
}
