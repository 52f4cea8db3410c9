/** What was spent, on what? For the team and the funders. */
import { CSV_TYPE } from '../../../platform/files/csv-writer.ts';
import { download, SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { SPENDING_NATURES } from '../../ledger/account.ts';
import { addressWith, pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { ExpenseTable, expensesCsv } from '../components/expense-table.tsx';
import { MoneyTabs } from '../components/money-tabs.tsx';
import { allianceWords } from '../components/words.tsx';
import { listExpenses, type ExpenseFilter, type ExpenseLine } from '../expense-queries.server.ts';
import { mayKeepMoney, maySeeMoney } from '../policy.ts';
import { readMoneyYear } from '../schema.ts';

interface Data {
  readonly filter: ExpenseFilter;
  readonly lines: readonly ExpenseLine[];
  readonly count: number;
  readonly cents: bigint;
}

export const expensesPage = territoryPage<Data>({
  path: '/:territory/depenses',

  async load(visit, tx) {
    if (!maySeeMoney(visit.principal)) return SIGN_IN;
    const query = visit.url.searchParams;
    const year = readMoneyYear(query);
    const nature = SPENDING_NATURES.find((each) => each === query.get('nature'));
    const filter = { ...(year === undefined ? {} : { year }), ...(nature === undefined ? {} : { nature }) };
    const found = await listExpenses(tx, filter);
    if (query.get('format') === 'csv') return download(expensesCsv(visit, found.lines), 'depenses.csv', CSV_TYPE);
    return { filter, ...found };
  },

  view({ filter, lines, count, cents }, visit) {
    const { t, money } = allianceWords(visit);
    const amount = money(cents);
    const record = <ButtonLink href={`${pathIn(visit, 'depenses')}/nouvelle`}>{t('expenses.record')}</ButtonLink>;
    return {
      title: t('expenses.title'),
      body: (
        <>
          <PageHead
            title={
              filter.year === undefined
                ? t('expenses.heading', { amount })
                : t('expenses.headingYear', { amount, year: String(filter.year) })
            }
            lead={t('expenses.lead')}
            actions={mayKeepMoney(visit.principal) ? record : null}
          />
          <MoneyTabs visit={visit} current="depenses" />
          <Filters visit={visit} filter={filter} count={count} />
          <ExpenseTable visit={visit} lines={lines} />
        </>
      ),
    };
  },
});

function Filters({ visit, filter, count }: { visit: TerritoryVisit; filter: ExpenseFilter; count: number }) {
  const { t } = allianceWords(visit);
  const first = 2016;
  const years = Array.from({ length: visit.today.year - first + 1 }, (_, index) => String(visit.today.year - index));
  return (
    <FilterBar
      action={pathIn(visit, 'depenses')}
      label={t('expenses.filter')}
      selects={[
        {
          name: 'annee',
          label: t('expenses.year'),
          any: t('expenses.allYears'),
          value: filter.year === undefined ? undefined : String(filter.year),
          options: years.map((year) => ({ value: year, label: year })),
        },
        {
          name: 'nature',
          label: t('column.nature'),
          any: t('expenses.allNatures'),
          value: filter.nature,
          options: SPENDING_NATURES.map((nature) => ({ value: nature, label: t(`nature.${nature}`) })),
        },
      ]}
      active={[
        ...(filter.year === undefined ? [] : [{ label: String(filter.year), href: addressWith(visit, { annee: '' }) }]),
        ...(filter.nature === undefined
          ? []
          : [{ label: t(`nature.${filter.nature}`), href: addressWith(visit, { nature: '' }) }]),
      ]}
      clearHref={pathIn(visit, 'depenses')}
      result={t('expenses.count', { n: count })}
      exports={
        <a href={addressWith(visit, { format: 'csv' })} download data-no-prefetch>
          {t('expenses.export')}
        </a>
      }
    />
  );
}
