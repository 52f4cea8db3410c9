/** Where are the organisations? The list of the directory on a map, and the same places in rows. */
import { formatNumber } from '../../../i18n/format.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { DirectoryTabs } from '../components/directory-tabs.tsx';
import { OrganisationFilters } from '../components/organisation-list.tsx';
import { communesAddress, TerritoryMap } from '../components/territory-map.tsx';
import { countOrganisations, placesOf, type Counted, type MapPlace } from '../listing.server.ts';
import { readListing, type Listing } from '../listing.ts';
import { drawMap, type PlacedCommune } from '../map.ts';
import { findingText } from '../messages.ts';
import type { Theme } from '../organisation.ts';
import { readOutline, type Outline } from '../outline.server.ts';
import { mayDrawMap } from '../policy.ts';
import { listThemes } from '../queries.server.ts';
import { mapTwin } from '../twin-schema.ts';
import { pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';

/** More rows than a page holds; the list has them all. */
const MOST_ROWS = 200;

interface Data extends Counted {
  readonly listing: Listing;
  readonly themes: readonly Theme[];
  readonly places: readonly MapPlace[];
  readonly outline: Outline | undefined;
}

export const mapPage = territoryPage<Data>({
  path: '/:territory/carte',
  twin: { areas: ['directory'], response: mapTwin },

  async load(visit, tx) {
    const listing = readListing(visit.url.searchParams);
    const { filter } = listing;
    return {
      listing,
      themes: await listThemes(tx),
      outline: await readOutline(tx),
      places: await placesOf(tx, { filter, reading: 'exact', today: visit.today }),
      ...(await countOrganisations(tx, filter, 'exact', visit.today)),
    };
  },

  view({ listing, facets, themes, places, outline, total }, visit) {
    const t = findingText(visit.locale);
    const drawn = drawMap(outline?.lines ?? [], places.filter(isPlaced));
    const placed = places.filter(isPlaced).reduce((sum, { count }) => sum + count, 0);
    return {
      title: t('map.title'),
      description: t('map.description', { territory: visit.territory.name }),
      body: (
        <>
          <PageHead
            title={t('map.heading', { n: total, communes: places.length })}
            lead={t('map.lead')}
            actions={
              mayDrawMap(visit.principal) ? (
                <ButtonLink tone="quiet" href={pathIn(visit, 'carte', 'contour')}>
                  {t('map.outline')}
                </ButtonLink>
              ) : null
            }
          />
          <DirectoryTabs current="map" listing={listing} visit={visit} />
          <OrganisationFilters listing={listing} facets={facets} themes={themes} visit={visit} page="carte" />
          {drawn.dots.length > 0 || drawn.outlines.length > 0 ? (
            <TerritoryMap map={drawn} credit={outline?.credit} filter={listing.filter} visit={visit} />
          ) : null}
          {total > placed ? <p class="soft">{t('map.nowhere', { n: total - placed })}</p> : null}
          <Places places={places} listing={listing} visit={visit} />
        </>
      ),
    };
  },
});

function Places({ places, listing, visit }: { places: readonly MapPlace[]; listing: Listing; visit: TerritoryVisit }) {
  const t = findingText(visit.locale);
  return (
    <DataTable<MapPlace>
      caption={t('map.caption')}
      rows={places.slice(0, MOST_ROWS)}
      rowKey={({ commune }) => commune}
      empty={<p class="soft">{t('map.empty')}</p>}
      dense
      columns={[
        {
          key: 'commune',
          title: t('map.commune'),
          heading: true,
          cell: ({ commune, label }) => <a href={communesAddress(visit, listing.filter, [commune])}>{label}</a>,
        },
        { key: 'count', title: t('map.count'), numeric: true, cell: ({ count }) => formatNumber(visit.locale, count) },
      ]}
    />
  );
}

function isPlaced(place: MapPlace): place is MapPlace & PlacedCommune {
  return place.latitude !== null && place.longitude !== null;
}
