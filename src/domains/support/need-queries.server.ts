/** Reads of needs. One territory per transaction; what the principal may not read is not returned. */
import { sql } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { SupportUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Principal } from '../territory/principal.ts';
import { readFacts, type NeedFacts, type StoredFacts } from './conditions.ts';
import type { Need, NeedId, NeedState, OpenNeed, Urgency, Visibility } from './need.ts';
import { remainingOf } from './need.ts';
import {
  beyond,
  liveUnits,
  pageOf,
  pendingMatches,
  readable,
  shownBy,
  type StatedCursor,
  type StatedFilter,
} from './visibility.server.ts';

/** A need as lists and pages show it. */
export interface ShownNeed extends Need {
  readonly liveUnits: number;
  readonly remaining: number;
}

/** A need with what its own page and its form tell. */
export interface WholeNeed extends ShownNeed {
  readonly pendingMatches: number;
  /** What the need itself says of its project. */
  readonly ownFacts: StoredFacts;
  /** With what its organisation's page says. */
  readonly facts: NeedFacts;
  readonly externalKey: string | null;
}

export interface NeedList {
  readonly needs: readonly ShownNeed[];
  readonly total: number;
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
}

export async function listNeeds(
  tx: TerritoryTransaction,
  principal: Principal,
  filter: StatedFilter,
  cursor: StatedCursor | undefined,
  size: number,
): Promise<NeedList> {
  const order = cursor?.direction === 'before' ? 'asc' : 'desc';
  let query = shown(tx)
    .where(shownBy(tx, principal, filter, 'needs'))
    .limit(size + 1);
  if (cursor !== undefined) query = query.where(beyond(cursor, 'needs'));
  const rows = await query.orderBy('needs.created_at', order).orderBy('needs.id', order).execute();
  const { kept, hasBefore, hasAfter } = pageOf(rows, size, cursor);
  return { needs: kept.map(toShown), total: await countNeeds(tx, principal, filter), hasBefore, hasAfter };
}

export async function countNeeds(
  tx: TerritoryTransaction,
  principal: Principal,
  filter: StatedFilter,
): Promise<number> {
  const { count } = await tx
    .selectFrom('needs')
    .innerJoin('organisations', (join) =>
      join
        .onRef('organisations.territory_id', '=', 'needs.territory_id')
        .onRef('organisations.id', '=', 'needs.organisation_id'),
    )
    .select((has) => has.fn.countAll<bigint>().as('count'))
    .where(shownBy(tx, principal, filter, 'needs'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Every need that the filter finds, newest first, for an export: at most 100,000. */
export async function exportNeeds(
  tx: TerritoryTransaction,
  principal: Principal,
  filter: StatedFilter,
): Promise<ShownNeed[]> {
  const rows = await shown(tx)
    .where(shownBy(tx, principal, filter, 'needs'))
    .orderBy('needs.created_at', 'desc')
    .orderBy('needs.id', 'desc')
    .limit(100_000)
    .execute();
  return rows.map(toShown);
}

export async function needById(
  tx: TerritoryTransaction,
  principal: Principal,
  id: NeedId,
): Promise<WholeNeed | undefined> {
  const row = await shown(tx)
    .select([
      'needs.conditions',
      'needs.external_key',
      'organisations.naf_section',
      'organisations.region_code',
      'organisations.employees',
      pendingMatches('needs').as('pending_matches'),
    ])
    .where('needs.territory_id', '=', tx.territoryId)
    .where('needs.id', '=', id)
    .where(readable(principal, 'needs'))
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const organisation = { nafSection: row.naf_section, regionCode: row.region_code, employees: row.employees };
  return {
    ...toShown(row),
    pendingMatches: row.pending_matches,
    ownFacts: row.conditions as StoredFacts,
    facts: readFacts(row.conditions, organisation),
    externalKey: row.external_key,
  };
}

/** The needs that may enter a round: open, with units still to find. A date that has passed does not close a need. */
export async function openNeeds(tx: TerritoryTransaction): Promise<OpenNeed[]> {
  const rows = await shown(tx)
    .select(['needs.conditions', 'organisations.naf_section', 'organisations.region_code', 'organisations.employees'])
    .where('needs.territory_id', '=', tx.territoryId)
    .where('needs.state', '=', 'open')
    .where(sql<boolean>`needs.quantity > ${liveUnits('needs')}`)
    .orderBy('needs.created_at')
    .orderBy('needs.id')
    .execute();
  return rows.map((row) => {
    const { state: _state, updatedAt: _updatedAt, version: _version, liveUnits: _live, ...need } = toShown(row);
    const organisation = { nafSection: row.naf_section, regionCode: row.region_code, employees: row.employees };
    return { ...need, facts: readFacts(row.conditions, organisation) };
  });
}

function shown(tx: TerritoryTransaction) {
  return tx
    .selectFrom('needs')
    .innerJoin('organisations', (join) =>
      join
        .onRef('organisations.territory_id', '=', 'needs.territory_id')
        .onRef('organisations.id', '=', 'needs.organisation_id'),
    )
    .select([
      'needs.id',
      'needs.organisation_id',
      'organisations.name as organisation_name',
      'organisations.slug as organisation_slug',
      'needs.kind_code',
      'needs.unit',
      'needs.quantity',
      'needs.title',
      'needs.body',
      'needs.urgency',
      'needs.needed_by',
      'needs.visibility',
      'needs.state',
      'needs.theme_codes',
      'needs.created_at',
      'needs.updated_at',
      'needs.version',
      liveUnits('needs').as('live_units'),
    ]);
}

interface NeedRow {
  readonly id: NeedId;
  readonly organisation_id: OrganisationId;
  readonly organisation_name: string;
  readonly organisation_slug: string;
  readonly kind_code: string;
  readonly unit: string;
  readonly quantity: number;
  readonly title: string;
  readonly body: string;
  readonly urgency: number;
  readonly needed_by: Temporal.PlainDate | null;
  readonly visibility: Visibility;
  readonly state: NeedState;
  readonly theme_codes: readonly string[];
  readonly created_at: Temporal.Instant;
  readonly updated_at: Temporal.Instant;
  readonly version: number;
  readonly live_units: number;
}

function toShown(row: NeedRow): ShownNeed {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    organisationSlug: row.organisation_slug,
    kindCode: row.kind_code,
    unit: row.unit as SupportUnit,
    quantity: row.quantity,
    title: row.title,
    body: row.body,
    urgency: row.urgency as Urgency,
    neededBy: row.needed_by,
    visibility: row.visibility,
    state: row.state,
    themeCodes: row.theme_codes,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
    liveUnits: row.live_units,
    remaining: remainingOf({ quantity: row.quantity, liveUnits: row.live_units }),
  };
}
