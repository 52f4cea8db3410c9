/** A score taken apart: what each component brought, out of what it could. */
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Track } from '../../../ui/components/track.tsx';
import type { MatchingText } from '../messages.ts';
import { COMPONENTS, pointsOf, type Breakdown, type Component, type ScoreWeights } from '../score.ts';

export function ScoreTable({
  breakdown,
  weights,
  t,
}: {
  breakdown: Breakdown;
  weights: ScoreWeights;
  t: MatchingText;
}) {
  const points = pointsOf(breakdown, weights);
  const total = COMPONENTS.reduce((sum, component) => sum + points[component], 0);
  return (
    <DataTable<Component>
      caption={t('score.caption')}
      hideCaption
      dense
      rows={COMPONENTS.toSorted((a, b) => weights[b] - weights[a])}
      rowKey={(component) => component}
      columns={[
        {
          key: 'component',
          title: t('score.component'),
          heading: true,
          cell: (component) => t(`score.${component}`),
          total: t('score.total'),
        },
        {
          key: 'bar',
          title: t('score.share'),
          hideTitle: true,
          cell: (component) => <Track share={breakdown[component] / 1000} tone="slate" />,
          total: '',
        },
        {
          key: 'points',
          title: t('score.points'),
          numeric: true,
          cell: (component) => `${points[component]} / ${weights[component]}`,
          total: `${total} / 1000`,
        },
      ]}
    />
  );
}
