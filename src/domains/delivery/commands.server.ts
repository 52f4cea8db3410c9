/**
 * The only place that writes sessions. Every command locks the row of its session first: whoever clicks twice, retries or
 * confirms at the same moment waits, then finds what was done.
 */
import type { Updateable } from 'kysely';
import { assert, present } from '../../lib/assert.ts';
import { newId } from '../../lib/ids.ts';
import { ledgerUnitOf } from '../../lib/quantity.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import type { SessionsTable } from '../../platform/postgres/tables.ts';
import { agreementOn } from '../alliance/agreement-queries.server.ts';
import { givenBy, receivedBy } from '../ledger/account.ts';
import { postEntry, reverseEntry } from '../ledger/commands.server.ts';
import type { EntryId } from '../ledger/entry.ts';
import { countEntriesOfCause } from '../ledger/queries.server.ts';
import { markNeedMet } from '../support/need-commands.server.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import type { SessionEventKind, SessionEventPayloads } from './events.ts';
import { isTeamOrSystem, mayArrange, mayCorrect, maySeeSession, mayState } from './policy.ts';
import { bookedForNeed, findEngagement, lockSession, type SessionView } from './session-queries.server.ts';
import {
  bookingKey,
  checkCancellable,
  checkMeeting,
  checkMovable,
  correct,
  deliveredUnits,
  stateGiven,
  type ChangeRefusal,
  type MatchId,
  type Meeting,
  type MeetingRefusal,
  type Session,
  type SessionId,
  type Side,
  type Stated,
  type StatementRefusal,
} from './session.ts';

export type PlanRefusal = 'not-found' | 'not-accepted' | MeetingRefusal;

/** Plans a meeting for an accepted match; by either side or the team. */
export async function planSession(
  tx: TerritoryTransaction,
  principal: Principal,
  input: Meeting & { readonly matchId: MatchId },
  at: Moment,
): Promise<Result<{ readonly id: SessionId }, PlanRefusal>> {
  // Held against a withdrawal at the same moment.
  await tx
    .selectFrom('matches')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', input.matchId)
    .forShare()
    .execute();
  const engagement = await findEngagement(tx, input.matchId);
  if (engagement === undefined || !mayArrange(principal, engagement)) return refused('not-found');
  if (engagement.matchState !== 'accepted') return refused('not-accepted');
  const meeting = checkMeeting(input, at.now);
  if (!meeting.ok) return meeting;
  const id = newId<'session'>(at.now, at.fillRandom);
  await tx
    .insertInto('sessions')
    .values({
      territory_id: tx.territoryId,
      id,
      match_id: input.matchId,
      ...columnsOf(input),
      created_by: personOf(principal),
      created_at: at.now,
      updated_at: at.now,
    })
    .execute();
  await tell(tx, principal, id, 'session-planned', { matchId: input.matchId, startsAt: input.startsAt.toString() }, at);
  return done({ id });
}

export type RescheduleRefusal = 'not-found' | 'stale' | ChangeRefusal | MeetingRefusal;

/** Moves a meeting, or changes its place. Refused `stale` when it changed since `input.version` was read. */
export async function rescheduleSession(
  tx: TerritoryTransaction,
  principal: Principal,
  input: Meeting & { readonly sessionId: SessionId; readonly version: number },
  at: Moment,
): Promise<Result<SessionView, RescheduleRefusal>> {
  const session = await lockSession(tx, input.sessionId);
  if (session === undefined || !mayArrange(principal, session)) return refused('not-found');
  const movable = checkMovable(session);
  if (!movable.ok) return movable;
  if (session.version !== input.version) return refused('stale');
  const meeting = checkMeeting(input, at.now);
  if (!meeting.ok) return meeting;
  await change(tx, session, { ...columnsOf(input), calendar_sequence: session.calendarSequence + 1 }, at);
  const times = { startsAt: input.startsAt.toString(), from: session.startsAt.toString() };
  await tell(tx, principal, session.id, 'session-moved', times, at);
  return done(await reread(tx, session));
}

export type CancelRefusal = 'not-found' | ChangeRefusal;

/** Calls a meeting off, with a reason that both sides read. */
export async function cancelSession(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly sessionId: SessionId; readonly reason: string },
  at: Moment,
): Promise<Result<SessionView, CancelRefusal>> {
  const session = await lockSession(tx, input.sessionId);
  if (session === undefined || !mayArrange(principal, session)) return refused('not-found');
  const cancellable = checkCancellable(session, isTeamOrSystem(principal));
  if (!cancellable.ok) return cancellable;
  await change(tx, session, { state: 'cancelled', calendar_sequence: session.calendarSequence + 1 }, at);
  await tell(tx, principal, session.id, 'session-cancelled', { reason: input.reason }, at);
  return done(await reread(tx, session));
}

export type ConfirmRefusal = 'not-found' | 'not-allowed' | 'year-closed' | StatementRefusal;

/**
 * One side says what was given. When both have said the same, the session is confirmed and booked in this very transaction.
 * The team may not speak for a side (`not-allowed`), nor one person for both (`same-person`, IK-05).
 */
export async function confirmSession(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly sessionId: SessionId; readonly side: Side; readonly amount: bigint },
  at: Moment,
): Promise<Result<{ readonly session: SessionView; readonly outcome: Stated['outcome'] }, ConfirmRefusal>> {
  const session = await lockSession(tx, input.sessionId);
  if (session === undefined || !maySeeSession(principal, session)) return refused('not-found');
  if (!mayState(principal, session, input.side)) return refused('not-allowed');
  const stated = stateGiven(session, input.side, {
    amount: input.amount,
    by: personOf(principal),
    at: at.now,
  });
  if (!stated.ok) return stated;
  const { outcome } = stated.value;
  if (outcome === 'unchanged') return done({ session, outcome });
  const booked = outcome === 'agreed' ? await book(tx, principal, session, input.amount, at) : done(null);
  if (!booked.ok) return booked;
  const entryId = booked.value;
  await change(
    tx,
    session,
    {
      ...statementColumns(stated.value.session),
      state: stated.value.session.state,
      entry_id: entryId,
    },
    at,
  );
  const said = { side: input.side, amount: Number(input.amount) };
  if (outcome === 'agreed') {
    await tell(tx, principal, session.id, 'session-confirmed', { ...said, entryId }, at);
    await settleNeed(tx, session, at);
  } else {
    await tell(tx, principal, session.id, 'session-stated', said, at);
  }
  return done({ session: await reread(tx, session), outcome });
}

export type CorrectRefusal = 'not-found' | 'not-allowed' | 'not-confirmed' | 'year-closed';

/** Takes back a confirmed session: its entry is reversed, and both sides state again. The team, with a reason. */
export async function correctSession(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly sessionId: SessionId; readonly reason: string },
  at: Moment,
): Promise<Result<SessionView, CorrectRefusal>> {
  const session = await lockSession(tx, input.sessionId);
  if (session === undefined || !maySeeSession(principal, session)) return refused('not-found');
  if (!mayCorrect(principal)) return refused('not-allowed');
  const corrected = correct(session);
  if (!corrected.ok) return corrected;
  if (session.entryId !== null) {
    const { zone } = await territoryOf(tx);
    const reversed = await reverseEntry(
      tx,
      { entryId: session.entryId, author: personOf(principal), memo: input.reason, today: dayIn(zone, at.now) },
      at,
    );
    if (!reversed.ok && reversed.reason === 'year-closed') return refused('year-closed');
    assert(reversed.ok, 'the entry of a confirmed session stands');
  }
  await change(tx, session, { ...statementColumns(corrected.value), state: 'planned', entry_id: null }, at);
  const amount = Number(session.giver?.amount ?? 0n);
  await tell(
    tx,
    principal,
    session.id,
    'session-corrected',
    { reason: input.reason, amount, entryId: session.entryId },
    at,
  );
  return done(await reread(tx, session));
}

/** Books what both sides stated; nothing for zero. The giver's account is the source, its agreement names the programme. */
async function book(
  tx: TerritoryTransaction,
  principal: Principal,
  session: SessionView,
  amount: bigint,
  at: Moment,
): Promise<Result<EntryId | null, 'year-closed'>> {
  if (amount === 0n) return done(null);
  const { zone } = await territoryOf(tx);
  const occurredOn = dayIn(zone, session.startsAt);
  const agreement = await agreementOn(tx, session.giverId, occurredOn);
  const posted = await postEntry(
    tx,
    {
      key: bookingKey(session.id, await countEntriesOfCause(tx, 'session', session.id)),
      occurredOn,
      ...(agreement?.programme ? { programme: agreement.programme } : {}),
      cause: { kind: 'session', id: session.id },
      author: personOf(principal),
      memo: '',
      transfers: [
        {
          debit: receivedBy(session.receiverId),
          credit: givenBy(session.giverId),
          unit: ledgerUnitOf(session.unit),
          amount,
        },
      ],
    },
    at,
  );
  if (!posted.ok && posted.reason === 'year-closed') return refused('year-closed');
  assert(posted.ok, 'the key of a booking is free while its session is locked');
  return done(posted.value.id);
}

function dayIn(zone: string, instant: Temporal.Instant): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(zone).toPlainDate();
}

/** The need is met once it was given in full. */
async function settleNeed(tx: TerritoryTransaction, session: SessionView, at: Moment): Promise<void> {
  const { needId, unit } = session;
  const { halfDayMinutes } = await territoryOf(tx);
  // Another session of the same need may be booked at this moment: whoever comes second counts both.
  await tx
    .selectFrom('needs')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', needId)
    .forUpdate()
    .execute();
  const booked = await bookedForNeed(tx, needId);
  await markNeedMet(tx, { needId, delivered: deliveredUnits(unit, booked, halfDayMinutes) }, at);
}

async function territoryOf(
  tx: TerritoryTransaction,
): Promise<{ readonly zone: string; readonly halfDayMinutes: number }> {
  const row = await tx
    .selectFrom('territories')
    .select(['zone', 'half_day_minutes'])
    .where('id', '=', tx.territoryId)
    .executeTakeFirstOrThrow();
  return { zone: row.zone, halfDayMinutes: row.half_day_minutes };
}

async function change(
  tx: TerritoryTransaction,
  session: Session,
  columns: Updateable<SessionsTable>,
  at: Moment,
): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ ...columns, updated_at: at.now, version: session.version + 1 })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', session.id)
    .execute();
}

async function tell<Kind extends SessionEventKind>(
  tx: TerritoryTransaction,
  principal: Principal,
  id: SessionId,
  kind: Kind,
  payload: SessionEventPayloads[Kind],
  at: Moment,
): Promise<void> {
  await appendEvent(tx, principal, { kind, subjectId: id, payload }, at);
}

async function reread(tx: TerritoryTransaction, session: Session): Promise<SessionView> {
  return present(await lockSession(tx, session.id), 'the session just changed');
}

function columnsOf({ startsAt, durationMinutes, place, link }: Meeting) {
  return { starts_at: startsAt, duration_minutes: durationMinutes, place, link };
}

function statementColumns({ giver, receiver }: Session) {
  return {
    giver_amount: giver?.amount ?? null,
    giver_confirmed_by: giver?.by ?? null,
    giver_confirmed_at: giver?.at ?? null,
    receiver_amount: receiver?.amount ?? null,
    receiver_confirmed_by: receiver?.by ?? null,
    receiver_confirmed_at: receiver?.at ?? null,
  };
}
