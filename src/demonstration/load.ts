/**
 * The demonstration territory: the story of Clermont Auvergne, with its real names of organisations, amounts and dates,
 * and invented people, texts and figures.
 *
 * Must always hold: the same `now` gives the same territory, to the id; everything after the directory goes through
 * the same commands as a person's acts; all of it is written or nothing.
 */
import { seedKinds } from '../domains/support/kind-commands.server.ts';
import { newId, type TerritoryId } from '../lib/ids.ts';
import { seededRandom } from '../lib/seeded-random.ts';
import { withTerritory, type Database, type TerritoryTransaction } from '../platform/postgres/database.ts';
import { calendarAround } from './calendar.ts';
import { loadDirectory, REGION_CODE } from './directory.ts';
import { loadSupport } from './support.ts';

const ZONE = 'Europe/Paris';
const SEED = 63_000;

export interface LoadedDemonstration {
  readonly territoryId: TerritoryId;
  readonly slug: string;
}

export async function loadDemonstration(database: Database, { now }: { readonly now: Temporal.Instant }): Promise<LoadedDemonstration> {
  const random = seededRandom(SEED);
  const calendar = calendarAround(now, ZONE);
  const territoryId = newId<'territory'>(Temporal.Instant.from('2016-01-15T08:00:00Z'), random.fill);
  await withTerritory(database, territoryId, async (tx) => {
    await insertTerritory(tx, now);
    await seedKinds(tx);
    const directory = await loadDirectory(tx, calendar, random);
    await loadSupport(tx, directory, calendar, random);
  });
  return { territoryId, slug: 'clermont-auvergne' };
}

async function insertTerritory(tx: TerritoryTransaction, now: Temporal.Instant): Promise<void> {
  await tx
    .insertInto('territories')
    .values({ id: tx.territoryId, slug: 'clermont-auvergne', name: 'Clermont Auvergne', region_code: REGION_CODE, zone: ZONE, is_demonstration: true, created_at: now })
    .execute();
}
