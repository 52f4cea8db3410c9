/** What each offer gives in this plan, what it keeps, and what one more unit of it would change. */
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Track } from '../../../ui/components/track.tsx';
import { pathIn } from '../../territory/visit.ts';
import type { OfferResult } from '../plan.ts';
import type { RunViewProps } from './view-props.ts';
import { amount, askerOf, giverOf, namesOf } from './sentences.ts';

interface Line {
  readonly offer: number;
  readonly result: OfferResult;
  readonly left: number;
}

export function RunGivers({ screen, visit, t }: RunViewProps) {
  const { pool, plan } = screen;
  const base = pathIn(visit);
  const names = namesOf(visit.locale, pool);
  const share = ({ result, left }: Line) => result.given / Math.max(1, left);
  const lines = plan.offers
    .map((result, offer): Line => ({ offer, result, left: pool.offers[offer]?.left ?? 0 }))
    .toSorted((a, b) => share(b) - share(a) || b.result.given - a.result.given || a.offer - b.offer);
  return (
    <DataTable<Line>
      caption={t('givers.caption')}
      rows={lines}
      rowKey={({ offer }) => String(offer)}
      empty={<EmptyState title={t('pool.empty.title')}>{t('pool.empty')}</EmptyState>}
      columns={[
        {
          key: 'offer',
          title: t('givers.column.offer'),
          heading: true,
          cell: ({ offer }) => (
            <>
              <a href={`${base}/apports/${pool.offers[offer]?.id}`}>{giverOf(pool, offer).name}</a>
              <br />
              {pool.offers[offer]?.title}
            </>
          ),
        },
        {
          key: 'kind',
          title: t('pool.column.kind'),
          cell: ({ offer }) => names.kind(pool.offers[offer]?.kindCode ?? ''),
        },
        {
          key: 'used',
          title: t('givers.column.used'),
          cell: (line) => (
            <>
              <span class="units">{line.result.given}</span> /{' '}
              {amount(t, pool.offers[line.offer]?.unit ?? 'half-day', line.left)}
              <Track share={share(line)} tone={share(line) >= 1 ? 'terracotta' : 'green'} />
            </>
          ),
        },
        {
          key: 'worth',
          title: t('givers.column.worth'),
          kind: 'why',
          cell: ({ offer, result }) => {
            const unit = amount(t, pool.offers[offer]?.unit ?? 'half-day', 1);
            if (result.worth === null)
              return plan.outcome === 'optimal' ? t('givers.worth.nothing', { amount: unit }) : '';
            const { serves, points } = result.worth;
            return serves === null
              ? t('givers.worth.points', { amount: unit, points })
              : t('givers.worth.serves', {
                  amount: unit,
                  receiver: askerOf(pool, serves).name,
                  need: pool.needs[serves]?.title ?? '',
                });
          },
        },
      ]}
    />
  );
}
