/** Which hours were given? The sessions behind the public figure, and each cell of its picture. */
import { formatHours } from '../../../i18n/format.ts';
import { CSV_TYPE } from '../../../platform/files/csv-writer.ts';
import { download } from '../../../platform/web/page.ts';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Pager } from '../../../ui/components/pager.tsx';
import { PARTS } from '../../territory/organisation.ts';
import { addressWith, pathIn, territoryPage, listLinks } from '../../territory/visit.ts';
import { hoursCsv, HoursTable } from '../components/hours-table.tsx';
import { observatoryText } from '../messages.ts';
import { readDayCursor, sinceTheStart, writeDayCursor } from '../period.ts';
import { bookedHours, hoursInAll, kindLabels, type HoursFilter, type ShownBooking } from '../queries.server.ts';
import { hoursTwin, unnamed } from '../twin-schema.ts';

const PAGE_SIZE = 50;
const EXPORT_SIZE = 100_000;

interface Data {
  readonly bookings: readonly ShownBooking[];
  readonly hasAfter: boolean;
  readonly minutes: number;
  readonly kinds: ReadonlyMap<string, string>;
  readonly only: HoursFilter;
}

export const hoursPage = territoryPage<Data>({
  path: '/:territory/heures',
  twin: {
    areas: ['delivery'],
    response: hoursTwin,
    of: ({ minutes, bookings, hasAfter }, visit) => ({
      minutes,
      bookings: bookings.map(unnamed),
      links: listLinks(visit, { hasAfter }, bookings, ({ occurredOn, entryId }) => writeDayCursor(occurredOn, entryId)),
    }),
  },

  async load(visit, tx) {
    const period = sinceTheStart(visit.today);
    const kinds = await kindLabels(tx, visit.locale);
    const only = readOnly(visit.url.searchParams, kinds);
    if (visit.url.searchParams.get('format') === 'csv') {
      const { bookings } = await bookedHours(tx, visit.principal, period, { size: EXPORT_SIZE, only });
      return download(hoursCsv(bookings, visit), 'heures.csv', CSV_TYPE);
    }
    const cursor = readDayCursor(visit.url.searchParams.get('apres'));
    const after = cursor === undefined ? {} : { after: { day: cursor.day, entryId: cursor.id } };
    const page = await bookedHours(tx, visit.principal, period, { ...after, size: PAGE_SIZE, only });
    return { ...page, minutes: await hoursInAll(tx, visit.principal, period, only), kinds, only };
  },

  view({ bookings, hasAfter, minutes, kinds, only }, visit) {
    const t = observatoryText(visit.locale);
    const last = bookings.at(-1);
    return {
      title: t('hours.title'),
      description: t('hours.description', { territory: visit.territory.name }),
      body: (
        <>
          <PageHead
            title={t('hours.heading', { hours: formatHours(visit.locale, minutes) })}
            lead={t('hours.lead')}
            breadcrumb={[{ label: visit.territory.name, href: pathIn(visit) }, { label: t('hours.title') }]}
          />
          <FilterBar
            action={pathIn(visit, 'heures')}
            label={t('filter')}
            selects={[
              {
                name: 'donne',
                label: t('filter.giver'),
                value: only.giverPart,
                options: PARTS.map((part) => ({ value: part, label: t(`part.${part}`) })),
              },
              {
                name: 'aide',
                label: t('filter.kind'),
                value: only.kindCode,
                options: [...kinds].map(([value, label]) => ({ value, label })),
              },
            ]}
            active={only.giverSlug === undefined ? [] : [{ label: only.giverSlug, href: pathIn(visit, 'heures') }]}
            exports={
              <a href={addressWith(visit, { format: 'csv', apres: '' })} download data-no-prefetch>
                {t('export')}
              </a>
            }
          />
          <HoursTable bookings={bookings} visit={visit} />
          <Pager
            nextHref={
              hasAfter && last
                ? addressWith(visit, { apres: writeDayCursor(last.occurredOn, last.entryId) })
                : undefined
            }
          />
        </>
      ),
    };
  },
});

function readOnly(query: URLSearchParams, kinds: ReadonlyMap<string, string>): HoursFilter {
  const giverPart = query.get('donne') ?? '';
  const kindCode = query.get('aide') ?? '';
  const giverSlug = query.get('organisation') ?? '';
  if (/^[a-z0-9-]{1,120}$/u.test(giverSlug)) return { giverSlug };
  return {
    ...([...PARTS, 'other'].some((part) => part === giverPart) ? { giverPart } : {}),
    ...(kinds.has(kindCode) ? { kindCode } : {}),
  };
}
