/** Which documents were issued? All of them for the team and the funders, its own for an organisation. */
import { SIGN_IN } from '../../../../platform/web/page.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../../ui/components/empty-state.tsx';
import { ErrorSummary } from '../../../../ui/components/error-summary.tsx';
import { FilterBar } from '../../../../ui/components/filter-bar.tsx';
import { PageHead } from '../../../../ui/components/page-head.tsx';
import { pathIn, territoryPage, type TerritoryVisit } from '../../../territory/visit.ts';
import { MoneyTabs } from '../../components/money-tabs.tsx';
import { maySeeMoney } from '../../policy.ts';
import { documentWords } from '../components/document-words.ts';
import { issueAct } from '../document-acts.server.ts';
import { DOCUMENT_KINDS, documentNumber, type DocumentKind } from '../document.ts';
import { listDocuments, type DocumentLine } from '../document-queries.server.ts';

interface Data {
  readonly kind: DocumentKind | undefined;
  readonly lines: readonly DocumentLine[];
}

export const documentsPage = territoryPage<Data>({
  path: '/:territory/documents',

  async load(visit, tx) {
    const { principal } = visit;
    const own = principal.kind === 'person' ? [...principal.memberships.keys()] : [];
    if (!maySeeMoney(principal) && own.length === 0) return SIGN_IN;
    const kind = DOCUMENT_KINDS.find((each) => each === visit.url.searchParams.get('sorte'));
    const filter = {
      ...(kind === undefined ? {} : { kind }),
      ...(maySeeMoney(principal) ? {} : { organisationIds: own }),
    };
    return { kind, lines: await listDocuments(tx, filter) };
  },

  /** Sent from the page of what the document is about. */
  actions: { issue: issueAct },

  view({ kind, lines }, visit, form) {
    const { t } = documentWords(visit);
    return {
      title: t('title'),
      body: (
        <>
          <PageHead title={t('heading', { n: lines.length })} lead={t('lead')} />
          <MoneyTabs visit={visit} current="documents" />
          <ErrorSummary form={form} />
          <FilterBar
            action={pathIn(visit, 'documents')}
            label={t('filter')}
            selects={[
              {
                name: 'sorte',
                label: t('kind'),
                any: t('any'),
                value: kind,
                options: DOCUMENT_KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
              },
            ]}
            active={kind === undefined ? [] : [{ label: t(`kind.${kind}`), href: pathIn(visit, 'documents') }]}
          />
          <DocumentTable visit={visit} lines={lines} />
        </>
      ),
    };
  },
});

function DocumentTable({ visit, lines }: { visit: TerritoryVisit; lines: readonly DocumentLine[] }) {
  const { t, write } = documentWords(visit);
  return (
    <DataTable<DocumentLine>
      caption={t('caption')}
      hideCaption
      rows={lines}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('empty')}>{t('emptyBody')}</EmptyState>}
      columns={[
        {
          key: 'number',
          title: t('column.number'),
          heading: true,
          cell: (line) => <a href={pathIn(visit, 'documents', line.id)}>{documentNumber(line)}</a>,
        },
        { key: 'kind', title: t('column.kind'), cell: (line) => t(`kind.${line.kind}`) },
        {
          key: 'organisation',
          title: t('column.organisation'),
          cell: ({ organisationName }) => organisationName ?? visit.territory.name,
        },
        { key: 'day', title: t('column.issuedOn'), cell: ({ issuedOn }) => write.date(issuedOn) },
        { key: 'language', title: t('column.language'), cell: ({ locale }) => t(`language.${locale}`) },
      ]}
    />
  );
}
