/** How acts of this domain answer: the sentence of what was done, or of what was refused. */
import { formatter } from '../../i18n/format.ts';
import type { Refused } from '../../lib/result.ts';
import { formError, type FormInput } from '../../platform/web/form.ts';
import { doneAt, invalid, type ActionOutcome } from '../../platform/web/page.ts';
import { type OutgoingMail, pathIn, sendAll, type TerritoryVisit } from '../territory/visit.ts';
import { allianceText, type AllianceText } from './messages.ts';

type Key = Parameters<AllianceText>[0];
type Reason = Extract<Key, `refused.${string}`> extends `refused.${infer Name}` ? Name : never;

/** The form again, with the reason; what may not be found is not there. */
export function refusedWith(
  visit: TerritoryVisit,
  input: FormInput,
  refusal: Refused<Reason | 'not-found'>,
  field?: string,
): ActionOutcome {
  const t = allianceText(visit.locale);
  return refusedIn((reason, facts) => t(`refused.${reason}`, facts), visit, input, refusal, field);
}

/** The same where another part of the domain has the words. An amount among the facts is written as money. */
export function refusedIn<Reason extends string>(
  say: (reason: Reason, facts: Readonly<Record<string, string | number>>) => string,
  visit: TerritoryVisit,
  input: FormInput,
  { reason, facts = {} }: Refused<Reason | 'not-found'>,
  field?: string,
): ActionOutcome {
  if (reason === 'not-found') return { kind: 'not-found' };
  const { cents, ...rest } = facts;
  const write = formatter(visit.locale, visit.territory.zone);
  const amount = cents === undefined ? '' : write.money(BigInt(cents), { round: true });
  return invalid(formError(input, say(reason as Reason, { ...rest, amount }), field));
}

export function doneOn(
  visit: TerritoryVisit,
  path: readonly string[],
  key: Extract<Key, `done.${string}`>,
  n = 0,
): ActionOutcome {
  return doneAt(pathIn(visit, ...path), allianceText(visit.locale)(key, { n }));
}

/** The reminder is noted; the mails leave once it is. Where nobody can be written to, it says so. */
export function remindedOn(
  visit: TerritoryVisit,
  path: readonly string[],
  mails: readonly OutgoingMail[],
): ActionOutcome {
  const notice = allianceText(visit.locale)('done.reminded', { n: mails.length });
  return doneAt(pathIn(visit, ...path), notice, sendAll(visit, mails));
}

/** For those who may not do it at all. */
export function notTheirs(visit: TerritoryVisit): ActionOutcome {
  return { kind: visit.principal.kind === 'anonymous' ? 'signed-out' : 'not-found' };
}
