/**
 * Floors on the sum of scores of a need: what each need can have at most, and what that leaves open.
 *
 * Of need i alone, with units x(a) in low(a)…high(a) and Σ x ≤ high(i), the greatest sum takes the best
 * scored units first. When a floor is set:
 *   - if even that falls short, no plan holds;
 *   - a unit too many of a poor pair, or one too few of a good one, may make the floor unreachable whatever
 *     else is done: ranges shrink to what is still possible.
 * Both are exact for one need, so every plan that respects the floors stays in the box; and what is left is a
 * pure network with fewer pairs. Where at most k offers may serve a need, Σ x is at most the k greatest caps.
 * Complexity O(pairs log pairs + units moved).
 */
import type { AllocationProblem } from './allocation.ts';
import type { PairGroups } from './group-pairs.ts';
import type { Face } from './optimal-face.ts';
import type { SideConstraints } from './side-constraints.ts';

/** Ranges of pairs, needs and offers: every plan that is looked for lies in them. */
export type Box = Face;

const known = new WeakMap<AllocationProblem['pairs'], PairGroups>();

/** The pairs of each need by falling score; sorted once per list of pairs. */
export function byFallingScore({ needs, pairs }: AllocationProblem): PairGroups {
  const last = known.get(pairs);
  if (last !== undefined && last.start.length === needs.wanted.length + 1) return last;
  const order = Int32Array.from(pairs.need.keys());
  order.sort((a, b) => pairs.need[a]! - pairs.need[b]! || pairs.score[b]! - pairs.score[a]! || a - b);
  const start = new Int32Array(needs.wanted.length + 1);
  for (let a = 0; a < order.length; a++) start[pairs.need[a]! + 1]! += 1;
  for (let i = 0; i < needs.wanted.length; i++) start[i + 1]! += start[i]!;
  const groups = { start, pairs: order };
  known.set(pairs, groups);
  return groups;
}

/** What any lawful plan may do. */
export function wholeBox({ needs, offers, pairs }: AllocationProblem): Box {
  return {
    pairs: { low: pairs.minimum.slice(), high: pairs.cap.slice() },
    needs: { low: new Int32Array(needs.wanted.length), high: needs.wanted.slice() },
    offers: { low: offers.minimum.slice(), high: offers.capacity.slice() },
  };
}

/** The greatest sum of scores of each need alone. */
export function greatestSums(problem: AllocationProblem, box: Box, order: PairGroups): Float64Array {
  const taken = new Int32Array(problem.pairs.need.length);
  return new Float64Array(problem.needs.wanted.length).map((_, i) => takeBest(problem, box, order, i, taken));
}

/**
 * The box without what cannot be part of a plan with these floors; or the need whose floor or whose range
 * is out of reach.
 */
export function tighten(
  problem: AllocationProblem,
  { partners }: SideConstraints,
  given: Box,
  floors: Float64Array,
  order: PairGroups,
): { readonly ok: true; readonly box: Box } | { readonly ok: false; readonly need: number } {
  const copy = ({ low, high }: Box['pairs']) => ({ low: low.slice(), high: high.slice() });
  const box: Box = { pairs: copy(given.pairs), needs: copy(given.needs), offers: copy(given.offers) };
  const taken = new Int32Array(problem.pairs.need.length);
  for (let i = 0; i < floors.length; i++) {
    capPairs(problem, box, order, i, partners?.[i] ?? -1);
    const most = takeBest(problem, box, order, i, taken);
    if (most < floors[i]! || box.needs.low[i]! > box.needs.high[i]!) return { ok: false, need: i };
    if (floors[i]! > 0) shrink(problem, box, order, i, taken, most - floors[i]!);
  }
  return { ok: true, box };
}

function capPairs(problem: AllocationProblem, box: Box, order: PairGroups, need: number, most: number): void {
  const { pairs, needs, offers } = box;
  const highs: number[] = [];
  for (let place = order.start[need]!; place < order.start[need + 1]!; place++) {
    const a = order.pairs[place]!;
    const room = Math.min(pairs.high[a]!, offers.high[problem.pairs.offer[a]!]!, needs.high[need]!);
    pairs.high[a] = Math.max(room, pairs.low[a]!);
    highs.push(pairs.high[a]!);
  }
  if (most < 0) return;
  const best = highs.toSorted((x, y) => y - x).slice(0, most);
  const reach = best.reduce((sum, high) => sum + high, 0);
  if (reach < needs.high[need]!) needs.high[need] = reach;
}

/** Fills `taken` for the pairs of one need, best scores first, and returns the sum. */
function takeBest(
  { pairs }: AllocationProblem,
  box: Box,
  { start, pairs: order }: PairGroups,
  need: number,
  taken: Int32Array,
): number {
  let room = box.needs.high[need]!;
  for (let place = start[need]!; place < start[need + 1]!; place++) room -= box.pairs.low[order[place]!]!;
  let sum = 0;
  for (let place = start[need]!; place < start[need + 1]!; place++) {
    const a = order[place]!;
    const low = box.pairs.low[a]!;
    const more = Math.max(0, Math.min(box.pairs.high[a]! - low, room));
    taken[a] = low + more;
    room -= more;
    sum += pairs.score[a]! * taken[a]!;
  }
  return sum;
}

/** Ranges of one need's pairs, given by how much its greatest sum exceeds its floor. */
function shrink(
  { pairs }: AllocationProblem,
  box: Box,
  { start, pairs: order }: PairGroups,
  need: number,
  taken: Int32Array,
  slack: number,
): void {
  const members = order.subarray(start[need]!, start[need + 1]!);
  const { low, high } = box.pairs;
  const [lows, highs] = [members.map((a) => low[a]!), members.map((a) => high[a]!)];
  // Units taken that can be given back, worst first; units not taken, best first.
  const back = members.toReversed().filter((a) => taken[a]! > low[a]!);
  const spare = members.filter((a) => taken[a]! < high[a]!);
  members.forEach((a, k) => {
    const score = pairs.score[a]!;
    if (taken[a]! < high[a]!) {
      const { units } = exchange(back, a, (b) => [taken[b]! - low[b]!, pairs.score[b]! - score], slack);
      highs[k] = Math.min(highs[k]!, taken[a]! + units);
    }
    if (taken[a]! > low[a]! && score > 0) {
      const { units, left, all } = exchange(spare, a, (b) => [high[b]! - taken[b]!, score - pairs.score[b]!], slack);
      // Beyond what can be exchanged, each unit fewer costs its whole score.
      const fewer = all ? units + Math.floor(left / score) : units;
      lows[k] = Math.max(lows[k]!, taken[a]! - fewer);
    }
  });
  members.forEach((a, k) => {
    low[a] = lows[k]!;
    high[a] = highs[k]!;
  });
}

type Exchange = { readonly units: number; readonly left: number; readonly all: boolean };

/** How many units of `list` but for a, in its order, can be exchanged at their losses before slack runs out. */
function exchange(
  list: Int32Array,
  a: number,
  unitsAndLoss: (b: number) => readonly [number, number],
  slack: number,
): Exchange {
  let [units, left] = [0, slack];
  for (const b of list) {
    if (b === a) continue;
    const [count, loss] = unitsAndLoss(b);
    const some = loss <= 0 ? count : Math.min(count, Math.floor(left / loss));
    units += some;
    left -= some * Math.max(0, loss);
    if (some < count) return { units, left, all: false };
  }
  return { units, left, all: true };
}
