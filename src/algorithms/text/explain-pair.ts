/**
 * Why this offer for this need: facts that a sentence can be made of, strongest first.
 *
 * Must always hold: a word given stands in both texts, as each writes it; a theme, sector or place given is
 * stated by both; nothing is said that weighs nothing. Shares are parts of the pair's sum and add up to 1 at most.
 */
import type { AffinityWeights } from './affinity-weights.ts';
import { analyse, fold } from './analyse.ts';
import { explainScore } from './bm25.ts';
import type { Feature, FeatureRow, ReadNeed } from './features.ts';
import { needResemblance, type PastNeed } from './history.ts';
import type { OfferIndex } from './offer-index.ts';
import type { TextItem } from './text-item.ts';

export type Fact =
  /** The same words in both, pair by pair as the need and the offer write them, most telling first. */
  | { readonly kind: 'words'; readonly share: number; readonly inNeed: string[]; readonly inOffer: string[] }
  /** Tags of both, as the offer writes them. */
  | { readonly kind: 'themes'; readonly share: number; readonly themes: string[] }
  | { readonly kind: 'sector'; readonly share: number; readonly sectors: string[] }
  | { readonly kind: 'place'; readonly share: number; readonly places: string[] }
  /** It helped others: places in the list of past needs, most like this one first. */
  | { readonly kind: 'history'; readonly share: number; readonly past: number[] }
  /** The texts speak of the same things in other words. */
  | { readonly kind: 'alike'; readonly share: number };

const MOST_WORDS = 5;
const MOST_PAST = 3;
/** Resemblance without a word in common is told from here on: strangers stay below. */
const ALIKE = 0.3;

export function explainPair(
  index: OfferIndex,
  need: ReadNeed & { readonly item: TextItem },
  slot: number,
  row: FeatureRow,
  weights: AffinityWeights,
  past: readonly PastNeed[] = [],
): Fact[] {
  const offer = index.offers[slot]!;
  const part = (feature: Feature) => {
    const { weight = 0, typical = 0 } = weights[feature] ?? {};
    const value = row[feature][slot]!;
    return weight * (Number.isNaN(value) ? typical : value);
  };
  const total = (Object.keys(weights) as Feature[]).reduce((sum, feature) => sum + part(feature), 0);
  const share = (...features: Feature[]) =>
    total > 0 ? features.reduce((sum, feature) => sum + part(feature), 0) / total : 0;
  const words = sharedWords(index, need, slot);
  const themes = sharedTags(offer.item.themes, need.entry.themes);
  const sectors = sharedTags(offer.item.sectors, need.entry.sectors);
  const places = sharedTags(offer.item.places, need.entry.places);
  const helped = helpedBefore(offer.id, past, need);
  const facts: (Fact | false)[] = [
    words.length > 0 && {
      kind: 'words',
      share: share('words', 'grams', 'latent'),
      inNeed: words.map(({ inNeed }) => inNeed),
      inOffer: words.map(({ inOffer }) => inOffer),
    },
    words.length === 0 && row.latent[slot]! >= ALIKE && { kind: 'alike', share: share('grams', 'latent') },
    themes.length > 0 && { kind: 'themes', share: share('themes'), themes },
    sectors.length > 0 && { kind: 'sector', share: share('sector'), sectors },
    places.length > 0 && { kind: 'place', share: share('place'), places },
    helped.length > 0 && { kind: 'history', share: share('history'), past: helped },
  ];
  return facts.filter((fact) => fact !== false).toSorted((x, y) => y.share - x.share);
}

/** A word inside another ("voiturage" beside "co-voiturage", "ISO" beside "ISO 9001") gives way to it. */
function sharedWords(index: OfferIndex, need: ReadNeed & { readonly item: TextItem }, slot: number) {
  const matches = explainScore(index.bm25, need.entry.words, slot);
  if (matches.length === 0) return [];
  const inNeed = surfacesOf(need.item);
  const inOffer = surfacesOf(index.offers[slot]!.item);
  let found: { inNeed: string; inOffer: string }[] = [];
  for (const { term } of matches) {
    const word = { inNeed: inNeed.get(term)!, inOffer: inOffer.get(term)! };
    if (found.some((one) => isInside(word.inOffer, one.inOffer))) continue;
    const place = found.findIndex((one) => isInside(one.inOffer, word.inOffer));
    if (place >= 0) found[place] = word;
    else found.push(word);
    found = found.filter((one) => one === word || !isInside(one.inOffer, word.inOffer));
  }
  return found.slice(0, MOST_WORDS);
}

function isInside(part: string, whole: string): boolean {
  return fold(whole).includes(fold(part));
}

/** How each term is most often written; all capitals kept as such, for initials and codes. */
function surfacesOf({ title, body, language }: TextItem): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { term, surface } of [...analyse(title, language), ...analyse(body, language)]) {
    const ways = counts.get(term) ?? new Map<string, number>();
    const way = surface === surface.toUpperCase() ? surface : surface.toLowerCase();
    counts.set(term, ways.set(way, (ways.get(way) ?? 0) + 1));
  }
  const most = (ways: Map<string, number>) => [...ways].reduce((best, way) => (way[1] > best[1] ? way : best))[0];
  return new Map([...counts].map(([term, ways]) => [term, most(ways)]));
}

function sharedTags(offer: readonly string[] | undefined, need: ReadonlySet<string>): string[] {
  return [...new Set(offer ?? [])].filter((tag) => need.has(fold(tag).trim()));
}

function helpedBefore(offer: string, past: readonly PastNeed[], need: ReadNeed): number[] {
  const like = past.map((one) => needResemblance(need, one));
  const helped = past.keys().filter((place) => past[place]!.helpedBy.has(offer));
  return [...helped].toSorted((x, y) => like[y]! - like[x]! || x - y).slice(0, MOST_PAST);
}
