/** Lists that people keep under a name: theirs, and those that are shared with everybody who has a part here. */
import { newId, type Id } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import { constraintOf, type TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { Moment } from './events.server.ts';
import { countSince } from './listing.server.ts';
import { readListing, writeListing } from './listing.ts';
import { isInsider, type PersonPrincipal, type Principal } from './principal.ts';

export type ViewId = Id<'view'>;
export type ViewRefusal = 'not-allowed' | 'name-taken' | 'too-many';

export interface SavedView {
  readonly id: ViewId;
  readonly name: string;
  /** The parameters of its address. */
  readonly query: string;
  readonly isShared: boolean;
  readonly isOwn: boolean;
  readonly ownerName: string;
  /** Organisations of it that came since the reader last opened it, or since it was kept. */
  readonly newCount: number;
}

/** Of one person; enough for every list that somebody watches. */
export const MOST_VIEWS = 50;
/** Each counted line is a query of its own. */
const MOST_COUNTED = 15;

export async function listViews(
  tx: TerritoryTransaction,
  principal: PersonPrincipal,
  today: Temporal.PlainDate,
): Promise<readonly SavedView[]> {
  if (!isInsider(principal)) return [];
  const rows = await tx
    .selectFrom('saved_views as v')
    .innerJoin('people as p', (join) =>
      join.onRef('p.territory_id', '=', 'v.territory_id').onRef('p.id', '=', 'v.person_id'),
    )
    .leftJoin('saved_view_visits as s', (join) =>
      join
        .onRef('s.territory_id', '=', 'v.territory_id')
        .onRef('s.view_id', '=', 'v.id')
        .on('s.person_id', '=', principal.personId),
    )
    .select([
      'v.id',
      'v.name',
      'v.query',
      'v.is_shared',
      'v.person_id',
      'v.created_at',
      's.seen_at',
      'p.name as owner_name',
    ])
    .where('v.territory_id', '=', tx.territoryId)
    .where((has) => has.or([has('v.person_id', '=', principal.personId), has('v.is_shared', '=', true)]))
    .orderBy('v.name')
    .orderBy('v.id')
    .limit(2 * MOST_VIEWS)
    .execute();
  const views: SavedView[] = [];
  for (const [place, row] of rows.entries()) {
    const { filter } = readListing(new URLSearchParams(row.query));
    const since = row.seen_at ?? row.created_at;
    views.push({
      id: row.id,
      name: row.name,
      query: row.query,
      isShared: row.is_shared,
      isOwn: row.person_id === principal.personId,
      ownerName: row.owner_name,
      newCount: place < MOST_COUNTED ? await countSince(tx, filter, since, today) : 0,
    });
  }
  return views;
}

export async function keepView(
  tx: TerritoryTransaction,
  principal: Principal,
  { name, query, isShared }: { name: string; query: string; isShared: boolean },
  at: Moment,
): Promise<Result<ViewId, ViewRefusal>> {
  if (principal.kind !== 'person' || !isInsider(principal)) return refused('not-allowed');
  const { count } = await tx
    .selectFrom('saved_views')
    .select((has) => has.fn.countAll<bigint>().as('count'))
    .where('territory_id', '=', tx.territoryId)
    .where('person_id', '=', principal.personId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_VIEWS) return refused('too-many');
  const id = newId<'view'>(at.now, at.fillRandom);
  const kept = await tx
    .insertInto('saved_views')
    .values({
      territory_id: tx.territoryId,
      id,
      person_id: principal.personId,
      name,
      query: writeListing(readListing(new URLSearchParams(query)))
        .toString()
        .slice(0, 2000),
      is_shared: isShared,
      created_at: at.now,
    })
    .onConflict((conflict) => conflict.constraint('saved_views_name_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return kept === undefined ? refused('name-taken') : done(id);
}

export async function renameView(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ViewId,
  name: string,
): Promise<Result<void, ViewRefusal>> {
  if (principal.kind !== 'person') return refused('not-allowed');
  try {
    const { numUpdatedRows } = await tx
      .updateTable('saved_views')
      .set({ name })
      .where('territory_id', '=', tx.territoryId)
      .where('id', '=', id)
      .where('person_id', '=', principal.personId)
      .executeTakeFirst();
    return numUpdatedRows === 1n ? done(undefined) : refused('not-allowed');
  } catch (error) {
    if (constraintOf(error) === 'saved_views_name_key') return refused('name-taken');
    throw error;
  }
}

/** The name of what is gone, for the sentence that says so. */
export async function deleteView(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ViewId,
): Promise<Result<string, ViewRefusal>> {
  if (principal.kind !== 'person') return refused('not-allowed');
  const gone = await tx
    .deleteFrom('saved_views')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .where('person_id', '=', principal.personId)
    .returning('name')
    .executeTakeFirst();
  return gone === undefined ? refused('not-allowed') : done(gone.name);
}

/** The parameters of its address; from now on what it holds is known to this reader. */
export async function openView(
  tx: TerritoryTransaction,
  principal: Principal,
  id: ViewId,
  now: Temporal.Instant,
): Promise<Result<string, ViewRefusal>> {
  if (principal.kind !== 'person' || !isInsider(principal)) return refused('not-allowed');
  const view = await tx
    .selectFrom('saved_views')
    .select('query')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .where((has) => has.or([has('person_id', '=', principal.personId), has('is_shared', '=', true)]))
    .executeTakeFirst();
  if (view === undefined) return refused('not-allowed');
  await tx
    .insertInto('saved_view_visits')
    .values({ territory_id: tx.territoryId, view_id: id, person_id: principal.personId, seen_at: now })
    .onConflict((conflict) => conflict.columns(['territory_id', 'view_id', 'person_id']).doUpdateSet({ seen_at: now }))
    .execute();
  return done(view.query);
}
