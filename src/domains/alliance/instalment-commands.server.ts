/**
 * The only place that calls instalments and books what was paid of them, each with its entry in the books.
 *
 * Must always hold: an instalment is locked before it is judged, so that two people who call or book at once do not do
 * it twice; a refusal of the books (a fiscal year that is closed) leaves the instalment as it was.
 */
import { newId, type Id } from '../../lib/ids.ts';
import { present } from '../../lib/assert.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { BANK } from '../ledger/account.ts';
import { postEntry, reverseEntry } from '../ledger/commands.server.ts';
import type { EntryDraft } from '../ledger/entry.ts';
import type { Moment } from '../territory/events.server.ts';
import { personOf, type Principal } from '../territory/principal.ts';
import { cashAccounts, type InstalmentId } from './agreement.ts';
import { appendFact } from './facts.server.ts';
import {
  checkCall,
  checkCancelCall,
  checkPayment,
  type CallRefusal,
  type CancelCallRefusal,
  type PaymentRefusal,
} from './instalment.ts';
import { mayKeepMoney } from './policy.ts';

export type PaymentId = Id<'payment'>;
type Always = 'not-allowed' | 'not-found' | 'year-closed';

export interface InstalmentAct {
  readonly id: InstalmentId;
  readonly today: Temporal.PlainDate;
}

/** Asks for the money: from here on the books await it. */
export async function callInstalment(
  tx: TerritoryTransaction,
  principal: Principal,
  input: InstalmentAct & { readonly calledOn: Temporal.PlainDate },
  at: Moment,
): Promise<Result<void, CallRefusal | Always>> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  const known = await lockInstalment(tx, input.id);
  if (known === undefined) return refused('not-found');
  const callable = checkCall(known, input.calledOn, input.today);
  if (!callable.ok) return callable;
  const { due, income } = cashAccounts(known.kind, known.organisationId);
  const posted = await book(
    tx,
    known,
    {
      key: `instalment:${input.id}:${known.callCount + 1}`,
      occurredOn: input.calledOn,
      cause: { kind: 'instalment', id: input.id },
      author: personOf(principal),
      memo: memoOf('Appel', known),
      transfers: [{ debit: due, credit: income, unit: 'eur-cent', amount: known.amountCents }],
    },
    at,
  );
  if (!posted.ok) return posted;
  await tx
    .updateTable('instalments')
    .set({
      state: 'called',
      called_on: input.calledOn,
      call_entry_id: posted.value,
      call_count: known.callCount + 1,
    })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', input.id)
    .execute();
  await appendInstalmentFact(tx, principal, known, { kind: 'instalment-called', day: input.calledOn }, at);
  return done(undefined);
}

/** Takes a call back while nothing was paid: it is planned again. */
export async function cancelCall(
  tx: TerritoryTransaction,
  principal: Principal,
  input: InstalmentAct & { readonly reason: string },
  at: Moment,
): Promise<Result<void, CancelCallRefusal | Always>> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  const known = await lockInstalment(tx, input.id);
  if (known === undefined) return refused('not-found');
  const cancellable = checkCancelCall(known);
  if (!cancellable.ok) return cancellable;
  const entryId = present(known.callEntryId, 'the entry of a call');
  const undone = await undo(tx, principal, { entryId, reason: input.reason, today: input.today }, at);
  if (!undone.ok) return undone;
  // A text that was replaced or ended meanwhile asks for nothing more.
  await tx
    .updateTable('instalments')
    .set({
      state: known.isInForce ? 'planned' : 'withdrawn',
      called_on: null,
      call_entry_id: null,
      reminded_on: null,
      reminders: 0,
    })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', input.id)
    .execute();
  const fact = { kind: 'instalment-call-cancelled', day: input.today, reason: input.reason } as const;
  await appendInstalmentFact(tx, principal, known, fact, at);
  return done(undefined);
}

/** Notes that the organisation was asked again. */
export async function remindInstalment(
  tx: TerritoryTransaction,
  principal: Principal,
  input: InstalmentAct,
  at: Moment,
): Promise<
  Result<{ reminders: number }, 'not-allowed' | 'not-found' | 'not-called' | 'already-paid' | 'reminded-today'>
> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  const known = await lockInstalment(tx, input.id);
  if (known === undefined) return refused('not-found');
  if (known.state !== 'called') return refused('not-called');
  if (known.paidCents >= known.amountCents) return refused('already-paid');
  if (known.remindedOn?.equals(input.today) === true) return refused('reminded-today');
  const reminders = known.reminders + 1;
  await tx
    .updateTable('instalments')
    .set({ reminded_on: input.today, reminders })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', input.id)
    .execute();
  await appendInstalmentFact(tx, principal, known, { kind: 'instalment-reminded', day: input.today }, at);
  return done({ reminders });
}

export interface PaymentInput extends InstalmentAct {
  readonly paidOn: Temporal.PlainDate;
  readonly amountCents: bigint;
  readonly note: string;
  /** The key of its entry, where what it comes from has one of its own; else the payment's. */
  readonly key?: string;
}

/** Books what came to the bank, whole or in part. */
export async function receivePayment(
  tx: TerritoryTransaction,
  principal: Principal,
  input: PaymentInput,
  at: Moment,
): Promise<Result<{ id: PaymentId }, PaymentRefusal | Always>> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  const known = await lockInstalment(tx, input.id);
  if (known === undefined) return refused('not-found');
  const payable = checkPayment(known, input, input.today);
  if (!payable.ok) return payable;
  const id = newId<'payment'>(at.now, at.fillRandom);
  const { due } = cashAccounts(known.kind, known.organisationId);
  const posted = await book(
    tx,
    known,
    {
      key: input.key ?? `payment:${id}`,
      occurredOn: input.paidOn,
      cause: { kind: 'payment', id },
      author: personOf(principal),
      memo: memoOf('Règlement', known),
      transfers: [{ debit: BANK, credit: due, unit: 'eur-cent', amount: input.amountCents }],
    },
    at,
  );
  if (!posted.ok) return posted;
  await tx
    .insertInto('instalment_payments')
    .values({
      territory_id: tx.territoryId,
      id,
      instalment_id: input.id,
      paid_on: input.paidOn,
      amount_cents: input.amountCents,
      note: input.note,
      entry_id: posted.value,
      created_at: at.now,
    })
    .execute();
  const fact = { kind: 'payment-received', day: input.paidOn, cents: input.amountCents } as const;
  await appendInstalmentFact(tx, principal, known, fact, at);
  return done({ id });
}

/** Takes back a payment that was booked by mistake: the instalment awaits it again. */
export async function reversePayment(
  tx: TerritoryTransaction,
  principal: Principal,
  input: InstalmentAct & { readonly paymentId: PaymentId; readonly reason: string },
  at: Moment,
): Promise<Result<void, Always | 'already-reversed'>> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  const known = await lockInstalment(tx, input.id);
  const payment = await tx
    .selectFrom('instalment_payments')
    .select(['entry_id', 'amount_cents', 'reversal_entry_id'])
    .where('territory_id', '=', tx.territoryId)
    .where('instalment_id', '=', input.id)
    .where('id', '=', input.paymentId)
    .executeTakeFirst();
  if (known === undefined || payment === undefined) return refused('not-found');
  if (payment.reversal_entry_id !== null) return refused('already-reversed');
  const undone = await undo(tx, principal, { entryId: payment.entry_id, reason: input.reason, today: input.today }, at);
  if (!undone.ok) return undone;
  await tx
    .updateTable('instalment_payments')
    .set({ reversal_entry_id: undone.value })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', input.paymentId)
    .execute();
  const fact = {
    kind: 'payment-reversed',
    day: input.today,
    cents: payment.amount_cents,
    reason: input.reason,
  } as const;
  await appendInstalmentFact(tx, principal, known, fact, at);
  return done(undefined);
}

/** Reverses an entry of this domain's own; only a year that is closed today can refuse it. */
export async function undo(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly entryId: Id<'entry'>; readonly reason: string; readonly today: Temporal.PlainDate },
  at: Moment,
): Promise<Result<Id<'entry'>, 'year-closed'>> {
  const reversed = await reverseEntry(
    tx,
    { entryId: input.entryId, author: personOf(principal), memo: input.reason, today: input.today },
    at,
  );
  if (reversed.ok) return done(reversed.value.id);
  if (reversed.reason === 'year-closed') return refused('year-closed');
  throw new Error(`The entry ${input.entryId} cannot be reversed: ${reversed.reason}`);
}

type Locked = NonNullable<Awaited<ReturnType<typeof lockInstalment>>>;

async function lockInstalment(tx: TerritoryTransaction, id: InstalmentId) {
  const row = await tx
    .selectFrom('instalments as i')
    .innerJoin('agreements as g', (join) =>
      join.onRef('g.territory_id', '=', 'i.territory_id').onRef('g.id', '=', 'i.agreement_id'),
    )
    .select(['i.state', 'i.due_on', 'i.year', 'i.amount_cents', 'i.call_count', 'i.call_entry_id', 'i.reminded_on'])
    .select(['i.reminders', 'g.kind', 'g.organisation_id', 'g.series_id', 'g.reference', 'g.programme_code'])
    .select('g.state as agreementState')
    .where('i.territory_id', '=', tx.territoryId)
    .where('i.id', '=', id)
    .forUpdate('i')
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { paid } = await tx
    .selectFrom('instalment_payments')
    .select((has) => has.fn.coalesce(has.fn.sum<bigint>('amount_cents'), has.lit(0)).as('paid'))
    .where('territory_id', '=', tx.territoryId)
    .where('instalment_id', '=', id)
    .where('reversal_entry_id', 'is', null)
    .executeTakeFirstOrThrow();
  return {
    id,
    state: row.state,
    dueOn: row.due_on,
    year: row.year,
    amountCents: row.amount_cents,
    paidCents: BigInt(paid),
    callCount: row.call_count,
    callEntryId: row.call_entry_id,
    remindedOn: row.reminded_on,
    reminders: row.reminders,
    kind: row.kind,
    organisationId: row.organisation_id,
    seriesId: row.series_id,
    reference: row.reference,
    programme: row.programme_code,
    isDraft: row.agreementState === 'draft',
    isInForce: row.agreementState === 'signed',
  };
}

async function book(
  tx: TerritoryTransaction,
  { programme }: Pick<Locked, 'programme'>,
  draft: EntryDraft,
  at: Moment,
): Promise<Result<Id<'entry'>, 'year-closed'>> {
  const posted = await postEntry(tx, programme === null ? draft : { ...draft, programme }, at);
  if (posted.ok) return done(posted.value.id);
  if (posted.reason === 'year-closed') return refused('year-closed');
  throw new Error(`The key ${draft.key} was used for something else`);
}

/** French, as the accounting file is. */
function memoOf(act: string, { year, reference }: Pick<Locked, 'year' | 'reference'>): string {
  return [act, String(year), reference].filter((word) => word !== '').join(' ');
}

async function appendInstalmentFact(
  tx: TerritoryTransaction,
  principal: Principal,
  known: Pick<Locked, 'id' | 'seriesId' | 'amountCents'>,
  fact: { readonly day: Temporal.PlainDate; readonly cents?: bigint } & (
    | { readonly kind: 'instalment-called' | 'instalment-reminded' | 'payment-received' }
    | { readonly kind: 'instalment-call-cancelled' | 'payment-reversed'; readonly reason: string }
  ),
  at: Moment,
): Promise<void> {
  const { kind, day, cents = known.amountCents, ...more } = fact;
  const payload = { instalmentId: known.id, cents: String(cents), day: day.toString(), reason: '', ...more };
  await appendFact(tx, principal, { kind, subjectId: known.seriesId, payload }, at);
}
