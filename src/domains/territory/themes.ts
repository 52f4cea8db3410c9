/**
 * Labels of themes as people write them, and when two of them are one.
 *
 * Must always hold: labels that differ by case, accents, punctuation or spaces alone have one key; a key is a key of itself;
 * merging and taking back loses no theme of anything.
 */
import { isNearWord } from '../../lib/near-word.ts';

/** What remains of a label when case, accents and punctuation are taken away; at most 200 characters. */
export function labelKey(label: string): string {
  const key = label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/gu, 'oe')
    .replace(/æ/gu, 'ae')
    .replace(/&/gu, ' et ')
    .replace(/[^\p{L}\p{N}+#]+/gu, ' ')
    .trim()
    .slice(0, 200)
    .trim();
  return key === '' ? '?' : key;
}

export interface ThemeMove {
  readonly from: string;
  readonly into: string;
}

/** The themes of one thing after `from` became `into`, and whether it had `into` of its own. */
export function movedCodes(codes: readonly string[], { from, into }: ThemeMove) {
  const hadInto = codes.includes(into);
  const kept = codes.filter((code) => code !== from && code !== into);
  return { codes: [...kept, into], hadInto };
}

/** The themes of one thing after the move was taken back. What somebody took away meanwhile stays away. */
export function restoredCodes(
  codes: readonly string[],
  { from, into }: ThemeMove,
  keepsInto: boolean,
): readonly string[] {
  if (!codes.includes(into)) return codes;
  const kept = codes.filter((code) => code !== from && (keepsInto || code !== into));
  return [...kept, from];
}

export interface NearPair<Item> {
  readonly first: Item;
  readonly second: Item;
}

/** Pairs of themes whose labels read alike: plural, a letter more or less, most of their letters in common. */
export function nearThemes<Item extends { readonly labelFr: string; readonly labelEn: string }>(
  themes: readonly Item[],
): NearPair<Item>[] {
  const read = themes.map((theme) => ({ theme, keys: [...new Set([theme.labelFr, theme.labelEn].map(singularKey))] }));
  return read.flatMap(({ theme: first, keys }, place) =>
    read
      .slice(place + 1)
      .filter((other) => keys.some((one) => other.keys.some((two) => areAlike(one, two))))
      .map(({ theme: second }) => ({ first, second })),
  );
}

const ALIKE_FROM = 0.65;

function singularKey(label: string): string {
  return labelKey(label)
    .split(' ')
    .map((word) => (word.length > 3 ? word.replace(/(?:s|x)$/u, '') : word))
    .join(' ');
}

function areAlike(one: string, other: string): boolean {
  if (one === other) return true;
  if (Math.min(one.length, other.length) < 6) return false;
  return isNearWord(one, other) || sharedTrigrams(one, other) >= ALIKE_FROM;
}

/** The share of runs of three letters that both have, as pg_trgm counts them. */
function sharedTrigrams(one: string, other: string): number {
  const [ones, others] = [trigramsOf(one), trigramsOf(other)];
  const shared = [...ones].filter((trigram) => others.has(trigram)).length;
  return shared / (ones.size + others.size - shared);
}

function trigramsOf(key: string): Set<string> {
  const padded = key
    .split(' ')
    .map((word) => `  ${word} `)
    .join('');
  return new Set(Array.from({ length: padded.length - 2 }, (_, place) => padded.slice(place, place + 3)));
}
