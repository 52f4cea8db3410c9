/** What an address of the general ledger narrows to: a civil or fiscal year, a programme, a unit, an organisation. */
import type { OrganisationId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { organisationBySlug } from '../territory/queries.server.ts';
import type { FiscalYear } from './fiscal-year.ts';
import type { LedgerFilter } from './general-ledger.server.ts';
import { readFiscalYear, readProgramme, readYear, UNITS } from './schema.ts';
import { fiscalYears, listProgrammes, type Programme } from './year-commands.server.ts';

export interface LedgerChoice {
  readonly filter: LedgerFilter;
  readonly year: number | undefined;
  readonly fiscalYear: string | undefined;
  readonly organisation: { readonly id: OrganisationId; readonly name: string; readonly slug: string } | undefined;
  readonly fiscalYears: readonly FiscalYear[];
  readonly programmes: readonly Programme[];
}

/** A fiscal year wins over a civil one; what the address names and is not there narrows nothing. */
export async function ledgerChoice(tx: TerritoryTransaction, query: URLSearchParams): Promise<LedgerChoice> {
  const all = await fiscalYears(tx);
  const programmes = await listProgrammes(tx);
  const year = readYear(query);
  const chosen = all.find(({ code }) => code === readFiscalYear(query));
  const slug = query.get('organisation') ?? '';
  const organisation = slug === '' ? undefined : await organisationBySlug(tx, slug);
  const filter = {
    ...(chosen === undefined ? daysOf(year) : { from: chosen.startsOn, until: chosen.endsOn }),
    programme: programmes.find(({ code }) => code === readProgramme(query))?.code,
    unit: UNITS.find((unit) => unit === query.get('unite')),
    organisationId: organisation?.id,
  };
  return { filter, year, fiscalYear: chosen?.code, organisation, fiscalYears: all, programmes };
}

/** The days of a civil year; all days without one. */
export function daysOf(year: number | undefined): Pick<LedgerFilter, 'from' | 'until'> {
  return year === undefined
    ? {}
    : { from: new Temporal.PlainDate(year, 1, 1), until: new Temporal.PlainDate(year, 12, 31) };
}
