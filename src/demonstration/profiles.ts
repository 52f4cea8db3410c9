/**
 * What the pages and the map of the demonstration show beside names and texts: places, dates of life, ties, sources. What
 * is said of the organisations of the real story is public; all else belongs to invented ones.
 */
import { sql } from 'kysely';
import { newId, type OrganisationId } from '../lib/ids.ts';
import type { SeededRandom } from '../lib/seeded-random.ts';
import type { TerritoryTransaction } from '../platform/postgres/database.ts';
import { momentOn, type DemonstrationCalendar } from './calendar.ts';
import { COMMUNES, OUTLINE, OUTLINE_CREDIT, PUBLIC_FACTS } from './content/places.ts';

interface Known {
  readonly id: OrganisationId;
  readonly name: string;
  readonly commune: string;
  readonly isInventedStartup: boolean;
}

export async function loadProfiles(
  tx: TerritoryTransaction,
  organisations: readonly Known[],
  calendar: DemonstrationCalendar,
  random: SeededRandom,
): Promise<void> {
  await placeThem(tx, organisations, random);
  await liveThem(
    tx,
    organisations.filter(({ isInventedStartup }) => isInventedStartup),
    calendar,
  );
  const bivouac = organisations.find(({ name }) => name === 'Le Bivouac');
  const supported = organisations.filter(({ isInventedStartup }) => isInventedStartup).filter((_, at) => at % 3 === 0);
  if (bivouac !== undefined) await tieThem(tx, bivouac.id, supported, random);
  await tx
    .insertInto('territory_maps')
    .values({
      territory_id: tx.territoryId,
      shapes: JSON.stringify(OUTLINE),
      credit: OUTLINE_CREDIT,
      changed_at: momentOn(calendar, Temporal.PlainDate.from('2016-01-15'), 9),
    })
    .execute();
  await sourceThem(tx, organisations, calendar, random);
}

/** Near the middle of their commune, not all on one point. */
async function placeThem(
  tx: TerritoryTransaction,
  organisations: readonly Known[],
  random: SeededRandom,
): Promise<void> {
  const rows = organisations.flatMap(({ id, name, commune }) => {
    const place = COMMUNES[commune];
    if (place === undefined) return [];
    const shift = () => (random.whole(200) - 100) / 20_000;
    const { siren, website } = PUBLIC_FACTS[name] ?? {};
    return [
      {
        id,
        code: place.code,
        postal: place.postalCode,
        latitude: place.latitude + shift(),
        longitude: place.longitude + shift(),
        siren,
        website,
      },
    ];
  });
  await sql`update organisations o set commune_code = given.code, postal_code = given.postal, latitude = given.latitude,
      longitude = given.longitude, siren = coalesce(given.siren, o.siren), website = given.website
    from json_to_recordset(${JSON.stringify(rows)}) as given (id uuid, code text, postal text, latitude double precision,
      longitude double precision, siren text, website text)
    where o.territory_id = ${tx.territoryId} and o.id = given.id`.execute(tx);
}

/** Of invented startups: some arrived lately, one left, one closed. */
async function liveThem(
  tx: TerritoryTransaction,
  startups: readonly Known[],
  calendar: DemonstrationCalendar,
): Promise<void> {
  const day = (months: number) => calendar.today.subtract({ months });
  const fates = [
    [4, 'arrived_on', day(2)],
    [11, 'arrived_on', day(5)],
    [19, 'arrived_on', day(8)],
    [26, 'left_on', day(7)],
    [33, 'closed_on', day(3)],
  ] as const;
  for (const [at, column, date] of fates) {
    const startup = startups[at];
    if (startup === undefined) continue;
    await tx
      .updateTable('organisations')
      .set({ [column]: date })
      .where('territory_id', '=', tx.territoryId)
      .where('id', '=', startup.id)
      .execute();
  }
}

async function tieThem(
  tx: TerritoryTransaction,
  toId: OrganisationId,
  supported: readonly Known[],
  random: SeededRandom,
): Promise<void> {
  const since = Temporal.PlainDate.from('2024-01-15');
  const own = { territory_id: tx.territoryId };
  const at = Temporal.Instant.from('2024-01-15T08:00:00Z');
  await tx
    .insertInto('organisation_ties')
    .values(
      supported.map(({ id }) => ({
        ...own,
        id: newId<'ty'>(at, random.fill),
        from_id: id,
        to_id: toId,
        kind: 'incubated-by',
        since,
      })),
    )
    .execute();
  await tx
    .insertInto('organisation_phases')
    .values(
      supported.flatMap(({ id }) => [
        {
          ...own,
          id: newId<'phase'>(at, random.fill),
          organisation_id: id,
          phase: 'Pré-accélération',
          since,
          until: since.add({ months: 6 }),
        },
        {
          ...own,
          id: newId<'phase'>(at, random.fill),
          organisation_id: id,
          phase: 'Accélération',
          since: since.add({ months: 6 }),
        },
      ]),
    )
    .execute();
}

async function sourceThem(
  tx: TerritoryTransaction,
  organisations: readonly Known[],
  calendar: DemonstrationCalendar,
  random: SeededRandom,
): Promise<void> {
  const at = momentOn(calendar, Temporal.PlainDate.from('2016-01-15'), 9);
  await tx
    .insertInto('organisation_changes')
    .values(
      organisations.map(({ id, name, commune }) => ({
        territory_id: tx.territoryId,
        id: newId<'change'>(at, random.fill),
        organisation_id: id,
        source: 'demonstration',
        at,
        after: JSON.stringify({ name, commune }),
      })),
    )
    .execute();
}
