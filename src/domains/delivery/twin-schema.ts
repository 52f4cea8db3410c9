/** What programs read of sessions, of the week and of an organisation's account. */
import { z } from 'zod';
import { bigWhole, day, id, links, moment } from '../../platform/web/twin.ts';
import { RECEIVER_KINDS } from '../alliance/in-kind.ts';
import { VALUATION_METHODS } from '../alliance/valuation.ts';
import { reasonForm, statementForm } from './schema.ts';
import { happened, organisationSummary } from '../territory/twin-schema.ts';

const whole = z.number().int();
const statement = z.object({ amount: bigWhole, at: moment });

export const sessionTwinItem = z.object({
  id,
  startsAt: moment,
  durationMinutes: whole,
  place: z.string(),
  link: z.string(),
  state: z.enum(['planned', 'confirmed', 'cancelled']),
  version: whole,
  entryId: id.nullable(),
  matchId: id,
  quantity: whole,
  unit: z.string(),
  needId: id,
  needTitle: z.string(),
  offerId: id,
  offerTitle: z.string(),
  giverId: id,
  giverName: z.string(),
  giverSlug: z.string(),
  receiverId: id,
  receiverName: z.string(),
  receiverSlug: z.string(),
  kindLabelFr: z.string(),
  kindLabelEn: z.string(),
});

export const sessionsTwin = z.object({
  phase: z.string(),
  counts: z.record(z.string(), whole),
  sessions: z.array(sessionTwinItem),
  links,
});

export const sessionTwin = z.object({
  session: sessionTwinItem.extend({ giver: statement.nullable(), receiver: statement.nullable() }),
  history: happened,
});

const top = <Row extends z.ZodRawShape>(row: Row) => z.object({ rows: z.array(z.object(row)), total: whole });

export const weekTwin = z.object({
  week: z.object({ monday: day }),
  sessions: z.array(sessionTwinItem),
  answers: top({
    matchId: id,
    needTitle: z.string(),
    giverName: z.string(),
    receiverName: z.string(),
    since: moment,
    awaits: z.string(),
  }),
  alone: top({
    needId: id,
    title: z.string(),
    organisationName: z.string(),
    statedAt: moment,
    neededBy: day.nullable(),
    urgency: whole,
  }),
  late: top({
    sessionId: id,
    startsAt: moment,
    needTitle: z.string(),
    giverName: z.string(),
    receiverName: z.string(),
    awaits: z.string(),
  }),
  runs: z.array(
    z.object({
      runId: id,
      number: whole,
      roundId: id,
      roundNumber: whole,
      roundTitle: z.string(),
      state: z.string(),
      createdAt: moment,
    }),
  ),
});

const kindTotal = z.object({
  kindCode: z.string(),
  labelFr: z.string(),
  labelEn: z.string(),
  unit: z.string(),
  stated: bigWhole,
  matched: bigWhole,
  booked: bigWhole,
});

export const organisationAccountTwin = z.object({
  organisation: organisationSummary,
  year: whole,
  given: z.array(kindTotal),
  received: z.array(kindTotal),
  bookings: z.array(
    z.object({
      sessionId: id,
      entryId: id,
      occurredOn: day,
      unit: z.string(),
      amount: bigWhole,
      giverName: z.string(),
      giverSlug: z.string(),
      receiverName: z.string(),
      receiverSlug: z.string(),
      kindCode: z.string(),
    }),
  ),
  links,
});

/** What each side says was given (in the unit of the session), and why it is called off or corrected. */
export const SESSION_BODIES = {
  giver: statementForm('minute', 'giver'),
  receiver: statementForm('minute', 'receiver'),
  cancel: reasonForm('cancel'),
  correct: reasonForm('correct'),
} as const;

const valuation = z.object({
  method: z.enum(VALUATION_METHODS),
  valuedOn: day,
  valueCents: bigWhole,
  marketCents: bigWhole,
  paidCents: bigWhole,
  publicSharePerMillion: bigWhole,
  receiver: z.enum(RECEIVER_KINDS),
  evidence: z.string(),
});

const valuedBooking = z.object({
  sessionId: id,
  entryId: id,
  occurredOn: day,
  unit: z.string(),
  amount: bigWhole,
  giverId: id,
  giverName: z.string(),
  receiverId: id,
  receiverName: z.string(),
  kindCode: z.string(),
  offerId: id,
  receiverKind: z.enum(RECEIVER_KINDS),
  /** The one that counts; null when nobody valued it yet. */
  valuation: valuation.nullable(),
});

/** What was given in kind in a year, and four readings of what it is worth, in cents. */
export const valuationsTwin = z.object({
  year: whole,
  sums: z.object({
    valued: whole,
    unvalued: whole,
    accountsCents: bigWhole,
    sponsorshipCents: bigWhole,
    erdfCents: bigWhole,
    aidCents: bigWhole,
  }),
  bookings: z.array(valuedBooking),
  links,
});

export const valuationTwin = z.object({
  booking: valuedBooking,
  valuations: z.array(valuation.extend({ id, by: z.string().nullable(), recordedAt: moment })),
  suggested: valuation.optional(),
});
