/** The sentences of the directory, in the visitor's language. */
import { translator, type Locale } from '../../i18n/translator.ts';
import en from './messages/en.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };
import findingEn from './messages/finding/en.json' with { type: 'json' };
import findingFr from './messages/finding/fr.json' with { type: 'json' };

export function directoryText(locale: Locale) {
  return translator(locale, { fr, en });
}

export type DirectoryText = ReturnType<typeof directoryText>;

/** The sentences of searching, of the map, of saved views and of the pages of organisations. */
export function findingText(locale: Locale) {
  return translator(locale, { fr: findingFr, en: findingEn });
}

export type FindingText = ReturnType<typeof findingText>;
