/** What did this organisation offer, ask, give and receive in a year? For itself, the team and the funders. */
import { CSV_TYPE } from '../../../platform/files/csv-writer.ts';
import { download, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { readDayCursor, writeDayCursor } from '../../ledger/cursor.ts';
import type { Organisation } from '../../territory/organisation.ts';
import { addressWith, territoryPage, type TerritoryVisit, listLinks } from '../../territory/visit.ts';
import { accountOf, bookingsOf, type OrganisationAccount } from '../account-queries.server.ts';
import type { BookingPage } from '../bookings.server.ts';
import { accountSentence, AccountYears } from '../components/account-head.tsx';
import { bookingsCsv, BookingTable, KindTable } from '../components/account-tables.tsx';
import { deliveryWords } from '../components/words.tsx';
import { readAccountYear } from '../schema.ts';
import { visibleAccountOwner } from '../visible.server.ts';
import { organisationAccountTwin } from '../twin-schema.ts';

const PAGE_SIZE = 50;
const EXPORT_SIZE = 10_000;

interface Data {
  readonly organisation: Organisation;
  readonly year: number;
  readonly account: OrganisationAccount;
  readonly page: BookingPage;
}

export const organisationAccountPage = territoryPage<Data>({
  path: '/:territory/organisations/:organisation/compte',
  twin: {
    areas: ['ledger', 'support'],
    response: organisationAccountTwin,
    of: ({ organisation, year, account, page }, visit) => ({
      organisation,
      year,
      ...account,
      ...page,
      links: listLinks(visit, page, page.bookings, ({ occurredOn: day, entryId: id }) => writeDayCursor({ day, id })),
    }),
  },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const organisation = await visibleAccountOwner(visit, tx);
    if (organisation === undefined) return NOT_FOUND;
    const query = visit.url.searchParams;
    const year = readAccountYear(query) ?? visit.today.year;
    const period = { from: new Temporal.PlainDate(year, 1, 1), until: new Temporal.PlainDate(year + 1, 1, 1) };
    if (query.get('format') === 'csv') {
      const { bookings } = await bookingsOf(tx, organisation.id, period, undefined, EXPORT_SIZE);
      return download(
        bookingsCsv(visit, organisation.slug, bookings),
        `compte-${organisation.slug}-${year}.csv`,
        CSV_TYPE,
      );
    }
    const cursor = readDayCursor(query);
    const after = cursor === undefined ? undefined : { day: cursor.day, entryId: cursor.id };
    return {
      organisation,
      year,
      account: await accountOf(tx, organisation.id, period),
      page: await bookingsOf(tx, organisation.id, period, after, PAGE_SIZE),
    };
  },

  view(data, visit) {
    const { organisation, year, account } = data;
    const { t, organisationHref } = deliveryWords(visit);
    const name = organisation.name;
    const isEmpty = account.given.length + account.received.length + data.page.bookings.length === 0;
    return {
      title: t('account.title', { organisation: name }),
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: name, href: organisationHref(organisation.slug) },
              { label: t('account.title', { organisation: name }) },
            ]}
            title={accountSentence(visit, organisation, year, account)}
            lead={t('account.lead')}
            actions={
              <>
                <ButtonLink tone="quiet" href={`${organisationHref(organisation.slug)}/engagements`}>
                  {t('promise.table')}
                </ButtonLink>
                <ButtonLink
                  tone="quiet"
                  href={addressWith(visit, { format: 'csv', apres: '' })}
                  download
                  data-no-prefetch
                >
                  {t('account.export')}
                </ButtonLink>
              </>
            }
          />
          <AccountYears visit={visit} year={year} />
          {isEmpty ? (
            <EmptyState title={t('account.nothing')}>{t('account.nothingBody')}</EmptyState>
          ) : (
            <Content visit={visit} {...data} />
          )}
        </>
      ),
    };
  },
});

function Content({ visit, organisation: { name, slug }, account, page }: Data & { readonly visit: TerritoryVisit }) {
  const { t } = deliveryWords(visit);
  const last = page.bookings.at(-1);
  return (
    <>
      {account.given.length > 0 ? (
        <Section title={t('account.given', { organisation: name })}>
          <KindTable visit={visit} side="given" organisationSlug={slug} lines={account.given} />
        </Section>
      ) : null}
      {account.received.length > 0 ? (
        <Section title={t('account.received', { organisation: name })}>
          <KindTable visit={visit} side="received" organisationSlug={slug} lines={account.received} />
        </Section>
      ) : null}
      <Section title={t('account.bookings')} id="compte">
        <BookingTable visit={visit} organisationSlug={slug} bookings={page.bookings} />
        <Pager
          nextHref={
            page.hasAfter && last
              ? addressWith(visit, { apres: writeDayCursor({ day: last.occurredOn, id: last.entryId }) })
              : undefined
          }
        />
      </Section>
    </>
  );
}
