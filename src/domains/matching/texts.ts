/**
 * What the words of needs and offers say about each other, for the pairs of a pool.
 *
 * Must always hold: closeness lies in 0…1000; the words given as a reason stand in both texts.
 * No language is declared with a text: the one whose smallest words occur most is taken, French in doubt.
 */
import { similarities, type TextItem } from '../../algorithms/text/similarity.ts';
import type { Pool } from './pool.ts';

export interface PoolTexts {
  /** How close the texts of a need and an offer are, in thousandths. */
  closeness(need: number, offer: number): number;
  /** The words that bring them together, strongest first. */
  sharedWords(need: number, offer: number): readonly string[];
}

export function readTexts(pool: Pool): PoolTexts {
  const found = similarities(
    pool.needs.map((need, place) => itemOf(need.title, pool.texts.needs[place] ?? '')),
    pool.offers.map((offer, place) => itemOf(offer.title, pool.texts.offers[place] ?? '')),
  );
  return {
    closeness: (need, offer) => Math.round(1000 * found.between(need, offer).words),
    sharedWords: (need, offer) => found.reasons(need, offer).words,
  };
}

export function languageOf(text: string): 'fr' | 'en' {
  const count = (words: RegExp) => text.match(words)?.length ?? 0;
  return count(ENGLISH) > count(FRENCH) ? 'en' : 'fr';
}

const ENGLISH = /\b(?:the|and|of|to|for|with|our|we|is|are|from)\b/giu;
const FRENCH = /\b(?:le|la|les|des|une?|et|pour|avec|nos|nous|est|sur|dans|du)\b/giu;

function itemOf(title: string, body: string): TextItem {
  return { title, body, themes: [], language: languageOf(`${title} ${body}`) };
}
