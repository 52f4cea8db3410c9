/** What pages of needs and of offers read alike: choices of a form, proposals, links between kinds. */
import { sql, type SqlBool } from 'kysely';
import type { Id, OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Theme } from '../territory/organisation.ts';
import { isTeam, type Principal } from '../territory/principal.ts';
import { isInDirectory, listThemes } from '../territory/queries.server.ts';
import { historyOf, type HistoryLine } from '../territory/events.server.ts';
import { listKinds } from './kind-queries.server.ts';
import type { SupportKind } from './kind.ts';
import { mayEdit } from './policy.ts';
import { countOpenOffersByKind } from './offer-queries.server.ts';
import { readable, type StatedTable } from './visibility.server.ts';

/** What codes of kinds and themes are called. */
export interface Labels {
  readonly kinds: readonly SupportKind[];
  readonly themes: readonly Theme[];
}

export type StatedHistory = readonly HistoryLine[];

export async function readLabels(tx: TerritoryTransaction): Promise<Labels> {
  return { kinds: await listKinds(tx), themes: await listThemes(tx) };
}

/** What happened to a need or an offer, newest first: for those who may change it. */
export async function statedHistory(
  tx: TerritoryTransaction,
  principal: Principal,
  stated: { readonly id: string; readonly organisationId: OrganisationId },
): Promise<StatedHistory> {
  return mayEdit(principal, stated) ? historyOf(tx, stated.id) : [];
}

export interface OrganisationOption {
  readonly id: OrganisationId;
  readonly name: string;
  readonly slug: string;
}

export interface FormChoices {
  readonly kinds: readonly SupportKind[];
  readonly themes: readonly Theme[];
  /** The organisations for which this person may speak. */
  readonly organisations: readonly OrganisationOption[];
  /** Open things on the other side, by kind: offers for the form of a need, needs for that of an offer. */
  readonly openByKind: ReadonlyMap<string, number>;
}

export async function formChoices(
  tx: TerritoryTransaction,
  principal: Principal,
  table: StatedTable,
  today: Temporal.PlainDate,
): Promise<FormChoices> {
  return {
    kinds: await listKinds(tx),
    themes: await listThemes(tx),
    organisations: await organisationsSpokenFor(tx, principal),
    openByKind:
      table === 'needs' ? await countOpenOffersByKind(tx, principal, today) : await countOpenNeedsByKind(tx, principal),
  };
}

export async function organisationsSpokenFor(
  tx: TerritoryTransaction,
  principal: Principal,
): Promise<OrganisationOption[]> {
  let query = tx
    .selectFrom('organisations')
    .select(['id', 'name', 'slug'])
    .where('territory_id', '=', tx.territoryId)
    .where(isInDirectory())
    .orderBy('name')
    .orderBy('id');
  if (!isTeam(principal)) {
    const own = principal.kind === 'person' ? [...principal.memberships.keys()] : [];
    if (own.length === 0) return [];
    query = query.where('id', 'in', own);
  }
  return query.execute();
}

/** Open needs that this principal may see, by kind. */
export async function countOpenNeedsByKind(
  tx: TerritoryTransaction,
  principal: Principal,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom('needs')
    .select(['kind_code', (has) => has.fn.countAll<bigint>().as('count')])
    .where('territory_id', '=', tx.territoryId)
    .where('state', '=', 'open')
    .where(readable(principal, 'needs'))
    .groupBy('kind_code')
    .execute();
  return new Map(rows.map((row) => [row.kind_code, Number(row.count)]));
}

export interface Proposal {
  readonly id: Id<'match'>;
  /** The thing on the other side. */
  readonly otherId: string;
  readonly otherTitle: string;
  readonly organisationName: string;
  readonly quantity: number;
  readonly state: 'proposed' | 'accepted' | 'declined' | 'withdrawn';
  readonly createdAt: Temporal.Instant;
}

/** The matches of a need or of an offer, newest first: for the team and the two organisations of each. */
export async function proposalsOf(
  tx: TerritoryTransaction,
  principal: Principal,
  table: StatedTable,
  id: string,
): Promise<Proposal[]> {
  const own = principal.kind === 'person' ? [...principal.memberships.keys()] : [];
  if (!isTeam(principal) && own.length === 0) return [];
  const other = table === 'needs' ? 'offers' : 'needs';
  const mayRead = isTeam(principal)
    ? sql<SqlBool>`true`
    : sql<SqlBool>`(needs.organisation_id = any(${own}::uuid[]) or offers.organisation_id = any(${own}::uuid[]))`;
  return tx
    .selectFrom('matches')
    .innerJoin('needs', (join) =>
      join.onRef('needs.territory_id', '=', 'matches.territory_id').onRef('needs.id', '=', 'matches.need_id'),
    )
    .innerJoin('offers', (join) =>
      join.onRef('offers.territory_id', '=', 'matches.territory_id').onRef('offers.id', '=', 'matches.offer_id'),
    )
    .innerJoin('organisations', (join) =>
      join
        .onRef('organisations.territory_id', '=', 'matches.territory_id')
        .onRef('organisations.id', '=', `${other}.organisation_id`),
    )
    .select([
      'matches.id',
      'matches.quantity',
      'matches.state',
      'matches.created_at as createdAt',
      `${other}.id as otherId`,
      `${other}.title as otherTitle`,
      'organisations.name as organisationName',
    ])
    .where('matches.territory_id', '=', tx.territoryId)
    .where(`${table}.id`, '=', id as never)
    .where(mayRead)
    .orderBy('matches.created_at', 'desc')
    .orderBy('matches.id', 'desc')
    .execute();
}
