/**
 * A directory as large as one likes, the same each time: names, texts and places made of a vocabulary in which few words
 * are common and many are rare, as in real texts. For measurements and for tests of what must stay quick or flat.
 */
import { sql } from 'kysely';
import type { Territory } from '../../src/domains/territory/visit.ts';
import { PARTS } from '../../src/domains/territory/organisation.ts';
import { newId } from '../../src/lib/ids.ts';
import { seededRandom, type SeededRandom } from '../../src/lib/seeded-random.ts';
import { withTerritory, type Database } from '../../src/platform/postgres/database.ts';

const BATCH = 2000;
const THEMES = 40;
const COMMUNES = 460;
const FIRST = Temporal.Instant.from('2016-01-15T08:00:00Z');

const ROOTS =
  'agri aqua arbo bio ceram climat cyber derm dyna écol électr énerg ferm fibr géo gluc graph hydr indus inform isol logist lumi mécan médic métal mobil motor multi nano neur nutri opt pharm photo plast pneu poly radi robot santé sécur sol son styl synth techn téléph therm topo trans urb vég vibr vill volcan'.split(
    ' ',
  );
const ENDINGS =
  'ance ateur ation aire ein elle ence erie éon ette eur ie ière ine ion ique isme iste ité ium lab log mat ment mètre nome on or ose plus scope stat ture um us'.split(
    ' ',
  );
const WORDS = ENDINGS.flatMap((ending) => ROOTS.map((root) => `${root}${ending}`));

/** A word that stands in one organisation of ten thousand. */
export const RARE_WORD = 'ornithorynque';
/** Two words that stand side by side in one organisation of twenty. */
export const COMMON_PHRASE = 'transition écologique';

export async function makeManyOrganisations(database: Database, territory: Territory, count: number): Promise<void> {
  const random = seededRandom(count);
  await withTerritory(database, territory.id, async (tx) => {
    const themes = Array.from({ length: THEMES }, (_, place) => `theme-${place + 1}`);
    await sql`insert into themes (territory_id, code, label_fr, label_en)
      select ${tx.territoryId}, code, 'Thème ' || code, 'Theme ' || code from unnest(${themes}::text[]) as code`.execute(
      tx,
    );
    for (let start = 0; start < count; start += BATCH) {
      const rows = Array.from({ length: Math.min(BATCH, count - start) }, (_, place) => rowOf(start + place, random));
      const given = JSON.stringify(rows);
      await sql`insert into organisations (territory_id, id, slug, name, naf_section, commune, commune_code, latitude, longitude,
          employees, founded_on, arrived_on, left_on, closed_on, summary_fr, created_at, updated_at)
        select ${tx.territoryId}, id, slug, name, naf_section, commune, commune_code, latitude, longitude,
          employees, founded_on, arrived_on, left_on, closed_on, summary_fr, created_at, created_at
        from json_to_recordset(${given}) as given (id uuid, slug text, name text, naf_section text, commune text, commune_code text,
          latitude double precision, longitude double precision, employees integer, founded_on date, arrived_on date, left_on date,
          closed_on date, summary_fr text, created_at timestamptz)`.execute(tx);
      await sql`insert into organisation_parts (territory_id, organisation_id, part)
        select ${tx.territoryId}, id, unnest(parts) from json_to_recordset(${given}) as given (id uuid, parts text[])`.execute(
        tx,
      );
      await sql`insert into organisation_themes (territory_id, organisation_id, theme_code)
        select ${tx.territoryId}, id, unnest(themes) from json_to_recordset(${given}) as given (id uuid, themes text[])`.execute(
        tx,
      );
    }
  });
}

function rowOf(place: number, random: SeededRandom) {
  const createdAt = FIRST.add({ minutes: 50 * place });
  const founded = 1950 + random.whole(74);
  const commune = skewed(COMMUNES, random);
  const fate = random.whole(20);
  const name = `${capital(wordOf(random))} ${capital(WORDS[random.whole(WORDS.length)] ?? '')}`;
  return {
    id: newId<'organisation'>(createdAt, random.fill),
    slug: `organisation-${place}`,
    name: `${name} ${place}`,
    naf_section: 'ABCDEFGHIJKLMNOPQRS'[skewed(19, random)],
    commune: `Commune ${commune}`,
    commune_code: String(63_001 + commune),
    latitude: 45.3 + (commune % 23) / 30,
    longitude: 2.6 + Math.floor(commune / 23) / 20,
    employees: random.whole(4) === 0 ? null : skewed(900, random),
    founded_on: `${founded}-0${1 + random.whole(9)}-1${random.whole(9)}`,
    arrived_on: fate === 1 ? '2026-03-01' : null,
    left_on: fate === 2 ? '2024-05-01' : null,
    closed_on: fate === 3 ? '2025-05-01' : null,
    summary_fr: summaryOf(place, random),
    created_at: createdAt.toString(),
    parts: [PARTS[skewed(PARTS.length, random)], ...(random.whole(10) === 0 ? ['support-structure'] : [])].filter(
      (part, at, all) => all.indexOf(part) === at,
    ),
    themes: [`theme-${1 + skewed(THEMES, random)}`, `theme-${1 + skewed(THEMES, random)}`].filter(
      (theme, at, all) => all.indexOf(theme) === at,
    ),
  };
}

function summaryOf(place: number, random: SeededRandom): string {
  const words = Array.from({ length: 14 + random.whole(16) }, () => wordOf(random));
  if (random.whole(20) === 0) words.push(COMMON_PHRASE);
  if (place % 10_000 === 17) words.push(RARE_WORD);
  return words.join(' ');
}

function wordOf(random: SeededRandom): string {
  return WORDS[skewed(WORDS.length, random)] ?? '';
}

/** Small numbers often, large ones seldom. */
function skewed(limit: number, random: SeededRandom): number {
  const share = random.whole(1_000_000) / 1_000_000;
  return Math.floor(limit * share ** 2);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
