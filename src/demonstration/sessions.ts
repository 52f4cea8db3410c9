/** Meetings of the demonstration: planned, held, stated by both sides and booked, up to this week and the next. */
import { confirmSession, planSession } from '../domains/delivery/commands.server.ts';
import { ledgerAmount } from '../lib/quantity.ts';
import type { SeededRandom } from '../lib/seeded-random.ts';
import type { TerritoryTransaction } from '../platform/postgres/database.ts';
import { momentOn, workingDay, type DemonstrationCalendar } from './calendar.ts';
import { MEETING_PLACES } from './content/requests.ts';
import type { MadeDirectory } from './directory.ts';
import { must, personFor, type MadeMatch } from './rounds.ts';

const HALF_DAY_MINUTES = 210;
const UNITS_A_MEETING = 2;

interface Meeting {
  readonly day: Temporal.PlainDate;
  readonly units: number;
}

export async function holdSessions(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  matches: readonly MadeMatch[],
  quarter: 1 | 2,
  random: SeededRandom,
): Promise<void> {
  for (const [place, match] of matches.entries()) {
    for (const meeting of meetingsOf(match, place, calendar, quarter, random)) {
      await holdSession(tx, directory, calendar, match, meeting, random);
    }
  }
}

/** One meeting three days ago that neither side has stated yet, and one to come. */
export async function meetPersonas(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  match: MadeMatch,
  random: SeededRandom,
): Promise<void> {
  const organiser = personFor(directory, match.giverId);
  const at = { now: calendar.now.subtract({ hours: 24 * 10 }), fillRandom: random.fill };
  const last = calendar.today.subtract({ days: calendar.today.dayOfWeek === 1 ? 3 : 1 });
  for (const [day, hour] of [
    [last, 9],
    [workingDay(calendar.today.add({ days: 4 })), 14],
  ] as const) {
    const meeting = {
      matchId: match.id,
      startsAt: momentOn(calendar, day, hour),
      durationMinutes: HALF_DAY_MINUTES,
      place: MEETING_PLACES[2],
      link: '',
    };
    must(await planSession(tx, organiser, meeting, at));
  }
}

/** Days of use are one stay; half-days and introductions are met by ones and twos. The last matches meet these days. */
function meetingsOf(
  match: MadeMatch,
  place: number,
  calendar: DemonstrationCalendar,
  quarter: 1 | 2,
  random: SeededRandom,
): Meeting[] {
  const isStay = match.unit === 'desk-day' || match.unit === 'test-ground-day';
  const size = isStay ? match.quantity : UNITS_A_MEETING;
  const count = Math.ceil(match.quantity / size);
  const first = firstDayOf(place, calendar, quarter, random);
  return Array.from({ length: count }, (_, turn) => ({
    day: workingDay(first.add({ days: turn * 12 })),
    units: Math.min(size, match.quantity - turn * size),
  }));
}

/** Most matches meet in their quarter; of the latest round, a quarter meets these days and a quarter in the weeks before. */
function firstDayOf(
  place: number,
  calendar: DemonstrationCalendar,
  quarter: 1 | 2,
  random: SeededRandom,
): Temporal.PlainDate {
  if (quarter === 1 && place % 4 === 0) return calendar.today.add({ days: (place % 12) - 2 });
  if (quarter === 1 && place % 4 === 1) return calendar.today.subtract({ days: 9 + random.whole(40) });
  return calendar.quarters[quarter].add({ days: 22 + random.whole(30) });
}

async function holdSession(
  tx: TerritoryTransaction,
  directory: MadeDirectory,
  calendar: DemonstrationCalendar,
  match: MadeMatch,
  { day, units }: Meeting,
  random: SeededRandom,
): Promise<void> {
  const giver = personFor(directory, match.giverId);
  const receiver = personFor(directory, match.receiverId);
  const startsAt = momentOn(calendar, day, random.pick([9, 10, 14, 15]), random.pick([0, 30]));
  const amount = ledgerAmount(match.unit, units, HALF_DAY_MINUTES);
  const durationMinutes = match.unit === 'half-day' ? Number(amount) : match.unit === 'introduction' ? 60 : 420;
  const plannedAt = earlier(startsAt.subtract({ hours: 24 * 9 }), calendar.now.subtract({ hours: 3 }));
  const place = random.pick(MEETING_PLACES);
  const meeting = {
    matchId: match.id,
    startsAt,
    durationMinutes,
    place,
    link: place === 'En visioconférence' ? 'https://visio.terreau.example/salle' : '',
  };
  const session = must(
    await planSession(tx, random.chance(0.5) ? giver : receiver, meeting, { now: plannedAt, fillRandom: random.fill }),
  );
  const endsAt = startsAt.add({ minutes: durationMinutes });
  const stateAt = (hours: number) => ({ now: endsAt.add({ hours }), fillRandom: random.fill });
  // What ended in the last three days is not stated by both sides yet.
  if (isAfter(endsAt.add({ hours: 2 }), calendar.now)) return;
  must(await confirmSession(tx, giver, { sessionId: session.id, side: 'giver', amount }, stateAt(2)));
  if (isAfter(endsAt.add({ hours: 72 }), calendar.now)) return;
  if (random.chance(0.04)) return;
  must(await confirmSession(tx, receiver, { sessionId: session.id, side: 'receiver', amount }, stateAt(26)));
}

function isAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0;
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return isAfter(one, other) ? other : one;
}
