/** An organisation's year in figures: per kind of help what was said, promised and booked, and the bookings behind it. */
import { writeCsv } from '../../../platform/files/csv-writer.ts';
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { amountCell } from '../../ledger/amount.ts';
import { ALL_STATES } from '../../support/address.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { KindLine } from '../account-queries.server.ts';
import type { Booking } from '../bookings.server.ts';
import { deliveryWords } from './words.tsx';

interface KindTableProps {
  readonly visit: TerritoryVisit;
  readonly side: 'given' | 'received';
  readonly organisationSlug: string;
  readonly lines: readonly KindLine[];
}

export function KindTable({ visit, side, organisationSlug, lines }: KindTableProps) {
  const { t, amount } = deliveryWords(visit);
  const column = (key: string, title: string, value: (line: KindLine) => bigint): Column<KindLine> => ({
    key,
    title,
    numeric: true,
    cell: (line) => amount(line.unit, value(line)),
    ...totalOf(lines, value, amount),
  });
  const isGiven = side === 'given';
  /** The offers or the needs that the first figure sums. */
  const rows = ({ kindCode }: KindLine) =>
    `${pathIn(visit, isGiven ? 'apports' : 'besoins')}?${new URLSearchParams({ organisation: organisationSlug, nature: kindCode, etat: ALL_STATES })}`;
  return (
    <DataTable<KindLine>
      caption={t(isGiven ? 'account.captionGiven' : 'account.captionReceived')}
      hideCaption
      rows={lines}
      rowKey={({ kindCode }) => kindCode}
      columns={[
        {
          key: 'kind',
          title: t('account.kind'),
          heading: true,
          cell: (line) => (visit.locale === 'fr' ? line.labelFr : line.labelEn),
        },
        {
          ...column('stated', isGiven ? t('account.committed') : t('account.asked'), ({ stated }) => stated),
          cell: (line) => <a href={rows(line)}>{amount(line.unit, line.stated)}</a>,
        },
        column('matched', isGiven ? t('account.asked') : t('account.matched'), ({ matched }) => matched),
        column('booked', t(`account.booked.${side}`), ({ booked }) => booked),
        column('left', t('account.left'), ({ stated, booked }) => (stated > booked ? stated - booked : 0n)),
      ]}
    />
  );
}

export function BookingTable({
  visit,
  organisationSlug,
  bookings,
}: {
  visit: TerritoryVisit;
  organisationSlug: string;
  bookings: readonly Booking[];
}) {
  const words = deliveryWords(visit);
  const { t, write } = words;
  const isGiver = ({ giverSlug }: Booking) => giverSlug === organisationSlug;
  return (
    <DataTable<Booking>
      caption={t('account.bookingsCaption')}
      hideCaption
      dense
      rows={bookings}
      rowKey={({ entryId }) => entryId}
      empty={<p class="soft">{t('account.noBooking')}</p>}
      columns={[
        {
          key: 'day',
          title: t('column.session'),
          heading: true,
          cell: ({ sessionId, occurredOn }) => <a href={words.sessionHref(sessionId)}>{write.date(occurredOn)}</a>,
        },
        {
          key: 'direction',
          title: t('account.direction'),
          cell: (row) =>
            isGiver(row)
              ? t('account.direction.given', { other: row.receiverName })
              : t('account.direction.received', { other: row.giverName }),
        },
        { key: 'kind', title: t('account.kind'), cell: (row) => words.kind(row) },
        {
          key: 'amount',
          title: t('account.amount'),
          numeric: true,
          cell: ({ unit, amount }) => words.amount(unit, amount),
        },
      ]}
    />
  );
}

export function bookingsCsv(visit: TerritoryVisit, organisationSlug: string, bookings: readonly Booking[]): string {
  const words = deliveryWords(visit);
  const { t } = words;
  const isGiver = ({ giverSlug }: Booking) => giverSlug === organisationSlug;
  return writeCsv<Booking>(
    [
      { label: t('column.when'), cell: ({ occurredOn }) => occurredOn },
      {
        label: t('account.direction'),
        cell: (row) => t(isGiver(row) ? 'account.booked.given' : 'account.booked.received'),
      },
      { label: t('account.other'), cell: (row) => (isGiver(row) ? row.receiverName : row.giverName) },
      { label: t('account.kind'), cell: (row) => words.kind(row) },
      { label: t('account.amount'), cell: ({ unit, amount }) => amountCell(unit, amount) },
      { label: t('account.unit'), cell: ({ unit }) => t(`unit.${unit}`) },
      { label: t('account.entry'), cell: ({ entryId }) => entryId },
    ],
    bookings,
  );
}

/** A total only where every line counts in the same unit. */
function totalOf(
  lines: readonly KindLine[],
  value: (line: KindLine) => bigint,
  amount: ReturnType<typeof deliveryWords>['amount'],
): { total?: string } {
  const [first, ...rest] = lines;
  if (first === undefined || rest.length === 0 || rest.some(({ unit }) => unit !== first.unit)) return {};
  return {
    total: amount(
      first.unit,
      lines.reduce((sum, line) => sum + value(line), 0n),
    ),
  };
}
