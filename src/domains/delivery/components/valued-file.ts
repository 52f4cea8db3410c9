/** What was given in kind and its four readings as a file: one row a booking, exactly what the page shows. */
import type { CsvColumn } from '../../../platform/files/csv-writer.ts';
import type { TableFormat } from '../../../platform/web/table-download.ts';
import { readingsOf, type Readings } from '../../alliance/valuation.ts';
import { amountCell, amountFigure } from '../../ledger/amount.ts';
import { supportText } from '../../support/messages.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import type { ValuedBooking } from '../valued-queries.server.ts';
import { deliveryWords } from './words.tsx';

export function valuedColumns(visit: TerritoryVisit, format: TableFormat): CsvColumn<ValuedBooking>[] {
  const words = deliveryWords(visit);
  const { t } = words;
  const rate = supportText(visit.locale);
  const write = format === 'csv' ? amountCell : amountFigure;
  const euros = (label: string, read: (readings: Readings) => bigint): CsvColumn<ValuedBooking> => ({
    label,
    cell: ({ valuation }) => (valuation === null ? '' : write('eur-cent', read(readingsOf(valuation)))),
  });
  return [
    { label: t('worth.day'), cell: ({ occurredOn }) => occurredOn },
    { label: t('worth.giver'), cell: ({ giverName }) => giverName },
    { label: t('worth.receiver'), cell: ({ receiverName }) => receiverName },
    { label: t('account.kind'), cell: (row) => words.kind(row) },
    { label: t('account.amount'), cell: ({ unit, amount }) => write(unit, amount) },
    { label: t('account.unit'), cell: ({ unit }) => t(`unit.${unit}`) },
    { label: t('worth.valuedOn'), cell: ({ valuation }) => valuation?.valuedOn },
    {
      label: rate('rate.method'),
      cell: ({ valuation }) => (valuation === null ? '' : rate(`rate.method.${valuation.method}`)),
    },
    euros(t('worth.accounts'), ({ accounts }) => accounts.uses86Cents),
    euros(t('worth.sponsorship'), ({ sponsorshipCents }) => sponsorshipCents),
    euros(t('worth.erdf'), ({ erdfCents }) => erdfCents),
    euros(t('worth.aid'), ({ aidCents }) => aidCents),
    { label: rate('rate.evidence'), cell: ({ valuation }) => valuation?.evidence },
    { label: t('account.entry'), cell: ({ entryId }) => entryId },
  ];
}
