/** What the forms on agreements do: each reads what was typed, asks its command, and says what came of it. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { fieldErrors } from '../../platform/web/field-errors.ts';
import { formError, parseForm, type FormInput } from '../../platform/web/form.ts';
import { invalid, type ActionOutcome } from '../../platform/web/page.ts';
import type { TerritoryVisit } from '../territory/visit.ts';
import {
  amendAgreement,
  attachText,
  discardDraft,
  draftAgreement,
  editDraft,
  endAgreement,
  signAgreement,
} from './agreement-commands.server.ts';
import type { Agreement } from './agreement-queries.server.ts';
import { doneOn, notTheirs, refusedWith, remindedOn } from './answers.server.ts';
import { keepAttachment } from './attachments.server.ts';
import { allianceText } from './messages.ts';
import { mayKeepAgreements } from './policy.ts';
import { renewalReminderMails } from './reminder-mails.server.ts';
import { remindRenewal } from './renewal-command.server.ts';
import {
  agreementForm,
  commitmentForm,
  endForm,
  instalmentForm,
  newAgreementForm,
  removeCommitmentForm,
  removeInstalmentForm,
  signForm,
} from './schema.ts';
import { addInstalments, removeCommitment, removeInstalment, setCommitments } from './terms-commands.server.ts';
import { visibleAgreement } from './visible.server.ts';

type Act = (visit: TerritoryVisit, input: FormInput, tx: TerritoryTransaction) => Promise<ActionOutcome>;
type AgreementAct = (
  agreement: Agreement,
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
) => Promise<ActionOutcome>;

export const draftAct: Act = async (visit, input, tx) => {
  if (!mayKeepAgreements(visit.principal)) return notTheirs(visit);
  const parsed = parseForm(newAgreementForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const { organisation: organisationId, ...rest } = parsed.value;
  const drafted = await draftAgreement(tx, visit.principal, { ...rest, organisationId }, visit);
  if (!drafted.ok) return refusedWith(visit, input, drafted);
  return doneOn(visit, ['conventions', drafted.value.id], 'done.drafted');
};

export const editAct: Act = onAgreement(async (agreement, visit, input, tx) => {
  const parsed = parseForm(agreementForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const edited = await editDraft(tx, visit.principal, agreement.id, parsed.value, visit);
  return edited.ok ? doneOn(visit, ['conventions', agreement.id], 'done.edited') : refusedWith(visit, input, edited);
});

/** The forms on the page of one agreement. */
export const agreementActs: Readonly<Record<string, Act>> = {
  addInstalment: onAgreement(async (agreement, visit, input, tx) => {
    const parsed = parseForm(instalmentForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const { instalmentYear: year, dueOn, amount: amountCents, condition, everyYear } = parsed.value;
    const line = { year, dueOn, amountCents, condition };
    const added = await addInstalments(tx, visit.principal, { id: agreement.id, line, everyYear }, visit);
    return added.ok
      ? doneOn(visit, ['conventions', agreement.id], 'done.instalments', added.value.count)
      : refusedWith(visit, input, added);
  }),
  removeInstalment: onAgreement(async (agreement, visit, input, tx) => {
    const parsed = parseForm(removeInstalmentForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const act = { id: agreement.id, instalmentId: parsed.value.instalment };
    const removed = await removeInstalment(tx, visit.principal, act);
    return removed.ok
      ? doneOn(visit, ['conventions', agreement.id], 'done.removed')
      : refusedWith(visit, input, removed);
  }),
  addCommitment: onAgreement(async (agreement, visit, input, tx) => {
    const parsed = parseForm(commitmentForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const { commitmentYear: year, family, amount, everyYearInKind: everyYear } = parsed.value;
    const act = { id: agreement.id, commitment: { year, family, amount }, everyYear };
    const added = await setCommitments(tx, visit.principal, act);
    return added.ok
      ? doneOn(visit, ['conventions', agreement.id], 'done.commitments', added.value.count)
      : refusedWith(visit, input, added);
  }),
  removeCommitment: onAgreement(async (agreement, visit, input, tx) => {
    const parsed = parseForm(removeCommitmentForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const removed = await removeCommitment(tx, visit.principal, { id: agreement.id, ...parsed.value });
    return removed.ok
      ? doneOn(visit, ['conventions', agreement.id], 'done.removed')
      : refusedWith(visit, input, removed);
  }),
  sign: onAgreement(async (agreement, visit, input, tx) => {
    const parsed = parseForm(signForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const act = { id: agreement.id, signedOn: parsed.value.signedOn, today: visit.today };
    const signed = await signAgreement(tx, visit.principal, act, visit);
    return signed.ok
      ? doneOn(visit, ['conventions', agreement.id], 'done.signed')
      : refusedWith(visit, input, signed, 'signedOn');
  }),
  amend: onAgreement(async (agreement, visit, input, tx) => {
    const amended = await amendAgreement(tx, visit.principal, agreement.id, visit);
    if (!amended.ok) return refusedWith(visit, input, amended);
    return doneOn(visit, ['conventions', amended.value.id], 'done.amended');
  }),
  end: onAgreement(async (agreement, visit, input, tx) => {
    const parsed = parseForm(endForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid(parsed.form);
    const act = { id: agreement.id, endedOn: parsed.value.endedOn, today: visit.today };
    const ended = await endAgreement(tx, visit.principal, act, visit);
    return ended.ok
      ? doneOn(visit, ['conventions', agreement.id], 'done.ended')
      : refusedWith(visit, input, ended, 'endedOn');
  }),
  remindRenewal: onAgreement(async (agreement, visit, input, tx) => {
    const { id } = agreement;
    const reminded = await remindRenewal(tx, visit.principal, { id, today: visit.today }, visit);
    if (!reminded.ok) return refusedWith(visit, input, reminded);
    const mails = await renewalReminderMails(tx, visit, agreement);
    return remindedOn(visit, ['conventions', id], mails);
  }),
  discard: onAgreement(async (agreement, visit, input, tx) => {
    const discarded = await discardDraft(tx, visit.principal, agreement.id, visit);
    if (!discarded.ok) return refusedWith(visit, input, discarded);
    return doneOn(visit, ['conventions'], 'done.discarded');
  }),
  attach: onAgreement(async (agreement, visit, input, tx) => {
    const file = input.files['text'];
    const t = allianceText(visit.locale);
    if (file === undefined) return invalid(formError(input, t('refused.no-file'), 'text'));
    const kept = await keepAttachment(tx, visit.principal, { file, use: 'text' }, visit);
    if (!kept.ok) return refusedWith(visit, input, kept, 'text');
    const attached = await attachText(tx, visit.principal, { id: agreement.id, fileId: kept.value }, visit);
    return attached.ok
      ? doneOn(visit, ['conventions', agreement.id], 'done.attached')
      : refusedWith(visit, input, attached, 'text');
  }),
};

/** Acts of the team on an agreement that the address names. */
function onAgreement(act: AgreementAct): Act {
  return async (visit, input, tx) => {
    const agreement = await visibleAgreement(visit, tx);
    if (agreement === undefined || !mayKeepAgreements(visit.principal)) return { kind: 'not-found' };
    return act(agreement, visit, input, tx);
  };
}
