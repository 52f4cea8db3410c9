/** What the team looks at on Monday: who has not answered, who has nothing, what is late, what was computed. */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { MatchId, SessionId } from './session.ts';

/** The first rows of a list, and how many there are in all. */
export interface Top<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

export interface AwaitedAnswer {
  readonly matchId: MatchId;
  readonly needTitle: string;
  readonly giverName: string;
  readonly receiverName: string;
  readonly awaits: 'giver' | 'receiver' | 'both';
  readonly since: Temporal.Instant;
}

/** Proposals that a side has not answered, the oldest first. */
export async function awaitedAnswers(tx: TerritoryTransaction, size: number): Promise<Top<AwaitedAnswer>> {
  const { rows } = await sql<AwaitedAnswer & { total: number }>`
    select m.id as "matchId", n.title as "needTitle", g.name as "giverName", r.name as "receiverName", m.created_at as since,
      case when m.need_answer is not null then 'giver' when m.offer_answer is not null then 'receiver' else 'both' end as awaits,
      (count(*) over ())::integer as total
    from matches m
    join needs n on n.territory_id = m.territory_id and n.id = m.need_id
    join offers f on f.territory_id = m.territory_id and f.id = m.offer_id
    join organisations g on g.territory_id = f.territory_id and g.id = f.organisation_id
    join organisations r on r.territory_id = n.territory_id and r.id = n.organisation_id
    where m.territory_id = ${tx.territoryId} and m.state = 'proposed'
    order by m.created_at, m.id limit ${size}`.execute(tx);
  return top(rows);
}

export interface NeedAlone {
  readonly needId: string;
  readonly title: string;
  readonly urgency: number;
  readonly organisationName: string;
  readonly statedAt: Temporal.Instant;
  readonly neededBy: Temporal.PlainDate | null;
}

/** Open needs without any proposal, the most urgent first, then the oldest. */
export async function needsWithNothing(tx: TerritoryTransaction, size: number): Promise<Top<NeedAlone>> {
  const { rows } = await sql<NeedAlone & { total: number }>`
    select n.id as "needId", n.title, n.urgency, o.name as "organisationName", n.created_at as "statedAt", n.needed_by as "neededBy",
      (count(*) over ())::integer as total
    from needs n join organisations o on o.territory_id = n.territory_id and o.id = n.organisation_id
    where n.territory_id = ${tx.territoryId} and n.state = 'open' and not exists (
      select from matches m where m.territory_id = n.territory_id and m.need_id = n.id and m.state in ('proposed', 'accepted'))
    order by n.urgency desc, n.created_at, n.id limit ${size}`.execute(tx);
  return top(rows);
}

export interface LateConfirmation {
  readonly sessionId: SessionId;
  readonly startsAt: Temporal.Instant;
  readonly needTitle: string;
  readonly giverName: string;
  readonly receiverName: string;
  readonly awaits: 'giver' | 'receiver' | 'both' | 'agreement';
}

/** Sessions that began before `limit` and are still not confirmed, the oldest first. */
export async function lateConfirmations(
  tx: TerritoryTransaction,
  limit: Temporal.Instant,
  size: number,
): Promise<Top<LateConfirmation>> {
  const { rows } = await sql<LateConfirmation & { total: number }>`
    select s.id as "sessionId", s.starts_at as "startsAt", n.title as "needTitle", g.name as "giverName", r.name as "receiverName",
      case when s.giver_amount is null and s.receiver_amount is null then 'both' when s.giver_amount is null then 'giver'
        when s.receiver_amount is null then 'receiver' else 'agreement' end as awaits,
      (count(*) over ())::integer as total
    from sessions s
    join matches m on m.territory_id = s.territory_id and m.id = s.match_id
    join needs n on n.territory_id = m.territory_id and n.id = m.need_id
    join offers f on f.territory_id = m.territory_id and f.id = m.offer_id
    join organisations g on g.territory_id = f.territory_id and g.id = f.organisation_id
    join organisations r on r.territory_id = n.territory_id and r.id = n.organisation_id
    where s.territory_id = ${tx.territoryId} and s.state = 'planned' and s.starts_at < ${limit}
    order by s.starts_at, s.id limit ${size}`.execute(tx);
  return top(rows);
}

export interface RecentRun {
  readonly runId: string;
  readonly number: number;
  readonly roundId: string;
  readonly roundNumber: number;
  readonly roundTitle: string;
  readonly state: 'queued' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly createdAt: Temporal.Instant;
}

/** The latest tries at a plan. */
export async function recentRuns(tx: TerritoryTransaction, size: number): Promise<RecentRun[]> {
  const { rows } = await sql<RecentRun>`
    select u.id as "runId", u.number, u.state, u.created_at as "createdAt", d.id as "roundId", d.number as "roundNumber", d.title as "roundTitle"
    from round_runs u join rounds d on d.territory_id = u.territory_id and d.id = u.round_id
    where u.territory_id = ${tx.territoryId} order by u.created_at desc, u.id desc limit ${size}`.execute(tx);
  return rows;
}

function top<Row extends { readonly total: number }>(rows: readonly Row[]): Top<Row> {
  return { rows, total: rows[0]?.total ?? 0 };
}
