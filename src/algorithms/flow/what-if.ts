/**
 * What if one capacity were greater, one need more or fewer: a small change to an optimal plan, and what follows.
 *
 * The change is made in the basis (`basis-change.ts`), pivots look only at nodes that moved (`local-pivots.ts`), and the
 * answer is the last one with the pairs mended whose flow changed. So nothing is read that did not change, but for the
 * copies and the prices of the answer: a change costs the nodes, and a copy of the units.
 *
 * Must always hold: equal to a start from nothing, in levels and total, and proven like it. Null where this way does not
 * apply (no optimal plan in hand, minimums, other changes); then nothing was touched, or the basis is lawful for the
 * changed problem and only has to be optimised further.
 */
import type { Allocation, AllocationProblem, Level } from './allocation.ts';
import { greatestCommonDivisor } from './allocation.ts';
import type { AllocationNetwork } from './allocation-network.ts';
import { pricesOf } from './allocation-network.ts';
import type { PlacesChanged } from './basis-change.ts';
import { changeInBasis, placesChanged } from './basis-change.ts';
import type { DemandTally } from './demand-tally.ts';
import { tallyDemands } from './demand-tally.ts';
import type { Session, WhatIf } from './session.ts';
import { neighbourhood, optimiseNear } from './local-pivots.ts';
import type { Notes, Simplex } from './network-simplex.ts';
import { flowOnArc } from './network-simplex.ts';

type Optimal = Extract<Allocation, { status: 'optimal' }>;
type Hand = { readonly built: AllocationNetwork; readonly simplex: Simplex; readonly last: Optimal };

/** When parts of more than this share of all nodes moved, the rest is left to a search through all arcs. */
const MOST_LOOKED = 0.2;

export function replanNear(session: Session, problem: AllocationProblem): Optimal | null {
  const { built, simplex, allocation: last } = session;
  if (built === null || simplex === null || last.status !== 'optimal') return null;
  const { filledFrom } = built;
  const places = placesChanged(filledFrom, problem);
  if (places === null || places.needs.length + places.offers.length > MOST_PLACES) return null;
  session.whatIf ??= prepare(built);
  if (session.whatIf.hasMinimums) return null;
  const notes: Notes = { tops: [], flows: [] };
  simplex.notes = notes;
  const isChanged = changeInBasis(built, simplex, problem, places, () => tallyOf(session));
  const isOptimal = isChanged && optimiseNear(simplex, notes, session.whatIf.near, MOST_LOOKED * built.network.nodes);
  simplex.notes = null;
  return isOptimal ? mended({ built, simplex, last }, filledFrom, places, notes) : null;
}

/** More places changed are a new problem rather than a question. */
const MOST_PLACES = 64;

/** The demands of the problem in the network, counted once, and again where a change emptied the tally. */
export function tallyOf(session: Session): DemandTally {
  const { built } = session;
  const known = session.whatIf?.tally;
  if (known && known.size > 0) return known;
  const tally = built === null ? new Map() : tallyDemands(built.filledFrom, built);
  if (session.whatIf !== null) session.whatIf.tally = tally;
  return tally;
}

function prepare(built: AllocationNetwork): WhatIf {
  const { filledFrom: problem } = built;
  const hasMinimums = built.hasPins || problem.offers.minimum.some((units) => units > 0);
  return { near: neighbourhood(built, problem), hasMinimums, tally: null };
}

/** The last answer with the pairs changed over whose arcs something flowed. */
function mended(
  { built, simplex, last }: Hand,
  before: AllocationProblem,
  places: PlacesChanged,
  { flows }: Notes,
): Optimal {
  const { network, pairStart, pairOrder, filledFrom: problem } = built;
  const { offer, score } = problem.pairs;
  const units = last.units.slice();
  const served = last.served.slice();
  const given = last.given.slice();
  const touched = new Set(places.needs);
  let { totalScore } = last;
  for (let k = 0; k < flows.length; k += 2) {
    const [i, arc] = [flows[k]!, flows[k + 1]!];
    if (i >= served.length || arc >= network.rootFrom[i]!) continue;
    const place = arc - network.start[i]! + pairStart[i]!;
    const a = pairOrder === null ? place : pairOrder[place]!;
    const more = flowOnArc(simplex, i, arc) - units[a]!;
    units[a]! += more;
    served[i]! += more;
    given[offer[a]!]! += more;
    totalScore += more * score[a]!;
    touched.add(i);
  }
  const levels = levelsAfter(last, before, problem, served, touched);
  const certificate = pricesOf(built, simplex.tree.potential, served);
  return { status: 'optimal', units, served, given, totalScore, levels, bound: totalScore, gap: 0, certificate };
}

/** The levels when only these needs changed what they have or want. */
function levelsAfter(
  last: Optimal,
  before: AllocationProblem,
  { needs }: AllocationProblem,
  served: Int32Array,
  touched: ReadonlySet<number>,
): Level[] {
  const levels = new Map(last.levels.map((level) => [level.numerator / level.denominator, level]));
  const count = (has: number, full: number, more: number) => {
    if (full === 0) return;
    const key = has / full;
    const shared = greatestCommonDivisor(has, full);
    const known = levels.get(key) ?? { numerator: has / shared, denominator: full / shared, needs: 0 };
    levels.set(key, { ...known, needs: known.needs + more });
  };
  for (const i of touched) {
    count(last.served[i]!, before.needs.wanted[i]! * before.needs.weight[i]!, -1);
    count(served[i]!, needs.wanted[i]! * needs.weight[i]!, 1);
  }
  const kept = [...levels].filter(([, level]) => level.needs > 0);
  return kept.toSorted(([a], [b]) => a - b).map(([, level]) => level);
}
