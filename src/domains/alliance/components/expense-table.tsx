/** Expenses as a table and as a file. */
import { writeCsv } from '../../../platform/files/csv-writer.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { amountCell } from '../../ledger/amount.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import type { ExpenseLine } from '../expense-queries.server.ts';
import { allianceWords } from './words.tsx';

export function ExpenseTable({ visit, lines }: { visit: TerritoryVisit; lines: readonly ExpenseLine[] }) {
  const words = allianceWords(visit);
  const { t, write, money } = words;
  return (
    <DataTable<ExpenseLine>
      caption={t('expenses.caption')}
      hideCaption
      rows={lines}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('expenses.empty')}>{t('expenses.emptyBody')}</EmptyState>}
      columns={[
        {
          key: 'supplier',
          title: t('column.supplier'),
          heading: true,
          cell: ({ id, supplier }) => <a href={words.expenseHref(id)}>{supplier}</a>,
        },
        { key: 'day', title: t('column.day'), cell: ({ spentOn }) => write.date(spentOn) },
        { key: 'nature', title: t('column.nature'), cell: ({ nature }) => t(`nature.${nature}`) },
        {
          key: 'amount',
          title: t('column.amount'),
          numeric: true,
          cell: ({ amountCents, reversalEntryId }) =>
            reversalEntryId === null ? money(amountCents) : <s>{money(amountCents)}</s>,
        },
      ]}
    />
  );
}

export function expensesCsv(visit: TerritoryVisit, lines: readonly ExpenseLine[]): string {
  const { t } = allianceWords(visit);
  return writeCsv<ExpenseLine>(
    [
      { label: t('column.day'), cell: ({ spentOn }) => spentOn },
      { label: t('column.nature'), cell: ({ nature }) => t(`nature.${nature}`) },
      { label: t('column.supplier'), cell: ({ supplier }) => supplier },
      { label: t('column.amount'), cell: ({ amountCents }) => amountCell('eur-cent', amountCents) },
      {
        label: t('column.state'),
        cell: ({ reversalEntryId }) => (reversalEntryId === null ? '' : t('instalment.reversed')),
      },
    ],
    lines,
  );
}
