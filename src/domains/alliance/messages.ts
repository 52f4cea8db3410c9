/** The sentences of the alliance, in the visitor's language. */
import { translator, type Locale } from '../../i18n/translator.ts';
import en from './messages/en.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

export function allianceText(locale: Locale) {
  return translator(locale, { fr, en });
}

export type AllianceText = ReturnType<typeof allianceText>;
