/** The sentences of the bank, in the visitor's language. */
import { translator, type Locale } from '../../../i18n/translator.ts';
import en from './messages/en.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

export function bankText(locale: Locale) {
  return translator(locale, { fr, en });
}

export type BankText = ReturnType<typeof bankText>;

/** Whether a key is one of these sentences: for the refusals of this slice's own fields. */
export function isBankKey(key: string): key is keyof typeof fr {
  return Object.hasOwn(fr, key);
}
