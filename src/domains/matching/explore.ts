/**
 * Solves a « et si ? » and tells it from the plan in hand: who gains, who loses, the totals, the worst served, and what
 * one more unit of each offer would be worth then. The same code runs in the server and in the browser.
 *
 * Must always hold: the same changes give the same plan everywhere, whatever was tried before: each answer starts cold
 * from the problem of the try and goes on, warm, to the changed one, so that what need not move tends to stay; minimums
 * give way and pins do not, as in a real try; without a change the plan is the one in hand.
 */
import type { Allocation, AllocationProblem, Infeasible, SolveOptions } from '../../algorithms/flow/allocation.ts';
import { replan, startSession } from '../../algorithms/flow/leximin.ts';
import type { Session } from '../../algorithms/flow/session.ts';
import { worthOfOffers } from '../../algorithms/flow/offer-worth.ts';
import type { SupportUnit } from '../../lib/quantity.ts';
import type { ExplorerProblem } from './explorer-problem.ts';
import { lowerPromises } from './lower-promises.ts';
import { applyWhatIf, bySide, changesIn, NOTHING_CHANGED, pairsWith, type WhatIf } from './what-if.ts';

/** A plan by its numbers; lists follow the needs and offers of the problem, those that were added last. */
export interface Outcome {
  readonly problem: AllocationProblem;
  /** Units per pair of `problem`. */
  readonly units: Int32Array;
  readonly served: Int32Array;
  readonly given: Int32Array;
  readonly score: number;
  /** Needs that ask for something; those that get all of it; those that get nothing. */
  readonly asking: number;
  readonly full: number;
  readonly nothing: number;
  /** The organisation whose needs are covered least, on average, as a place in `data.organisations`. */
  readonly least: { readonly organisation: number; readonly share: number } | null;
}

export interface Price {
  readonly offer: number;
  /** The need that one more unit would serve better; null when it only makes matches closer. */
  readonly serves: number | null;
  readonly points: number;
}

export type Explored =
  | { readonly kind: 'found'; readonly outcome: Outcome; readonly prices: readonly Price[]; readonly isProven: boolean }
  | { readonly kind: 'impossible'; readonly reason: Infeasible }
  /** The clock stopped it before it held anything, or the numbers are beyond what can be kept exact. */
  | { readonly kind: 'nothing' };

export interface NeedChange {
  readonly need: number;
  readonly before: number;
  readonly after: number;
  readonly wanted: number;
}

export interface Comparison {
  readonly gains: readonly NeedChange[];
  readonly loses: readonly NeedChange[];
  readonly added: readonly NeedChange[];
  readonly withdrawn: readonly NeedChange[];
}

/** The plan in hand, as the try left it. */
export function planInHand(problem: ExplorerProblem): Outcome {
  return outcomeOf(problem, NOTHING_CHANGED, applyWhatIf(problem, NOTHING_CHANGED), problem.units);
}

export function explore(problem: ExplorerProblem, whatIf: WhatIf, options: SolveOptions = {}): Explored {
  const pairs = pairsWith(problem, whatIf.added);
  const asLeft = { ...NOTHING_CHANGED, added: whatIf.added.map((one) => ({ ...one, units: 0 })) };
  const start = applyWhatIf(problem, asLeft, pairs);
  const session = startSession(start, options);
  const first = settle(session, start, session.allocation, options);
  const isChanged = changesIn(whatIf) > 0;
  const changed = isChanged ? applyWhatIf(problem, whatIf, pairs) : start;
  const found = isChanged ? settle(session, changed, replan(session, changed, options), options) : first;
  const { answer } = found;
  if (answer.status === 'infeasible') return { kind: 'impossible', reason: answer.reason };
  if (answer.status !== 'optimal' && answer.status !== 'bounded') return { kind: 'nothing' };
  const isProven = answer.status === 'optimal';
  return {
    kind: 'found',
    outcome: outcomeOf(problem, whatIf, found.problem, isChanged ? answer.units : problem.units),
    prices: isProven ? pricesOf(found.problem, answer) : [],
    isProven,
  };
}

/** Needs by how their lot changes, those that move most first. Nobody loses who gets all that is still asked. */
export function compareWith(before: Outcome, after: Outcome): Comparison {
  const wanted = after.problem.needs.wanted;
  const changes = Array.from(wanted, (units, need): NeedChange => ({
    need,
    before: before.served[need] ?? 0,
    after: after.served[need] ?? 0,
    wanted: units,
  }));
  const known = before.served.length;
  const moves = (one: NeedChange) => Math.abs(one.after - one.before);
  const list = (isIn: (one: NeedChange) => boolean) =>
    changes.filter(isIn).toSorted((a, b) => moves(b) - moves(a) || a.need - b.need);
  return {
    gains: list((one) => one.need < known && one.after > one.before),
    loses: list((one) => one.need < known && one.wanted > 0 && one.after < Math.min(one.before, one.wanted)),
    added: list((one) => one.need >= known),
    withdrawn: list((one) => one.need < known && one.wanted === 0 && (before.problem.needs.wanted[one.need] ?? 0) > 0),
  };
}

/** Title, organisation and kind of a need or an offer, those that were added like those that they resemble. */
export function rowOf(problem: ExplorerProblem, { added }: WhatIf, side: 'need' | 'offer', place: number) {
  const list = side === 'need' ? problem.data.needs : problem.data.offers;
  const isAdded = place >= list.length;
  const like = isAdded ? bySide(added)[side === 'need' ? 0 : 1][place - list.length]?.like : place;
  const [title, organisation, kind] = list[like ?? 0] ?? ['', 0, 0];
  return { title, organisation, kind, isAdded };
}

/** Asked, given and offered, by unit: units of different kinds are never added up. */
export function totalsOf(
  problem: ExplorerProblem,
  whatIf: WhatIf,
  outcome: Outcome,
): ReadonlyMap<SupportUnit, { asked: number; given: number; offered: number }> {
  const totals = new Map<SupportUnit, { asked: number; given: number; offered: number }>();
  const of = (side: 'need' | 'offer', place: number) => {
    const unit = problem.data.kinds[rowOf(problem, whatIf, side, place).kind]?.unit ?? 'half-day';
    const known = totals.get(unit) ?? { asked: 0, given: 0, offered: 0 };
    totals.set(unit, known);
    return known;
  };
  outcome.served.forEach((units, need) => {
    const total = of('need', need);
    total.given += units;
    total.asked += outcome.problem.needs.wanted[need] ?? 0;
  });
  outcome.given.forEach((_, offer) => {
    of('offer', offer).offered += outcome.problem.offers.capacity[offer] ?? 0;
  });
  return totals;
}

interface Settled {
  readonly problem: AllocationProblem;
  readonly answer: Allocation;
}

/** Lowers promised minimums that cannot be kept until there is a plan. */
function settle(session: Session, problem: AllocationProblem, answer: Allocation, options: SolveOptions): Settled {
  let settled: Settled = { problem, answer };
  const pinned = new Int32Array(problem.offers.capacity.length);
  problem.pairs.minimum.forEach((units, pair) => {
    add(pinned, problem.pairs.offer[pair], units);
  });
  for (;;) {
    if (settled.answer.status !== 'infeasible') return settled;
    const minimums = [...settled.problem.offers.minimum];
    if (!lowerPromises(minimums, [...pinned], settled.answer.reason)) return settled;
    const { capacity } = problem.offers;
    const lowered = { ...problem, offers: { capacity, minimum: Int32Array.from(minimums) } };
    settled = { problem: lowered, answer: replan(session, lowered, options) };
  }
}

function outcomeOf(problem: ExplorerProblem, whatIf: WhatIf, solved: AllocationProblem, units: Int32Array): Outcome {
  const { wanted } = solved.needs;
  const served = new Int32Array(wanted.length);
  const given = new Int32Array(solved.offers.capacity.length);
  let score = 0;
  units.forEach((amount, pair) => {
    add(served, solved.pairs.need[pair], amount);
    add(given, solved.pairs.offer[pair], amount);
    score += amount * (solved.pairs.score[pair] ?? 0);
  });
  const asking = [...wanted.keys()].filter((need) => (wanted[need] ?? 0) > 0);
  return {
    problem: solved,
    units,
    served,
    given,
    score,
    asking: asking.length,
    full: asking.filter((need) => served[need] === wanted[need]).length,
    nothing: asking.filter((need) => served[need] === 0).length,
    least: leastCovered(problem, whatIf, asking, (need) => (served[need] ?? 0) / (wanted[need] ?? 1)),
  };
}

/** Needs of an organisation count alike, whatever their unit, as in the summary of a try. */
function leastCovered(
  problem: ExplorerProblem,
  whatIf: WhatIf,
  asking: readonly number[],
  shareOf: (need: number) => number,
): Outcome['least'] {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const need of asking) {
    const { organisation } = rowOf(problem, whatIf, 'need', need);
    const { sum, count } = sums.get(organisation) ?? { sum: 0, count: 0 };
    sums.set(organisation, { sum: sum + shareOf(need), count: count + 1 });
  }
  const shares = [...sums].map(([organisation, { sum, count }]) => ({ organisation, share: sum / count }));
  return shares.toSorted((a, b) => a.share - b.share)[0] ?? null;
}

/** Fairness first, as in the plan: who would serve the need that is served least; then the points. */
function pricesOf(problem: AllocationProblem, answer: Extract<Allocation, { status: 'optimal' }>): Price[] {
  const { wanted, weight } = problem.needs;
  const level = ({ serves }: Price) =>
    serves === null ? Infinity : (answer.served[serves] ?? 0) / ((wanted[serves] ?? 1) * (weight[serves] ?? 1));
  return worthOfOffers(problem, answer)
    .map(({ offer, serves, scoreGain }): Price => ({ offer, serves, points: scoreGain }))
    .filter(({ serves, points }) => serves !== null || points > 0)
    .toSorted((a, b) => compare(level(a), level(b)) || b.points - a.points || a.offer - b.offer);
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function add(sums: Int32Array, place = 0, units = 0): void {
  sums[place] = (sums[place] ?? 0) + units;
}
