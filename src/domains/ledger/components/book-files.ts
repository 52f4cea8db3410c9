/** The books as files: exactly what the page shows, one row per transfer or per account. */
import { writeCsv } from '../../../platform/files/csv-writer.ts';
import { naturalBalance } from '../account.ts';
import { amountCell } from '../amount.ts';
import type { EntryLine, TransferLine } from '../book-queries.server.ts';
import type { TrialBalanceLine } from '../queries.server.ts';
import type { BookWords } from './words.ts';

export function entriesCsv(entries: readonly EntryLine[], words: BookWords): string {
  const { t } = words;
  const rows = entries.flatMap((entry) => entry.transfers.map((transfer) => ({ entry, transfer })));
  return writeCsv<{ readonly entry: EntryLine; readonly transfer: TransferLine }>(
    [
      { label: t('column.day'), cell: ({ entry }) => entry.occurredOn },
      { label: t('column.cause'), cell: ({ entry }) => t(`cause.${entry.cause.kind}`) },
      { label: t('column.memo'), cell: ({ entry }) => entry.memo },
      { label: t('column.from'), cell: ({ transfer }) => words.account(transfer.credit) },
      { label: t('column.to'), cell: ({ transfer }) => words.account(transfer.debit) },
      {
        label: t('column.amount'),
        cell: ({ transfer }) => amountCell(transfer.unit, transfer.amount),
      },
      { label: t('column.unit'), cell: ({ transfer }) => t(`unit.${transfer.unit}`) },
      { label: t('column.posted'), cell: ({ entry }) => entry.postedAt },
      { label: t('column.author'), cell: ({ entry }) => entry.authorName },
      { label: t('column.entry'), cell: ({ entry }) => entry.id },
      { label: t('column.reverses'), cell: ({ entry }) => entry.reversesId },
    ],
    rows,
  );
}

export function balanceCsv(lines: readonly TrialBalanceLine[], words: BookWords): string {
  const { t } = words;
  return writeCsv<TrialBalanceLine>(
    [
      { label: t('column.unit'), cell: ({ unit }) => t(`unit.${unit}`) },
      { label: t('column.account'), cell: (line) => words.account(line) },
      { label: t('column.debit'), cell: ({ unit, debits }) => amountCell(unit, debits) },
      { label: t('column.credit'), cell: ({ unit, credits }) => amountCell(unit, credits) },
      {
        label: t('column.balance'),
        cell: ({ code, unit, debits, credits }) => amountCell(unit, naturalBalance(code, debits - credits)),
      },
    ],
    lines,
  );
}
