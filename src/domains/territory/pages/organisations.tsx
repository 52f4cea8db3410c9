/** Who is on the territory? The public directory: a list narrowed by its address. */
import type { Locale } from '../../../i18n/translator.ts';
import { CSV_TYPE, writeCsv } from '../../../platform/files/csv-writer.ts';
import { download } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { Tag, Tags } from '../../../ui/components/tag.tsx';
import { readCursor, writeCursor } from '../cursor.ts';
import { directoryText, type DirectoryText } from '../messages.ts';
import { PARTS, summaryIn, summaryLanguage, themeLabel, type OrganisationSummary, type Part, type Theme } from '../organisation.ts';
import { mayCreateOrganisation } from '../policy.ts';
import { exportOrganisations, listOrganisations, listThemes, type OrganisationFilter, type OrganisationList } from '../queries.server.ts';
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
      return download(organisationsCsv(visit.locale, await exportOrganisations(tx, filter), themes), 'organisations.csv', CSV_TYPE);
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
            actions={mayCreateOrganisation(visit.principal) ? <ButtonLink href={pathIn(visit, 'organisations', 'nouvelle')}>{t('new')}</ButtonLink> : null}
          />
          <Filters filter={filter} themes={themes} visit={visit} t={t} />
          <List list={list} themes={themes} visit={visit} t={t} />
          <Paging list={list} visit={visit} />
        </>
      ),
    };
  },
});

function Filters({ filter, themes, visit, t }: { filter: OrganisationFilter; themes: readonly Theme[]; visit: TerritoryVisit; t: DirectoryText }) {
  const theme = themes.find(({ code }) => code === filter.theme);
  const drop = (name: string) => addressWith(visit, { [name]: '', apres: '', avant: '' });
  const active = [
    ...(filter.words ? [{ label: filter.words, href: drop('q') }] : []),
    ...(filter.part ? [{ label: t(`part.${filter.part}`), href: drop('role') }] : []),
    ...(theme ? [{ label: themeLabel(visit.locale, theme), href: drop('theme') }] : []),
  ];
  return (
    <FilterBar
      action={pathIn(visit, 'organisations')}
      label={t('filter')}
      search={{ name: 'q', label: t('search'), value: filter.words }}
      selects={[
        { name: 'role', label: t('part'), any: t('all'), value: filter.part, options: PARTS.map((part) => ({ value: part, label: t(`part.${part}`) })) },
        { name: 'theme', label: t('theme'), any: t('allThemes'), value: filter.theme, options: themes.map((item) => ({ value: item.code, label: themeLabel(visit.locale, item) })) },
      ]}
      active={active}
      clearHref={pathIn(visit, 'organisations')}
      exports={
        <a href={addressWith(visit, { format: 'csv', apres: '', avant: '' })} download data-no-prefetch>
          {t('export')}
        </a>
      }
    />
  );
}

function List({ list, themes, visit, t }: { list: OrganisationList; themes: readonly Theme[]; visit: TerritoryVisit; t: DirectoryText }) {
  const labels = new Map(themes.map((theme) => [theme.code, themeLabel(visit.locale, theme)]));
  const empty = (
    <EmptyState title={t('empty.title')} action={<ButtonLink tone="quiet" href={pathIn(visit, 'organisations')}>{t('empty.reset')}</ButtonLink>}>
      {t('empty.body')}
    </EmptyState>
  );
  return (
    <DataTable<OrganisationSummary>
      caption={t('caption', { n: list.total })}
      rows={list.organisations}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        { key: 'name', title: t('column.name'), heading: true, cell: (organisation) => <a href={pathIn(visit, 'organisations', organisation.slug)}>{organisation.name}</a> },
        { key: 'parts', title: t('column.parts'), cell: ({ parts }) => <Tags>{parts.map((part) => <Tag>{t(`part.${part}`)}</Tag>)}</Tags> },
        { key: 'summary', title: t('column.summary'), cell: (organisation) => <span lang={summaryLanguage(visit.locale, organisation)}>{summaryIn(visit.locale, organisation)}</span> },
        { key: 'themes', title: t('column.themes'), kind: 'why', cell: ({ themes: codes }) => codes.map((code) => labels.get(code) ?? code).join(', ') },
        { key: 'place', title: t('column.place'), cell: ({ commune }) => <span class="nowrap">{commune}</span> },
      ]}
    />
  );
}

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

function organisationsCsv(locale: Locale, organisations: readonly OrganisationSummary[], themes: readonly Theme[]): string {
  const t = directoryText(locale);
  const labels = new Map(themes.map((theme) => [theme.code, themeLabel(locale, theme)]));
  return writeCsv<OrganisationSummary>(
    [
      { label: t('column.name'), cell: ({ name }) => name },
      { label: t('column.parts'), cell: ({ parts }) => parts.map((part) => t(`part.${part}`)) },
      { label: t('column.themes'), cell: ({ themes: codes }) => codes.map((code) => labels.get(code) ?? code) },
      { label: t('column.place'), cell: ({ commune }) => commune },
      { label: t('founded'), cell: ({ foundedOn }) => foundedOn },
      { label: t('column.summary'), cell: (organisation) => summaryIn(locale, organisation) },
    ],
    organisations,
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
