/**
 * How likely two organisations are one: by SIREN, web domain and name.
 *
 * Must always hold: likeness is the same both ways; two different SIRENs are never one organisation; a name alone is a
 * question for a person, never an answer (`isCertain` only by SIREN); every pair that `likenessOf` proposes through its
 * SIREN, its domain or its name is found by the index, whatever the number of entries, and looking one up costs the
 * same in a list of a hundred thousand as in a short one. A domain that many share (a host of pages) says nothing.
 */
import { isNearWord } from '../../lib/near-word.ts';
import { labelKey } from './themes.ts';

export interface Likened {
  readonly name: string;
  readonly otherNames?: readonly string[];
  readonly siren: string | null;
  readonly website: string | null;
  readonly communeCode?: string | null;
}

export type LikenessReason = 'siren' | 'domain' | 'name' | 'near-name' | 'commune';

export interface Likeness {
  /** From 0 to 1; what a person is asked about starts at `PROPOSED_FROM`. */
  readonly score: number;
  readonly reasons: readonly LikenessReason[];
  /** One SIREN: the register says that they are one. */
  readonly isCertain: boolean;
}

export interface DuplicatePair<Entry> extends Likeness {
  readonly first: Entry;
  readonly second: Entry;
}

export interface DuplicateIndex<Entry extends Likened> {
  /** Those that may be the same as this one, likeliest first; never the entry itself. */
  find(entry: Likened): readonly (Likeness & { readonly entry: Entry })[];
  add(entry: Entry): void;
}

export const PROPOSED_FROM = 0.5;

/** As many with one domain are a coincidence no more: it belongs to a host or to a group. */
const MOST_OF_ONE_DOMAIN = 4;
const SHORTEST_NEAR_NAME = 6;
const MOST_FOUND = 20;

const SHARED_HOSTS = new Set(
  `facebook.com linkedin.com fr.linkedin.com twitter.com x.com instagram.com youtube.com youtu.be github.com gitlab.com
   medium.com sites.google.com play.google.com apps.apple.com itunes.apple.com linktr.ee t.co bit.ly goo.gl
   crunchbase.com angel.co wellfound.com producthunt.com`.split(/\s+/u),
);

const LEGAL_FORMS =
  /\b(?:s ?a ?s(?: ?u)?|s ?a ?r ?l|e ?u ?r ?l|s ?a|s ?n ?c|s ?c ?i|scop|scic|selarl|gie|inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|gmbh|ug|ag|bv|b v|srl|oy|ab|pty|pte|co|company)$/u;

/** A name without case, accents, punctuation, legal form and spaces: `Limagrain S.A.` and `LIMAGRAIN` have one. */
export function nameKeyOf(name: string): string {
  const words = labelKey(name).replace(/^(?:the|les?|la|l) /u, '');
  const bare = words.replace(LEGAL_FORMS, '').trim();
  return (bare === '' ? words : bare).replaceAll(' ', '');
}

/** The host of a web address that may tell an organisation from another; none for pages at a host that all use. */
export function domainOf(website: string | null): string | undefined {
  const host = URL.parse(website ?? '')
    ?.hostname.toLowerCase()
    .replace(/^www\d?\./u, '');
  return host === undefined || host === '' || SHARED_HOSTS.has(host) ? undefined : host;
}

/** None when nothing says that they may be one, or a SIREN says that they are not. */
export function likenessOf(one: Likened, other: Likened): Likeness | undefined {
  return likenessOfTraits(traitsOf(one), traitsOf(other));
}

/** From here on a name that differs by one letter is worth a question, when nothing speaks against it. */
export const ASKED_FROM = 0.45;

/** An index to look entries up in, one at a time; what is less alike than `least` is not found. */
export function duplicateIndex<Entry extends Likened>(
  entries: Iterable<Entry>,
  least = PROPOSED_FROM,
): DuplicateIndex<Entry> {
  const blocks = new Map<string, Indexed<Entry>[]>();
  const add = (entry: Entry) => {
    const indexed = { entry, traits: traitsOf(entry) };
    for (const block of blocksOf(indexed.traits)) {
      const list = blocks.get(block);
      if (list === undefined) blocks.set(block, [indexed]);
      else list.push(indexed);
    }
  };
  for (const entry of entries) add(entry);
  const find = (entry: Likened) => {
    const own = traitsOf(entry);
    const domainCount = blocks.get(`domain ${own.domain}`)?.length ?? 0;
    const traits = domainCount > MOST_OF_ONE_DOMAIN ? { ...own, domain: undefined } : own;
    const candidates = new Set(lookupsOf(traits).flatMap((block) => blocks.get(block) ?? []));
    const found: (Likeness & { readonly entry: Entry })[] = [];
    for (const candidate of candidates) {
      const likeness = candidate.entry === entry ? undefined : likenessOfTraits(traits, candidate.traits);
      if (likeness !== undefined && likeness.score >= least) found.push({ ...likeness, entry: candidate.entry });
    }
    return found.toSorted((a, b) => b.score - a.score).slice(0, MOST_FOUND);
  };
  return { find, add };
}

/** All pairs of a list that a person should look at, likeliest first, each once. */
export function duplicatePairs<Entry extends Likened>(entries: readonly Entry[]): DuplicatePair<Entry>[] {
  const index = duplicateIndex<Entry>(entries);
  const places = new Map(entries.map((entry, place) => [entry, place]));
  const pairs = entries.flatMap((first, place) =>
    index
      .find(first)
      .filter(({ entry }) => (places.get(entry) ?? 0) > place)
      .map(({ entry: second, ...likeness }) => ({ ...likeness, first, second })),
  );
  return pairs.toSorted((a, b) => b.score - a.score);
}

interface Traits {
  readonly siren: string | null;
  readonly domain: string | undefined;
  readonly names: readonly string[];
  readonly communeCode: string | null;
}

interface Indexed<Entry> {
  readonly entry: Entry;
  readonly traits: Traits;
}

function traitsOf({ name, otherNames = [], siren, website, communeCode = null }: Likened): Traits {
  const names = [...new Set([name, ...otherNames].map(nameKeyOf))].filter((key) => key !== '' && key !== '?');
  return { siren, domain: domainOf(website), names, communeCode };
}

function likenessOfTraits(one: Traits, other: Traits): Likeness | undefined {
  if (one.siren !== null && other.siren !== null)
    return one.siren === other.siren ? { score: 1, reasons: ['siren'], isCertain: true } : undefined;
  const isSameDomain = one.domain !== undefined && one.domain === other.domain;
  const areDomainsApart = one.domain !== undefined && other.domain !== undefined && !isSameDomain;
  const nameLikeness = nameLikenessOf(one.names, other.names);
  if (!isSameDomain && nameLikeness === undefined) return undefined;
  const isSamePlace = one.communeCode !== null && one.communeCode === other.communeCode;
  const reasons: LikenessReason[] = [
    ...(isSameDomain ? (['domain'] as const) : []),
    ...(nameLikeness === undefined ? [] : [nameLikeness]),
    ...(isSamePlace ? (['commune'] as const) : []),
  ];
  return { score: scoreOf({ isSameDomain, areDomainsApart, nameLikeness, isSamePlace }), reasons, isCertain: false };
}

/** Two companies of one name are common: with two domains they are two, unless they stand in one town. */
function scoreOf(found: {
  readonly isSameDomain: boolean;
  readonly areDomainsApart: boolean;
  readonly nameLikeness: 'name' | 'near-name' | undefined;
  readonly isSamePlace: boolean;
}): number {
  const { isSameDomain, areDomainsApart, nameLikeness, isSamePlace } = found;
  if (isSameDomain) return { name: 0.97, 'near-name': 0.92, none: 0.75 }[nameLikeness ?? 'none'];
  const start = nameLikeness === 'name' ? 0.6 : 0.45;
  return start + (isSamePlace ? 0.2 : 0) - (areDomainsApart ? 0.25 : 0);
}

function nameLikenessOf(ones: readonly string[], others: readonly string[]): 'name' | 'near-name' | undefined {
  if (ones.some((one) => others.includes(one))) return 'name';
  return ones.some((one) => others.some((other) => isNearName(one, other))) ? 'near-name' : undefined;
}

function isNearName(one: string, other: string): boolean {
  return Math.min(one.length, other.length) >= SHORTEST_NEAR_NAME && isNearWord(one, other);
}

/** Where an entry lies: by its number, its domain, its names, and the halves of each name. */
function blocksOf({ siren, domain, names }: Traits): string[] {
  return [...exactBlocks({ siren, domain, names }), ...names.flatMap((name) => halvesOf(name, name.length))];
}

/** Where one that is near may lie: a name that differs by one letter has one half of it whole. */
function lookupsOf({ siren, domain, names }: Traits): string[] {
  const near = names.flatMap((name) => [-1, 0, 1].flatMap((more) => halvesOf(name, name.length + more)));
  return [...exactBlocks({ siren, domain, names }), ...near];
}

function exactBlocks({ siren, domain, names }: Pick<Traits, 'siren' | 'domain' | 'names'>): string[] {
  return [
    ...(siren === null ? [] : [`siren ${siren}`]),
    ...(domain === undefined ? [] : [`domain ${domain}`]),
    ...names.map((name) => `name ${name}`),
  ];
}

/** The halves that a name of this length would have, were it near to this one. */
function halvesOf(name: string, length: number): string[] {
  if (length < SHORTEST_NEAR_NAME) return [];
  const middle = Math.floor(length / 2);
  return [`${length} ${name.slice(0, middle)}…`, `${length} …${name.slice(name.length - (length - middle))}`];
}
