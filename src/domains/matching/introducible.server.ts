/** The needs and offers that a person may bring together by hand: what they may read, with something left. */
import { sql, type SqlBool } from 'kysely';
import type { SupportUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { NeedId } from '../support/need.ts';
import type { OfferId } from '../support/offer.ts';
import { liveUnits, readable } from '../support/visibility.server.ts';
import type { Principal } from '../territory/principal.ts';
import { runsRounds } from './policy.ts';
import { isInDirectory } from '../territory/queries.server.ts';

export interface Introducible<Id> {
  readonly id: Id;
  readonly title: string;
  readonly organisation: string;
  readonly kindCode: string;
  readonly unit: SupportUnit;
  readonly left: number;
}

const MOST_LISTED = 2000;

export async function introducible(
  tx: TerritoryTransaction,
  principal: Principal,
): Promise<{ needs: Introducible<NeedId>[]; offers: Introducible<OfferId>[] }> {
  const needs = await tx
    .selectFrom('needs')
    .innerJoin('organisations as o', (join) =>
      join.onRef('o.territory_id', '=', 'needs.territory_id').onRef('o.id', '=', 'needs.organisation_id'),
    )
    .select([
      'needs.id',
      'needs.title',
      'o.name as organisation',
      'needs.kind_code',
      'needs.unit',
      sql<number>`needs.quantity - ${liveUnits('needs')}`.as('left'),
    ])
    .where('needs.territory_id', '=', tx.territoryId)
    .where('needs.state', '=', 'open')
    .where(readable(principal, 'needs'))
    .where(isInDirectory('o'))
    .orderBy('o.name')
    .orderBy('needs.title')
    .limit(MOST_LISTED)
    .execute();
  const offers = await tx
    .selectFrom('offers')
    .innerJoin('organisations as o', (join) =>
      join.onRef('o.territory_id', '=', 'offers.territory_id').onRef('o.id', '=', 'offers.organisation_id'),
    )
    .select([
      'offers.id',
      'offers.title',
      'o.name as organisation',
      'offers.kind_code',
      'offers.unit',
      sql<number>`offers.capacity - ${liveUnits('offers')}`.as('left'),
    ])
    .where('offers.territory_id', '=', tx.territoryId)
    .where('offers.state', '=', 'open')
    .where(ownOffers(principal))
    .where(isInDirectory('o'))
    .orderBy('o.name')
    .orderBy('offers.title')
    .limit(MOST_LISTED)
    .execute();
  return {
    needs: needs.filter(({ left }) => left > 0).map(toIntroducible),
    offers: offers.filter(({ left }) => left > 0).map(toIntroducible),
  };
}

/** The SQL twin of `mayIntroduce`. */
function ownOffers(principal: Principal) {
  if (runsRounds(principal)) return sql<SqlBool>`true`;
  const managed =
    principal.kind === 'person'
      ? [...principal.memberships].filter(([, role]) => role === 'manager').map(([id]) => id)
      : [];
  return sql<SqlBool>`offers.organisation_id = any(${managed}::uuid[])`;
}

function toIntroducible<Id>(row: {
  readonly id: Id;
  readonly title: string;
  readonly organisation: string;
  readonly kind_code: string;
  readonly unit: string;
  readonly left: number;
}): Introducible<Id> {
  return {
    id: row.id,
    title: row.title,
    organisation: row.organisation,
    kindCode: row.kind_code,
    unit: row.unit as SupportUnit,
    left: row.left,
  };
}
