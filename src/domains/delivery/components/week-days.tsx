/** The sessions of a week, day by day. Days without any are left out, but today. */
import { ButtonLink } from '../../../ui/components/button.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import type { SessionView } from '../session-queries.server.ts';
import { daysOf, type Week } from '../week.ts';
import { deliveryWords, PhaseTag } from './words.tsx';

interface WeekDaysProps {
  readonly visit: TerritoryVisit;
  readonly week: Week;
  readonly sessions: readonly SessionView[];
}

export function WeekDays({ visit, week, sessions }: WeekDaysProps) {
  const { t, write } = deliveryWords(visit);
  if (sessions.length === 0) {
    const matches = (
      <ButtonLink tone="quiet" href={pathIn(visit, 'mises-en-relation')}>
        {t('list.seeMatches')}
      </ButtonLink>
    );
    return (
      <EmptyState title={t('week.noSession')} action={matches}>
        {t('week.noSessionBody')}
      </EmptyState>
    );
  }
  const byDay = Map.groupBy(sessions, ({ startsAt }) =>
    startsAt.toZonedDateTimeISO(visit.territory.zone).toPlainDate().toString(),
  );
  const days = daysOf(week).filter((day) => byDay.has(day.toString()) || day.equals(visit.today));
  return (
    <div class="stack">
      {days.map((day) => (
        <section>
          <h3>{write.date(day, { weekday: true, year: false })}</h3>
          <DayList visit={visit} sessions={byDay.get(day.toString()) ?? []} />
        </section>
      ))}
    </div>
  );
}

function DayList({ visit, sessions }: Omit<WeekDaysProps, 'week'>) {
  const { t, write, sessionHref } = deliveryWords(visit);
  if (sessions.length === 0) return <p class="soft">{t('week.none')}</p>;
  return (
    <ul class="stack close">
      {sessions.map((session) => (
        <li>
          <p>
            <time datetime={session.startsAt.toString()}>
              {write.time(session.startsAt.toZonedDateTimeISO(visit.territory.zone).toPlainTime())}
            </time>{' '}
            <a href={sessionHref(session.id)}>{session.needTitle}</a> <PhaseTag session={session} visit={visit} />
          </p>
          <p class="small soft">
            {session.giverName} → {session.receiverName}
            {session.place === '' ? '' : `, ${session.place}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
