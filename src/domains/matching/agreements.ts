/**
 * The agreements of a plan, each with the facts that a sentence is made of.
 *
 * Must always hold: one agreement for each pair that gives at least one unit, in the order of the pairs;
 * facts are true of the pool and come strongest first; a pinned pair says so before anything else.
 */
import { NOBODY, themesOf, type Pair } from './pairing.ts';
import type { Agreement, Fact } from './plan.ts';
import { indexPool, type LightPool, type Pool, type PoolIndex, type PoolNeed, type PoolOffer } from './pool.ts';
import { pointsOf, sharedThemes, type Component } from './score.ts';

/** What is told of the texts of a pair. */
export interface PairTexts {
  sharedWords(need: number, offer: number): readonly string[];
  helpedAlike(need: number, offer: number): number;
}

export function agreementsOf(
  pool: Pool,
  pairs: readonly Pair[],
  units: ArrayLike<number>,
  texts: PairTexts,
): Agreement[] {
  const index = indexPool(pool);
  const choices = new Map<number, number>();
  for (const { need } of pairs) choices.set(need, (choices.get(need) ?? 0) + 1);
  return pairs.flatMap((pair, place) => {
    const given = units[place] ?? 0;
    if (given === 0) return [];
    const isOnly = choices.get(pair.need) === 1;
    return {
      need: pair.need,
      offer: pair.offer,
      units: given,
      score: pair.score,
      breakdown: pair.breakdown,
      isPinned: pair.minimum > 0,
      why: factsOf(pool, index, pair, isOnly, texts),
      remarks: pair.remarks,
    };
  });
}

/** The facts of one pair, strongest first; also for an introduction made by hand. */
export function factsOf(pool: LightPool, index: PoolIndex, pair: Pair, isOnly: boolean, texts: PairTexts): Fact[] {
  const [need, offer] = [pool.needs[pair.need], pool.offers[pair.offer]];
  if (need === undefined || offer === undefined) return [];
  const points = pointsOf(pair.breakdown, pool.weights);
  // That the kind is the one asked for goes without saying: it comes last. A near kind is told by its weight.
  const telling = (component: Component) =>
    component === 'kind' && need.kindCode === offer.kindCode ? -1 : points[component];
  const components = COMPONENTS_TOLD.toSorted((a, b) => telling(b) - telling(a));
  const pin =
    pair.minimum > 0 ? pool.decisions.find((one) => one.needId === need.id && one.offerId === offer.id) : undefined;
  return [
    ...(pair.minimum > 0 ? [{ fact: 'pinned', reason: pin?.reason ?? '' } as const] : []),
    ...(isOnly ? [{ fact: 'only-offer' } as const] : []),
    ...components.flatMap((component) => factOf(pool, index, need, offer, pair, component, texts)),
  ];
}

/** The kind is told of every pair; the others only where there is something to tell. */
const COMPONENTS_TOLD: readonly Component[] = ['text', 'kind', 'themes', 'history', 'place', 'sector', 'urgency'];
/** Under this closeness texts share words by accident. */
const TELLING_TEXT = 150;
const WORDS_TOLD = 4;

function factOf(
  pool: LightPool,
  index: PoolIndex,
  need: PoolNeed,
  offer: PoolOffer,
  { breakdown, ...pair }: Pair,
  component: Component,
  texts: PairTexts,
): Fact[] {
  const receiver = index.organisation.get(need.organisationId) ?? NOBODY;
  const giver = index.organisation.get(offer.organisationId) ?? NOBODY;
  switch (component) {
    case 'kind':
      return need.kindCode === offer.kindCode
        ? [{ fact: 'kind', kind: need.kindCode }]
        : [{ fact: 'near-kind', kind: offer.kindCode, wanted: need.kindCode }];
    case 'text': {
      const words = breakdown.text >= TELLING_TEXT ? texts.sharedWords(pair.need, pair.offer) : [];
      return words.length > 0 ? [{ fact: 'text', words: words.slice(0, WORDS_TOLD) }] : [];
    }
    case 'themes': {
      const codes = sharedThemes(themesOf(need, receiver), themesOf(offer, giver));
      return codes.length > 0 ? [{ fact: 'themes', codes }] : [];
    }
    case 'history': {
      const past = pool.history.find((one) => one.giverId === giver.id && one.receiverId === receiver.id);
      if (past !== undefined && past.sessions > 0) return [{ fact: 'sessions', count: past.sessions }];
      const count = texts.helpedAlike(pair.need, pair.offer);
      return count > 0 ? [{ fact: 'helped', count }] : [];
    }
    case 'place':
      if (receiver.commune !== null && receiver.commune === giver.commune)
        return [{ fact: 'town', commune: receiver.commune }];
      return receiver.regionCode !== null && receiver.regionCode === giver.regionCode ? [{ fact: 'region' }] : [];
    case 'sector':
      return receiver.nafSection !== null && receiver.nafSection === giver.nafSection
        ? [{ fact: 'sector', section: receiver.nafSection }]
        : [];
    case 'urgency':
      return need.urgency === 3 ? [{ fact: 'urgent' }] : [];
  }
}
