/**
 * A session as a calendar object (RFC 5545, iTIP of RFC 5546), that mails carry and a page offers.
 *
 * Must always hold: the UID is the session's for ever; SEQUENCE is the number of its changes, so that the latest wins;
 * times are written in the territory's zone, whose offsets around the meeting travel with it (VTIMEZONE).
 */
import ical, { ICalAttendeeRole, ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Locale } from '../../i18n/translator.ts';
import type { Session } from './session.ts';

export type CalendarMethod = 'publish' | 'request' | 'cancel';

export interface CalendarPerson {
  readonly name: string;
  readonly email: string;
}

export interface CalendarInvitation {
  readonly session: Pick<
    Session,
    'id' | 'startsAt' | 'durationMinutes' | 'place' | 'link' | 'state' | 'calendarSequence'
  >;
  readonly zone: string;
  readonly locale: Locale;
  readonly now: Temporal.Instant;
  readonly summary: string;
  readonly description: string;
  /** The page of the session. */
  readonly url: string;
  readonly organizer: CalendarPerson;
  /** Nobody for a calendar that is only kept (`publish`). */
  readonly attendees: readonly CalendarPerson[];
}

const METHODS = {
  publish: ICalCalendarMethod.PUBLISH,
  request: ICalCalendarMethod.REQUEST,
  cancel: ICalCalendarMethod.CANCEL,
};

export const CALENDAR_TYPE = 'text/calendar; charset=utf-8';

/** The text of the calendar: lines folded at 75 bytes, CRLF. */
export function writeCalendar(method: CalendarMethod, invitation: CalendarInvitation): string {
  const { session, zone, now, organizer } = invitation;
  const start = session.startsAt.toZonedDateTimeISO(zone);
  const isCancelled = method === 'cancel' || session.state === 'cancelled';
  const calendar = ical({
    prodId: { company: 'Terreau', product: 'Terreau', language: invitation.locale.toUpperCase() },
    method: METHODS[method],
    // Named by the event alone: a calendar's own zone would also be written into DTSTAMP, which is in UTC.
    timezone: { name: null, generator: () => timeZoneComponent(start) },
  });
  calendar.createEvent({
    id: session.id,
    sequence: session.calendarSequence,
    stamp: now.toZonedDateTimeISO('UTC'),
    start,
    end: start.add({ minutes: session.durationMinutes }),
    timezone: zone,
    summary: invitation.summary,
    description: invitation.description,
    location: session.place || session.link,
    url: invitation.url,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: organizer.name, email: organizer.email },
    attendees: invitation.attendees.map(({ name, email }) => ({
      name,
      email,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.NEEDSACTION,
      rsvp: false,
    })),
  });
  return calendar.toString();
}

/** The offsets in force just before, during and just after the meeting; enough for it, and exact. */
export function timeZoneComponent(start: Temporal.ZonedDateTime): string {
  const after = start.add({ minutes: 1 });
  const changes = [after.getTimeZoneTransition('previous'), after.getTimeZoneTransition('next')].filter(
    (change) => change !== null,
  );
  const observances = changes.length > 0 ? changes.map(observance) : [constantOffset(start)];
  return ['BEGIN:VTIMEZONE', `TZID:${start.timeZoneId}`, ...observances.flat(), 'END:VTIMEZONE'].join('\r\n');
}

/** What begins at a change of offset; its first moment is written in the time that ends there. */
function observance(change: Temporal.ZonedDateTime): string[] {
  const before = change.subtract({ nanoseconds: 1 });
  const kind = change.offsetNanoseconds > before.offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD';
  const begins = change.toInstant().toZonedDateTimeISO(before.offset).toPlainDateTime();
  return [
    `BEGIN:${kind}`,
    `DTSTART:${begins.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}`,
    `TZOFFSETFROM:${offsetText(before)}`,
    `TZOFFSETTO:${offsetText(change)}`,
    `END:${kind}`,
  ];
}

function constantOffset(start: Temporal.ZonedDateTime): string[] {
  const offset = offsetText(start);
  return [
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    `TZOFFSETFROM:${offset}`,
    `TZOFFSETTO:${offset}`,
    'END:STANDARD',
  ];
}

function offsetText(moment: Temporal.ZonedDateTime): string {
  return moment.offset.replaceAll(':', '');
}
