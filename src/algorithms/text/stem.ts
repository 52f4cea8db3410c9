/**
 * The stem of a word, by Martin Porter's Snowball rules for French and English (snowballstem.org), so that
 * "financements" and "financer" meet. The one place that knows the package.
 *
 * Takes a lower-case word with its accents, which the French rules need; gives a stem, perhaps accented.
 */
import snowball from 'snowball-stemmers';

export type Language = 'fr' | 'en';

const stemmers = {
  fr: snowball.newStemmer('french'),
  en: snowball.newStemmer('english'),
};

export function stemOf(word: string, language: Language): string {
  return stemmers[language].stem(word);
}
