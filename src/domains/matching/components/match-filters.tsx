/** The list of matches, what it is narrowed to as it stands in its address, and its pages. */
import { parseId } from '../../../lib/ids.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { addressWith, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { matchesAddress } from '../address.ts';
import { MATCH_STATES } from '../match.ts';
import type { MatchCursor, MatchFilter, MatchList } from '../match-queries.server.ts';
import type { MatchingText } from '../messages.ts';
import { MatchTable } from './match-table.tsx';
import type { Names } from './sentences.ts';

interface Screen {
  readonly list: MatchList;
  readonly visit: TerritoryVisit;
  readonly t: MatchingText;
}

interface Rows extends Screen {
  readonly filter: MatchFilter;
  readonly rounds: readonly { readonly id: string; readonly title: string }[];
  readonly names: Names;
  /** Nothing is filtered, and this is the first page. */
  readonly isPlain: boolean;
}

/** The list with its filters and its pages. */
export function MatchRows({ filter, list, rounds, names, isPlain, visit, t }: Rows) {
  return (
    <>
      <MatchFilters filter={filter} rounds={rounds} list={list} visit={visit} t={t} />
      {list.matches.length > 0 ? (
        <MatchTable matches={list.matches} names={names} caption={t('matches.caption')} visit={visit} t={t} />
      ) : (
        <EmptyState
          title={t('matches.empty.title')}
          action={isPlain ? null : <a href={matchesAddress(pathIn(visit))}>{t('matches.empty.reset')}</a>}
        >
          {t(isPlain ? 'matches.empty' : 'matches.empty.filtered')}
        </EmptyState>
      )}
      <MatchPaging list={list} visit={visit} t={t} />
    </>
  );
}

function MatchFilters({
  filter,
  rounds,
  list,
  visit,
  t,
}: Screen & { filter: MatchFilter; rounds: readonly { readonly id: string; readonly title: string }[] }) {
  const drop = (name: string) => addressWith(visit, { [name]: '', apres: '' });
  const round = rounds.find(({ id }) => id === filter.roundId);
  const states = ['waiting', ...MATCH_STATES] as const;
  const active = [
    ...(filter.words ? [{ label: filter.words, href: drop('q') }] : []),
    ...(filter.state ? [{ label: t(`match.state.${filter.state}`), href: drop('etat') }] : []),
    ...(filter.origin ? [{ label: t(`origin.${filter.origin}`), href: drop('origine') }] : []),
    ...(round ? [{ label: round.title, href: drop('plan') }] : []),
  ];
  return (
    <FilterBar
      action={matchesAddress(pathIn(visit))}
      label={t('matches.filter')}
      search={{ name: 'q', label: t('agreements.search'), value: filter.words }}
      selects={[
        {
          name: 'etat',
          label: t('matches.column.state'),
          value: filter.state,
          options: states.map((value) => ({ value, label: t(`match.state.${value}`) })),
        },
        {
          name: 'origine',
          label: t('matches.origin'),
          any: t('matches.anyOrigin'),
          value: filter.origin,
          options: (['round', 'hand'] as const).map((value) => ({ value, label: t(`origin.${value}`) })),
        },
        {
          name: 'plan',
          label: t('matches.round'),
          value: filter.roundId,
          options: rounds.map(({ id, title }) => ({ value: id, label: title })),
        },
      ]}
      active={active}
      clearHref={matchesAddress(pathIn(visit))}
      result={t('matches.count', { n: list.total })}
    />
  );
}

function MatchPaging({ list, visit, t }: Screen) {
  const last = list.matches.at(-1);
  const isFirst = !visit.url.searchParams.has('apres');
  return (
    <Pager
      previousHref={isFirst ? undefined : addressWith(visit, { apres: '' })}
      nextHref={list.hasMore && last ? addressWith(visit, { apres: writeCursor(last) }) : undefined}
    >
      {t('matches.page', { shown: list.matches.length, of: list.total })}
    </Pager>
  );
}

export function readFilter(query: URLSearchParams): MatchFilter {
  const words = (query.get('q') ?? '').replaceAll('\u0000', '').slice(0, 200).trim();
  const state = (['waiting', ...MATCH_STATES] as const).find((one) => one === query.get('etat'));
  const origin = (['round', 'hand'] as const).find((one) => one === query.get('origine'));
  const roundId = parseId<'round'>(query.get('plan') ?? '');
  return {
    ...(words === '' ? {} : { words }),
    ...(state ? { state } : {}),
    ...(origin ? { origin } : {}),
    ...(roundId ? { roundId } : {}),
  };
}

export function writeCursor({ createdAt, id }: { readonly createdAt: Temporal.Instant; readonly id: string }): string {
  return `${createdAt.toString()}~${id}`;
}

/** `<moment>~<id>`; anything else is the first page. */
export function readCursor(text: string | null): MatchCursor | undefined {
  const [moment = '', last = ''] = (text ?? '').split('~');
  const id = parseId<'match'>(last);
  if (id === undefined || !/^\d{4}-\d\d-\d\dT[\d:.]{5,18}Z$/u.test(moment)) return undefined;
  try {
    return { at: Temporal.Instant.from(moment), id };
  } catch {
    return undefined;
  }
}
