/**
 * What the words of needs and offers say about each other, for the pairs of a pool.
 *
 * Must always hold: closeness and help lie in 0…1000; the words given as a reason stand in both texts.
 * No language is declared with a text: the one whose smallest words occur most is taken, French in doubt.
 */
import { similarities, type Embeddings, type PastHelp, type TextItem } from '../../algorithms/text/similarity.ts';
import type { Pool } from './pool.ts';
import { unpackVector } from './vectors.ts';

export interface PoolTexts {
  /** How close the texts of a need and an offer are, in thousandths. */
  closeness(need: number, offer: number): number;
  /** The words that bring them together, strongest first. */
  sharedWords(need: number, offer: number): readonly string[];
  /** The share of past needs like this one that whoever offers helped, in thousandths. */
  helped(need: number, offer: number): number;
  /** How many they are. */
  helpedAlike(need: number, offer: number): number;
}

export function readTexts(pool: Pool): PoolTexts {
  const past = pastOf(pool);
  const found = similarities(
    pool.needs.map((need, place) => itemOf(need.title, pool.texts.needs[place] ?? '')),
    pool.offers.map((offer, place) => itemOf(offer.title, pool.texts.offers[place] ?? '')),
    { past, embeddings: vectorsOf(pool) },
  );
  return {
    closeness: (need, offer) => Math.round(1000 * found.between(need, offer).words),
    sharedWords: (need, offer) => found.reasons(need, offer).words,
    helped: (need, offer) =>
      past.length === 0 ? 0 : Math.round(1000 * (found.between(need, offer).features.history ?? 0)),
    helpedAlike: found.helpedAlike,
  };
}

export function languageOf(text: string): 'fr' | 'en' {
  const count = (words: RegExp) => text.match(words)?.length ?? 0;
  return count(ENGLISH) > count(FRENCH) ? 'en' : 'fr';
}

const ENGLISH = /\b(?:the|and|of|to|for|with|our|we|is|are|from)\b/giu;
const FRENCH = /\b(?:le|la|les|des|une?|et|pour|avec|nos|nous|est|sur|dans|du)\b/giu;

function itemOf(title: string, body: string, themes: readonly string[] = []): TextItem {
  return { title, body, themes, language: languageOf(`${title} ${body}`) };
}

function pastOf({ texts }: Pool): PastHelp[] {
  return (texts.past ?? []).map(({ title, body, themeCodes, helpedBy }) => ({
    need: itemOf(title, body, themeCodes),
    helpedBy,
  }));
}

function vectorsOf({ texts: { vectors } }: Pool): Embeddings | null {
  const unpack = (kept: readonly (string | null)[]) => kept.map((one) => (one === null ? null : unpackVector(one)));
  return vectors === undefined ? null : { needs: unpack(vectors.needs), offers: unpack(vectors.offers) };
}
