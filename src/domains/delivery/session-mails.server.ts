/**
 * The mails of a session: an invitation to both sides, its changes, its end, and the reminder that it is the other side's
 * turn. Written inside the transaction, in each person's language; sent once it is committed.
 */
import { formatter } from '../../i18n/format.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { writeAmount } from '../ledger/amount.ts';
import { type OutgoingMail as Mail, pathIn, type TerritoryVisit } from '../territory/visit.ts';
import { ledgerUnitOf } from '../../lib/quantity.ts';
import { writeCalendar, type CalendarInvitation, type CalendarPerson } from './calendar.server.ts';
import { deliveryText } from './messages.ts';
import { recipientsOf } from './recipients.ts';
import { participantsOf, type Participant, type SessionView } from './session-queries.server.ts';
import { otherSide, type Side } from './session.ts';

export type MeetingOccasion = 'planned' | 'moved' | 'cancelled';

/** What both sides get when a meeting is set, moved or called off: a mail each, with the calendar object. */
export async function meetingMails(
  tx: TerritoryTransaction,
  visit: TerritoryVisit,
  session: SessionView,
  occasion: MeetingOccasion,
  reason = '',
): Promise<Mail[]> {
  const people = recipientsOf(await participantsOf(tx, session.matchId));
  const organizer = await organizerOf(tx, visit, session);
  const attendees = people.map(({ name, email }) => ({ name, email: email ?? '' }));
  return people.map((person) => {
    const { subject, text, invitation } = writeMeeting(visit, session, occasion, person, reason);
    const method = occasion === 'cancelled' ? 'cancel' : 'request';
    const content = writeCalendar(method, { ...invitation, organizer, attendees });
    return { to: person.email ?? '', subject, text, calendar: { fileName: `${session.id}.ics`, content } };
  });
}

/** One side has spoken: the other is asked to, or to look again. */
export async function confirmationMails(
  tx: TerritoryTransaction,
  visit: TerritoryVisit,
  session: SessionView,
  side: Side,
): Promise<Mail[]> {
  const people = recipientsOf(await participantsOf(tx, session.matchId), [otherSide(side)]);
  return people.map((person) => {
    const t = deliveryText(person.locale);
    const write = formatter(person.locale, visit.territory.zone);
    const when = write.dateTime(session.startsAt);
    const unit = ledgerUnitOf(session.unit);
    const amount = writeAmount(write, (counted, n) => t(`amount.${counted}`, { n }), unit, session[side]?.amount ?? 0n);
    const organisation = side === 'giver' ? session.giverName : session.receiverName;
    const lines = [
      t('mail.hello', { name: person.name }),
      t('mail.to-confirm.body', { organisation, amount, when }),
      `${t('mail.see')}\n${addressOf(visit, session)}`,
    ];
    return { to: person.email ?? '', subject: t('mail.to-confirm.subject', { when }), text: `${lines.join('\n\n')}\n` };
  });
}

/** The session to keep in one's own calendar. */
export async function calendarOf(
  tx: TerritoryTransaction,
  visit: TerritoryVisit,
  session: SessionView,
): Promise<string> {
  const organizer = await organizerOf(tx, visit, session);
  return writeCalendar('publish', { ...invitationOf(visit, session, visit.locale), organizer, attendees: [] });
}

function writeMeeting(
  visit: TerritoryVisit,
  session: SessionView,
  occasion: MeetingOccasion,
  person: Participant,
  reason: string,
) {
  const t = deliveryText(person.locale);
  const write = formatter(person.locale, visit.territory.zone);
  const facts = {
    giver: session.giverName,
    receiver: session.receiverName,
    title: session.needTitle,
    when: write.dateTime(session.startsAt),
    duration: write.hours(session.durationMinutes),
  };
  const lines = [
    t('mail.hello', { name: person.name }),
    t(`mail.${occasion}.body`, facts),
    ...(reason === '' ? [] : [t('mail.reason', { reason })]),
    ...(occasion === 'cancelled' || session.place === '' ? [] : [t('mail.place', { place: session.place })]),
    ...(occasion === 'cancelled' || session.link === '' ? [] : [t('mail.link', { link: session.link })]),
    `${t('mail.see')}\n${addressOf(visit, session)}`,
  ];
  return {
    subject: t(`mail.${occasion}.subject`, facts),
    text: `${lines.join('\n\n')}\n`,
    invitation: invitationOf(visit, session, person.locale),
  };
}

function invitationOf(
  visit: TerritoryVisit,
  session: SessionView,
  locale: 'fr' | 'en',
): Omit<CalendarInvitation, 'organizer' | 'attendees'> {
  const t = deliveryText(locale);
  const url = addressOf(visit, session);
  return {
    session,
    zone: visit.territory.zone,
    locale,
    now: visit.now,
    summary: t('calendar.summary', { giver: session.giverName, receiver: session.receiverName }),
    description: [session.needTitle, session.link, url].filter((line) => line !== '').join('\n'),
    url,
  };
}

/** The person who planned it; calendars want the same one for ever. Otherwise the territory itself. */
async function organizerOf(
  tx: TerritoryTransaction,
  visit: TerritoryVisit,
  session: SessionView,
): Promise<CalendarPerson> {
  const planner =
    session.createdBy === null
      ? undefined
      : await tx
          .selectFrom('people')
          .select(['name', 'email'])
          .where('territory_id', '=', tx.territoryId)
          .where('id', '=', session.createdBy)
          .executeTakeFirst();
  const email = planner?.email ?? `seances@${visit.url.hostname}`;
  return { name: planner?.name ?? visit.territory.name, email };
}

function addressOf(visit: TerritoryVisit, session: SessionView): string {
  return new URL(pathIn(visit, 'seances', session.id), visit.url.origin).href;
}
