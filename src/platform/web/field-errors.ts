/** Sentences for what schemas refuse. A message that is no key (a library's own words) becomes the plain `unknown` one. */
import { translator, type Locale } from '../../i18n/translator.ts';
import type { TranslateError } from './form.ts';
import en from './messages/en.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

export function fieldErrors(locale: Locale): TranslateError {
  const t = translator(locale, { fr, en });
  return (key, facts) => (key in fr ? t(key as keyof typeof fr, facts) : t('unknown'));
}
