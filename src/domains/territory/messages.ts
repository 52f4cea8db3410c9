/** The sentences of the directory, in the visitor's language. */
import { translator, type Locale } from '../../i18n/translator.ts';
import en from './messages/en.json' with { type: 'json' };
import factsEn from './messages/facts/en.json' with { type: 'json' };
import factsFr from './messages/facts/fr.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

export function directoryText(locale: Locale) {
  return translator(locale, { fr, en });
}

export type DirectoryText = ReturnType<typeof directoryText>;

/** What is stated of organisations: names of facts, where they come from, why they are refused. */
export function factsText(locale: Locale) {
  return translator(locale, { fr: factsFr, en: factsEn });
}

export type FactsText = ReturnType<typeof factsText>;
