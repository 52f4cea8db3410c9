/** What the addresses of the books may ask for; anything else is read as no filter. */
import { z } from 'zod';
import { day, identifier, text } from '../../platform/web/fields.ts';
import type { LedgerUnit } from '../../lib/quantity.ts';
import { CAUSE_KINDS, type EntryFilter } from './entry.ts';

export const UNITS: readonly LedgerUnit[] = ['minute', 'introduction', 'desk-day', 'test-ground-day', 'eur-cent'];
export const BOOK_VIEWS = ['ecritures', 'balance'] as const;
export type BookView = (typeof BOOK_VIEWS)[number];

export function readBookView(query: URLSearchParams): BookView {
  return query.get('vue') === 'balance' ? 'balance' : 'ecritures';
}

export function readEntryFilter(query: URLSearchParams): EntryFilter {
  const unit = UNITS.find((item) => item === query.get('unite'));
  const cause = CAUSE_KINDS.find((item) => item === query.get('cause'));
  const year = readYear(query);
  const programme = readProgramme(query);
  return {
    ...(unit === undefined ? {} : { unit }),
    ...(cause === undefined ? {} : { cause }),
    ...(year === undefined ? {} : { year }),
    ...(programme === undefined ? {} : { programme }),
  };
}

/** A civil year of the address, between 1900 and 2200. */
export function readYear(query: URLSearchParams): number | undefined {
  const text = query.get('annee') ?? '';
  const year = /^\d{4}$/u.test(text) ? Number(text) : 0;
  return year >= 1900 && year <= 2200 ? year : undefined;
}

/** The code of a programme, as the address names it. */
export function readProgramme(query: URLSearchParams): string | undefined {
  const code = query.get('programme') ?? '';
  return /^[a-z0-9-]{1,60}$/u.test(code) ? code : undefined;
}

/** The code of a fiscal year. */
export function readFiscalYear(query: URLSearchParams): string | undefined {
  const code = query.get('exercice') ?? '';
  return YEAR_CODE.test(code) ? code : undefined;
}

const YEAR_CODE = /^\d{4}(-\d{4})?$/u;

export const newYearForm = z
  .object({ startsOn: day, endsOn: day })
  .refine(({ startsOn, endsOn }) => Temporal.PlainDate.compare(startsOn, endsOn) < 0, {
    error: 'end-before-start',
    path: ['endsOn'],
  });
export const yearForm = z.object({ code: z.string().regex(YEAR_CODE, { error: 'choose-one' }) });
export const keeperForm = z.object({ organisation: identifier<'organisation'>() });

/** A programme is named in both languages; the French name gives its code. */
export const programmeForm = z.object({ labelFr: text({ maximum: 120 }), labelEn: text({ maximum: 120 }) });
