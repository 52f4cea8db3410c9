/** Which needs were met, and how soon? The rows behind two public figures. */
import { formatter } from '../../../i18n/format.ts';
import { CSV_TYPE, writeCsv } from '../../../platform/files/csv-writer.ts';
import { download } from '../../../platform/web/page.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { addressWith, pathIn, territoryPage, type TerritoryVisit, listLinks } from '../../territory/visit.ts';
import { observatoryText } from '../messages.ts';
import { readDayCursor, sinceTheStart, writeDayCursor } from '../period.ts';
import { meetingFigures, metNeeds, type ShownMeeting } from '../queries.server.ts';
import { needsMetTwin, unnamed } from '../twin-schema.ts';

const PAGE_SIZE = 50;
const EXPORT_SIZE = 100_000;

interface Data {
  readonly needs: readonly ShownMeeting[];
  readonly hasAfter: boolean;
  readonly met: number;
  readonly medianDays: number | null;
}

export const needsMetPage = territoryPage<Data>({
  path: '/:territory/besoins-servis',
  twin: {
    areas: ['delivery', 'support'],
    response: needsMetTwin,
    of: ({ met, medianDays, needs, hasAfter }, visit) => ({
      met,
      medianDays,
      needs: needs.map(unnamed),
      links: listLinks(visit, { hasAfter }, needs, ({ metOn, needId }) => writeDayCursor(metOn, needId)),
    }),
  },

  async load(visit, tx) {
    const period = sinceTheStart(visit.today);
    if (visit.url.searchParams.get('format') === 'csv') {
      const { needs } = await metNeeds(tx, visit.principal, period, { size: EXPORT_SIZE });
      return download(meetingsCsv(needs, visit), 'besoins-servis.csv', CSV_TYPE);
    }
    const cursor = readDayCursor(visit.url.searchParams.get('apres'));
    const after = cursor === undefined ? {} : { after: { day: cursor.day, needId: cursor.id } };
    return {
      ...(await metNeeds(tx, visit.principal, period, { ...after, size: PAGE_SIZE })),
      ...(await meetingFigures(tx, period)),
    };
  },

  view({ needs, hasAfter, met, medianDays }, visit) {
    const t = observatoryText(visit.locale);
    const last = needs.at(-1);
    return {
      title: t('met.title'),
      description: t('met.description', { territory: visit.territory.name }),
      body: (
        <>
          <PageHead
            title={t('met.heading', { n: met })}
            lead={medianDays === null ? undefined : t('met.lead', { days: medianDays })}
            breadcrumb={[{ label: visit.territory.name, href: pathIn(visit) }, { label: t('met.title') }]}
            actions={
              <a href={addressWith(visit, { format: 'csv', apres: '' })} download data-no-prefetch>
                {t('export')}
              </a>
            }
          />
          <Rows needs={needs} visit={visit} />
          <Pager
            nextHref={
              hasAfter && last ? addressWith(visit, { apres: writeDayCursor(last.metOn, last.needId) }) : undefined
            }
          />
        </>
      ),
    };
  },
});

function Rows({ needs, visit }: { needs: readonly ShownMeeting[]; visit: TerritoryVisit }) {
  const t = observatoryText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const named = (need: ShownMeeting, side: 'giver' | 'receiver') =>
    need.isNamed ? (
      <a href={pathIn(visit, 'organisations', need[`${side}Slug`])}>{need[`${side}Name`]}</a>
    ) : (
      <span class="soft">{t(`anonymous.${side}`)}</span>
    );
  return (
    <DataTable<ShownMeeting>
      caption={t('met.caption')}
      dense
      rows={needs}
      rowKey={({ needId }) => needId}
      columns={[
        { key: 'receiver', title: t('column.receiver'), heading: true, cell: (need) => named(need, 'receiver') },
        {
          key: 'kind',
          title: t('column.kind'),
          cell: (need) => (visit.locale === 'fr' ? need.kindLabelFr : need.kindLabelEn),
        },
        { key: 'giver', title: t('column.giver'), cell: (need) => named(need, 'giver') },
        { key: 'stated', title: t('column.stated'), cell: ({ statedOn }) => write.date(statedOn) },
        { key: 'met', title: t('column.met'), cell: ({ metOn }) => write.date(metOn) },
        { key: 'days', title: t('column.days'), numeric: true, cell: ({ days }) => write.number(days) },
      ]}
    />
  );
}

function meetingsCsv(needs: readonly ShownMeeting[], visit: TerritoryVisit): string {
  const t = observatoryText(visit.locale);
  return writeCsv<ShownMeeting>(
    [
      {
        label: t('column.receiver'),
        cell: ({ isNamed, receiverName }) => (isNamed ? receiverName : t('anonymous.receiver')),
      },
      {
        label: t('column.kind'),
        cell: ({ kindLabelFr, kindLabelEn }) => (visit.locale === 'fr' ? kindLabelFr : kindLabelEn),
      },
      { label: t('column.giver'), cell: ({ isNamed, giverName }) => (isNamed ? giverName : t('anonymous.giver')) },
      { label: t('column.stated'), cell: ({ statedOn }) => statedOn },
      { label: t('column.met'), cell: ({ metOn }) => metOn },
      { label: t('column.days'), cell: ({ days }) => days },
    ],
    needs,
  );
}
