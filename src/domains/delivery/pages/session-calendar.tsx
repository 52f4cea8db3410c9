/** The session as a file for one's own calendar. */
import { download, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { territoryPage } from '../../territory/visit.ts';
import { CALENDAR_TYPE } from '../calendar.server.ts';
import { calendarOf } from '../session-mails.server.ts';
import { visibleSession } from '../visible.server.ts';

export const sessionCalendarPage = territoryPage<never>({
  path: '/:territory/seances/:session/calendrier.ics',

  async load(visit, tx) {
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    const session = await visibleSession(visit, tx);
    if (session === undefined) return NOT_FOUND;
    return download(await calendarOf(tx, visit, session), `seance-${session.id}.ics`, CALENDAR_TYPE);
  },

  view() {
    throw new Error('A calendar is a file, not a page.');
  },
});
