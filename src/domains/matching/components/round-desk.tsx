/** A round as the team and the committee see it: the pool, the tries, the decisions, the answers. */
import { formatter, type Formatter } from '../../../i18n/format.ts';
import type { FormState } from '../../../lib/form-state.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { ConfirmDialog } from '../../../ui/components/confirm-dialog.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Figure, Figures } from '../../../ui/components/figure.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { matchesAddress, plansAddress, runAddress, conflictsAddress } from '../address.ts';
import type { MatchState } from '../match.ts';
import type { MatchingText } from '../messages.ts';
import { runsRounds } from '../policy.ts';
import type { LightPool } from '../pool.ts';
import { figuresByKind, type KindFigures } from '../pool-figures.ts';
import type { Round } from '../round.ts';
import type { RunLine } from '../round-queries.server.ts';
import { countingRun, type DeskRound } from '../round-screen.server.ts';
import { Decisions } from './decisions.tsx';
import { RoundLimits } from './round-limits.tsx';
import { amount, namesOf, planTitle } from './sentences.ts';
import { ROUND_TONES, RUN_TONES } from './tones.ts';

interface Screen {
  readonly visit: TerritoryVisit;
  readonly t: MatchingText;
}

export function RoundDesk(props: DeskRound & Screen & { form: FormState }) {
  const { round, runs, pool, decisions, answers, bound, visit, t, form } = props;
  const write = formatter(visit.locale, visit.territory.zone);
  return (
    <>
      <PageHead
        breadcrumb={[{ label: t('plans.short'), href: plansAddress(pathIn(visit)) }, { label: round.title }]}
        title={titleOf(props)}
        tags={<Tag tone={ROUND_TONES[round.state]}>{t(`round.state.${round.state}`)}</Tag>}
        lead={t('round.period', { period: write.period(round.startsOn, round.endsOn.subtract({ days: 1 })) })}
        actions={runsRounds(visit.principal) ? <Actions {...props} /> : null}
      />
      {form.summary ? <Form form={form}>{null}</Form> : null}
      {round.state === 'open' ? <Doubts pool={pool} visit={visit} t={t} /> : null}
      {answers ? <Answers round={round} answers={answers} visit={visit} t={t} /> : null}
      <Tries round={round} runs={runs} write={write} visit={visit} t={t} />
      {round.state === 'open' ? <PoolTable pool={pool} visit={visit} t={t} /> : null}
      <RoundLimits round={round} pool={pool} bound={bound} visit={visit} t={t} form={form} />
      {decisions.length > 0 ? (
        <Section
          id="decisions"
          title={t('decisions.title', { n: decisions.length })}
          lead={round.state === 'open' ? t('decisions.lead') : undefined}
        >
          <Decisions decisions={decisions} round={round} visit={visit} t={t} />
        </Section>
      ) : null}
    </>
  );
}

/** The round's answer: what waits, what the last try gives, what was published. */
function titleOf({ round, runs, pool, t }: DeskRound & Screen): string {
  const counting = countingRun(round, runs);
  if (counting?.summary && counting.outcome)
    return planTitle(t, { outcome: counting.outcome, summary: counting.summary });
  return t('round.title.pool', { needs: pool.needs.length, offers: pool.offers.length });
}

function Actions({ round, runs, underWay, answers, visit, t }: DeskRound & Screen) {
  const latest = runs.find(({ state }) => state === 'done');
  const base = pathIn(visit);
  if (underWay)
    return (
      <ButtonLink href={runAddress(base, round.id, underWay.id)}>
        {t('round.follow', { number: underWay.number })}
      </ButtonLink>
    );
  if (round.state === 'published') {
    return (
      <ConfirmDialog
        id="close-round"
        trigger={t('round.close')}
        tone="quiet"
        title={t('round.close.title')}
        confirm={t('round.close.confirm')}
        name="close"
        idempotencyKey={formKey(visit)}
      >
        <p>{t('round.close.body', { n: answers?.proposed ?? 0 })}</p>
      </ConfirmDialog>
    );
  }
  if (round.state === 'closed') return null;
  return (
    <>
      <Form name="start" idempotencyKey={formKey(visit)} inline>
        <SubmitButton tone={latest ? 'quiet' : 'main'}>{t(runs.length === 0 ? 'run.start' : 'run.again')}</SubmitButton>
      </Form>
      {latest ? (
        <ButtonLink href={runAddress(base, round.id, latest.id)}>
          {t('round.seeRun', { number: latest.number })}
        </ButtonLink>
      ) : null}
    </>
  );
}

/** Ties that nobody has cleared up: told before a try is started. */
function Doubts({ pool, visit, t }: Screen & { pool: LightPool }) {
  const n = pool.questions.length;
  if (n === 0) return null;
  return (
    <Notice tone="warn" title={t('conflicts.notice.title', { n })}>
      {t('conflicts.notice')} <a href={conflictsAddress(pathIn(visit))}>{t('conflicts.notice.answer')}</a>
    </Notice>
  );
}

function Answers({
  round,
  answers,
  visit,
  t,
}: Screen & { round: Round; answers: Readonly<Record<MatchState, number>> }) {
  const list = (state: MatchState) =>
    `${matchesAddress(pathIn(visit))}?${new URLSearchParams({ plan: round.id, etat: state }).toString()}`;
  const states: readonly MatchState[] = ['accepted', 'proposed', 'declined', 'withdrawn'];
  return (
    <Figures>
      {states.map((state) => (
        <Figure
          value={String(answers[state])}
          label={t(`answers.${state}`, { n: answers[state] })}
          href={list(state)}
        />
      ))}
    </Figures>
  );
}

function Tries({
  round,
  runs,
  write,
  visit,
  t,
}: Screen & { round: Round; runs: readonly RunLine[]; write: Formatter }) {
  const base = pathIn(visit);
  return (
    <Section title={t('tries.title', { n: runs.length })}>
      <DataTable<RunLine>
        caption={t('tries.caption')}
        hideCaption
        rows={runs}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('tries.empty.title')}>{t('tries.empty')}</EmptyState>}
        columns={[
          {
            key: 'number',
            title: t('tries.column.number'),
            heading: true,
            cell: ({ id, number }) => <a href={runAddress(base, round.id, id)}>{t('run.name', { number })}</a>,
          },
          {
            key: 'state',
            title: t('tries.column.state'),
            cell: (run) => (
              <Tag tone={RUN_TONES[run.state]}>
                {t(run.id === round.publishedRunId ? 'run.state.published' : `run.state.${run.state}`)}
              </Tag>
            ),
          },
          {
            key: 'served',
            title: t('plans.column.served'),
            numeric: true,
            cell: ({ summary }) => (summary ? `${write.number(summary.served)} / ${write.number(summary.needs)}` : ''),
          },
          {
            key: 'least',
            title: t('plans.column.least'),
            numeric: true,
            cell: ({ summary }) => (summary?.leastCovered ? write.percent(summary.leastCovered.perMille / 1000) : ''),
          },
          {
            key: 'when',
            title: t('tries.column.when'),
            cell: ({ createdAt }) => write.dateTime(createdAt, { weekday: false, year: true }),
          },
          { key: 'who', title: t('tries.column.who'), cell: ({ requestedByName }) => requestedByName ?? t('system') },
        ]}
      />
    </Section>
  );
}

function PoolTable({ pool, visit, t }: Screen & { pool: LightPool }) {
  const names = namesOf(visit.locale, pool);
  const base = pathIn(visit);
  return (
    <Section id="vivier" title={t('pool.title')} lead={t('pool.lead')}>
      <DataTable<KindFigures>
        caption={t('pool.caption')}
        hideCaption
        rows={figuresByKind(pool)}
        rowKey={({ code }) => code}
        empty={<EmptyState title={t('pool.empty.title')}>{t('pool.empty')}</EmptyState>}
        columns={[
          { key: 'kind', title: t('pool.column.kind'), heading: true, cell: ({ code }) => names.kind(code) },
          {
            key: 'needs',
            title: t('pool.column.needs'),
            numeric: true,
            cell: ({ code, needs }) => <a href={`${base}/besoins?nature=${encodeURIComponent(code)}`}>{needs}</a>,
          },
          {
            key: 'asked',
            title: t('pool.column.asked'),
            numeric: true,
            cell: ({ unit, asked }) => amount(t, unit, asked),
          },
          {
            key: 'offers',
            title: t('pool.column.offers'),
            numeric: true,
            cell: ({ code, offers }) => <a href={`${base}/apports?nature=${encodeURIComponent(code)}`}>{offers}</a>,
          },
          {
            key: 'offered',
            title: t('pool.column.offered'),
            numeric: true,
            cell: ({ unit, offered }) => amount(t, unit, offered),
          },
          {
            key: 'lack',
            title: t('pool.column.lack'),
            cell: ({ unit, asked, offered }) =>
              asked > offered ? (
                <Tag tone="warn">{t('pool.lack', { amount: amount(t, unit, asked - offered) })}</Tag>
              ) : (
                ''
              ),
          },
        ]}
      />
    </Section>
  );
}
