/** What does everyone bring? A list narrowed by its address. */
import { formatter } from '../../../i18n/format.ts';
import { CSV_TYPE, writeCsv } from '../../../platform/files/csv-writer.ts';
import { download } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Tag, Tags } from '../../../ui/components/tag.tsx';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { ALL_STATES, isNarrowed, readListCursor, readListQuery, type ListQuery } from '../address.ts';
import { NothingStated, StatedFilters, StatedPager, themeNames } from '../components/list.tsx';
import { amount, OfferStateTag } from '../components/words.tsx';
import { kindLabel } from '../kind.ts';
import { supportText } from '../messages.ts';
import { exportOffers, listOffers, type OfferList, type ShownOffer } from '../offer-queries.server.ts';
import { OFFER_STATES } from '../offer.ts';
import { mayLoadFiles, mayStateAny } from '../policy.ts';
import { readLabels, type Labels } from '../stated-queries.server.ts';
import type { StatedFilter } from '../visibility.server.ts';

const PAGE_SIZE = 30;

interface Data extends Labels {
  readonly query: ListQuery;
  readonly list: OfferList;
}

export const offersPage = territoryPage<Data>({
  path: '/:territory/apports',

  async load(visit, tx) {
    const query = readListQuery(visit.url.searchParams, OFFER_STATES);
    const filter: StatedFilter = { ...query, state: query.state === ALL_STATES ? undefined : query.state };
    const labels = await readLabels(tx);
    if (visit.url.searchParams.get('format') === 'csv') {
      return download(offersCsv(visit, await exportOffers(tx, visit.principal, filter), labels), 'apports.csv', CSV_TYPE);
    }
    return { query, ...labels, list: await listOffers(tx, visit.principal, filter, readListCursor(visit.url.searchParams), PAGE_SIZE) };
  },

  view({ query, list, kinds, themes }, visit) {
    const t = supportText(visit.locale);
    return {
      title: t('offers.title'),
      description: t('offers.description', { territory: visit.territory.name }),
      body: (
        <>
          <PageHead title={t(isNarrowed(query) ? 'offers.titleFound' : 'offers.titleOpen', { n: list.total })} lead={t('offers.lead')} actions={<Actions visit={visit} />} />
          <StatedFilters visit={visit} query={query} subject="offers" kinds={kinds} themes={themes} states={OFFER_STATES} organisationName={list.offers[0]?.organisationName} />
          <OfferTable visit={visit} list={list} kinds={kinds} empty={<NothingStated visit={visit} query={query} subject="offers" />} />
          <StatedPager visit={visit} rows={list.offers} total={list.total} hasBefore={list.hasBefore} hasAfter={list.hasAfter} />
        </>
      ),
    };
  },
});

function Actions({ visit }: { visit: TerritoryVisit }) {
  const t = supportText(visit.locale);
  return (
    <>
      {mayLoadFiles(visit.principal) ? <ButtonLink tone="quiet" href={pathIn(visit, 'apports', 'charger')}>{t('offers.load')}</ButtonLink> : null}
      {mayStateAny(visit.principal) || visit.principal.kind === 'anonymous' ? <ButtonLink href={pathIn(visit, 'apports', 'nouveau')}>{t('offers.new')}</ButtonLink> : null}
    </>
  );
}

function OfferTable({ visit, list, kinds, empty }: { visit: TerritoryVisit; list: OfferList; kinds: Labels['kinds']; empty: preact.ComponentChildren }) {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const kindOf = new Map(kinds.map((kind) => [kind.code, kindLabel(visit.locale, kind)]));
  return (
    <DataTable<ShownOffer>
      caption={t('offers.caption', { n: list.total })}
      rows={list.offers}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        { key: 'title', title: t('column.offer'), heading: true, cell: (offer) => <a href={pathIn(visit, 'apports', offer.id)}>{offer.title}</a> },
        { key: 'organisation', title: t('column.organisation'), cell: (offer) => <a href={pathIn(visit, 'organisations', offer.organisationSlug)}>{offer.organisationName}</a> },
        { key: 'kind', title: t('column.kind'), cell: (offer) => <Tags><Tag>{kindOf.get(offer.kindCode)}</Tag></Tags> },
        { key: 'asked', title: t('column.capacity'), cell: (offer) => <span class="nowrap">{amount(t, offer.unit, offer.capacity)}</span> },
        { key: 'remaining', title: t('column.left'), numeric: true, cell: ({ remaining }) => write.number(remaining) },
        { key: 'to', title: t('column.to'), cell: ({ conditions }) => (conditions.availableUntil === null ? null : write.date(conditions.availableUntil.subtract({ days: 1 }))) },
        { key: 'state', title: t('column.state'), cell: (offer) => <Tags><OfferStateTag state={offer.state} conditions={offer.conditions} today={visit.today} t={t} /></Tags> },
      ]}
    />
  );
}

function offersCsv(visit: TerritoryVisit, offers: readonly ShownOffer[], { kinds, themes }: Labels): string {
  const t = supportText(visit.locale);
  const kindOf = new Map(kinds.map((kind) => [kind.code, kindLabel(visit.locale, kind)]));
  const names = themeNames(visit, themes);
  return writeCsv<ShownOffer>(
    [
      { label: t('column.offer'), cell: ({ title }) => title },
      { label: t('column.organisation'), cell: ({ organisationName }) => organisationName },
      { label: t('column.kind'), cell: ({ kindCode }) => kindOf.get(kindCode) },
      { label: t('column.capacity'), cell: ({ capacity }) => capacity },
      { label: t('column.minimum'), cell: ({ minimum }) => minimum },
      { label: t('column.unit'), cell: ({ unit }) => t(`units.${unit}`) },
      { label: t('column.left'), cell: ({ remaining }) => remaining },
      { label: t('column.from'), cell: ({ conditions }) => conditions.availableFrom },
      { label: t('column.to'), cell: ({ conditions }) => conditions.availableUntil?.subtract({ days: 1 }) },
      { label: t('column.state'), cell: ({ state }) => t(`state.${state}`) },
      { label: t('column.visibility'), cell: ({ visibility }) => t(`visibility.${visibility}`) },
      { label: t('column.themes'), cell: ({ themeCodes }) => themeCodes.map((code) => names.get(code) ?? code) },
      { label: t('column.text'), cell: ({ body }) => body },
      { label: t('column.stated'), cell: ({ createdAt }) => createdAt.toZonedDateTimeISO(visit.territory.zone).toPlainDate() },
      { label: t('column.address'), cell: ({ id }) => `${visit.url.origin}${pathIn(visit, 'apports', id)}` },
    ],
    offers,
  );
}
