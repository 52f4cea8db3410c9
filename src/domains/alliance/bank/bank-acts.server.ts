/** What the forms on the bank do: each reads what was typed, asks its command, and says what came of it. */
import { formatter } from '../../../i18n/format.ts';
import { parseId } from '../../../lib/ids.ts';
import type { Refused } from '../../../lib/result.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm, type FormInput, type TranslateError } from '../../../platform/web/form.ts';
import { doneAt, invalid, type ActionOutcome } from '../../../platform/web/page.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { notTheirs, refusedIn } from '../answers.server.ts';
import { mayKeepMoney } from '../policy.ts';
import { addIban, confirmMovement, setMovementAside, takeUpMovement, undoMovement } from './bank-commands.server.ts';
import { bankText, isBankKey } from './bank-messages.ts';
import { findMovement, type MovementLine } from './bank-queries.server.ts';
import { ibanForm, loadForm, movementReasonForm, shareField, sharesForm } from './bank-schema.ts';
import { loadStatement, type LoadRefusal } from './load-command.server.ts';
import { MAX_STATEMENT_BYTES, type Fault } from './movement.ts';

type Act = (visit: TerritoryVisit, input: FormInput, tx: TerritoryTransaction) => Promise<ActionOutcome>;

/** The forms on the page of the bank. */
export const bankActs: Readonly<Record<string, Act>> = {
  load: async (visit, input, tx) => {
    if (!mayKeepMoney(visit.principal)) return notTheirs(visit);
    const t = bankText(visit.locale);
    const parsed = parseForm(loadForm, input, bankErrors(visit));
    if (!parsed.ok) return invalid(parsed.form);
    const file = input.files['file'];
    if (file === undefined) return invalid(formError(input, t('refused.no-file'), 'file'));
    if (file.size > MAX_STATEMENT_BYTES) return invalid(formError(input, t('refused.file-too-large'), 'file'));
    const bytes = new Uint8Array(await file.arrayBuffer());
    const statement = { fileName: file.name, bytes, ibanId: parsed.value.account, today: visit.today };
    const loaded = await loadStatement(tx, visit.principal, statement, visit);
    if (loaded.ok) return doneAt(pathIn(visit, 'banque'), t('done.loaded', { ...loaded.value }));
    const field = loaded.reason === 'account-missing' ? 'account' : 'file';
    return invalid(formError(input, loadSentence(visit, loaded), field));
  },
  account: async (visit, input, tx) => {
    if (!mayKeepMoney(visit.principal)) return notTheirs(visit);
    const parsed = parseForm(ibanForm, input, bankErrors(visit));
    if (!parsed.ok) return invalid(parsed.form);
    const added = await addIban(tx, visit.principal, parsed.value, visit);
    if (added.ok) return doneAt(pathIn(visit, 'banque'), bankText(visit.locale)('done.iban'));
    return refusedOn(visit, input, added, 'iban');
  },
};

/** The forms on the page of one movement. */
export const movementActs: Readonly<Record<string, Act>> = {
  confirm: onMovement(async ({ id }, visit, input, tx) => {
    const parsed = parseForm(sharesForm, input, bankErrors(visit));
    if (!parsed.ok) return invalid(parsed.form);
    const confirmed = await confirmMovement(
      tx,
      visit.principal,
      { id, shares: parsed.value, today: visit.today },
      visit,
    );
    if (confirmed.ok) {
      const amount = writer(visit).money(confirmed.value.bookedCents, { round: true });
      return doneAt(pathIn(visit, 'banque', id), bankText(visit.locale)('done.confirmed', { amount }));
    }
    const field = 'instalmentId' in confirmed ? shareField(confirmed.instalmentId) : undefined;
    return refusedOn(visit, input, confirmed, field);
  }),
  aside: onMovement(async ({ id }, visit, input, tx) => {
    const parsed = parseForm(movementReasonForm, input, bankErrors(visit));
    if (!parsed.ok) return invalid(parsed.form);
    const { today, principal } = visit;
    const set = await setMovementAside(tx, principal, { id, today, ...parsed.value });
    return set.ok ? doneOn(visit, id, 'done.aside') : refusedOn(visit, input, set);
  }),
  'take-up': onMovement(async ({ id }, visit, input, tx) => {
    const taken = await takeUpMovement(tx, visit.principal, { id, today: visit.today });
    return taken.ok ? doneOn(visit, id, 'done.taken-up') : refusedOn(visit, input, taken);
  }),
  undo: onMovement(async ({ id }, visit, input, tx) => {
    const parsed = parseForm(movementReasonForm, input, bankErrors(visit));
    if (!parsed.ok) return invalid(parsed.form);
    const undone = await undoMovement(tx, visit.principal, { id, today: visit.today, ...parsed.value }, visit);
    return undone.ok ? doneOn(visit, id, 'done.undone') : refusedOn(visit, input, undone);
  }),
};

/** The movement that the address names, for whoever may see the bank. */
export async function visibleMovement(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
): Promise<MovementLine | undefined> {
  const id = parseId<'movement'>(visit.params['movement'] ?? '');
  return id === undefined || !mayKeepMoney(visit.principal) ? undefined : findMovement(tx, id);
}

function onMovement(
  act: (
    movement: MovementLine,
    visit: TerritoryVisit,
    input: FormInput,
    tx: TerritoryTransaction,
  ) => Promise<ActionOutcome>,
): Act {
  return async (visit, input, tx) => {
    const movement = await visibleMovement(visit, tx);
    return movement === undefined ? notTheirs(visit) : act(movement, visit, input, tx);
  };
}

type Key = Parameters<ReturnType<typeof bankText>>[0];
type Reason = Extract<Key, `refused.${string}`> extends `refused.${infer Name}` ? Name : never;

function refusedOn(
  visit: TerritoryVisit,
  input: FormInput,
  refusal: Refused<Reason | 'not-found'>,
  field?: string,
): ActionOutcome {
  const t = bankText(visit.locale);
  return refusedIn((reason, facts) => t(`refused.${reason}`, facts), visit, input, refusal, field);
}

function doneOn(visit: TerritoryVisit, id: string, key: Extract<Key, `done.${string}`>): ActionOutcome {
  return doneAt(pathIn(visit, 'banque', id), bankText(visit.locale)(key));
}

const MOST_FAULTS = 8;

function loadSentence(visit: TerritoryVisit, refusal: LoadRefusal): string {
  const t = bankText(visit.locale);
  if (refusal.reason !== 'faulty' || !('faults' in refusal)) return t(`refused.${refusal.reason}`, refusal.facts);
  const rows = refusal.faults.slice(0, MOST_FAULTS).map((fault) => faultSentence(visit, fault));
  const more = refusal.faults.length - rows.length;
  return [t('refused.faulty'), ...rows, ...(more > 0 ? [t('refused.more-faults', { n: more })] : [])].join(' ');
}

function faultSentence(visit: TerritoryVisit, { row, field, reason }: Fault): string {
  const t = bankText(visit.locale);
  return t('fault.row', { row: String(row), field, reason: t(`fault.${reason}`) });
}

function bankErrors(visit: TerritoryVisit): TranslateError {
  const t = bankText(visit.locale);
  const field = fieldErrors(visit.locale);
  return (key, facts) => (isBankKey(key) ? t(key, facts) : field(key, facts));
}

function writer(visit: TerritoryVisit) {
  return formatter(visit.locale, visit.territory.zone);
}
