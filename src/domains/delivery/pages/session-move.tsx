/** When do they meet instead? */
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { sendAll, territoryPage } from '../../territory/visit.ts';
import { rescheduleSession } from '../commands.server.ts';
import { MeetingForm } from '../components/meeting-form.tsx';
import { hidden, readMeeting, refuseMeeting } from '../components/meeting-input.ts';
import { deliveryWords } from '../components/words.tsx';
import { meetingMails } from '../session-mails.server.ts';
import type { SessionView } from '../session-queries.server.ts';
import { checkMovable } from '../session.ts';
import { visibleSession } from '../visible.server.ts';
import { meetingForm } from '../schema.ts';

export const sessionMovePage = territoryPage<{ readonly session: SessionView }>({
  path: '/:territory/seances/:session/deplacer',
  twin: { areas: ['delivery'], bodies: { default: meetingForm } },

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const session = await visibleSession(visit, tx);
    return session === undefined ? NOT_FOUND : { session };
  },

  actions: {
    async default(visit, input, tx) {
      const session = await visibleSession(visit, tx);
      if (session === undefined) return hidden(visit);
      const read = readMeeting(visit, input);
      if (!read.ok) return invalid(read.form);
      const moved = await rescheduleSession(tx, visit.principal, { ...read.meeting, sessionId: session.id }, visit);
      if (!moved.ok) return refuseMeeting(visit, input, moved.reason);
      const mails = await meetingMails(tx, visit, moved.value, 'moved');
      const { t, sessionHref } = deliveryWords(visit);
      return doneAt(sessionHref(session.id), t('done.moved'), sendAll(visit, mails));
    },
  },

  view({ session }, visit, form) {
    const words = deliveryWords(visit);
    const { t } = words;
    const { giverName: giver, receiverName: receiver } = session;
    const backHref = words.sessionHref(session.id);
    const movable = checkMovable(session);
    return {
      title: t('move.title'),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: session.needTitle, href: backHref }, { label: t('move.title') }]}
            title={t('move.heading', { giver, receiver })}
            lead={t('move.lead', { when: words.when(session) })}
          />
          {movable.ok ? (
            <MeetingForm
              visit={visit}
              form={form}
              session={session}
              durationMinutes={session.durationMinutes}
              backHref={backHref}
            />
          ) : (
            <Notice tone="warn">{t(`refused.${movable.reason}`)}</Notice>
          )}
        </>
      ),
    };
  },
});
