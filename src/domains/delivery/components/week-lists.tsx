/** What waits for somebody: a few rows of each, each with its link, and a link to all of them. */
import type { ComponentChildren } from 'preact';
import { Panel } from '../../../ui/components/panel.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { AwaitedAnswer, LateConfirmation, NeedAlone, RecentRun, Top } from '../week-queries.server.ts';
import { deliveryWords } from './words.tsx';

interface ListPanelProps<Row> {
  readonly visit: TerritoryVisit;
  readonly title: string;
  readonly none: string;
  readonly list: Top<Row>;
  readonly allHref: string;
  readonly line: (row: Row) => ComponentChildren;
}

export function LateList({ visit, list }: { visit: TerritoryVisit; list: Top<LateConfirmation> }) {
  const words = deliveryWords(visit);
  const { t } = words;
  const line = (row: LateConfirmation) => (
    <>
      <a href={words.sessionHref(row.sessionId)}>{row.needTitle}</a>
      <p class="small soft">
        {words.when(row)}, {t(`week.awaits.${row.awaits}`, { giver: row.giverName, receiver: row.receiverName })}
      </p>
    </>
  );
  return (
    <ListPanel
      visit={visit}
      title={t('week.late')}
      none={t('week.lateNone')}
      list={list}
      line={line}
      allHref={`${pathIn(visit, 'seances')}?etape=a-confirmer`}
    />
  );
}

export function AnswerList({ visit, list }: { visit: TerritoryVisit; list: Top<AwaitedAnswer> }) {
  const { t, write } = deliveryWords(visit);
  const line = (row: AwaitedAnswer) => (
    <>
      <a href={pathIn(visit, 'mises-en-relation', row.matchId)}>{row.needTitle}</a>
      <p class="small soft">
        {write.dayOf(row.since)}, {t(`week.awaits.${row.awaits}`, { giver: row.giverName, receiver: row.receiverName })}
      </p>
    </>
  );
  return (
    <ListPanel
      visit={visit}
      title={t('week.answers')}
      none={t('week.answersNone')}
      list={list}
      line={line}
      allHref={pathIn(visit, 'mises-en-relation')}
    />
  );
}

export function AloneList({ visit, list }: { visit: TerritoryVisit; list: Top<NeedAlone> }) {
  const { t, write } = deliveryWords(visit);
  const line = (row: NeedAlone) => (
    <>
      <a href={pathIn(visit, 'besoins', row.needId)}>{row.title}</a>{' '}
      {row.urgency === 3 ? <Tag tone="warn">{t('week.urgency', { n: 3 })}</Tag> : null}
      <p class="small soft">
        {row.organisationName},{' '}
        {row.neededBy === null ? write.dayOf(row.statedAt) : t('week.before', { day: write.date(row.neededBy) })}
      </p>
    </>
  );
  return (
    <ListPanel
      visit={visit}
      title={t('week.alone')}
      none={t('week.aloneNone')}
      list={list}
      line={line}
      allHref={pathIn(visit, 'besoins')}
    />
  );
}

export function RunList({ visit, runs }: { visit: TerritoryVisit; runs: readonly RecentRun[] }) {
  const { t, write } = deliveryWords(visit);
  const line = (row: RecentRun) => (
    <>
      <a href={pathIn(visit, 'plans', row.roundId, 'essais', row.runId)}>
        {t('week.run', { title: row.roundTitle, number: row.number })}
      </a>
      <p class="small soft">
        {write.dateTime(row.createdAt)}, {t(`run.${row.state}`)}
      </p>
    </>
  );
  return (
    <ListPanel
      visit={visit}
      title={t('week.runs')}
      none={t('week.runsNone')}
      list={{ rows: runs, total: runs.length }}
      line={line}
      allHref={pathIn(visit, 'plans')}
    />
  );
}

function ListPanel<Row>({ visit, title, none, list, line, allHref }: ListPanelProps<Row>) {
  const { t, write } = deliveryWords(visit);
  const heading = list.total === 0 ? title : `${title} (${write.number(list.total)})`;
  return (
    <Panel title={heading}>
      {list.total === 0 ? (
        <p class="soft">{none}</p>
      ) : (
        <ul class="stack close">
          {list.rows.map((row) => (
            <li>{line(row)}</li>
          ))}
        </ul>
      )}
      {list.total > list.rows.length ? (
        <p>
          <a href={allHref}>{t('week.all', { n: list.total })}</a>
        </p>
      ) : null}
    </Panel>
  );
}
