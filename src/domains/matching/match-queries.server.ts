/** What matches say, read for pages. Lists show only what `policy.ts` lets this principal read. */
import { sql, type Expression, type SqlBool } from 'kysely';
import type { Id, OrganisationId, PersonId } from '../../lib/ids.ts';
import type { SupportUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { NeedId } from '../support/need.ts';
import type { OfferId } from '../support/offer.ts';
import type { Principal } from '../territory/principal.ts';
import { sideAnswer } from './match-commands.server.ts';
import type { MatchAnswers, MatchState } from './match.ts';
import { runsRounds } from './policy.ts';
import type { MatchId, RoundId } from './round.ts';
import { readWhy, type StoredWhy } from './why.ts';

export interface Match extends MatchAnswers {
  readonly id: MatchId;
  readonly quantity: number;
  readonly unit: SupportUnit;
  readonly score: number | null;
  readonly why: StoredWhy | undefined;
  readonly message: string;
  readonly needId: NeedId;
  readonly needTitle: string;
  readonly needKind: string;
  readonly needUrgency: number;
  readonly neededBy: Temporal.PlainDate | null;
  readonly needOrganisationId: OrganisationId;
  readonly needOrganisation: string;
  readonly needSlug: string;
  readonly offerId: OfferId;
  readonly offerTitle: string;
  readonly offerKind: string;
  readonly offerOrganisationId: OrganisationId;
  readonly offerOrganisation: string;
  readonly offerSlug: string;
  readonly roundId: RoundId | null;
  readonly roundTitle: string | null;
  readonly introducedBy: string | null;
  readonly needAnsweredBy: string | null;
  readonly offerAnsweredBy: string | null;
  /** Sessions planned or held. */
  readonly sessions: number;
  readonly createdAt: Temporal.Instant;
  readonly version: number;
}

/** What the list may be narrowed to; `waiting` is for an answer: mine, or anybody's for the team. */
export interface MatchFilter {
  readonly state?: MatchState | 'waiting';
  readonly origin?: 'round' | 'hand';
  readonly roundId?: RoundId;
  readonly organisationId?: OrganisationId;
  readonly words?: string;
}

export interface MatchCursor {
  readonly at: Temporal.Instant;
  readonly id: MatchId;
}

export interface MatchList {
  readonly matches: readonly Match[];
  readonly total: number;
  readonly hasMore: boolean;
}

/** Newest first; one page and the count of all. */
export async function listMatches(
  tx: TerritoryTransaction,
  principal: Principal,
  filter: MatchFilter,
  after: MatchCursor | undefined,
  size: number,
): Promise<MatchList> {
  const found = columns(tx).where((has) => has.and([seenMatches(principal), ...narrowedTo(principal, filter)]));
  const { count } = await joined(tx)
    .select((has) => has.fn.countAll<bigint>().as('count'))
    .where((has) => has.and([seenMatches(principal), ...narrowedTo(principal, filter)]))
    .executeTakeFirstOrThrow();
  const page =
    after === undefined ? found : found.where(sql<SqlBool>`(m.created_at, m.id) < (${after.at}, ${after.id}::uuid)`);
  const rows = await page
    .orderBy('m.created_at', 'desc')
    .orderBy('m.id', 'desc')
    .limit(size + 1)
    .execute();
  return { matches: rows.slice(0, size).map(toMatch), total: Number(count), hasMore: rows.length > size };
}

export async function matchById(
  tx: TerritoryTransaction,
  principal: Principal,
  id: MatchId,
): Promise<Match | undefined> {
  const row = await columns(tx).where('m.id', '=', id).where(seenMatches(principal)).executeTakeFirst();
  return row && toMatch(row);
}

/** The matches of a round between these organisations: what the round brought to them. */
export async function matchesOfRound(
  tx: TerritoryTransaction,
  principal: Principal,
  roundId: RoundId,
): Promise<Match[]> {
  const rows = await columns(tx)
    .where('m.round_id', '=', roundId)
    .where(seenMatches(principal))
    .orderBy('m.created_at')
    .orderBy('m.id')
    .limit(1000)
    .execute();
  return rows.map(toMatch);
}

/** How the proposals of a round were answered so far. */
export async function answersOfRound(
  tx: TerritoryTransaction,
  roundId: RoundId,
): Promise<Readonly<Record<MatchState, number>>> {
  const rows = await tx
    .selectFrom('matches')
    .select(['state', (has) => has.fn.countAll<bigint>().as('count')])
    .where('territory_id', '=', tx.territoryId)
    .where('round_id', '=', roundId)
    .groupBy('state')
    .execute();
  const counts = new Map(rows.map(({ state, count }) => [state, Number(count)]));
  return {
    proposed: counts.get('proposed') ?? 0,
    accepted: counts.get('accepted') ?? 0,
    declined: counts.get('declined') ?? 0,
    withdrawn: counts.get('withdrawn') ?? 0,
  };
}

/** The SQL twin of `mayReadMatch`. */
export function seenMatches(principal: Principal): Expression<SqlBool> {
  if (runsRounds(principal)) return sql<SqlBool>`true`;
  return sql<SqlBool>`(need.organisation_id = any(${ownOrganisations(principal)}::uuid[]) or offer.organisation_id = any(${ownOrganisations(principal)}::uuid[]))`;
}

function ownOrganisations(principal: Principal): string[] {
  return principal.kind === 'person' ? [...principal.memberships.keys()] : [];
}

function narrowedTo(principal: Principal, filter: MatchFilter): Expression<SqlBool>[] {
  const conditions: Expression<SqlBool>[] = [];
  if (filter.state === 'waiting') conditions.push(waitsFor(principal));
  else if (filter.state !== undefined) conditions.push(sql<SqlBool>`m.state = ${filter.state}`);
  if (filter.origin !== undefined)
    conditions.push(
      filter.origin === 'round' ? sql<SqlBool>`m.round_id is not null` : sql<SqlBool>`m.round_id is null`,
    );
  if (filter.roundId !== undefined) conditions.push(sql<SqlBool>`m.round_id = ${filter.roundId}`);
  if (filter.organisationId !== undefined)
    conditions.push(sql<SqlBool>`${filter.organisationId}::uuid in (need.organisation_id, offer.organisation_id)`);
  const words = filter.words?.trim() ?? '';
  if (words !== '') {
    const pattern = `%${words.replace(/[\\%_]/gu, String.raw`\$&`)}%`;
    conditions.push(
      sql<SqlBool>`(need.title ilike ${pattern} or offer.title ilike ${pattern} or receiver.name ilike ${pattern} or giver.name ilike ${pattern})`,
    );
  }
  return conditions;
}

/** Proposals that still want an answer: from one of their own organisations, or from anybody for the team. */
function waitsFor(principal: Principal): Expression<SqlBool> {
  if (runsRounds(principal)) return sql<SqlBool>`m.state = 'proposed'`;
  const own = ownOrganisations(principal);
  return sql<SqlBool>`(m.state = 'proposed' and ((m.need_answer is null and need.organisation_id = any(${own}::uuid[]))
    or (m.offer_answer is null and offer.organisation_id = any(${own}::uuid[]))))`;
}

function joined(tx: TerritoryTransaction) {
  return tx
    .selectFrom('matches as m')
    .innerJoin('needs as need', (join) =>
      join.onRef('need.territory_id', '=', 'm.territory_id').onRef('need.id', '=', 'm.need_id'),
    )
    .innerJoin('offers as offer', (join) =>
      join.onRef('offer.territory_id', '=', 'm.territory_id').onRef('offer.id', '=', 'm.offer_id'),
    )
    .innerJoin('organisations as receiver', (join) =>
      join.onRef('receiver.territory_id', '=', 'm.territory_id').onRef('receiver.id', '=', 'need.organisation_id'),
    )
    .innerJoin('organisations as giver', (join) =>
      join.onRef('giver.territory_id', '=', 'm.territory_id').onRef('giver.id', '=', 'offer.organisation_id'),
    )
    .leftJoin('rounds as round', (join) =>
      join.onRef('round.territory_id', '=', 'm.territory_id').onRef('round.id', '=', 'm.round_id'),
    )
    .where('m.territory_id', '=', tx.territoryId);
}

const personName = (column: 'm.introduced_by' | 'm.need_answered_by' | 'm.offer_answered_by') =>
  sql<string | null>`(select p.name from people p where p.territory_id = m.territory_id and p.id = ${sql.ref(column)})`;

function columns(tx: TerritoryTransaction) {
  return joined(tx)
    .select([
      'm.id',
      'm.quantity',
      'm.score',
      'm.why',
      'm.message',
      'm.state',
      'm.created_at',
      'm.version',
      'm.need_id',
      'm.offer_id',
      'm.round_id',
    ])
    .select([
      'm.need_answer',
      'm.need_reason',
      'm.need_answered_by',
      'm.need_answered_at',
      'm.offer_answer',
      'm.offer_reason',
      'm.offer_answered_by',
      'm.offer_answered_at',
    ])
    .select([
      'need.title as need_title',
      'need.kind_code as need_kind',
      'need.unit',
      'need.urgency',
      'need.needed_by',
      'need.organisation_id as need_organisation_id',
    ])
    .select([
      'offer.title as offer_title',
      'offer.kind_code as offer_kind',
      'offer.organisation_id as offer_organisation_id',
    ])
    .select([
      'receiver.name as receiver_name',
      'receiver.slug as receiver_slug',
      'giver.name as giver_name',
      'giver.slug as giver_slug',
      'round.title as round_title',
    ])
    .select([
      personName('m.introduced_by').as('introducer'),
      personName('m.need_answered_by').as('need_person'),
      personName('m.offer_answered_by').as('offer_person'),
    ])
    .select(
      sql<number>`(select count(*)::integer from sessions s where s.territory_id = m.territory_id and s.match_id = m.id and s.state <> 'cancelled')`.as(
        'sessions',
      ),
    );
}

interface MatchRow {
  readonly id: MatchId;
  readonly quantity: number;
  readonly score: number | null;
  readonly why: unknown;
  readonly message: string;
  readonly state: MatchState;
  readonly created_at: Temporal.Instant;
  readonly version: number;
  readonly need_id: NeedId;
  readonly offer_id: OfferId;
  readonly round_id: Id<'round'> | null;
  readonly need_answer: 'accepted' | 'declined' | null;
  readonly need_reason: string;
  readonly need_answered_by: PersonId | null;
  readonly need_answered_at: Temporal.Instant | null;
  readonly offer_answer: 'accepted' | 'declined' | null;
  readonly offer_reason: string;
  readonly offer_answered_by: PersonId | null;
  readonly offer_answered_at: Temporal.Instant | null;
  readonly need_title: string;
  readonly need_kind: string;
  readonly unit: string;
  readonly urgency: number;
  readonly needed_by: Temporal.PlainDate | null;
  readonly need_organisation_id: OrganisationId;
  readonly offer_title: string;
  readonly offer_kind: string;
  readonly offer_organisation_id: OrganisationId;
  readonly receiver_name: string;
  readonly receiver_slug: string;
  readonly giver_name: string;
  readonly giver_slug: string;
  readonly round_title: string | null;
  readonly introducer: string | null;
  readonly need_person: string | null;
  readonly offer_person: string | null;
  readonly sessions: number;
}

function toMatch(row: MatchRow): Match {
  return {
    id: row.id,
    quantity: row.quantity,
    unit: row.unit as SupportUnit,
    score: row.score,
    why: readWhy(row.why),
    message: row.message,
    state: row.state,
    need: sideAnswer(row.need_answer, row.need_reason, row.need_answered_by, row.need_answered_at),
    offer: sideAnswer(row.offer_answer, row.offer_reason, row.offer_answered_by, row.offer_answered_at),
    needId: row.need_id,
    needTitle: row.need_title,
    needKind: row.need_kind,
    needUrgency: row.urgency,
    neededBy: row.needed_by,
    needOrganisationId: row.need_organisation_id,
    needOrganisation: row.receiver_name,
    needSlug: row.receiver_slug,
    offerId: row.offer_id,
    offerTitle: row.offer_title,
    offerKind: row.offer_kind,
    offerOrganisationId: row.offer_organisation_id,
    offerOrganisation: row.giver_name,
    offerSlug: row.giver_slug,
    roundId: row.round_id,
    roundTitle: row.round_title,
    introducedBy: row.introducer,
    needAnsweredBy: row.need_person,
    offerAnsweredBy: row.offer_person,
    sessions: row.sessions,
    createdAt: row.created_at,
    version: row.version,
  };
}
