/**
 * Why needs stay unmet, from their own pairs alone: what can be said of a hundred thousand needs in one reading.
 *
 * `exhausted` names the offers that could serve the need without passing through others; they are all used up, or the
 * plan would not be optimal. What would free the need is left to `explain-allocation.ts`, which takes a search for each.
 */
import type { AllocationProblem, Plan } from '../../src/algorithms/flow/allocation.ts';
import type { UnmetNeed } from '../../src/algorithms/flow/explain-allocation.ts';

export function explainBriefly({ needs, pairs }: AllocationProblem, plan: Plan): UnmetNeed[] {
  const missing = needs.wanted.map((wanted, i) => wanted - (plan.served[i] ?? 0));
  const open = new Map<number, number[]>();
  const paired = new Uint8Array(missing.length);
  pairs.need.forEach((i, a) => {
    if ((missing[i] ?? 0) === 0 || (pairs.cap[a] ?? 0) === 0) return;
    paired[i] = 1;
    if ((plan.units[a] ?? 0) >= (pairs.cap[a] ?? 0)) return;
    const offers = open.get(i) ?? [];
    offers.push(pairs.offer[a] ?? 0);
    open.set(i, offers);
  });
  const unmet = missing
    .keys()
    .toArray()
    .filter((i) => (missing[i] ?? 0) > 0);
  return unmet.map((need) => {
    const offers = open.get(need) ?? [];
    const why = paired[need] === 0 ? 'no-pair' : offers.length === 0 ? 'capped' : 'exhausted';
    return { need, missing: missing[need] ?? 0, why, offers, pairs: [], cheapest: null };
  });
}
