/**
 * The job that carries an import through its steps, and the recovery of those that a crash left behind.
 *
 * Must always hold: a step ends in a state that a person can act on, with a sentence, whatever happens; a step that is
 * done twice does the same; what is written to the directory is written whole or not at all.
 */
import { sql } from 'kysely';
import { ensureId, type FillRandom, type PersonId, type TerritoryId } from '../../lib/ids.ts';
import type { JobData } from '../../platform/jobs/jobs.ts';
import {
  withInstance,
  withTerritory,
  type Database,
  type TerritoryTransaction,
} from '../../platform/postgres/database.ts';
import type { Principal } from '../territory/principal.ts';
import { principalOf } from '../territory/principal.server.ts';
import { applyEntries, CANCELLED } from './apply.server.ts';
import { countLinks } from './apply-links.server.ts';
import { countEntries, countProblems, importById, tablesOf } from './import-queries.server.ts';
import { forgetOldImports } from './forgetting.server.ts';
import { isUnderWay, type Import, type ImportCounts, type ImportId, type ImportState } from './import.ts';
import { lookAtFiles } from './look.server.ts';
import { mayImport } from './policy.ts';
import { resolveEntries } from './resolve.server.ts';
import { stageRows } from './stage.server.ts';
import { beatOf } from './steps.server.ts';
import { DependedOn, undoEntries } from './undo.server.ts';

/** Name of the job, for `services.startJob` and for the queue. */
export const IMPORT_JOB = 'import';

export function importJobData(territoryId: string, importId: ImportId): JobData {
  return { territory: territoryId, import: importId };
}

export interface ImportJobOptions {
  readonly database: Database;
  readonly now: () => Temporal.Instant;
  readonly fillRandom: FillRandom;
  readonly onFailure: (failure: unknown) => void;
}

/** The handler of `IMPORT_JOB`. */
export function createImportJob(options: ImportJobOptions): (data: JobData) => Promise<void> {
  return (data) =>
    runStep(options, ensureId<'territory'>(data['territory'] ?? ''), ensureId<'import'>(data['import'] ?? ''));
}

/** Does the step in which the import stands; nothing when none is under way. */
export async function runStep(options: ImportJobOptions, territoryId: TerritoryId, importId: ImportId): Promise<void> {
  const found = await withTerritory(options.database, territoryId, (tx) => takeUp(tx, importId, options.now()));
  if (found === undefined) return;
  const step: Step = {
    ...options,
    territoryId,
    found,
    beat: beatOf(options.database, territoryId, importId, options.now),
  };
  try {
    await STEPS[found.state as keyof typeof STEPS](step);
  } catch (error) {
    options.onFailure(error);
    await leave(
      step,
      found.state === 'applying' ? 'previewed' : found.state === 'undoing' ? 'applied' : 'failed',
      'unexpected',
    );
  }
}

interface Step extends ImportJobOptions {
  readonly territoryId: TerritoryId;
  readonly found: Import;
  readonly beat: ReturnType<typeof beatOf>;
}

const STEPS = { reading: look, staging: preview, applying: apply, undoing: undo };

/** Thrown when whoever asked for the step has lost the right since. */
const NOT_ALLOWED = Symbol('not allowed');

async function look(step: Step): Promise<void> {
  const { database, territoryId, found, beat } = step;
  const end = await lookAtFiles(database, territoryId, found.id, beat);
  if (end === 'cancelled') return leave(step, 'abandoned');
  if (end !== 'done') return leave(step, 'failed', `${end.refused} ${end.file}`);
  await withTerritory(database, territoryId, (tx) => forgetOldImports(tx, step.now()));
  await leave(step, 'mapping');
}

async function preview(step: Step): Promise<void> {
  if ((await makePreview(step, true)) === 'cancelled') return leave(step, 'mapping');
  await leave(step, 'previewed');
}

/** Rows are read again only when their columns may be understood otherwise. */
async function makePreview(step: Step, readsRows: boolean): Promise<'done' | 'cancelled'> {
  const { database, territoryId, found, beat } = step;
  const { tables, zone } = await withTerritory(database, territoryId, async (tx) => ({
    tables: await tablesOf(tx, found.id),
    zone: await zoneOf(tx),
  }));
  const at = { now: step.now(), fillRandom: step.fillRandom };
  const common = { database, territoryId, importId: found.id, tables, at, beat };
  if (readsRows && (await stageRows({ ...common, zone })) === 'cancelled') return 'cancelled';
  if ((await resolveEntries({ ...common, source: found.source })) === 'cancelled') return 'cancelled';
  await withTerritory(database, territoryId, (tx) => noteCounts(tx, found.id, step.now()));
  return 'done';
}

async function apply(step: Step): Promise<void> {
  const { database, territoryId, found, beat, now, fillRandom } = step;
  const isOld = await withTerritory(database, territoryId, (tx) => hasMoved(tx, found.id));
  if (isOld && (await makePreview(step, false)) === 'cancelled') return leave(step, 'previewed');
  try {
    await withTerritory(database, territoryId, async (tx) => {
      const principal = await askerOf(tx, found.id);
      if (!mayImport(principal)) throw NOT_ALLOWED;
      const tables = await tablesOf(tx, found.id);
      const at = { now: now(), fillRandom };
      const end = await applyEntries({ tx, principal, importId: found.id, tables, at, beat });
      if (end === 'written') await close(tx, found.id, { state: 'applied', applied_at: at.now });
    });
  } catch (error) {
    if (error !== CANCELLED && error !== NOT_ALLOWED) throw error;
    await leave(step, 'previewed', error === NOT_ALLOWED ? 'not-allowed' : null);
  }
}

async function undo(step: Step): Promise<void> {
  const { database, territoryId, found, now, fillRandom } = step;
  try {
    await withTerritory(database, territoryId, async (tx) => {
      const principal = await askerOf(tx, found.id);
      if (!mayImport(principal)) throw NOT_ALLOWED;
      const at = { now: now(), fillRandom };
      await undoEntries(tx, principal, found.id, at);
      await close(tx, found.id, { state: 'undone', undone_at: at.now });
    });
  } catch (error) {
    if (error === NOT_ALLOWED) return leave(step, 'applied', 'not-allowed');
    if (!(error instanceof DependedOn)) throw error;
    await leave(step, 'applied', `depended-on ${error.names.join(', ')}`);
  }
}

/** Takes up a step, also one that an earlier process left; undefined when none is to be done. */
async function takeUp(
  tx: TerritoryTransaction,
  importId: ImportId,
  now: Temporal.Instant,
): Promise<Import | undefined> {
  const found = await importById(tx, importId);
  if (found === undefined || !isUnderWay(found.state)) return undefined;
  await tx
    .updateTable('imports')
    .set({ step_done: 0, step_total: 0, step_started_at: now, failure: null })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', importId)
    .execute();
  return found;
}

function leave(step: Step, state: ImportState, failure: string | null = null): Promise<void> {
  return withTerritory(step.database, step.territoryId, (tx) =>
    close(tx, step.found.id, { state, failure: failure?.slice(0, 500) ?? null }),
  );
}

interface Closing {
  readonly state: ImportState;
  readonly failure?: string | null;
  readonly applied_at?: Temporal.Instant;
  readonly undone_at?: Temporal.Instant;
}

async function close(tx: TerritoryTransaction, importId: ImportId, closing: Closing): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ failure: null, ...closing, cancel_requested: false, step_done: 10_000, step_total: 10_000 })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', importId)
    .execute();
}

/** Figures of the preview, kept so that lists and pages need not count again. */
export async function noteCounts(tx: TerritoryTransaction, importId: ImportId, now: Temporal.Instant): Promise<void> {
  const entries = await countEntries(tx, importId);
  const links = await countLinks(tx, importId);
  const problems = await countProblems(tx, importId);
  const of = (subject: string, outcome: string) =>
    entries.find((row) => row.subject === subject && row.outcome === outcome)?.count ?? 0;
  const counts: ImportCounts = {
    create: of('organisation', 'create'),
    change: of('organisation', 'change'),
    same: of('organisation', 'same'),
    ask: of('organisation', 'ask'),
    refuse: problems.refusedRows,
    people: of('person', 'create'),
    peopleSame: of('person', 'same'),
    phases: links.phases,
    ties: links.ties,
    affiliations: links.affiliations,
    linksThere: links.there,
    linksUnknown: links.unknown,
    problems: problems.all,
    joined: entries.reduce((sum, row) => sum + (row.subject === 'organisation' ? row.rows : 0), 0),
  };
  await tx
    .updateTable('imports')
    .set({ counts: JSON.stringify(counts), previewed_at: now })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', importId)
    .execute();
}

/** Whether an organisation has changed since the preview was made. */
async function hasMoved(tx: TerritoryTransaction, importId: ImportId): Promise<boolean> {
  const row = await tx
    .selectFrom('imports as i')
    .select('i.id')
    .where('i.territory_id', '=', tx.territoryId)
    .where('i.id', '=', importId)
    .where((has) =>
      has.exists(
        has
          .selectFrom('organisations as o')
          .select('o.id')
          .whereRef('o.territory_id', '=', 'i.territory_id')
          .whereRef('o.updated_at', '>=', 'i.previewed_at'),
      ),
    )
    .executeTakeFirst();
  return row !== undefined;
}

/** Whoever asked for the step, or else brought the files, with the rights of this moment. */
async function askerOf(tx: TerritoryTransaction, importId: ImportId): Promise<Principal> {
  const row = await tx
    .selectFrom('imports as i')
    .leftJoin('people as p', (join) =>
      join
        .onRef('p.territory_id', '=', 'i.territory_id')
        .on('p.id', '=', sql<PersonId>`coalesce(i.asked_by, i.created_by)`),
    )
    .select(['i.created_by', 'p.email'])
    .where('i.territory_id', '=', tx.territoryId)
    .where('i.id', '=', importId)
    .executeTakeFirst();
  if (row?.created_by == null) return { kind: 'system', job: IMPORT_JOB };
  return principalOf(tx, row.email ?? '');
}

async function zoneOf(tx: TerritoryTransaction): Promise<string> {
  const row = await tx.selectFrom('territories').select('zone').where('id', '=', tx.territoryId).executeTakeFirst();
  return row?.zone ?? 'Europe/Paris';
}

/** Starts again every step that was under way when the last process died, and forgets what is old: called once at start. */
export async function recoverImports(
  database: Database,
  startJob: (name: string, data: JobData) => Promise<void>,
  now: Temporal.Instant,
): Promise<number> {
  const territories = await withInstance(database, (tx) => tx.selectFrom('territories').select('id').execute(), {
    readOnly: true,
  });
  let count = 0;
  for (const { id } of territories) {
    const imports = await withTerritory(
      database,
      id,
      (tx) =>
        tx
          .selectFrom('imports')
          .select('id')
          .where('territory_id', '=', tx.territoryId)
          .where('state', 'in', ['reading', 'staging', 'applying', 'undoing'])
          .execute(),
      { readOnly: true },
    );
    await withTerritory(database, id, (tx) => forgetOldImports(tx, now));
    for (const each of imports) await startJob(IMPORT_JOB, importJobData(id, each.id));
    count += imports.length;
  }
  return count;
}
