/** What the national register must hold, and by when: the clock, and the register's fields as a file (DM-14). */
import { writeCsv } from '../../../platform/files/csv-writer.ts';
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { registerBy } from '../aid-calendar.ts';
import { keptUntil, mustBeRegistered } from '../aid-eligibility.ts';
import type { AidLine } from '../aid-queries.server.ts';
import type { AidWords } from './aid-words.ts';

/** What was decided here and goes to the register: what waits first, by its last day; then what was filed. */
export function registerLines(lines: readonly AidLine[]): readonly AidLine[] {
  const due = ({ grantedOn }: AidLine) => registerBy(grantedOn);
  return lines
    .filter(({ origin, basis, grantedOn }) => origin === 'decided' && mustBeRegistered(basis, grantedOn))
    .filter(({ state, filedOn }) => state !== 'withdrawn' || filedOn !== null)
    .toSorted((a, b) =>
      (a.filedOn === null) === (b.filedOn === null)
        ? Temporal.PlainDate.compare(due(a), due(b))
        : Number(a.filedOn !== null) - Number(b.filedOn !== null),
    );
}

export function RegisterTable({
  lines,
  today,
  words,
}: {
  lines: readonly AidLine[];
  today: Temporal.PlainDate;
  words: AidWords;
}) {
  const { t, write, money } = words;
  const columns: Column<AidLine>[] = [
    {
      key: 'firm',
      title: t('column.beneficiary'),
      heading: true,
      cell: ({ firmName, organisationSlug }) =>
        organisationSlug === null ? firmName : <a href={words.firmHref(organisationSlug)}>{firmName}</a>,
    },
    { key: 'day', title: t('column.grantedOn'), cell: ({ grantedOn }) => write.date(grantedOn) },
    { key: 'amount', title: t('column.amount'), numeric: true, cell: ({ cents }) => money(cents) },
    { key: 'authority', title: t('column.authority'), cell: ({ authority }) => authority },
    { key: 'due', title: t('column.registerBy'), cell: (line) => <Due line={line} today={today} words={words} /> },
  ];
  return (
    <DataTable<AidLine>
      caption={t('register.caption')}
      hideCaption
      rows={lines}
      rowKey={({ id }) => id}
      columns={columns}
      empty={<EmptyState title={t('register.empty')}>{t('register.emptyBody')}</EmptyState>}
    />
  );
}

function Due({ line, today, words: { t, write } }: { line: AidLine; today: Temporal.PlainDate; words: AidWords }) {
  if (line.filedOn !== null)
    return <>{t('register.filed', { day: write.date(line.filedOn), reference: line.filingReference ?? '' })}</>;
  const due = registerBy(line.grantedOn);
  const isLate = Temporal.PlainDate.compare(due, today) < 0;
  return (
    <>
      {write.date(due)}{' '}
      <Tag tone={isLate ? 'warn' : 'info'}>{isLate ? t('register.late') : write.relativeDay(due, today)}</Tag>
    </>
  );
}

export function registerCsv(lines: readonly AidLine[], { t }: AidWords): string {
  return writeCsv<AidLine>(
    [
      { label: t('column.beneficiary'), cell: ({ firmName }) => firmName },
      { label: 'SIREN', cell: ({ siren }) => siren },
      {
        label: t('column.amountEuros'),
        cell: ({ cents }) => `${cents / 100n},${String(cents % 100n).padStart(2, '0')}`,
      },
      { label: t('column.grantedOn'), cell: ({ grantedOn }) => grantedOn },
      { label: t('column.authority'), cell: ({ authority }) => authority },
      { label: t('column.instrument'), cell: ({ instrument }) => t(`instrument.${instrument}`) },
      { label: t('column.nace'), cell: ({ nace }) => nace },
      { label: t('column.basis'), cell: ({ basis }) => t(`basis.${basis}`) },
      { label: t('column.registerBy'), cell: ({ grantedOn }) => registerBy(grantedOn) },
      { label: t('column.filedOn'), cell: ({ filedOn }) => filedOn },
      { label: t('column.reference'), cell: ({ filingReference }) => filingReference },
      { label: t('column.keptUntil'), cell: ({ grantedOn }) => keptUntil(grantedOn) },
    ],
    lines,
  );
}
