/** Gathers the pool of a round: what is asked and offered now, and everything that bears on it. */
import { sql } from 'kysely';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { readFacts, type StoredConditions } from '../support/conditions.ts';
import { kindLinks, listKinds } from '../support/kind-queries.server.ts';
import type { NeedId } from '../support/need.ts';
import type { OfferId } from '../support/offer.ts';
import { liveUnits } from '../support/visibility.server.ts';
import { isInDirectory, listThemes } from '../territory/queries.server.ts';
import { conflictFacts } from '../territory/conflict-queries.server.ts';
import { conflictsBetween } from '../territory/conflict.ts';
import { aidLimits, withHeadroom, withValues } from './aid-limits.server.ts';
import { takesUnits, MATCH_STATES } from './match.ts';
import {
  POOL_VERSION,
  type Pool,
  type PoolDecision,
  type PoolHistory,
  type PoolNeed,
  type PoolOffer,
  type PoolOrganisation,
  type PoolPast,
  type PoolRefusal,
} from './pool.ts';
import type { RoundId } from './round.ts';
import { SCORE_WEIGHTS, URGENCY_WEIGHTS } from './score.ts';

export interface PoolFrame {
  /** Whose decisions count; none for an introduction by hand. */
  readonly roundId: RoundId | null;
  readonly startsOn: Temporal.PlainDate;
  readonly endsOn: Temporal.PlainDate;
  readonly today: Temporal.PlainDate;
  /** Most offers per need, when the round sets a limit. */
  readonly mostPartners?: number | null;
  /** Leaves the long texts unread: enough for everything but the pairing. */
  readonly withoutTexts?: boolean;
}

/** States of matches whose units are taken. */
export const TAKING_STATES = MATCH_STATES.filter(takesUnits);

export async function gatherPool(tx: TerritoryTransaction, frame: PoolFrame): Promise<Pool> {
  const needs = await readNeeds(tx, frame.withoutTexts === true);
  const offers = await readOffers(tx, frame.withoutTexts === true);
  const aid = await aidLimits(tx, {
    organisations: [...new Set(needs.map(({ row }) => row.organisationId))],
    offers: offers.map(({ row }) => row.id),
    day: frame.today,
  });
  return {
    version: POOL_VERSION,
    today: frame.today.toString(),
    startsOn: frame.startsOn.toString(),
    endsOn: frame.endsOn.toString(),
    organisations: withHeadroom(
      await readOrganisations(tx, [...new Set([...needs, ...offers].map(({ row }) => row.organisationId))]),
      aid,
    ),
    kinds: (await listKinds(tx)).map(({ code, unit, labelFr, labelEn }) => ({ code, unit, labelFr, labelEn })),
    themes: await listThemes(tx),
    needs: needs.map(({ row }) => row),
    offers: withValues(
      offers.map(({ row }) => row),
      aid,
    ),
    closeness: (await kindLinks(tx)).map(({ offerKind, needKind, closeness }) => ({ offerKind, needKind, closeness })),
    ...(await readConflicts(
      tx,
      needs.map(({ row }) => row),
      offers.map(({ row }) => row),
    )),
    refusals: await readRefusals(tx),
    history: await readHistory(tx),
    decisions: frame.roundId === null ? [] : await readDecisions(tx, frame.roundId),
    ...(frame.mostPartners ? { mostPartners: frame.mostPartners } : {}),
    weights: SCORE_WEIGHTS,
    urgencyWeights: URGENCY_WEIGHTS,
    texts: {
      needs: needs.map(({ body }) => body),
      offers: offers.map(({ body }) => body),
      past: frame.withoutTexts === true ? [] : await readPast(tx, offers),
    },
  };
}

async function readNeeds(tx: TerritoryTransaction, withoutTexts: boolean): Promise<{ row: PoolNeed; body: string }[]> {
  const rows = await tx
    .selectFrom('needs')
    .innerJoin('organisations', (join) =>
      join
        .onRef('organisations.territory_id', '=', 'needs.territory_id')
        .onRef('organisations.id', '=', 'needs.organisation_id'),
    )
    .select([
      'needs.id',
      'needs.version',
      'needs.organisation_id',
      'needs.kind_code',
      'needs.unit',
      'needs.title',
      'needs.quantity',
      'needs.urgency',
      'needs.needed_by',
      'needs.theme_codes',
      'needs.conditions',
    ])
    .select(['organisations.naf_section', 'organisations.region_code', 'organisations.employees'])
    .select([liveUnits('needs').as('taken'), (withoutTexts ? sql<string>`''` : sql<string>`needs.body`).as('body')])
    .where('needs.territory_id', '=', tx.territoryId)
    .where('needs.state', '=', 'open')
    .where(isInDirectory())
    .orderBy('needs.urgency', 'desc')
    .orderBy('needs.created_at')
    .orderBy('needs.id')
    .execute();
  return rows
    .filter(({ quantity, taken }) => quantity > taken)
    .map((row) => ({
      body: row.body,
      row: {
        id: row.id,
        version: row.version,
        organisationId: row.organisation_id,
        kindCode: row.kind_code,
        unit: row.unit as PoolNeed['unit'],
        title: row.title,
        quantity: row.quantity,
        left: row.quantity - row.taken,
        urgency: row.urgency as PoolNeed['urgency'],
        neededBy: row.needed_by?.toString() ?? null,
        themeCodes: row.theme_codes,
        facts: readFacts(row.conditions, {
          nafSection: row.naf_section,
          regionCode: row.region_code,
          employees: row.employees,
        }),
      },
    }));
}

async function readOffers(
  tx: TerritoryTransaction,
  withoutTexts: boolean,
): Promise<{ row: PoolOffer; body: string }[]> {
  const rows = await tx
    .selectFrom('offers')
    .select([
      'id',
      'version',
      'organisation_id',
      'kind_code',
      'unit',
      'title',
      'capacity',
      'minimum',
      'available_from',
      'available_until',
      'theme_codes',
      'conditions',
    ])
    .select([liveUnits('offers').as('taken'), (withoutTexts ? sql<string>`''` : sql<string>`body`).as('body')])
    .where('territory_id', '=', tx.territoryId)
    .where('state', '=', 'open')
    .where(
      sql<boolean>`exists (select from organisations where organisations.territory_id = offers.territory_id
        and organisations.id = offers.organisation_id and ${isInDirectory()})`,
    )
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows
    .filter(({ capacity, taken }) => capacity > taken)
    .map((row) => ({
      body: row.body,
      row: {
        id: row.id,
        version: row.version,
        organisationId: row.organisation_id,
        kindCode: row.kind_code,
        unit: row.unit as PoolOffer['unit'],
        title: row.title,
        capacity: row.capacity,
        left: row.capacity - row.taken,
        minimum: Math.max(0, row.minimum - row.taken),
        availableFrom: row.available_from?.toString() ?? null,
        availableUntil: row.available_until?.toString() ?? null,
        themeCodes: row.theme_codes,
        conditions: row.conditions as StoredConditions,
      },
    }));
}

async function readOrganisations(
  tx: TerritoryTransaction,
  ids: readonly PoolOrganisation['id'][],
): Promise<PoolOrganisation[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('organisations')
    .select(['id', 'name', 'slug', 'commune', 'region_code', 'naf_section'])
    .select(
      sql<
        string[]
      >`array(select theme_code from organisation_themes t where t.territory_id = organisations.territory_id and t.organisation_id = organisations.id order by theme_code)`.as(
        'themes',
      ),
    )
    .where('territory_id', '=', tx.territoryId)
    .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    slug: row.slug,
    commune: row.commune,
    regionCode: row.region_code,
    nafSection: row.naf_section,
    themeCodes: row.themes,
  }));
}

/** What keeps whoever asks apart from whoever offers, and what is still to be answered about them. */
async function readConflicts(
  tx: TerritoryTransaction,
  needs: readonly Pick<PoolNeed, 'organisationId'>[],
  offers: readonly Pick<PoolOffer, 'organisationId'>[],
): Promise<Pick<Pool, 'conflicts' | 'questions'>> {
  const askers = new Set(needs.map(({ organisationId }) => organisationId));
  const givers = new Set(offers.map(({ organisationId }) => organisationId));
  const { apart, questions } = conflictsBetween(await conflictFacts(tx, [...askers, ...givers]), askers, givers);
  return { conflicts: apart, questions };
}

/** The latest no of each pair: one is enough. */
async function readRefusals(tx: TerritoryTransaction): Promise<PoolRefusal[]> {
  const rows = await tx
    .selectFrom('matches')
    .select([
      'need_id',
      'offer_id',
      sql<'need' | 'offer'>`min(case when need_answer = 'declined' then 'need' else 'offer' end)`.as('side'),
    ])
    .where('territory_id', '=', tx.territoryId)
    .where('state', '=', 'declined')
    .groupBy(['need_id', 'offer_id'])
    .orderBy('need_id')
    .orderBy('offer_id')
    .execute();
  return rows.map((row) => ({ needId: row.need_id, offerId: row.offer_id, side: row.side }));
}

async function readHistory(tx: TerritoryTransaction): Promise<PoolHistory[]> {
  const rows = await tx
    .selectFrom('matches')
    .innerJoin('needs', (join) =>
      join.onRef('needs.territory_id', '=', 'matches.territory_id').onRef('needs.id', '=', 'matches.need_id'),
    )
    .innerJoin('offers', (join) =>
      join.onRef('offers.territory_id', '=', 'matches.territory_id').onRef('offers.id', '=', 'matches.offer_id'),
    )
    .select(['offers.organisation_id as giver', 'needs.organisation_id as receiver'])
    .select([
      sql<number>`count(*) filter (where matches.state = 'declined')::integer`.as('declined'),
      sql<number>`sum((select count(*) from sessions s where s.territory_id = matches.territory_id and s.match_id = matches.id and s.state = 'confirmed'))::integer`.as(
        'sessions',
      ),
    ])
    .where('matches.territory_id', '=', tx.territoryId)
    .groupBy(['giver', 'receiver'])
    .orderBy('giver')
    .orderBy('receiver')
    .execute();
  return rows
    .filter(({ declined, sessions }) => declined + sessions > 0)
    .map((row) => ({ giverId: row.giver, receiverId: row.receiver, sessions: row.sessions, declined: row.declined }));
}

/** Past needs that are looked at: the newest. */
const MOST_PAST = 2000;

/** Needs with a confirmed session, with the offers of the same givers and kinds that are in the pool now. */
async function readPast(tx: TerritoryTransaction, offers: readonly { row: PoolOffer }[]): Promise<PoolPast[]> {
  const rows = await tx
    .selectFrom('matches')
    .innerJoin('needs', (join) =>
      join.onRef('needs.territory_id', '=', 'matches.territory_id').onRef('needs.id', '=', 'matches.need_id'),
    )
    .innerJoin('offers', (join) =>
      join.onRef('offers.territory_id', '=', 'matches.territory_id').onRef('offers.id', '=', 'matches.offer_id'),
    )
    .select(['needs.id', 'needs.title', 'needs.body', 'needs.theme_codes', 'needs.created_at'])
    .select(sql<string[]>`array_agg(distinct offers.organisation_id || ' ' || offers.kind_code)`.as('helpers'))
    .where('matches.territory_id', '=', tx.territoryId)
    .where(
      sql<boolean>`exists (select from sessions s where s.territory_id = matches.territory_id and s.match_id = matches.id and s.state = 'confirmed')`,
    )
    .groupBy(['needs.id', 'needs.title', 'needs.body', 'needs.theme_codes', 'needs.created_at'])
    .orderBy('needs.created_at', 'desc')
    .orderBy('needs.id')
    .limit(MOST_PAST)
    .execute();
  const places = Map.groupBy(offers.keys(), (place) => helperOf(offers[place]?.row));
  return rows.flatMap(({ title, body, theme_codes: themeCodes, helpers }) => {
    const helpedBy = helpers.flatMap((helper) => places.get(helper) ?? []).toSorted((a, b) => a - b);
    return helpedBy.length > 0 ? [{ title, body, themeCodes, helpedBy }] : [];
  });
}

function helperOf(offer: PoolOffer | undefined): string {
  return `${offer?.organisationId ?? ''} ${offer?.kindCode ?? ''}`;
}

async function readDecisions(tx: TerritoryTransaction, roundId: RoundId): Promise<PoolDecision[]> {
  const rows = await tx
    .selectFrom('round_decisions')
    .select(['need_id', 'offer_id', 'decision', 'quantity', 'reason'])
    .where('territory_id', '=', tx.territoryId)
    .where('round_id', '=', roundId)
    .orderBy('need_id')
    .orderBy('offer_id')
    .execute();
  return rows.map((row) => ({
    needId: row.need_id,
    offerId: row.offer_id,
    decision: row.decision,
    quantity: row.quantity,
    reason: row.reason,
  }));
}

/** Holds these needs, then these offers, until the transaction ends: always in this order, so that nobody waits in a ring. */
export async function lockPlaces(
  tx: TerritoryTransaction,
  needIds: readonly NeedId[],
  offerIds: readonly OfferId[],
): Promise<void> {
  await tx
    .selectFrom('needs')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where(sql<boolean>`id = any(${[...needIds]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
  await tx
    .selectFrom('offers')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where(sql<boolean>`id = any(${[...offerIds]}::uuid[])`)
    .orderBy('id')
    .forUpdate()
    .execute();
}
