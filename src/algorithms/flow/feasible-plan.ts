/**
 * A first lawful plan, or the minimums that cannot hold.
 *
 * Pins are given first; then the offers' minimums are met by a greatest flow from a source through the
 * offers (what each still owes) and the needs (what each can still take). If some debt cannot be paid, the
 * source's side of the smallest cut names the offers and the needs in conflict (Hoffman's circulation
 * theorem). Complexity: that of one greatest flow over the allowed pairs.
 */
import type { AllocationProblem, Infeasible } from './allocation.ts';
import { addArc, emptyNetwork, flowOn, pushGreatestFlow, reachableFrom } from './max-flow.ts';

export type FirstPlan =
  /** Not to be written to: without minimums it is the problem's own list of zeros. */
  { readonly ok: true; readonly units: Int32Array } | { readonly ok: false; readonly reason: Infeasible };

export function findFeasiblePlan(problem: AllocationProblem): FirstPlan {
  const { needs, offers, pairs } = problem;
  if (!hasMinimums(problem)) return { ok: true, units: pairs.minimum };
  const units = pairs.minimum.slice();
  const room = needs.wanted.slice();
  const spare = offers.capacity.slice();
  const owed = offers.minimum.slice();
  for (let a = 0; a < units.length; a++) {
    room[pairs.need[a]!]! -= units[a]!;
    spare[pairs.offer[a]!]! -= units[a]!;
    owed[pairs.offer[a]!]! -= units[a]!;
  }
  const need = room.findIndex((left) => left < 0);
  if (need >= 0) {
    return { ok: false, reason: { kind: 'need-overfilled', need, missing: -room[need]! } };
  }
  const offer = spare.findIndex((left) => left < 0);
  if (offer >= 0) {
    return { ok: false, reason: { kind: 'offer-overfilled', offer, missing: -spare[offer]! } };
  }
  return payDebts(problem, units, room, owed);
}

function hasMinimums({ offers, pairs }: AllocationProblem): boolean {
  for (let j = 0; j < offers.minimum.length; j++) if (offers.minimum[j]! > 0) return true;
  for (let a = 0; a < pairs.minimum.length; a++) if (pairs.minimum[a]! > 0) return true;
  return false;
}

function payDebts(
  { needs, offers, pairs }: AllocationProblem,
  units: Int32Array,
  room: Int32Array,
  owed: Int32Array,
): FirstPlan {
  const n = needs.wanted.length;
  const source = n + offers.capacity.length;
  const sink = source + 1;
  const network = emptyNetwork(sink + 1);
  let debt = 0;
  owed.forEach((amount, j) => {
    if (amount <= 0) return;
    addArc(network, source, n + j, amount);
    debt += amount;
  });
  if (debt === 0) return { ok: true, units };
  const arcOf = new Map<number, number>();
  for (let a = 0; a < units.length; a++) {
    const j = pairs.offer[a]!;
    const more = pairs.cap[a]! - units[a]!;
    if (owed[j]! > 0 && more > 0) arcOf.set(a, addArc(network, n + j, pairs.need[a]!, more));
  }
  room.forEach((left, i) => addArc(network, i, sink, left));
  const missing = debt - pushGreatestFlow(network, source, sink);
  if (missing > 0) {
    const reached = reachableFrom(network, source);
    const members = (offset: number, count: number) =>
      Array.from({ length: count }, (_, k) => k).filter((k) => reached[offset + k] === 1);
    return {
      ok: false,
      reason: {
        kind: 'minimums-unreachable',
        offers: members(n, offers.capacity.length),
        needs: members(0, n),
        missing,
      },
    };
  }
  const more = units.slice();
  for (const [a, arc] of arcOf) more[a]! += flowOn(network, arc);
  return { ok: true, units: more };
}
