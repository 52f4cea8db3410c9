/**
 * Why needs stay unmet, and what would free them.
 *
 * Stands on the residual graph of an optimal plan. A free unit at offer j can go to a need i that has room
 * under the cap of (i, j); that need either keeps it (one more unit served) or hands back a unit of another
 * offer, which is free in turn.
 *   Unmet need: the offers from which such a chain leads to it are all exhausted, or it would be served.
 * They and the caps on the rim of that set are the smallest cut between the need and all spare capacity:
 * the limits that block it. One more unit at any of these offers would serve it without taking from anyone.
 * Whether it would then be *its* turn is another question: `cheapest` counts the units to add at one offer
 * until every fairest plan, whatever the scores, serves it better.
 * What one more unit of each offer is worth: `offer-worth.ts`.
 *
 * Complexity: one unmet need O(pairs), plus `cheapest-capacity.ts`.
 */
import type { AllocationProblem, Plan } from './allocation.ts';
import type { AddedUnits, ExplainLimits } from './cheapest-capacity.ts';
import { askAddedUnits, cheapestCapacity } from './cheapest-capacity.ts';
import type { PairGroups } from './group-pairs.ts';

export type UnmetNeed = {
  readonly need: number;
  readonly missing: number;
  /** No pair is allowed; its own pairs are all at their caps; or the offers that could reach it are used up. */
  readonly why: 'no-pair' | 'capped' | 'exhausted';
  /** Offers at their capacity that block it; one more unit at any of them could serve it. */
  readonly offers: readonly number[];
  /** Pairs at their cap that block it. */
  readonly pairs: readonly number[];
  /** The fewest units to add at one offer so that every fairest plan serves it better; null when none was found. */
  readonly cheapest: { readonly offer: number; readonly units: number } | null;
};

const LIMITS: ExplainLimits = { offersTried: 32, unitsAdded: 64 };

/** Explains every need that gets less than it wants. `plan` must be optimal. */
export function explainUnmetNeeds(problem: AllocationProblem, plan: Plan, limits: ExplainLimits = LIMITS): UnmetNeed[] {
  const added = askAddedUnits(problem, plan, limits);
  const { wanted } = problem.needs;
  const unmet = Array.from(wanted.keys()).filter((i) => plan.served[i]! < wanted[i]!);
  const walk: Walk = {
    needSeenBy: new Int32Array(wanted.length).fill(-1),
    offerSeenBy: new Int32Array(problem.offers.capacity.length).fill(-1),
  };
  return unmet.map((need) => explainUnmet(added, walk, need));
}

function explainUnmet(added: AddedUnits, walk: Walk, need: number): UnmetNeed {
  const { problem, plan, byNeed } = added;
  const { pairs } = problem;
  const { needs, offers } = blockingSet(added, walk, need);
  const rim: number[] = [];
  for (const i of needs) {
    for (let place = byNeed.start[i]!; place < byNeed.start[i + 1]!; place++) {
      const a = byNeed.pairs[place]!;
      if (walk.offerSeenBy[pairs.offer[a]!] !== need && pairs.cap[a]! > 0) rim.push(a);
    }
  }
  const isAlone = !membersOf(byNeed, need).some((a) => pairs.cap[a]! > 0);
  return {
    need,
    missing: problem.needs.wanted[need]! - plan.served[need]!,
    why: isAlone ? 'no-pair' : offers.length === 0 ? 'capped' : 'exhausted',
    offers,
    pairs: rim,
    cheapest: cheapestCapacity(added, need, offers),
  };
}

/** The unmet need whose search saw each need and each offer last: one pair of lists for all searches. */
type Walk = { readonly needSeenBy: Int32Array; readonly offerSeenBy: Int32Array };

/** The offers whose units could reach the need, nearest first, and the needs that would pass them on. */
function blockingSet(
  { problem, plan, byNeed, byOffer }: AddedUnits,
  { needSeenBy, offerSeenBy }: Walk,
  need: number,
): { needs: number[]; offers: number[] } {
  const { pairs } = problem;
  const needs = [need];
  const offers: number[] = [];
  needSeenBy[need] = need;
  const passOn = (j: number) => {
    for (let place = byOffer.start[j]!; place < byOffer.start[j + 1]!; place++) {
      const b = byOffer.pairs[place]!;
      const i = pairs.need[b]!;
      if (plan.units[b]! <= pairs.minimum[b]! || needSeenBy[i] === need) continue;
      needSeenBy[i] = need;
      needs.push(i);
    }
  };
  // An array is read to its end, also what is appended while it is read: a queue.
  for (const i of needs) {
    for (let place = byNeed.start[i]!; place < byNeed.start[i + 1]!; place++) {
      const a = byNeed.pairs[place]!;
      const j = pairs.offer[a]!;
      if (plan.units[a]! >= pairs.cap[a]! || offerSeenBy[j] === need) continue;
      offerSeenBy[j] = need;
      offers.push(j);
      passOn(j);
    }
  }
  return { needs, offers };
}

function membersOf({ start, pairs }: PairGroups, k: number): Int32Array {
  return pairs.subarray(start[k]!, start[k + 1]!);
}
