/**
 * What solving for the greatest total takes, in bytes, announced before any of it is taken.
 *
 * The sum of all lists that `greatest-total.ts` makes on its way, the problem itself not counted, as if none of
 * them were ever given back: an upper limit that needs no trust in the collector. Linear in the sizes.
 *
 * Must always hold: a solve of a problem of these sizes takes no more typed memory than this.
 */
import type { AllocationProblem } from './allocation.ts';

export type ProblemSizes = {
  readonly needs: number;
  readonly offers: number;
  readonly pairs: number;
  /** Whether pairs stand need by need: then their order needs no list. */
  readonly isGrouped?: boolean;
  /** Whether some offer must, or some pair must, give at least so much. */
  readonly hasMinimums?: boolean;
};

/** Bytes per arc: head and cost, cap, first flow, last flow. */
const ARC = 8 + 4 + 4 + 4;
/** Per pair: two lists of the crash, and the units of the answer. */
const PAIR = 4 + 4 + 4;
/** Per node: layout 12, market and crash 56, pointers 8, tree 40, walks 20, prices 40. */
const NODE = 176;
/** Counting sorts, and what does not grow. */
const FIXED = 200_000;

export function memoryNeeded({ needs, offers, pairs, isGrouped = true, hasMinimums = false }: ProblemSizes): number {
  const arcs = pairs + needs + (hasMinimums ? 3 : 2) * offers;
  const sorting = isGrouped ? 0 : 3 * 4 * pairs;
  const minimums = hasMinimums ? 4 * 4 * pairs + 80 * (pairs + needs + offers) : 0;
  // A problem in several parts is copied part by part.
  const copies = 5 * 4 * pairs + 8 * (needs + offers);
  return FIXED + ARC * arcs + PAIR * pairs + NODE * (needs + offers + 1) + sorting + minimums + copies;
}

export function sizesOf({ needs, offers, pairs }: AllocationProblem, isGrouped: boolean): ProblemSizes {
  const hasMinimums = offers.minimum.some((units) => units > 0);
  return {
    needs: needs.wanted.length,
    offers: offers.capacity.length,
    pairs: pairs.need.length,
    isGrouped,
    hasMinimums,
  };
}
