/** Needs as a table and as a file, with the same words. */
import type { ComponentChildren } from 'preact';
import { formatter } from '../../../i18n/format.ts';
import { writeCsv } from '../../../platform/files/csv-writer.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Tags } from '../../../ui/components/tag.tsx';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { kindLabel } from '../kind.ts';
import { supportText } from '../messages.ts';
import type { NeedList, ShownNeed } from '../need-queries.server.ts';
import type { Labels } from '../stated-queries.server.ts';
import { firstColumns, themeNames } from './list.tsx';
import { amount, StateTag, UrgencyTag } from './words.tsx';

export function NeedTable({
  visit,
  list,
  kinds,
  empty,
}: {
  visit: TerritoryVisit;
  list: NeedList;
  kinds: Labels['kinds'];
  empty: ComponentChildren;
}) {
  const t = supportText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  return (
    <DataTable<ShownNeed>
      caption={t('needs.caption', { n: list.total })}
      rows={list.needs}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        ...firstColumns<ShownNeed>(visit, kinds, 'needs'),
        {
          key: 'asked',
          title: t('column.asked'),
          cell: (need) => <span class="nowrap">{amount(t, need.unit, need.quantity)}</span>,
        },
        {
          key: 'remaining',
          title: t('column.remaining'),
          numeric: true,
          cell: ({ remaining }) => write.number(remaining),
        },
        {
          key: 'by',
          title: t('column.neededBy'),
          cell: ({ neededBy }) => (neededBy === null ? null : <span class="nowrap">{write.date(neededBy)}</span>),
        },
        {
          key: 'state',
          title: t('column.state'),
          cell: (need) => (
            <Tags>
              <StateTag state={need.state} t={t} />
              <UrgencyTag urgency={need.urgency} t={t} />
            </Tags>
          ),
        },
      ]}
    />
  );
}

export function needsCsv(visit: TerritoryVisit, needs: readonly ShownNeed[], { kinds, themes }: Labels): string {
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
      {
        label: t('column.stated'),
        cell: ({ createdAt }) => createdAt.toZonedDateTimeISO(visit.territory.zone).toPlainDate(),
      },
      { label: t('column.address'), cell: ({ id }) => `${visit.url.origin}${pathIn(visit, 'besoins', id)}` },
    ],
    needs,
  );
}
