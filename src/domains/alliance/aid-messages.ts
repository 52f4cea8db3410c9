/** The sentences of State aid, in the visitor's language. */
import { translator, type Locale } from '../../i18n/translator.ts';
import en from './aid/messages/en.json' with { type: 'json' };
import fr from './aid/messages/fr.json' with { type: 'json' };

export function aidText(locale: Locale) {
  return translator(locale, { fr, en });
}

export type AidText = ReturnType<typeof aidText>;

/** Whether a key is one of these sentences: for the refusals of this domain's own fields. */
export function isAidKey(key: string): key is keyof typeof fr {
  return Object.hasOwn(fr, key);
}
