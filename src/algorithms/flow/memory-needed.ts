/**
 * What solving for the greatest total takes, in bytes, announced before any of it is taken.
 *
 * The sum of all lists that `greatest-total.ts` makes on its way, the problem itself not counted, as if none of
 * them were ever given back: an upper limit that needs no trust in the collector. Linear in the sizes.
 *
 * Must always hold: a solve of a problem of these sizes takes no more typed memory than this.
 */
import type { AllocationProblem } from './allocation.ts';
import { MOST_PARTS } from './split-problem.ts';

export type ProblemSizes = {
  readonly needs: number;
  readonly offers: number;
  readonly pairs: number;
  /** Whether pairs stand need by need: then their order needs no list. */
  readonly isGrouped?: boolean;
  /** Whether some offer must, or some pair must, give at least so much. */
  readonly hasMinimums?: boolean;
  /** Root arcs that price each wanted unit: the sum of wanted units when fairness counts, none when the total alone does. */
  readonly unitArcs?: number;
};

/** Bytes per arc: head and cost, cap, first flow, last flow. */
const ARC = 8 + 4 + 4 + 4;
/** Per pair: two lists of the crash, and the units of the answer. */
const PAIR = 4 + 4 + 4;
/** Per node: checks and parts 24, layout 24, market and crash 44, pointers 8, tree 40, walks 16, sums and prices 36. */
const NODE = 192;
/** Where the graph falls apart: the numbers and lists of each pair's copy, its units again. */
const COPIED_PAIR = 4 + 5 * 4 + 4;
/** Members, copies and joined prices of a node, and its number in each part. */
const COPIED_NODE = 4 + 8 + 36 + 4 * MOST_PARTS;
/** Counting sorts, and what does not grow. */
const FIXED = 200_000;

export function memoryNeeded(sizes: ProblemSizes): number {
  const { needs, offers, pairs, isGrouped = true, hasMinimums = false, unitArcs = 0 } = sizes;
  const arcs = pairs + unitArcs + needs + (hasMinimums ? 3 : 2) * offers;
  const sorting = isGrouped ? 0 : 3 * 4 * pairs;
  const minimums = hasMinimums ? 4 * 4 * pairs + 80 * (pairs + needs + offers) : 0;
  // Units are dealt out beforehand when fairness counts, three times.
  const dealing = unitArcs > 0 ? 3 * (4 * arcs + 8 * needs) : 0;
  // A problem in several parts is copied part by part.
  const copies = COPIED_PAIR * pairs + COPIED_NODE * (needs + offers);
  const steady = FIXED + ARC * arcs + PAIR * pairs + NODE * (needs + offers + 1);
  return steady + sorting + minimums + dealing + copies;
}

/** The same for `minimum-cost-flow.ts`, its problem included: a file says how large it is before it is read. */
export function flowMemoryNeeded(nodes: number, arcs: number): number {
  const problem = 8 * nodes + (4 + 4 + 8 + 8 + 8) * arcs;
  const grouping = 4 * arcs + 16 * nodes;
  const answer = 8 * arcs + 8 * nodes;
  const sorting = 8 * arcs;
  return FIXED + problem + grouping + answer + sorting + ARC * (arcs + 2 * nodes) + NODE * (nodes + 1);
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
