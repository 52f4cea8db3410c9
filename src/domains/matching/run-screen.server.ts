/** What the page of a finished try shows, loaded for its view. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { TerritoryVisit } from '../territory/visit.ts';
import { readView, type PlanView } from './address.ts';
import { arrivals, comparePlans, staleness, type PlanChange, type Staleness } from './compare-plans.ts';
import type { LightPlan, Summary } from './plan.ts';
import type { LightPool } from './pool.ts';
import type { Proof } from './proof.ts';
import { poolNow } from './publish.server.ts';
import { isUnderWay, type Round, type Run } from './round.ts';
import {
  decisionsOf,
  momentsOf,
  plannedOf,
  previousRun,
  provenOf,
  runsOf,
  type DecisionLine,
  type Moment,
  type RunLine,
} from './round-queries.server.ts';

export interface PlanScreen {
  readonly round: Round;
  readonly run: Run & { readonly requestedByName: string | null };
  readonly view: PlanView;
  readonly pool: LightPool;
  readonly plan: LightPlan;
  /** Only for the matrix. */
  readonly proof: Proof | null;
  readonly previous: {
    readonly number: number;
    readonly changes: readonly PlanChange[];
    readonly pool: LightPool;
    readonly summary: Summary;
  } | null;
  readonly runs: readonly RunLine[];
  readonly decisions: readonly DecisionLine[];
  readonly history: readonly Moment[];
  /** Why it may not be published any more, and what arrived since; only while its round is open. */
  readonly stale: readonly Staleness[];
  readonly arrived: { readonly needs: number; readonly offers: number };
  readonly isUnderWay: boolean;
}

/** Undefined when the plan was written by a version that is no longer read. */
export async function loadPlanScreen(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
  { round, run }: Pick<PlanScreen, 'round' | 'run'>,
): Promise<PlanScreen | undefined> {
  const view = readView(visit.url.searchParams.get('vue'));
  const proven = view === 'matrice' ? await provenOf(tx, run.id) : undefined;
  const planned = proven ?? (await plannedOf(tx, run.id));
  if (planned === undefined) return undefined;
  const runs = await runsOf(tx, round.id);
  const now = round.state === 'open' ? await poolNow(tx, round, visit.today) : undefined;
  return {
    round,
    run,
    view,
    ...planned,
    proof: proven?.plan.proof ?? null,
    previous: await changesSince(tx, run, planned),
    runs,
    decisions: await decisionsOf(tx, round.id),
    history: view === 'historique' ? await momentsOf(tx, round.id) : [],
    stale: now === undefined ? [] : staleness(planned, now),
    arrived: now === undefined ? { needs: 0, offers: 0 } : arrivals(planned.pool, now),
    isUnderWay: runs.some(({ state }) => isUnderWay(state)),
  };
}

async function changesSince(
  tx: TerritoryTransaction,
  run: Run,
  planned: { pool: LightPool; plan: LightPlan },
): Promise<PlanScreen['previous']> {
  const previous = await previousRun(tx, run);
  const older = previous && (await plannedOf(tx, previous.id));
  return older === undefined || previous === undefined
    ? null
    : {
        number: previous.number,
        changes: comparePlans(older, planned),
        pool: older.pool,
        summary: older.plan.summary,
      };
}
