/** What does this document say? For whoever may read it. */
import { NOT_FOUND, SIGN_IN } from '../../../../platform/web/page.ts';
import { ButtonLink } from '../../../../ui/components/button.tsx';
import { DescriptionList } from '../../../../ui/components/description-list.tsx';
import { PageHead } from '../../../../ui/components/page-head.tsx';
import { Panel } from '../../../../ui/components/panel.tsx';
import { pathIn, territoryPage, type TerritoryVisit } from '../../../territory/visit.ts';
import { documentWords } from '../components/document-words.ts';
import { PaperView } from '../components/paper-view.tsx';
import { documentNumber } from '../document.ts';
import { visibleDocument, type IssuedDocument } from '../document-queries.server.ts';

export const documentPage = territoryPage<IssuedDocument>({
  path: '/:territory/documents/:document',

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    return (await visibleDocument(visit, tx)) ?? NOT_FOUND;
  },

  view(document, visit) {
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
            actions={<ButtonLink href={pathIn(visit, 'documents', document.id, 'fichier')}>{t('download')}</ButtonLink>}
          />
          <div class="columns side">
            <article lang={document.locale}>
              <PaperView blocks={document.paper.blocks} />
            </article>
            <Panel title={t('facts')}>
              <Facts visit={visit} document={document} />
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
