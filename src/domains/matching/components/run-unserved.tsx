/** Who goes without, wholly or in part, why, and what would free them. */
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { More } from '../../../ui/components/more.tsx';
import { pathIn } from '../../territory/visit.ts';
import { unmetNeeds, type Unmet } from '../plan.ts';
import { NeedTag } from './run-agreements.tsx';
import type { RunViewProps } from './view-props.ts';
import { amount, askerOf, freeingSentence, giverOf, obstacleSentence, unmetSentence } from './sentences.ts';

interface Line {
  readonly need: number;
  readonly served: number;
  readonly unmet: Unmet;
}

export function RunUnserved(props: RunViewProps) {
  const { screen, visit, t } = props;
  const { pool, plan } = screen;
  const base = pathIn(visit);
  return (
    <DataTable<Line>
      caption={t('unserved.caption')}
      rows={unmetNeeds(plan).toSorted((a, b) => a.served - b.served || a.need - b.need)}
      rowKey={({ need }) => String(need)}
      empty={<EmptyState title={t('unserved.empty.title')}>{t('unserved.empty')}</EmptyState>}
      columns={[
        {
          key: 'need',
          title: t('run.column.need'),
          heading: true,
          cell: ({ need }) => (
            <span id={`besoin-${need}`}>
              <a href={`${base}/besoins/${pool.needs[need]?.id}`}>{askerOf(pool, need).name}</a>
              <br />
              {pool.needs[need]?.title} <NeedTag need={need} screen={screen} visit={visit} t={t} />
            </span>
          ),
        },
        {
          key: 'served',
          title: t('unserved.column.served'),
          numeric: true,
          cell: ({ need, served }) => (
            <>
              <span class="units">{served}</span> /{' '}
              {amount(t, pool.needs[need]?.unit ?? 'half-day', pool.needs[need]?.left ?? 0)}
            </>
          ),
        },
        {
          key: 'why',
          title: t('unserved.column.why'),
          cell: ({ need, unmet }) => (
            <>
              {unmetSentence(t, visit.locale, pool, need, unmet)} <BlockedBy unmet={unmet} {...props} />
            </>
          ),
        },
        {
          key: 'frees',
          title: t('unserved.column.frees'),
          cell: ({ need, unmet }) => (
            <>
              {freeingSentence(t, visit.locale, pool, need, unmet)}
              {unmet.nearest.length > 0 ? <KeptAway unmet={unmet} {...props} /> : null}
            </>
          ),
        },
      ]}
    />
  );
}

/** The offers whose capacity is used up, each with its address. */
function BlockedBy({ unmet, screen, visit }: RunViewProps & { unmet: Unmet }) {
  if (unmet.blockedBy.length === 0) return null;
  const { pool } = screen;
  return (
    <span class="small soft">
      (
      {unmet.blockedBy.map((offer, place) => (
        <>
          {place > 0 ? ', ' : null}
          <a href={`${pathIn(visit)}/apports/${pool.offers[offer]?.id}`}>{giverOf(pool, offer).name}</a>
        </>
      ))}
      {unmet.blockedByCount > unmet.blockedBy.length ? ', …' : null})
    </span>
  );
}

function KeptAway({ unmet, screen, visit, t }: RunViewProps & { unmet: Unmet }) {
  const { pool } = screen;
  return (
    <More summary={t('unserved.keptAway')}>
      <ul class="small stack close">
        {unmet.kept.map(({ rule, offers }) => (
          <li>{t(`kept.${rule}`, { n: offers })}</li>
        ))}
        {unmet.nearest.map(({ offer, obstacles }) => (
          <li>
            <a href={`${pathIn(visit)}/apports/${pool.offers[offer]?.id}`}>{pool.offers[offer]?.title}</a>,{' '}
            {giverOf(pool, offer).name}{' '}
            <span class="soft">{obstacles.map((one) => obstacleSentence(t, visit.locale, one)).join(' ')}</span>
          </li>
        ))}
      </ul>
    </More>
  );
}
