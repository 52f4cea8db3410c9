/** What happened on every account, line by line? The general ledger, for the team and the funders. */
import { SIGN_IN } from '../../../platform/web/page.ts';
import { downloadTable, readTableFormat } from '../../../platform/web/table-download.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { addressWith, listLinks, pathIn, territoryPage } from '../../territory/visit.ts';
import { bookedYears } from '../book-queries.server.ts';
import { ledgerColumns } from '../components/book-files.ts';
import { LedgerFilters, LedgerTable } from '../components/general-ledger.tsx';
import { bookWords } from '../components/words.ts';
import { readLineCursor, writeLineCursor } from '../cursor.ts';
import { accountsWithin, cursorOf, everyLedgerLine, listLedger, type LedgerPage } from '../general-ledger.server.ts';
import { ledgerChoice, type LedgerChoice } from '../ledger-filter.server.ts';
import { maySeeBooks } from '../policy.ts';
import { generalLedgerTwin } from '../twin-schema.ts';

const PAGE_SIZE = 100;

interface Data {
  readonly years: readonly number[];
  readonly choice: LedgerChoice;
  /** How many accounts moved. */
  readonly accounts: number;
  readonly page: LedgerPage;
}

export const generalLedgerPage = territoryPage<Data>({
  path: '/:territory/comptes/grand-livre',
  twin: {
    areas: ['ledger'],
    response: generalLedgerTwin,
    of: ({ accounts, page }, visit) => ({
      accounts,
      lines: page.lines,
      links: listLinks(visit, { ...page, hasBefore: false }, page.lines, (line) => writeLineCursor(cursorOf(line))),
    }),
  },

  async load(visit, tx) {
    if (!maySeeBooks(visit.principal)) return SIGN_IN;
    const query = visit.url.searchParams;
    const choice = await ledgerChoice(tx, query);
    const format = readTableFormat(query);
    if (format !== undefined) {
      const words = bookWords(visit);
      return downloadTable(format, {
        fileName: ['grand-livre', choice.fiscalYear ?? choice.year].filter(Boolean).join('-'),
        sheetName: words.t('ledger.title'),
        columns: ledgerColumns(words, format),
        rows: everyLedgerLine((work) => visit.services.readLater(visit.territory.id, work), choice.filter),
        at: visit.now,
      });
    }
    return {
      years: await bookedYears(tx),
      choice,
      accounts: (await accountsWithin(tx, choice.filter)).length,
      page: await listLedger(tx, choice.filter, readLineCursor(query), PAGE_SIZE),
    };
  },

  view({ years, choice, accounts, page }, visit) {
    const words = bookWords(visit);
    const { t } = words;
    const last = page.lines.at(-1);
    return {
      title: t('ledger.title'),
      width: 'wide',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('books.title'), href: pathIn(visit, 'comptes') }, { label: t('ledger.title') }]}
            title={t('ledger.heading', { n: accounts })}
            lead={t('ledger.lead')}
          />
          <LedgerFilters visit={visit} words={words} years={years} choice={choice} />
          <LedgerTable lines={page.lines} words={words} />
          <Pager
            nextHref={
              page.hasAfter && last ? addressWith(visit, { apres: writeLineCursor(cursorOf(last)) }) : undefined
            }
          />
        </>
      ),
    };
  },
});
