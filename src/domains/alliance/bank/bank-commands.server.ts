/**
 * What a person does with a movement: confirms it on one or several payments, sets it aside, takes it back.
 *
 * Must always hold: a movement is locked before it is judged, so that two people never book it twice; it is booked on
 * the bank's own day, whole or not at all; its entries have keys of the movement's own, a new one for each turn.
 */
import { newId } from '../../../lib/ids.ts';
import { done, refused, type Refused, type Result } from '../../../lib/result.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import type { Moment } from '../../territory/events.server.ts';
import { personOf, type Principal } from '../../territory/principal.ts';
import type { InstalmentId } from '../agreement.ts';
import type { PaymentRefusal } from '../instalment.ts';
import { receivePayment, reversePayment } from '../instalment-commands.server.ts';
import { mayKeepMoney } from '../policy.ts';
import { bookingsOf, findMovement, type IbanId, type MovementId, type MovementLine } from './bank-queries.server.ts';
import { leftOf, standingOfMovement } from './movement.ts';

type Always = 'not-allowed' | 'not-found';

export async function addIban(
  tx: TerritoryTransaction,
  principal: Principal,
  input: { readonly iban: string; readonly label: string },
  at: Moment,
): Promise<Result<{ id: IbanId }, 'not-allowed' | 'iban-known'>> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  const id = newId<'iban'>(at.now, at.fillRandom);
  const added = await tx
    .insertInto('bank_ibans')
    .values({ territory_id: tx.territoryId, id, ...input, created_by: personOf(principal), created_at: at.now })
    .onConflict((conflict) => conflict.columns(['territory_id', 'iban']).doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n ? done({ id }) : refused('iban-known');
}

export interface Share {
  readonly instalmentId: InstalmentId;
  readonly amountCents: bigint;
}

export interface MovementAct {
  readonly id: MovementId;
  readonly today: Temporal.PlainDate;
}

export type ConfirmRefusal = Always | 'nothing-chosen' | 'outgoing' | 'already-booked' | 'more-than-came';
/** A refusal that is about one of the shares names it. */
export type RefusedShare = Refused<PaymentRefusal | 'year-closed' | 'not-found'> & {
  readonly instalmentId: InstalmentId;
};

/** Books what came on the payments that the person chose; what is left stays open. Any refusal books nothing. */
export async function confirmMovement(
  tx: TerritoryTransaction,
  principal: Principal,
  input: MovementAct & { readonly shares: readonly Share[] },
  at: Moment,
): Promise<Result<{ bookedCents: bigint }, ConfirmRefusal> | RefusedShare> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  const movement = await lockMovement(tx, input.id);
  if (movement === undefined) return refused('not-found');
  if (movement.amountCents < 0n) return refused('outgoing');
  const left = leftOf(movement);
  if (left === 0n) return refused('already-booked');
  const bookedCents = input.shares.reduce((sum, { amountCents }) => sum + amountCents, 0n);
  if (bookedCents === 0n) return refused('nothing-chosen');
  if (bookedCents > left) return refused('more-than-came', { cents: String(left) });
  const turn = movement.turns + 1;
  const note = [movement.counterparty, movement.remittance]
    .filter((text) => text !== '')
    .join(' / ')
    .slice(0, 200);
  // In one order for everybody: two people who share several payments never wait for each other in a circle.
  for (const { instalmentId, amountCents } of input.shares.toSorted((a, b) =>
    a.instalmentId < b.instalmentId ? -1 : 1,
  )) {
    const payment = {
      id: instalmentId,
      today: input.today,
      paidOn: movement.bookedOn,
      amountCents,
      note: note.toWellFormed(),
      key: `bank:${input.id}:${turn}:${instalmentId}`,
    };
    const paid = await receivePayment(tx, principal, payment, at);
    if (!paid.ok && paid.reason === 'not-allowed') return refused('not-allowed');
    if (!paid.ok) return { ...refused(paid.reason, paid.facts), instalmentId };
    await tx
      .insertInto('bank_bookings')
      .values({ territory_id: tx.territoryId, movement_id: input.id, payment_id: paid.value.id })
      .execute();
  }
  await change(tx, input.id, { turns: turn, set_aside_reason: null });
  return done({ bookedCents });
}

/** What came is about none of the payments that were called. */
export async function setMovementAside(
  tx: TerritoryTransaction,
  principal: Principal,
  input: MovementAct & { readonly reason: string },
): Promise<Result<void, Always | 'outgoing' | 'already-booked'>> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  const movement = await lockMovement(tx, input.id);
  if (movement === undefined) return refused('not-found');
  const standing = standingOfMovement(movement);
  if (standing === 'outgoing') return refused('outgoing');
  if (standing === 'booked') return refused('already-booked');
  await change(tx, input.id, { set_aside_reason: input.reason });
  return done(undefined);
}

export async function takeUpMovement(
  tx: TerritoryTransaction,
  principal: Principal,
  input: MovementAct,
): Promise<Result<void, Always | 'not-set-aside'>> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  const movement = await lockMovement(tx, input.id);
  if (movement === undefined) return refused('not-found');
  if (movement.setAsideReason === null) return refused('not-set-aside');
  await change(tx, input.id, { set_aside_reason: null });
  return done(undefined);
}

/** Reverses all that was booked of it: it is open again. */
export async function undoMovement(
  tx: TerritoryTransaction,
  principal: Principal,
  input: MovementAct & { readonly reason: string },
  at: Moment,
): Promise<Result<void, Always | 'nothing-booked' | 'year-closed'>> {
  if (!mayKeepMoney(principal)) return refused('not-allowed');
  const movement = await lockMovement(tx, input.id);
  if (movement === undefined) return refused('not-found');
  const standing = (await bookingsOf(tx, input.id)).filter(({ reversalEntryId }) => reversalEntryId === null);
  if (standing.length === 0) return refused('nothing-booked');
  for (const { paymentId, instalmentId } of standing.toSorted((a, b) => (a.instalmentId < b.instalmentId ? -1 : 1))) {
    const { reason, today } = input;
    const undone = await reversePayment(tx, principal, { id: instalmentId, paymentId, reason, today }, at);
    if (undone.ok || undone.reason === 'already-reversed') continue;
    return refused(undone.reason);
  }
  return done(undefined);
}

async function lockMovement(tx: TerritoryTransaction, id: MovementId): Promise<MovementLine | undefined> {
  await tx
    .selectFrom('bank_movements')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .forUpdate()
    .execute();
  // Read after the lock: what whoever held it has booked is seen.
  return findMovement(tx, id);
}

async function change(
  tx: TerritoryTransaction,
  id: MovementId,
  changes: { readonly turns?: number; readonly set_aside_reason: string | null },
): Promise<void> {
  await tx
    .updateTable('bank_movements')
    .set(changes)
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', id)
    .execute();
}
