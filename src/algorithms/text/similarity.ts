/**
 * How well each offer answers each need, from their words and their themes: from 0 to 1, with the reasons.
 *
 * Words: BM25 of the need's text against the offers, as a share of the greatest score that any offer could
 * reach for that need, then divided by the best share that this need finds, or by the median of these bests
 * when that is greater: the best offer of an ordinary need stands near 1, a need that nobody speaks about
 * stays low. Themes: the part of the need's themes that the offer shares. Where both sides state themes the
 * similarity is (2 × words + themes) / 3, otherwise words alone.
 *
 * Must always hold: every value lies in 0…1; the order of the items does not matter; themes never lower
 * the place of an offer that shares more of them.
 */
import type { Term } from './analyse.ts';
import { analyse, fold } from './analyse.ts';
import type { Bm25Index } from './bm25.ts';
import { buildIndex, explainScore, scoreQuery } from './bm25.ts';
import type { Language } from './stem.ts';

export type TextItem = {
  readonly title: string;
  readonly body: string;
  readonly themes: readonly string[];
  readonly language: Language;
};

export type Similarity = {
  readonly value: number;
  readonly words: number;
  /** Part of the need's themes that the offer shares; null when one of them states none. */
  readonly themes: number | null;
};

export type Similarities = {
  readonly between: (need: number, offer: number) => Similarity;
  /** Words of the need, as the offer writes them, that count most; and the themes both state. */
  readonly reasons: (need: number, offer: number) => { words: string[]; themes: string[] };
};

const FIELD_WEIGHTS = { title: 2, body: 1 };
const WORDS_SHARE = 2 / 3;
const REASONS = 5;

export function similarities(needs: readonly TextItem[], offers: readonly TextItem[]): Similarities {
  const documents = offers.map((offer) => ({
    title: analyse(offer.title, offer.language),
    body: analyse(offer.body, offer.language),
  }));
  const index = buildIndex(documents, FIELD_WEIGHTS);
  const queries = needs.map((need) => [...analyse(need.title, need.language), ...analyse(need.body, need.language)]);
  const words = wordSimilarities(index, queries);
  const needThemes = needs.map(({ themes }) => new Set(themes.map(fold)));
  const offerThemes = offers.map(({ themes }) => new Set(themes.map(fold)));
  return {
    between: (need, offer) => {
      const word = words[need]![offer]!;
      const themes = sharedPart(needThemes[need]!, offerThemes[offer]!);
      const value = themes === null ? word : WORDS_SHARE * word + (1 - WORDS_SHARE) * themes;
      return { value, words: word, themes };
    },
    reasons: (need, offer) => {
      const { title, body } = documents[offer]!;
      const written = surfaces([...title, ...body]);
      const matches = explainScore(index, queries[need]!, offer).slice(0, REASONS);
      return {
        words: matches.map(({ term }) => written.get(term)!),
        themes: offers[offer]!.themes.filter((theme) => needThemes[need]!.has(fold(theme))),
      };
    },
  };
}

function wordSimilarities(index: Bm25Index, queries: readonly Term[][]): Float64Array[] {
  const shares = queries.map((query) => {
    const { scores, ceiling } = scoreQuery(index, query);
    return scores.map((score) => (ceiling > 0 ? score / ceiling : 0));
  });
  const bests = shares.map((row) => row.reduce((best, share) => Math.max(best, share), 0));
  const ordinary = bests.toSorted((x, y) => x - y)[bests.length >> 1] ?? 0;
  return shares.map((row, need) => {
    const full = Math.max(bests[need]!, ordinary);
    return row.map((share) => (full > 0 ? share / full : 0));
  });
}

function sharedPart(need: ReadonlySet<string>, offer: ReadonlySet<string>): number | null {
  if (need.size === 0 || offer.size === 0) return null;
  return need.intersection(offer).size / need.size;
}

/** For each term, the way it is written most often; the first of these in the text when equal. */
function surfaces(terms: readonly Term[]): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { term, surface } of terms) {
    const ways = counts.get(term) ?? new Map<string, number>();
    const way = surface === surface.toUpperCase() ? surface : surface.toLowerCase();
    counts.set(term, ways.set(way, (ways.get(way) ?? 0) + 1));
  }
  const most = (ways: Map<string, number>) => [...ways].reduce((best, way) => (way[1] > best[1] ? way : best))[0];
  return new Map([...counts].map(([term, ways]) => [term, most(ways)]));
}
