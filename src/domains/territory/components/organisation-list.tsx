/** The directory as a list: its words, its facets, its rows. */
import type { VNode } from 'preact';
import { formatter, formatNumber } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Facets, type FacetGroup } from '../../../ui/components/facets.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Tag, Tags } from '../../../ui/components/tag.tsx';
import { directoryText, findingText } from '../messages.ts';
import {
  FACETS,
  lifeOf,
  sortsFor,
  toggled,
  writeListing,
  type Facet,
  type FacetCounts,
  type Life,
  type Listing,
} from '../listing.ts';
import { nafLabel } from '../naf-sections.ts';
import {
  summaryIn,
  summaryLanguage,
  themeLabel,
  type ListedOrganisation,
  type Part,
  type Theme,
} from '../organisation.ts';
import { pathIn, type TerritoryVisit } from '../visit.ts';

type Narrowing = Pick<Listing, 'filter' | 'sort'>;

export interface ListParts {
  readonly listing: Narrowing;
  readonly facets: FacetCounts;
  readonly themes: readonly Theme[];
  readonly visit: TerritoryVisit;
  /** The page on which the list stands: `organisations` or `carte`. */
  readonly page: string;
}

/** The address of a list. */
export function listAddress(visit: TerritoryVisit, listing: Narrowing, page = 'organisations'): string {
  const query = writeListing(listing).toString();
  return query === '' ? pathIn(visit, page) : `${pathIn(visit, page)}?${query}`;
}

/** What narrows the list, and what does now. */
export function OrganisationFilters(parts: ListParts) {
  const { listing, visit, page } = parts;
  const { filter, sort } = listing;
  const t = directoryText(visit.locale);
  const finding = findingText(visit.locale);
  const label = labelsOf(parts);
  const without = (changed: Narrowing['filter']) => listAddress(visit, { filter: changed, sort }, page);
  const active = [
    ...(filter.words === ''
      ? []
      : [{ label: filter.words, href: listAddress(visit, { filter: { ...filter, words: '' }, sort: 'name' }, page) }]),
    ...FACETS.flatMap((facet) =>
      filter.chosen[facet].map((value) => ({
        label: label(facet, value),
        href: without(toggled(filter, facet, value)),
      })),
    ),
  ];
  return (
    <>
      <FilterBar
        action={pathIn(visit, page)}
        label={t('filter')}
        search={{ name: 'q', label: t('search'), value: filter.words }}
        kept={keptOf(listing)}
        active={active}
        clearHref={pathIn(visit, page)}
        exports={<Files listing={listing} visit={visit} />}
      />
      <Facets label={finding('facets')} groups={facetGroups(parts, label)} />
    </>
  );
}

/** What the address keeps beside the words, when others are sought. */
function keptOf(listing: Narrowing): Readonly<Record<string, readonly string[]>> {
  const query = writeListing(listing);
  query.delete('q');
  return Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)]));
}

function Files({ listing, visit }: { listing: Narrowing; visit: TerritoryVisit }) {
  const finding = findingText(visit.locale);
  const address = (format: string) => {
    const query = writeListing(listing);
    query.set('format', format);
    return `${pathIn(visit, 'organisations')}?${query}`;
  };
  return (
    <>
      <span class="soft">{finding('files')}</span>
      {['csv', 'xlsx', 'json'].map((format) => (
        <a href={address(format)} download rel="nofollow" data-no-prefetch>
          {format.toUpperCase()}
        </a>
      ))}
    </>
  );
}

function facetGroups(parts: ListParts, label: (facet: Facet, value: string) => string): FacetGroup[] {
  const { listing, facets, visit, page } = parts;
  const finding = findingText(visit.locale);
  const groups = FACETS.map((facet) => {
    const chosen = listing.filter.chosen[facet];
    const known = facets[facet].map(({ value }) => value);
    const gone = chosen.filter((value) => !known.includes(value)).map((value) => ({ value, count: 0 }));
    const values = [...facets[facet], ...gone];
    return {
      key: facet,
      label: finding(`facet.${facet}`),
      choices: (facet === 'decade' ? values.toSorted((a, b) => b.value.localeCompare(a.value)) : values).map(
        ({ value, count }) => ({
          label: label(facet, value),
          count: formatNumber(visit.locale, count),
          href: listAddress(visit, { filter: toggled(listing.filter, facet, value), sort: listing.sort }, page),
          isChosen: chosen.includes(value),
        }),
      ),
    };
  });
  const sorts: FacetGroup = {
    key: 'sort',
    label: finding('sort'),
    choices: sortsFor(listing.filter.words).map((sort) => ({
      label: finding(`sort.${sort}`),
      count: '',
      href: listAddress(visit, { filter: listing.filter, sort }, page),
      isChosen: sort === listing.sort,
    })),
  };
  return [...groups.filter(({ choices }) => choices.length > 0), ...(page === 'organisations' ? [sorts] : [])];
}

function labelsOf({ facets, themes, visit }: ListParts): (facet: Facet, value: string) => string {
  const t = directoryText(visit.locale);
  const finding = findingText(visit.locale);
  const byCode = new Map(themes.map((theme) => [theme.code, themeLabel(visit.locale, theme)]));
  const communes = new Map(facets.commune.map(({ value, label }) => [value, label ?? value]));
  return (facet, value) => {
    switch (facet) {
      case 'part':
        return t(`part.${value as Part}`);
      case 'theme':
        return byCode.get(value) ?? value;
      case 'life':
        return finding(`life.${value as Life}`);
      case 'commune':
        return communes.get(value) ?? value;
      case 'section':
        return nafLabel(visit.locale, value);
      case 'decade':
        return finding('decade', { year: value });
    }
  };
}

export function OrganisationTable({
  organisations,
  total,
  themes,
  listing,
  visit,
}: {
  organisations: readonly ListedOrganisation[];
  total: number;
  themes: readonly Theme[];
  listing: Narrowing;
  visit: TerritoryVisit;
}) {
  const t = directoryText(visit.locale);
  const finding = findingText(visit.locale);
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
    <DataTable<ListedOrganisation>
      caption={finding(`caption.${listing.sort}`, { n: total })}
      rows={organisations}
      rowKey={({ id }) => id}
      empty={empty}
      columns={columnsOf(themes, visit)}
    />
  );
}

function columnsOf(themes: readonly Theme[], visit: TerritoryVisit): Column<ListedOrganisation>[] {
  const t = directoryText(visit.locale);
  const finding = findingText(visit.locale);
  const labels = new Map(themes.map((theme) => [theme.code, themeLabel(visit.locale, theme)]));
  return [
    {
      key: 'name',
      title: t('column.name'),
      heading: true,
      cell: (organisation) => (
        <>
          <a href={pathIn(visit, 'organisations', organisation.slug)}>{organisation.name}</a>
          <LifeTag organisation={organisation} visit={visit} />
        </>
      ),
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
    { key: 'founded', title: finding('column.founded'), numeric: true, cell: ({ foundedOn }) => foundedOn?.year ?? '' },
    {
      key: 'employees',
      title: finding('column.employees'),
      numeric: true,
      cell: ({ employees }) => (employees === null ? '' : formatNumber(visit.locale, employees)),
    },
  ];
}

/** What a reader should know before going on: it is new, it left, it closed. */
export function LifeTag({
  organisation,
  visit,
}: {
  organisation: Pick<ListedOrganisation, 'arrivedOn' | 'leftOn' | 'closedOn'>;
  visit: TerritoryVisit;
}): VNode | null {
  const finding = findingText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const life = lifeOf(organisation, visit.today);
  if (life === 'active') return null;
  if (life === 'arrived') return <Tag tone="good">{finding('lifeTag.arrived')}</Tag>;
  const day = life === 'closed' ? organisation.closedOn : organisation.leftOn;
  return <Tag tone="warn">{finding(`lifeTag.${life}`, { day: day === null ? '' : write.date(day) })}</Tag>;
}
