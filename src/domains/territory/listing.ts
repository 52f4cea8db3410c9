/**
 * How the public list of organisations is narrowed, sorted and paged, as its address says it: whoever opens the
 * address sees the same list.
 *
 * Must always hold: an address that says something unknown says nothing of it; what `writeListing` writes,
 * `readListing` reads back the same; a cursor is only ever read under the sort that wrote it.
 */
import { parseId } from '../../lib/ids.ts';
import { PARTS, type Part } from './organisation.ts';
import { NAF_SECTIONS } from './naf-sections.ts';

/** What became of an organisation here. Newly arrived: for less than a year. */
export const LIVES = ['active', 'arrived', 'left', 'closed'] as const;
export type Life = (typeof LIVES)[number];

export const SORTS = ['relevance', 'name', 'newest', 'founded', 'employees'] as const;
export type Sort = (typeof SORTS)[number];

export const FACETS = ['part', 'theme', 'life', 'commune', 'section', 'decade'] as const;
export type Facet = (typeof FACETS)[number];

export interface OrganisationFilter {
  readonly words: string;
  /** Several values of one facet widen the list, several facets narrow it; an empty list narrows nothing. */
  readonly chosen: Readonly<Record<Facet, readonly string[]>>;
}

/** A row of the list and what it is sorted by. */
export interface Place {
  readonly key: string;
  readonly id: string;
}

export interface ListCursor extends Place {
  readonly direction: 'after' | 'before';
}

export interface Listing {
  readonly filter: OrganisationFilter;
  readonly sort: Sort;
  readonly cursor: ListCursor | undefined;
}

export interface FacetValue {
  readonly value: string;
  /** What it is called, where the value does not say it: a commune's name. */
  readonly label: string | null;
  readonly count: number;
}

export type FacetCounts = Readonly<Record<Facet, readonly FacetValue[]>>;

export const NO_FACETS: FacetCounts = { part: [], theme: [], life: [], commune: [], section: [], decade: [] };

export const NO_FILTER: OrganisationFilter = {
  words: '',
  chosen: { part: [], theme: [], life: [], commune: [], section: [], decade: [] },
};

/** The words of the address, French as people read them. */
export const FACET_PARAMETERS: Readonly<Record<Facet, string>> = {
  part: 'role',
  theme: 'theme',
  life: 'vie',
  commune: 'commune',
  section: 'naf',
  decade: 'decennie',
};
const SORT_WORDS: Readonly<Record<Sort, string>> = {
  relevance: 'pertinence',
  name: 'nom',
  newest: 'arrivee',
  founded: 'creation',
  employees: 'effectif',
};
const LIFE_WORDS: Readonly<Record<Life, string>> = {
  active: 'active',
  arrived: 'nouvelle',
  left: 'partie',
  closed: 'fermee',
};
const LONGEST_QUERY = 200;
/** More values of one facet than anybody chooses by hand. */
const MOST_CHOSEN = 40;

export function readListing(query: URLSearchParams): Listing {
  const words = (query.get('q') ?? '').replaceAll('\u0000', ' ').slice(0, LONGEST_QUERY).trim();
  const chosen = Object.fromEntries(
    FACETS.map((facet) => [facet, readChosen(facet, query.getAll(FACET_PARAMETERS[facet]))]),
  ) as Record<Facet, string[]>;
  const sort = readSort(query.get('tri'), words);
  return { filter: { words, chosen }, sort, cursor: readCursor(query, sort) };
}

/** The parameters that say the filter and the sort; what is usual is left out. */
export function writeListing({ filter, sort }: Pick<Listing, 'filter' | 'sort'>): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.words !== '') query.set('q', filter.words);
  for (const facet of FACETS)
    for (const value of filter.chosen[facet]) query.append(FACET_PARAMETERS[facet], writeValue(facet, value));
  if (sort !== usualSort(filter.words)) query.set('tri', SORT_WORDS[sort]);
  return query;
}

/** The filter with one value of a facet chosen, or no longer. */
export function toggled(filter: OrganisationFilter, facet: Facet, value: string): OrganisationFilter {
  const values = filter.chosen[facet];
  const changed = values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
  return { ...filter, chosen: { ...filter.chosen, [facet]: changed } };
}

export function isNarrowed({ words, chosen }: OrganisationFilter): boolean {
  return words !== '' || FACETS.some((facet) => chosen[facet].length > 0);
}

/** What matches best when words are sought, the alphabet otherwise. */
export function usualSort(words: string): Sort {
  return words === '' ? 'name' : 'relevance';
}

/** The sorts that make sense: nothing matches better than another where nothing is sought. */
export function sortsFor(words: string): readonly Sort[] {
  return words === '' ? SORTS.filter((sort) => sort !== 'relevance') : SORTS;
}

export function writeCursor({ id, key }: Place): string {
  return `${id}~${key}`;
}

/** The words of a search, at most eight, without the signs between them. */
export function wordsOf(text: string): readonly string[] {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 8);
}

/** From the dates of its life, the latest word first. */
export function lifeOf(
  dates: {
    readonly arrivedOn: Temporal.PlainDate | null;
    readonly leftOn: Temporal.PlainDate | null;
    readonly closedOn: Temporal.PlainDate | null;
  },
  today: Temporal.PlainDate,
): Life {
  const isPast = (day: Temporal.PlainDate | null) => day !== null && Temporal.PlainDate.compare(day, today) <= 0;
  if (isPast(dates.closedOn)) return 'closed';
  if (isPast(dates.leftOn)) return 'left';
  const { arrivedOn } = dates;
  const isNew = isPast(arrivedOn) && !isPast(arrivedOn?.add({ years: 1 }) ?? null);
  return isNew ? 'arrived' : 'active';
}

function readChosen(facet: Facet, given: readonly string[]): string[] {
  const values = given.flatMap((text) => readValue(facet, text) ?? []);
  return [...new Set(values)].slice(0, MOST_CHOSEN);
}

function readValue(facet: Facet, text: string): string | undefined {
  switch (facet) {
    case 'part':
      return PARTS.find((part: Part) => part === text);
    case 'life':
      return LIVES.find((life) => LIFE_WORDS[life] === text);
    case 'section':
      return NAF_SECTIONS.find((section) => section === text);
    case 'theme':
      return /^[a-z0-9-]{1,60}$/u.test(text) ? text : undefined;
    case 'decade':
      return /^[12]\d{2}0$/u.test(text) ? text : undefined;
    case 'commune':
      return /^[^\u0000-\u001f]{1,120}$/u.test(text) ? text : undefined;
  }
}

function writeValue(facet: Facet, value: string): string {
  return facet === 'life' ? LIFE_WORDS[value as Life] : value;
}

function readSort(word: string | null, words: string): Sort {
  return sortsFor(words).find((sort) => SORT_WORDS[sort] === word) ?? usualSort(words);
}

/** The word of a sort in the address. */
export function sortWord(sort: Sort): string {
  return SORT_WORDS[sort];
}

const KEY_FORMS: Readonly<Record<Sort, RegExp>> = {
  relevance: /^\d(?:\.\d{1,20})? [^\u0000]{0,400}$/u,
  name: /^[^\u0000]{0,400}$/u,
  newest: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/u,
  founded: /^\d{4}-\d\d-\d\d$/u,
  employees: /^(?:-1|\d{1,10})$/u,
};

function readCursor(query: URLSearchParams, sort: Sort): ListCursor | undefined {
  const after = query.get('apres');
  const text = after ?? query.get('avant') ?? '';
  const [, id = '', key = ''] = /^([^~]{36})~(.*)$/su.exec(text) ?? [];
  if (parseId(id) === undefined || !KEY_FORMS[sort].test(key) || !isReal(sort, key)) return undefined;
  return { key, id, direction: after === null ? 'before' : 'after' };
}

/** A day that looks like one may be the 31st of February, and a count too large for its column. */
function isReal(sort: Sort, key: string): boolean {
  if (sort === 'employees') return Number(key) <= 2_147_483_647;
  if (sort !== 'newest' && sort !== 'founded') return true;
  try {
    Temporal.PlainDate.from(key.slice(0, 10), { overflow: 'reject' });
    if (sort === 'newest') Temporal.Instant.from(key);
    return true;
  } catch {
    return false;
  }
}
