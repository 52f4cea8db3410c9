/** Which matches wait for my answer, and where do the others stand? For the team: all of them. */
import { SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { pathIn, territoryPage, listLinks } from '../../territory/visit.ts';
import { matchesAddress } from '../address.ts';
import { MatchRows, readCursor, readFilter, writeCursor } from '../components/match-filters.tsx';
import { MatchTable } from '../components/match-table.tsx';
import { namesOf, type Names } from '../components/sentences.ts';
import { listMatches, type MatchFilter, type MatchList } from '../match-queries.server.ts';
import { matchingText } from '../messages.ts';
import { mayIntroduceAny, mayReadRounds, runsRounds } from '../policy.ts';
import { listRounds, namedLists } from '../round-queries.server.ts';
import { matchesTwin } from '../twin-schema.ts';

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
  twin: {
    areas: ['matching'],
    response: matchesTwin,
    of: ({ list, waiting }, visit) => ({
      ...list,
      waiting: waiting.total,
      links: listLinks(visit, { hasAfter: list.hasMore }, list.matches, writeCursor),
    }),
  },
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
    // To a member, what waits for them comes first, and is not told twice.
    const isSplit = isPlain && !isTeam && waiting.total > 0;
    const asked = new Set(waiting.matches.map(({ id }) => id));
    const shown = { filter, list, rounds, names, isPlain, visit, t };
    const create = mayIntroduceAny(visit.principal) ? (
      <ButtonLink href={`${matchesAddress(pathIn(visit))}/nouvelle`}>{t('matches.new')}</ButtonLink>
    ) : null;
    const title = t(isTeam ? 'matches.titleTeam' : 'matches.title', { waiting: waiting.total, n: list.total });
    return {
      title: t('matches.short'),
      body: (
        <>
          <PageHead title={title} lead={t(isTeam ? 'matches.leadTeam' : 'matches.lead')} actions={create} />
          {isSplit ? (
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
          {isSplit ? (
            <Section title={t('matches.others')}>
              <MatchRows {...shown} list={{ ...list, matches: list.matches.filter(({ id }) => !asked.has(id)) }} />
            </Section>
          ) : (
            <MatchRows {...shown} />
          )}
        </>
      ),
    };
  },
});
