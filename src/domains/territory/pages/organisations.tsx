/** Who is on the territory? The public directory: a list narrowed by its address. */
import { CSV_TYPE } from '../../../platform/files/csv-writer.ts';
import { download } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { OrganisationFilters, organisationsCsv, OrganisationTable } from '../components/organisation-list.tsx';
import { readCursor, writeCursor } from '../cursor.ts';
import { directoryText } from '../messages.ts';
import { PARTS, type Part, type Theme } from '../organisation.ts';
import { mayCreateOrganisation } from '../policy.ts';
import {
  exportOrganisations,
  listOrganisations,
  listThemes,
  type OrganisationFilter,
  type OrganisationList,
} from '../queries.server.ts';
import { addressWith, pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

const PAGE_SIZE = 50;

interface Data {
  readonly filter: OrganisationFilter;
  readonly list: OrganisationList;
  readonly themes: readonly Theme[];
}

export const organisationsPage = territoryPage<Data>({
  path: '/:territory/organisations',

  async load(visit, tx) {
    const filter = readFilter(visit.url.searchParams);
    const themes = await listThemes(tx);
    if (visit.url.searchParams.get('format') === 'csv') {
      return download(
        organisationsCsv(visit.locale, await exportOrganisations(tx, filter), themes),
        'organisations.csv',
        CSV_TYPE,
      );
    }
    return { filter, themes, list: await listOrganisations(tx, filter, readCursor(visit.url.searchParams), PAGE_SIZE) };
  },

  view({ filter, list, themes }, visit) {
    const t = directoryText(visit.locale);
    const title = isNarrowed(filter) ? t('titleFound', { n: list.total }) : t('titleAll', { n: list.total });
    return {
      title: t('title'),
      description: t('description', { territory: visit.territory.name }),
      body: (
        <>
          <PageHead
            title={title}
            lead={t('lead')}
            actions={
              mayCreateOrganisation(visit.principal) ? (
                <>
                  <ButtonLink href={pathIn(visit, 'organisations', 'nouvelle')}>{t('new')}</ButtonLink>
                  <ButtonLink tone="quiet" href={pathIn(visit, 'imports')}>
                    {t('import')}
                  </ButtonLink>
                </>
              ) : null
            }
          />
          <OrganisationFilters filter={filter} themes={themes} visit={visit} t={t} />
          <OrganisationTable list={list} themes={themes} visit={visit} t={t} />
          <Paging list={list} visit={visit} />
        </>
      ),
    };
  },
});

function Paging({ list, visit }: { list: OrganisationList; visit: TerritoryVisit }) {
  const first = list.organisations[0];
  const last = list.organisations.at(-1);
  return (
    <Pager
      previousHref={list.hasBefore && first ? addressWith(visit, { avant: writeCursor(first), apres: '' }) : undefined}
      nextHref={list.hasAfter && last ? addressWith(visit, { apres: writeCursor(last), avant: '' }) : undefined}
    />
  );
}

function readFilter(query: URLSearchParams): OrganisationFilter {
  const words = (query.get('q') ?? '').replaceAll('\u0000', '').slice(0, 200).trim();
  const part = PARTS.find((item) => item === query.get('role'));
  const theme = query.get('theme') ?? '';
  return {
    ...(words === '' ? {} : { words }),
    ...(part === undefined ? {} : { part: part satisfies Part }),
    ...(/^[a-z0-9-]{1,60}$/u.test(theme) ? { theme } : {}),
  };
}

function isNarrowed(filter: OrganisationFilter): boolean {
  return Object.keys(filter).length > 0;
}
