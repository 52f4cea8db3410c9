/** The territories of the instance: found by the first word of an address, so often that they are kept in memory. */
import { ensureId } from '../../lib/ids.ts';
import { withInstance, type Database } from '../../platform/postgres/database.ts';
import type { Territory } from './visit.ts';

export interface TerritoryBook {
  /** The territory whose addresses begin with this word, or undefined. */
  find(slug: string): Promise<Territory | undefined>;
  all(): Promise<readonly Territory[]>;
  /** What was last known of it, without asking. */
  known(slug: string): Territory | undefined;
  /** Whatever is asked from now on is read anew. */
  forget(): void;
}

/** Territories are added by a command beside the server, hence the short life of what is kept. */
export function openTerritoryBook(database: Database, keepMilliseconds = 10_000): TerritoryBook {
  type BySlug = ReadonlyMap<string, Territory>;
  let kept: { readonly at: number; readonly bySlug: BySlug } | undefined;
  let last: BySlug = new Map();
  let forgotten = 0;
  const read = async () => {
    const began = forgotten;
    const bySlug = new Map((await readTerritories(database)).map((territory) => [territory.slug, territory]));
    last = bySlug;
    // What was read before somebody asked to forget is not kept after it.
    if (began === forgotten) kept = { at: performance.now(), bySlug };
    return bySlug;
  };
  const fresh = async () =>
    kept !== undefined && performance.now() - kept.at < keepMilliseconds ? kept.bySlug : read();
  return {
    async find(slug) {
      return (await fresh()).get(slug);
    },
    async all() {
      return [...(await fresh()).values()];
    },
    known: (slug) => last.get(slug),
    forget() {
      forgotten++;
      kept = undefined;
    },
  };
}

/** The territories where an address is known: what somebody who signs in may go to. */
export async function territoriesOf(database: Database, email: string): Promise<readonly string[]> {
  return withInstance(
    database,
    async (tx) => {
      const rows = await tx
        .selectFrom('territory_addresses')
        .innerJoin('territories', 'territories.id', 'territory_addresses.territory_id')
        .select('territories.slug')
        .where('territory_addresses.email', '=', email.toLowerCase())
        .orderBy('territories.name')
        .execute();
      return rows.map((row) => row.slug);
    },
    { readOnly: true },
  );
}

async function readTerritories(database: Database): Promise<Territory[]> {
  return withInstance(
    database,
    async (tx) => {
      const rows = await tx.selectFrom('territories').selectAll().orderBy('name').execute();
      return rows.map((row) => ({
        id: ensureId<'territory'>(row.id),
        slug: row.slug,
        name: row.name,
        regionCode: row.region_code,
        zone: row.zone,
        halfDayMinutes: row.half_day_minutes,
        isDemonstration: row.is_demonstration,
      }));
    },
    { readOnly: true },
  );
}
