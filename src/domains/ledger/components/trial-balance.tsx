/** The trial balance of each unit: every account, both sides, and totals that must agree. */
import type { LedgerUnit } from '../../../lib/quantity.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { naturalBalance } from '../account.ts';
import type { TrialBalanceLine } from '../queries.server.ts';
import type { BookWords } from './words.ts';

const UNITS: readonly LedgerUnit[] = ['minute', 'introduction', 'desk-day', 'test-ground-day', 'eur-cent'];

export function TrialBalance({ lines, words }: { lines: readonly TrialBalanceLine[]; words: BookWords }) {
  const byUnit = Map.groupBy(lines, (line) => line.unit);
  if (lines.length === 0) return <EmptyState title={words.t('balance.empty')} />;
  return UNITS.filter((unit) => byUnit.has(unit)).map((unit) => (
    <Section title={words.t(`unit.${unit}`)} id={`unite-${unit}`}>
      <UnitBalance unit={unit} lines={byUnit.get(unit) ?? []} words={words} />
    </Section>
  ));
}

/** The heading names the unit: cells hold figures alone, and nothing where nothing moved. */
function UnitBalance({
  unit,
  lines,
  words,
}: {
  unit: LedgerUnit;
  lines: readonly TrialBalanceLine[];
  words: BookWords;
}) {
  const { t } = words;
  const write = (amount: bigint) => (amount === 0n ? '' : words.figure(unit, amount));
  const sum = (side: 'debits' | 'credits') => write(lines.reduce((all, line) => all + line[side], 0n));
  return (
    <DataTable<TrialBalanceLine>
      caption={t('balance.caption', { unit: t(`unit.${unit}`) })}
      hideCaption
      dense
      rows={lines}
      rowKey={({ accountId }) => accountId}
      columns={[
        {
          key: 'account',
          title: t('column.account'),
          heading: true,
          cell: (line) => <AccountName line={line} words={words} />,
          total: t('balance.total'),
        },
        {
          key: 'debits',
          title: t('column.debit'),
          numeric: true,
          cell: ({ debits }) => write(debits),
          total: sum('debits'),
        },
        {
          key: 'credits',
          title: t('column.credit'),
          numeric: true,
          cell: ({ credits }) => write(credits),
          total: sum('credits'),
        },
        {
          key: 'balance',
          title: t('column.balance'),
          numeric: true,
          cell: ({ code, debits, credits }) => words.figure(unit, naturalBalance(code, debits - credits)),
        },
      ]}
    />
  );
}

function AccountName({ line, words }: { line: TrialBalanceLine; words: BookWords }) {
  const href = words.accountHref(line);
  return href === undefined ? <>{words.account(line)}</> : <a href={href}>{words.account(line)}</a>;
}
