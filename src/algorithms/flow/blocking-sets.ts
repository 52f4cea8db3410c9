/**
 * What blocks an unmet need: all that a unit could come from, and the full pairs around it.
 *
 * Backwards from the need: to the offers whose pair has room, from them to the needs that could hand back a unit of
 * theirs, and so on. All that is met lies behind one smallest cut. Needs from which each other can be reached have the
 * same set: it is searched once, and so is who has it, forwards. Under scarcity most unmet needs share one.
 *
 * Cost: O(pairs) for each set that differs, and the offers of the set for each need.
 */
import type { AllocationProblem, Plan } from './allocation.ts';
import type { PairGroups } from './group-pairs.ts';

/** Offers, the need's own first, and pairs at their caps. */
export type BlockingSet = { readonly offers: readonly number[]; readonly pairs: readonly number[] };

type Groups = { readonly byNeed: PairGroups; readonly byOffer: PairGroups };
type Graph = Groups & { readonly problem: AllocationProblem; readonly plan: Plan };
/** Needs and offers met, in the order of the search; a mark is the number of the search that set it last. */
type Met = { readonly needs: number[]; readonly offers: number[] };
type Marks = { readonly need: Int32Array; readonly offer: Int32Array; number: number };

/** A function that tells the set of each unmet need. */
export function blockingSets(
  problem: AllocationProblem,
  plan: Plan,
  { byNeed, byOffer }: Groups,
): (need: number) => BlockingSet {
  const graph = { problem, plan, byNeed, byOffer };
  const [n, m] = [problem.needs.wanted.length, problem.offers.capacity.length];
  const backwards: Marks = { need: new Int32Array(n), offer: new Int32Array(m), number: 0 };
  const forwards: Marks = { need: new Int32Array(n), offer: new Int32Array(m), number: 0 };
  const own: Marks = { need: new Int32Array(n), offer: new Int32Array(m), number: 0 };
  const known = new Map<number, BlockingSet>();
  return (need) => {
    const shared = known.get(need) ?? search();
    own.number++;
    return { offers: ownFirst(graph, own, need, shared.offers), pairs: shared.pairs };

    function search(): BlockingSet {
      const { needs, offers } = reach(graph, backwards, need, 'backwards');
      const set = { offers, pairs: rimOf(graph, backwards, needs) };
      for (const other of reach(graph, forwards, need, 'forwards', backwards).needs) known.set(other, set);
      return set;
    }
  };
}

/**
 * Breadth first. Backwards: whose units could come to the need. Forwards: who could have a unit that it hands back.
 * From a need the walk goes on over pairs with room, or over pairs whose unit can be taken back; from an offer the
 * other way round. `within`: only among those that this search met last.
 */
function reach(graph: Graph, marks: Marks, from: number, way: 'backwards' | 'forwards', within?: Marks): Met {
  const { problem, byNeed, byOffer } = graph;
  const { pairs } = problem;
  const number = ++marks.number;
  const met: Met = { needs: [from], offers: [] };
  marks.need[from] = number;
  const meetNeeds = (j: number) => {
    for (let place = byOffer.start[j]!; place < byOffer.start[j + 1]!; place++) {
      const b = byOffer.pairs[place]!;
      const i = pairs.need[b]!;
      if (marks.need[i] === number || !isOpen(graph, b, way === 'forwards')) continue;
      if (within !== undefined && within.need[i] !== within.number) continue;
      marks.need[i] = number;
      met.needs.push(i);
    }
  };
  // An array is read to its end, also what is appended while it is read: a queue.
  for (const i of met.needs) {
    for (let place = byNeed.start[i]!; place < byNeed.start[i + 1]!; place++) {
      const a = byNeed.pairs[place]!;
      const j = pairs.offer[a]!;
      if (marks.offer[j] === number || !isOpen(graph, a, way === 'backwards')) continue;
      if (within !== undefined && within.offer[j] !== within.number) continue;
      marks.offer[j] = number;
      met.offers.push(j);
      meetNeeds(j);
    }
  }
  return met;
}

/** Whether the pair could give a unit more, or else take one back. */
function isOpen({ problem, plan }: Graph, pair: number, toGive: boolean): boolean {
  const { cap, minimum } = problem.pairs;
  return toGive ? plan.units[pair]! < cap[pair]! : plan.units[pair]! > minimum[pair]!;
}

/** The pairs from needs of the set to offers outside: all are at their caps. */
function rimOf({ problem, byNeed }: Graph, marks: Marks, needs: readonly number[]): number[] {
  const { pairs } = problem;
  const rim: number[] = [];
  for (const i of needs) {
    for (let place = byNeed.start[i]!; place < byNeed.start[i + 1]!; place++) {
      const a = byNeed.pairs[place]!;
      if (marks.offer[pairs.offer[a]!] !== marks.number && pairs.cap[a]! > 0) rim.push(a);
    }
  }
  return rim;
}

/** The offers of the set, those before the others that could serve the need without passing through anyone. */
function ownFirst(graph: Graph, marks: Marks, need: number, offers: readonly number[]): number[] {
  const { problem, byNeed } = graph;
  const list: number[] = [];
  for (let place = byNeed.start[need]!; place < byNeed.start[need + 1]!; place++) {
    const a = byNeed.pairs[place]!;
    if (!isOpen(graph, a, true)) continue;
    const j = problem.pairs.offer[a]!;
    marks.offer[j] = marks.number;
    list.push(j);
  }
  for (const j of offers) if (marks.offer[j] !== marks.number) list.push(j);
  return list;
}
