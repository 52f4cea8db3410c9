/**
 * The job that carries a try from queued to its end, and the recovery of tries that a crash left behind.
 *
 * Must always hold: a try ends done, cancelled or failed, with a sentence, whatever happens to its thread; done twice,
 * the second time changes nothing; no transaction stays open while the solver works.
 */
import { ensureId } from '../../lib/ids.ts';
import type { JobData } from '../../platform/jobs/jobs.ts';
import { withInstance, withTerritory, type Database } from '../../platform/postgres/database.ts';
import type { RunId } from './round.ts';
import { embedPool, type Embed } from './embed-pool.server.ts';
import type { Pool } from './pool.ts';
import { endRun, keepPool, noteProgress, takeUpRun, type RunEnd } from './run-commands.server.ts';
import { startSolving, type Solving, type SolverOptions, type SolvingEnd } from './solve.server.ts';

/** Name of the job, for `services.startJob` and for the queue. */
export const SOLVE_JOB = 'solve-round';

export function solveJobData(territoryId: string, runId: RunId): JobData {
  return { territory: territoryId, run: runId };
}

export interface RunJobOptions {
  readonly database: Database;
  readonly solver: SolverOptions;
  /** The embedding service of the instance, when there is one. */
  readonly embed?: Embed | undefined;
  readonly now: () => Temporal.Instant;
  /** Told what made a try fail; the try itself says a sentence. */
  readonly onFailure: (failure: unknown) => void;
}

/** The handler of `SOLVE_JOB`. */
export function createRunJob(options: RunJobOptions): (data: JobData) => Promise<void> {
  return (data) => {
    const territoryId = ensureId<'territory'>(data['territory'] ?? '');
    const runId = ensureId<'run'>(data['run'] ?? '');
    return solveRun(options, territoryId, runId);
  };
}

/** How often progress is written and a cancellation looked for. */
const BEAT_MS = 400;

async function solveRun(
  { database, solver, embed, now, onFailure }: RunJobOptions,
  territoryId: ReturnType<typeof ensureId<'territory'>>,
  runId: RunId,
): Promise<void> {
  const taken = await withTerritory(database, territoryId, (tx) => takeUpRun(tx, runId, now()));
  if (taken === undefined) return;
  const pool = embed === undefined ? taken : await embedded(database, territoryId, runId, taken, embed);
  if (pool === undefined) {
    await withTerritory(database, territoryId, (tx) => endRun(tx, runId, { kind: 'cancelled' }, now()));
    return;
  }
  const solving = startSolving(pool, solver);
  const end = await watch(solving, () =>
    withTerritory(database, territoryId, (tx) => noteProgress(tx, runId, solving.progress())),
  );
  if (end.kind === 'failed') onFailure(end.error);
  await withTerritory(database, territoryId, async (tx) => {
    const isWritten = await endRun(tx, runId, endOf(end), now());
    // Cancelled while its plan was being written: the person's word counts.
    if (!isWritten) await endRun(tx, runId, { kind: 'cancelled' }, now());
  });
}

/** The pool with the vectors of its texts, kept with the try; undefined when the try was cancelled meanwhile. */
async function embedded(
  database: Database,
  territoryId: ReturnType<typeof ensureId<'territory'>>,
  runId: RunId,
  taken: Pool,
  embed: Embed,
): Promise<Pool | undefined> {
  const note = () =>
    withTerritory(database, territoryId, (tx) => noteProgress(tx, runId, { percent: 0, step: 'pairs' }));
  const pool = await embedPool(taken, embed, async () => (await note()) === 'go-on');
  if (pool !== undefined && pool !== taken)
    await withTerritory(database, territoryId, (tx) => keepPool(tx, runId, pool));
  return pool;
}

/** Beats until the thread ends. A beat that fails (a database that restarts) is tried again at the next. */
async function watch(solving: Solving, beat: () => Promise<'go-on' | 'cancel' | 'over'>): Promise<SolvingEnd> {
  let ended: SolvingEnd | undefined;
  void solving.end.then((end) => (ended = end));
  while (ended === undefined) {
    await Promise.race([solving.end, new Promise((resolve) => setTimeout(resolve, BEAT_MS))]);
    if (ended !== undefined) break;
    const word = await beat().catch(() => 'go-on' as const);
    if (word !== 'go-on') solving.cancel();
  }
  return ended;
}

function endOf(end: SolvingEnd): RunEnd {
  if (end.kind === 'made') return { kind: 'done', plan: end.plan };
  return end.kind === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', failure: end.failure };
}

/**
 * Starts again every try that was under way when the last process died: called once at start, before or after the
 * queue opens. A try that another living process works on is merely solved twice and written once.
 */
export async function recoverRuns(
  database: Database,
  startJob: (name: string, data: JobData) => Promise<void>,
): Promise<number> {
  const territories = await withInstance(database, (tx) => tx.selectFrom('territories').select('id').execute(), {
    readOnly: true,
  });
  let count = 0;
  for (const { id } of territories) {
    const runs = await withTerritory(
      database,
      id,
      (tx) =>
        tx
          .selectFrom('round_runs')
          .select('id')
          .where('territory_id', '=', tx.territoryId)
          .where('state', 'in', ['queued', 'running'])
          .execute(),
      { readOnly: true },
    );
    for (const run of runs) await startJob(SOLVE_JOB, solveJobData(id, run.id));
    count += runs.length;
  }
  return count;
}
