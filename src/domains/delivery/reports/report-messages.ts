/** The sentences of reports and statements, in the visitor's language or in that of the document. */
import { translator, type Locale } from '../../../i18n/translator.ts';
import en from './messages/en.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

export function reportText(locale: Locale) {
  return translator(locale, { fr, en });
}

export type ReportText = ReturnType<typeof reportText>;
