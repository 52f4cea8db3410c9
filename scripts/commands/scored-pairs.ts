/**
 * Pairs from what needs and offers say: texts and tags give the score, conditions keep apart.
 *
 * Must always hold: a pair is left out only when a condition refuses it, when its offer is paused, when both sides are
 * one organisation, when its score is under the least one, or when better pairs of both its sides fill the number that
 * is kept; each of these is counted and said.
 */
import { OperatorError } from '../../src/lib/operator-error.ts';
import type { AffinityWeights } from '../../src/algorithms/text/affinity-weights.ts';
import { similarities, type Embeddings } from '../../src/algorithms/text/similarity.ts';
import { isEligible, type Eligibility } from '../../src/domains/support/conditions.ts';
import type { Kept, PairList } from './pair-list.ts';
import type { NeedEntry, OfferEntry } from './parties.ts';

export interface ScoreOptions {
  readonly weights: AffinityWeights;
  /** Of 1000. */
  readonly least: number;
  /** Best pairs of each side that are kept; undefined for all, unless they are too many. */
  readonly keep: number | undefined;
  readonly mostOfPair: number;
  readonly day: Temporal.PlainDate;
}

/** Pairs of texts, texts and characters that fit the memory of a process (2 GB); more want a PAIRS file. */
const MOST_COMPARED = 4_000_000;
const MOST_TEXTS = 25_000;
const MOST_CHARACTERS = 25_000_000;
const TOO_MANY =
  'The texts are too many to be compared each with each (4 million pairs, 25,000 texts, 25 million characters): give a PAIRS file, or plan in parts.';
/** Pairs kept without being asked how many. */
const MOST_KEPT = 500_000;
const USUAL_KEEP = 50;

export function scorePairs(
  needs: readonly NeedEntry[],
  offers: readonly OfferEntry[],
  options: ScoreOptions,
  embeddings: Embeddings | null = null,
): PairList {
  const compared = needs.length * offers.length;
  const { weights, day } = options;
  const items = { needs: needs.map(({ item }) => item), offers: offers.map(({ item }) => item) };
  const texts = [...items.needs, ...items.offers];
  const characters = texts.reduce((sum, { title, body }) => sum + title.length + body.length, 0);
  if (compared > MOST_COMPARED || texts.length > MOST_TEXTS || characters > MOST_CHARACTERS)
    throw new OperatorError(TOO_MANY);
  const found = similarities(items.needs, items.offers, { weights, embeddings });
  const { candidates, kept, counts } = gather(needs, offers, options, (i, j) => found.between(i, j).value);
  const keep = options.keep ?? (candidates.length > MOST_KEPT ? USUAL_KEEP : Infinity);
  const best = Number.isFinite(keep) ? keepBest(candidates, needs.length, offers.length, keep) : candidates;
  const left = candidates.length - best.length;
  return {
    pairs: columnsOf(best, needs, offers, options.mostOfPair),
    decimals: 0,
    lift: 0,
    notes: [
      `${best.length} pairs of ${compared} are allowed, scored from texts${told(counts)}.`,
      ...(left > 0 ? [`${left} more are left out: the ${keep} best of each side are kept (--keep).`] : []),
    ],
    keptFrom: (need) => kept[need] ?? null,
    reasonsOf(pair) {
      const { need: i = 0, offer: j = 0 } = best[pair] ?? {};
      const [need, offer] = [needs[i], offers[j]];
      if (need === undefined || offer === undefined) return null;
      const eligible = eligibilityOf(need, offer, day);
      return { ...found.reasons(i, j), remarks: eligible.allowed ? eligible.remarks : [] };
    },
  };
}

interface Candidate {
  readonly need: number;
  readonly offer: number;
  readonly score: number;
}

interface Counts {
  readonly refused: number;
  readonly paused: number;
  readonly own: number;
  readonly unlike: number;
}

function gather(
  needs: readonly NeedEntry[],
  offers: readonly OfferEntry[],
  { least, day }: ScoreOptions,
  closeness: (need: number, offer: number) => number,
) {
  const candidates: Candidate[] = [];
  const counts = { refused: 0, paused: 0, own: 0, unlike: 0 };
  const judge = (need: NeedEntry, i: number, offer: OfferEntry, j: number, nearest: Kept | null) => {
    if (offer.isPaused) counts.paused++;
    else if (offer.organisation !== '' && offer.organisation === need.organisation) counts.own++;
    else {
      const eligible = eligibilityOf(need, offer, day);
      const score = Math.round(1000 * closeness(i, j));
      if (!eligible.allowed) {
        counts.refused++;
        return nearerOf(nearest, j, eligible.reasons);
      }
      if (score < least) counts.unlike++;
      else candidates.push({ need: i, offer: j, score });
    }
    return nearest;
  };
  const kept = needs.map((need, i) =>
    offers.reduce<Kept | null>((nearest, offer, j) => judge(need, i, offer, j, nearest), null),
  );
  return { candidates, kept, counts };
}

function told({ refused, paused, own, unlike }: Counts): string {
  return [
    ...(unlike > 0 ? [`; ${unlike} have too little in common (--least-score)`] : []),
    ...(refused > 0 ? [`; conditions keep ${refused} apart`] : []),
    ...(paused > 0 ? [`; ${paused} are of paused offers`] : []),
    ...(own > 0 ? [`; ${own} are within one organisation`] : []),
  ].join('');
}

/** On the first day from `day` on at which the offer stands open; a need must not end before. */
function eligibilityOf(need: NeedEntry, offer: OfferEntry, day: Temporal.PlainDate): Eligibility {
  const { availableFrom } = offer.conditions;
  const isAfter = (one: Temporal.PlainDate | null, other: Temporal.PlainDate) =>
    one !== null && Temporal.PlainDate.compare(one, other) > 0;
  const isLate = need.neededBy !== null && Temporal.PlainDate.compare(need.neededBy, day) < 0;
  const opens = availableFrom !== null && isAfter(availableFrom, day) ? availableFrom : day;
  const on = need.neededBy !== null && !isLate && isAfter(opens, need.neededBy) ? need.neededBy : opens;
  return isEligible(offer.conditions, need.facts, on);
}

function nearerOf(nearest: Kept | null, offer: number, notes: Kept['nearest']['notes']): Kept {
  if (nearest === null) return { offers: 1, nearest: { offer, notes } };
  const isNearer = notes.length < nearest.nearest.notes.length;
  return { offers: nearest.offers + 1, nearest: isNearer ? { offer, notes } : nearest.nearest };
}

/** A pair stays when it is among the best of its need or of its offer; the earlier one at equal scores. */
function keepBest(candidates: readonly Candidate[], needs: number, offers: number, keep: number): Candidate[] {
  const score = (place: number) => candidates[place]?.score ?? 0;
  const byScore = Int32Array.from(candidates.keys()).toSorted((a, b) => score(b) - score(a) || a - b);
  const left = { need: new Int32Array(needs).fill(keep), offer: new Int32Array(offers).fill(keep) };
  const stays = new Uint8Array(candidates.length);
  for (const place of byScore) {
    const { need = 0, offer = 0 } = candidates[place] ?? {};
    if ((left.need[need] ?? 0) > 0 || (left.offer[offer] ?? 0) > 0) stays[place] = 1;
    left.need[need] = (left.need[need] ?? 0) - 1;
    left.offer[offer] = (left.offer[offer] ?? 0) - 1;
  }
  return candidates.filter((_, place) => stays[place] === 1);
}

function columnsOf(
  best: readonly Candidate[],
  needs: readonly NeedEntry[],
  offers: readonly OfferEntry[],
  mostOfPair: number,
): PairList['pairs'] {
  const most = ({ need, offer }: Candidate) =>
    Math.min(needs[need]?.wanted ?? 0, offers[offer]?.capacity ?? 0, mostOfPair);
  return {
    need: Int32Array.from(best, ({ need }) => need),
    offer: Int32Array.from(best, ({ offer }) => offer),
    score: Int32Array.from(best, ({ score }) => score),
    cap: Int32Array.from(best, most),
    minimum: new Int32Array(best.length),
  };
}
