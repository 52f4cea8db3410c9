/**
 * The demonstration territory: the story of Clermont Auvergne, with its real names of organisations, amounts and dates,
 * and invented people, texts and figures.
 *
 * Must always hold: the same `now` gives the same territory, to the id; everything after the directory goes through
 * the same commands as a person's acts; all of it is written or nothing.
 */
import { sql } from 'kysely';
import { seedKinds } from '../domains/support/kind-commands.server.ts';
import { newId, type TerritoryId } from '../lib/ids.ts';
import { seededRandom } from '../lib/seeded-random.ts';
import {
  APPLICATION_ROLE,
  withTerritory,
  type Database,
  type TerritoryTransaction,
} from '../platform/postgres/database.ts';
import { loadAid } from './aid.ts';
import { calendarAround } from './calendar.ts';
import { loadDirectory, REGION_CODE } from './directory.ts';
import { sealBlock } from '../domains/ledger/sealing.server.ts';
import { loadMoney } from './money.ts';
import { loadRates } from './rates.ts';
import { loadPapers } from './papers.ts';
import { endRound, introduceByHand, introducePersonas, planRound, publishAndAnswer } from './rounds.ts';
import { holdSessions, meetPersonas } from './sessions.ts';
import { loadNeeds, loadOffers } from './support.ts';

const ZONE = 'Europe/Paris';
const SEED = 63_000;
/** Money has its own: what is added to it leaves the rest of the story as it is. */
const MONEY_SEED = 10_000;
/** So have valuations. */
const RATES_SEED = 2_831;
const PAPERS_SEED = 20_000;

const TERRITORY = {
  slug: 'clermont-auvergne',
  name: 'Clermont Auvergne',
  regionCode: REGION_CODE,
  zone: ZONE,
  halfDayMinutes: 210,
  isDemonstration: true,
} as const;

export interface LoadedDemonstration {
  readonly territoryId: TerritoryId;
  readonly slug: string;
}

export async function loadDemonstration(
  database: Database,
  { now }: { readonly now: Temporal.Instant },
): Promise<LoadedDemonstration> {
  const random = seededRandom(SEED);
  const calendar = calendarAround(now, ZONE);
  const territoryId = newId<'territory'>(Temporal.Instant.from('2016-01-15T08:00:00Z'), random.fill);
  await withTerritory(database, territoryId, async (tx) => {
    await insertTerritory(tx, now);
    await seedKinds(tx);
    const directory = await loadDirectory(tx, calendar, random);
    await loadMoney({ tx, team: directory.team, calendar, random: seededRandom(MONEY_SEED) }, directory);
    await loadOffers(tx, directory, calendar, random);
    for (const quarter of [2, 1] as const) {
      await loadNeeds(tx, directory, calendar, quarter, random);
      await gatherStatistics(tx);
      const round = await planRound(tx, directory, calendar, quarter, random);
      const accepted = await publishAndAnswer(tx, directory, calendar, round, quarter, random);
      if (quarter === 2) await endRound(tx, directory, calendar, round, random);
      await gatherStatistics(tx);
      await holdSessions(tx, directory, calendar, accepted, quarter, random);
    }
    await loadNeeds(tx, directory, calendar, 0, random);
    await meetPersonas(tx, directory, calendar, await introducePersonas(tx, directory, calendar, random), random);
    await introduceByHand(tx, directory, calendar, random);
    await planRound(tx, directory, calendar, 0, random);
    await loadAid(tx, directory, calendar, random);
    await loadRates(tx, directory, calendar, seededRandom(RATES_SEED));
    const papers = { tx, team: directory.team, calendar, random: seededRandom(PAPERS_SEED) };
    await loadPapers(papers, { ...TERRITORY, id: territoryId });
    while ((await sealBlock(tx, now)) !== undefined);
    await gatherStatistics(tx);
  });
  return { territoryId, slug: TERRITORY.slug };
}

async function insertTerritory(tx: TerritoryTransaction, now: Temporal.Instant): Promise<void> {
  await tx
    .insertInto('territories')
    .values({
      id: tx.territoryId,
      slug: TERRITORY.slug,
      name: TERRITORY.name,
      region_code: TERRITORY.regionCode,
      zone: TERRITORY.zone,
      is_demonstration: TERRITORY.isDemonstration,
      created_at: now,
    })
    .execute();
}

/**
 * Tells PostgreSQL what was just written: it plans the joins of an unknown table as if it were empty, and the tables
 * fill up within this one transaction. Only their owner may, which the login is and the application's role is not.
 */
async function gatherStatistics(tx: TerritoryTransaction): Promise<void> {
  await sql`set local role none`.execute(tx);
  await sql`analyze people, organisations, agreements, instalments, commitments, needs, offers, matches, sessions, ledger_accounts, ledger_entries, ledger_transfers, events, support_kinds`.execute(
    tx,
  );
  await sql`set local role ${sql.id(APPLICATION_ROLE)}`.execute(tx);
}
