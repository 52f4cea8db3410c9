/** Who is on the territory? The public directory: a list narrowed by its address. */
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { DirectoryTabs } from '../components/directory-tabs.tsx';
import { FORMATS, organisationsFile } from '../components/organisation-files.ts';
import { OrganisationFilters, OrganisationTable } from '../components/organisation-list.tsx';
import { KeepView } from '../components/saved-views.tsx';
import {
  countListed,
  countOrganisations,
  listOrganisations,
  type Counted,
  type OrganisationPage,
} from '../listing.server.ts';
import { isNarrowed, NO_FACETS, readListing, writeCursor, type Listing } from '../listing.ts';
import { TeamLinks } from '../components/team-links.tsx';
import { directoryText, findingText } from '../messages.ts';
import type { ListedOrganisation, Theme } from '../organisation.ts';
import { listThemes } from '../queries.server.ts';
import { organisationsTwin } from '../twin-schema.ts';
import { addressWith, listLinks, pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

const PAGE_SIZE = 50;

interface Data extends OrganisationPage {
  readonly total: number;
  /** Of the page, and of programs that ask for them. */
  readonly facets?: Counted['facets'];
  readonly listing: Listing;
  readonly themes: readonly Theme[];
}

export const organisationsPage = territoryPage<Data>({
  path: '/:territory/organisations',
  twin: {
    areas: ['directory'],
    response: organisationsTwin,
    of: (data, visit) => ({
      ...data,
      links: listLinks(visit, data, data.organisations, ({ sortKey, id }) => writeCursor({ key: sortKey, id })),
    }),
  },

  async load(visit, tx) {
    const listing = readListing(visit.url.searchParams);
    const themes = await listThemes(tx);
    const format = FORMATS.find((each) => each === visit.url.searchParams.get('format'));
    if (format !== undefined) return organisationsFile(format, listing, themes, visit);
    const page = await listOrganisations(tx, listing, PAGE_SIZE, visit.today);
    const sought = { filter: listing.filter, reading: page.reading, today: visit.today };
    const wantsFacets = visit.isProgram !== true || visit.url.searchParams.get('facets') === '1';
    const counted = wantsFacets
      ? await countOrganisations(tx, sought.filter, sought.reading, sought.today)
      : { total: await countListed(tx, sought) };
    return { ...page, ...counted, listing, themes };
  },

  view(data, visit) {
    const { listing, total, themes, facets, organisations } = data;
    const t = directoryText(visit.locale);
    return {
      title: t('title'),
      description: t('description', { territory: visit.territory.name }),
      feed: { href: pathIn(visit, 'annuaire.atom'), title: findingText(visit.locale)('feed') },
      body: (
        <>
          <PageHead
            title={isNarrowed(listing.filter) ? t('titleFound', { n: total }) : t('titleAll', { n: total })}
            lead={t('lead')}
            actions={<TeamLinks visit={visit} />}
          />
          <DirectoryTabs current="list" listing={listing} visit={visit} />
          <OrganisationFilters
            listing={listing}
            facets={facets ?? NO_FACETS}
            themes={themes}
            visit={visit}
            page="organisations"
          />
          {data.reading === 'similar' && organisations.length > 0 ? (
            <Notice>{findingText(visit.locale)('similar', { words: listing.filter.words })}</Notice>
          ) : null}
          <OrganisationTable
            organisations={organisations}
            total={total}
            themes={themes}
            listing={listing}
            visit={visit}
          />
          <Paging data={data} visit={visit} />
          <KeepView listing={listing} visit={visit} />
        </>
      ),
    };
  },
});

function Paging({ data: { organisations, hasBefore, hasAfter }, visit }: { data: Data; visit: TerritoryVisit }) {
  const cursor = ({ id, sortKey }: ListedOrganisation) => writeCursor({ id, key: sortKey });
  const first = organisations[0];
  const last = organisations.at(-1);
  return (
    <Pager
      previousHref={hasBefore && first ? addressWith(visit, { avant: cursor(first), apres: '' }) : undefined}
      nextHref={hasAfter && last ? addressWith(visit, { apres: cursor(last), avant: '' }) : undefined}
    />
  );
}
