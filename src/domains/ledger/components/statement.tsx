/** The lines of one account, each with the balance after it, on the account's natural side. */
import type { LedgerUnit } from '../../../lib/quantity.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { TableFiles } from '../../../ui/components/table-files.tsx';
import { addressWith, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { naturalBalance } from '../account.ts';
import type { AccountName, StatementLine } from '../book-queries.server.ts';
import type { BookWords } from './words.ts';

export type StatementAccount = AccountName & { readonly unit: LedgerUnit };

export function Statement({
  account,
  lines,
  words,
}: {
  account: StatementAccount;
  lines: readonly StatementLine[];
  words: BookWords;
}) {
  const { t, write } = words;
  const read = (amount: bigint) => words.amount(account.unit, naturalBalance(account.code, amount));
  return (
    <DataTable<StatementLine>
      caption={t('account.caption')}
      hideCaption
      dense
      rows={lines}
      rowKey={({ entryId, position }) => `${entryId}-${position}`}
      columns={[
        {
          key: 'with',
          title: t('column.counterpart'),
          heading: true,
          cell: (line) => <a href={words.entryHref(line.entryId)}>{counterpartOf(line, words)}</a>,
        },
        { key: 'day', title: t('column.day'), cell: ({ occurredOn }) => write.shortDate(occurredOn) },
        {
          key: 'cause',
          title: t('column.cause'),
          cell: ({ cause, memo }) => memo || t(`cause.${cause.kind}`),
        },
        {
          key: 'change',
          title: t('account.change'),
          numeric: true,
          cell: ({ change }) => read(change),
        },
        {
          key: 'balance',
          title: t('column.balance'),
          numeric: true,
          cell: ({ balance }) => read(balance),
        },
      ]}
    />
  );
}

/** A civil year or all of them, and the statement as a file. */
export function StatementFilters({
  visit,
  words: { t },
  years,
  account,
}: {
  visit: TerritoryVisit;
  words: BookWords;
  years: readonly number[];
  account: StatementAccount;
}) {
  const file = (format: string) => addressWith(visit, { format, apres: '' });
  return (
    <FilterBar
      action={pathIn(visit, 'comptes', account.accountId)}
      label={t('account.filter')}
      selects={[
        {
          name: 'annee',
          label: t('filter.year'),
          any: t('filter.allYears'),
          value: visit.url.searchParams.get('annee') ?? undefined,
          options: years.map((year) => ({ value: String(year), label: String(year) })),
        },
      ]}
      exports={
        <TableFiles csv={file('csv')} xlsx={file('xlsx')} words={{ csv: t('export.csv'), xlsx: t('export.xlsx') }} />
      }
    />
  );
}

function counterpartOf({ counterpartName, counterpartCode }: StatementLine, words: BookWords): string {
  return counterpartName ?? words.account({ code: counterpartCode, organisationName: null });
}
