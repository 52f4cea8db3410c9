/** The directory as a list: its filters, its rows, its file. */
import type { Locale } from '../../../i18n/translator.ts';
import { writeCsv } from '../../../platform/files/csv-writer.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Tag, Tags } from '../../../ui/components/tag.tsx';
import { directoryText, type DirectoryText } from '../messages.ts';
import {
  PARTS,
  summaryIn,
  summaryLanguage,
  themeLabel,
  type OrganisationSummary,
  type Theme,
} from '../organisation.ts';
import type { OrganisationFilter, OrganisationList } from '../queries.server.ts';
import { addressWith, pathIn, type TerritoryVisit } from '../visit.ts';

/** What narrows the list, and what does now. */
export function OrganisationFilters({
  filter,
  themes,
  visit,
  t,
}: {
  filter: OrganisationFilter;
  themes: readonly Theme[];
  visit: TerritoryVisit;
  t: DirectoryText;
}) {
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
        {
          name: 'role',
          label: t('part'),
          any: t('all'),
          value: filter.part,
          options: PARTS.map((part) => ({ value: part, label: t(`part.${part}`) })),
        },
        {
          name: 'theme',
          label: t('theme'),
          any: t('allThemes'),
          value: filter.theme,
          options: themes.map((item) => ({ value: item.code, label: themeLabel(visit.locale, item) })),
        },
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

export function OrganisationTable({
  list,
  themes,
  visit,
  t,
}: {
  list: OrganisationList;
  themes: readonly Theme[];
  visit: TerritoryVisit;
  t: DirectoryText;
}) {
  const labels = new Map(themes.map((theme) => [theme.code, themeLabel(visit.locale, theme)]));
  const empty = (
    <EmptyState
      title={t('empty.title')}
      action={
        <ButtonLink tone="quiet" href={pathIn(visit, 'organisations')}>
          {t('empty.reset')}
        </ButtonLink>
      }
    >
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
        {
          key: 'name',
          title: t('column.name'),
          heading: true,
          cell: (organisation) => <a href={pathIn(visit, 'organisations', organisation.slug)}>{organisation.name}</a>,
        },
        {
          key: 'parts',
          title: t('column.parts'),
          cell: ({ parts }) => (
            <Tags>
              {parts.map((part) => (
                <Tag>{t(`part.${part}`)}</Tag>
              ))}
            </Tags>
          ),
        },
        {
          key: 'summary',
          title: t('column.summary'),
          cell: (organisation) => (
            <span lang={summaryLanguage(visit.locale, organisation)}>{summaryIn(visit.locale, organisation)}</span>
          ),
        },
        {
          key: 'themes',
          title: t('column.themes'),
          kind: 'why',
          cell: ({ themes: codes }) => codes.map((code) => labels.get(code) ?? code).join(', '),
        },
        { key: 'place', title: t('column.place'), cell: ({ commune }) => <span class="nowrap">{commune}</span> },
      ]}
    />
  );
}

/** Exactly the organisations of the list, as a file. */
export function organisationsCsv(
  locale: Locale,
  organisations: readonly OrganisationSummary[],
  themes: readonly Theme[],
): string {
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
