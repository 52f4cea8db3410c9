/** The allowed pairs of a plan on files, however they were found, and what can be said of each. */
import type { AllocationProblem } from '../../src/algorithms/flow/allocation.ts';
import type { EligibilityNote } from '../../src/domains/support/conditions.ts';
import type { ScoreScale } from './cell-numbers.ts';
import type { NeedEntry, OfferEntry } from './parties.ts';

export interface PairList extends ScoreScale {
  readonly pairs: AllocationProblem['pairs'];
  /** What was understood or left out, one sentence each. */
  readonly notes: readonly string[];
  /** What brings a pair together, when texts say so. */
  readonly reasonsOf: (pair: number) => PairReasons | null;
  /** Offers that conditions keep from a need. */
  readonly keptFrom: (need: number) => Kept | null;
}

export interface PairReasons {
  readonly words: readonly string[];
  readonly themes: readonly string[];
  /** What a person verifies before the two meet. */
  readonly remarks: readonly EligibilityNote[];
}

export interface Kept {
  readonly offers: number;
  /** The offer that the fewest conditions keep away, and those. */
  readonly nearest: { readonly offer: number; readonly notes: readonly EligibilityNote[] };
}

export function problemOf(
  needs: readonly NeedEntry[],
  offers: readonly OfferEntry[],
  pairs: AllocationProblem['pairs'],
): AllocationProblem {
  return {
    needs: {
      wanted: Int32Array.from(needs, ({ wanted }) => wanted),
      weight: Int32Array.from(needs, ({ weight }) => weight),
    },
    offers: {
      capacity: Int32Array.from(offers, ({ capacity }) => capacity),
      minimum: Int32Array.from(offers, ({ minimum }) => minimum),
    },
    pairs,
  };
}
