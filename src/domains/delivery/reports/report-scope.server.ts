/** Which report an address asks for: a funder, a programme, a year or several. What it leaves out has a plain value. */
import { parseId } from '../../../lib/ids.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import { listFunders, type Funder, type ReportScope } from './report-facts.server.ts';

export interface ReportChoice {
  readonly funders: readonly Funder[];
  readonly funder: Funder;
  readonly scope: ReportScope;
  readonly periods: readonly string[];
  readonly period: string;
}

/** Undefined where nobody funds, or where the address names a funder that is none. */
export async function readChoice(tx: TerritoryTransaction, visit: TerritoryVisit): Promise<ReportChoice | undefined> {
  const query = visit.url.searchParams;
  const funders = await listFunders(tx);
  const asked = query.get('financeur') ?? '';
  const funder = asked === '' ? funders[0] : funders.find(({ id }) => id === parseId(asked));
  if (funder === undefined) return undefined;
  const periods = periodsOf(funder, visit.today.year);
  const period = periods.find((each) => each === query.get('periode')) ?? periods[0] ?? '';
  const [first = 0, last = first] = period.split('-').map(Number);
  const scope = {
    funderId: funder.id,
    programme: query.get('programme') || undefined,
    from: new Temporal.PlainDate(first, 1, 1),
    until: new Temporal.PlainDate(last, 12, 31),
  };
  return { funders, funder, scope, periods, period };
}

export async function readScope(tx: TerritoryTransaction, visit: TerritoryVisit): Promise<ReportScope | undefined> {
  return (await readChoice(tx, visit))?.scope;
}

/** All the years of its agreements together, then each of them, and this year: the newest first. */
function periodsOf({ firstYear, lastYear }: Funder, thisYear: number): string[] {
  const last = Math.min(lastYear, thisYear);
  const years = new Set([thisYear]);
  for (let year = last; year >= firstYear; year--) years.add(year);
  const each = [...years].toSorted((a, b) => b - a).map(String);
  return last > firstYear ? [`${firstYear}-${last}`, ...each] : each;
}
