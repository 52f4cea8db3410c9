/** What does this document say? For whoever may read it. */
import { NOT_FOUND, SIGN_IN } from '../../../../platform/web/page.ts';
import { ButtonLink } from '../../../../ui/components/button.tsx';
import { DescriptionList } from '../../../../ui/components/description-list.tsx';
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx';
import { Notice } from '../../../../ui/components/notice.tsx';
import { PageHead } from '../../../../ui/components/page-head.tsx';
import { Panel } from '../../../../ui/components/panel.tsx';
import { Tag } from '../../../../ui/components/tag.tsx';
import { pathIn, territoryPage, type TerritoryVisit } from '../../../territory/visit.ts';
import { mayKeepMoney } from '../../policy.ts';
import { documentWords } from '../components/document-words.ts';
import { PaperView } from '../components/paper-view.tsx';
import { WithdrawForm } from '../components/withdraw-form.tsx';
import { documentNumber } from '../document.ts';
import { withdrawAct } from '../document-acts.server.ts';
import { visibleDocument, type IssuedDocument } from '../document-queries.server.ts';

export const documentPage = territoryPage<IssuedDocument>({
  path: '/:territory/documents/:document',

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    return (await visibleDocument(visit, tx)) ?? NOT_FOUND;
  },

  actions: { withdraw: withdrawAct },

  view(document, visit, form) {
    const { t, write } = documentWords(visit);
    const number = documentNumber(document);
    const name = document.issuedBy ?? t('frozenBy');
    return {
      title: document.paper.title,
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('title'), href: pathIn(visit, 'documents') }, { label: number }]}
            title={document.paper.title}
            lead={t('frozen', { day: write.date(document.issuedOn), name })}
            tags={document.withdrawnReason === null ? null : <Tag tone="warn">{t('withdrawn')}</Tag>}
            actions={<ButtonLink href={pathIn(visit, 'documents', document.id, 'fichier')}>{t('download')}</ButtonLink>}
          />
          <ErrorSummary form={form} />
          {document.withdrawnReason === null ? null : (
            <Notice tone="warn" title={t('withdrawn')}>
              {document.withdrawnReason}
            </Notice>
          )}
          <div class="columns side">
            <article lang={document.locale}>
              <PaperView blocks={document.paper.blocks} />
            </article>
            <Panel title={t('facts')}>
              <Facts visit={visit} document={document} />
              {mayKeepMoney(visit.principal) && document.withdrawnReason === null ? (
                <WithdrawForm visit={visit} form={form} />
              ) : null}
            </Panel>
          </div>
        </>
      ),
    };
  },
});

function Facts({ visit, document }: { visit: TerritoryVisit; document: IssuedDocument }) {
  const { t, write } = documentWords(visit);
  return (
    <>
      <DescriptionList
        facts={[
          { term: t('column.number'), details: documentNumber(document) },
          { term: t('column.kind'), details: t(`kind.${document.kind}`) },
          { term: t('recipient'), details: document.organisationName ?? visit.territory.name },
          { term: t('column.issuedOn'), details: write.date(document.issuedOn) },
          { term: t('column.language'), details: t(`language.${document.locale}`) },
          { term: t('sha256'), details: <code class="small">{document.sha256}</code> },
        ]}
      />
      <p class="small soft">{t('sha256Help')}</p>
    </>
  );
}
