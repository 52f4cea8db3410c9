/** What does the team have to do this week? */
import { SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { pathIn, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { WeekDays } from '../components/week-days.tsx';
import { AloneList, AnswerList, LateList, RunList } from '../components/week-lists.tsx';
import { deliveryWords } from '../components/words.tsx';
import { maySeeWeek } from '../policy.ts';
import { sessionsBetween, type SessionView } from '../session-queries.server.ts';
import { momentsOf, otherWeek, readWeek, weekOf, writeWeek, type Week } from '../week.ts';
import {
  awaitedAnswers,
  lateConfirmations,
  needsWithNothing,
  recentRuns,
  type AwaitedAnswer,
  type LateConfirmation,
  type NeedAlone,
  type RecentRun,
  type Top,
} from '../week-queries.server.ts';
import { weekTwin } from '../twin-schema.ts';

const ROWS = 6;
/** A confirmation is late two days after its session began. */
const LATE_HOURS = 48;

interface Data {
  readonly week: Week;
  readonly sessions: readonly SessionView[];
  readonly answers: Top<AwaitedAnswer>;
  readonly alone: Top<NeedAlone>;
  readonly late: Top<LateConfirmation>;
  readonly runs: readonly RecentRun[];
}

export const weekPage = territoryPage<Data>({
  path: '/:territory/semaine',
  twin: { areas: ['delivery', 'matching', 'support'], response: weekTwin },

  async load(visit, tx) {
    if (!maySeeWeek(visit.principal)) return SIGN_IN;
    const week = readWeek(visit.url.searchParams.get('semaine') ?? '') ?? weekOf(visit.today);
    const { from, until } = momentsOf(week, visit.territory.zone);
    return {
      week,
      sessions: await sessionsBetween(tx, from, until),
      answers: await awaitedAnswers(tx, ROWS),
      alone: await needsWithNothing(tx, ROWS),
      late: await lateConfirmations(tx, visit.now.subtract({ hours: LATE_HOURS }), ROWS),
      runs: await recentRuns(tx, ROWS - 1),
    };
  },

  view({ week, sessions, answers, alone, late, runs }, visit) {
    const { t, write } = deliveryWords(visit);
    const period = write.period(week.monday, week.monday.add({ days: 6 }));
    const held = sessions.filter(({ state }) => state !== 'cancelled');
    return {
      title: t('week.title'),
      width: 'wide',
      body: (
        <>
          <PageHead
            title={t('week.heading', { period })}
            lead={t('week.lead', { sessions: held.length, late: late.total })}
            actions={<WeekLinks visit={visit} week={week} />}
          />
          <div class="columns side">
            <div class="stack">
              <Section title={t('week.sessions')}>
                <WeekDays visit={visit} week={week} sessions={sessions} />
              </Section>
              <div class="columns two">
                <AnswerList visit={visit} list={answers} />
                <AloneList visit={visit} list={alone} />
              </div>
            </div>
            <div class="stack">
              <LateList visit={visit} list={late} />
              <RunList visit={visit} runs={runs} />
            </div>
          </div>
        </>
      ),
    };
  },
});

function WeekLinks({ visit, week }: { visit: TerritoryVisit; week: Week }) {
  const { t } = deliveryWords(visit);
  const path = pathIn(visit, 'semaine');
  const link = (weeks: number) => `${path}?semaine=${writeWeek(otherWeek(week, weeks))}`;
  const isThis = weekOf(visit.today).monday.equals(week.monday);
  return (
    <>
      <ButtonLink tone="quiet" href={link(-1)} rel="prev">
        {t('week.previous')}
      </ButtonLink>
      {isThis ? null : (
        <ButtonLink tone="quiet" href={path}>
          {t('week.this')}
        </ButtonLink>
      )}
      <ButtonLink tone="quiet" href={link(1)} rel="next">
        {t('week.next')}
      </ButtonLink>
    </>
  );
}
