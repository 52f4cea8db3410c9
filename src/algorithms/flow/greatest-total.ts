/**
 * The plain solve: the plan of the greatest total, by network simplex, with the prices that prove it.
 *
 *   read, announce memory, split into parts, then for each part: a lawful plan exists? → network → crash basis
 *   → pivots → units and prices; last, the parts are joined.
 *
 * `greatestTotal` does it in this thread; whoever has threads sends each part to `solvePart` in one of them and
 * calls `joinParts` (`findSplit` and `cutOut` make the parts): the plan is the same to the last unit.
 *
 * Must always hold: an answer is a status, never an exception for what a caller may send; `optimal` only when no
 * arc invites change; nothing large is taken before `memoryNeeded` was compared with the caller's limit; the
 * clock and `shouldCancel` are asked between the steps and every 256 pivots.
 */
import type { Allocation, AllocationProblem, Certificate, Infeasible } from './allocation.ts';
import { findFault, summarise } from './allocation.ts';
import { allocationNetwork, beyondLimits, pricesOf, unitsFromFlow } from './allocation-network.ts';
import { bounded, keepsPromises } from './bounded-answer.ts';
import { crashBasis } from './crash-basis.ts';
import { findFeasiblePlan } from './feasible-plan.ts';
import { fillGreedily } from './greedy-plan.ts';
import { isGrouped } from './group-pairs.ts';
import { memoryNeeded, sizesOf } from './memory-needed.ts';
import { flowsOf, optimise } from './network-simplex.ts';
import type { ProblemPart } from './split-problem.ts';
import { cutOut, findSplit } from './split-problem.ts';
import { startFrom } from './start-basis.ts';
import type { TotalProgress } from './total-progress.ts';
import { progressTeller } from './total-progress.ts';

export type TotalAnswer =
  | Allocation
  /** More memory than the caller allows: none was taken. */
  | { readonly status: 'too-large'; readonly bytesNeeded: number; readonly bytesAllowed: number };

export type TotalOptions = {
  readonly shouldCancel?: () => boolean;
  readonly timeLimitMs?: number;
  /** What the solve may take beyond the problem itself (`memoryNeeded`). */
  readonly bytesAllowed?: number;
  /** Told a few times a second; the figures are those of the part being solved. */
  readonly onProgress?: (progress: TotalProgress) => void;
};

const WORDS_APART_MS = 250;

export function greatestTotal(problem: AllocationProblem, options: TotalOptions = {}): TotalAnswer {
  const begun = performance.now();
  const refused = refuse(problem, options.bytesAllowed);
  if (refused !== null) return refused;
  const split = findSplit(problem);
  if (split === null) return solvePart(problem, { ...options, begun });
  const parts: Omit<ProblemPart, 'problem'>[] = [];
  const answers: Allocation[] = [];
  for (let part = 0; part < split.parts; part++) {
    const { problem: own, ...members } = cutOut(problem, split, part);
    parts.push(members);
    answers.push(solvePart(own, { ...options, begun }));
  }
  return joinParts(problem, parts, answers);
}

/** What cannot be read or would not fit, before anything large is taken; null when all is well. */
export function refuse(problem: AllocationProblem, bytesAllowed = Infinity): TotalAnswer | null {
  const reason = findFault(problem) ?? beyondLimits(problem, 'total');
  if (reason !== null) return { status: 'invalid', reason };
  const bytesNeeded = memoryNeeded(sizesOf(problem, isGrouped(problem.pairs.need)));
  return bytesNeeded > bytesAllowed ? { status: 'too-large', bytesNeeded, bytesAllowed } : null;
}

/** One part, found readable before. `begun`: when the time limit began to run. */
export function solvePart(
  problem: AllocationProblem,
  {
    begun = performance.now(),
    shouldCancel,
    timeLimitMs = Infinity,
    onProgress,
  }: TotalOptions & { begun?: number } = {},
): Allocation {
  const needs = problem.needs.wanted.length;
  const isLate = () => performance.now() - begun >= timeLimitMs;
  const first = findFeasiblePlan(problem);
  if (!first.ok) return { status: 'infeasible', reason: first.reason };
  if (shouldCancel?.()) return { status: 'cancelled' };
  if (isLate()) return bounded(problem, fillGreedily(problem, first.units));
  const built = allocationNetwork(problem, 'total');
  if (built === null) {
    return { status: 'invalid', reason: { field: 'pairs.score', row: 0, fault: 'too-large' } };
  }
  const start = crashBasis(built.network, needs);
  const simplex = startFrom(built.network, start.flow, start.pointers);
  const tell = onProgress === undefined ? null : progressTeller(needs);
  let told = performance.now();
  let isCancelled = false;
  const end = optimise(simplex, {
    shouldStop: () => {
      const now = performance.now();
      if (tell !== null && now - told >= WORDS_APART_MS) {
        onProgress?.(tell(simplex, now));
        told = now;
      }
      isCancelled = shouldCancel?.() ?? false;
      return isCancelled || isLate();
    },
  });
  if (isCancelled) return { status: 'cancelled' };
  const units = unitsFromFlow(built, flowsOf(simplex));
  if (end === 'stopped') {
    return bounded(problem, keepsPromises(problem, units) ? units : fillGreedily(problem, first.units));
  }
  const sums = summarise(problem, units);
  const certificate = pricesOf(built, simplex.tree.potential, sums.served);
  return { status: 'optimal', ...sums, bound: sums.totalScore, gap: 0, certificate };
}

/** The plan of the whole problem from those of its parts, or the first thing that stands in its way. */
export function joinParts(
  problem: AllocationProblem,
  parts: readonly Omit<ProblemPart, 'problem'>[],
  answers: readonly Allocation[],
): Allocation {
  const [n, m] = [problem.needs.wanted.length, problem.offers.capacity.length];
  const alone = findAlone(problem, parts);
  if (alone !== null) return { status: 'infeasible', reason: alone };
  const units = problem.pairs.minimum.slice();
  const certificate: Certificate = {
    needFairness: new Float64Array(n),
    needScore: new Float64Array(n),
    offerFairness: new Float64Array(m),
    offerScore: new Float64Array(m),
  };
  let bound = 0;
  let isProven = true;
  for (const [place, answer] of answers.entries()) {
    const part = parts[place]!;
    if (answer.status === 'infeasible') return { status: 'infeasible', reason: inWhole(answer.reason, part) };
    if (answer.status === 'cancelled' || answer.status === 'invalid') return answer;
    scatter(answer.units, part.pairs, units);
    bound += answer.bound;
    if (answer.status === 'bounded') isProven = false;
    else {
      scatter(answer.certificate.needFairness, part.needs, certificate.needFairness);
      scatter(answer.certificate.needScore, part.needs, certificate.needScore);
      scatter(answer.certificate.offerFairness, part.offers, certificate.offerFairness);
      scatter(answer.certificate.offerScore, part.offers, certificate.offerScore);
    }
  }
  const sums = summarise(problem, units);
  const gap = bound - sums.totalScore;
  return isProven
    ? { status: 'optimal', ...sums, bound, gap, certificate }
    : { status: 'bounded', ...sums, bound, gap };
}

function scatter<List extends Int32Array | Float64Array>(from: List, places: Int32Array, to: List): void {
  for (let k = 0; k < places.length; k++) to[places[k]!] = from[k]!;
}

/** Offers without any pair are in no part: one that must give cannot. */
function findAlone({ offers }: AllocationProblem, parts: readonly Omit<ProblemPart, 'problem'>[]): Infeasible | null {
  const isInPart = new Uint8Array(offers.capacity.length);
  for (const part of parts) for (const j of part.offers) isInPart[j] = 1;
  const alone = offers.minimum.findIndex((units, j) => units > 0 && isInPart[j] === 0);
  if (alone < 0) return null;
  return { kind: 'minimums-unreachable', offers: [alone], needs: [], missing: offers.minimum[alone]! };
}

function inWhole(reason: Infeasible, { needs, offers }: Omit<ProblemPart, 'problem'>): Infeasible {
  if (reason.kind === 'need-overfilled') return { ...reason, need: needs[reason.need]! };
  if (reason.kind === 'offer-overfilled') return { ...reason, offer: offers[reason.offer]! };
  return { ...reason, offers: reason.offers.map((j) => offers[j]!), needs: reason.needs.map((i) => needs[i]!) };
}
