/**
 * From a text to the terms that stand for it in an index.
 *
 * Markup, addresses and e-mails go; words are cut at anything that is neither a letter nor a digit, and at
 * French elisions (l’, d’, qu’…) and English possessives; stop words and single letters go; what is left is
 * stemmed, then loses its accents. Each term keeps the word it came from, as written, to explain a match.
 *
 * What is written in several ways becomes one term: a compound gives its parts and its joined form
 * ("co-voiturage" also gives "covoiturage"), a code its joined form ("C-17" and "C17"; "ISO 9001", "ISO-9001"
 * and "ISO9001"), initials lose their signs ("R&D", "R.S.E."). Numbers alone say nothing, save years and codes
 * of four digits. Endings of inclusive writing ("étudiant·e·s") go.
 *
 * Must always hold: a term is lower-case ASCII or a foreign letter, never empty; the same text gives the
 * same terms; case, accents on capitals and the shape of the apostrophe or the hyphen change nothing.
 */
import type { Language } from './stem.ts';
import { stemOf } from './stem.ts';
import { STOP_WORDS } from './stop-words.ts';

export type Term = { readonly term: string; readonly surface: string };

const ADDRESS = /\b(?:https?:\/\/|www\.)\S+|\b[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}/giu;
const MARKUP = /<[^<>]{1,400}>|&[a-z]{2,8};|[*_~`#|\\]+/giu;
const APOSTROPHE = /[’ʼ‘`´]/gu;
const HYPHEN = /[‐‑−]/gu;
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF]/gu;
const INCLUSIVE = /(?<=\p{L})[·•‧]\p{L}{1,6}/gu;
/** Initials ("R&D", "R.S.E."), then capitals and a number ("ISO 9001"), then words and compounds. */
const TOKEN =
  /(?<![\p{L}\p{N}])(?:\p{Lu}(?: ?& ?\p{Lu}){1,3}(?![\p{L}\p{N}])|(?:\p{Lu}\.){2,8}|\p{Lu}{2,5} \p{N}{2,6}(?![\p{L}\p{N}]))|[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu;
const ELISION = /^(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)'(?=[\p{L}\p{N}])/iu;
const POSSESSIVE = /'s?$/iu;
/** Letters, then digits: the name of a standard, a building, a road, a gas. */
const CODE = /^\p{L}{1,5}[- ]?\p{N}{1,6}$/u;
const INITIALS = /^\p{Lu}(?:[ .&]+\p{Lu}?)+$/u;
/** Longer runs of letters are keys or damage, not words. */
const LONGEST_WORD = 40;
const MOST_PARTS = 4;

export function analyse(text: string, language: Language): Term[] {
  const terms: Term[] = [];
  const known = kept[language];
  for (const [token] of plain(text).matchAll(TOKEN)) {
    let found = known.get(token);
    if (!found) {
      found = termsOf(token, language);
      if (known.size >= MOST_KEPT) known.clear();
      if (token.length <= LONGEST_WORD) known.set(token, found);
    }
    for (const term of found) terms.push(term);
  }
  return terms;
}

/** What words seen lately became: a vocabulary comes back in every text. */
const kept: Readonly<Record<Language, Map<string, readonly Term[]>>> = { fr: new Map(), en: new Map() };
const MOST_KEPT = 50_000;

/** Without accents and ligatures, in lower case: "Œuvre d’État" becomes "oeuvre d’etat", "CO₂" becomes "co2". */
export function fold(text: string): string {
  const bare = text.normalize('NFKD').replace(/\p{M}+/gu, '');
  return bare.toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae').replaceAll('ß', 'ss');
}

function plain(text: string): string {
  const even = text.normalize('NFC').replace(ADDRESS, ' ').replace(APOSTROPHE, "'").replace(HYPHEN, '-');
  return even.replace(INVISIBLE, '').replace(INCLUSIVE, '').replace(MARKUP, ' ');
}

function termsOf(token: string, language: Language): Term[] {
  if (INITIALS.test(token)) return joined(token, token);
  if (CODE.test(token)) return [...joined(token, token), ...partsOf(token, language, /[- ]/u)];
  return wordsWithin(token, language).flatMap((word) => compound(word, language));
}

/** The parts of a compound, then the whole without hyphens where no part is a mere tool ("pensez-y"). */
function compound(word: string, language: Language): Term[] {
  if (!word.includes('-')) return termOf(word, language);
  if (CODE.test(word)) return [...joined(word, word), ...partsOf(word, language, /-/u)];
  const parts = word.split('-').filter((part) => part !== '');
  const found = partsOf(word, language, /-/u);
  const isName = parts.length <= MOST_PARTS && !parts.some((part) => isStopWord(part, language));
  if (parts.length < 2 || !isName) return found;
  return [...termOf(parts.join(''), language, word), ...found];
}

function partsOf(word: string, language: Language, separator: RegExp): Term[] {
  const parts = word.split(separator);
  return parts.length > 1 ? parts.flatMap((part) => termOf(part, language)) : [];
}

function wordsWithin(token: string, language: Language): string[] {
  const head = language === 'fr' ? token.replace(ELISION, '') : token.replace(POSSESSIVE, '');
  return head.split("'").filter((part) => part !== '');
}

function joined(token: string, surface: string): Term[] {
  const term = lettersAndDigits(fold(token));
  return term.length > 1 ? [{ term, surface: surface.replace(/\.$/u, '') }] : [];
}

function termOf(word: string, language: Language, surface = word): Term[] {
  if (word.length > LONGEST_WORD) return [];
  const lower = word.toLowerCase();
  const folded = lettersAndDigits(fold(lower));
  if (folded.length < 2 || STOP_WORDS[language].has(folded)) return [];
  if (/^\p{N}+$/u.test(folded)) return folded.length === 4 ? [{ term: folded, surface }] : [];
  if (/\p{N}/u.test(folded)) return [{ term: folded, surface }];
  return [{ term: lettersAndDigits(fold(stemOf(lower, language))) || folded, surface }];
}

/** Compatibility forms can hold signs ("½" is 1⁄2): they are no part of a term. */
function lettersAndDigits(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

function isStopWord(part: string, language: Language): boolean {
  return STOP_WORDS[language].has(fold(part));
}
