/** Sentences for what the forms of State aid refuse: this domain's own keys first, then those of every form. */
import type { Locale } from '../../i18n/translator.ts';
import { fieldErrors } from '../../platform/web/field-errors.ts';
import type { TranslateError } from '../../platform/web/form.ts';
import { aidText, isAidKey } from './aid-messages.ts';

export function aidErrors(locale: Locale): TranslateError {
  const t = aidText(locale);
  const field = fieldErrors(locale);
  return (key, facts) => (isAidKey(key) ? t(key, facts) : field(key, facts));
}
