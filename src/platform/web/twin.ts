/**
 * The JSON twin of a page: what a program reads at `/api/…` where a person reads the page, under the same rights.
 *
 * Must always hold: a twin answers from what the page itself loaded, so that it can show nothing more; what its schema
 * does not name never leaves; the schema that describes an answer in OpenAPI is the one through which the answer passed.
 */
import { z } from 'zod';

/** What a token may be good for, by domain; each is granted for reading, for writing, or for both. */
export const SCOPE_AREAS = ['directory', 'people', 'support', 'matching', 'delivery', 'ledger'] as const;
export type ScopeArea = (typeof SCOPE_AREAS)[number];
export type Scope = `${ScopeArea}:${'read' | 'write'}`;
export const SCOPES: readonly Scope[] = SCOPE_AREAS.flatMap((area) => [`${area}:read`, `${area}:write`] as const);

export interface Twin<Data, Visit> {
  /** All that it shows: a token must be good for each. */
  readonly areas: readonly ScopeArea[];
  /** Absent where the page has nothing to read: it only shows a form. */
  readonly response?: z.ZodType;
  /** What is written of the page's data; the data themselves unless told. */
  of?(data: Data, visit: Visit): unknown;
  /** The same schemas that check the page's forms, by act. */
  readonly bodies?: Readonly<Record<string, z.ZodType>>;
}

/** Where a list goes on: addresses of this site. */
export interface TwinLinks {
  readonly next?: string | undefined;
  readonly previous?: string | undefined;
}

export const day = z.iso.date();
export const moment = z.iso.datetime();
export const id = z.uuid();
/** Whole numbers without a limit travel as text: no reader loses a digit. */
export const bigWhole = z.string().regex(/^-?\d+$/u);
export const links = z.object({ next: z.string().optional(), previous: z.string().optional() });

/** The answer of a twin as plain JSON, cut to what its schema names. Throws when the data are not what the schema says. */
export function writeTwin<Data, Visit>(twin: Twin<Data, Visit>, data: Data, visit: Visit): Record<string, unknown> {
  if (twin.response === undefined) throw new Error('This page has nothing to read.');
  const value = plain(twin.of === undefined ? data : twin.of(data, visit));
  return twin.response.parse(value) as Record<string, unknown>;
}

/** Dates and moments as their ISO text, maps as objects, sets as lists, big whole numbers as text. */
export function plain(value: unknown): unknown {
  if (value === undefined || value === null || typeof value !== 'object') {
    return typeof value === 'bigint' ? String(value) : value;
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Set) return [...value].map(plain);
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag.startsWith('Temporal.')) return String(value);
  return Object.fromEntries(entries.map(([key, item]) => [String(key), plain(item)]));
}
