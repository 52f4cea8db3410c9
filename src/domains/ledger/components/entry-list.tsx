/** The entries of the books, narrowed by the address, by pages. */
import { ButtonLink } from '../../../ui/components/button.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { addressWith, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { COUNT_LIMIT, type EntryList as List } from '../book-queries.server.ts';
import { writeDayCursor } from '../cursor.ts';
import { CAUSE_KINDS, type EntryFilter } from '../entry.ts';
import { UNITS } from '../schema.ts';
import { EntryTable } from './entry-table.tsx';
import type { BookWords } from './words.ts';

export interface EntryListProps {
  readonly visit: TerritoryVisit;
  readonly words: BookWords;
  readonly filter: EntryFilter;
  readonly years: readonly number[];
  readonly list: List;
}

export function EntryList({ visit, words, filter, years, list }: EntryListProps) {
  const first = list.entries[0];
  const last = list.entries.at(-1);
  const cursor = (entry: typeof first) =>
    entry === undefined ? '' : writeDayCursor({ day: entry.occurredOn, id: entry.id });
  return (
    <>
      <Filters visit={visit} words={words} filter={filter} years={years} total={list.total} />
      <EntryTable entries={list.entries} words={words} empty={<NoEntry visit={visit} words={words} />} />
      <Pager
        previousHref={list.hasBefore && first ? addressWith(visit, { avant: cursor(first), apres: '' }) : undefined}
        nextHref={list.hasAfter && last ? addressWith(visit, { apres: cursor(last), avant: '' }) : undefined}
      />
    </>
  );
}

function Filters({
  visit,
  words: { t },
  filter,
  years,
  total,
}: Omit<EntryListProps, 'list'> & { readonly total: number }) {
  const without = (name: string) => addressWith(visit, { [name]: '', apres: '', avant: '' });
  const active = [
    ...(filter.unit === undefined ? [] : [{ label: t(`unit.${filter.unit}`), href: without('unite') }]),
    ...(filter.year === undefined ? [] : [{ label: String(filter.year), href: without('annee') }]),
    ...(filter.cause === undefined ? [] : [{ label: t(`cause.${filter.cause}`), href: without('cause') }]),
  ];
  return (
    <FilterBar
      action={pathIn(visit, 'comptes')}
      label={t('filter')}
      selects={[
        {
          name: 'unite',
          label: t('filter.unit'),
          any: t('filter.allUnits'),
          value: filter.unit,
          options: UNITS.map((unit) => ({ value: unit, label: t(`unit.${unit}`) })),
        },
        {
          name: 'annee',
          label: t('filter.year'),
          any: t('filter.allYears'),
          value: filter.year === undefined ? undefined : String(filter.year),
          options: years.map((year) => ({ value: String(year), label: String(year) })),
        },
        {
          name: 'cause',
          label: t('filter.cause'),
          any: t('filter.allCauses'),
          value: filter.cause,
          options: CAUSE_KINDS.map((cause) => ({ value: cause, label: t(`cause.${cause}`) })),
        },
      ]}
      active={active}
      clearHref={pathIn(visit, 'comptes')}
      result={total > COUNT_LIMIT ? t('count.more', { n: COUNT_LIMIT }) : t('count', { n: total })}
      exports={
        <a href={addressWith(visit, { format: 'csv', apres: '', avant: '' })} download data-no-prefetch>
          {t('export')}
        </a>
      }
    />
  );
}

function NoEntry({ visit, words: { t } }: { visit: TerritoryVisit; words: BookWords }) {
  const all = (
    <ButtonLink tone="quiet" href={pathIn(visit, 'comptes')}>
      {t('entries.all')}
    </ButtonLink>
  );
  return (
    <EmptyState title={t('entries.empty')} action={all}>
      {t('entries.emptyBody')}
    </EmptyState>
  );
}
