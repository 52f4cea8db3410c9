/** Which State aid did this firm receive in three years, in a document to hand on? Printed from the browser. */
import { NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { DescriptionList } from '../../../ui/components/description-list.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { territoryPage } from '../../territory/visit.ts';
import { isInPeriod } from '../aid.ts';
import type { AidLine } from '../aid-queries.server.ts';
import { LEGAL_TABLE_VERSION } from '../legal-table.ts';
import { aidWords } from '../components/aid-words.ts';
import { IssueForm } from '../documents/components/issue-form.tsx';
import { mayIssueDocument } from '../documents/document.ts';
import { visibleOrganisationAid, type OrganisationAid } from '../organisation-aid.server.ts';

export const aidCertificatePage = territoryPage<OrganisationAid>({
  path: '/:territory/organisations/:organisation/aides/attestation',

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    return (await visibleOrganisationAid(visit, tx)) ?? NOT_FOUND;
  },

  view({ organisation, lines, window, usedCents, ceilingCents, steps, others }, visit, form) {
    const words = aidWords(visit);
    const { t, write, money } = words;
    const counted = lines.filter(({ state, grantedOn }) => state !== 'withdrawn' && isInPeriod(grantedOn, window));
    return {
      title: t('certificate.title', { organisation: organisation.name }),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: t('aid.title'), href: words.firmHref(organisation.slug) },
              { label: t('certificate.open') },
            ]}
            title={t('certificate.title', { organisation: organisation.name })}
            lead={t('certificate.lead', { from: write.date(window.from), until: write.date(window.until) })}
          />
          {mayIssueDocument(visit.principal, 'aid-certificate', organisation.id) ? (
            <IssueForm visit={visit} form={form} kind="aid-certificate" subject={organisation.slug} />
          ) : null}
          <DescriptionList
            facts={[
              { term: t('certificate.firm'), details: organisation.name },
              { term: 'SIREN', details: organisation.siren ?? t('certificate.noSiren') },
              {
                term: t('certificate.others'),
                details: others.length === 0 ? t('certificate.alone') : write.list(others),
              },
              {
                term: t('room.used'),
                details: t('undertakings.of', { used: money(usedCents), ceiling: money(ceilingCents) }),
              },
              { term: t('undertakings.room'), details: money(steps[0]?.cents ?? 0n) },
              { term: t('certificate.day'), details: write.date(visit.today) },
            ]}
          />
          <DataTable<AidLine>
            caption={t('lines.caption')}
            rows={counted}
            rowKey={({ id }) => id}
            phone="scroll"
            empty={<EmptyState title={t('lines.empty')} />}
            columns={[
              { key: 'title', title: t('column.title'), heading: true, cell: ({ title }) => title },
              { key: 'authority', title: t('column.authority'), cell: ({ authority }) => authority },
              { key: 'day', title: t('column.grantedOn'), cell: ({ grantedOn }) => write.shortDate(grantedOn) },
              { key: 'basis', title: t('column.basis'), cell: ({ basis }) => t(`basis.${basis}`) },
              { key: 'amount', title: t('column.amount'), numeric: true, cell: ({ cents }) => money(cents) },
            ]}
          />
          <p class="small soft">{t('certificate.foot', { version: LEGAL_TABLE_VERSION })}</p>
        </>
      ),
    };
  },
});
