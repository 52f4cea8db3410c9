/** What did a funder's money do, in a period? For the team and the funders; the team freezes it as a document. */
import { NOT_FOUND, SIGN_IN } from '../../../../platform/web/page.ts';
import { EmptyState } from '../../../../ui/components/empty-state.tsx';
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx';
import { Notice } from '../../../../ui/components/notice.tsx';
import { PageHead } from '../../../../ui/components/page-head.tsx';
import { Section } from '../../../../ui/components/section.tsx';
import { MoneyTabs } from '../../../alliance/components/money-tabs.tsx';
import { IssuedDocuments, IssueForm } from '../../../alliance/documents/components/issue-form.tsx';
import { PaperView } from '../../../alliance/documents/components/paper-view.tsx';
import { mayKeepMoney, maySeeMoney } from '../../../alliance/policy.ts';
import { territoryPage } from '../../../territory/visit.ts';
import { reportWorkbook } from '../components/report-file.ts';
import { DoubleDays, ReportChooser, ReportSums } from '../components/report-pieces.tsx';
import { REPORT_LINES_MOST } from '../report.ts';
import { issueReportAct } from '../report-acts.server.ts';
import { reportText } from '../report-messages.ts';
import { reportScreen, type ReportScreen } from '../report-screen.server.ts';
import { reportBlocks } from '../report-words.ts';

export const reportsPage = territoryPage<ReportScreen | 'nobody'>({
  path: '/:territory/bilans',

  async load(visit, tx) {
    if (!maySeeMoney(visit.principal)) return SIGN_IN;
    const shown = await reportScreen(visit, tx);
    if (shown === undefined) return NOT_FOUND;
    const isFile = visit.url.searchParams.get('format') === 'xlsx';
    return isFile && shown !== 'nobody' && shown.facts !== undefined ? reportWorkbook(visit, shown.facts) : shown;
  },

  actions: { issue: issueReportAct },

  view(shown, visit, form) {
    const t = reportText(visit.locale);
    if (shown === 'nobody') return { title: t('title'), body: <EmptyState title={t('none')} /> };
    const { choice, facts, double, documents } = shown;
    const frame = { locale: visit.locale, zone: visit.territory.zone, issuedOn: visit.today };
    return {
      title: t('title'),
      body: (
        <>
          <PageHead title={t('heading', { funder: choice.funder.name })} lead={t('lead')} />
          <MoneyTabs visit={visit} current="bilans" />
          <ErrorSummary form={form} />
          <ReportChooser visit={visit} shown={shown} />
          <DoubleDays visit={visit} double={double} />
          {facts === undefined ? (
            <Notice tone="warn">{t('refused.too-many-lines', { maximum: REPORT_LINES_MOST })}</Notice>
          ) : (
            <>
              <ReportSums visit={visit} facts={facts} />
              {mayKeepMoney(visit.principal) ? (
                <Section title={t('issue')} lead={t('issueLead')}>
                  <IssueForm visit={visit} form={form} kind="funder-report" />
                </Section>
              ) : null}
              <IssuedDocuments visit={visit} documents={documents} />
              <PaperView blocks={reportBlocks(facts, frame)} />
            </>
          )}
        </>
      ),
    };
  },
});
