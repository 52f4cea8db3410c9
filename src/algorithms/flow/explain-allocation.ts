/**
 * Why needs stay unmet, and what would free them.
 *
 * Stands on the residual graph of an optimal plan. A free unit at offer j can go to a need i that has room
 * under the cap of (i, j); that need either keeps it (one more unit served) or hands back a unit of another
 * offer, which is free in turn.
 *   Unmet need: the offers from which such a chain leads to it are all exhausted, or it would be served.
 * They and the caps on the rim of that set are the smallest cut between the need and all spare capacity:
 * the limits that block it (`blocking-sets.ts`). One more unit at any of these offers would serve it without taking
 * from anyone. Whether it would then be *its* turn is another question: `cheapest` counts the units to add at one
 * offer until every fairest plan, whatever the scores, serves it better.
 * What one more unit of each offer is worth: `offer-worth.ts`.
 *
 * Complexity: O(pairs) for each blocking set that differs, plus `cheapest-capacity.ts`.
 */
import type { AllocationProblem, Plan } from './allocation.ts';
import { blockingSets } from './blocking-sets.ts';
import type { ExplainLimits } from './cheapest-capacity.ts';
import { askAddedUnits, cheapestCapacity } from './cheapest-capacity.ts';

export type UnmetNeed = {
  readonly need: number;
  readonly missing: number;
  /** No pair is allowed; its own pairs are all at their caps; or the offers that could reach it are used up. */
  readonly why: 'no-pair' | 'capped' | 'exhausted';
  /** Offers at their capacity that block it, its own first; one more unit at any of them could serve it. */
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
  const setOf = blockingSets(problem, plan, added);
  return Array.from(added.asking, (need) => {
    const { offers, pairs } = setOf(need);
    return {
      need,
      missing: problem.needs.wanted[need]! - plan.served[need]!,
      why: offers.length > 0 ? 'exhausted' : pairs.length > 0 ? 'capped' : 'no-pair',
      offers,
      pairs,
      cheapest: cheapestCapacity(added, need, offers),
    };
  });
}
