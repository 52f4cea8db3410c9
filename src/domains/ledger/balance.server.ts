/** The trial balance that an address asks for: up to the end of a civil year, or of one fiscal year, of a programme or all. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { FiscalYear } from './fiscal-year.ts';
import { trialBalance, type TrialBalanceLine } from './queries.server.ts';
import { readFiscalYear, readProgramme, readYear } from './schema.ts';
import { fiscalYears, listProgrammes, type Programme } from './year-commands.server.ts';

export interface BalanceData {
  readonly year: number | undefined;
  readonly fiscalYear: string | undefined;
  readonly programme: string | undefined;
  readonly fiscalYears: readonly FiscalYear[];
  readonly programmes: readonly Programme[];
  readonly lines: readonly TrialBalanceLine[];
}

/** A fiscal year is its own movements; « up to » a civil year is everything until its end. */
export async function balanceData(tx: TerritoryTransaction, query: URLSearchParams): Promise<BalanceData> {
  const all = await fiscalYears(tx);
  const programmes = await listProgrammes(tx);
  const year = readYear(query);
  const chosen = all.find(({ code }) => code === readFiscalYear(query));
  const programme = programmes.find(({ code }) => code === readProgramme(query))?.code;
  const until = year === undefined ? undefined : new Temporal.PlainDate(year, 12, 31);
  const days = chosen === undefined ? { until } : { from: chosen.startsOn, until: chosen.endsOn };
  const lines = await trialBalance(tx, { ...days, programme });
  return { year, fiscalYear: chosen?.code, programme, fiscalYears: all, programmes, lines };
}
