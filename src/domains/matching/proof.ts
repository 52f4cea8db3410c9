/**
 * The figures that prove a plan, as plain lists: what went into the solver, what came out, and the prices
 * that show that no plan is better. Written from typed arrays, read back into them, checked again at will.
 *
 * Must always hold: reading what was written gives the same problem and the same answer; a proof whose
 * units are not those of the plan's agreements proves nothing and is refused.
 */
import type { Allocation, AllocationProblem, Certificate, Level } from '../../algorithms/flow/allocation.ts';
import { checkAllocation, type Verdict } from '../../algorithms/flow/check-allocation.ts';
import { brokenConstraint, type SideRefusal } from '../../algorithms/flow/check-side-constraints.ts';
import { readLimits, type WrittenLimits } from './limits.ts';

type Numbers = readonly number[];

export interface Proof {
  readonly needs: { readonly wanted: Numbers; readonly weight: Numbers };
  readonly offers: { readonly capacity: Numbers; readonly minimum: Numbers };
  readonly pairs: {
    readonly need: Numbers;
    readonly offer: Numbers;
    readonly score: Numbers;
    readonly cap: Numbers;
    readonly minimum: Numbers;
  };
  /** What the plan respects beside the limits of needs, offers and pairs; absent where there is nothing. */
  readonly limits?: WrittenLimits;
  readonly answer: WrittenAnswer | null;
}

export type PlanVerdict = Verdict | { readonly accepted: false; readonly refusal: SideRefusal };

/** What a plan says of one pair. */
export interface StatedUnits {
  readonly need: number;
  readonly offer: number;
  readonly units: number;
}

interface WrittenAnswer {
  readonly status: 'optimal' | 'bounded';
  readonly units: Numbers;
  readonly served: Numbers;
  readonly given: Numbers;
  readonly totalScore: number;
  readonly bound: number;
  readonly gap: number;
  readonly levels: readonly Level[];
  readonly certificate: Readonly<Record<keyof Certificate, Numbers>> | null;
}

export function writeProof(problem: AllocationProblem, answer: Allocation, limits: WrittenLimits | null = null): Proof {
  const { needs, offers, pairs } = problem;
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
    ...(limits === null ? {} : { limits }),
    answer: writeAnswer(answer),
  };
}

export function readProof(proof: Proof): { problem: AllocationProblem; answer: Allocation } {
  const { needs, offers, pairs } = proof;
  return {
    problem: {
      needs: { wanted: Int32Array.from(needs.wanted), weight: Int32Array.from(needs.weight) },
      offers: { capacity: Int32Array.from(offers.capacity), minimum: Int32Array.from(offers.minimum) },
      pairs: {
        need: Int32Array.from(pairs.need),
        offer: Int32Array.from(pairs.offer),
        score: Int32Array.from(pairs.score),
        cap: Int32Array.from(pairs.cap),
        minimum: Int32Array.from(pairs.minimum),
      },
    },
    answer: readAnswer(proof.answer),
  };
}

/** Checks a stored plan from its own figures, as anybody may do with the certificate at home. */
export function verify(proof: Proof, agreements: readonly StatedUnits[]): PlanVerdict {
  const { problem, answer } = readProof(proof);
  const verdict = checkAllocation(problem, answer);
  if (!verdict.accepted || !('units' in answer)) return verdict;
  const refusal =
    proof.limits === undefined
      ? null
      : brokenConstraint(problem, readLimits(proof.limits, problem.needs.wanted.length), answer.units);
  if (refusal !== null) return { accepted: false, refusal };
  const stated = new Map(agreements.map((one) => [`${one.need} ${one.offer}`, one.units]));
  for (const [pair, units] of answer.units.entries()) {
    const key = `${problem.pairs.need[pair]} ${problem.pairs.offer[pair]}`;
    if ((stated.get(key) ?? 0) !== units) return { accepted: false, refusal: { rule: 'whole-units', pair } };
    stated.delete(key);
  }
  // What is left is an agreement on a pair that was never allowed.
  return stated.size === 0 ? verdict : { accepted: false, refusal: { rule: 'shape', list: 'agreements' } };
}

function writeAnswer(answer: Allocation): WrittenAnswer | null {
  if (answer.status !== 'optimal' && answer.status !== 'bounded') return null;
  const { status, totalScore, bound, gap, levels } = answer;
  const certificate = status === 'optimal' ? answer.certificate : null;
  return {
    status,
    units: [...answer.units],
    served: [...answer.served],
    given: [...answer.given],
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

function readAnswer(written: WrittenAnswer | null): Allocation {
  if (written === null) return { status: 'cancelled' };
  const plan = {
    units: Int32Array.from(written.units),
    served: Int32Array.from(written.served),
    given: Int32Array.from(written.given),
    totalScore: written.totalScore,
    bound: written.bound,
    gap: written.gap,
    levels: written.levels,
  };
  const { certificate } = written;
  if (certificate === null) return { status: 'bounded', ...plan };
  return {
    status: 'optimal',
    ...plan,
    certificate: {
      needFairness: Float64Array.from(certificate.needFairness),
      needScore: Float64Array.from(certificate.needScore),
      offerFairness: Float64Array.from(certificate.offerFairness),
      offerScore: Float64Array.from(certificate.offerScore),
    },
  };
}
