/** What the addresses of the books may ask for; anything else is read as no filter. */
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
  return {
    ...(unit === undefined ? {} : { unit }),
    ...(cause === undefined ? {} : { cause }),
    ...(year === undefined ? {} : { year }),
  };
}

/** A civil year of the address, between 1900 and 2200. */
export function readYear(query: URLSearchParams): number | undefined {
  const text = query.get('annee') ?? '';
  const year = /^\d{4}$/u.test(text) ? Number(text) : 0;
  return year >= 1900 && year <= 2200 ? year : undefined;
}
