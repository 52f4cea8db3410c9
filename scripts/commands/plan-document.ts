/**
 * The file of a plan: the problem, the plan, its proof and its reasons. Format `terreau-plan`, version 1, described for
 * people in `docs/guides/plan-your-own-data.md`.
 *
 * Must always hold: needs, offers and pairs of `problem` and `answer` are named by their places in the lists, everywhere
 * else by their ids; `agreements` are the pairs with at least one unit, `unmet` the needs with less than they want.
 */
import type { AllocationProblem, Certificate, Level, Plan } from '../../src/algorithms/flow/allocation.ts';
import type { WrittenLimits } from '../../src/domains/matching/limits.ts';
import type { Signature } from './signature.ts';

export const PLAN_FORMAT = 'terreau-plan';
export const PLAN_VERSION = 1;

type Numbers = readonly number[];
/** Columns of a table, written as plain lists. */
type Written<Columns> = { readonly [Name in keyof Columns]: Numbers };
export interface Sentence {
  readonly fr: string;
  readonly en: string;
}

export interface WrittenProblem {
  readonly needs: Written<AllocationProblem['needs']>;
  readonly offers: Written<AllocationProblem['offers']>;
  readonly pairs: Written<AllocationProblem['pairs']>;
}

export interface WrittenAnswer {
  readonly status: 'optimal' | 'bounded';
  readonly units: Numbers;
  readonly served: Numbers;
  readonly given: Numbers;
  readonly totalScore: number;
  readonly bound: number;
  readonly gap: number;
  readonly levels: readonly Level[];
  readonly certificate: Written<Certificate> | null;
}

export interface PlanDocument {
  readonly format: typeof PLAN_FORMAT;
  readonly version: typeof PLAN_VERSION;
  readonly sources: Readonly<Record<'needs' | 'offers' | 'pairs', WrittenSource | null>>;
  readonly scores: {
    readonly from: 'pairs' | 'texts';
    /** Whole scores are those of the file times 10^decimals, plus the lift. */
    readonly decimals: number;
    readonly lift: number;
    /** What words, themes and the other features count; null when pairs were given. */
    readonly weights: Readonly<Record<string, number>> | null;
    /** The day on which periods were judged; null when pairs were given. */
    readonly day: string | null;
    /** Whether the embedding service gave all vectors, some or none; absent when none was asked. */
    readonly embeddings?: 'complete' | 'partial' | 'none';
  };
  readonly needs: readonly { readonly id: string; readonly name: string }[];
  readonly offers: readonly { readonly id: string; readonly name: string }[];
  readonly problem: WrittenProblem;
  /** What plans must respect beside the limits of `problem`; absent where there is nothing. */
  readonly limits?: WrittenLimits;
  readonly answer: WrittenAnswer;
  readonly agreements: readonly WrittenAgreement[];
  readonly unmet: readonly WrittenUnmet[];
  readonly worth: readonly WrittenWorth[];
  readonly summary: Readonly<Record<keyof Sentence, readonly string[]>>;
  readonly digest?: string;
  readonly signature?: Signature;
}

export interface WrittenSource {
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
}

export interface WrittenAgreement {
  readonly need: string;
  readonly offer: string;
  readonly units: number;
  readonly score: number;
  readonly sentence: Sentence;
  /** What a person verifies before the two meet. */
  readonly toVerify: readonly Sentence[];
}

export interface WrittenUnmet {
  readonly need: string;
  readonly missing: number;
  /** `unknown`: the time was up before it was found out, or `limits` may be in the way. */
  readonly why: 'no-pair' | 'capped' | 'exhausted' | 'unknown';
  /** Offers that are used up and could serve it; the nearest dozen. */
  readonly offers: readonly string[];
  readonly offersCount: number;
  /** The fewest units more at one offer that serve it better for certain. */
  readonly frees: { readonly offer: string; readonly units: number } | null;
  readonly sentence: Sentence;
}

/** What one more unit at an offer would change; offers where nothing changes are left out. */
export interface WrittenWorth {
  readonly offer: string;
  readonly serves: string | null;
  readonly score: number;
  readonly sentence: Sentence;
}

export function writeProblem({ needs, offers, pairs }: AllocationProblem): WrittenProblem {
  return {
    needs: { wanted: [...needs.wanted], weight: [...needs.weight] },
    offers: { capacity: [...offers.capacity], minimum: [...offers.minimum] },
    pairs: {
      need: [...pairs.need],
      offer: [...pairs.offer],
      score: [...pairs.score],
      cap: [...pairs.cap],
      minimum: [...pairs.minimum],
    },
  };
}

export function writeAnswer(plan: Plan, certificate: Certificate | null): WrittenAnswer {
  const { units, served, given, totalScore, bound, gap, levels } = plan;
  return {
    status: certificate === null ? 'bounded' : 'optimal',
    units: [...units],
    served: [...served],
    given: [...given],
    totalScore,
    bound,
    gap,
    levels,
    certificate: certificate && {
      needFairness: [...certificate.needFairness],
      needScore: [...certificate.needScore],
      offerFairness: [...certificate.offerFairness],
      offerScore: [...certificate.offerScore],
    },
  };
}

/** JSON with one member a line: small, and still fit for the eye and for line tools. */
export function documentText(document: PlanDocument): string {
  const members = Object.entries(document).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{\n${members.join(',\n')}\n}\n`;
}
