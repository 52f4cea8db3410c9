/**
 * What one more unit of each offer is worth: the price of scarcity.
 *
 * A free unit at offer j moves along the residual graph of an optimal plan: to a need with room under the
 * pair's cap (gain: the score); the need keeps it (gain: the fairness price of its next unit) or hands back
 * a unit of another offer (loss: that score), which stays unused there (no gain) or moves on. The worth is
 * the best of all such walks, fairness before score: exactly by how much the optimum rises when the
 * capacity of j rises by one. The certificate's prices turn gains into losses that are never negative
 * (price of the node left − gain of the step − price of the node reached), so Dijkstra's algorithm, run
 * backwards from all the places where a walk may end, finds all worths at once.
 *
 * Complexity O(pairs log pairs). Whole numbers only. Source: Ahuja, Magnanti and Orlin, "Network Flows"
 * (1993), chapters 5 and 9.
 */
import type { Allocation, AllocationProblem } from './allocation.ts';
import { groupPairs } from './group-pairs.ts';
import { leximinPrices } from './leximin-prices.ts';

export type OfferWorth = {
  readonly offer: number;
  /** The need that would be served one more unit; null when the unit only improves scores, or nothing. */
  readonly serves: number | null;
  /** Change of the total score (it may fall when fairness rises). */
  readonly scoreGain: number;
};

type Optimal = Extract<Allocation, { status: 'optimal' }>;

/** The worth of one more unit at each offer, in the order of the offers. */
export function worthOfOffers(problem: AllocationProblem, plan: Optimal): OfferWorth[] {
  const losses = leastLosses(problem, plan);
  const n = problem.needs.wanted.length;
  const { offerFairness, offerScore } = plan.certificate;
  return Array.from(offerFairness, (fairness, offer) => {
    const end = losses.end[n + offer]!;
    if (end === NOWHERE) return { offer, serves: null, scoreGain: 0 };
    const gain = fairness - losses.fairness[n + offer]!;
    const scoreGain = offerScore[offer]! - losses.score[n + offer]!;
    if (gain < 0 || (gain === 0 && scoreGain <= 0)) return { offer, serves: null, scoreGain: 0 };
    return { offer, serves: end < n ? end : null, scoreGain };
  });
}

const NOWHERE = -1;
type Losses = { fairness: Float64Array; score: Float64Array; end: Int32Array };

/** Nodes: needs 0…n−1, then offers. Least loss of a walk from each node, and the node where it ends. */
function leastLosses(problem: AllocationProblem, plan: Optimal): Losses {
  const { needs, offers, pairs } = problem;
  const n = needs.wanted.length;
  const nodes = n + offers.capacity.length;
  const { needFairness, needScore, offerFairness, offerScore } = plan.certificate;
  const losses: Losses = {
    fairness: new Float64Array(nodes).fill(Infinity),
    score: new Float64Array(nodes).fill(Infinity),
    end: new Int32Array(nodes).fill(NOWHERE),
  };
  const heap = emptyHeap(losses);
  const reach = (node: number, fairness: number, score: number, end: number) => {
    const nearer = fairness - losses.fairness[node]! || score - losses.score[node]!;
    if (!(nearer < 0)) return;
    losses.fairness[node] = fairness;
    losses.score[node] = score;
    losses.end[node] = end;
    push(heap, { node, fairness, score });
  };
  const prices = leximinPrices(problem);
  for (let i = 0; i < n; i++) {
    if (plan.served[i]! >= needs.wanted[i]!) continue;
    reach(i, needFairness[i]! - prices.price(i, plan.served[i]! + 1), needScore[i]!, i);
  }
  for (let j = 0; j < offers.capacity.length; j++) {
    if (plan.given[j]! > offers.minimum[j]!) reach(n + j, offerFairness[j]!, offerScore[j]!, n + j);
  }
  const groups = [groupPairs(pairs.need, n), groupPairs(pairs.offer, nodes - n)] as const;
  for (let nearest = pop(heap); nearest; nearest = pop(heap)) {
    const { node } = nearest;
    const atNeed = node < n;
    const { start, pairs: members } = groups[atNeed ? 0 : 1];
    const k = atNeed ? node : node - n;
    for (let place = start[k]!; place < start[k + 1]!; place++) {
      const a = members[place]!;
      const [i, j] = [pairs.need[a]!, pairs.offer[a]!];
      // Walks are read backwards: offer j gives to need i, or need i hands back to offer j.
      const open = atNeed ? plan.units[a]! < pairs.cap[a]! : plan.units[a]! > pairs.minimum[a]!;
      if (!open) continue;
      const sign = atNeed ? -1 : 1;
      const fairness = sign * (needFairness[i]! - offerFairness[j]!);
      const score = sign * (needScore[i]! + pairs.score[a]! - offerScore[j]!);
      const from = atNeed ? n + j : i;
      reach(from, nearest.fairness + fairness, nearest.score + score, losses.end[node]!);
    }
  }
  return losses;
}

type Entry = { readonly node: number; readonly fairness: number; readonly score: number };
/** A binary heap, nearest entry first; entries that were overtaken since are skipped when popped. */
type Heap = { readonly entries: Entry[]; readonly losses: Losses };

function emptyHeap(losses: Losses): Heap {
  return { entries: [], losses };
}

function before(x: Entry, y: Entry): boolean {
  return x.fairness !== y.fairness ? x.fairness < y.fairness : x.score < y.score;
}

function push({ entries }: Heap, entry: Entry): void {
  let hole = entries.length;
  entries.push(entry);
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    if (!before(entry, entries[parent]!)) break;
    entries[hole] = entries[parent]!;
    hole = parent;
  }
  entries[hole] = entry;
}

function pop(heap: Heap): Entry | undefined {
  const { entries, losses } = heap;
  for (;;) {
    const top = entries[0];
    const last = entries.pop();
    if (top === undefined || last === undefined) return undefined;
    if (entries.length > 0) sink(entries, last);
    const { fairness, score } = losses;
    if (fairness[top.node] === top.fairness && score[top.node] === top.score) return top;
  }
}

function sink(entries: Entry[], entry: Entry): void {
  let hole = 0;
  for (;;) {
    let child = 2 * hole + 1;
    if (child >= entries.length) break;
    if (child + 1 < entries.length && before(entries[child + 1]!, entries[child]!)) child++;
    if (!before(entries[child]!, entry)) break;
    entries[hole] = entries[child]!;
    hole = child;
  }
  entries[hole] = entry;
}
