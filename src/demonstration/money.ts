/**
 * The money of the real story: the Metropolis and the Region gave EUR 500,000 a year each for three years, fifteen
 * private partners EUR 10,000 a year each. What was spent, and on what, is invented.
 */
import { chooseKeeper, closeFiscalYear, openFiscalYear } from '../domains/ledger/year-commands.server.ts';
import { postEntry } from '../domains/ledger/commands.server.ts';
import { BANK, feesOf, grantsOf, SPENT, type AccountRef } from '../domains/ledger/account.ts';
import { newId } from '../lib/ids.ts';
import type { SeededRandom } from '../lib/seeded-random.ts';
import type { TerritoryTransaction } from '../platform/postgres/database.ts';
import { momentOn, type DemonstrationCalendar } from './calendar.ts';
import type { MadeDirectory } from './directory.ts';
import { must } from './rounds.ts';

const YEARS = [2016, 2017, 2018] as const;
const GRANT_CENTS = 50_000_000n;
const FEE_CENTS = 1_000_000n;
/** Invented: what the accelerator spent, in thousandths of what it received in the year. */
const SPENT_THOUSANDTHS = { 2016: 720n, 2017: 1010n, 2018: 1060n } as const;

export async function loadMoney(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  random: SeededRandom,
): Promise<void> {
  const funders = directory.organisations.filter(({ parts }) => parts.includes('public-body'));
  const partners = directory.organisations.filter(({ parts }) => parts.includes('company-partner'));
  for (const year of YEARS) {
    let received = 0n;
    for (const funder of funders) {
      await book(tx, directory, calendar, random, {
        key: `grant-${year}-${funder.slug}`,
        day: `${year}-04-15`,
        from: grantsOf(funder.id),
        to: BANK,
        cents: GRANT_CENTS,
        memo: `Subvention ${year}, ${funder.name}`,
      });
      received += GRANT_CENTS;
    }
    for (const partner of partners) {
      await book(tx, directory, calendar, random, {
        key: `fee-${year}-${partner.slug}`,
        day: `${year}-02-01`,
        from: feesOf(partner.id),
        to: BANK,
        cents: FEE_CENTS,
        memo: `Cotisation ${year}, ${partner.name}`,
      });
      received += FEE_CENTS;
    }
    await book(tx, directory, calendar, random, {
      key: `spent-${year}`,
      day: `${year}-12-31`,
      from: BANK,
      to: SPENT,
      cents: (received * SPENT_THOUSANDTHS[year]) / 1000n,
      memo: `Dépenses de l’année ${year} (montant fictif)`,
    });
  }
  await keepYears(tx, directory, calendar, random);
}

/** Civil years from the first to the present one; the first two are closed. */
async function keepYears(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  random: SeededRandom,
): Promise<void> {
  const keeper = directory.organisations.find(({ parts }) => parts.includes('support-structure'));
  if (keeper !== undefined) must(await chooseKeeper(tx, LOADER, keeper.id));
  for (let year: number = YEARS[0]; year <= calendar.today.year; year++) {
    const startsOn = new Temporal.PlainDate(year, 1, 1);
    const opened = must(
      await openFiscalYear(tx, LOADER, { startsOn, endsOn: startsOn.add({ years: 1 }).subtract({ days: 1 }) }),
    );
    if (year > YEARS[1]) continue;
    const today = startsOn.add({ years: 1, months: 3 });
    const at = { now: momentOn(calendar, today, 12), fillRandom: random.fill };
    must(await closeFiscalYear(tx, LOADER, { code: opened.code, today }, at));
  }
}

const LOADER = { kind: 'system', job: 'demonstration' } as const;

interface Booking {
  readonly key: string;
  readonly day: string;
  readonly from: AccountRef;
  readonly to: AccountRef;
  readonly cents: bigint;
  readonly memo: string;
}

async function book(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  random: SeededRandom,
  booking: Booking,
): Promise<void> {
  const occurredOn = Temporal.PlainDate.from(booking.day);
  const now = momentOn(calendar, occurredOn, 12);
  const cause = { kind: 'agreement' as const, id: newId<'agreement'>(now, random.fill) };
  const transfers = [{ debit: booking.to, credit: booking.from, unit: 'eur-cent' as const, amount: booking.cents }];
  must(
    await postEntry(
      tx,
      { key: booking.key, occurredOn, cause, author: directory.team.personId, memo: booking.memo, transfers },
      { now, fillRandom: random.fill },
    ),
  );
}
