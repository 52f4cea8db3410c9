/**
 * The only place that writes tries. A person starts and cancels them; a job takes them up and ends them.
 *
 * Must always hold: a round has at most one try under way; every write of a job is guarded by the state, so that a
 * try which a crash started twice is written once; a try whose cancellation was asked for never ends done.
 */
import { newId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import type { Plan } from './plan.ts';
import { runsRounds } from './policy.ts';
import { readPool, type Pool } from './pool.ts';
import { gatherPool } from './pool.server.ts';
import { isUnderWay, takesTries, type RoundId, type RunFailure, type RunId, type RunStep } from './round.ts';
import { lockRound, runById } from './round-queries.server.ts';

export type StartRefusal = 'not-allowed' | 'not-found' | 'not-open' | 'under-way' | 'no-needs' | 'no-offers';

/** Takes the pool as it is now and queues a try on it; the caller starts the job once this is committed. */
export async function startRun(
  tx: TerritoryTransaction,
  principal: Principal,
  roundId: RoundId,
  at: Moment & { readonly today: Temporal.PlainDate },
): Promise<Result<{ runId: RunId; number: number }, StartRefusal>> {
  if (!runsRounds(principal)) return refused('not-allowed');
  const round = await lockRound(tx, roundId);
  if (round === undefined) return refused('not-found');
  if (!takesTries(round.state)) return refused('not-open');
  const earlier = await tx
    .selectFrom('round_runs')
    .select(['number', 'state'])
    .where('territory_id', '=', tx.territoryId)
    .where('round_id', '=', roundId)
    .execute();
  if (earlier.some(({ state }) => isUnderWay(state))) return refused('under-way');
  const { startsOn, endsOn, mostPartners } = round;
  const pool = await gatherPool(tx, { roundId, startsOn, endsOn, today: at.today, mostPartners });
  if (pool.needs.length === 0) return refused('no-needs');
  if (pool.offers.length === 0) return refused('no-offers');
  const runId = newId<'run'>(at.now, at.fillRandom);
  const number = 1 + Math.max(0, ...earlier.map((run) => run.number));
  await tx
    .insertInto('round_runs')
    .values({
      territory_id: tx.territoryId,
      id: runId,
      round_id: roundId,
      number,
      problem: JSON.stringify(pool),
      requested_by: personOf(principal),
      created_at: at.now,
    })
    .execute();
  await appendEvent(
    tx,
    principal,
    {
      kind: 'run-started',
      subjectId: roundId,
      payload: { run: runId, number, needs: pool.needs.length, offers: pool.offers.length },
    },
    at,
  );
  return done({ runId, number });
}

export type CancelRefusal = 'not-allowed' | 'not-found' | 'already-over';

/** A try that waits is over at once; one that runs is told, and ends within a second or two. */
export async function cancelRun(
  tx: TerritoryTransaction,
  principal: Principal,
  ids: { roundId: RoundId; runId: RunId },
  at: Moment,
): Promise<Result<RunId, CancelRefusal>> {
  if (!runsRounds(principal)) return refused('not-allowed');
  const run = await runById(tx, ids.roundId, ids.runId);
  if (run === undefined) return refused('not-found');
  const asked = await tx
    .updateTable('round_runs')
    .set((has) => ({
      cancel_requested: true,
      state: has
        .case()
        .when('state', '=', 'queued')
        .then('cancelled' as const)
        .else(has.ref('state'))
        .end(),
      finished_at: has.case().when('state', '=', 'queued').then(at.now).else(has.ref('finished_at')).end(),
    }))
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', ids.runId)
    .where('state', 'in', ['queued', 'running'])
    .returning('id')
    .executeTakeFirst();
  if (asked === undefined) return refused('already-over');
  await appendEvent(
    tx,
    principal,
    { kind: 'run-cancelled', subjectId: ids.roundId, payload: { run: ids.runId, number: run.number } },
    at,
  );
  return done(ids.runId);
}

/** Takes up a try, also one that an earlier process left running; undefined when it is over, or just became so. */
export async function takeUpRun(
  tx: TerritoryTransaction,
  runId: RunId,
  now: Temporal.Instant,
): Promise<Pool | undefined> {
  const row = await tx
    .selectFrom('round_runs')
    .select(['state', 'cancel_requested', 'problem'])
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', runId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined || !isUnderWay(row.state)) return undefined;
  const pool = readPool(row.problem);
  if (row.cancel_requested || pool === undefined) {
    await endRun(
      tx,
      runId,
      row.cancel_requested ? { kind: 'cancelled' } : { kind: 'failed', failure: 'unexpected' },
      now,
    );
    return undefined;
  }
  await tx
    .updateTable('round_runs')
    .set({ state: 'running', started_at: now, progress_percent: 0, progress_step: 'pairs' satisfies RunStep })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', runId)
    .execute();
  return pool;
}

/** Keeps with the try what the embedding service gave: whoever takes it up again, or checks it, has the same figures. */
export async function keepPool(tx: TerritoryTransaction, runId: RunId, pool: Pool): Promise<void> {
  await tx
    .updateTable('round_runs')
    .set({ problem: JSON.stringify(pool) })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', runId)
    .where('state', '=', 'running')
    .execute();
}

/** Notes how far a try is; answers whether it should go on. */
export async function noteProgress(
  tx: TerritoryTransaction,
  runId: RunId,
  progress: { percent: number; step: RunStep },
): Promise<'go-on' | 'cancel' | 'over'> {
  const row = await tx
    .updateTable('round_runs')
    .set({ progress_percent: progress.percent, progress_step: progress.step })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', runId)
    .where('state', '=', 'running')
    .returning('cancel_requested')
    .executeTakeFirst();
  if (row === undefined) return 'over';
  return row.cancel_requested ? 'cancel' : 'go-on';
}

export type RunEnd =
  | { readonly kind: 'done'; readonly plan: Plan }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: RunFailure };

/** Writes the end of a try, once: a try that is over already stays as it is. */
export async function endRun(
  tx: TerritoryTransaction,
  runId: RunId,
  end: RunEnd,
  now: Temporal.Instant,
): Promise<boolean> {
  const columns = {
    done: () => ({
      state: 'done' as const,
      plan: JSON.stringify(end.kind === 'done' ? end.plan : null),
      progress_percent: 100,
      progress_step: 'explanation',
    }),
    cancelled: () => ({ state: 'cancelled' as const }),
    failed: () => ({ state: 'failed' as const, failure: end.kind === 'failed' ? end.failure : null }),
  };
  let query = tx
    .updateTable('round_runs')
    .set({ ...columns[end.kind](), finished_at: now })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', runId)
    .where('state', 'in', ['queued', 'running']);
  if (end.kind === 'done') query = query.where('cancel_requested', '=', false);
  return (await query.returning('id').executeTakeFirst()) !== undefined;
}
