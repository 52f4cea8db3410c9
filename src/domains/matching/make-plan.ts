/**
 * Makes the plan of a pool, from its texts to its proof. Pure: the same pool and solver give the same plan,
 * whichever thread or machine runs it, and however often it is started again.
 *
 * Must always hold: what is returned was checked by the independent checker; a cancelled try returns
 * nothing; progress never falls.
 */
import type { Allocation, Progress, Solver } from '../../algorithms/flow/allocation.ts';
import { explainUnmetNeeds } from '../../algorithms/flow/explain-allocation.ts';
import { worthOfOffers } from '../../algorithms/flow/offer-worth.ts';
import { agreementsOf, type PairTexts } from './agreements.ts';
import { freesWithin, limitReasons } from './limit-reasons.ts';
import { pairUp, type Pairing } from './pairing.ts';
import { PLAN_VERSION, type NeedResult, type OfferResult, type Plan } from './plan.ts';
import type { Pool } from './pool.ts';
import { verify, writeProof } from './proof.ts';
import type { RunStep } from './round.ts';
import { solvePairs, type Solved } from './solve-pairs.ts';
import { scarcityOf, summaryOf } from './summary.ts';
import { readTexts } from './texts.ts';
import { FREEING, unmetOf } from './unmet.ts';

export interface MakeOptions {
  readonly solve: Solver;
  readonly onProgress?: (percent: number, step: RunStep) => void;
  readonly shouldCancel?: () => boolean;
  readonly timeLimitMs?: number;
}

export type Made = { readonly kind: 'made'; readonly plan: Plan } | { readonly kind: 'cancelled' };

export async function makePlan(pool: Pool, options: MakeOptions): Promise<Made> {
  const tell = options.onProgress ?? (() => {});
  const isCancelled = options.shouldCancel ?? (() => false);
  tell(1, 'pairs');
  const texts = readTexts(pool);
  tell(10, 'pairs');
  const pairing = pairUp(pool, texts);
  if (isCancelled()) return { kind: 'cancelled' };
  tell(SOLVE_FROM, 'fairness');
  const solved = await solvePairs(pool, pairing.pairs, options.solve, {
    onProgress: (progress) => tellSolving(tell, progress),
    shouldCancel: isCancelled,
    ...(options.timeLimitMs === undefined ? {} : { timeLimitMs: options.timeLimitMs }),
  });
  if (solved.kind === 'solved' && solved.answer.status === 'cancelled') return { kind: 'cancelled' };
  tell(SOLVE_TO, 'explanation');
  const plan = planOf(pool, pairing, solved, texts);
  if (isCancelled()) return { kind: 'cancelled' };
  tell(99, 'explanation');
  return { kind: 'made', plan };
}

const SOLVE_FROM = 25;
const SOLVE_TO = 90;

function tellSolving(tell: (percent: number, step: RunStep) => void, { phase, share }: Progress): void {
  const step = phase === 'reading' ? 'fairness' : phase;
  tell(Math.round(SOLVE_FROM + share * (SOLVE_TO - SOLVE_FROM)), step);
}

function planOf(pool: Pool, pairing: Pairing, solved: Solved, texts: PairTexts): Plan {
  if (solved.kind !== 'solved') return impossiblePlan(pool, pairing, solved.reason);
  const { problem, answer, limits, limited } = solved;
  if (answer.status === 'infeasible' || answer.status === 'invalid')
    return impossiblePlan(pool, pairing, answer.reason);
  if (!('units' in answer)) throw new Error(`No plan is made of a ${answer.status} answer`);
  const agreements = agreementsOf(pool, pairing.pairs, answer.units, texts);
  const proof = writeProof(problem, answer, limits);
  const [needs, offers] = [needResults(pool, pairing, solved), offerResults(pool, solved)];
  return {
    version: PLAN_VERSION,
    outcome: answer.status === 'optimal' ? 'optimal' : 'bounded',
    impossible: null,
    ...(limited ? { limited } : {}),
    verdict: verify(proof, agreements),
    summary: summaryOf(pool, needs, answer),
    agreements,
    needs,
    offers,
    scarcity: scarcityOf(pool, needs, offers),
    unkeptPromises: unkeptPromises(pool, solved.minimums),
    proof,
  };
}

function needResults(pool: Pool, pairing: Pairing, solved: Extract<Solved, { kind: 'solved' }>): NeedResult[] {
  const { problem, answer } = solved;
  const served = 'served' in answer ? answer.served : new Int32Array(pool.needs.length);
  const explained = answer.status === 'optimal' ? explainUnmetNeeds(problem, answer, FREEING) : [];
  const reasonOf = new Map(explained.map((one) => [one.need, one]));
  const limitOf = limitReasons(solved);
  const canFree = freesWithin(solved);
  return pool.needs.map(({ left }, need) => {
    const units = served[need] ?? 0;
    if (units >= left) return { served: units, unmet: null };
    const unmet = unmetOf(left - units, reasonOf.get(need), pairing.blocked[need] ?? []);
    const frees = unmet.frees !== null && canFree(unmet.frees, need) ? unmet.frees : null;
    return { served: units, unmet: { ...unmet, frees, ...limitOf(need) } };
  });
}

function offerResults(pool: Pool, solved: Extract<Solved, { kind: 'solved' }>): OfferResult[] {
  const { problem, answer } = solved;
  const worth = answer.status === 'optimal' ? worthOfOffers(problem, answer) : [];
  const given = 'given' in answer ? answer.given : new Int32Array(pool.offers.length);
  const holds = freesWithin(solved);
  return pool.offers.map((_, offer) => {
    const one = worth[offer];
    const changes =
      one !== undefined && (one.serves !== null || one.scoreGain > 0) && holds({ offer, units: 1 }, one.serves);
    return { given: given[offer] ?? 0, worth: changes ? { serves: one.serves, points: one.scoreGain } : null };
  });
}

function unkeptPromises(pool: Pool, minimums: readonly number[]): Plan['unkeptPromises'] {
  return pool.offers.flatMap(({ minimum }, offer) => {
    const possible = minimums[offer] ?? 0;
    return possible < minimum ? [{ offer, promised: minimum, possible }] : [];
  });
}

function impossiblePlan(pool: Pool, pairing: Pairing, reason: NonNullable<Plan['impossible']>): Plan {
  const nothing: Allocation = { status: 'cancelled' };
  const problem = {
    needs: { wanted: new Int32Array(0), weight: new Int32Array(0) },
    offers: { capacity: new Int32Array(0), minimum: new Int32Array(0) },
    pairs: {
      need: new Int32Array(0),
      offer: new Int32Array(0),
      score: new Int32Array(0),
      cap: new Int32Array(0),
      minimum: new Int32Array(0),
    },
  };
  const needs = pool.needs.map(({ left }, need) => ({
    served: 0,
    unmet: unmetOf(left, undefined, pairing.blocked[need] ?? []),
  }));
  const offers = pool.offers.map(() => ({ given: 0, worth: null }));
  return {
    version: PLAN_VERSION,
    outcome: 'impossible',
    impossible: reason,
    verdict: { accepted: false, refusal: { rule: 'no-plan' } },
    summary: summaryOf(pool, needs, null),
    agreements: [],
    needs,
    offers,
    scarcity: [],
    unkeptPromises: [],
    proof: writeProof(problem, nothing),
  };
}
