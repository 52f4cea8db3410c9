/** The figures of two plans side by side: what the second one wins and loses against the first. */
import { formatter } from '../../../i18n/format.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import type { TerritoryVisit } from '../../territory/visit.ts';
import type { MatchingText } from '../messages.ts';
import type { Summary } from '../plan.ts';
import type { LightPool } from '../pool.ts';
import { amount } from './sentences.ts';

export interface ShownPlan {
  readonly number: number;
  readonly summary: Summary;
  readonly pool: LightPool;
}

interface Row {
  readonly key: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
}

export function PlanFigures(props: { older: ShownPlan; newer: ShownPlan; visit: TerritoryVisit; t: MatchingText }) {
  const { older, newer, t } = props;
  return (
    <DataTable<Row>
      caption={t('figures.caption', { older: older.number, newer: newer.number })}
      hideCaption
      dense
      rows={rowsOf(props)}
      rowKey={({ key }) => key}
      columns={[
        { key: 'title', title: t('figures.what'), heading: true, cell: ({ title }) => title },
        {
          key: 'before',
          title: t('run.name', { number: older.number }),
          numeric: true,
          cell: ({ before }) => before,
        },
        {
          key: 'after',
          title: t('run.name', { number: newer.number }),
          numeric: true,
          cell: ({ after }) => <span class="units">{after}</span>,
        },
        { key: 'difference', title: t('figures.difference'), numeric: true, cell: ({ difference }) => difference },
      ]}
    />
  );
}

function rowsOf({ older, newer, visit, t }: Parameters<typeof PlanFigures>[0]): Row[] {
  const write = formatter(visit.locale, visit.territory.zone);
  const signed = (difference: number, text = write.number(Math.abs(difference))) =>
    difference === 0 ? '=' : `${difference > 0 ? '+' : '−'}${text}`;
  const count = (key: 'needs' | 'served' | 'full' | 'forgotten' | 'score'): Row => {
    const [before, after] = [older.summary[key], newer.summary[key]];
    return {
      key,
      title: t(`figures.${key}`),
      before: write.number(before),
      after: write.number(after),
      difference: signed(after - before),
    };
  };
  const least = ({ summary, pool }: ShownPlan) =>
    summary.leastCovered === null
      ? ''
      : t('figures.leastOf', {
          share: write.percent(summary.leastCovered.perMille / 1000),
          name: pool.organisations.find(({ id }) => id === summary.leastCovered?.organisationId)?.name ?? '',
        });
  const points = (newer.summary.leastCovered?.perMille ?? 0) - (older.summary.leastCovered?.perMille ?? 0);
  const units = [...new Set([...older.summary.units, ...newer.summary.units].map(({ unit }) => unit))];
  const given = ({ summary }: ShownPlan, unit: (typeof units)[number]) =>
    summary.units.find((one) => one.unit === unit)?.given ?? 0;
  return [
    count('needs'),
    count('served'),
    count('full'),
    count('forgotten'),
    {
      key: 'least',
      title: t('figures.least'),
      before: least(older),
      after: least(newer),
      difference: signed(points, t('figures.points', { n: Math.round(Math.abs(points) / 10) })),
    },
    ...units.map((unit): Row => {
      const [before, after] = [given(older, unit), given(newer, unit)];
      return {
        key: unit,
        title: t('figures.given', { unit: t(`unitName.${unit}`) }),
        before: amount(t, unit, before),
        after: amount(t, unit, after),
        difference: signed(after - before),
      };
    }),
    count('score'),
  ];
}
