/**
 * The facts that people, files and registers may state of an organisation: their kinds, how two values are compared,
 * how a change writes them down, and what can never be true together.
 *
 * Must always hold: each fact has one way to be written (`toJson`), so that two values are the same exactly when their
 * JSON is; reading back what was written gives the same value; parts and themes are sets; facts that fail
 * `faultsOf` are never stored.
 */
import type { Id } from '../../lib/ids.ts';
import { PARTS, type Part } from './organisation.ts';
import { isSiren, isSiret, sirenOf } from './siren.ts';

export type StoredFileId = Id<'file'>;

export interface Link {
  readonly label: string;
  readonly url: string;
}

/** What a territory's own field may hold. */
export type ExtraValue = string | number | boolean | readonly string[];

/** All that is stated of one organisation. A new one begins with `NO_FACTS`. */
export interface Facts {
  readonly name: string;
  readonly legalName: string | null;
  readonly otherNames: readonly string[];
  readonly siren: string | null;
  readonly siret: string | null;
  readonly nafCode: string | null;
  readonly nafSection: string | null;
  readonly regionCode: string | null;
  readonly commune: string | null;
  /** INSEE code, not the postal one. */
  readonly communeCode: string | null;
  readonly postalCode: string | null;
  readonly address: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly employees: number | null;
  readonly foundedOn: Temporal.PlainDate | null;
  readonly arrivedOn: Temporal.PlainDate | null;
  readonly leftOn: Temporal.PlainDate | null;
  readonly closedOn: Temporal.PlainDate | null;
  readonly website: string | null;
  readonly links: readonly Link[];
  readonly summaryFr: string;
  readonly summaryEn: string;
  readonly parts: readonly Part[];
  /** Codes of themes; those that were merged are led to the theme that they became when they are written. */
  readonly themes: readonly string[];
  readonly isListed: boolean;
  readonly logoId: StoredFileId | null;
  /** Values of the territory's own fields, by code. */
  readonly extra: Readonly<Record<string, ExtraValue>>;
}

/** Facts to write: what is absent stays as it is; in `extra`, null takes a value away. */
export type FactValues = Partial<Omit<Facts, 'extra'>> & {
  readonly extra?: Readonly<Record<string, ExtraValue | null>>;
};

/** The name of a fact in a change: one of the usual ones, or `extra.` and the code of a territory's own field. */
export type FactField = Exclude<keyof Facts, 'extra'>;
export type FactName = FactField | `extra.${string}`;

type FactKind = 'text' | 'texts' | 'set' | 'count' | 'degrees' | 'day' | 'links' | 'yes-no' | 'file';

interface FactRule {
  readonly kind: FactKind;
  /** Longest text, where the database says so. */
  readonly longest?: number;
  /** Whether a member's edit waits for the team: identity, dates of life, parts and listing. */
  readonly needsApproval: boolean;
}

const free = (kind: FactKind, longest?: number): FactRule => ({
  kind,
  needsApproval: false,
  ...(longest === undefined ? {} : { longest }),
});
const approved = (kind: FactKind, longest?: number): FactRule => ({ ...free(kind, longest), needsApproval: true });

export const FACT_RULES: Readonly<Record<FactField, FactRule>> = {
  name: approved('text', 160),
  legalName: approved('text', 200),
  otherNames: free('texts', 200),
  siren: approved('text'),
  siret: approved('text'),
  nafCode: free('text'),
  nafSection: free('text'),
  regionCode: free('text', 3),
  commune: free('text', 120),
  communeCode: free('text'),
  postalCode: free('text', 20),
  address: free('text', 300),
  latitude: free('degrees'),
  longitude: free('degrees'),
  employees: free('count'),
  foundedOn: approved('day'),
  arrivedOn: approved('day'),
  leftOn: approved('day'),
  closedOn: approved('day'),
  website: free('text', 500),
  links: free('links', 500),
  summaryFr: free('text', 2000),
  summaryEn: free('text', 2000),
  parts: approved('set'),
  themes: free('set'),
  isListed: approved('yes-no'),
  logoId: free('file'),
};

export const FACT_FIELDS = Object.keys(FACT_RULES) as readonly FactField[];

export const NO_FACTS: Facts = {
  name: '',
  legalName: null,
  otherNames: [],
  siren: null,
  siret: null,
  nafCode: null,
  nafSection: null,
  regionCode: null,
  commune: null,
  communeCode: null,
  postalCode: null,
  address: null,
  latitude: null,
  longitude: null,
  employees: null,
  foundedOn: null,
  arrivedOn: null,
  leftOn: null,
  closedOn: null,
  website: null,
  links: [],
  summaryFr: '',
  summaryEn: '',
  parts: [],
  themes: [],
  isListed: true,
  logoId: null,
  extra: {},
};

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
/** Facts by name, as a change keeps them. */
export type WrittenFacts = Readonly<Record<string, JsonValue>>;

/** The facts with the given ones put over them, in their one form. */
export function withFacts(known: Facts, given: FactValues): Facts {
  const said: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) if (value !== undefined) said[name] = value;
  const extra = Object.entries({ ...known.extra, ...given.extra }).filter(([, value]) => value !== null);
  const facts: Facts = { ...known, ...(said as FactValues), extra: Object.fromEntries(extra) as Facts['extra'] };
  return {
    ...facts,
    parts: asSet(facts.parts),
    themes: asSet(facts.themes),
    otherNames: [...new Set(facts.otherNames)],
    links: facts.links.map(({ label, url }) => ({ label, url })),
  };
}

/** Facts do not change, so that they are written down once. */
const writings = new WeakMap<Facts, WrittenFacts>();

/** Every fact by its name, as it is written down. */
export function toJson(facts: Facts): WrittenFacts {
  const known = writings.get(facts);
  if (known !== undefined) return known;
  const written = writtenDown(facts);
  writings.set(facts, written);
  return written;
}

function writtenDown(facts: Facts): WrittenFacts {
  const written: Record<string, JsonValue> = {};
  for (const field of FACT_FIELDS) written[field] = valueToJson(facts[field]);
  for (const code in facts.extra) written[`extra.${code}`] = facts.extra[code] ?? null;
  return written;
}

/** The facts that a change holds, ready to be written again. Names that are no longer facts are left out. */
export function fromJson(written: WrittenFacts): FactValues {
  const usual: Partial<Record<FactField, unknown>> = {};
  const extra: Record<string, ExtraValue | null> = {};
  for (const [name, value] of Object.entries(written)) {
    if (name.startsWith('extra.')) extra[name.slice('extra.'.length)] = value as ExtraValue | null;
    else if (name in FACT_RULES) usual[name as FactField] = valueFromJson(name as FactField, value);
  }
  return { ...(usual as FactValues), ...(Object.keys(extra).length > 0 ? { extra } : {}) };
}

export interface Difference {
  readonly before: WrittenFacts;
  readonly after: WrittenFacts;
  readonly names: readonly FactName[];
}

/** What differs between two states, each named fact with both values. */
export function differenceOf(before: Facts, after: Facts): Difference {
  const [old, now] = [toJson(before), toJson(after)];
  const more = Object.keys(now).filter((name) => !(name in old));
  const names = [...Object.keys(old), ...more].filter((name) => !isSame(old[name] ?? null, now[name] ?? null));
  const was: Record<string, JsonValue> = {};
  const is: Record<string, JsonValue> = {};
  for (const name of names) {
    was[name] = old[name] ?? null;
    is[name] = now[name] ?? null;
  }
  return { before: was, after: is, names: names as FactName[] };
}

/** Whether this fact, changed by a member of the organisation, waits for the team. */
export function needsApproval(name: FactName): boolean {
  return name in FACT_RULES && FACT_RULES[name as FactField].needsApproval;
}

export const FACT_FAULTS = [
  'name-missing',
  'part-missing',
  'too-long',
  'not-readable',
  'not-a-siren',
  'not-a-siret',
  'siret-of-another-siren',
  'not-a-naf-code',
  'not-a-commune-code',
  'not-a-region-code',
  'not-a-number',
  'place-incomplete',
  'closed-before-founded',
  'left-before-arrived',
  'not-a-link',
] as const;
export type FactFault = (typeof FACT_FAULTS)[number];

/** What is wrong, each with the fact at which it shows. None: the facts may be stored. */
export function faultsOf(facts: Facts): readonly { readonly field: FactName; readonly fault: FactFault }[] {
  const found: (readonly [boolean, FactName, FactFault])[] = [
    [facts.name.trim() === '', 'name', 'name-missing'],
    [facts.parts.length === 0 || facts.parts.some((part) => !PARTS.includes(part)), 'parts', 'part-missing'],
    [facts.siren !== null && !isSiren(facts.siren), 'siren', 'not-a-siren'],
    [facts.siret !== null && !isSiret(facts.siret), 'siret', 'not-a-siret'],
    [isOfAnother(facts), 'siret', 'siret-of-another-siren'],
    [misses(facts.nafCode, /^\d{2}\.\d{2}[A-Z]$/u), 'nafCode', 'not-a-naf-code'],
    [misses(facts.nafSection, /^[A-U]$/u), 'nafSection', 'not-a-naf-code'],
    [misses(facts.communeCode, /^[0-9AB]{5}$/u), 'communeCode', 'not-a-commune-code'],
    [misses(facts.regionCode, /^[0-9A-Z]{1,3}$/u), 'regionCode', 'not-a-region-code'],
    [!isCount(facts.employees), 'employees', 'not-a-number'],
    [(facts.latitude === null) !== (facts.longitude === null), 'latitude', 'place-incomplete'],
    [!isWithin(facts.latitude, 90), 'latitude', 'not-a-number'],
    [!isWithin(facts.longitude, 180), 'longitude', 'not-a-number'],
    [isBefore(facts.closedOn, facts.foundedOn), 'closedOn', 'closed-before-founded'],
    [isBefore(facts.leftOn, facts.arrivedOn), 'leftOn', 'left-before-arrived'],
    [facts.website !== null && !isWebAddress(facts.website), 'website', 'not-a-link'],
    [!facts.links.every(({ url }) => isWebAddress(url)), 'links', 'not-a-link'],
  ];
  return [...found.flatMap(([isWrong, field, fault]) => (isWrong ? [{ field, fault }] : [])), ...textFaults(facts)];
}

function textFaults(facts: Facts) {
  const found: { field: FactName; fault: 'too-long' | 'not-readable' }[] = [];
  for (const [name, value] of Object.entries(toJson(facts))) {
    const field = name as FactName;
    const texts = textsIn(value);
    if (texts.length === 0) continue;
    const { longest = Infinity } = FACT_RULES[name as FactField] ?? { longest: 2000 };
    if (texts.some((text) => text.length > longest)) found.push({ field, fault: 'too-long' });
    if (!texts.every(isStorable)) found.push({ field, fault: 'not-readable' });
  }
  return found;
}

function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** PostgreSQL keeps neither U+0000 nor halves of a character. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

export function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/u.test(url.protocol) && url.hostname.includes('.');
}

function isSame(one: JsonValue, other: JsonValue): boolean {
  if (one === other) return true;
  return typeof one === 'object' && typeof other === 'object' && JSON.stringify(one) === JSON.stringify(other);
}

function isOfAnother({ siren, siret }: Facts): boolean {
  return siren !== null && siret !== null && sirenOf(siret) !== siren;
}

function misses(value: string | null, form: RegExp): boolean {
  return value !== null && !form.test(value);
}

function isCount(value: number | null): boolean {
  return value === null || (Number.isInteger(value) && value >= 0 && value <= 2_147_483_647);
}

function isWithin(value: number | null, limit: number): boolean {
  return value === null || (value >= -limit && value <= limit);
}

function isBefore(end: Temporal.PlainDate | null, start: Temporal.PlainDate | null): boolean {
  return end !== null && start !== null && Temporal.PlainDate.compare(end, start) < 0;
}

function asSet<Value extends string>(values: readonly Value[]): Value[] {
  return [...new Set(values)].toSorted();
}

function valueToJson(value: Facts[FactField]): JsonValue {
  return value instanceof Temporal.PlainDate ? value.toString() : (value as unknown as JsonValue);
}

function valueFromJson(field: FactField, value: JsonValue): unknown {
  if (value === null) return NO_FACTS[field];
  return FACT_RULES[field].kind === 'day' ? Temporal.PlainDate.from(String(value)) : value;
}
