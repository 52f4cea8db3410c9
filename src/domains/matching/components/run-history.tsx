/** How the plan came to be: tries, what changed from one to the next, decisions by hand. */
import { formatter } from '../../../i18n/format.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { Timeline } from '../../../ui/components/timeline.tsx';
import { pathIn } from '../../territory/visit.ts';
import type { PlanChange } from '../compare-plans.ts';
import type { MatchingText } from '../messages.ts';
import type { LightPool } from '../pool.ts';
import type { Moment } from '../round-queries.server.ts';
import { PlanFigures } from './plan-figures.tsx';
import { Decisions } from './decisions.tsx';
import type { RunViewProps } from './view-props.ts';

export function RunHistory({ screen, visit, t }: RunViewProps) {
  const { round, run, plan, pool, previous, decisions, history } = screen;
  const write = formatter(visit.locale, visit.territory.zone);
  const moments = history.flatMap((line) => {
    const title = titleOf(t, line);
    if (title === undefined) return [];
    return {
      when: write.dateTime(line.at, { weekday: false, year: true }),
      dateTime: line.at.toString(),
      title,
      detail: t('history.by', { name: line.personName ?? t('system') }),
    };
  });
  return (
    <>
      {previous ? (
        <Section id="changements" title={t('changes.title', { n: previous.changes.length, number: previous.number })}>
          <PlanFigures
            older={previous}
            newer={{ number: run.number, summary: plan.summary, pool }}
            visit={visit}
            t={t}
          />
          <PlanChanges changes={previous.changes} pools={[screen.pool, previous.pool]} base={pathIn(visit)} t={t} />
        </Section>
      ) : null}
      {decisions.length > 0 ? (
        <Section title={t('decisions.title', { n: decisions.length })}>
          <Decisions decisions={decisions} round={round} visit={visit} t={t} />
        </Section>
      ) : null}
      <Section title={t('history.title')}>
        <Timeline moments={moments} />
      </Section>
    </>
  );
}

/** The pairs whose units differ from one try to another. */
export function PlanChanges({
  changes,
  pools,
  base,
  t,
}: {
  changes: readonly PlanChange[];
  pools: readonly LightPool[];
  base: string;
  t: MatchingText;
}) {
  const find = <Row,>(pick: (pool: LightPool) => Row | undefined) => pools.map(pick).find((row) => row !== undefined);
  const needOf = (id: string) => find((pool) => pool.needs.find((need) => need.id === id));
  const offerOf = (id: string) => find((pool) => pool.offers.find((offer) => offer.id === id));
  const nameOf = (id: string | undefined) => find((pool) => pool.organisations.find((one) => one.id === id))?.name;
  return (
    <DataTable<PlanChange>
      caption={t('changes.caption')}
      hideCaption
      rows={changes}
      rowKey={({ needId, offerId }) => `${needId} ${offerId}`}
      empty={<p class="soft">{t('changes.none')}</p>}
      columns={[
        {
          key: 'need',
          title: t('run.column.need'),
          heading: true,
          cell: ({ needId }) => (
            <>
              <a href={`${base}/besoins/${needId}`}>{nameOf(needOf(needId)?.organisationId)}</a>
              <br />
              {needOf(needId)?.title}
            </>
          ),
        },
        {
          key: 'offer',
          title: t('run.column.offer'),
          cell: ({ offerId }) => (
            <>
              <a href={`${base}/apports/${offerId}`}>{nameOf(offerOf(offerId)?.organisationId)}</a>
              <br />
              <span class="soft">{offerOf(offerId)?.title}</span>
            </>
          ),
        },
        { key: 'before', title: t('changes.column.before'), numeric: true, cell: ({ before }) => before },
        {
          key: 'after',
          title: t('changes.column.after'),
          numeric: true,
          cell: ({ after }) => <span class="units">{after}</span>,
        },
        {
          key: 'what',
          title: t('changes.column.what'),
          cell: ({ before, after }) => (
            <Tag tone={before === 0 ? 'good' : after === 0 ? 'warn' : 'info'}>
              {t(before === 0 ? 'changes.new' : after === 0 ? 'changes.gone' : 'changes.moved')}
            </Tag>
          ),
        },
      ]}
    />
  );
}

/** The events of a round that people read; others are none of this page's business. */
function titleOf(t: MatchingText, { kind, payload }: Moment): string | undefined {
  const number = Number(payload['number'] ?? 0);
  switch (kind) {
    case 'round-opened':
      return t('history.round-opened', { title: String(payload['title'] ?? '') });
    case 'run-started':
      return t('history.run-started', {
        number,
        needs: Number(payload['needs'] ?? 0),
        offers: Number(payload['offers'] ?? 0),
      });
    case 'run-cancelled':
      return t('history.run-cancelled', { number });
    case 'pair-pinned':
    case 'pair-forbidden':
    case 'pair-freed':
    case 'round-closed':
      return t(`history.${kind}`);
    case 'round-limited':
      return t('history.round-limited', { n: Number(payload['mostPartners'] ?? 0) });
    case 'round-published':
      return t('history.round-published', { n: Number(payload['matches'] ?? 0) });
    default:
      return undefined;
  }
}
