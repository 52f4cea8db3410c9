/** What the forms on instalments and expenses do. */
import type { Id } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { fieldErrors } from '../../platform/web/field-errors.ts';
import { parseForm, type FormInput } from '../../platform/web/form.ts';
import { invalid, type ActionOutcome } from '../../platform/web/page.ts';
import type { TerritoryVisit } from '../territory/visit.ts';
import { doneOn, notTheirs, refusedWith, remindedOn } from './answers.server.ts';
import { keepAttachment } from './attachments.server.ts';
import { recordExpense, reverseExpense } from './expense-commands.server.ts';
import {
  callInstalment,
  cancelCall,
  receivePayment,
  remindInstalment,
  reversePayment,
} from './instalment-commands.server.ts';
import type { InstalmentLine } from './instalment-queries.server.ts';
import { mayKeepMoney } from './policy.ts';
import { paymentReminderMails } from './reminder-mails.server.ts';
import { callForm, expenseForm, paymentForm, reasonForm, reversePaymentForm } from './schema.ts';
import { visibleExpense, visibleInstalment } from './visible.server.ts';

type Act = (visit: TerritoryVisit, input: FormInput, tx: TerritoryTransaction) => Promise<ActionOutcome>;

/** The forms on the page of one instalment. */
export const instalmentActs: Readonly<Record<string, Act>> = {
  call: onInstalment(async ({ id }, visit, input, tx) => {
    const parsed = parseForm(callForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const called = await callInstalment(tx, visit.principal, { id, ...parsed.value, today: visit.today }, visit);
    return called.ok ? doneOn(visit, ['creances', id], 'done.called') : refusedWith(visit, input, called, 'calledOn');
  }),
  cancel: onInstalment(async ({ id }, visit, input, tx) => {
    const parsed = parseForm(reasonForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const cancelled = await cancelCall(tx, visit.principal, { id, ...parsed.value, today: visit.today }, visit);
    return cancelled.ok ? doneOn(visit, ['creances', id], 'done.cancelled') : refusedWith(visit, input, cancelled);
  }),
  remind: onInstalment(async (instalment, visit, input, tx) => {
    const { id } = instalment;
    const reminded = await remindInstalment(tx, visit.principal, { id, today: visit.today }, visit);
    if (!reminded.ok) return refusedWith(visit, input, reminded);
    const mails = await paymentReminderMails(tx, visit, instalment);
    return remindedOn(visit, ['creances', id], mails);
  }),
  pay: onInstalment(async ({ id }, visit, input, tx) => {
    const parsed = parseForm(paymentForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const { paidOn, paidAmount: amountCents, note } = parsed.value;
    const payment = { id, paidOn, amountCents, note, today: visit.today };
    const paid = await receivePayment(tx, visit.principal, payment, visit);
    if (paid.ok) return doneOn(visit, ['creances', id], 'done.paid');
    const isOfDay = paid.reason === 'day-in-future' || paid.reason === 'year-closed';
    return refusedWith(visit, input, paid, isOfDay ? 'paidOn' : 'paidAmount');
  }),
  reverse: onInstalment(async ({ id }, visit, input, tx) => {
    const parsed = parseForm(reversePaymentForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const { payment: paymentId, reason } = parsed.value;
    const reversed = await reversePayment(tx, visit.principal, { id, paymentId, reason, today: visit.today }, visit);
    return reversed.ok ? doneOn(visit, ['creances', id], 'done.reversed') : refusedWith(visit, input, reversed);
  }),
};

export const recordAct: Act = async (visit, input, tx) => {
  if (!mayKeepMoney(visit.principal)) return notTheirs(visit);
  const parsed = parseForm(expenseForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const file = input.files['evidence'];
  let fileId: Id<'file'> | null = null;
  if (file !== undefined) {
    const kept = await keepAttachment(tx, visit.principal, { file, use: 'evidence' }, visit);
    if (!kept.ok) return refusedWith(visit, input, kept, 'evidence');
    fileId = kept.value;
  }
  const { amount: amountCents, ...rest } = parsed.value;
  const expense = { ...rest, amountCents, fileId, today: visit.today };
  const recorded = await recordExpense(tx, visit.principal, expense, visit);
  if (recorded.ok) return doneOn(visit, ['depenses', recorded.value.id], 'done.recorded');
  return refusedWith(visit, input, recorded, recorded.reason === 'unknown-programme' ? 'programme' : 'spentOn');
};

export const reverseExpenseAct: Act = async (visit, input, tx) => {
  const expense = await visibleExpense(visit, tx);
  if (expense === undefined || !mayKeepMoney(visit.principal)) return { kind: 'not-found' };
  const parsed = parseForm(reasonForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const { id } = expense;
  const reversed = await reverseExpense(tx, visit.principal, { id, ...parsed.value, today: visit.today }, visit);
  return reversed.ok ? doneOn(visit, ['depenses', id], 'done.reversed') : refusedWith(visit, input, reversed);
};

/** Acts of the team on an instalment that the address names. */
function onInstalment(
  act: (
    instalment: InstalmentLine,
    visit: TerritoryVisit,
    input: FormInput,
    tx: TerritoryTransaction,
  ) => Promise<ActionOutcome>,
): Act {
  return async (visit, input, tx) => {
    const instalment = await visibleInstalment(visit, tx);
    if (instalment === undefined || !mayKeepMoney(visit.principal)) return { kind: 'not-found' };
    return act(instalment, visit, input, tx);
  };
}
