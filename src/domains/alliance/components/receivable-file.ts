/** Receivables as a file: exactly what the page shows. */
import { writeCsv } from '../../../platform/files/csv-writer.ts';
import { amountCell } from '../../ledger/amount.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import { standingOf } from '../instalment.ts';
import type { InstalmentLine } from '../instalment-queries.server.ts';
import { allianceWords } from './words.tsx';

export function receivablesCsv(visit: TerritoryVisit, lines: readonly InstalmentLine[]): string {
  const { t } = allianceWords(visit);
  return writeCsv<InstalmentLine>(
    [
      { label: t('column.organisation'), cell: ({ organisationName }) => organisationName },
      { label: t('column.agreement'), cell: ({ reference }) => reference },
      { label: t('column.year'), cell: ({ year }) => year },
      { label: t('column.dueOn'), cell: ({ dueOn }) => dueOn },
      { label: t('column.amount'), cell: ({ amountCents }) => amountCell('eur-cent', amountCents) },
      { label: t('column.paid'), cell: ({ paidCents }) => amountCell('eur-cent', paidCents) },
      { label: t('column.standing'), cell: (line) => t(`standing.${standingOf(line, visit.today)}`) },
    ],
    lines,
  );
}
