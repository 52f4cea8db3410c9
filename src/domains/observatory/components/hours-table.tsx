/** Booked hours as rows and as a file. Who met whom is named when the reader may know. */
import { formatter } from '../../../i18n/format.ts';
import { writeCsv } from '../../../platform/files/csv-writer.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { observatoryText } from '../messages.ts';
import type { ShownBooking } from '../queries.server.ts';

export function HoursTable({ bookings, visit }: { bookings: readonly ShownBooking[]; visit: TerritoryVisit }) {
  const t = observatoryText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const named = (booking: ShownBooking, side: 'giver' | 'receiver') =>
    booking.isNamed ? (
      <a href={pathIn(visit, 'organisations', booking[`${side}Slug`])}>{booking[`${side}Name`]}</a>
    ) : (
      <span class="soft">{t(`anonymous.${side}`)}</span>
    );
  return (
    <DataTable<ShownBooking>
      caption={t('hours.caption')}
      dense
      rows={bookings}
      rowKey={({ entryId }) => entryId}
      empty={<EmptyState title={t('hours.empty')}>{t('hours.emptyBody')}</EmptyState>}
      columns={[
        { key: 'day', title: t('column.day'), cell: ({ occurredOn }) => write.date(occurredOn) },
        { key: 'giver', title: t('column.giver'), heading: true, cell: (booking) => named(booking, 'giver') },
        { key: 'receiver', title: t('column.receiver'), cell: (booking) => named(booking, 'receiver') },
        {
          key: 'kind',
          title: t('column.kind'),
          cell: (booking) => (visit.locale === 'fr' ? booking.kindLabelFr : booking.kindLabelEn),
        },
        { key: 'hours', title: t('column.hours'), numeric: true, cell: ({ amount }) => write.hours(Number(amount)) },
      ]}
    />
  );
}

/** Exactly the rows, as a file. */
export function hoursCsv(bookings: readonly ShownBooking[], visit: TerritoryVisit): string {
  const t = observatoryText(visit.locale);
  return writeCsv<ShownBooking>(
    [
      { label: t('column.day'), cell: ({ occurredOn }) => occurredOn },
      { label: t('column.giver'), cell: ({ isNamed, giverName }) => (isNamed ? giverName : t('anonymous.giver')) },
      {
        label: t('column.receiver'),
        cell: ({ isNamed, receiverName }) => (isNamed ? receiverName : t('anonymous.receiver')),
      },
      {
        label: t('column.kind'),
        cell: ({ kindLabelFr, kindLabelEn }) => (visit.locale === 'fr' ? kindLabelFr : kindLabelEn),
      },
      { label: t('column.minutes'), cell: ({ amount }) => amount },
    ],
    bookings,
  );
}
