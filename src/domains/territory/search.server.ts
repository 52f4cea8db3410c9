/**
 * The conditions of the public list as SQL, over a row `o` of organisations.
 *
 * Words are sought through the view `organisation_search`: under row security the indexes of words and of letters lie
 * idle, and the view lends them (docs/decisions/0022-finding.md). All else reads the table.
 */
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { STOP_WORDS } from '../../algorithms/text/stop-words.ts';
import { foldedLetters } from '../../lib/slug.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { wordsOf, type Facet, type Life, type OrganisationFilter, type Sort } from './listing.ts';

/** How words are taken: as they are, or for the names that look like them. */
export type Reading = 'exact' | 'similar';

/** What a list is asked of, beside its order. */
export interface Sought {
  readonly filter: OrganisationFilter;
  readonly reading: Reading;
  readonly today: Temporal.PlainDate;
}

/** Names that look like the words: no more than one page of them. */
export const MOST_SIMILAR = 50;
const SHORTEST_PREFIX = 2;

/** Neither hidden nor merged: what lists, maps, feeds and files may name. */
export const LISTED = sql<SqlBool>`(o.is_listed and o.merged_into_id is null)`;

/**
 * `found`: what holds the words, read once because other conditions would tempt the planner away from their index; the
 * whole territory where no words are sought. Queries go on from there.
 */
export function foundIn(tx: TerritoryTransaction, { filter, reading }: Sought): RawBuilder<unknown> {
  const conditions = [sql<SqlBool>`o.territory_id = ${tx.territoryId}`, LISTED];
  if (filter.words !== '') conditions.push(reading === 'exact' ? holding(filter.words) : resembling(tx, filter.words));
  const source =
    filter.words === ''
      ? sql`not materialized (select * from organisations o`
      : sql`materialized (select ${FOUND} from organisation_search o`;
  return sql`found as ${source} where ${sql.join(conditions, sql` and `)})`;
}

/** Of the view, all but the words themselves, which are long. */
const FOUND = sql`o.id, o.name_key, o.names_key, o.commune_key, o.naf_section, o.employees, o.founded_on, o.founded_decade,
  o.arrived_on, o.left_on, o.closed_on, o.created_at, o.latitude, o.longitude`;

/** Of `found o`: what the facets keep; `except` leaves one open, to count what each of its values would give. */
export function keptBy(tx: TerritoryTransaction, sought: Sought, except?: Facet): RawBuilder<SqlBool> {
  const conditions = facetConditions(tx, sought, except);
  return conditions.length === 0 ? sql<SqlBool>`true` : sql.join(conditions, sql` and `);
}

function facetConditions(
  tx: TerritoryTransaction,
  { filter: { chosen }, today }: Sought,
  except?: Facet,
): RawBuilder<SqlBool>[] {
  const asked = (facet: Facet) => facet !== except && chosen[facet].length > 0;
  const conditions: RawBuilder<SqlBool>[] = [];
  if (asked('part'))
    conditions.push(sql`exists (select from organisation_parts p where p.territory_id = ${tx.territoryId}
      and p.organisation_id = o.id and p.part = any(${chosen.part}::text[]))`);
  if (asked('theme'))
    conditions.push(sql`exists (select from organisation_themes t where t.territory_id = ${tx.territoryId}
      and t.organisation_id = o.id and t.theme_code = any(${chosen.theme}::text[]))`);
  if (asked('commune')) conditions.push(sql`o.commune_key = any(${chosen.commune}::text[])`);
  if (asked('section')) conditions.push(sql`o.naf_section = any(${chosen.section}::text[])`);
  if (asked('decade')) conditions.push(sql`o.founded_decade = any(${chosen.decade.map(Number)}::integer[])`);
  if (asked('life')) conditions.push(sql`${lifeOn(today)} = any(${chosen.life}::text[])`);
  return conditions;
}

/** The twin of `lifeOf`. */
export function lifeOn(today: Temporal.PlainDate): RawBuilder<Life> {
  return sql<Life>`case when o.closed_on <= ${today}::date then 'closed' when o.left_on <= ${today}::date then 'left'
    when o.arrived_on <= ${today}::date and o.arrived_on > ${today.subtract({ years: 1 })}::date then 'arrived' else 'active' end`;
}

export interface Order {
  /** What rows are compared by, before their id. */
  readonly columns: readonly RawBuilder<unknown>[];
  readonly direction: 'asc' | 'desc';
  /** The columns as one text, for a cursor. */
  readonly key: RawBuilder<string>;
  /** The values of such a text. */
  values(key: string): readonly RawBuilder<unknown>[];
}

/** Years are compared by the first of their days where the day is not known, sizes by −1. */
export function orderOf(sort: Sort, sought: Sought): Order {
  switch (sort) {
    case 'relevance': {
      const tier = tierOf(sought);
      return {
        columns: [tier, sql`o.name_key`],
        direction: 'asc',
        key: sql`${tier}::text || ' ' || o.name_key`,
        values: (key) => [
          sql`${key.slice(0, key.indexOf(' '))}::double precision`,
          sql`${key.slice(key.indexOf(' ') + 1)}::text`,
        ],
      };
    }
    case 'name':
      return ordered(sql`o.name_key`, 'asc', sql`o.name_key`, (key) => sql`${key}::text`);
    case 'newest':
      return ordered(
        sql`o.created_at`,
        'desc',
        sql`to_char(o.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
        (key) => sql`${key}::timestamptz`,
      );
    case 'founded':
      return ordered(
        sql`coalesce(o.founded_on, '0001-01-01'::date)`,
        'desc',
        sql`coalesce(o.founded_on, '0001-01-01'::date)::text`,
        (key) => sql`${key}::date`,
      );
    case 'employees':
      return ordered(
        sql`coalesce(o.employees, -1)`,
        'desc',
        sql`coalesce(o.employees, -1)::text`,
        (key) => sql`${Number(key)}::integer`,
      );
  }
}

function ordered(
  column: RawBuilder<unknown>,
  direction: Order['direction'],
  key: RawBuilder<string>,
  value: (key: string) => RawBuilder<unknown>,
): Order {
  return { columns: [column], direction, key, values: (text) => [value(text)] };
}

/** The name itself, its beginning, words in a name, words elsewhere; or how little a name looks like what was typed. */
function tierOf({ filter: { words }, reading }: Sought): RawBuilder<number> {
  const typed = foldedLetters(words);
  if (reading === 'similar') return sql<number>`(5 - word_similarity(${typed}, o.names_key))::double precision`;
  const inNames = wordsOf(typed).map((word) => sql<SqlBool>`strpos(o.names_key, ${word}) > 0`);
  return sql<number>`(case when o.name_key = ${typed} then 0 when starts_with(o.name_key, ${typed}) then 1
    when ${inNames.length === 0 ? sql`false` : sql.join(inNames, sql` and `)} then 2 else 3 end)::double precision`;
}

/** Each word somewhere, as French, as English or as it stands; or all of them in the names, the last one begun. */
function holding(words: string): RawBuilder<SqlBool> {
  const typed = wordsOf(words);
  if (typed.length === 0) return sql`starts_with(o.name_key, ${foldedLetters(words)})`;
  const telling = typed.filter((word) => !isCommon(word));
  const everywhere = sql.join(
    (telling.length > 0 ? telling : typed).map(
      (
        word,
      ) => sql`(plainto_tsquery('public.french_folded', ${word}) || plainto_tsquery('public.english_folded', ${word})
        || plainto_tsquery('public.simple_folded', ${word}))`,
    ),
    sql` && `,
  );
  return sql`(o.search_text @@ (${everywhere})
    or to_tsvector('public.simple_folded', o.names_key) @@ to_tsquery('public.simple_folded', ${begun(typed)}))`;
}

/** `'green' & 'bu':*`: letters and digits only, so that nothing in it can be taken for a sign of the query. */
function begun(words: readonly string[]): string {
  const last = words.length - 1;
  return words
    .map((word, place) => `'${word}'${place === last && word.length >= SHORTEST_PREFIX ? ':*' : ''}`)
    .join(' & ');
}

/** The names that look most like what was typed. */
function resembling(tx: TerritoryTransaction, words: string): RawBuilder<SqlBool> {
  const typed = foldedLetters(words);
  return sql`o.id in (select o.id from organisation_search o where o.territory_id = ${tx.territoryId} and ${LISTED}
    and ${typed}::text <% o.names_key order by word_similarity(${typed}, o.names_key) desc, o.id limit ${sql.lit(MOST_SIMILAR)})`;
}

function isCommon(word: string): boolean {
  const folded = foldedLetters(word);
  return STOP_WORDS.fr.has(folded) || STOP_WORDS.en.has(folded) || /^[cdjlmnst]$/u.test(folded);
}
