/** Reads of offers. One territory per transaction; what the principal may not read is not returned. */
import { sql } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { SupportUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Principal } from '../territory/principal.ts';
import { readConditions } from './conditions.ts';
import type { Visibility } from './need.ts';
import { leftOf, type Offer, type OfferId, type OfferState, type OpenOffer } from './offer.ts';
import {
  availableOn,
  beyond,
  liveUnits,
  pageOf,
  pendingMatches,
  readable,
  shownBy,
  type StatedCursor,
  type StatedFilter,
} from './visibility.server.ts';

/** An offer as lists and pages show it. */
export interface ShownOffer extends Offer {
  readonly liveUnits: number;
  readonly remaining: number;
}

export interface WholeOffer extends ShownOffer {
  readonly pendingMatches: number;
  readonly externalKey: string | null;
}

export interface OfferList {
  readonly offers: readonly ShownOffer[];
  readonly total: number;
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
}

export async function listOffers(
  tx: TerritoryTransaction,
  principal: Principal,
  filter: StatedFilter,
  cursor: StatedCursor | undefined,
  size: number,
): Promise<OfferList> {
  const order = cursor?.direction === 'before' ? 'asc' : 'desc';
  let query = shown(tx)
    .where(shownBy(tx, principal, filter, 'offers'))
    .limit(size + 1);
  if (cursor !== undefined) query = query.where(beyond(cursor, 'offers'));
  const rows = await query.orderBy('offers.created_at', order).orderBy('offers.id', order).execute();
  const { kept, hasBefore, hasAfter } = pageOf(rows, size, cursor);
  return { offers: kept.map(toShown), total: await countOffers(tx, principal, filter), hasBefore, hasAfter };
}

export async function countOffers(
  tx: TerritoryTransaction,
  principal: Principal,
  filter: StatedFilter,
): Promise<number> {
  const { count } = await tx
    .selectFrom('offers')
    .innerJoin('organisations', (join) =>
      join
        .onRef('organisations.territory_id', '=', 'offers.territory_id')
        .onRef('organisations.id', '=', 'offers.organisation_id'),
    )
    .select((has) => has.fn.countAll<bigint>().as('count'))
    .where(shownBy(tx, principal, filter, 'offers'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Every offer that the filter finds, newest first, for an export: at most 100,000. */
export async function exportOffers(
  tx: TerritoryTransaction,
  principal: Principal,
  filter: StatedFilter,
): Promise<ShownOffer[]> {
  const rows = await shown(tx)
    .where(shownBy(tx, principal, filter, 'offers'))
    .orderBy('offers.created_at', 'desc')
    .orderBy('offers.id', 'desc')
    .limit(100_000)
    .execute();
  return rows.map(toShown);
}

export async function offerById(
  tx: TerritoryTransaction,
  principal: Principal,
  id: OfferId,
): Promise<WholeOffer | undefined> {
  const row = await shown(tx)
    .select(['offers.external_key', pendingMatches('offers').as('pending_matches')])
    .where('offers.territory_id', '=', tx.territoryId)
    .where('offers.id', '=', id)
    .where(readable(principal, 'offers'))
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : { ...toShown(row), pendingMatches: row.pending_matches, externalKey: row.external_key };
}

/** The offers that may enter a round on that day: open, with units left, within their period. */
export async function openOffers(tx: TerritoryTransaction, on: Temporal.PlainDate): Promise<OpenOffer[]> {
  const rows = await shown(tx).where(open(tx, on)).orderBy('offers.created_at').orderBy('offers.id').execute();
  return rows.map((row) => {
    const { state: _state, updatedAt: _updatedAt, version: _version, liveUnits: _live, ...offer } = toShown(row);
    return offer;
  });
}

/** How many offers of each kind this principal may see open on that day, for the form of a need. */
export async function countOpenOffersByKind(
  tx: TerritoryTransaction,
  principal: Principal,
  on: Temporal.PlainDate,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom('offers')
    .select(['kind_code', (has) => has.fn.countAll<bigint>().as('count')])
    .where(open(tx, on))
    .where(readable(principal, 'offers'))
    .groupBy('kind_code')
    .execute();
  return new Map(rows.map((row) => [row.kind_code, Number(row.count)]));
}

function open(tx: TerritoryTransaction, on: Temporal.PlainDate) {
  return sql<boolean>`offers.territory_id = ${tx.territoryId} and offers.state = 'open' and ${availableOn(on)}`;
}

function shown(tx: TerritoryTransaction) {
  return tx
    .selectFrom('offers')
    .innerJoin('organisations', (join) =>
      join
        .onRef('organisations.territory_id', '=', 'offers.territory_id')
        .onRef('organisations.id', '=', 'offers.organisation_id'),
    )
    .select([
      'offers.id',
      'offers.organisation_id',
      'organisations.name as organisation_name',
      'organisations.slug as organisation_slug',
      'offers.kind_code',
      'offers.unit',
      'offers.capacity',
      'offers.minimum',
      'offers.title',
      'offers.body',
      'offers.available_from',
      'offers.available_until',
      'offers.visibility',
      'offers.state',
      'offers.conditions',
      'offers.theme_codes',
      'offers.created_at',
      'offers.updated_at',
      'offers.version',
      liveUnits('offers').as('live_units'),
    ]);
}

interface OfferRow {
  readonly id: OfferId;
  readonly organisation_id: OrganisationId;
  readonly organisation_name: string;
  readonly organisation_slug: string;
  readonly kind_code: string;
  readonly unit: string;
  readonly capacity: number;
  readonly minimum: number;
  readonly title: string;
  readonly body: string;
  readonly available_from: Temporal.PlainDate | null;
  readonly available_until: Temporal.PlainDate | null;
  readonly visibility: Visibility;
  readonly state: OfferState;
  readonly conditions: unknown;
  readonly theme_codes: readonly string[];
  readonly created_at: Temporal.Instant;
  readonly updated_at: Temporal.Instant;
  readonly version: number;
  readonly live_units: number;
}

function toShown(row: OfferRow): ShownOffer {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    organisationSlug: row.organisation_slug,
    kindCode: row.kind_code,
    unit: row.unit as SupportUnit,
    capacity: row.capacity,
    minimum: row.minimum,
    title: row.title,
    body: row.body,
    conditions: readConditions(row.conditions, row.available_from, row.available_until),
    visibility: row.visibility,
    state: row.state,
    themeCodes: row.theme_codes,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
    liveUnits: row.live_units,
    remaining: leftOf({ capacity: row.capacity, liveUnits: row.live_units }),
  };
}
