/** Why a need goes without, from what the algorithm knows (capacities) and what the pairing knows (rules). */
import type { ExplainLimits } from '../../algorithms/flow/cheapest-capacity.ts';
import type { UnmetNeed } from '../../algorithms/flow/explain-allocation.ts';
import { OBSTACLE_RULES, type Blocked } from './pairing.ts';
import type { Unmet } from './plan.ts';

/** A need that a dozen units more would not free waits behind too many others: that is said instead. */
export const FREEING: ExplainLimits = { offersTried: 8, unitsAdded: 12 };

const OFFERS_NAMED = 12;
const NEAREST_NAMED = 5;

export function unmetOf(missing: number, explained: UnmetNeed | undefined, blocked: readonly Blocked[]): Unmet {
  return {
    missing,
    why: whyOf(explained),
    blockedBy: explained?.offers.slice(0, OFFERS_NAMED) ?? [],
    blockedByCount: explained?.offers.length ?? 0,
    frees: explained?.cheapest ?? null,
    kept: OBSTACLE_RULES.flatMap((rule) => {
      const offers = blocked.filter(({ obstacles }) => obstacles.some((one) => one.rule === rule)).length;
      return offers > 0 ? [{ rule, offers }] : [];
    }),
    nearest: nearestOf(blocked),
  };
}

function whyOf(explained: UnmetNeed | undefined): Unmet['why'] {
  if (explained === undefined) return 'unknown';
  if (explained.why === 'no-pair') return 'no-offer';
  return explained.why === 'capped' ? 'capped' : 'used-up';
}

/** Conditions count one by one: an offer that asks for one thing is nearer than one that asks for three. */
function nearestOf(blocked: readonly Blocked[]): Unmet['nearest'] {
  const hurdles = ({ obstacles }: Blocked) =>
    obstacles.reduce((sum, one) => sum + (one.rule === 'conditions' ? one.notes.length : 1), 0);
  return blocked
    .filter(({ obstacles }) => obstacles.every((one) => one.rule !== 'own-organisation'))
    .toSorted((a, b) => hurdles(a) - hurdles(b) || a.offer - b.offer)
    .slice(0, NEAREST_NAMED);
}
