/** Reads of sessions: one, a list by pages, how many there are, who takes part. */
import { sql, type RawBuilder } from 'kysely';
import type { PersonId } from '../../lib/ids.ts';
import type { SupportUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { EntryId } from '../ledger/entry.ts';
import type { NeedId } from '../support/need.ts';
import { historyOf, type HistoryLine } from '../territory/events.server.ts';
import type { Principal } from '../territory/principal.ts';
import { isTeamOrSystem } from './policy.ts';
import type { ListPhase } from './schema.ts';
import type { Engagement, MatchId, Session, SessionId, SessionState, Side } from './session.ts';

/** A match as the pages of its sessions show it. */
export interface EngagementView extends Engagement {
  readonly matchState: 'proposed' | 'accepted' | 'declined' | 'withdrawn';
  readonly needId: NeedId;
  readonly offerId: string;
  readonly needTitle: string;
  readonly offerTitle: string;
  readonly giverName: string;
  readonly giverSlug: string;
  readonly receiverName: string;
  readonly receiverSlug: string;
  readonly kindLabelFr: string;
  readonly kindLabelEn: string;
}

export interface SessionView extends Session, EngagementView {
  readonly giverPersonName: string | null;
  readonly receiverPersonName: string | null;
}

export interface SessionFilter {
  readonly phase: ListPhase;
  /** Found in the names of both sides and in the need's title. */
  readonly words?: string;
}

export interface SessionCursor {
  readonly at: Temporal.Instant;
  readonly id: string;
  readonly direction: 'after' | 'before';
}

export interface SessionList {
  readonly sessions: readonly SessionView[];
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
}

export async function findSession(tx: TerritoryTransaction, id: SessionId): Promise<SessionView | undefined> {
  const { rows } = await sql<SessionRow>`${SESSIONS} where s.territory_id = ${tx.territoryId} and s.id = ${id}`.execute(
    tx,
  );
  return rows.map(toView)[0];
}

/** The session as nobody else can change it until this transaction ends: whoever acts on it too waits here. */
export async function lockSession(tx: TerritoryTransaction, id: SessionId): Promise<SessionView | undefined> {
  await sql`select from sessions where territory_id = ${tx.territoryId} and id = ${id} for update`.execute(tx);
  return findSession(tx, id);
}

/** Upcoming and to confirm: the earliest first. Past: the latest first. */
export async function listSessions(
  tx: TerritoryTransaction,
  principal: Principal,
  filter: SessionFilter,
  now: Temporal.Instant,
  cursor: SessionCursor | undefined,
  size: number,
): Promise<SessionList> {
  const backwards = cursor?.direction === 'before';
  const descending = (filter.phase === 'past') !== backwards;
  const order = descending ? sql`desc` : sql`asc`;
  const beyond =
    cursor === undefined
      ? sql`true`
      : sql`(s.starts_at, s.id) ${descending ? sql`<` : sql`>`} (${cursor.at}, ${cursor.id}::uuid)`;
  const { rows } = await sql<SessionRow>`
    ${SESSIONS} where ${conditionsOf(tx, principal, filter, now)} and ${beyond}
    order by s.starts_at ${order}, s.id ${order} limit ${size + 1}`.execute(tx);
  const more = rows.length > size;
  const kept = rows.slice(0, size).map(toView);
  if (backwards) kept.reverse();
  return {
    sessions: kept,
    hasBefore: backwards ? more : cursor !== undefined,
    hasAfter: backwards ? true : more,
  };
}

/** How many sessions each tab of the list holds. */
export async function countSessions(
  tx: TerritoryTransaction,
  principal: Principal,
  filter: Omit<SessionFilter, 'phase'>,
  now: Temporal.Instant,
): Promise<Readonly<Record<ListPhase, number>>> {
  const count = (phase: ListPhase) => sql`count(*) filter (where ${phaseCondition(phase, now)})::integer`;
  const { rows } = await sql<Record<ListPhase, number>>`
    select ${count('upcoming')} as upcoming, ${count('to-confirm')} as "to-confirm", ${count('past')} as past
    from sessions s join matches m on m.territory_id = s.territory_id and m.id = s.match_id ${AROUND_MATCH}
    where ${conditionsOf(tx, principal, filter, now)}`.execute(tx);
  return rows[0] ?? { upcoming: 0, 'to-confirm': 0, past: 0 };
}

/** The sessions that start in a period, the earliest first, cancelled ones too. */
export async function sessionsBetween(
  tx: TerritoryTransaction,
  from: Temporal.Instant,
  until: Temporal.Instant,
): Promise<SessionView[]> {
  const { rows } = await sql<SessionRow>`
    ${SESSIONS} where s.territory_id = ${tx.territoryId} and s.starts_at >= ${from} and s.starts_at < ${until}
    order by s.starts_at, s.id limit 500`.execute(tx);
  return rows.map(toView);
}

/** The sessions of one match, in the order in which they were planned. */
export async function sessionsOfMatch(tx: TerritoryTransaction, matchId: MatchId): Promise<SessionView[]> {
  const { rows } = await sql<SessionRow>`
    ${SESSIONS} where s.territory_id = ${tx.territoryId} and s.match_id = ${matchId} order by s.starts_at, s.id`.execute(
    tx,
  );
  return rows.map(toView);
}

export async function findEngagement(tx: TerritoryTransaction, matchId: MatchId): Promise<EngagementView | undefined> {
  const { rows } =
    await sql<EngagementRow>`select ${ENGAGEMENT} from matches m ${AROUND_MATCH} where m.territory_id = ${tx.territoryId} and m.id = ${matchId}`.execute(
      tx,
    );
  return rows[0];
}

export type { HistoryLine } from '../territory/events.server.ts';

/** What happened to a session, the latest first. */
export function sessionHistory(tx: TerritoryTransaction, id: SessionId): Promise<HistoryLine[]> {
  return historyOf(tx, id);
}

/** What was booked for a need, in the unit of its book. */
export async function bookedForNeed(tx: TerritoryTransaction, needId: NeedId): Promise<bigint> {
  const { rows } = await sql<{ booked: bigint }>`
    select coalesce(sum(s.giver_amount), 0)::bigint as booked
    from sessions s join matches m on m.territory_id = s.territory_id and m.id = s.match_id
    where s.territory_id = ${tx.territoryId} and m.need_id = ${needId} and s.state = 'confirmed'`.execute(tx);
  return rows[0]?.booked ?? 0n;
}

export interface Participant {
  readonly personId: PersonId;
  readonly name: string;
  readonly email: string | null;
  readonly locale: 'fr' | 'en';
  readonly side: Side;
  readonly isManager: boolean;
  /** Stated the need or the offer, or answered for it. */
  readonly isInvolved: boolean;
}

/** The members of both sides of a match. */
export async function participantsOf(tx: TerritoryTransaction, matchId: MatchId): Promise<Participant[]> {
  const { rows } = await sql<Participant>`
    select p.id as "personId", p.name, p.email, p.locale, sides.side, b.role = 'manager' as "isManager",
      p.id = any(sides.involved) as "isInvolved"
    from matches m
    join needs n on n.territory_id = m.territory_id and n.id = m.need_id
    join offers f on f.territory_id = m.territory_id and f.id = m.offer_id
    cross join lateral (values
      ('giver', f.organisation_id, array[f.created_by, m.offer_answered_by]),
      ('receiver', n.organisation_id, array[n.created_by, m.need_answered_by])
    ) as sides (side, organisation_id, involved)
    join memberships b on b.territory_id = m.territory_id and b.organisation_id = sides.organisation_id
    join people p on p.territory_id = b.territory_id and p.id = b.person_id
    where m.territory_id = ${tx.territoryId} and m.id = ${matchId}
    order by sides.side, p.name, p.id`.execute(tx);
  return rows.map((row) => ({ ...row, isInvolved: row.isInvolved === true }));
}

/** The rule of `maySeeSession` as a predicate, over the need `n` and the offer `f`. */
export function visibleSessions(principal: Principal): RawBuilder<unknown> {
  if (isTeamOrSystem(principal)) return sql`true`;
  if (principal.kind !== 'person') return sql`false`;
  const own = sql`any(${[...principal.memberships.keys()]}::uuid[])`;
  return sql`(n.organisation_id = ${own} or f.organisation_id = ${own})`;
}

function conditionsOf(
  tx: TerritoryTransaction,
  principal: Principal,
  { phase, words = '' }: Partial<SessionFilter>,
  now: Temporal.Instant,
): RawBuilder<unknown> {
  const parts = [sql`s.territory_id = ${tx.territoryId}`, visibleSessions(principal)];
  if (phase !== undefined) parts.push(phaseCondition(phase, now));
  if (words !== '') {
    const pattern = `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;
    parts.push(sql`(g.name ilike ${pattern} or r.name ilike ${pattern} or n.title ilike ${pattern})`);
  }
  return sql.join(parts, sql` and `);
}

function phaseCondition(phase: ListPhase, now: Temporal.Instant): RawBuilder<unknown> {
  if (phase === 'past') return sql`s.state <> 'planned'`;
  return phase === 'upcoming'
    ? sql`(s.state = 'planned' and s.starts_at > ${now})`
    : sql`(s.state = 'planned' and s.starts_at <= ${now})`;
}

const ENGAGEMENT = sql`
  m.id as "matchId", m.state as "matchState", m.quantity, n.unit, n.id as "needId", f.id as "offerId", n.title as "needTitle", f.title as "offerTitle",
  f.organisation_id as "giverId", g.name as "giverName", g.slug as "giverSlug",
  n.organisation_id as "receiverId", r.name as "receiverName", r.slug as "receiverSlug",
  k.label_fr as "kindLabelFr", k.label_en as "kindLabelEn"`;

const AROUND_MATCH = sql`
  join needs n on n.territory_id = m.territory_id and n.id = m.need_id
  join offers f on f.territory_id = m.territory_id and f.id = m.offer_id
  join organisations g on g.territory_id = f.territory_id and g.id = f.organisation_id
  join organisations r on r.territory_id = n.territory_id and r.id = n.organisation_id
  join support_kinds k on k.territory_id = n.territory_id and k.code = n.kind_code`;

const SESSIONS = sql`
  select s.id, s.starts_at as "startsAt", s.duration_minutes as "durationMinutes", s.place, s.link, s.state,
    s.calendar_sequence as "calendarSequence", s.version, s.entry_id as "entryId", s.created_by as "createdBy",
    s.giver_amount as "giverAmount", s.giver_confirmed_by as "giverBy", s.giver_confirmed_at as "giverAt", gp.name as "giverPersonName",
    s.receiver_amount as "receiverAmount", s.receiver_confirmed_by as "receiverBy", s.receiver_confirmed_at as "receiverAt", rp.name as "receiverPersonName",
    ${ENGAGEMENT}
  from sessions s
  join matches m on m.territory_id = s.territory_id and m.id = s.match_id
  ${AROUND_MATCH}
  left join people gp on gp.territory_id = s.territory_id and gp.id = s.giver_confirmed_by
  left join people rp on rp.territory_id = s.territory_id and rp.id = s.receiver_confirmed_by`;

type EngagementRow = Omit<EngagementView, 'unit'> & { readonly unit: SupportUnit };

interface SessionRow extends EngagementRow {
  readonly id: SessionId;
  readonly startsAt: Temporal.Instant;
  readonly durationMinutes: number;
  readonly place: string;
  readonly link: string;
  readonly state: SessionState;
  readonly calendarSequence: number;
  readonly version: number;
  readonly entryId: EntryId | null;
  readonly createdBy: PersonId | null;
  readonly giverAmount: bigint | null;
  readonly giverBy: PersonId | null;
  readonly giverAt: Temporal.Instant | null;
  readonly giverPersonName: string | null;
  readonly receiverAmount: bigint | null;
  readonly receiverBy: PersonId | null;
  readonly receiverAt: Temporal.Instant | null;
  readonly receiverPersonName: string | null;
}

function toView(row: SessionRow): SessionView {
  const { giverAmount, giverBy, giverAt, receiverAmount, receiverBy, receiverAt, ...rest } = row;
  return {
    ...rest,
    giver: statement(giverAmount, giverBy, giverAt),
    receiver: statement(receiverAmount, receiverBy, receiverAt),
  };
}

function statement(amount: bigint | null, by: PersonId | null, at: Temporal.Instant | null) {
  return amount === null || at === null ? null : { amount, by, at };
}
