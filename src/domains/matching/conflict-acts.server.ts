/** What the page of ties does with what was typed or pressed: declared, taken back, answered, asked again. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { fieldErrors } from '../../platform/web/field-errors.ts';
import { formError, parseForm, type FormInput } from '../../platform/web/form.ts';
import { doneAt, invalid, type ActionOutcome } from '../../platform/web/page.ts';
import { mayKeepConflicts } from '../territory/policy.ts';
import {
  answerConflict,
  declareConflict,
  removeConflict,
  withdrawConflictAnswer,
} from '../territory/conflict-commands.server.ts';
import { pathIn, type TerritoryVisit } from '../territory/visit.ts';
import { conflictsAddress } from './address.ts';
import { matchingText } from './messages.ts';
import { answerForm, pairForm, conflictForm, conflictQuestionForm } from './conflict-schema.ts';

type ConflictAct = (visit: TerritoryVisit, input: FormInput, tx: TerritoryTransaction) => Promise<ActionOutcome>;

const NOTHING: ActionOutcome = { kind: 'not-found' };

export const declareConflictAct = asKeeper(async (visit, input, tx) => {
  const parsed = parseForm(conflictForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const declared = await declareConflict(tx, visit.principal, parsed.value, visit);
  if (declared.ok) return done(visit, 'conflicts.done.declared');
  if (declared.reason !== 'same-organisation') return NOTHING;
  return invalid(formError(input, matchingText(visit.locale)('refused.same-organisation'), 'other'));
});

export const removeConflictAct = asKeeper(async (visit, input, tx) => {
  const parsed = parseForm(pairForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return NOTHING;
  const removed = await removeConflict(tx, visit.principal, parsed.value, visit);
  return removed.ok ? done(visit, 'conflicts.done.removed') : NOTHING;
});

export const keepApartAct = answerAct(true);
export const letMeetAct = answerAct(false);

export const askAgainAct = asKeeper(async (visit, input, tx) => {
  const parsed = parseForm(answerForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return NOTHING;
  const withdrawn = await withdrawConflictAnswer(tx, visit.principal, parsed.value.answer, visit);
  return withdrawn.ok ? done(visit, 'conflicts.done.again') : NOTHING;
});

function answerAct(keepsApart: boolean): ConflictAct {
  return asKeeper(async (visit, input, tx) => {
    const parsed = parseForm(conflictQuestionForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) return NOTHING;
    const answered = await answerConflict(tx, visit.principal, parsed.value, keepsApart, visit);
    return answered.ok ? done(visit, keepsApart ? 'conflicts.done.apart' : 'conflicts.done.meet') : NOTHING;
  });
}

/** For whoever keeps ties; others meet nothing here. */
function asKeeper(act: ConflictAct): ConflictAct {
  return async (visit, input, tx) => {
    if (mayKeepConflicts(visit.principal)) return act(visit, input, tx);
    return visit.principal.kind === 'anonymous' ? { kind: 'signed-out' } : NOTHING;
  };
}

type Said = 'declared' | 'removed' | 'again' | 'apart' | 'meet';

function done(visit: TerritoryVisit, notice: `conflicts.done.${Said}`): ActionOutcome {
  return doneAt(conflictsAddress(pathIn(visit)), matchingText(visit.locale)(notice));
}
