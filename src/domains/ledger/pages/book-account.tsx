/** What happened on this account? Its statement, each line with the balance after it. */
import { parseId, type OrganisationId } from '../../../lib/ids.ts';
import type { LedgerUnit } from '../../../lib/quantity.ts';
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { readTableFormat } from '../../../platform/web/table-download.ts';
import { Figure, Figures } from '../../../ui/components/figure.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { addressWith, pathIn, territoryPage, type TerritoryVisit, listLinks } from '../../territory/visit.ts';
import { naturalBalance } from '../account.ts';
import { accountById, bookedYears, statementOf, type AccountName, type StatementLine } from '../book-queries.server.ts';
import { statementFile } from '../components/book-files.ts';
import { Statement, StatementFilters } from '../components/statement.tsx';
import { bookWords, type BookWords } from '../components/words.ts';
import { readDayCursor, writeDayCursor } from '../cursor.ts';
import { daysOf } from '../ledger-filter.server.ts';
import { maySeeAccount, maySeeBooks } from '../policy.ts';
import { balanceOf } from '../queries.server.ts';
import { readYear } from '../schema.ts';
import { bookAccountTwin } from '../twin-schema.ts';

const PAGE_SIZE = 50;

interface Data {
  readonly account: AccountName & { readonly unit: LedgerUnit };
  readonly years: readonly number[];
  readonly balance: bigint;
  readonly lines: readonly StatementLine[];
  readonly hasAfter: boolean;
}

export const bookAccountPage = territoryPage<Data>({
  path: '/:territory/comptes/:account',
  twin: {
    areas: ['ledger'],
    response: bookAccountTwin,
    of: (data, visit) => ({
      ...data,
      links: listLinks(visit, data, data.lines, ({ occurredOn: day, entryId: id, position }) =>
        writeDayCursor({ day, id, position }),
      ),
    }),
  },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const id = parseId<'account'>(visit.params['account'] ?? '');
    const account = id === undefined ? undefined : await accountById(tx, id);
    if (account === undefined || !maySeeAccount(visit.principal, account.organisationId)) return NOT_FOUND;
    const query = visit.url.searchParams;
    const days = daysOf(readYear(query));
    const format = readTableFormat(query);
    if (format !== undefined) return statementFile(format, visit, account, days);
    const cursor = readDayCursor(query);
    const after = cursor === undefined ? undefined : { day: cursor.day, entryId: cursor.id, position: cursor.position };
    return {
      account,
      years: await bookedYears(tx),
      balance: await balanceOf(tx, { ...account, ...(days.until === undefined ? {} : { asOf: days.until }) }),
      ...(await statementOf(tx, { accountId: account.accountId, ...days }, after, PAGE_SIZE)),
    };
  },

  view({ account, years, balance, lines, hasAfter }, visit) {
    const words = bookWords(visit);
    const { t } = words;
    const last = lines.at(-1);
    const name = words.account(account);
    const parent = parentOf(account.organisationId, account, visit, words);
    const next = last && writeDayCursor({ day: last.occurredOn, id: last.entryId, position: last.position });
    return {
      title: name,
      body: (
        <>
          <PageHead
            breadcrumb={[parent, { label: name }]}
            title={name}
            tags={<Tag>{t(`unit.${account.unit}`)}</Tag>}
            lead={t('account.lead', { unit: account.unit })}
          />
          <Figures>
            <Figure
              label={t('account.balance')}
              value={words.amount(account.unit, naturalBalance(account.code, balance))}
            />
          </Figures>
          <StatementFilters visit={visit} words={words} years={years} account={account} />
          <Statement account={account} lines={lines} words={words} />
          <Pager nextHref={hasAfter && next ? addressWith(visit, { apres: next }) : undefined} />
        </>
      ),
    };
  },
});

function parentOf(
  organisationId: OrganisationId | null,
  { organisationName, organisationSlug }: AccountName,
  visit: TerritoryVisit,
  { t }: BookWords,
) {
  if (maySeeBooks(visit.principal) || organisationId === null || organisationSlug === null)
    return { label: t('books.title'), href: pathIn(visit, 'comptes') };
  return {
    label: organisationName,
    href: pathIn(visit, 'organisations', organisationSlug, 'compte'),
  };
}
