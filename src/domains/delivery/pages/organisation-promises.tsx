/** What did we promise, what is asked of us now, and what is left to give? For the organisation, the team and the funders. */
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { ErrorSummary } from '../../../ui/components/error-summary.tsx';
import { IssueForm } from '../../alliance/documents/components/issue-form.tsx';
import { mayIssueDocument } from '../../alliance/documents/document.ts';
import { isMemberOf } from '../../territory/principal.ts';
import { territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { AccountYears } from '../components/account-head.tsx';
import { AgreementLinks, AskedNow, PromiseTable, Upcoming } from '../components/promise-tables.tsx';
import { deliveryWords } from '../components/words.tsx';
import { promiseScreen, type PromiseScreen } from '../promise-screen.server.ts';
import { issueStatementAct } from '../reports/report-acts.server.ts';
import { readAccountYear } from '../schema.ts';
import { visibleAccountOwner } from '../visible.server.ts';

export const organisationPromisesPage = territoryPage<PromiseScreen>({
  path: '/:territory/organisations/:organisation/engagements',

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const organisation = await visibleAccountOwner(visit, tx);
    if (organisation === undefined) return NOT_FOUND;
    return promiseScreen(visit, tx, organisation, readAccountYear(visit.url.searchParams) ?? visit.today.year);
  },

  actions: { issue: issueStatementAct },

  view(screen, visit, form) {
    const { organisation, year, lines, agreements, asked, upcoming, carriers } = screen;
    const { t, organisationHref } = deliveryWords(visit);
    const href = organisationHref(organisation.slug);
    const title = t('promise.title', { organisation: organisation.name });
    return {
      title,
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: organisation.name, href }, { label: title }]}
            title={headingOf(visit, screen)}
            lead={t('promise.lead')}
            actions={
              <ButtonLink tone="quiet" href={`${href}/compte?annee=${year}`}>
                {t('promise.account')}
              </ButtonLink>
            }
          />
          <ErrorSummary form={form} />
          {isMemberOf(visit.principal, organisation.id) ? (
            <AskedNow visit={visit} asked={asked} carriers={carriers} />
          ) : null}
          <Upcoming visit={visit} upcoming={upcoming} />
          <Section title={t('promise.table')}>
            <AccountYears visit={visit} year={year} />
            <PromiseTable visit={visit} lines={lines} />
            <p class="small soft measure">{t('promise.how')}</p>
            {mayIssueDocument(visit.principal, 'delivery-statement', organisation.id) ? (
              <IssueForm visit={visit} form={form} kind="delivery-statement" />
            ) : null}
          </Section>
          <Section title={t('promise.agreements')}>
            <AgreementLinks visit={visit} agreements={agreements} />
          </Section>
        </>
      ),
    };
  },
});

/** Hours promised and given; the table has the other units. */
function headingOf(visit: TerritoryVisit, { organisation, year, lines }: PromiseScreen): string {
  const { t, amount } = deliveryWords(visit);
  const inTime = lines.filter(({ unit }) => unit === 'minute');
  const sum = (key: 'promised' | 'delivered') => inTime.reduce((total, line) => total + line[key], 0n);
  const facts = { organisation: organisation.name, year: String(year) };
  if (sum('promised') === 0n) return t('promise.headingNone', facts);
  return t('promise.heading', {
    ...facts,
    delivered: amount('minute', sum('delivered')),
    promised: amount('minute', sum('promised')),
  });
}
