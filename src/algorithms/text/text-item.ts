/**
 * A need or an offer as text and tags, and what is counted in it once and for all.
 *
 * Must always hold: an entry depends on its item alone, never on the other texts; terms stand in the order of
 * their first occurrence, each once; a word of the title counts TITLE_WEIGHT times wherever texts are one bag.
 */
import { analyse, fold } from './analyse.ts';
import type { GramCounts } from './character-grams.ts';
import { countGrams } from './character-grams.ts';
import type { Language } from './stem.ts';

export type TextItem = {
  readonly title: string;
  readonly body: string;
  readonly themes: readonly string[];
  readonly language: Language;
  /** Sections of activity: those of a need's owner, those an offer is open to; absent or empty: not said. */
  readonly sectors?: readonly string[];
  /** Places by code: those of a need, those an offer reaches; absent or empty: not said. */
  readonly places?: readonly string[];
};

export type WordCounts = {
  readonly terms: readonly string[];
  readonly inTitle: Uint16Array;
  readonly inBody: Uint16Array;
  readonly titleLength: number;
  readonly bodyLength: number;
};

export type TextEntry = {
  readonly words: WordCounts;
  readonly grams: GramCounts;
  readonly themes: ReadonlySet<string>;
  readonly sectors: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
};

export const TITLE_WEIGHT = 2;
const MOST = 65_535;

export function readEntry(item: TextItem): TextEntry {
  return {
    words: countWords(item),
    grams: countGrams([
      { text: item.title, weight: TITLE_WEIGHT },
      { text: item.body, weight: 1 },
    ]),
    themes: tags(item.themes),
    sectors: tags(item.sectors),
    places: tags(item.places),
  };
}

/** How often each term occurs, the title counting TITLE_WEIGHT times. */
export function weightedCount({ inTitle, inBody }: WordCounts, place: number): number {
  return TITLE_WEIGHT * inTitle[place]! + inBody[place]!;
}

function countWords({ title, body, language }: TextItem): WordCounts {
  const places = new Map<string, number>();
  const counts: [title: number, body: number][] = [];
  const count = (text: string, field: 0 | 1) => {
    const terms = analyse(text, language);
    for (const { term } of terms) {
      const place = places.get(term) ?? places.size;
      if (place === places.size) {
        places.set(term, place);
        counts.push([0, 0]);
      }
      counts[place]![field]++;
    }
    return terms.length;
  };
  const titleLength = count(title, 0);
  const bodyLength = count(body, 1);
  return {
    terms: [...places.keys()],
    inTitle: Uint16Array.from(counts, ([often]) => Math.min(often, MOST)),
    inBody: Uint16Array.from(counts, ([, often]) => Math.min(often, MOST)),
    titleLength,
    bodyLength,
  };
}

function tags(list: readonly string[] | undefined): ReadonlySet<string> {
  return new Set((list ?? []).map((tag) => fold(tag).trim()).filter((tag) => tag !== ''));
}
