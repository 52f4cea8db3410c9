/** What one does with one's access tokens on « Mon compte »: make one, which is shown this once; revoke one. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { fieldErrors } from '../../platform/web/field-errors.ts';
import { formError, parseForm, type FormInput } from '../../platform/web/form.ts';
import { doneAt, invalid, type ActionOutcome } from '../../platform/web/page.ts';
import { directoryText } from './messages.ts';
import { revokeTokenForm, tokenForm } from './token-schema.ts';
import { createToken, revokeToken } from './tokens.server.ts';
import { pathIn, type TerritoryVisit } from './visit.ts';

/** Where the new token stands in the form's state, for the page that shows it. */
export const SHOWN_TOKEN = 'shownToken';

export async function makeToken(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
): Promise<ActionOutcome> {
  if (visit.principal.kind !== 'person') return { kind: 'signed-out' };
  const parsed = parseForm(tokenForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const { tokenName, ...rest } = parsed.value;
  const made = await createToken(tx, visit.principal, { name: tokenName, ...rest }, visit);
  const t = directoryText(visit.locale);
  if (!made.ok) return invalid(formError(input, t(`token.refused.${made.reason}`, made.facts)));
  return {
    kind: 'shown',
    location: pathIn(visit, 'moi'),
    form: { values: { [SHOWN_TOKEN]: made.value.token, shownName: tokenName }, errors: {} },
  };
}

export async function endToken(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
): Promise<ActionOutcome> {
  if (visit.principal.kind !== 'person') return { kind: 'signed-out' };
  const parsed = parseForm(revokeTokenForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return { kind: 'not-found' };
  const revoked = await revokeToken(tx, visit.principal, parsed.value.token, visit);
  if (!revoked.ok) return { kind: 'not-found' };
  return doneAt(pathIn(visit, 'moi'), directoryText(visit.locale)('token.revoked', { name: revoked.value.name }));
}
