/** Offers as a table and as a file, with the same words. */
import type { ComponentChildren } from 'preact';
import { formatter } from '../../../i18n/format.ts';
import { writeCsv } from '../../../platform/files/csv-writer.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Tags } from '../../../ui/components/tag.tsx';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { kindLabel } from '../kind.ts';
import { supportText } from '../messages.ts';
import type { OfferList, ShownOffer } from '../offer-queries.server.ts';
import type { Labels } from '../stated-queries.server.ts';
import { firstColumns, themeNames } from './list.tsx';
import { amount, OfferStateTag } from './words.tsx';

export function OfferTable({
  visit,
  list,
  kinds,
  empty,
}: {
  visit: TerritoryVisit;
  list: OfferList;
  kinds: Labels['kinds'];
  empty: ComponentChildren;
}) {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  return (
    <DataTable<ShownOffer>
      caption={t('offers.caption', { n: list.total })}
      rows={list.offers}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        ...firstColumns<ShownOffer>(visit, kinds, 'offers'),
        {
          key: 'asked',
          title: t('column.capacity'),
          cell: (offer) => <span class="nowrap">{amount(t, offer.unit, offer.capacity)}</span>,
        },
        { key: 'remaining', title: t('column.left'), numeric: true, cell: ({ remaining }) => write.number(remaining) },
        {
          key: 'to',
          title: t('column.to'),
          cell: ({ conditions }) =>
            conditions.availableUntil === null ? null : write.date(conditions.availableUntil.subtract({ days: 1 })),
        },
        {
          key: 'state',
          title: t('column.state'),
          cell: (offer) => (
            <Tags>
              <OfferStateTag offer={offer} today={visit.today} t={t} />
            </Tags>
          ),
        },
      ]}
    />
  );
}

export function offersCsv(visit: TerritoryVisit, offers: readonly ShownOffer[], { kinds, themes }: Labels): string {
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
      {
        label: t('column.stated'),
        cell: ({ createdAt }) => createdAt.toZonedDateTimeISO(visit.territory.zone).toPlainDate(),
      },
      { label: t('column.address'), cell: ({ id }) => `${visit.url.origin}${pathIn(visit, 'apports', id)}` },
    ],
    offers,
  );
}
