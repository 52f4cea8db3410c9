/** What does the territory need? A list narrowed by its address. */
import { CSV_TYPE } from '../../../platform/files/csv-writer.ts';
import { download } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage, type TerritoryVisit, listLinks } from '../../territory/visit.ts';
import { ALL_STATES, isNarrowed, readListCursor, readListQuery, type ListQuery, writeListCursor } from '../address.ts';
import { NothingStated, StatedFilters, StatedPager } from '../components/list.tsx';
import { NeedTable, needsCsv } from '../components/need-list.tsx';
import { supportText } from '../messages.ts';
import { exportNeeds, listNeeds, type NeedList } from '../need-queries.server.ts';
import { NEED_STATES } from '../need.ts';
import { mayLoadFiles, mayStateAny } from '../policy.ts';
import { readLabels, type Labels } from '../stated-queries.server.ts';
import type { StatedFilter } from '../visibility.server.ts';
import { needsTwin } from '../twin-schema.ts';

const PAGE_SIZE = 30;

interface Data extends Labels {
  readonly query: ListQuery;
  readonly list: NeedList;
}

export const needsPage = territoryPage<Data>({
  path: '/:territory/besoins',
  twin: {
    areas: ['support'],
    response: needsTwin,
    of: ({ list, kinds, themes }, visit) => ({
      ...list,
      kinds,
      themes,
      links: listLinks(visit, list, list.needs, writeListCursor),
    }),
  },

  async load(visit, tx) {
    const query = readListQuery(visit.url.searchParams, NEED_STATES);
    const filter: StatedFilter = {
      ...query,
      state: query.state === ALL_STATES ? undefined : query.state,
      // An open need that is wholly promised seeks nobody: it stands among all needs, not among those.
      seeks: query.state === 'open',
    };
    const labels = await readLabels(tx);
    if (visit.url.searchParams.get('format') === 'csv') {
      return download(needsCsv(visit, await exportNeeds(tx, visit.principal, filter), labels), 'besoins.csv', CSV_TYPE);
    }
    return {
      query,
      ...labels,
      list: await listNeeds(tx, visit.principal, filter, readListCursor(visit.url.searchParams), PAGE_SIZE),
    };
  },

  view({ query, list, kinds, themes }, visit) {
    const t = supportText(visit.locale);
    return {
      title: t('needs.title'),
      description: t('needs.description', { territory: visit.territory.name }),
      body: (
        <>
          <PageHead
            title={t(isNarrowed(query) ? 'needs.titleFound' : 'needs.titleOpen', { n: list.total })}
            lead={t('needs.lead')}
            actions={<Actions visit={visit} />}
          />
          <StatedFilters
            visit={visit}
            query={query}
            subject="needs"
            kinds={kinds}
            themes={themes}
            states={NEED_STATES}
            organisationName={list.needs[0]?.organisationName}
          />
          <NeedTable
            visit={visit}
            list={list}
            kinds={kinds}
            empty={<NothingStated visit={visit} query={query} subject="needs" />}
          />
          <StatedPager
            visit={visit}
            rows={list.needs}
            total={list.total}
            hasBefore={list.hasBefore}
            hasAfter={list.hasAfter}
          />
        </>
      ),
    };
  },
});

function Actions({ visit }: { visit: TerritoryVisit }) {
  const t = supportText(visit.locale);
  return (
    <>
      {mayLoadFiles(visit.principal) ? (
        <ButtonLink tone="quiet" href={pathIn(visit, 'besoins', 'charger')}>
          {t('needs.load')}
        </ButtonLink>
      ) : null}
      {mayStateAny(visit.principal) || visit.principal.kind === 'anonymous' ? (
        <ButtonLink href={pathIn(visit, 'besoins', 'nouveau')}>{t('needs.new')}</ButtonLink>
      ) : null}
    </>
  );
}
