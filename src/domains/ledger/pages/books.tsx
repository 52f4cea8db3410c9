/** What was given and received, and does it add up? The books, for the team and the funders. */
import { CSV_TYPE } from '../../../platform/files/csv-writer.ts';
import { download, SIGN_IN } from '../../../platform/web/page.ts';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Tabs } from '../../../ui/components/tabs.tsx';
import { addressWith, pathIn, territoryPage, type TerritoryVisit, listLinks } from '../../territory/visit.ts';
import { bookedYears, exportEntries, listEntries, type EntryList as List } from '../book-queries.server.ts';
import { balanceCsv, entriesCsv } from '../components/book-files.ts';
import { EntryList } from '../components/entry-list.tsx';
import { TrialBalance } from '../components/trial-balance.tsx';
import { bookWords, type BookWords } from '../components/words.ts';
import { readDayCursor, writeDayCursor } from '../cursor.ts';
import type { EntryFilter } from '../entry.ts';
import { maySeeBooks } from '../policy.ts';
import { trialBalance, type TrialBalanceLine } from '../queries.server.ts';
import { readBookView, readEntryFilter, readYear } from '../schema.ts';
import { booksTwin } from '../twin-schema.ts';

const PAGE_SIZE = 50;

type Data = { readonly years: readonly number[] } & (
  | { readonly view: 'ecritures'; readonly filter: EntryFilter; readonly list: List }
  | {
      readonly view: 'balance';
      readonly year: number | undefined;
      readonly lines: readonly TrialBalanceLine[];
    }
);

export const booksPage = territoryPage<Data>({
  path: '/:territory/comptes',
  twin: {
    areas: ['ledger'],
    response: booksTwin,
    of: (data, visit) =>
      data.view === 'balance'
        ? { view: data.view, years: data.years, balance: data.lines, links: {} }
        : {
            ...data.list,
            view: data.view,
            years: data.years,
            links: listLinks(visit, data.list, data.list.entries, ({ occurredOn: day, id }) =>
              writeDayCursor({ day, id }),
            ),
          },
  },

  async load(visit, tx) {
    if (!maySeeBooks(visit.principal)) return SIGN_IN;
    const query = visit.url.searchParams;
    const isFile = query.get('format') === 'csv';
    const years = await bookedYears(tx);
    if (readBookView(query) === 'balance') {
      const year = readYear(query);
      const lines = await trialBalance(tx, year === undefined ? undefined : new Temporal.PlainDate(year, 12, 31));
      return isFile
        ? download(balanceCsv(lines, bookWords(visit)), 'balance.csv', CSV_TYPE)
        : { view: 'balance', years, year, lines };
    }
    const filter = readEntryFilter(query);
    if (isFile)
      return download(entriesCsv(await exportEntries(tx, filter), bookWords(visit)), 'ecritures.csv', CSV_TYPE);
    return {
      view: 'ecritures',
      years,
      filter,
      list: await listEntries(tx, filter, readDayCursor(query), PAGE_SIZE),
    };
  },

  view(data, visit) {
    const words = bookWords(visit);
    const { t } = words;
    const path = pathIn(visit, 'comptes');
    return {
      title: t('books.title'),
      width: 'wide',
      body: (
        <>
          <PageHead title={t('books.heading', { n: data.years.length })} lead={t('books.lead')} />
          <Tabs
            label={t('books.tabs')}
            tabs={[
              { label: t('tab.entries'), href: path, current: data.view === 'ecritures' },
              {
                label: t('tab.balance'),
                href: `${path}?vue=balance`,
                current: data.view === 'balance',
              },
            ]}
          />
          {data.view === 'ecritures' ? (
            <EntryList visit={visit} words={words} {...data} />
          ) : (
            <Balance visit={visit} words={words} {...data} />
          )}
        </>
      ),
    };
  },
});

function Balance({
  visit,
  words,
  years,
  year,
  lines,
}: { visit: TerritoryVisit; words: BookWords } & Extract<Data, { view: 'balance' }>) {
  const { t } = words;
  return (
    <>
      <FilterBar
        action={pathIn(visit, 'comptes')}
        label={t('filter.balance')}
        kept={{ vue: 'balance' }}
        selects={[
          {
            name: 'annee',
            label: t('filter.upTo'),
            any: t('filter.today'),
            value: year === undefined ? undefined : String(year),
            options: years.map((item) => ({ value: String(item), label: String(item) })),
          },
        ]}
        result={t('balance.totalNote')}
        exports={
          <a href={addressWith(visit, { format: 'csv' })} download data-no-prefetch>
            {t('export.balance')}
          </a>
        }
      />
      <TrialBalance lines={lines} words={words} />
    </>
  );
}
