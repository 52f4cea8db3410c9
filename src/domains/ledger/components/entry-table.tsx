/** Entries as rows: who gave to whom, how much, when, and why. */
import type { ComponentChildren } from 'preact';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import type { AccountName, EntryLine } from '../book-queries.server.ts';
import type { BookWords } from './words.ts';

interface EntryTableProps {
  readonly entries: readonly EntryLine[];
  readonly words: BookWords;
  readonly empty: ComponentChildren;
}

export function EntryTable({ entries, words, empty }: EntryTableProps) {
  const { t, write } = words;
  const hasMemo = entries.some(({ memo }) => memo !== '');
  return (
    <DataTable<EntryLine>
      caption={t('entries.caption')}
      hideCaption
      dense
      rows={entries}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'entry',
          title: t('column.entry'),
          heading: true,
          cell: (entry) => <a href={words.entryHref(entry.id)}>{flowOf(entry, words)}</a>,
        },
        { key: 'amount', title: t('column.amount'), numeric: true, cell: (entry) => amountsOf(entry, words) },
        { key: 'day', title: t('column.day'), cell: ({ occurredOn }) => write.shortDate(occurredOn) },
        { key: 'cause', title: t('column.cause'), cell: (entry) => <Cause entry={entry} words={words} /> },
        ...(hasMemo
          ? [{ key: 'memo', title: t('column.memo'), kind: 'why' as const, cell: ({ memo }: EntryLine) => memo }]
          : []),
      ]}
    />
  );
}

/** Where an amount comes from or goes to: the organisation, or the account when it is nobody's. */
export function AccountLink({ account, words }: { account: AccountName; words: BookWords }) {
  const href = words.accountHref(account);
  const name = nameOf(account, words);
  return href === undefined ? <>{name}</> : <a href={href}>{name}</a>;
}

function nameOf(account: AccountName, words: BookWords): string {
  return account.organisationName ?? words.account(account);
}

/** From whom to whom, by the first transfer; most entries have one. */
function flowOf({ transfers }: EntryLine, words: BookWords): string {
  const [first, ...others] = transfers;
  if (first === undefined) return '';
  const flow = `${nameOf(first.credit, words)} → ${nameOf(first.debit, words)}`;
  return others.length === 0 ? flow : words.t('entries.others', { flow, n: others.length });
}

/** One sum for each unit. */
function amountsOf({ transfers }: EntryLine, words: BookWords): string {
  const sums = Map.groupBy(transfers, ({ unit }) => unit).entries();
  return sums
    .map(([unit, list]) =>
      words.amount(
        unit,
        list.reduce((sum, { amount }) => sum + amount, 0n),
      ),
    )
    .toArray()
    .join(', ');
}

function Cause({ entry, words: { t } }: { entry: EntryLine; words: BookWords }) {
  return (
    <>
      {t(`cause.${entry.cause.kind}`)} {entry.reversesId === null ? null : <Tag tone="warn">{t('tag.reversal')}</Tag>}
      {entry.reversedById === null ? null : <Tag>{t('tag.reversed')}</Tag>}
    </>
  );
}
