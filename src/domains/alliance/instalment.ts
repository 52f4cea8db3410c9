/**
 * An instalment: what is to be paid on a day, whether it was called, and what was paid of it.
 *
 * Must always hold: nothing is paid of what was not called, and never more than its amount; a call can be taken back
 * only while nothing was paid; nothing is awaited of what was only planned.
 */
import { done, refused, type Result } from '../../lib/result.ts';

export type InstalmentState = 'planned' | 'called' | 'withdrawn';

/** What the state, the payments and the day say together. */
export const STANDINGS = ['planned', 'to-call', 'due', 'overdue', 'paid', 'withdrawn'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface InstalmentFacts {
  readonly state: InstalmentState;
  readonly dueOn: Temporal.PlainDate;
  readonly amountCents: bigint;
  /** Payments, those reversed left out. */
  readonly paidCents: bigint;
}

/** An instalment is called at the latest this long before its day. */
export const CALL_AHEAD_DAYS = 30;

export function standingOf(facts: InstalmentFacts, today: Temporal.PlainDate): Standing {
  const compare = Temporal.PlainDate.compare;
  if (facts.state === 'withdrawn') return 'withdrawn';
  if (facts.state === 'planned')
    return compare(facts.dueOn, today.add({ days: CALL_AHEAD_DAYS })) <= 0 ? 'to-call' : 'planned';
  if (facts.paidCents >= facts.amountCents) return 'paid';
  return compare(facts.dueOn, today) < 0 ? 'overdue' : 'due';
}

/** What is still awaited: nothing of what was not called. */
export function awaitedCents({ state, amountCents, paidCents }: InstalmentFacts): bigint {
  return state === 'called' ? amountCents - paidCents : 0n;
}

export type CallRefusal = 'not-signed' | 'already-called' | 'withdrawn' | 'day-in-future';

export function checkCall(
  facts: Pick<InstalmentFacts, 'state'> & { readonly isDraft: boolean },
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
): Result<void, CallRefusal> {
  if (facts.isDraft) return refused('not-signed');
  if (facts.state === 'called') return refused('already-called');
  if (facts.state === 'withdrawn') return refused('withdrawn');
  return isLater(day, today) ? refused('day-in-future') : done(undefined);
}

export type PaymentRefusal = 'not-called' | 'already-paid' | 'more-than-due' | 'day-in-future';

export function checkPayment(
  facts: InstalmentFacts,
  payment: { readonly amountCents: bigint; readonly paidOn: Temporal.PlainDate },
  today: Temporal.PlainDate,
): Result<void, PaymentRefusal> {
  if (facts.state !== 'called') return refused('not-called');
  const awaited = awaitedCents(facts);
  if (awaited === 0n) return refused('already-paid');
  if (payment.amountCents > awaited) return refused('more-than-due', { cents: String(awaited) });
  return isLater(payment.paidOn, today) ? refused('day-in-future') : done(undefined);
}

export type CancelCallRefusal = 'not-called' | 'partly-paid';

export function checkCancelCall(facts: InstalmentFacts): Result<void, CancelCallRefusal> {
  if (facts.state !== 'called') return refused('not-called');
  return facts.paidCents > 0n ? refused('partly-paid') : done(undefined);
}

function isLater(day: Temporal.PlainDate, than: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(day, than) > 0;
}
