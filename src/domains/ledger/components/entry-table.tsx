/** Entries as rows: the day, the cause, who gave to whom, how much. */
import type { ComponentChildren } from 'preact';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import type { AccountName, EntryLine, TransferLine } from '../book-queries.server.ts';
import type { BookWords } from './words.ts';

export function EntryTable({
  entries,
  words,
  empty,
}: {
  entries: readonly EntryLine[];
  words: BookWords;
  empty: ComponentChildren;
}) {
  const { t, write } = words;
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
          key: 'cause',
          title: t('column.cause'),
          heading: true,
          cell: (entry) => <Cause entry={entry} words={words} />,
        },
        {
          key: 'day',
          title: t('column.day'),
          cell: ({ occurredOn }) => write.shortDate(occurredOn),
        },
        {
          key: 'from',
          title: t('column.from'),
          cell: (entry) => <Sides entry={entry} side="credit" words={words} />,
        },
        {
          key: 'to',
          title: t('column.to'),
          cell: (entry) => <Sides entry={entry} side="debit" words={words} />,
        },
        {
          key: 'amount',
          title: t('column.amount'),
          numeric: true,
          cell: (entry) => lines(entry, ({ unit, amount }) => words.amount(unit, amount)),
        },
      ]}
    />
  );
}

/** Where an amount comes from or goes to: the organisation, or the account when it is nobody's. */
export function AccountLink({ account, words }: { account: AccountName; words: BookWords }) {
  const name = account.organisationName ?? words.account(account);
  const href = words.accountHref(account);
  return href === undefined ? <>{name}</> : <a href={href}>{name}</a>;
}

function Cause({ entry, words }: { entry: EntryLine; words: BookWords }) {
  const { t } = words;
  const isPlain = entry.memo === '' || entry.reversesId !== null;
  return (
    <>
      <a href={words.entryHref(entry.id)}>{isPlain ? t(`cause.${entry.cause.kind}`) : entry.memo}</a>{' '}
      {entry.reversesId === null ? null : <Tag tone="warn">{t('tag.reversal')}</Tag>}
      {entry.reversedById === null ? null : <Tag>{t('tag.reversed')}</Tag>}
    </>
  );
}

function Sides({ entry, side, words }: { entry: EntryLine; side: 'debit' | 'credit'; words: BookWords }) {
  return lines(entry, (transfer) => <AccountLink account={transfer[side]} words={words} />);
}

/** One line per transfer; most entries have one. */
function lines(entry: EntryLine, write: (transfer: TransferLine) => ComponentChildren): ComponentChildren {
  return entry.transfers.length === 1 && entry.transfers[0] !== undefined
    ? write(entry.transfers[0])
    : entry.transfers.map((transfer) => <div>{write(transfer)}</div>);
}
