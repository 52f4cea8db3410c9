/** What does everyone bring? A list narrowed by its address. */
import { CSV_TYPE } from '../../../platform/files/csv-writer.ts';
import { download } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage, type TerritoryVisit, listLinks } from '../../territory/visit.ts';
import { ALL_STATES, isNarrowed, readListCursor, readListQuery, type ListQuery, writeListCursor } from '../address.ts';
import { NothingStated, StatedFilters, StatedPager } from '../components/list.tsx';
import { OfferTable, offersCsv } from '../components/offer-list.tsx';
import { supportText } from '../messages.ts';
import { exportOffers, listOffers, type OfferList } from '../offer-queries.server.ts';
import { mayLoadFiles, mayStateAny } from '../policy.ts';
import { readLabels, type Labels } from '../stated-queries.server.ts';
import type { StatedFilter } from '../visibility.server.ts';
import { offersTwin } from '../twin-schema.ts';

/** `closed` gathers what is open in itself, but full or outside its period. */
const OFFER_LIST_STATES = ['open', 'closed', 'paused', 'withdrawn'] as const;
const PAGE_SIZE = 30;

interface Data extends Labels {
  readonly query: ListQuery;
  readonly list: OfferList;
}

export const offersPage = territoryPage<Data>({
  path: '/:territory/apports',
  twin: {
    areas: ['support'],
    response: offersTwin,
    of: ({ list, kinds, themes }, visit) => ({
      ...list,
      kinds,
      themes,
      links: listLinks(visit, list, list.offers, writeListCursor),
    }),
  },

  async load(visit, tx) {
    const query = readListQuery(visit.url.searchParams, OFFER_LIST_STATES);
    const filter = filterOf(query, visit.today);
    const labels = await readLabels(tx);
    if (visit.url.searchParams.get('format') === 'csv') {
      return download(
        offersCsv(visit, await exportOffers(tx, visit.principal, filter), labels),
        'apports.csv',
        CSV_TYPE,
      );
    }
    return {
      query,
      ...labels,
      list: await listOffers(tx, visit.principal, filter, readListCursor(visit.url.searchParams), PAGE_SIZE),
    };
  },

  view({ query, list, kinds, themes }, visit) {
    const t = supportText(visit.locale);
    return {
      title: t('offers.title'),
      description: t('offers.description', { territory: visit.territory.name }),
      body: (
        <>
          <PageHead
            title={t(isNarrowed(query) ? 'offers.titleFound' : 'offers.titleOpen', { n: list.total })}
            lead={t('offers.lead')}
            actions={<Actions visit={visit} />}
          />
          <StatedFilters
            visit={visit}
            query={query}
            subject="offers"
            kinds={kinds}
            themes={themes}
            states={OFFER_LIST_STATES}
            organisationName={list.offers[0]?.organisationName}
          />
          <OfferTable
            visit={visit}
            list={list}
            kinds={kinds}
            empty={<NothingStated visit={visit} query={query} subject="offers" />}
          />
          <StatedPager
            visit={visit}
            rows={list.offers}
            total={list.total}
            hasBefore={list.hasBefore}
            hasAfter={list.hasAfter}
          />
        </>
      ),
    };
  },
});

function Actions({ visit }: { visit: TerritoryVisit }) {
  const t = supportText(visit.locale);
  return (
    <>
      {mayLoadFiles(visit.principal) ? (
        <ButtonLink tone="quiet" href={pathIn(visit, 'apports', 'charger')}>
          {t('offers.load')}
        </ButtonLink>
      ) : null}
      {mayStateAny(visit.principal) || visit.principal.kind === 'anonymous' ? (
        <ButtonLink href={pathIn(visit, 'apports', 'nouveau')}>{t('offers.new')}</ButtonLink>
      ) : null}
    </>
  );
}

/** What is open can be asked for today. */
function filterOf(query: ListQuery, today: Temporal.PlainDate): StatedFilter {
  if (query.state === ALL_STATES) return { ...query, state: undefined };
  const isAvailability = query.state === 'open' || query.state === 'closed';
  if (!isAvailability) return query;
  return { ...query, state: 'open', availability: { on: today, is: query.state === 'open' } };
}
