/** What the explorer of a finished try shows, loaded for its page. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { TerritoryVisit } from '../territory/visit.ts';
import { comparePlans, type PlanChange } from './compare-plans.ts';
import {
  explorerData,
  MOST_PAIRS_ON_SERVER,
  readExplorerData,
  type ExplorerData,
  type ExplorerProblem,
} from './explorer-problem.ts';
import type { Summary } from './plan.ts';
import type { LightPool } from './pool.ts';
import type { Round } from './round.ts';
import { plannedOf, provenOf, runsOf } from './round-queries.server.ts';
import type { NamedRun } from './visited.server.ts';

export interface ExplorerScreen {
  readonly round: Round;
  readonly run: NamedRun;
  readonly pool: LightPool;
  readonly pairs: number;
  /** Absent when the plan is too large to be solved again while a visitor waits. */
  readonly explorer: { readonly data: ExplorerData; readonly problem: ExplorerProblem } | undefined;
  /** Numbers of the other finished tries of the round. */
  readonly others: readonly number[];
  readonly compared: {
    readonly number: number;
    readonly changes: readonly PlanChange[];
    readonly pool: LightPool;
    readonly summary: Summary;
  } | null;
  /** Of the try itself. */
  readonly summary: Summary;
}

/** Undefined when the try holds no plan. */
export async function loadExplorerScreen(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
  { round, run }: Pick<ExplorerScreen, 'round' | 'run'>,
): Promise<ExplorerScreen | undefined> {
  const proven = run.state === 'done' ? await provenOf(tx, run.id) : undefined;
  if (proven === undefined || proven.plan.proof.answer === null) return undefined;
  const { pool, plan } = proven;
  const pairs = plan.proof.pairs.need.length;
  const runs = (await runsOf(tx, round.id)).filter((one) => one.state === 'done' && one.id !== run.id);
  const chosen = runs.find(({ number }) => String(number) === visit.url.searchParams.get('avec'));
  const other = chosen && (await plannedOf(tx, chosen.id));
  return {
    round,
    run,
    pool,
    pairs,
    explorer: pairs > MOST_PAIRS_ON_SERVER ? undefined : readExplorer(visit, pool, plan),
    others: runs.map(({ number }) => number).toSorted((a, b) => a - b),
    compared:
      chosen === undefined || other === undefined
        ? null
        : {
            number: chosen.number,
            changes: comparePlans(other, { pool, plan }),
            pool: other.pool,
            summary: other.plan.summary,
          },
    summary: plan.summary,
  };
}

function readExplorer(
  { locale }: TerritoryVisit,
  pool: LightPool,
  plan: Parameters<typeof explorerData>[1],
): ExplorerScreen['explorer'] {
  const labels = new Map(pool.kinds.map(({ code, labelFr, labelEn }) => [code, locale === 'fr' ? labelFr : labelEn]));
  const data = explorerData(pool, plan, (code) => labels.get(code) ?? code);
  return data && { data, problem: readExplorerData(data) };
}
