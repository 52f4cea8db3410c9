/**
 * The allocation problem: needs i, offers j, allowed pairs a = (i, j); who gives how many units to whom?
 *
 * A plan gives `units[a]` whole units to each pair, within the caps and minimums of the pair and of the
 * offer, and never more to a need than it wants. Wanted, in this order:
 *
 * 1. Floor. The level of need i is  served(i) / (wanted(i) × weight(i)):  its coverage, divided by its
 *    urgency. The sorted levels of all needs (those that want at least one unit), worst first, are
 *    lexicographically as great as can be (leximin). At equal levels a need of weight 2 is covered twice
 *    as well as one of weight 1: weight is how many times faster a need is filled. Weight 1 everywhere
 *    is plain coverage. (Lexicographically optimal flow for the weight vector wanted × weight: Megiddo,
 *    Mathematical Programming 7, 1974; over whole units: Frank and Murota, "Decreasing minimization on
 *    M-convex sets", Mathematical Programming 195, 2022.)
 * 2. Total. Among those plans, the sum of score × units is greatest.
 *
 * Must always hold: everything is an integer; an allowed pair appears once; a forbidden one is absent.
 * Arrays are typed and flat so that two million pairs fit, travel to a worker without being copied one
 * by one, and are read in order. Answers are values: no solver throws for what a caller may send.
 */
import { groupPairs, isGrouped } from './group-pairs.ts';

export type AllocationProblem = {
  readonly needs: { readonly wanted: Int32Array; readonly weight: Int32Array };
  readonly offers: { readonly capacity: Int32Array; readonly minimum: Int32Array };
  readonly pairs: {
    readonly need: Int32Array;
    readonly offer: Int32Array;
    readonly score: Int32Array;
    readonly cap: Int32Array;
    /** Units that must be given: a pin. */
    readonly minimum: Int32Array;
  };
};

export type NeedRow = { readonly wanted: number; readonly weight?: number };
export type OfferRow = { readonly capacity: number; readonly minimum?: number };
export type PairRow = {
  readonly need: number;
  readonly offer: number;
  readonly score: number;
  readonly cap: number;
  readonly minimum?: number;
};

/** What cannot be read as a problem: the field, the row where it stands, and how it fails. */
export type InvalidProblem = {
  readonly field: `needs.${string}` | `offers.${string}` | `pairs.${string}`;
  readonly row: number;
  readonly fault: 'not-a-whole-number' | 'out-of-range' | 'unknown' | 'duplicate' | 'too-large';
};

/** Why no plan can exist: minimums that what is there cannot satisfy. */
export type Infeasible =
  /** The pins of this need exceed what it wants. */
  | { readonly kind: 'need-overfilled'; readonly need: number; readonly missing: number }
  /** The pins on this offer exceed its capacity. */
  | { readonly kind: 'offer-overfilled'; readonly offer: number; readonly missing: number }
  /** These offers must give more than these needs (all that they may serve) can still take. */
  | {
      readonly kind: 'minimums-unreachable';
      readonly offers: readonly number[];
      readonly needs: readonly number[];
      readonly missing: number;
    };

/** An exact fraction in lowest terms, and how many needs stand at it. */
export type Level = {
  readonly numerator: number;
  readonly denominator: number;
  readonly needs: number;
};

/**
 * Prices that prove a plan optimal, one pair (fairness, score) per need and per offer, compared fairness
 * first. With g(i, k) the fairness price of the k-th unit of need i (see `leximin-prices.ts`):
 * g(i, served) ≥ need(i) ≥ g(i, served + 1); an offer's price is positive only at its capacity and negative
 * only at its minimum; need(i) + score(a) − offer(j) is positive only at the pair's cap, negative only at
 * its minimum. All are integers.
 */
export type Certificate = {
  readonly needFairness: Float64Array;
  readonly needScore: Float64Array;
  readonly offerFairness: Float64Array;
  readonly offerScore: Float64Array;
};

export type Plan = {
  /** Units per pair, in the order of `problem.pairs`. */
  readonly units: Int32Array;
  /** Units per need. */
  readonly served: Int32Array;
  /** Units per offer. */
  readonly given: Int32Array;
  readonly totalScore: number;
  /** No plan of the same floors has a greater total (when bounded: no plan at all has). */
  readonly bound: number;
  /** bound − totalScore; 0 when optimal. */
  readonly gap: number;
  /** The distinct levels of the needs that want something, worst first. */
  readonly levels: readonly Level[];
};

export type Allocation =
  | ({ readonly status: 'optimal'; readonly certificate: Certificate } & Plan)
  /** A lawful plan, not proven best: the time was up. */
  | ({ readonly status: 'bounded' } & Plan)
  | { readonly status: 'infeasible'; readonly reason: Infeasible }
  | { readonly status: 'cancelled' }
  | { readonly status: 'invalid'; readonly reason: InvalidProblem };

export type Progress = {
  readonly phase: 'reading' | 'fairness' | 'score' | 'proof';
  /** From 0 to 1, never falling. */
  readonly share: number;
};

export type SolveOptions = {
  readonly onProgress?: (progress: Progress) => void;
  readonly shouldCancel?: () => boolean;
  readonly timeLimitMs?: number;
};

export type Solver = (problem: AllocationProblem, options?: SolveOptions) => Promise<Allocation>;

/** Totals stay whole below 2^53; wanted × weight and capacities below 2^26 keep levels exact. */
export const GREATEST_SCORE = 2 ** 24;
export const GREATEST_QUANTITY = 2 ** 26;

/** Packs rows into a problem, or says which row cannot be read. Indices in pairs are positions in the lists. */
export function packProblem(rows: {
  readonly needs: readonly NeedRow[];
  readonly offers: readonly OfferRow[];
  readonly pairs: readonly PairRow[];
}):
  | { readonly ok: true; readonly problem: AllocationProblem }
  | { readonly ok: false; readonly reason: InvalidProblem } {
  const { needs, offers, pairs } = rows;
  const columns = {
    'needs.wanted': needs.map((row) => row.wanted),
    'needs.weight': needs.map((row) => row.weight ?? 1),
    'offers.capacity': offers.map((row) => row.capacity),
    'offers.minimum': offers.map((row) => row.minimum ?? 0),
    'pairs.need': pairs.map((row) => row.need),
    'pairs.offer': pairs.map((row) => row.offer),
    'pairs.score': pairs.map((row) => row.score),
    'pairs.cap': pairs.map((row) => row.cap),
    'pairs.minimum': pairs.map((row) => row.minimum ?? 0),
  };
  for (const [field, values] of Object.entries(columns)) {
    const row = values.findIndex((value) => !Number.isInteger(value) || Math.abs(value) > 2 ** 31 - 1);
    if (row < 0) continue;
    const fault = Number.isInteger(values[row]) ? 'out-of-range' : 'not-a-whole-number';
    return { ok: false, reason: { field: field as InvalidProblem['field'], row, fault } };
  }
  const problem: AllocationProblem = {
    needs: {
      wanted: Int32Array.from(columns['needs.wanted']),
      weight: Int32Array.from(columns['needs.weight']),
    },
    offers: {
      capacity: Int32Array.from(columns['offers.capacity']),
      minimum: Int32Array.from(columns['offers.minimum']),
    },
    pairs: {
      need: Int32Array.from(columns['pairs.need']),
      offer: Int32Array.from(columns['pairs.offer']),
      score: Int32Array.from(columns['pairs.score']),
      cap: Int32Array.from(columns['pairs.cap']),
      minimum: Int32Array.from(columns['pairs.minimum']),
    },
  };
  const reason = findFault(problem);
  return reason === null ? { ok: true, problem } : { ok: false, reason };
}

/**
 * The first thing that makes a packed problem unreadable, or null. Linear time. `pairsAreKnown`: the pairs
 * were found right before and are not read again.
 */
export function findFault(problem: AllocationProblem, pairsAreKnown = false): InvalidProblem | null {
  const { needs, offers } = problem;
  return (
    differentLengths(problem) ??
    outside(needs.wanted, 'needs.wanted', 0, GREATEST_QUANTITY) ??
    tooHeavy(needs) ??
    outside(offers.capacity, 'offers.capacity', 0, GREATEST_QUANTITY) ??
    beyondOwn(offers.minimum, 'offers.minimum', offers.capacity) ??
    (pairsAreKnown ? null : findFaultInPairs(problem))
  );
}

/** Adds up a plan: served and given units, total score and levels. */
export function summarise(
  problem: AllocationProblem,
  units: Int32Array,
): Pick<Plan, 'units' | 'served' | 'given' | 'totalScore' | 'levels'> {
  const { need, offer, score } = problem.pairs;
  const served = new Int32Array(problem.needs.wanted.length);
  const given = new Int32Array(problem.offers.capacity.length);
  let totalScore = 0;
  for (let a = 0; a < units.length; a++) {
    const given_a = units[a]!;
    served[need[a]!]! += given_a;
    given[offer[a]!]! += given_a;
    totalScore += given_a * score[a]!;
  }
  return { units, served, given, totalScore, levels: levelsOf(problem, served) };
}

/** The distinct levels served / (wanted × weight), worst first, over needs that want something. */
export function levelsOf(problem: AllocationProblem, served: Int32Array): Level[] {
  const { wanted, weight } = problem.needs;
  const counts = new Map<number, Level>();
  for (let i = 0; i < wanted.length; i++) {
    const full = wanted[i]! * weight[i]!;
    if (full === 0) continue;
    // Fractions with denominators up to 2^26 differ by at least 2^-52: equal doubles, equal fractions.
    const key = served[i]! / full;
    const known = counts.get(key);
    const shared = greatestCommonDivisor(served[i]!, full);
    counts.set(key, {
      numerator: served[i]! / shared,
      denominator: full / shared,
      needs: (known?.needs ?? 0) + 1,
    });
  }
  return [...counts.entries()].toSorted(([a], [b]) => a - b).map(([, level]) => level);
}

function findFaultInPairs(problem: AllocationProblem): InvalidProblem | null {
  const { needs, offers, pairs } = problem;
  return (
    outside(pairs.need, 'pairs.need', 0, needs.wanted.length - 1, 'unknown') ??
    outside(pairs.offer, 'pairs.offer', 0, offers.capacity.length - 1, 'unknown') ??
    outside(pairs.score, 'pairs.score', 0, GREATEST_SCORE) ??
    outside(pairs.cap, 'pairs.cap', 0, GREATEST_QUANTITY) ??
    beyondOwn(pairs.minimum, 'pairs.minimum', pairs.cap) ??
    duplicatePair(problem)
  );
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function outside(
  values: Int32Array,
  field: InvalidProblem['field'],
  least: number,
  greatest: number,
  fault: InvalidProblem['fault'] = 'out-of-range',
): InvalidProblem | null {
  for (let row = 0; row < values.length; row++) {
    if (values[row]! < least || values[row]! > greatest) return { field, row, fault };
  }
  return null;
}

/** A minimum below 0 or above the row's own limit. */
function beyondOwn(values: Int32Array, field: InvalidProblem['field'], limits: Int32Array): InvalidProblem | null {
  for (let row = 0; row < values.length; row++) {
    if (values[row]! < 0 || values[row]! > limits[row]!) return { field, row, fault: 'out-of-range' };
  }
  return null;
}

function tooHeavy({ wanted, weight }: AllocationProblem['needs']): InvalidProblem | null {
  for (let row = 0; row < weight.length; row++) {
    const heavy = weight[row]! < 1 || weight[row]! * Math.max(1, wanted[row]!) > GREATEST_QUANTITY;
    if (heavy) return { field: 'needs.weight', row, fault: 'out-of-range' };
  }
  return null;
}

function differentLengths({ needs, offers, pairs }: AllocationProblem): InvalidProblem | null {
  const fault = 'unknown';
  if (needs.weight.length !== needs.wanted.length) return { field: 'needs.weight', row: needs.weight.length, fault };
  if (offers.minimum.length !== offers.capacity.length)
    return { field: 'offers.minimum', row: offers.minimum.length, fault };
  const columns = ['offer', 'score', 'cap', 'minimum'] as const;
  const short = columns.find((column) => pairs[column].length !== pairs.need.length);
  return short === undefined ? null : { field: `pairs.${short}`, row: pairs[short].length, fault };
}

/** Marks the offers of one need at a time: linear time. */
function duplicatePair({ needs, offers, pairs }: AllocationProblem): InvalidProblem | null {
  const seenBy = new Int32Array(offers.capacity.length).fill(-1);
  const order = isGrouped(pairs.need) ? null : groupPairs(pairs.need, needs.wanted.length).pairs;
  for (let place = 0; place < pairs.need.length; place++) {
    const a = order === null ? place : order[place]!;
    const j = pairs.offer[a]!;
    if (seenBy[j] === pairs.need[a]!) return { field: 'pairs.offer', row: a, fault: 'duplicate' };
    seenBy[j] = pairs.need[a]!;
  }
  return null;
}
