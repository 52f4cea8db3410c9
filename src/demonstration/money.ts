/**
 * What the accelerator spent, by nature, and its fiscal years: the amounts are invented. What it received is real, and
 * comes from its agreements.
 */
import { recordExpense } from '../domains/alliance/expense-commands.server.ts';
import { moneyOf } from '../domains/alliance/money-queries.server.ts';
import type { SpendingNature } from '../domains/ledger/account.ts';
import { nameProgramme } from '../domains/ledger/programme-commands.server.ts';
import { chooseKeeper, closeFiscalYear, openFiscalYear } from '../domains/ledger/year-commands.server.ts';
import { shareOut } from '../lib/quantity.ts';
import { loadBank } from './bank.ts';
import { momentOn } from './calendar.ts';
import { loadAgreements, MONEY_YEARS, PROGRAMME, type Stage } from './agreements.ts';
import type { MadeDirectory } from './directory.ts';
import { must } from './rounds.ts';

/** In thousandths of what was received in the year. */
const SPENT_THOUSANDTHS = { 2016: 720n, 2017: 1010n, 2018: 1060n } as const;

/** Each nature's share of the year, the days on which it is paid, and who is paid. */
const SPENDING: readonly {
  readonly nature: SpendingNature;
  readonly weight: bigint;
  readonly days: readonly string[];
  readonly supplier: string;
}[] = [
  { nature: 'staff', weight: 55n, days: ['03-31', '06-30', '09-30', '12-31'], supplier: 'Salaires et charges' },
  { nature: 'premises', weight: 18n, days: ['03-31', '06-30', '09-30', '12-31'], supplier: 'Loyer et énergie' },
  { nature: 'services', weight: 12n, days: ['06-15', '11-30'], supplier: 'Prestataires' },
  { nature: 'events', weight: 7n, days: ['06-10', '12-05'], supplier: 'Rencontres et salons' },
  { nature: 'travel', weight: 5n, days: ['07-05', '12-20'], supplier: 'Déplacements' },
  { nature: 'purchases', weight: 3n, days: ['09-15'], supplier: 'Matériel' },
];

export async function loadMoney(stage: Stage, directory: MadeDirectory): Promise<void> {
  must(await nameProgramme(stage.tx, LOADER, { labelFr: 'Accélérateur', labelEn: 'Accelerator' }));
  await loadAgreements(stage, directory);
  for (const year of MONEY_YEARS) await spend(stage, year);
  await keepYears(stage, directory);
  await loadBank(stage);
}

async function spend(stage: Stage, year: (typeof MONEY_YEARS)[number]): Promise<void> {
  const from = new Temporal.PlainDate(year, 1, 1);
  const { incomeCents } = await moneyOf(stage.tx, { from, until: new Temporal.PlainDate(year, 12, 31) });
  const whole = (incomeCents * SPENT_THOUSANDTHS[year]) / 1000n;
  const byNature = shareOut(
    whole,
    SPENDING.map(({ weight }) => weight),
  );
  for (const [place, { nature, days, supplier }] of SPENDING.entries()) {
    const amounts = shareOut(
      byNature[place] ?? 0n,
      days.map(() => 1n),
    );
    for (const [turn, day] of days.entries()) {
      const spentOn = Temporal.PlainDate.from(`${year}-${day}`);
      const input = { spentOn, nature, amountCents: amounts[turn] ?? 0n, supplier: `${supplier} (montant fictif)` };
      const at = { now: momentOn(stage.calendar, spentOn, 12), fillRandom: stage.random.fill };
      must(
        await recordExpense(stage.tx, stage.team, { ...input, programme: PROGRAMME, fileId: null, today: spentOn }, at),
      );
    }
  }
}

/** Civil years from the first to the present one; the first two are closed. */
async function keepYears({ tx, calendar, random }: Stage, directory: MadeDirectory): Promise<void> {
  const keeper = directory.organisations.find(({ parts }) => parts.includes('support-structure'));
  if (keeper !== undefined) must(await chooseKeeper(tx, LOADER, keeper.id));
  for (let year: number = MONEY_YEARS[0]; year <= calendar.today.year; year++) {
    const startsOn = new Temporal.PlainDate(year, 1, 1);
    const opened = must(
      await openFiscalYear(tx, LOADER, { startsOn, endsOn: startsOn.add({ years: 1 }).subtract({ days: 1 }) }),
    );
    if (year > MONEY_YEARS[1]) continue;
    const today = startsOn.add({ years: 1, months: 3 });
    const at = { now: momentOn(calendar, today, 12), fillRandom: random.fill };
    must(await closeFiscalYear(tx, LOADER, { code: opened.code, today }, at));
  }
}

const LOADER = { kind: 'system', job: 'demonstration' } as const;
