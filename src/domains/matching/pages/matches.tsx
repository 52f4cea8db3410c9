/** Which matches wait for my answer, and where do the others stand? For the team: all of them. */
import { SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { matchesAddress } from '../address.ts';
import { MatchFilters, MatchPaging, readCursor, readFilter } from '../components/match-filters.tsx';
import { MatchTable } from '../components/match-table.tsx';
import { namesOf, type Names } from '../components/sentences.ts';
import { listMatches, type MatchFilter, type MatchList } from '../match-queries.server.ts';
import { matchingText } from '../messages.ts';
import { mayIntroduceAny, mayReadRounds, runsRounds } from '../policy.ts';
import { listRounds, namedLists } from '../round-queries.server.ts';

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
      rounds: await listRounds(tx, { publishedOnly: true }),
      names: namesOf(visit.locale, await namedLists(tx)),
    };
  },
  view({ filter, list, waiting, rounds, names }, visit) {
    const t = matchingText(visit.locale);
    const isTeam = runsRounds(visit.principal);
    const isPlain = Object.keys(filter).length === 0 && !visit.url.searchParams.has('apres');
    const create = mayIntroduceAny(visit.principal) ? (
      <ButtonLink href={`${matchesAddress(pathIn(visit))}/nouvelle`}>{t('matches.new')}</ButtonLink>
    ) : null;
    const title = t(isTeam ? 'matches.titleTeam' : 'matches.title', { waiting: waiting.total, n: list.total });
    return {
      title: t('matches.short'),
      body: (
        <>
          <PageHead title={title} lead={t(isTeam ? 'matches.leadTeam' : 'matches.lead')} actions={create} />
          {isPlain && !isTeam && waiting.total > 0 ? (
            <Section id="a-repondre" title={t('matches.waiting')}>
              <MatchTable
                matches={waiting.matches}
                names={names}
                caption={t('matches.waitingCaption')}
                visit={visit}
                t={t}
              />
            </Section>
          ) : null}
          <Section title={t(isPlain && !isTeam ? 'matches.all' : 'matches.list')}>
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
          </Section>
        </>
      ),
    };
  },
});
