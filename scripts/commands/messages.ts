/** The sentences of plans and verdicts, in the language that the person asks for. */
import { OperatorError } from '../../src/lib/operator-error.ts';
import { translator } from '../../src/i18n/translator.ts';
import en from './messages/en.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };
import { printable, type Terminal } from './terminal.ts';

const texts = { fr: translator('fr', { fr, en }), en: translator('en', { fr, en }) };

export function commandText(language: 'fr' | 'en') {
  return texts[language];
}
export type CommandText = ReturnType<typeof commandText>;

export function readLanguage(told: string | undefined, terminal: Terminal): 'fr' | 'en' {
  if (told === undefined) return terminal.language;
  if (told === 'fr' || told === 'en') return told;
  throw new OperatorError(`--language is fr or en, not “${printable(told, 20)}”.`);
}
