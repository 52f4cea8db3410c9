/**
 * From a text to the terms that stand for it in an index.
 *
 * Markup, addresses and e-mails go; words are cut at anything that is neither a letter nor a digit, and at
 * French elisions (l’, d’, qu’…) and English possessives; stop words and single letters go; what is left is
 * stemmed, then loses its accents. Each term keeps the word it came from, as written, to explain a match.
 *
 * Must always hold: a term is lower-case ASCII or a foreign letter, never empty; the same text gives the
 * same terms; case, accents on capitals and the shape of the apostrophe change nothing.
 */
import type { Language } from './stem.ts';
import { stemOf } from './stem.ts';
import { STOP_WORDS } from './stop-words.ts';

export type Term = { readonly term: string; readonly surface: string };

const ADDRESS = /\b(?:https?:\/\/|www\.)\S+|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}/giu;
const MARKUP = /<[^<>]{1,400}>|&[a-z]+;|[*_~`#|\\]+/giu;
const APOSTROPHE = /[’ʼ‘`´]/gu;
const WORD = /[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu;
const ELISION = /^(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)'(?=[\p{L}\p{N}])/iu;
const POSSESSIVE = /'s?$/iu;
/** Longer runs of letters are keys or damage, not words. */
const LONGEST_WORD = 40;

export function analyse(text: string, language: Language): Term[] {
  const plain = text.normalize('NFC').replace(ADDRESS, ' ').replace(APOSTROPHE, "'");
  const terms: Term[] = [];
  const known = new Map<string, string | null>();
  for (const [word] of plain.replace(MARKUP, ' ').matchAll(WORD)) {
    for (const surface of wordsWithin(word, language)) {
      const seen = known.get(surface);
      const term = seen === undefined ? termOf(surface, language) : seen;
      if (seen === undefined) known.set(surface, term);
      if (term !== null) terms.push({ term, surface });
    }
  }
  return terms;
}

/** Without accents and ligatures, in lower case: "Œuvre d’État" becomes "oeuvre d’etat". */
export function fold(text: string): string {
  const bare = text.normalize('NFD').replace(/\p{M}+/gu, '');
  return bare.toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae').replaceAll('ß', 'ss');
}

function wordsWithin(word: string, language: Language): string[] {
  const head = language === 'fr' ? word.replace(ELISION, '') : word.replace(POSSESSIVE, '');
  return head.split("'").filter((part) => part !== '');
}

function termOf(surface: string, language: Language): string | null {
  if (surface.length > LONGEST_WORD) return null;
  const lower = surface.toLowerCase();
  const folded = fold(lower);
  if (folded.length < 2 || STOP_WORDS[language].has(folded)) return null;
  if (/^\p{N}+$/u.test(folded)) return folded.length === 4 ? folded : null;
  return fold(stemOf(lower, language)) || folded;
}
