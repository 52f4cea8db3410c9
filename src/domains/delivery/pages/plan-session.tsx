/** When do the two sides of an accepted match meet? */
import { ledgerAmount } from '../../../lib/quantity.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { pathIn, sendAll, territoryPage, type TerritoryVisit } from '../../territory/visit.ts';
import { planSession } from '../commands.server.ts';
import { MeetingForm } from '../components/meeting-form.tsx';
import { hidden, readMeeting, refuseMeeting } from '../components/meeting-input.ts';
import { deliveryWords, PhaseTag } from '../components/words.tsx';
import { meetingMails } from '../session-mails.server.ts';
import { findSession, sessionsOfMatch, type EngagementView, type SessionView } from '../session-queries.server.ts';
import { visibleEngagement } from '../visible.server.ts';
import { meetingForm } from '../schema.ts';

const USUAL_MINUTES = 60;

interface Data {
  readonly engagement: EngagementView;
  readonly sessions: readonly SessionView[];
}

export const planSessionPage = territoryPage<Data>({
  path: '/:territory/mises-en-relation/:match/seance',
  twin: { areas: ['delivery'], bodies: { default: meetingForm } },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const engagement = await visibleEngagement(visit, tx);
    if (engagement === undefined) return NOT_FOUND;
    return { engagement, sessions: await sessionsOfMatch(tx, engagement.matchId) };
  },

  actions: {
    async default(visit, input, tx) {
      const engagement = await visibleEngagement(visit, tx);
      if (engagement === undefined) return hidden(visit);
      const read = readMeeting(visit, input);
      if (!read.ok) return invalid(read.form);
      const planned = await planSession(tx, visit.principal, { ...read.meeting, matchId: engagement.matchId }, visit);
      if (!planned.ok) return refuseMeeting(visit, input, planned.reason);
      const { t, sessionHref } = deliveryWords(visit);
      const href = sessionHref(planned.value.id);
      // A meeting that was already held is recorded: nobody is invited to yesterday.
      if (Temporal.Instant.compare(read.meeting.startsAt, visit.now) <= 0) return doneAt(href, t('done.recorded'));
      const session = await findSession(tx, planned.value.id);
      const mails = session === undefined ? [] : await meetingMails(tx, visit, session, 'planned');
      return doneAt(href, t('done.planned'), sendAll(visit, mails));
    },
  },

  view({ engagement, sessions }, visit, form) {
    const { t } = deliveryWords(visit);
    const { giverName: giver, receiverName: receiver, needTitle: title } = engagement;
    const backHref = pathIn(visit, 'mises-en-relation', engagement.matchId);
    return {
      title: t('plan.title'),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: title, href: backHref }, { label: t('plan.title') }]}
            title={t('plan.heading', { giver, receiver })}
            lead={t('plan.lead', { title })}
          />
          {engagement.matchState === 'accepted' ? (
            <MeetingForm
              visit={visit}
              form={form}
              durationMinutes={usualDuration(visit, engagement)}
              backHref={backHref}
            />
          ) : (
            <Notice tone="warn">{t('plan.notAccepted')}</Notice>
          )}
          <Others visit={visit} sessions={sessions} />
        </>
      ),
    };
  },
});

/** One half-day where help is counted in half-days, an hour otherwise. */
function usualDuration(visit: TerritoryVisit, { unit }: EngagementView): number {
  return unit === 'half-day' ? Number(ledgerAmount(unit, 1, visit.territory.halfDayMinutes)) : USUAL_MINUTES;
}

function Others({ visit, sessions }: { visit: TerritoryVisit; sessions: readonly SessionView[] }) {
  const words = deliveryWords(visit);
  if (sessions.length === 0) return null;
  return (
    <Section title={words.t('plan.others')}>
      <ul class="stack close">
        {sessions.map((session) => (
          <li>
            <a href={words.sessionHref(session.id)}>{words.when(session)}</a>{' '}
            <PhaseTag session={session} visit={visit} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
