/** What the forms on a match do: parse, command, mails once it is committed. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { fieldErrors } from '../../platform/web/field-errors.ts';
import { formError, parseForm, type FormInput } from '../../platform/web/form.ts';
import { doneAt, invalid, type ActionOutcome } from '../../platform/web/page.ts';
import { pathIn, sendAll, type TerritoryVisit } from '../territory/visit.ts';
import { matchAddress } from './address.ts';
import { delegateMatch, handingSide } from './delegation.server.ts';
import { answerMatch, withdrawMatch } from './match-commands.server.ts';
import { matchById } from './match-queries.server.ts';
import { matchingText } from './messages.ts';
import { mailsOfHanding, mailsOfMatch } from './notify.server.ts';
import type { MatchId } from './round.ts';
import { answerForm, delegationForm, withdrawalForm } from './schema.ts';
import { refuse } from './visited.server.ts';

export async function answerTo(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
  id: MatchId,
): Promise<ActionOutcome> {
  const t = matchingText(visit.locale);
  const parsed = parseForm(answerForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const answered = await answerMatch(tx, visit.principal, id, parsed.value, visit);
  if (!answered.ok)
    return refuse(answered.reason, () =>
      invalid(
        formError(input, t(`refused.${answered.reason}`), answered.reason === 'reason-wanted' ? 'reason' : undefined),
      ),
    );
  const { state, side } = answered.value;
  const mails =
    state === 'proposed' ? [] : await mailsOfMatch(tx, visit, id, state === 'accepted' ? 'accepted' : 'declined', side);
  return doneAt(
    matchAddress(pathIn(visit), id),
    t(`match.answered.${state === 'withdrawn' ? 'proposed' : state}`),
    sendAll(visit, mails),
  );
}

export async function takeBack(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
  id: MatchId,
): Promise<ActionOutcome> {
  const t = matchingText(visit.locale);
  const parsed = parseForm(withdrawalForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const withdrawn = await withdrawMatch(tx, visit.principal, id, parsed.value.reason, visit);
  if (!withdrawn.ok) return refuse(withdrawn.reason, () => invalid(formError(input, t(`refused.${withdrawn.reason}`))));
  return doneAt(
    matchAddress(pathIn(visit), id),
    t('match.withdrawn'),
    sendAll(visit, await mailsOfMatch(tx, visit, id, 'withdrawn')),
  );
}

export async function handOver(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
  id: MatchId,
): Promise<ActionOutcome> {
  const t = matchingText(visit.locale);
  const match = await matchById(tx, visit.principal, id);
  if (match === undefined || handingSide(visit.principal, match) === undefined) return { kind: 'not-found' };
  const parsed = parseForm(delegationForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const handed = await delegateMatch(tx, visit.principal, id, parsed.value, visit);
  if (!handed.ok)
    return handed.reason === 'not-found'
      ? { kind: 'not-found' }
      : invalid(formError(input, t(`hand.refused.${handed.reason}`), 'person'));
  const mails = await mailsOfHanding(tx, visit, id, parsed.value);
  return doneAt(matchAddress(pathIn(visit), id), t('hand.done'), sendAll(visit, mails));
}
