/** What a programme received, spent and delivered, year by year: sums of the entries that name it. */
import { sql } from 'kysely';
import type { LedgerUnit } from '../../lib/quantity.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { moves } from './moves.server.ts';
import { listProgrammes, type Programme } from './year-commands.server.ts';

export interface ProgrammeYear {
  readonly year: number;
  /** Fees and grants, counted when they are called. */
  readonly incomeCents: bigint;
  /** Called and not yet paid, of what was called in the year, less what was paid of earlier calls. */
  readonly awaitedCents: bigint;
  readonly spentCents: bigint;
  /** What organisations gave, in the units of the books. */
  readonly delivered: readonly { readonly unit: LedgerUnit; readonly amount: bigint }[];
}

export interface ProgrammeLine extends Programme {
  readonly years: readonly ProgrammeYear[];
}

/** Every programme, in the order of the territory; the latest year first. */
export async function programmeLines(tx: TerritoryTransaction): Promise<ProgrammeLine[]> {
  const { rows } = await sql<SumRow>`
    select m.programme_code as programme, extract(year from m.day)::integer as year, split_part(a.code, ':', 1) as family, a.unit,
      sum(m.debits - m.credits)::bigint as balance
    from ${moves(tx)} m
    join ledger_accounts a on a.territory_id = ${tx.territoryId} and a.id = m.account_id
    where m.programme_code <> ''
    group by 1, 2, 3, 4`.execute(tx);
  const byProgramme = Map.groupBy(rows, ({ programme }) => programme);
  return (await listProgrammes(tx)).map((programme) => {
    const byYear = Map.groupBy(byProgramme.get(programme.code) ?? [], ({ year }) => year);
    const years = [...byYear].map(([year, sums]) => yearOf(year, sums)).toSorted((a, b) => b.year - a.year);
    return { ...programme, years };
  });
}

/** The sums of years, as one. */
export function sumOfYears(years: readonly ProgrammeYear[]): Omit<ProgrammeYear, 'year'> {
  const sum = (key: 'incomeCents' | 'awaitedCents' | 'spentCents') =>
    years.reduce((total, year) => total + year[key], 0n);
  const units = Map.groupBy(
    years.flatMap(({ delivered }) => delivered),
    ({ unit }) => unit,
  );
  return {
    incomeCents: sum('incomeCents'),
    awaitedCents: sum('awaitedCents'),
    spentCents: sum('spentCents'),
    delivered: [...units].map(([unit, lines]) => ({
      unit,
      amount: lines.reduce((all, line) => all + line.amount, 0n),
    })),
  };
}

interface SumRow {
  readonly programme: string;
  readonly year: number;
  readonly family: string;
  readonly unit: LedgerUnit;
  readonly balance: bigint;
}

function yearOf(year: number, sums: readonly SumRow[]): ProgrammeYear {
  const total = (isOf: (family: string) => boolean) =>
    sums.reduce((all, { family, balance }) => (isOf(family) ? all + balance : all), 0n);
  return {
    year,
    incomeCents: -total((family) => family === 'cash-fee' || family === 'cash-grant'),
    awaitedCents: total((family) => family.endsWith('-due')),
    spentCents: total((family) => family.startsWith('cash-spent')),
    delivered: sums
      .filter(({ family, balance }) => family === 'received' && balance !== 0n)
      .map(({ unit, balance }) => ({ unit, amount: balance }))
      .toSorted((a, b) => (a.unit < b.unit ? -1 : 1)),
  };
}
