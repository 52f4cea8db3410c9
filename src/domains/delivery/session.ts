/**
 * A session: a meeting in which an accepted match is delivered, and what both sides say was really given.
 *
 *   planned ──both state the same──▶ confirmed ──the team corrects──▶ planned (to be stated again)
 *      └────────cancelled (with a reason)
 *
 * Must always hold: nothing is stated before the meeting starts; each side states for itself, and never the same person
 * for both (IK-05); a session is confirmed exactly when both statements are equal, and then booked, once, if they are
 * above zero; a confirmed session changes only by a correction, which reverses its entry.
 *
 * Amounts are in the unit of the ledger: minutes for kinds counted in half-days, whole units otherwise.
 */
import type { Id, OrganisationId, PersonId } from '../../lib/ids.ts';
import type { LedgerUnit, SupportUnit } from '../../lib/quantity.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { EntryId } from '../ledger/entry.ts';

export type SessionId = Id<'session'>;
export type MatchId = Id<'match'>;

export type SessionState = 'planned' | 'confirmed' | 'cancelled';
export type Side = 'giver' | 'receiver';
/** A planned session waits for its hour, then for its statements. */
export type Phase = 'upcoming' | 'to-confirm' | 'confirmed' | 'cancelled';

export interface Statement {
  readonly amount: bigint;
  readonly by: PersonId | null;
  readonly at: Temporal.Instant;
}

export interface Session {
  readonly id: SessionId;
  readonly matchId: MatchId;
  readonly startsAt: Temporal.Instant;
  readonly durationMinutes: number;
  readonly place: string;
  readonly link: string;
  readonly state: SessionState;
  /** Grows with each change, so that calendars know the latest. */
  readonly calendarSequence: number;
  readonly giver: Statement | null;
  readonly receiver: Statement | null;
  readonly entryId: EntryId | null;
  readonly createdBy: PersonId | null;
  readonly version: number;
}

/** The two sides of a match and what it is about: what every rule on a session needs besides the session. */
export interface Engagement {
  readonly matchId: MatchId;
  readonly giverId: OrganisationId;
  readonly receiverId: OrganisationId;
  readonly unit: SupportUnit;
  readonly quantity: number;
}

export interface Meeting {
  readonly startsAt: Temporal.Instant;
  readonly durationMinutes: number;
  readonly place: string;
  readonly link: string;
}

const FARTHEST_AHEAD_DAYS = 730;
const FARTHEST_BACK_DAYS = 400;
const DAY_HOURS = 24;

export function phaseOf(session: Pick<Session, 'state' | 'startsAt'>, now: Temporal.Instant): Phase {
  if (session.state !== 'planned') return session.state;
  return Temporal.Instant.compare(session.startsAt, now) > 0 ? 'upcoming' : 'to-confirm';
}

export function hasStatement(session: Session): boolean {
  return session.giver !== null || session.receiver !== null;
}

export function otherSide(side: Side): Side {
  return side === 'giver' ? 'receiver' : 'giver';
}

/** The moment of a day and an hour in a zone; nothing for an hour that the change to summer time skips. */
export function momentOf(
  day: Temporal.PlainDate,
  time: Temporal.PlainTime,
  zone: string,
): Temporal.Instant | undefined {
  const local = day.toPlainDateTime(time);
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'compatible' });
  return zoned.toPlainDateTime().equals(local) ? zoned.toInstant() : undefined;
}

/** The largest amount that one session can have given: ten days and nights, or the largest need. */
export function largestAmount(unit: LedgerUnit): number {
  return unit === 'minute' ? 14_400 : 400;
}

export type MeetingRefusal = 'too-far-ahead' | 'too-long-ago';

/** A meeting lies within two years ahead; one already held is recorded within four hundred days. */
export function checkMeeting(meeting: Meeting, now: Temporal.Instant): Result<Meeting, MeetingRefusal> {
  const hours = now.until(meeting.startsAt, { largestUnit: 'hour' }).hours;
  if (hours > FARTHEST_AHEAD_DAYS * DAY_HOURS) return refused('too-far-ahead');
  if (hours < -FARTHEST_BACK_DAYS * DAY_HOURS) return refused('too-long-ago');
  return done(meeting);
}

export type ChangeRefusal = 'already-confirmed' | 'already-cancelled' | 'already-stated';

/** May the meeting still be moved? Not once somebody stated that it was held. */
export function checkMovable(session: Session): Result<Session, ChangeRefusal> {
  if (session.state === 'confirmed') return refused('already-confirmed');
  if (session.state === 'cancelled') return refused('already-cancelled');
  return hasStatement(session) ? refused('already-stated') : done(session);
}

/** As for moving; the team may also cancel a session that one side stated. */
export function checkCancellable(session: Session, byTeam: boolean): Result<Session, ChangeRefusal> {
  const answer = checkMovable(session);
  return !answer.ok && answer.reason === 'already-stated' && byTeam ? done(session) : answer;
}

export type StatementRefusal = 'already-confirmed' | 'already-cancelled' | 'not-yet-held' | 'same-person';

export interface Stated {
  readonly session: Session;
  /** `waits`: the other side has not spoken; `differs`: it said something else; `unchanged`: nothing to write. */
  readonly outcome: 'agreed' | 'waits' | 'differs' | 'unchanged';
}

/** One side says what was given. The same words again change nothing; different words replace that side's own. */
export function stateGiven(session: Session, side: Side, statement: Statement): Result<Stated, StatementRefusal> {
  if (session.state === 'cancelled') return refused('already-cancelled');
  const own = session[side];
  if (session.state === 'confirmed') {
    return own?.amount === statement.amount ? done({ session, outcome: 'unchanged' }) : refused('already-confirmed');
  }
  if (phaseOf(session, statement.at) === 'upcoming') return refused('not-yet-held');
  const other = session[otherSide(side)];
  if (other !== null && other.by !== null && other.by === statement.by) return refused('same-person');
  if (own?.amount === statement.amount && own.by === statement.by) return done({ session, outcome: 'unchanged' });
  const stated: Session = { ...session, [side]: statement };
  if (other === null) return done({ session: stated, outcome: 'waits' });
  if (other.amount !== statement.amount) return done({ session: stated, outcome: 'differs' });
  return done({ session: { ...stated, state: 'confirmed' }, outcome: 'agreed' });
}

/** A confirmed session taken back: both sides speak again. */
export function correct(session: Session): Result<Session, 'not-confirmed'> {
  if (session.state !== 'confirmed') return refused('not-confirmed');
  return done({ ...session, state: 'planned', giver: null, receiver: null, entryId: null });
}

/** The ledger's key of a booking: a session that was corrected is booked again under the next number. */
export function bookingKey(sessionId: SessionId, earlierBookings: number): string {
  return earlierBookings === 0 ? `session:${sessionId}` : `session:${sessionId}:${earlierBookings + 1}`;
}

/** Booked amounts in the units of the need, to the nearest whole one: what is left of the last half-day counts from its half. */
export function deliveredUnits(unit: SupportUnit, booked: bigint, halfDayMinutes: number): number {
  return unit === 'half-day' ? Math.round(Number(booked) / halfDayMinutes) : Number(booked);
}
