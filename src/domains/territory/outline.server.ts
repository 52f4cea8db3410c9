/** The outline on which the map of a territory is drawn: loaded by the team, kept as simple lines. */
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { linesOf, type GeoJsonRefusal } from './geojson.ts';
import { simplified, type Line } from './map.ts';
import { mayDrawMap } from './policy.ts';
import { personOf, type Principal } from './principal.ts';

export interface Outline {
  readonly lines: readonly Line[];
  /** Whom to credit for it. */
  readonly credit: string;
}

/** What a page may weigh leaves this much to its map. */
const MOST_POINTS = 1500;

export async function readOutline(tx: TerritoryTransaction): Promise<Outline | undefined> {
  const row = await tx
    .selectFrom('territory_maps')
    .select(['shapes', 'credit'])
    .where('territory_id', '=', tx.territoryId)
    .executeTakeFirst();
  return row === undefined ? undefined : { lines: row.shapes as unknown as Line[], credit: row.credit };
}

/** How many lines are on the map now. */
export async function loadOutline(
  tx: TerritoryTransaction,
  principal: Principal,
  { geoJson, credit }: { readonly geoJson: string; readonly credit: string },
  now: Temporal.Instant,
): Promise<Result<number, GeoJsonRefusal | 'not-allowed'>> {
  if (!mayDrawMap(principal)) return refused('not-allowed');
  const read = linesOf(geoJson);
  if (!read.ok) return read;
  const lines = simplified(read.value, MOST_POINTS).map((line) =>
    line.map(([longitude, latitude]) => [rounded(longitude), rounded(latitude)]),
  );
  const values = { shapes: JSON.stringify(lines), credit, changed_by: personOf(principal), changed_at: now };
  await tx
    .insertInto('territory_maps')
    .values({ territory_id: tx.territoryId, ...values })
    .onConflict((conflict) => conflict.column('territory_id').doUpdateSet(values))
    .execute();
  return done(lines.length);
}

export async function removeOutline(
  tx: TerritoryTransaction,
  principal: Principal,
): Promise<Result<void, 'not-allowed'>> {
  if (!mayDrawMap(principal)) return refused('not-allowed');
  await tx.deleteFrom('territory_maps').where('territory_id', '=', tx.territoryId).execute();
  return done(undefined);
}

/** Ten metres. */
function rounded(degrees: number): number {
  return Math.round(degrees * 10_000) / 10_000;
}
