/**
 * The lottery: of plans that are equally good, the one that a published seed picks.
 *
 * When leximin, total and calm leave several plans, none is better; who gets what then must depend on a
 * draw that anybody can repeat, and never on the order of rows. Each pair gets a ticket
 *
 *   ticket(round, need, offer) = first 24 bits of SHA-256 of the JSON text [seed, round, need id, offer id]
 *
 * (`JSON.stringify` without spaces, UTF-8; round from 1), and the plan with the least Σ ticket × units wins:
 * one more flow on the face of those plans (`optimal-face.ts`). To draw again by hand:
 * `printf '["2026-autumn",1,"need id","offer id"]' | sha256sum | cut -c1-6`.
 *
 * Must always hold: exactly one plan wins. Tickets are whole numbers, so two plans might tie (for p undecided
 * pairs with probability under p × cap / 2^24: isolation lemma of Mulmuley, Vazirani and Vazirani, 1987).
 * Then a further round is drawn on the face of the tied plans, until the face is one plan. Faces and tickets
 * depend on ids only, hence so does the winner. Whether a face is one plan is read off the residual graph:
 * another plan exists exactly when a directed cycle does that is more than one arc and its own reverse.
 *
 * Complexity: one hash per undecided pair and one flow, a round. Solves once in practice.
 */
import type { AllocationProblem } from './allocation.ts';
import { summarise } from './allocation.ts';
import type { Identities } from './calm.ts';
import type { Face, Optimal } from './optimal-face.ts';
import { cheapestOnFace } from './optimal-face.ts';
import { isOnlyPlan } from './only-plan.ts';
import { digestStart } from './sha256.ts';

export type LotteryAnswer =
  | {
      readonly status: 'optimal';
      readonly allocation: Optimal;
      /** How many rounds were drawn; 0 when there was only one plan. */
      readonly rounds: number;
    }
  | { readonly status: 'cancelled' }
  /** Ids must be as many as needs and offers, and each only once. */
  | { readonly status: 'invalid'; readonly field: 'needs' | 'offers'; readonly row: number }
  | { readonly status: 'too-large' }
  /** Rounds were drawn up to the limit and plans still tie: has never been seen. */
  | { readonly status: 'tied' };

const MOST_ROUNDS = 16;

/** Picks one plan of `face` by the seed. `answer` is any plan of the face, with the certificate of all. */
export function drawLots(
  problem: AllocationProblem,
  answer: Optimal,
  face: Face,
  seed: string,
  ids: Identities,
  shouldCancel?: () => boolean,
): LotteryAnswer {
  const fault =
    faultInIds('needs', ids.needs, problem.needs.wanted.length) ??
    faultInIds('offers', ids.offers, problem.offers.capacity.length);
  if (fault !== null) return fault;
  let [units, left] = [answer.units, face];
  for (let round = 0; round <= MOST_ROUNDS; round++) {
    if (isOnlyPlan(problem, left, units)) {
      return { status: 'optimal', allocation: { ...answer, ...summarise(problem, units) }, rounds: round };
    }
    const found = cheapestOnFace(
      problem,
      left,
      (a, low, high) => {
        const [need, offer] = [ids.needs[problem.pairs.need[a]!]!, ids.offers[problem.pairs.offer[a]!]!];
        return [{ units: high - low, cost: ticket(seed, round + 1, need, offer) }];
      },
      shouldCancel,
    );
    if (found.status !== 'optimal') return found;
    units = found.units;
    left = found.face;
  }
  return { status: 'tied' };
}

/** From 0 to 2^24 − 1. */
export function ticket(seed: string, round: number, need: string, offer: string): number {
  return digestStart(JSON.stringify([seed, round, need, offer])) >>> 8;
}

function faultInIds(field: 'needs' | 'offers', ids: readonly string[], count: number): LotteryAnswer | null {
  if (ids.length !== count) return { status: 'invalid', field, row: Math.min(ids.length, count) };
  const seen = new Set<string>();
  const row = ids.findIndex((id) => seen.size === seen.add(id).size);
  return row < 0 ? null : { status: 'invalid', field, row };
}
