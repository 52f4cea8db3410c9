/** The two languages of the screens. French is first; English is whole. */
export type Locale = 'fr' | 'en';

export const locales: readonly Locale[] = ['fr', 'en'];

/** Day before month and the euro after its figures are kept in English too: the readers live in Europe. */
export const languageTags: Readonly<Record<Locale, string>> = { fr: 'fr-FR', en: 'en-GB' };
