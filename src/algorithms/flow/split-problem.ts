/**
 * Where the graph of needs and offers falls apart, its parts can be planned one by one, or side by side.
 *
 * Components are found by joining the offers of each need (disjoint sets with path halving: Tarjan and van
 * Leeuwen, "Worst-case analysis of set union algorithms", Journal of the ACM 31, 1984), then gathered in the
 * order of their first need into parts of some size, so that a thousand small ones do not cost a thousand
 * errands. Inside a part everything is numbered anew, close together. Needs and offers without a pair belong
 * to no part: nothing can be done for them.
 *
 * Must always hold: the parts depend on the problem alone, never on how many threads there are, so that the
 * joined plan is the same however it was made. Almost linear time.
 */
import type { AllocationProblem } from './allocation.ts';

export type ProblemPart = {
  readonly problem: AllocationProblem;
  /** Numbers in the whole problem, in rising order. */
  readonly needs: Int32Array;
  readonly offers: Int32Array;
  readonly pairs: Int32Array;
};

/** At most so many parts, but for one very large component each. */
export const MOST_PARTS = 32;
/** With less than this outside the largest component, splitting is not worth the copy. */
const LEAST_OUTSIDE = 0.1;

/** Which part each pair belongs to, and how many parts there are; one part when splitting gains nothing. */
export type Split = { readonly parts: number; readonly partOf: Int32Array };

export function findSplit({ needs, offers, pairs }: AllocationProblem): Split | null {
  const leader = joinOffers(pairs.need, pairs.offer, needs.wanted.length, offers.capacity.length);
  const size = new Int32Array(offers.capacity.length);
  for (let a = 0; a < pairs.need.length; a++) size[leader[pairs.offer[a]!]!]! += 1;
  let largest = 0;
  for (let j = 0; j < size.length; j++) largest = Math.max(largest, size[j]!);
  if (largest >= (1 - LEAST_OUTSIDE) * pairs.need.length) return null;
  const enough = Math.ceil(pairs.need.length / MOST_PARTS);
  const partOf = new Int32Array(offers.capacity.length).fill(-1);
  let [parts, filled] = [0, 0];
  for (let a = 0; a < pairs.need.length; a++) {
    const top = leader[pairs.offer[a]!]!;
    if (partOf[top]! >= 0) continue;
    if (filled >= enough) [parts, filled] = [parts + 1, 0];
    partOf[top] = parts;
    filled += size[top]!;
  }
  for (let j = 0; j < partOf.length; j++) partOf[j] = partOf[leader[j]!]!;
  return { parts: parts + 1, partOf };
}

/** One part of the problem, cut out. Linear in the whole problem's pairs: one pass over them. */
export function cutOut({ needs, offers, pairs }: AllocationProblem, { partOf }: Split, part: number): ProblemPart {
  const members = { needs: new Int32Array(needs.wanted.length).fill(-1), offers: new Int32Array(partOf.length) };
  let count = 0;
  for (let a = 0; a < pairs.need.length; a++) {
    if (partOf[pairs.offer[a]!] !== part) continue;
    count++;
    members.needs[pairs.need[a]!] = 0;
  }
  const needNumbers = numberAnew(members.needs, (i) => members.needs[i] === 0);
  const offerNumbers = numberAnew(members.offers, (j) => partOf[j] === part);
  const chosen = new Int32Array(count);
  for (let a = 0, at = 0; a < pairs.need.length; a++) if (partOf[pairs.offer[a]!] === part) chosen[at++] = a;
  const taken = (list: Int32Array, which: Int32Array) => which.map((number) => list[number]!);
  return {
    needs: needNumbers,
    offers: offerNumbers,
    pairs: chosen,
    problem: {
      needs: { wanted: taken(needs.wanted, needNumbers), weight: taken(needs.weight, needNumbers) },
      offers: { capacity: taken(offers.capacity, offerNumbers), minimum: taken(offers.minimum, offerNumbers) },
      pairs: {
        need: chosen.map((a) => members.needs[pairs.need[a]!]!),
        offer: chosen.map((a) => members.offers[pairs.offer[a]!]!),
        score: taken(pairs.score, chosen),
        cap: taken(pairs.cap, chosen),
        minimum: taken(pairs.minimum, chosen),
      },
    },
  };
}

/** The leader of each offer's component; an offer without pairs leads itself. */
function joinOffers(need: Int32Array, offer: Int32Array, needs: number, offers: number): Int32Array {
  const leader = new Int32Array(offers);
  for (let j = 0; j < offers; j++) leader[j] = j;
  const find = (from: number) => {
    let j = from;
    while (leader[j] !== j) {
      leader[j] = leader[leader[j]!]!;
      j = leader[j]!;
    }
    return j;
  };
  const firstOffer = new Int32Array(needs).fill(-1);
  for (let a = 0; a < need.length; a++) {
    const known = firstOffer[need[a]!]!;
    if (known < 0) {
      firstOffer[need[a]!] = offer[a]!;
      continue;
    }
    const [one, other] = [find(known), find(offer[a]!)];
    if (one < other) leader[other] = one;
    else leader[one] = other;
  }
  for (let j = 0; j < offers; j++) leader[j] = find(j);
  return leader;
}

/** The numbers of those who belong, in order; writes everybody's new number into `numbers`. */
function numberAnew(numbers: Int32Array, belongs: (old: number) => boolean): Int32Array {
  let count = 0;
  for (let old = 0; old < numbers.length; old++) if (belongs(old)) count++;
  const kept = new Int32Array(count);
  count = 0;
  for (let old = 0; old < numbers.length; old++) {
    if (!belongs(old)) continue;
    numbers[old] = count;
    kept[count++] = old;
  }
  return kept;
}
