/** Issues from a form, and goes to what was issued. */
import type { Locale } from '../../../i18n/translator.ts';
import type { Refused } from '../../../lib/result.ts';
import type { TerritoryTransaction } from '../../../platform/postgres/database.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm, type FormInput, type Parsed } from '../../../platform/web/form.ts';
import { doneAt, invalid, type ActionOutcome } from '../../../platform/web/page.ts';
import { pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { notTheirs } from '../answers.server.ts';
import { mayKeepMoney } from '../policy.ts';
import type { DocumentId } from './document.ts';
import { withdrawDocument } from './document-commands.server.ts';
import { documentText } from './document-messages.ts';
import { visibleDocument } from './document-queries.server.ts';
import { issueForm, languageForm, withdrawForm } from './document-schema.ts';
import { issueFor } from './issue.server.ts';

type Key = Parameters<ReturnType<typeof documentText>>[0];
type Reason = Extract<Key, `refused.${string}`> extends `refused.${infer Name}` ? Name : never;

export async function issueAct(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
): Promise<ActionOutcome> {
  if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
  const parsed = parseForm(issueForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const { kind, subject, language: locale } = parsed.value;
  return issuedOutcome(visit, input, await issueFor(tx, visit, { kind, subject, locale }));
}

/** The language that a form asks for, for pages that issue one kind about what they show. */
export function readLanguage(visit: TerritoryVisit, input: FormInput): Parsed<{ readonly language: Locale }> {
  return parseForm(languageForm, input, fieldErrors(visit.locale));
}

export async function withdrawAct(
  visit: TerritoryVisit,
  input: FormInput,
  tx: TerritoryTransaction,
): Promise<ActionOutcome> {
  const document = await visibleDocument(visit, tx);
  if (document === undefined || !mayKeepMoney(visit.principal)) return notTheirs(visit);
  const parsed = parseForm(withdrawForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const { id } = document;
  const withdrawn = await withdrawDocument(tx, visit.principal, { id, ...parsed.value }, visit);
  const t = documentText(visit.locale);
  if (withdrawn.ok) return doneAt(pathIn(visit, 'documents', id), t('done.withdrawn'));
  return invalid(formError(input, t(`refused.${withdrawn.reason}`)));
}

/** To the document; or the form again with the reason. What somebody may not issue is not there for them. */
export function issuedOutcome(
  visit: TerritoryVisit,
  input: FormInput,
  issued:
    | { readonly ok: true; readonly value: { readonly id: DocumentId; readonly isNew: boolean } }
    | Refused<Reason | 'not-found'>,
): ActionOutcome {
  const t = documentText(visit.locale);
  if (issued.ok) {
    const { id, isNew } = issued.value;
    return doneAt(pathIn(visit, 'documents', id), t(isNew ? 'done.issued' : 'done.known'));
  }
  if (issued.reason === 'not-found' || issued.reason === 'not-allowed') return { kind: 'not-found' };
  return invalid(formError(input, t(`refused.${issued.reason}`, issued.facts)));
}
