/** The data of the HTTP bench: one territory of many organisations and ten facts each, the same every time. */
import pg from 'pg';
import { sql } from 'kysely';
import { createToken } from '../../src/domains/territory/tokens.server.ts';
import { principalOf } from '../../src/domains/territory/principal.server.ts';
import { newId, ensureId, type Id, type TerritoryId } from '../../src/lib/ids.ts';
import { seededRandom, type SeededRandom } from '../../src/lib/seeded-random.ts';
import {
  openDatabase,
  withTerritory,
  type Database,
  type TerritoryTransaction,
} from '../../src/platform/postgres/database.ts';
import { SCOPES } from '../../src/platform/web/twin.ts';

export const SLUG = 'banc';
export const RARE_WORD = 'ornithorynque';
export const COMMON_PHRASE = 'transition écologique';
const BATCH = 2000;
const FIRST = Temporal.Instant.from('2016-01-15T08:00:00Z');
const TEAM = 'equipe@banc.invalid';
const PARTS = ['startup', 'company-partner', 'public-body', 'research', 'investor', 'media', 'support-structure'];
const WORDS =
  'accompagnement innovation territoire numérique entreprise jeune pousse financement recherche laboratoire université industrie santé énergie mobilité durable agriculture alimentation logiciel données plateforme réseau partenaire incubateur accélérateur pépinière formation emploi économie circulaire sociale solidaire quartier région métropole fabrication atelier prototype brevet transfert technologie biotechnologie photonique spatial robotique maritime forêt bois eau déchets recyclage bâtiment construction artisanat commerce tourisme culture patrimoine design services publics collectivité association coopérative mentorat hébergement bureaux événement concours subvention prêt garantie investisseur capital amorçage export international juridique comptabilité recrutement communication marketing'.split(
    ' ',
  );

export interface BenchData {
  readonly territoryId: TerritoryId;
  readonly token: string;
  readonly organisations: number;
  readonly facts: number;
  /** Of organisations, for reading one. */
  readonly ids: readonly string[];
  readonly slugs: readonly string[];
}

export async function makeBenchData(url: string, count: number): Promise<BenchData> {
  const territoryId = await makeTerritory(url);
  const database = openDatabase({ url, poolSize: 2 });
  try {
    await makePeopleAndThemes(database, territoryId);
    await makeOrganisations(database, territoryId, count);
    await analyse(url);
    return await describe(database, territoryId);
  } finally {
    await database.close();
  }
}

async function makeTerritory(url: string): Promise<TerritoryId> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const id = newId<'territory'>(FIRST, seededRandom(1).fill);
  await client.query(
    `insert into territories (id, slug, name, zone, half_day_minutes, is_demonstration, created_at)
     values ($1, $2, 'Le banc', 'Europe/Paris', 210, false, $3)`,
    [id, SLUG, FIRST.toString()],
  );
  await client.end();
  return id;
}

async function makePeopleAndThemes(database: Database, territoryId: TerritoryId): Promise<void> {
  await withTerritory(database, territoryId, async (tx) => {
    const themes = Array.from({ length: 40 }, (_, place) => `theme-${place + 1}`);
    await sql`insert into themes (territory_id, code, label_fr, label_en)
      select ${tx.territoryId}, code, code, code from unnest(${themes}::text[]) as code`.execute(tx);
    const person = newId<'person'>(FIRST, seededRandom(2).fill);
    const row = { territory_id: tx.territoryId, id: person, email: TEAM, name: 'Équipe', created_at: FIRST };
    await tx.insertInto('people').values(row).execute();
    await tx
      .insertInto('role_grants')
      .values({ territory_id: tx.territoryId, person_id: person, role: 'programme-team', granted_at: FIRST })
      .execute();
  });
}

async function makeOrganisations(database: Database, territoryId: TerritoryId, count: number): Promise<void> {
  const random = seededRandom(count);
  for (let start = 0; start < count; start += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - start) }, (_, place) => rowOf(start + place, random));
    await withTerritory(database, territoryId, (tx) => writeRows(tx, JSON.stringify(rows)));
  }
}

/** The organisations, and for each the change that wrote its ten facts. */
async function writeRows(tx: TerritoryTransaction, given: string): Promise<void> {
  await sql`insert into organisations (territory_id, id, slug, name, naf_section, commune, commune_code, employees, founded_on,
      website, summary_fr, summary_en, created_at, updated_at)
    select ${tx.territoryId}, id, slug, name, naf_section, commune, commune_code, employees, founded_on, website, summary_fr, '',
      created_at, created_at
    from json_to_recordset(${given}) as g (id uuid, slug text, name text, naf_section text, commune text, commune_code text,
      employees integer, founded_on date, website text, summary_fr text, created_at timestamptz)`.execute(tx);
  await sql`insert into organisation_parts (territory_id, organisation_id, part)
    select ${tx.territoryId}, id, part from json_to_recordset(${given}) as g (id uuid, part text)`.execute(tx);
  await sql`insert into organisation_themes (territory_id, organisation_id, theme_code)
    select ${tx.territoryId}, id, unnest(themes) from json_to_recordset(${given}) as g (id uuid, themes text[])`.execute(
    tx,
  );
  await sql`insert into organisation_changes (territory_id, id, organisation_id, source, at, after)
    select ${tx.territoryId}, change_id, id, 'import', created_at, jsonb_build_object('name', name, 'nafSection', naf_section,
      'commune', commune, 'communeCode', commune_code, 'employees', employees, 'foundedOn', founded_on, 'website', website,
      'summaryFr', summary_fr, 'parts', array[part], 'themes', themes)
    from json_to_recordset(${given}) as g (id uuid, change_id uuid, name text, naf_section text, commune text, commune_code text,
      employees integer, founded_on date, website text, summary_fr text, part text, themes text[], created_at timestamptz)`.execute(
    tx,
  );
}

function rowOf(place: number, random: SeededRandom) {
  const createdAt = FIRST.add({ minutes: 50 * place });
  const commune = random.whole(460);
  const word = () => WORDS[Math.floor((random.whole(1_000_000) / 1_000_000) ** 1.5 * WORDS.length)] ?? '';
  const summary: string[] = Array.from({ length: 26 + random.whole(10) }, word);
  if (random.whole(20) === 0) summary.push(COMMON_PHRASE);
  if (place % 10_000 === 17) summary.push(RARE_WORD);
  const themes = [...new Set([1 + random.whole(40), 1 + random.whole(40)])].map((number) => `theme-${number}`);
  return {
    id: newId<'organisation'>(createdAt, random.fill),
    change_id: newId<'change'>(createdAt, random.fill),
    slug: `organisation-${place}`,
    name: `${word()} ${word()} ${place}`,
    naf_section: 'ABCDEFGHIJKLMNOPQRS'[random.whole(19)],
    commune: `Commune ${commune}`,
    commune_code: String(63_001 + commune),
    employees: random.whole(900),
    founded_on: `${1950 + random.whole(74)}-0${1 + random.whole(9)}-1${random.whole(9)}`,
    website: `https://organisation-${place}.example`,
    summary_fr: summary.join(' '),
    part: PARTS[random.whole(PARTS.length)],
    themes,
    created_at: createdAt.toString(),
  };
}

async function analyse(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('vacuum (analyze)');
  await client.query('checkpoint');
  await client.end();
}

async function describe(database: Database, territoryId: TerritoryId): Promise<BenchData> {
  return withTerritory(database, territoryId, async (tx) => {
    const at = {
      now: Temporal.Now.instant(),
      fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void crypto.getRandomValues(bytes),
    };
    const made = await createToken(tx, await principalOf(tx, TEAM), { name: 'Banc', scopes: SCOPES, days: 30 }, at);
    if (!made.ok) throw new Error(`No token: ${made.reason}.`);
    const { rows } = await sql<{ organisations: bigint; facts: bigint }>`
      select (select count(*) from organisations) as organisations,
        (select count(*) from organisation_changes c, jsonb_object_keys(c.after)) as facts`.execute(tx);
    const some = await sql<{ id: string; slug: string }>`
      select id, slug from organisations order by id limit 5000`.execute(tx);
    return {
      territoryId: ensureId<'territory'>(territoryId satisfies Id<'territory'>),
      token: made.value.token,
      organisations: Number(rows[0]?.organisations),
      facts: Number(rows[0]?.facts),
      ids: some.rows.map(({ id }) => id),
      slugs: some.rows.map(({ slug }) => slug),
    };
  });
}
