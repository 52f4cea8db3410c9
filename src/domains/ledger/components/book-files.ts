/** The books as files: exactly what the page shows, one row per transfer or per account. */
import type { LedgerUnit } from '../../../lib/quantity.ts';
import { writeCsv, type CsvColumn } from '../../../platform/files/csv-writer.ts';
import type { PageAnswer } from '../../../platform/web/page.ts';
import { downloadTable, type TableFormat } from '../../../platform/web/table-download.ts';
import type { TerritoryVisit } from '../../territory/visit.ts';
import { naturalBalance } from '../account.ts';
import { amountCell, amountFigure } from '../amount.ts';
import type { AccountName, EntryLine, TransferLine } from '../book-queries.server.ts';
import { everyLedgerLine, type LedgerFilter, type LedgerLine } from '../general-ledger.server.ts';
import type { TrialBalanceLine } from '../queries.server.ts';
import { bookWords, type BookWords } from './words.ts';

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

export function balanceFile(
  format: TableFormat,
  lines: readonly TrialBalanceLine[],
  words: BookWords,
  at: Temporal.Instant,
): PageAnswer {
  const rows = (async function* () {
    yield lines;
  })();
  const columns = balanceColumns(words, format);
  return downloadTable(format, { fileName: 'balance', sheetName: words.t('tab.balance'), columns, rows, at });
}

function balanceColumns(words: BookWords, format: TableFormat): CsvColumn<TrialBalanceLine>[] {
  const { t } = words;
  const write = writerOf(format);
  return [
    { label: t('column.unit'), cell: ({ unit }) => t(`unit.${unit}`) },
    { label: t('column.account'), cell: (line) => words.account(line) },
    { label: t('column.debit'), cell: ({ unit, debits }) => write(unit, debits) },
    { label: t('column.credit'), cell: ({ unit, credits }) => write(unit, credits) },
    {
      label: t('column.balance'),
      cell: ({ code, unit, debits, credits }) => write(unit, naturalBalance(code, debits - credits)),
    },
  ];
}

/** One row a line of an account: the whole ledger, or the statement of one account. */
export function ledgerColumns(words: BookWords, format: TableFormat): CsvColumn<LedgerLine>[] {
  const { t } = words;
  const write = writerOf(format);
  return [
    { label: t('column.account'), cell: ({ account }) => words.account(account) },
    { label: t('column.unit'), cell: ({ account }) => t(`unit.${account.unit}`) },
    { label: t('column.day'), cell: ({ occurredOn }) => occurredOn },
    {
      label: t('column.counterpart'),
      cell: ({ counterpartCode: code, counterpartName: organisationName }) => words.account({ code, organisationName }),
    },
    { label: t('column.cause'), cell: ({ causeKind }) => t(`cause.${causeKind}`) },
    { label: t('column.memo'), cell: ({ memo }) => memo },
    { label: t('column.debit'), cell: ({ account, debit }) => write(account.unit, debit) },
    { label: t('column.credit'), cell: ({ account, credit }) => write(account.unit, credit) },
    { label: t('column.entry'), cell: ({ entryId }) => entryId },
  ];
}

/** The lines of one account, written while they are sent. */
export function statementFile(
  format: TableFormat,
  visit: TerritoryVisit,
  account: AccountName,
  days: Pick<LedgerFilter, 'from' | 'until'>,
): PageAnswer {
  const words = bookWords(visit);
  const filter = { accountId: account.accountId, ...days };
  return downloadTable(format, {
    fileName: 'releve',
    sheetName: words.t('account.statement'),
    columns: ledgerColumns(words, format),
    rows: everyLedgerLine((work) => visit.services.readLater(visit.territory.id, work), filter),
    at: visit.now,
  });
}

/** A workbook sums figures; CSV is read by spreadsheets of both languages as text with a comma. */
function writerOf(format: TableFormat): (unit: LedgerUnit, amount: bigint) => string | number {
  return format === 'csv' ? amountCell : amountFigure;
}
