/** The sentences of imports, in the visitor's language. */
import { translator, type Locale } from '../../i18n/translator.ts';
import en from './messages/en.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

export function importText(locale: Locale) {
  return translator(locale, { fr, en });
}

export type ImportText = ReturnType<typeof importText>;

const bare = (label: string) => label.replace(/\s/gu, '').toLowerCase();
const CORRECTION = new Set(
  [fr, en].flatMap((words) =>
    [words['correction.row'], words['correction.field'], words['correction.reason']].map(bare),
  ),
);

/** Whether a column is one that we put before rows to correct, in whatever language: it says nothing of the directory. */
export function isOfCorrection(column: string): boolean {
  return CORRECTION.has(bare(column));
}
