/** What the page of a round shows, loaded for its view: to the team and the committee, or to an organisation. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { TerritoryVisit } from '../territory/visit.ts';
import { boundByHeadroom, type Bound } from './headroom-bound.ts';
import { hasLimits } from './limits.ts';
import type { MatchState } from './match.ts';
import { answersOfRound, matchesOfRound, type Match } from './match-queries.server.ts';
import type { LightPlan } from './plan.ts';
import type { LightPool } from './pool.ts';
import { poolNow } from './publish.server.ts';
import { isUnderWay, type Round } from './round.ts';
import { decisionsOf, plannedOf, runsOf, type DecisionLine, type RunLine } from './round-queries.server.ts';

export interface DeskRound {
  readonly round: Round;
  readonly runs: readonly RunLine[];
  readonly underWay: RunLine | undefined;
  /** What is asked and offered now. */
  readonly pool: LightPool;
  readonly decisions: readonly DecisionLine[];
  readonly answers: Readonly<Record<MatchState, number>> | null;
  /** Whose State aid stood in the way of the plan that counts: the published one, else of the last try. */
  readonly bound: readonly Bound[];
}

export interface OwnRound {
  readonly round: Round;
  readonly planned: { readonly pool: LightPool; readonly plan: LightPlan } | undefined;
  readonly matches: readonly Match[];
}

export async function loadDesk(visit: TerritoryVisit, tx: TerritoryTransaction, round: Round): Promise<DeskRound> {
  const runs = await runsOf(tx, round.id);
  const counting = countingRun(round, runs);
  const planned = counting === undefined ? undefined : await plannedOf(tx, counting.id);
  return {
    round,
    runs,
    underWay: runs.find(({ state }) => isUnderWay(state)),
    pool: await poolNow(tx, round, visit.today),
    decisions: await decisionsOf(tx, round.id),
    answers: round.state === 'open' ? null : await answersOfRound(tx, round.id),
    bound: planned === undefined || !hasLimits(planned.pool) ? [] : boundByHeadroom(planned.pool, planned.plan),
  };
}

/** The try whose figures stand for the round: the published one, else the last that ended with a plan. */
export function countingRun(round: Pick<Round, 'publishedRunId'>, runs: readonly RunLine[]): RunLine | undefined {
  return runs.find((run) => run.summary !== null && (round.publishedRunId === null || run.id === round.publishedRunId));
}

export async function loadOwn(visit: TerritoryVisit, tx: TerritoryTransaction, round: Round): Promise<OwnRound> {
  const planned = round.publishedRunId === null ? undefined : await plannedOf(tx, round.publishedRunId);
  return { round, planned, matches: await matchesOfRound(tx, visit.principal, round.id) };
}
