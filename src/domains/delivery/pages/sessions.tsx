/** Which sessions are ahead, which wait for my word? One's own; everybody's for the team. */
import { CSV_TYPE } from '../../../platform/files/csv-writer.ts';
import { download, SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { Tabs } from '../../../ui/components/tabs.tsx';
import { addressWith, pathIn, territoryPage, type TerritoryVisit, listLinks } from '../../territory/visit.ts';
import { sessionsCsv, SessionTable } from '../components/session-table.tsx';
import { readMomentCursor, writeMomentCursor } from '../cursor.ts';
import { deliveryText } from '../messages.ts';
import { mayListSessions } from '../policy.ts';
import { LIST_PHASES, mostPressing, PHASE_WORDS, readPhase, readWords, type ListPhase } from '../schema.ts';
import { countSessions, listSessions, type SessionFilter, type SessionList } from '../session-queries.server.ts';
import { sessionsTwin } from '../twin-schema.ts';

const PAGE_SIZE = 50;
const EXPORT_SIZE = 10_000;
const GLANCE = 10;

interface Data {
  readonly filter: SessionFilter;
  readonly counts: Readonly<Record<ListPhase, number>>;
  readonly list: SessionList;
}

export const sessionsPage = territoryPage<Data>({
  path: '/:territory/seances',
  twin: {
    areas: ['delivery'],
    response: sessionsTwin,
    of: ({ filter, counts, list }, visit) => ({
      phase: filter.phase,
      counts,
      sessions: list.sessions,
      links: listLinks(visit, list, list.sessions, ({ startsAt: at, id }) => writeMomentCursor({ at, id })),
    }),
  },

  async load(visit, tx) {
    const { principal, now } = visit;
    if (!mayListSessions(principal)) return SIGN_IN;
    const query = visit.url.searchParams;
    const words = readWords(query);
    const wide = words === '' ? {} : { words };
    const counts = await countSessions(tx, principal, wide, now);
    const filter: SessionFilter = { ...wide, phase: readPhase(query) ?? mostPressing(counts) };
    if (query.get('format') === 'csv') {
      const { sessions } = await listSessions(tx, principal, filter, now, undefined, EXPORT_SIZE);
      return download(sessionsCsv(visit, sessions), 'seances.csv', CSV_TYPE);
    }
    return { filter, counts, list: await listSessions(tx, principal, filter, now, readMomentCursor(query), PAGE_SIZE) };
  },

  view({ filter, counts, list }, visit) {
    const t = deliveryText(visit.locale);
    const { phase } = filter;
    return {
      title: t('list.title'),
      body: (
        <>
          <PageHead title={t(`list.heading.${phase}`, { n: counts[phase] })} lead={t('list.lead')} />
          <Tabs
            label={t('list.tabs')}
            tabs={LIST_PHASES.map((item) => ({
              label: t(`tab.${item}`),
              href: addressWith(visit, { etape: PHASE_WORDS[item], apres: '', avant: '' }),
              current: item === phase,
              count: counts[item],
            }))}
          />
          {filter.words !== undefined || isLong(counts) ? <Filters visit={visit} filter={filter} /> : null}
          <SessionTable
            isPast={phase === 'past'}
            visit={visit}
            sessions={list.sessions}
            caption={t(`list.caption.${phase}`)}
            empty={<NoSession visit={visit} phase={phase} />}
          />
          <Paging visit={visit} list={list} />
        </>
      ),
    };
  },
});

/** A handful of sessions is read at a glance: nothing to filter. */
function isLong(counts: Data['counts']): boolean {
  return counts.upcoming + counts['to-confirm'] + counts.past > GLANCE;
}

function Filters({ visit, filter: { phase, words } }: { visit: TerritoryVisit; filter: SessionFilter }) {
  const t = deliveryText(visit.locale);
  const clear = addressWith(visit, { q: '', apres: '', avant: '' });
  return (
    <FilterBar
      action={pathIn(visit, 'seances')}
      label={t('list.filter')}
      search={{ name: 'q', label: t('list.search'), value: words }}
      kept={{ etape: PHASE_WORDS[phase] }}
      active={words === undefined ? [] : [{ label: words, href: clear }]}
      exports={
        <a href={addressWith(visit, { format: 'csv', apres: '', avant: '' })} download data-no-prefetch>
          {t('list.export')}
        </a>
      }
    />
  );
}

function NoSession({ visit, phase }: { visit: TerritoryVisit; phase: ListPhase }) {
  const t = deliveryText(visit.locale);
  return (
    <EmptyState
      title={t(`list.empty.${phase}`)}
      action={
        <ButtonLink tone="quiet" href={pathIn(visit, 'mises-en-relation')}>
          {t('list.seeMatches')}
        </ButtonLink>
      }
    >
      {t(`list.emptyBody.${phase}`)}
    </EmptyState>
  );
}

function Paging({ visit, list }: { visit: TerritoryVisit; list: SessionList }) {
  const [first, last] = [list.sessions[0], list.sessions.at(-1)];
  const cursor = (session: typeof first) =>
    session === undefined ? '' : writeMomentCursor({ at: session.startsAt, id: session.id });
  return (
    <Pager
      previousHref={list.hasBefore && first ? addressWith(visit, { avant: cursor(first), apres: '' }) : undefined}
      nextHref={list.hasAfter && last ? addressWith(visit, { apres: cursor(last), avant: '' }) : undefined}
    />
  );
}
