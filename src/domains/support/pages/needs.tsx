/** What does the territory need? A list narrowed by its address. */
import { formatter } from '../../../i18n/format.ts';
import { CSV_TYPE, writeCsv } from '../../../platform/files/csv-writer.ts';
import { download } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Tag, Tags } from '../../../ui/components/tag.tsx';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { ALL_STATES, isNarrowed, readListCursor, readListQuery, type ListQuery } from '../address.ts';
import { NothingStated, StatedFilters, StatedPager, themeNames } from '../components/list.tsx';
import { amount, StateTag, UrgencyTag } from '../components/words.tsx';
import { kindLabel } from '../kind.ts';
import { supportText } from '../messages.ts';
import { exportNeeds, listNeeds, type NeedList, type ShownNeed } from '../need-queries.server.ts';
import { NEED_STATES } from '../need.ts';
import { mayLoadFiles, mayStateAny } from '../policy.ts';
import { readLabels, type Labels } from '../stated-queries.server.ts';
import type { StatedFilter } from '../visibility.server.ts';

const PAGE_SIZE = 30;

interface Data extends Labels {
  readonly query: ListQuery;
  readonly list: NeedList;
}

export const needsPage = territoryPage<Data>({
  path: '/:territory/besoins',

  async load(visit, tx) {
    const query = readListQuery(visit.url.searchParams, NEED_STATES);
    const filter: StatedFilter = { ...query, state: query.state === ALL_STATES ? undefined : query.state };
    const labels = await readLabels(tx);
    if (visit.url.searchParams.get('format') === 'csv') {
      return download(needsCsv(visit, await exportNeeds(tx, visit.principal, filter), labels), 'besoins.csv', CSV_TYPE);
    }
    return { query, ...labels, list: await listNeeds(tx, visit.principal, filter, readListCursor(visit.url.searchParams), PAGE_SIZE) };
  },

  view({ query, list, kinds, themes }, visit) {
    const t = supportText(visit.locale);
    return {
      title: t('needs.title'),
      description: t('needs.description', { territory: visit.territory.name }),
      body: (
        <>
          <PageHead title={t(isNarrowed(query) ? 'needs.titleFound' : 'needs.titleOpen', { n: list.total })} lead={t('needs.lead')} actions={<Actions visit={visit} />} />
          <StatedFilters visit={visit} query={query} subject="needs" kinds={kinds} themes={themes} states={NEED_STATES} organisationName={list.needs[0]?.organisationName} />
          <NeedTable visit={visit} list={list} kinds={kinds} empty={<NothingStated visit={visit} query={query} subject="needs" />} />
          <StatedPager visit={visit} rows={list.needs} total={list.total} hasBefore={list.hasBefore} hasAfter={list.hasAfter} />
        </>
      ),
    };
  },
});

function Actions({ visit }: { visit: TerritoryVisit }) {
  const t = supportText(visit.locale);
  return (
    <>
      {mayLoadFiles(visit.principal) ? <ButtonLink tone="quiet" href={pathIn(visit, 'besoins', 'charger')}>{t('needs.load')}</ButtonLink> : null}
      {mayStateAny(visit.principal) || visit.principal.kind === 'anonymous' ? <ButtonLink href={pathIn(visit, 'besoins', 'nouveau')}>{t('needs.new')}</ButtonLink> : null}
    </>
  );
}

function NeedTable({ visit, list, kinds, empty }: { visit: TerritoryVisit; list: NeedList; kinds: Labels['kinds']; empty: preact.ComponentChildren }) {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const kindOf = new Map(kinds.map((kind) => [kind.code, kindLabel(visit.locale, kind)]));
  return (
    <DataTable<ShownNeed>
      caption={t('needs.caption', { n: list.total })}
      rows={list.needs}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        { key: 'title', title: t('column.need'), heading: true, cell: (need) => <a href={pathIn(visit, 'besoins', need.id)}>{need.title}</a> },
        { key: 'organisation', title: t('column.organisation'), cell: (need) => <a href={pathIn(visit, 'organisations', need.organisationSlug)}>{need.organisationName}</a> },
        { key: 'kind', title: t('column.kind'), cell: (need) => <Tags><Tag>{kindOf.get(need.kindCode)}</Tag></Tags> },
        { key: 'asked', title: t('column.asked'), cell: (need) => <span class="nowrap">{amount(t, need.unit, need.quantity)}</span> },
        { key: 'remaining', title: t('column.remaining'), numeric: true, cell: ({ remaining }) => write.number(remaining) },
        { key: 'by', title: t('column.neededBy'), cell: ({ neededBy }) => (neededBy === null ? null : write.date(neededBy)) },
        { key: 'state', title: t('column.state'), cell: (need) => <Tags><StateTag state={need.state} t={t} /><UrgencyTag urgency={need.urgency} t={t} /></Tags> },
      ]}
    />
  );
}

function needsCsv(visit: TerritoryVisit, needs: readonly ShownNeed[], { kinds, themes }: Labels): string {
  const t = supportText(visit.locale);
  const kindOf = new Map(kinds.map((kind) => [kind.code, kindLabel(visit.locale, kind)]));
  const names = themeNames(visit, themes);
  return writeCsv<ShownNeed>(
    [
      { label: t('column.need'), cell: ({ title }) => title },
      { label: t('column.organisation'), cell: ({ organisationName }) => organisationName },
      { label: t('column.kind'), cell: ({ kindCode }) => kindOf.get(kindCode) },
      { label: t('column.asked'), cell: ({ quantity }) => quantity },
      { label: t('column.unit'), cell: ({ unit }) => t(`units.${unit}`) },
      { label: t('column.remaining'), cell: ({ remaining }) => remaining },
      { label: t('column.neededBy'), cell: ({ neededBy }) => neededBy },
      { label: t('column.urgency'), cell: ({ urgency }) => t(`urgency.${urgency}`) },
      { label: t('column.state'), cell: ({ state }) => t(`state.${state}`) },
      { label: t('column.visibility'), cell: ({ visibility }) => t(`visibility.${visibility}`) },
      { label: t('column.themes'), cell: ({ themeCodes }) => themeCodes.map((code) => names.get(code) ?? code) },
      { label: t('column.text'), cell: ({ body }) => body },
      { label: t('column.stated'), cell: ({ createdAt }) => createdAt.toZonedDateTimeISO(visit.territory.zone).toPlainDate() },
      { label: t('column.address'), cell: ({ id }) => `${visit.url.origin}${pathIn(visit, 'besoins', id)}` },
    ],
    needs,
  );
}
