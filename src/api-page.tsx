/** How does a program read and write here? The API, for whoever writes that program. */
import { API_QUOTAS } from './api-quotas.ts';
import { instancePage, type InstancePage } from './domains/identity/instance-visit.ts';
import { apiText, type ApiText, type DescribedPage, type PathKey } from './openapi.ts';
import { problemText, PROBLEMS, type ProblemKind } from './platform/web/problem.ts';
import { SCOPE_AREAS, type ScopeArea } from './platform/web/twin.ts';
import { DataTable } from './ui/components/data-table.tsx';
import { PageHead } from './ui/components/page-head.tsx';
import { Section } from './ui/components/section.tsx';
import type { Locale } from './i18n/locale.ts';

interface Address {
  readonly path: string;
  readonly areas: readonly ScopeArea[];
  readonly isRead: boolean;
  readonly acts: readonly string[];
}

export function apiPageOf(pages: readonly ActingPage[]): InstancePage<readonly Address[]> {
  return instancePage<readonly Address[]>({
    path: '/api',

    load: async () =>
      pages.flatMap(({ path, twin, actions }) =>
        twin === undefined
          ? []
          : [{ path, areas: twin.areas, isRead: twin.response !== undefined, acts: Object.keys(actions ?? {}) }],
      ),

    view(addresses, visit) {
      const t = apiText(visit.locale);
      const { anonymous, token } = API_QUOTAS;
      return {
        title: t('title'),
        description: t('description'),
        body: (
          <>
            <PageHead title={t('title')} lead={t('lead')} />
            <p>
              {t.rich('file', { link: (inside) => <a href={`/api/openapi.json?lang=${visit.locale}`}>{inside}</a> })}
            </p>
            <Section title={t('tokens')} lead={t('tokensBody')}>
              <pre>
                <code>{`curl -H 'Authorization: Bearer terreau_…' ${visit.url.origin}/api/clermont-auvergne/besoins`}</code>
              </pre>
            </Section>
            <Section title={t('changes')} lead={t('changesBody')}>
              {null}
            </Section>
            <Section title={t('limits')} lead={t('limitsBody', { token: token.most, anonymous: anonymous.most })}>
              {null}
            </Section>
            <Addresses addresses={addresses} t={t} />
            <Errors locale={visit.locale} t={t} />
          </>
        ),
      };
    },
  });
}

interface ActingPage extends DescribedPage {
  readonly actions?: Readonly<Record<string, unknown>>;
}

function Addresses({ addresses, t }: { addresses: readonly Address[]; t: ApiText }) {
  return (
    <Section title={t('addresses')}>
      {SCOPE_AREAS.map((area) => (
        <DataTable<Address>
          caption={t(`area.${area}`)}
          rows={addresses.filter(({ areas }) => areas[0] === area)}
          rowKey={({ path }) => path}
          columns={[
            {
              key: 'address',
              title: t('address'),
              heading: true,
              cell: ({ path }) => <code>/api{path.replaceAll(/:(\w+)/gu, '{$1}')}</code>,
            },
            { key: 'what', title: t('what'), cell: ({ path }) => t(path as PathKey) },
            { key: 'right', title: t('right'), cell: rightsOf },
            { key: 'acts', title: t('acts'), cell: ({ acts }) => acts.join(', ') },
          ]}
        />
      ))}
    </Section>
  );
}

function rightsOf({ areas, isRead, acts }: Address): string {
  const read = isRead ? areas.map((area) => `${area}:read`) : [];
  return [...read, ...(acts.length > 0 ? [`${areas[0]}:write`] : [])].join(', ');
}

function Errors({ locale, t }: { locale: Locale; t: ApiText }) {
  const words = problemText(locale);
  const facts = { scope: '…', acts: '…', methods: '…', bytes: '…', seconds: 2, request: '…' };
  return (
    <Section title={t('errors')} lead={t('errorsBody')}>
      <DataTable<ProblemKind>
        caption={t('errors')}
        hideCaption
        rows={Object.keys(PROBLEMS) as ProblemKind[]}
        rowKey={(kind) => kind}
        columns={[
          { key: 'type', title: t('type'), heading: true, cell: (kind) => <code id={kind}>{kind}</code> },
          { key: 'status', title: t('status'), cell: (kind) => String(PROBLEMS[kind]) },
          { key: 'title', title: t('what'), cell: (kind) => words(`${kind}.title`) },
          { key: 'meaning', title: t('meaning'), cell: (kind) => words(`${kind}.detail`, facts) },
        ]}
      />
    </Section>
  );
}
