/** What the forms of sessions may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { parseHours } from '../../i18n/read.ts';
import type { LedgerUnit } from '../../lib/quantity.ts';
import { day, oneOf, optionalText, text, wholeNumber } from '../../platform/web/fields.ts';
import { RECEIVER_KINDS } from '../alliance/in-kind.ts';
import { worthFields } from '../support/schema.ts';
import { largestAmount, type Side } from './session.ts';

const SHORTEST_MINUTES = 5;
const LONGEST_MINUTES = 10_080;

const time = z.string({ error: 'required' }).transform((value, context): Temporal.PlainTime => {
  const result = readTime(value);
  if (result !== undefined) return result;
  context.addIssue({ code: 'custom', message: value.trim() === '' ? 'required' : 'not-a-time' });
  return z.NEVER;
});

const minutes = (limits: { readonly minimum: number; readonly maximum: number }) =>
  z
    .string({ error: 'required' })
    .transform((value, context): number => {
      const result = parseHours(value);
      if (result.ok) return result.value;
      context.addIssue({
        code: 'custom',
        message: result.reason === 'empty' ? 'required' : 'not-hours',
      });
      return z.NEVER;
    })
    .pipe(z.number().min(limits.minimum, { error: 'not-hours' }).max(limits.maximum, { error: 'hours-too-long' }));

const link = optionalText({ maximum: 1000 }).refine((value) => value === '' || isWebAddress(value), {
  error: 'not-a-link',
});

export const meetingForm = z
  .object({
    day,
    time,
    duration: minutes({ minimum: SHORTEST_MINUTES, maximum: LONGEST_MINUTES }),
    place: optionalText({ maximum: 300 }),
    link,
    version: z.coerce.number().int().min(0).catch(0),
  })
  .refine(({ place, link }) => place !== '' || link !== '', {
    error: 'place-or-link',
    path: ['place'],
  });
export type MeetingInput = z.output<typeof meetingForm>;

/** A reason under the name of its field: a page holds several forms. */
export function reasonForm(name: string) {
  return z
    .object({ [name]: text({ minimum: 3, maximum: 500, lines: 'many' }) })
    .transform((values) => values[name] ?? '');
}

/** What one side says was given; hours are read in the habits of both languages. Zero says that nothing was. */
export function statementForm(unit: LedgerUnit, side: Side) {
  const limits = { minimum: 0, maximum: largestAmount(unit) };
  return z
    .object({ [side]: unit === 'minute' ? minutes(limits) : wholeNumber(limits) })
    .transform((values): bigint => BigInt(values[side] ?? 0));
}

/** The stages of the list of sessions, as addresses say them. */
export const PHASE_WORDS = {
  upcoming: 'a-venir',
  'to-confirm': 'a-confirmer',
  past: 'passees',
} as const;
export type ListPhase = keyof typeof PHASE_WORDS;
export const LIST_PHASES = ['upcoming', 'to-confirm', 'past'] as const satisfies readonly ListPhase[];

export function readPhase(query: URLSearchParams): ListPhase | undefined {
  return LIST_PHASES.find((phase) => PHASE_WORDS[phase] === query.get('etape'));
}

/** What a list opens on when its address does not say: what comes, or what waits for a word when nothing comes. */
export function mostPressing(counts: Readonly<Record<ListPhase, number>>): ListPhase {
  return counts.upcoming === 0 && counts['to-confirm'] > 0 ? 'to-confirm' : 'upcoming';
}

/** The civil year of an account, between 1900 and 2200. */
export function readAccountYear(query: URLSearchParams): number | undefined {
  const text = query.get('annee') ?? '';
  const year = /^\d{4}$/u.test(text) ? Number(text) : 0;
  return year >= 1900 && year <= 2200 ? year : undefined;
}

/** The words searched for, without what PostgreSQL refuses. */
export function readWords(query: URLSearchParams): string {
  return (query.get('q') ?? '').replaceAll('\u0000', '').toWellFormed().slice(0, 200).trim();
}

/** `14:30`, `14 h 30`, `14h`, `9 h 05`, `2:30 pm` → a time of the day. */
export function readTime(value: string): Temporal.PlainTime | undefined {
  const match = /^(\d{1,2})\s*(?:(?:h|:|\.)\s*(\d{2})?)?\s*(am|pm)?$/u.exec(
    value
      .trim()
      .toLowerCase()
      .replace(/[\s\u00a0\u202f]+/gu, ' '),
  );
  if (match === null) return undefined;
  const half = match[3];
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (minute > 59 || hour > 23 || (half !== undefined && (hour < 1 || hour > 12))) return undefined;
  const shifted = half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0);
  return new Temporal.PlainTime(shifted, minute);
}

function isWebAddress(value: string): boolean {
  return URL.canParse(value) && new URL(value).protocol === 'https:' && new URL(value).hostname.includes('.');
}

/** What one entry in kind is worth. */
export const valuationForm = z.object({ valuedOn: day, receiver: oneOf(RECEIVER_KINDS), ...worthFields });
export type ValuationInput = z.output<typeof valuationForm>;

/** All of a year that wait, at the rates of their offers. */
export const valueAllForm = z.object({});

/** What the list of valuations narrows to (`?valeur=`). */
export function readValued(query: URLSearchParams): 'valued' | 'unvalued' | undefined {
  const asked = query.get('valeur');
  return asked === 'notee' ? 'valued' : asked === 'a-noter' ? 'unvalued' : undefined;
}
