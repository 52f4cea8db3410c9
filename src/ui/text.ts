/** The few words that the components say by themselves, in the language that the shell gives to everything inside it. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Locale } from '../i18n/locale.ts';
import { translator } from '../i18n/translator.ts';
import en from './messages/en.json' with { type: 'json' };
import fr from './messages/fr.json' with { type: 'json' };

/** Set once by the shell; an island sets it again from its props. */
export const ScreenLocale = createContext<Locale>('fr');

export type UiText = (typeof texts)[Locale];

export function useText(): UiText {
  return texts[useContext(ScreenLocale)];
}

const messages = { fr, en };
const texts = { fr: translator('fr', messages), en: translator('en', messages) };
