/** What rounds and tries say, read for pages and for commands. */
import { sql, type Selectable } from 'kysely';
import type { PersonId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { RoundRunsTable, RoundsTable } from '../../platform/postgres/tables.ts';
import { listKinds } from '../support/kind-queries.server.ts';
import type { NeedId } from '../support/need.ts';
import type { OfferId } from '../support/offer.ts';
import { historyOf, type HistoryLine } from '../territory/events.server.ts';
import { listThemes } from '../territory/queries.server.ts';
import { readPlan, type LightPlan, type Plan, type Summary } from './plan.ts';
import { readPool, type LightPool } from './pool.ts';
import {
  readFailure,
  readStep,
  type Decision,
  type MatchId,
  type Round,
  type RoundId,
  type Run,
  type RunId,
} from './round.ts';

export interface RoundLine extends Round {
  readonly runs: number;
  /** Of the published try, else of the latest that was made. */
  readonly summary: Summary | null;
}

/** Rounds, newest first, each with the figures of the try that counts. */
export async function listRounds(
  tx: TerritoryTransaction,
  filter: { readonly publishedOnly: boolean },
): Promise<RoundLine[]> {
  const latest = sql<Summary | null>`(select r.plan -> 'summary' from round_runs r where r.territory_id = rounds.territory_id and r.round_id = rounds.id
    and r.state = 'done' and (rounds.published_run_id is null or r.id = rounds.published_run_id) order by r.number desc limit 1)`;
  const runs = sql<number>`(select count(*)::integer from round_runs r where r.territory_id = rounds.territory_id and r.round_id = rounds.id)`;
  let query = tx
    .selectFrom('rounds')
    .selectAll()
    .select([latest.as('summary'), runs.as('runs')])
    .where('territory_id', '=', tx.territoryId);
  if (filter.publishedOnly) query = query.where('state', '<>', 'open');
  const rows = await query.orderBy('number', 'desc').limit(200).execute();
  return rows.map((row) => ({ ...toRound(row), runs: row.runs, summary: row.summary }));
}

export async function roundById(tx: TerritoryTransaction, id: RoundId): Promise<Round | undefined> {
  const row = await tx
    .selectFrom('rounds')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toRound(row);
}

/** The round, held until the transaction ends: tries, decisions and publication of one round wait for each other. */
export async function lockRound(tx: TerritoryTransaction, id: RoundId): Promise<Round | undefined> {
  const row = await tx
    .selectFrom('rounds')
    .selectAll()
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && toRound(row);
}

export interface RunLine extends Run {
  readonly requestedByName: string | null;
  readonly summary: Summary | null;
  readonly outcome: LightPlan['outcome'] | null;
}

export async function runsOf(tx: TerritoryTransaction, roundId: RoundId): Promise<RunLine[]> {
  const rows = await runColumns(tx)
    .select([
      sql<Summary | null>`round_runs.plan -> 'summary'`.as('summary'),
      sql<LightPlan['outcome'] | null>`round_runs.plan ->> 'outcome'`.as('outcome'),
    ])
    .where('round_id', '=', roundId)
    .orderBy('number', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    ...toRun(row),
    requestedByName: row.requestedByName,
    summary: row.summary,
    outcome: row.outcome,
  }));
}

export async function runById(
  tx: TerritoryTransaction,
  roundId: RoundId,
  id: RunId,
): Promise<(Run & { readonly requestedByName: string | null }) | undefined> {
  const row = await runColumns(tx).where('round_id', '=', roundId).where('round_runs.id', '=', id).executeTakeFirst();
  return row && { ...toRun(row), requestedByName: row.requestedByName };
}

/** The plan of a finished try with its pool, without long texts and figures of proof. */
export async function plannedOf(
  tx: TerritoryTransaction,
  id: RunId,
): Promise<{ readonly pool: LightPool; readonly plan: LightPlan } | undefined> {
  const row = await tx
    .selectFrom('round_runs')
    .select([sql<unknown>`problem - 'texts'`.as('problem'), sql<unknown>`plan - 'proof'`.as('plan')])
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .where('state', '=', 'done')
    .executeTakeFirst();
  return plannedFrom(row?.problem, row?.plan);
}

/** As `plannedOf`, with the figures of proof: for the certificate, the matrix, and publication. */
export async function provenOf(
  tx: TerritoryTransaction,
  id: RunId,
): Promise<{ readonly pool: LightPool; readonly plan: Plan } | undefined> {
  const row = await tx
    .selectFrom('round_runs')
    .select([sql<unknown>`problem - 'texts'`.as('problem'), 'plan'])
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .where('state', '=', 'done')
    .executeTakeFirst();
  return plannedFrom(row?.problem, row?.plan);
}

/** The finished try just before this one, to compare with. */
export async function previousRun(
  tx: TerritoryTransaction,
  run: Pick<Run, 'roundId' | 'number'>,
): Promise<{ readonly id: RunId; readonly number: number } | undefined> {
  return tx
    .selectFrom('round_runs')
    .select(['id', 'number'])
    .where('territory_id', '=', tx.territoryId)
    .where('round_id', '=', run.roundId)
    .where('number', '<', run.number)
    .where('state', '=', 'done')
    .orderBy('number', 'desc')
    .executeTakeFirst();
}

export interface DecisionLine {
  readonly needId: NeedId;
  readonly offerId: OfferId;
  readonly needTitle: string;
  readonly needOrganisation: string;
  readonly offerTitle: string;
  readonly offerOrganisation: string;
  readonly decision: Decision;
  readonly quantity: number | null;
  readonly reason: string;
  readonly decidedBy: string | null;
  readonly decidedById: PersonId | null;
  readonly decidedAt: Temporal.Instant;
}

export async function decisionsOf(tx: TerritoryTransaction, roundId: RoundId): Promise<DecisionLine[]> {
  return tx
    .selectFrom('round_decisions as d')
    .innerJoin('needs', (join) =>
      join.onRef('needs.territory_id', '=', 'd.territory_id').onRef('needs.id', '=', 'd.need_id'),
    )
    .innerJoin('offers', (join) =>
      join.onRef('offers.territory_id', '=', 'd.territory_id').onRef('offers.id', '=', 'd.offer_id'),
    )
    .innerJoin('organisations as receiver', (join) =>
      join.onRef('receiver.territory_id', '=', 'd.territory_id').onRef('receiver.id', '=', 'needs.organisation_id'),
    )
    .innerJoin('organisations as giver', (join) =>
      join.onRef('giver.territory_id', '=', 'd.territory_id').onRef('giver.id', '=', 'offers.organisation_id'),
    )
    .leftJoin('people', (join) =>
      join.onRef('people.territory_id', '=', 'd.territory_id').onRef('people.id', '=', 'd.decided_by'),
    )
    .select([
      'd.need_id as needId',
      'd.offer_id as offerId',
      'needs.title as needTitle',
      'receiver.name as needOrganisation',
      'offers.title as offerTitle',
      'giver.name as offerOrganisation',
    ])
    .select([
      'd.decision',
      'd.quantity',
      'd.reason',
      'people.name as decidedBy',
      'd.decided_by as decidedById',
      'd.decided_at as decidedAt',
    ])
    .where('d.territory_id', '=', tx.territoryId)
    .where('d.round_id', '=', roundId)
    .orderBy('d.decided_at', 'desc')
    .orderBy('d.need_id')
    .execute();
}

function runColumns(tx: TerritoryTransaction) {
  return tx
    .selectFrom('round_runs')
    .leftJoin('people', (join) =>
      join
        .onRef('people.territory_id', '=', 'round_runs.territory_id')
        .onRef('people.id', '=', 'round_runs.requested_by'),
    )
    .select([
      'round_runs.id',
      'round_id',
      'number',
      'state',
      'progress_percent',
      'progress_step',
      'cancel_requested',
      'failure',
      'requested_by',
      'round_runs.created_at',
      'started_at',
      'finished_at',
    ])
    .select('people.name as requestedByName')
    .where('round_runs.territory_id', '=', tx.territoryId);
}

function plannedFrom(problem: unknown, stored: unknown): { readonly pool: LightPool; readonly plan: Plan } | undefined {
  const pool = readPool(problem);
  const plan = readPlan(stored);
  return pool === undefined || plan === undefined ? undefined : { pool, plan };
}

function toRound(row: Selectable<RoundsTable>): Round {
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    state: row.state,
    publishedRunId: row.published_run_id,
    publishedAt: row.published_at,
    createdAt: row.created_at,
    mostPartners: row.most_partners,
    version: row.version,
  };
}

function toRun(row: Omit<Selectable<RoundRunsTable>, 'problem' | 'plan' | 'territory_id'>): Run {
  return {
    id: row.id,
    roundId: row.round_id,
    number: row.number,
    state: row.state,
    percent: row.progress_percent,
    step: readStep(row.progress_step),
    cancelRequested: row.cancel_requested,
    failure: readFailure(row.failure),
    requestedBy: row.requested_by,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

/** Something that happened to a round or a match. */
export type Moment = HistoryLine;

/** Newest first. */
export function momentsOf(tx: TerritoryTransaction, subjectId: RoundId | MatchId): Promise<Moment[]> {
  return historyOf(tx, subjectId);
}

/** The names of codes, for sentences on matches. */
export async function namedLists(tx: TerritoryTransaction): Promise<Pick<LightPool, 'kinds' | 'themes'>> {
  return { kinds: await listKinds(tx), themes: await listThemes(tx) };
}
