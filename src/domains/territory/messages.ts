/** The sentences of the directory, in the visitor's language. */
import { translator, type Locale } from '../../i18n/translator.ts';
import en from './messages/en.json' with { type: 'json' };
import factsEn from './messages/facts/en.json' with { type: 'json' };
import factsFr from './messages/facts/fr.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };
import lifeEn from './messages/life/en.json' with { type: 'json' };
import lifeFr from './messages/life/fr.json' with { type: 'json' };
import mergingEn from './messages/merging/en.json' with { type: 'json' };
import mergingFr from './messages/merging/fr.json' with { type: 'json' };
import findingEn from './messages/finding/en.json' with { type: 'json' };
import findingFr from './messages/finding/fr.json' with { type: 'json' };

export function directoryText(locale: Locale) {
  return translator(locale, { fr, en });
}

export type DirectoryText = ReturnType<typeof directoryText>;

/** What is stated of organisations: names of facts, where they come from, why they are refused. */
export function factsText(locale: Locale) {
  return translator(locale, { fr: factsFr, en: factsEn });
}

export type FactsText = ReturnType<typeof factsText>;
/** The sentences of searching, of the map, of saved views and of the pages of organisations. */
export function findingText(locale: Locale) {
  return translator(locale, { fr: findingFr, en: findingEn });
}

export type FindingText = ReturnType<typeof findingText>;

/** The sentences of doubles and of merges. */
export function mergingText(locale: Locale) {
  return translator(locale, { fr: mergingFr, en: mergingEn });
}

/** The sentences of places, phases, ties and of who works where. */
export function lifeText(locale: Locale) {
  return translator(locale, { fr: lifeFr, en: lifeEn });
}

export type LifeText = ReturnType<typeof lifeText>;
