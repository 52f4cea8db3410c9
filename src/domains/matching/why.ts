/**
 * Why two were brought together, as a match keeps it: the score, what made it, and the facts of its sentence.
 *
 * Must always hold: what a match keeps is enough to explain it without the plan it came from; an older or an empty
 * document reads as "no reason kept", never as an error.
 */
import type { EligibilityNote } from '../support/conditions.ts';
import type { Agreement, Fact } from './plan.ts';
import { isVersioned } from './pool.ts';
import type { Breakdown, ScoreWeights } from './score.ts';

export const WHY_VERSION = 1;

export interface StoredWhy {
  readonly version: typeof WHY_VERSION;
  readonly facts: readonly Fact[];
  readonly breakdown: Breakdown;
  readonly weights: ScoreWeights;
  readonly remarks: readonly EligibilityNote[];
}

export function whyOf(agreement: Pick<Agreement, 'why' | 'breakdown' | 'remarks'>, weights: ScoreWeights): StoredWhy {
  return {
    version: WHY_VERSION,
    facts: agreement.why,
    breakdown: agreement.breakdown,
    weights,
    remarks: agreement.remarks,
  };
}

export function readWhy(stored: unknown): StoredWhy | undefined {
  return isVersioned(stored, WHY_VERSION) ? (stored as StoredWhy) : undefined;
}
