import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ensureId, type OrganisationId, type PersonId } from '../../lib/ids.ts';
import { ROLES, type PersonPrincipal, type Principal } from '../territory/principal.ts';
import {
  isTeamOrSystem,
  mayArrange,
  mayCorrect,
  mayListSessions,
  maySeeSession,
  maySeeWeek,
  mayState,
} from './policy.ts';
import { recipientsOf } from './recipients.ts';
import { meetingForm, readTime, statementForm } from './schema.ts';
import {
  bookingKey,
  checkCancellable,
  checkMeeting,
  checkMovable,
  correct,
  deliveredUnits,
  momentOf,
  phaseOf,
  stateGiven,
  type Session,
  type Side,
} from './session.ts';

const NOW = Temporal.Instant.from('2026-11-23T08:00:00Z');
const PLANNED: Session = {
  id: ensureId('01900000-0000-7000-8000-00000000000b'),
  matchId: ensureId('01900000-0000-7000-8000-00000000000c'),
  startsAt: NOW.subtract({ hours: 2 }),
  durationMinutes: 210,
  place: 'Le Bivouac',
  link: '',
  state: 'planned',
  calendarSequence: 0,
  giver: null,
  receiver: null,
  entryId: null,
  createdBy: null,
  version: 1,
};
const person = (digit: string): PersonId => ensureId(`01900000-0000-7000-8000-00000000001${digit}`);
const [ANNE, BRUNO] = [person('1'), person('2')];
const say = (amount: bigint, by: PersonId | null = ANNE, at = NOW) => ({ amount, by, at });

test('a session is confirmed exactly when both sides say the same', () => {
  const first = stateGiven(PLANNED, 'giver', say(210n));
  assert.ok(first.ok && first.value.outcome === 'waits' && first.value.session.state === 'planned');
  const other = stateGiven(first.value.session, 'receiver', say(180n, BRUNO));
  assert.ok(other.ok && other.value.outcome === 'differs' && other.value.session.state === 'planned');
  const agreed = stateGiven(other.value.session, 'receiver', say(210n, BRUNO));
  assert.ok(agreed.ok && agreed.value.outcome === 'agreed' && agreed.value.session.state === 'confirmed');
});

test('whatever is said in whatever order, confirmed means equal statements by two people', () => {
  const words = fc.record({
    side: fc.constantFrom<Side>('giver', 'receiver'),
    amount: fc.bigInt({ min: 0n, max: 3n }),
    by: fc.constantFrom(ANNE, BRUNO, person('3')),
  });
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), (list) => {
      let session = PLANNED;
      for (const { side, amount, by } of list) {
        const answer = stateGiven(session, side, say(amount, by));
        if (answer.ok) session = answer.value.session;
      }
      const isAgreed =
        session.giver !== null && session.receiver !== null && session.giver.amount === session.receiver.amount;
      assert.equal(session.state, isAgreed ? 'confirmed' : 'planned');
      if (session.giver !== null && session.receiver !== null) assert.notEqual(session.giver.by, session.receiver.by);
    }),
  );
});

test('IK-05: the one who declared is not the one who approves', () => {
  const first = stateGiven(PLANNED, 'giver', say(210n));
  assert.ok(first.ok);
  assert.deepEqual(stateGiven(first.value.session, 'receiver', say(210n)), { ok: false, reason: 'same-person' });
});

test('nothing is said before the meeting, after a cancellation, or against a booking; the same again changes nothing', () => {
  const refusal = (session: Session, amount = 210n) => stateGiven(session, 'giver', say(amount));
  assert.deepEqual(refusal({ ...PLANNED, startsAt: NOW.add({ seconds: 1 }) }), { ok: false, reason: 'not-yet-held' });
  assert.deepEqual(refusal({ ...PLANNED, state: 'cancelled' }), { ok: false, reason: 'already-cancelled' });
  const confirmed: Session = { ...PLANNED, state: 'confirmed', giver: say(210n), receiver: say(210n, BRUNO) };
  assert.deepEqual(refusal(confirmed, 200n), { ok: false, reason: 'already-confirmed' });
  assert.deepEqual(refusal(confirmed), { ok: true, value: { session: confirmed, outcome: 'unchanged' } });
  const stated: Session = { ...PLANNED, giver: say(210n) };
  assert.deepEqual(refusal(stated), { ok: true, value: { session: stated, outcome: 'unchanged' } });
});

test('a meeting moves until somebody stated it; the team still cancels then', () => {
  const stated: Session = { ...PLANNED, giver: say(210n) };
  assert.equal(checkMovable(PLANNED).ok, true);
  assert.deepEqual(checkMovable(stated), { ok: false, reason: 'already-stated' });
  assert.deepEqual(checkCancellable(stated, false), { ok: false, reason: 'already-stated' });
  assert.equal(checkCancellable(stated, true).ok, true);
  assert.deepEqual(checkCancellable({ ...stated, state: 'confirmed' }, true), {
    ok: false,
    reason: 'already-confirmed',
  });
  assert.deepEqual(checkMovable({ ...PLANNED, state: 'cancelled' }), { ok: false, reason: 'already-cancelled' });
});

test('a correction asks both sides again; what was never confirmed is not corrected', () => {
  const confirmed: Session = {
    ...PLANNED,
    state: 'confirmed',
    giver: say(210n),
    receiver: say(210n, BRUNO),
    entryId: ensureId('01900000-0000-7000-8000-00000000000e'),
  };
  assert.deepEqual(correct(confirmed), { ok: true, value: PLANNED });
  assert.deepEqual(correct(PLANNED), { ok: false, reason: 'not-confirmed' });
  assert.deepEqual(
    [bookingKey(PLANNED.id, 0), bookingKey(PLANNED.id, 1)],
    [`session:${PLANNED.id}`, `session:${PLANNED.id}:2`],
  );
});

test('a meeting lies within two years ahead and four hundred days back', () => {
  const at = (hours: number) => checkMeeting({ ...PLANNED, startsAt: NOW.add({ hours }) }, NOW);
  assert.equal(at(730 * 24).ok, true);
  assert.deepEqual(at(730 * 24 + 1), { ok: false, reason: 'too-far-ahead' });
  assert.equal(at(-400 * 24).ok, true);
  assert.deepEqual(at(-400 * 24 - 1), { ok: false, reason: 'too-long-ago' });
});

test('an hour that the change to summer time skips is no moment; one that comes twice is the first', () => {
  const at = (day: string, time: string) =>
    momentOf(Temporal.PlainDate.from(day), Temporal.PlainTime.from(time), 'Europe/Paris')?.toString();
  assert.equal(at('2027-03-28', '02:30'), undefined);
  assert.equal(at('2027-10-31', '02:30'), '2027-10-31T00:30:00Z');
  assert.equal(at('2027-03-28', '03:00'), '2027-03-28T01:00:00Z');
});

test('a planned session is ahead until its hour', () => {
  assert.equal(phaseOf({ state: 'planned', startsAt: NOW.add({ seconds: 1 }) }, NOW), 'upcoming');
  assert.equal(phaseOf({ state: 'planned', startsAt: NOW }, NOW), 'to-confirm');
  assert.equal(phaseOf({ state: 'cancelled', startsAt: NOW }, NOW), 'cancelled');
});

test('what was booked counts for a need in its own units, to the nearest', () => {
  assert.deepEqual(
    [
      deliveredUnits('half-day', 210n, 210),
      deliveredUnits('half-day', 104n, 210),
      deliveredUnits('half-day', 105n, 210),
      deliveredUnits('introduction', 3n, 210),
    ],
    [1, 0, 1, 3],
  );
});

test('hours of the day are read as people write them', () => {
  const read = (text: string) => readTime(text)?.toString({ smallestUnit: 'minute' });
  for (const text of ['14:30', '14 h 30', '14h30', '14\u202fh\u202f30', '14.30', '2:30 pm'])
    assert.equal(read(text), '14:30', text);
  assert.deepEqual(
    [read('9h'), read('9'), read('0:05'), read('12 am'), read('12 pm')],
    ['09:00', '09:00', '00:05', '00:00', '12:00'],
  );
  for (const text of ['', '24:00', '14:60', '14h5x', '13 pm', '-1', '14 30', 'midi'])
    assert.equal(read(text), undefined, text);
});

const MEETING = {
  day: '12 mars 2027',
  time: '14 h 30',
  duration: '3 h 30',
  place: 'Le Bivouac',
  link: '',
  version: '1',
};

test('a meeting is read from its form, with its place or its link', () => {
  const read = meetingForm.parse(MEETING);
  assert.deepEqual([read.day.toString(), read.time.hour, read.duration, read.version], ['2027-03-12', 14, 210, 1]);
  assert.equal(
    meetingForm.parse({ ...MEETING, place: '', link: 'https://visio.example.fr/x' }).link,
    'https://visio.example.fr/x',
  );
});

test('a wrong field of a meeting is named', () => {
  const wrong = (changes: object) => {
    const result = meetingForm.safeParse({ ...MEETING, ...changes });
    return result.success
      ? undefined
      : result.error.issues.map(({ path, message }) => `${path.join()} ${message}`).join('; ');
  };
  assert.equal(wrong({ day: '31 février 2027' }), 'day not-a-date');
  assert.equal(wrong({ time: 'midi' }), 'time not-a-time');
  assert.equal(wrong({ duration: '' }), 'duration required');
  assert.equal(wrong({ duration: '2 min' }), 'duration not-hours');
  assert.equal(wrong({ duration: '200 h' }), 'duration hours-too-long');
  assert.equal(wrong({ place: '' }), 'place place-or-link');
  assert.equal(wrong({ link: 'http://visio.example.fr' }), 'link not-a-link');
  assert.equal(wrong({ link: 'javascript:alert(1)' }), 'link not-a-link');
  assert.equal(wrong({ place: 'a\u0000b' }), 'place control-characters');
});

test('what was given is read in hours for half-days and in units otherwise, zero included', () => {
  const hours = statementForm('minute', 'giver');
  assert.deepEqual(
    [hours.parse({ giver: '3 h 30' }), hours.parse({ giver: '3.5 h' }), hours.parse({ giver: '0' })],
    [210n, 210n, 0n],
  );
  assert.equal(hours.safeParse({ giver: '241 h' }).success, false);
  assert.equal(hours.safeParse({ receiver: '3 h' }).success, false);
  assert.equal(statementForm('introduction', 'receiver').parse({ receiver: '2' }), 2n);
  assert.equal(statementForm('introduction', 'receiver').safeParse({ receiver: '1,5' }).success, false);
});

const GIVER = ensureId<'organisation'>('01900000-0000-7000-8000-0000000000a1');
const RECEIVER = ensureId<'organisation'>('01900000-0000-7000-8000-0000000000a2');
const SIDES = { giverId: GIVER, receiverId: RECEIVER };
const member = (...organisations: OrganisationId[]): PersonPrincipal => ({
  kind: 'person',
  personId: ANNE,
  name: 'Anne',
  email: 'a@b.fr',
  locale: 'fr',
  roles: new Set(),
  memberships: new Map(organisations.map((id) => [id, 'member'])),
});
const role = (name: (typeof ROLES)[number]): PersonPrincipal => ({ ...member(), roles: new Set([name]) });

test('golden table: who may do what with a session', () => {
  const asks: readonly (readonly [string, Principal])[] = [
    ['anonymous', { kind: 'anonymous' }],
    ...ROLES.map((name) => [name, role(name)] as const),
    ['member of neither', member(ensureId('01900000-0000-7000-8000-0000000000a3'))],
    ['member of giver', member(GIVER)],
    ['member of receiver', member(RECEIVER)],
    ['member of both', member(GIVER, RECEIVER)],
    ['system', { kind: 'system', job: 'demonstration' }],
  ];
  const mark = (allowed: boolean) => (allowed ? 'x' : '.');
  const table = asks.map(([name, principal]) => {
    const marks = [
      maySeeSession(principal, SIDES),
      mayArrange(principal, SIDES),
      mayState(principal, SIDES, 'giver'),
      mayState(principal, SIDES, 'receiver'),
      mayCorrect(principal),
      mayListSessions(principal),
      maySeeWeek(principal),
    ];
    return `${name.padEnd(18)} ${marks.map(mark).join(' ')}`;
  });
  assert.deepEqual(table, [
    //                  see arrange giver receiver correct list week
    'anonymous          . . . . . . .',
    'administrator      x x . . x x x',
    'programme-team     x x . . x x x',
    'expert             . . . . . x .',
    'funder             . . . . . x .',
    'committee-member   . . . . . x .',
    'member of neither  . . . . . x .',
    'member of giver    x x x . . x .',
    'member of receiver x x . x . x .',
    'member of both     x x x x . x .',
    'system             x x . . . x x',
  ]);
  assert.equal(isTeamOrSystem({ kind: 'anonymous' }), false);
});

test('mails go to those involved, else to managers, else to all; never twice, never without an address', () => {
  const someone = (personId: string, changes: Partial<Parameters<typeof recipientsOf>[0][number]> = {}) => ({
    personId,
    email: `${personId}@b.fr`,
    side: 'giver' as Side,
    isManager: false,
    isInvolved: false,
    ...changes,
  });
  const names = (...people: ReturnType<typeof someone>[]) => recipientsOf(people).map(({ personId }) => personId);
  assert.deepEqual(names(someone('a', { isInvolved: true }), someone('b', { isManager: true })), ['a']);
  assert.deepEqual(
    names(someone('a', { isInvolved: true, email: null }), someone('b', { isManager: true }), someone('c')),
    ['b'],
  );
  assert.deepEqual(names(someone('a'), someone('b')), ['a', 'b']);
  assert.deepEqual(names(someone('a'), someone('a', { side: 'receiver' }), someone('b', { side: 'receiver' })), [
    'a',
    'b',
  ]);
  assert.deepEqual(
    recipientsOf([someone('a'), someone('b', { side: 'receiver' })], ['receiver']).map(({ personId }) => personId),
    ['b'],
  );
});
