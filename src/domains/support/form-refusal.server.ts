/** How a refused statement comes back to its form: what was typed stays, the sentence stands beside its field. */
import type { Locale } from '../../i18n/locale.ts';
import type { Refused } from '../../lib/result.ts';
import type { FormState } from '../../lib/form-state.ts';
import { formError, type FormInput } from '../../platform/web/form.ts';
import { supportText } from './messages.ts';
import type { NeedRefusal } from './need.ts';
import type { OfferRefusal } from './offer.ts';
import type { StatedRefusal } from './stated.ts';

type Reason = StatedRefusal | NeedRefusal | OfferRefusal | 'kind-promised';

/** `amountField` is where the quantity or the capacity is typed. */
export function refusedForm(
  locale: Locale,
  input: FormInput,
  refusal: Refused<Reason>,
  amountField: 'quantity' | 'capacity',
): FormState {
  const sentence = supportText(locale)(`refused.${refusal.reason}`, refusal.facts);
  const fields: Partial<Record<Reason, string>> = {
    'unknown-kind': 'kind',
    'kind-promised': 'kind',
    'unknown-organisation': 'organisation',
    'unknown-theme': 'themes',
    'below-promised': amountField,
  };
  return formError(input, sentence, fields[refusal.reason]);
}

/** What the address chooses beforehand: `?nature=legal&organisation=laou`. */
export function suggestionsIn(
  query: URLSearchParams,
  choices: {
    readonly kinds: readonly { readonly code: string }[];
    readonly organisations: readonly { readonly id: string; readonly slug: string }[];
  },
): { kind?: string; organisation?: string } {
  const kind = choices.kinds.find(({ code }) => code === query.get('nature'))?.code;
  const organisation = choices.organisations.find(({ slug }) => slug === query.get('organisation'))?.id;
  return { ...(kind === undefined ? {} : { kind }), ...(organisation === undefined ? {} : { organisation }) };
}
