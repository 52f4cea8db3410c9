/** The general ledger: what narrows it, and its lines, account by account. */
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { TableFiles } from '../../../ui/components/table-files.tsx';
import { addressWith, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { LedgerLine } from '../general-ledger.server.ts';
import type { LedgerChoice } from '../ledger-filter.server.ts';
import { UNITS } from '../schema.ts';
import type { BookWords } from './words.ts';

interface LedgerFiltersProps {
  readonly visit: TerritoryVisit;
  readonly words: BookWords;
  readonly years: readonly number[];
  readonly choice: LedgerChoice;
}

export function LedgerFilters({ visit, words: { t }, years, choice }: LedgerFiltersProps) {
  const { filter, organisation } = choice;
  const without = (name: string) => addressWith(visit, { [name]: '', apres: '' });
  const file = (format: string) => addressWith(visit, { format, apres: '' });
  const selects = [
    {
      name: 'annee',
      label: t('filter.year'),
      any: t('filter.allYears'),
      value: choice.year === undefined ? undefined : String(choice.year),
      options: years.map((year) => ({ value: String(year), label: String(year) })),
    },
    {
      name: 'exercice',
      label: t('filter.fiscalYear'),
      any: t('filter.allYears'),
      value: choice.fiscalYear,
      options: choice.fiscalYears.map(({ code }) => ({ value: code, label: t('years.name', { code }) })),
    },
    {
      name: 'programme',
      label: t('filter.programme'),
      any: t('filter.allProgrammes'),
      value: filter.programme,
      options: choice.programmes.map(({ code, labelFr, labelEn }) => ({
        value: code,
        label: visit.locale === 'fr' ? labelFr : labelEn,
      })),
    },
    {
      name: 'unite',
      label: t('filter.unit'),
      any: t('filter.allUnits'),
      value: filter.unit,
      options: UNITS.map((unit) => ({ value: unit, label: t(`unit.${unit}`) })),
    },
  ];
  return (
    <FilterBar
      action={pathIn(visit, 'comptes', 'grand-livre')}
      label={t('ledger.filter')}
      kept={organisation === undefined ? {} : { organisation: organisation.slug }}
      selects={selects.filter(({ options }) => options.length > 0)}
      active={organisation === undefined ? [] : [{ label: organisation.name, href: without('organisation') }]}
      exports={
        <TableFiles csv={file('csv')} xlsx={file('xlsx')} words={{ csv: t('export.csv'), xlsx: t('export.xlsx') }} />
      }
    />
  );
}

/** An account is named where its lines begin. */
export function LedgerTable({ lines, words }: { lines: readonly LedgerLine[]; words: BookWords }) {
  const { t, write } = words;
  const figure = (unit: LedgerLine['account']['unit'], amount: bigint) =>
    amount === 0n ? '' : words.figure(unit, amount);
  return (
    <DataTable<LedgerLine>
      caption={t('ledger.caption')}
      hideCaption
      dense
      rows={lines}
      rowKey={({ account, entryId, position }) => `${account.accountId} ${entryId} ${position}`}
      empty={<EmptyState title={t('ledger.empty')}>{t('ledger.emptyBody')}</EmptyState>}
      columns={[
        {
          key: 'account',
          title: t('column.account'),
          heading: true,
          cell: ({ account }) => {
            const name = `${words.account(account)} (${t(`unit.${account.unit}`)})`;
            const href = words.accountHref(account);
            return href === undefined ? name : <a href={href}>{name}</a>;
          },
        },
        {
          key: 'day',
          title: t('column.day'),
          cell: ({ occurredOn, entryId }) => <a href={words.entryHref(entryId)}>{write.shortDate(occurredOn)}</a>,
        },
        { key: 'with', title: t('column.counterpart'), cell: (line) => counterpartOf(line, words) },
        { key: 'memo', title: t('column.cause'), cell: ({ memo, causeKind }) => memo || t(`cause.${causeKind}`) },
        {
          key: 'debit',
          title: t('column.debit'),
          numeric: true,
          cell: ({ account, debit }) => figure(account.unit, debit),
        },
        {
          key: 'credit',
          title: t('column.credit'),
          numeric: true,
          cell: ({ account, credit }) => figure(account.unit, credit),
        },
      ]}
    />
  );
}

function counterpartOf({ counterpartCode: code, counterpartName }: LedgerLine, words: BookWords): string {
  return words.account({ code, organisationName: counterpartName });
}
