/** Which matches wait for my answer, and where do the others stand? For the team: all of them. */
import { parseId } from '../../../lib/ids.ts';
import { SIGN_IN } from '../../../platform/web/page.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { listKinds } from '../../support/kind-queries.server.ts';
import { listThemes } from '../../territory/queries.server.ts';
import { addressWith, pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { matchesAddress } from '../address.ts';
import { MatchTable } from '../components/match-table.tsx';
import { namesOf, type Names } from '../components/sentences.ts';
import { MATCH_STATES } from '../match.ts';
import { listMatches, type MatchCursor, type MatchFilter, type MatchList } from '../match-queries.server.ts';
import { matchingText, type MatchingText } from '../messages.ts';
import { mayIntroduceAny, mayReadRounds, runsRounds } from '../policy.ts';
import { listRounds } from '../round-queries.server.ts';

const PAGE_SIZE = 50;

interface Data {
  readonly filter: MatchFilter;
  readonly list: MatchList;
  /** What waits for an answer of theirs, shown first as long as nothing is filtered. */
  readonly waiting: MatchList;
  readonly rounds: readonly { readonly id: string; readonly title: string }[];
  readonly names: Names;
}

export const matchesPage = territoryPage<Data>({
  path: '/:territory/mises-en-relation',
  async load(visit, tx) {
    if (!mayReadRounds(visit.principal)) return SIGN_IN;
    const filter = readFilter(visit.url.searchParams);
    const after = readCursor(visit.url.searchParams.get('apres'));
    return {
      filter,
      list: await listMatches(tx, visit.principal, filter, after, PAGE_SIZE),
      waiting: await listMatches(tx, visit.principal, { state: 'waiting' }, undefined, PAGE_SIZE),
      rounds: await roundsShown(tx),
      names: namesOf(visit.locale, { kinds: await listKinds(tx), themes: await listThemes(tx) }),
    };
  },
  view({ filter, list, waiting, rounds, names }, visit) {
    const t = matchingText(visit.locale);
    const isTeam = runsRounds(visit.principal);
    const isPlain = Object.keys(filter).length === 0 && !visit.url.searchParams.has('apres');
    const create = mayIntroduceAny(visit.principal) ? <ButtonLink href={`${matchesAddress(pathIn(visit))}/nouvelle`}>{t('matches.new')}</ButtonLink> : null;
    const title = t(isTeam ? 'matches.titleTeam' : 'matches.title', { waiting: waiting.total, n: list.total });
    return {
      title: t('matches.short'),
      body: (
        <>
          <PageHead title={title} lead={t(isTeam ? 'matches.leadTeam' : 'matches.lead')} actions={create} />
          {isPlain && !isTeam && waiting.total > 0 ? (
            <Section id="a-repondre" title={t('matches.waiting')}>
              <MatchTable matches={waiting.matches} names={names} caption={t('matches.waitingCaption')} visit={visit} t={t} />
            </Section>
          ) : null}
          <Section title={t(isPlain && !isTeam ? 'matches.all' : 'matches.list')}>
            <Filters filter={filter} rounds={rounds} list={list} visit={visit} t={t} />
            {list.matches.length > 0 ? (
              <MatchTable matches={list.matches} names={names} caption={t('matches.caption')} visit={visit} t={t} />
            ) : (
              <EmptyState title={t('matches.empty.title')} action={isPlain ? null : <a href={matchesAddress(pathIn(visit))}>{t('matches.empty.reset')}</a>}>
                {t(isPlain ? 'matches.empty' : 'matches.empty.filtered')}
              </EmptyState>
            )}
            <Paging list={list} visit={visit} t={t} />
          </Section>
        </>
      ),
    };
  },
});

function Filters({ filter, rounds, list, visit, t }: { filter: MatchFilter; rounds: Data['rounds']; list: MatchList; visit: TerritoryVisit; t: MatchingText }) {
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
        { name: 'etat', label: t('matches.column.state'), value: filter.state, options: states.map((value) => ({ value, label: t(`match.state.${value}`) })) },
        { name: 'origine', label: t('matches.origin'), any: t('matches.anyOrigin'), value: filter.origin, options: (['round', 'hand'] as const).map((value) => ({ value, label: t(`origin.${value}`) })) },
        { name: 'plan', label: t('matches.round'), value: filter.roundId, options: rounds.map(({ id, title }) => ({ value: id, label: title })) },
      ]}
      active={active}
      clearHref={matchesAddress(pathIn(visit))}
      result={t('matches.count', { n: list.total })}
    />
  );
}

function Paging({ list, visit, t }: { list: MatchList; visit: TerritoryVisit; t: MatchingText }) {
  const last = list.matches.at(-1);
  const isFirst = !visit.url.searchParams.has('apres');
  return (
    <Pager previousHref={isFirst ? undefined : addressWith(visit, { apres: '' })} nextHref={list.hasMore && last ? addressWith(visit, { apres: `${last.createdAt.toString()}~${last.id}` }) : undefined}>
      {t('matches.page', { shown: list.matches.length, of: list.total })}
    </Pager>
  );
}

async function roundsShown(tx: TerritoryTransaction): Promise<Data['rounds']> {
  return (await listRounds(tx, { publishedOnly: true })).map(({ id, title }) => ({ id, title }));
}

function readFilter(query: URLSearchParams): MatchFilter {
  const words = (query.get('q') ?? '').replaceAll('\u0000', '').slice(0, 200).trim();
  const state = (['waiting', ...MATCH_STATES] as const).find((one) => one === query.get('etat'));
  const origin = (['round', 'hand'] as const).find((one) => one === query.get('origine'));
  const roundId = parseId<'round'>(query.get('plan') ?? '');
  return { ...(words === '' ? {} : { words }), ...(state ? { state } : {}), ...(origin ? { origin } : {}), ...(roundId ? { roundId } : {}) };
}

/** `<moment>~<id>`; anything else is the first page. */
function readCursor(text: string | null): MatchCursor | undefined {
  const [moment = '', last = ''] = (text ?? '').split('~');
  const id = parseId<'match'>(last);
  if (id === undefined || !/^\d{4}-\d\d-\d\dT[\d:.]{5,18}Z$/u.test(moment)) return undefined;
  try {
    return { at: Temporal.Instant.from(moment), id };
  } catch {
    return undefined;
  }
}
