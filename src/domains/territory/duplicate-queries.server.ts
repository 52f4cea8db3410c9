/** What the team sees of doubles: likely pairs, pairs that were said to be different, merges that may be taken back. */
import { sql } from 'kysely';
import type { OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { duplicateIndex, duplicatePairs, type DuplicatePair, type Likened, type Likeness } from './duplicates.ts';
import type { MergeId } from './merge-commands.server.ts';

export interface Compared extends Likened {
  readonly id: OrganisationId;
  readonly slug: string;
  readonly commune: string | null;
}

export type LikelyPair = DuplicatePair<Compared>;

export interface NamedPair {
  readonly firstId: OrganisationId;
  readonly first: string;
  readonly secondId: OrganisationId;
  readonly second: string;
}

export interface OrganisationMerge {
  readonly id: MergeId;
  readonly kept: string;
  readonly keptSlug: string;
  readonly gone: string;
  readonly at: Temporal.Instant;
  readonly by: string | null;
}

const MOST_LISTED = 200;

/** Pairs that nobody said to be different, the likeliest first. */
export async function likelyPairs(tx: TerritoryTransaction): Promise<LikelyPair[]> {
  const { rows } = await sql<{ first: string; second: string }>`
    select first_id as first, second_id as second from organisation_distinctions where territory_id = ${tx.territoryId}`.execute(
    tx,
  );
  const different = new Set(rows.map(({ first, second }) => `${first} ${second}`));
  return duplicatePairs(await compared(tx)).filter(
    ({ first, second }) => !different.has([first.id, second.id].toSorted().join(' ')),
  );
}

/** Those that may be the same as this one. */
export async function likelyDoubles(
  tx: TerritoryTransaction,
  id: OrganisationId,
): Promise<readonly (Likeness & { readonly entry: Compared })[]> {
  const all = await compared(tx);
  const own = all.find((each) => each.id === id);
  return own === undefined ? [] : duplicateIndex(all).find(own);
}

export async function saidDifferent(tx: TerritoryTransaction): Promise<NamedPair[]> {
  const { rows } = await sql<NamedPair>`
    select d.first_id as "firstId", f.name as first, d.second_id as "secondId", s.name as second
    from organisation_distinctions d
    join organisations f on f.territory_id = d.territory_id and f.id = d.first_id
    join organisations s on s.territory_id = d.territory_id and s.id = d.second_id
    where d.territory_id = ${tx.territoryId} and f.withdrawn_at is null and f.merged_into_id is null
      and s.withdrawn_at is null and s.merged_into_id is null
    order by d.said_at desc, d.first_id, d.second_id limit ${MOST_LISTED}`.execute(tx);
  return rows;
}

/** The newest first. */
export async function mergesToTakeBack(tx: TerritoryTransaction): Promise<OrganisationMerge[]> {
  const { rows } = await sql<OrganisationMerge>`
    select m.id, k.name as kept, k.slug as "keptSlug", g.name as gone, m.merged_at as at, p.name as by
    from organisation_merges m
    join organisations k on k.territory_id = m.territory_id and k.id = m.kept_id
    join organisations g on g.territory_id = m.territory_id and g.id = m.gone_id
    left join people p on p.territory_id = m.territory_id and p.id = m.merged_by
    where m.territory_id = ${tx.territoryId} and m.undone_at is null
    order by m.merged_at desc, m.id limit ${MOST_LISTED}`.execute(tx);
  return rows;
}

async function compared(tx: TerritoryTransaction): Promise<Compared[]> {
  const { rows } = await sql<Compared>`
    select id, slug, name, other_names as "otherNames", siren, website, commune, commune_code as "communeCode"
    from organisations where territory_id = ${tx.territoryId} and withdrawn_at is null and merged_into_id is null
    order by id`.execute(tx);
  return rows;
}
