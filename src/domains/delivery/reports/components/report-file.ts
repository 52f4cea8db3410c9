/** A report as one sheet, line by line: what a funder sums and sorts. */
import { Readable } from 'node:stream';
import type { CsvColumn } from '../../../../platform/files/csv-writer.ts';
import { WORKBOOK_TYPE, writeWorkbook } from '../../../../platform/files/workbook-writer.ts';
import { respondWith, type PageAnswer } from '../../../../platform/web/page.ts';
import type { TerritoryVisit } from '../../../territory/visit.ts';
import type { ReportFacts } from '../report.ts';
import { reportTerms } from '../report-words.ts';

interface Row {
  readonly part: string;
  readonly day: Temporal.PlainDate;
  readonly from: string;
  readonly to: string;
  readonly what: string;
  readonly quantity: number;
  readonly unit: string;
  readonly entryId: string;
}

export function reportWorkbook(visit: TerritoryVisit, facts: ReportFacts): PageAnswer {
  const { t } = reportTerms({ locale: visit.locale, zone: visit.territory.zone });
  const columns: CsvColumn<Row>[] = [
    { label: t('column.part'), cell: ({ part }) => part },
    { label: t('column.day'), cell: ({ day }) => day },
    { label: t('column.giver'), cell: ({ from }) => from },
    { label: t('column.receiver'), cell: ({ to }) => to },
    { label: t('column.text'), cell: ({ what }) => what },
    { label: t('column.given'), cell: ({ quantity }) => quantity },
    { label: t('column.unit'), cell: ({ unit }) => unit },
    { label: t('column.entry'), cell: ({ entryId }) => entryId },
  ];
  const rows = rowsOf(visit, facts);
  const file = writeWorkbook(t('title'), columns, Readable.from([rows]), visit.now);
  const headers = { 'content-type': WORKBOOK_TYPE, 'content-disposition': 'attachment; filename="bilan.xlsx"' };
  return respondWith(new Response(Readable.toWeb(file) as ReadableStream, { headers }));
}

/** Euros and hours as numbers that a sheet sums; the cents of a report are far below 2^53. */
function rowsOf(visit: TerritoryVisit, facts: ReportFacts): Row[] {
  const { t, nature } = reportTerms({ locale: visit.locale, zone: visit.territory.zone });
  const euros = { unit: t('unit.eur-cent') };
  return [
    ...facts.received.map((line) => ({
      ...euros,
      part: t('part.received'),
      day: Temporal.PlainDate.from(line.day),
      from: facts.funder,
      to: facts.sender,
      what: line.reference,
      quantity: Number(line.cents) / 100,
      entryId: line.entryId,
    })),
    ...facts.spent.map((line) => ({
      ...euros,
      part: t('part.spent'),
      day: Temporal.PlainDate.from(line.day),
      from: facts.sender,
      to: line.supplier,
      what: nature(`nature.${line.nature}`),
      quantity: Number(line.cents) / 100,
      entryId: line.entryId,
    })),
    ...facts.sessions.map((line) => ({
      part: t('part.sessions'),
      day: Temporal.PlainDate.from(line.day),
      from: line.giver,
      to: line.receiver,
      what: visit.locale === 'fr' ? line.kindFr : line.kindEn,
      quantity: line.unit === 'minute' ? Number(line.amount) / 60 : Number(line.amount),
      unit: t(`unit.${line.unit}`),
      entryId: line.entryId,
    })),
  ];
}
