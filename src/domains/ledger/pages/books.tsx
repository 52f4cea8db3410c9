/** What was given and received, and does it add up? The books, for the team and the funders. */
import { CSV_TYPE } from '../../../platform/files/csv-writer.ts';
import { download, SIGN_IN } from '../../../platform/web/page.ts';
import { readTableFormat } from '../../../platform/web/table-download.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Tabs } from '../../../ui/components/tabs.tsx';
import { listLinks, pathIn, territoryPage } from '../../territory/visit.ts';
import { bookedYears, exportEntries, listEntries, type EntryList as List } from '../book-queries.server.ts';
import { balanceFile, entriesCsv } from '../components/book-files.ts';
import { EntryList } from '../components/entry-list.tsx';
import { BalanceView } from '../components/balance-view.tsx';
import { balanceData, type BalanceData } from '../balance.server.ts';
import { bookWords } from '../components/words.ts';
import { readDayCursor, writeDayCursor } from '../cursor.ts';
import type { EntryFilter } from '../entry.ts';
import { maySeeBooks } from '../policy.ts';
import { readBookView, readEntryFilter } from '../schema.ts';
import { booksTwin } from '../twin-schema.ts';

const PAGE_SIZE = 50;

type Data = { readonly years: readonly number[] } & (
  | { readonly view: 'ecritures'; readonly filter: EntryFilter; readonly list: List }
  | ({ readonly view: 'balance' } & BalanceData)
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
      const data = await balanceData(tx, query);
      const format = readTableFormat(query);
      return format === undefined
        ? { view: 'balance', years, ...data }
        : balanceFile(format, data.lines, bookWords(visit), visit.now);
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
              { label: t('tab.ledger'), href: `${path}/grand-livre` },
              { label: t('tab.programmes'), href: `${path}/programmes` },
              { label: t('tab.inKind'), href: `${path}/en-nature` },
              { label: t('tab.years'), href: `${path}/exercices` },
              { label: t('tab.chain'), href: `${path}/chaine` },
              { label: t('tab.agreements'), href: pathIn(visit, 'conventions') },
              { label: t('tab.aid'), href: pathIn(visit, 'aides') },
            ]}
          />
          {data.view === 'ecritures' ? (
            <EntryList visit={visit} words={words} {...data} />
          ) : (
            <BalanceView visit={visit} words={words} {...data} />
          )}
        </>
      ),
    };
  },
});
