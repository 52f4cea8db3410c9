/** What one does with one's passkeys on « Mon compte »: add one, name it, take it away. */
import { fieldErrors } from '../../platform/web/field-errors.ts';
import { formError, parseForm, type FormInput } from '../../platform/web/form.ts';
import { doneAt, invalid, type ActionOutcome } from '../../platform/web/page.ts';
import type { SignedIn } from '../identity/identity.ts';
import { directoryText } from './messages.ts';
import { namePasskeyForm, newPasskeyForm, passkeyChoiceForm } from './people-schema.ts';
import { pathIn, type TerritoryVisit } from './visit.ts';

type Act = (visit: TerritoryVisit, user: SignedIn, input: FormInput) => Promise<ActionOutcome>;

export const PASSKEY_ACTS = {
  'add-passkey': asOneself(async (visit, user, input) => {
    const t = directoryText(visit.locale);
    const parsed = parseForm(newPasskeyForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) {
      const isAnswerAlone = Object.keys(parsed.form.errors).join() === 'answer';
      return invalid(isAnswerAlone ? formError(input, t('key.refused.not-answered')) : parsed.form);
    }
    const added = await visit.identity.addPasskey(user, parsed.value.keyName, parsed.value.answer);
    if (!added.ok) return invalid(formError(input, t(`key.refused.${added.reason}`, added.facts)));
    return doneAt(pathIn(visit, 'moi'), t('key.added', { name: parsed.value.keyName }));
  }),

  'name-passkey': asOneself(async (visit, user, input) => {
    const parsed = parseForm(namePasskeyForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) return invalid({ ...parsed.form, summary: Object.values(parsed.form.errors)[0] ?? '' });
    const { key, keyName } = parsed.value;
    if (!(await visit.identity.renamePasskey(user.userId, key, keyName))) return { kind: 'not-found' };
    return doneAt(pathIn(visit, 'moi'), directoryText(visit.locale)('key.named', { name: keyName }));
  }),

  'remove-passkey': asOneself(async (visit, user, input) => {
    const parsed = parseForm(passkeyChoiceForm, input, fieldErrors(visit.locale));
    if (!parsed.ok) return { kind: 'not-found' };
    if (!(await visit.identity.removePasskey(user.userId, parsed.value.key))) return { kind: 'not-found' };
    return doneAt(pathIn(visit, 'moi'), directoryText(visit.locale)('key.removed'));
  }),
};

function asOneself(act: Act) {
  return async (visit: TerritoryVisit, input: FormInput): Promise<ActionOutcome> =>
    visit.signedIn === undefined || visit.principal.kind !== 'person'
      ? { kind: 'signed-out' }
      : act(visit, visit.signedIn, input);
}
