/**
 * The stem of a word, by Martin Porter's Snowball rules for French and English (snowballstem.org), so that
 * "financements" and "financer" meet. The one place that knows the package.
 *
 * Takes a lower-case word with its accents, which the French rules need; gives a stem, perhaps accented.
 * The stems of words seen lately are kept: a vocabulary comes back in every text.
 */
import snowball from 'snowball-stemmers';

export type Language = 'fr' | 'en';

const stemmers = {
  fr: snowball.newStemmer('french'),
  en: snowball.newStemmer('english'),
};
const kept = { fr: new Map<string, string>(), en: new Map<string, string>() };
const MOST_KEPT = 50_000;

export function stemOf(word: string, language: Language): string {
  const stems = kept[language];
  const seen = stems.get(word);
  if (seen !== undefined) return seen;
  const stem = stemmers[language].stem(word);
  if (stems.size >= MOST_KEPT) stems.clear();
  stems.set(word, stem);
  return stem;
}
