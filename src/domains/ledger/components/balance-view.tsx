/** The trial balance with what narrows it: a civil year's end, a fiscal year, a programme. */
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { addressWith, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { BalanceData } from '../balance.server.ts';
import type { Programme } from '../year-commands.server.ts';
import { TrialBalance } from './trial-balance.tsx';
import type { BookWords } from './words.ts';

export function BalanceView({
  visit,
  words,
  years,
  year,
  fiscalYear,
  programme,
  lines,
  ...lists
}: { visit: TerritoryVisit; words: BookWords; years: readonly number[] } & BalanceData) {
  const { t } = words;
  const name = (each: Programme) => (visit.locale === 'fr' ? each.labelFr : each.labelEn);
  const selects = [
    {
      name: 'annee',
      label: t('filter.upTo'),
      any: t('filter.today'),
      value: year === undefined ? undefined : String(year),
      options: years.map((item) => ({ value: String(item), label: String(item) })),
    },
    {
      name: 'exercice',
      label: t('filter.fiscalYear'),
      any: t('filter.allYears'),
      value: fiscalYear,
      options: lists.fiscalYears.map(({ code }) => ({ value: code, label: t('years.name', { code }) })),
    },
    {
      name: 'programme',
      label: t('filter.programme'),
      any: t('filter.allProgrammes'),
      value: programme,
      options: lists.programmes.map((each) => ({ value: each.code, label: name(each) })),
    },
  ];
  return (
    <>
      <FilterBar
        action={pathIn(visit, 'comptes')}
        label={t('filter.balance')}
        kept={{ vue: 'balance' }}
        selects={selects.filter(({ options }) => options.length > 0)}
        result={t('balance.totalNote')}
        exports={
          <>
            <a href={addressWith(visit, { format: 'csv' })} download data-no-prefetch>
              {t('export.balance')}
            </a>{' '}
            <a href={addressWith(visit, { format: 'xlsx' })} download data-no-prefetch>
              {t('export.xlsx')}
            </a>
          </>
        }
      />
      <TrialBalance lines={lines} words={words} />
    </>
  );
}
