/**
 * The independent checker: accepts or refuses a plan with its certificate.
 *
 * Shares no code with any solver, only the types of the problem and of the answer. It adds everything up
 * again, then proves the optimum by linear programming duality in two currencies, fairness before score.
 * With c = wanted × weight, the lift of the k-th unit of need i goes from (k − 1)/c to k/c; a lift is worth
 * more than another when it starts lower, or starts level and ends higher. The certificate gives each need
 * and each offer a price (fairness, score). The plan has the leximin of the levels, and the greatest total
 * among the plans of that leximin, when these hold, compared fairness first:
 *   need:   worth of its last unit served ≥ price(i) ≥ worth of its first unit not served;
 *   offer:  price(j) > 0 only at its capacity, < 0 only at its minimum;
 *   pair:   price(i) + score(a) − price(j) > 0 only at its cap, < 0 only at its minimum.
 * (Weak duality holds in any ordered group, so also for pairs of numbers; that a separable sum with these
 * worths is greatest exactly at the leximin is proven in `leximin-prices.ts`.) No search, no solve.
 *
 * Complexity: O(pairs + needs + offers) plus the sort of the distinct lifts. Everything is whole numbers
 * under 2^53, so no rounding. A refusal is data: the rule that is broken and the place.
 */
import type { AllocationProblem, Allocation, Certificate, Level } from './allocation.ts';

export type Verdict =
  | { readonly accepted: true; readonly proven: 'optimal' | 'lawful' }
  | { readonly accepted: false; readonly refusal: Refusal };

export type Refusal =
  /** The answer holds no plan. */
  | { readonly rule: 'no-plan' }
  /** A list of the plan or of the certificate does not have one entry per pair, need or offer. */
  | { readonly rule: 'shape'; readonly list: string }
  | { readonly rule: 'whole-units'; readonly pair: number }
  | {
      readonly rule: 'pair-cap' | 'pair-minimum';
      readonly pair: number;
      readonly units: number;
      readonly limit: number;
    }
  | {
      readonly rule: 'need-wanted';
      readonly need: number;
      readonly units: number;
      readonly limit: number;
    }
  | {
      readonly rule: 'offer-capacity' | 'offer-minimum';
      readonly offer: number;
      readonly units: number;
      readonly limit: number;
    }
  | {
      readonly rule: 'served';
      readonly need: number;
      readonly stated: number;
      readonly found: number;
    }
  | {
      readonly rule: 'given';
      readonly offer: number;
      readonly stated: number;
      readonly found: number;
    }
  | { readonly rule: 'total' | 'bound' | 'gap'; readonly stated: number; readonly found: number }
  /** The stated levels are not those of the plan; `place` is the first that differs. */
  | { readonly rule: 'levels'; readonly place: number }
  /** A price is not a whole number under 2^52. */
  | { readonly rule: 'whole-price'; readonly list: string; readonly row: number }
  /** Prices that do not prove the plan best: a better one may exist through here. */
  | { readonly rule: 'need-price'; readonly need: number }
  | { readonly rule: 'offer-price'; readonly offer: number }
  | { readonly rule: 'pair-price'; readonly pair: number };

export function checkAllocation(problem: AllocationProblem, answer: Allocation): Verdict {
  if (answer.status !== 'optimal' && answer.status !== 'bounded') return refuse({ rule: 'no-plan' });
  const served = new Int32Array(problem.needs.wanted.length);
  const given = new Int32Array(problem.offers.capacity.length);
  const broken =
    brokenShape(problem, answer) ??
    brokenPair(problem, answer.units) ??
    brokenSum(problem, answer, served, given) ??
    brokenTotal(problem, answer) ??
    brokenLevels(problem, served, answer.levels);
  if (broken) return refuse(broken);
  if (answer.status === 'bounded') return { accepted: true, proven: 'lawful' };
  const unproven = brokenProof(problem, answer.units, served, given, answer.certificate);
  return unproven ? refuse(unproven) : { accepted: true, proven: 'optimal' };
}

type WithPlan = Extract<Allocation, { status: 'optimal' | 'bounded' }>;

function refuse(refusal: Refusal): Verdict {
  return { accepted: false, refusal };
}

function brokenShape({ needs, offers, pairs }: AllocationProblem, answer: WithPlan): Refusal | null {
  const [n, m] = [needs.wanted.length, offers.capacity.length];
  const lists: [string, ArrayLike<number>, number][] = [
    ['units', answer.units, pairs.need.length],
    ['served', answer.served, n],
    ['given', answer.given, m],
  ];
  if (answer.status === 'optimal') {
    const { needFairness, needScore, offerFairness, offerScore } = answer.certificate;
    lists.push(['needFairness', needFairness, n], ['needScore', needScore, n]);
    lists.push(['offerFairness', offerFairness, m], ['offerScore', offerScore, m]);
  }
  const wrong = lists.find(([, list, length]) => list?.length !== length);
  return wrong ? { rule: 'shape', list: wrong[0] } : null;
}

function brokenPair({ pairs }: AllocationProblem, plan: Int32Array): Refusal | null {
  for (let pair = 0; pair < plan.length; pair++) {
    const units = plan[pair]!;
    if (!Number.isInteger(units)) return { rule: 'whole-units', pair };
    if (units > pairs.cap[pair]!) return { rule: 'pair-cap', pair, units, limit: pairs.cap[pair]! };
    if (units < pairs.minimum[pair]!) return { rule: 'pair-minimum', pair, units, limit: pairs.minimum[pair]! };
  }
  return null;
}

/** Adds the units up into `served` and `given`, and compares them with the limits and with what is stated. */
function brokenSum(
  { needs, offers, pairs }: AllocationProblem,
  answer: WithPlan,
  served: Int32Array,
  given: Int32Array,
): Refusal | null {
  for (let a = 0; a < pairs.need.length; a++) {
    served[pairs.need[a]!]! += answer.units[a]!;
    given[pairs.offer[a]!]! += answer.units[a]!;
  }
  for (let need = 0; need < served.length; need++) {
    const [units, limit, stated] = [served[need]!, needs.wanted[need]!, answer.served[need]!];
    if (units > limit) return { rule: 'need-wanted', need, units, limit };
    if (units !== stated) return { rule: 'served', need, stated, found: units };
  }
  for (let offer = 0; offer < given.length; offer++) {
    const [units, stated] = [given[offer]!, answer.given[offer]!];
    const [most, least] = [offers.capacity[offer]!, offers.minimum[offer]!];
    if (units > most) return { rule: 'offer-capacity', offer, units, limit: most };
    if (units < least) return { rule: 'offer-minimum', offer, units, limit: least };
    if (units !== stated) return { rule: 'given', offer, stated, found: units };
  }
  return null;
}

function brokenTotal({ pairs }: AllocationProblem, answer: WithPlan): Refusal | null {
  let found = 0;
  for (let a = 0; a < pairs.score.length; a++) found += pairs.score[a]! * answer.units[a]!;
  if (answer.totalScore !== found) return { rule: 'total', stated: answer.totalScore, found };
  const gap = answer.bound - found;
  if (answer.gap !== gap) return { rule: 'gap', stated: answer.gap, found: gap };
  const low = answer.status === 'optimal' ? gap !== 0 : !(gap >= 0);
  return low ? { rule: 'bound', stated: answer.bound, found } : null;
}

function brokenLevels({ needs }: AllocationProblem, served: Int32Array, stated: readonly Level[]): Refusal | null {
  const wanting = Int32Array.from(served.keys()).filter((i) => needs.wanted[i]! > 0);
  const whole = (i: number) => needs.wanted[i]! * needs.weight[i]!;
  // Exact: both products stay under 2^52.
  wanting.sort((h, i) => served[h]! * whole(i) - served[i]! * whole(h));
  let read = 0;
  for (let place = 0; place < stated.length; place++) {
    const { numerator, denominator, needs: count } = stated[place]!;
    const lowest = Number.isInteger(numerator) && Number.isInteger(denominator);
    if (!lowest || !inLowestTerms(numerator, denominator)) return { rule: 'levels', place };
    const from = read;
    const stands = (i: number) => served[i]! * denominator === numerator * whole(i);
    while (read < wanting.length && stands(wanting[read]!)) read++;
    if (read === from || read - from !== count) return { rule: 'levels', place };
  }
  return read === wanting.length ? null : { rule: 'levels', place: stated.length };
}

function inLowestTerms(numerator: number, denominator: number): boolean {
  let [a, b] = [numerator, denominator];
  if (a < 0 || b <= 0 || b > 2 ** 26) return false;
  while (b !== 0) [a, b] = [b, a % b];
  return a === 1;
}

function brokenProof(
  problem: AllocationProblem,
  units: Int32Array,
  served: Int32Array,
  given: Int32Array,
  certificate: Certificate,
): Refusal | null {
  for (const [list, prices] of Object.entries(certificate)) {
    const row = prices.findIndex((price) => !Number.isInteger(price) || Math.abs(price) >= 2 ** 52);
    if (row >= 0) return { rule: 'whole-price', list, row };
  }
  return (
    brokenNeedPrice(problem, served, certificate) ??
    brokenOfferPrice(problem, given, certificate) ??
    brokenPairPrice(problem, units, certificate)
  );
}

function brokenNeedPrice(
  problem: AllocationProblem,
  served: Int32Array,
  { needFairness, needScore }: Certificate,
): Refusal | null {
  const { wanted } = problem.needs;
  const worth = worthOfLifts(problem);
  for (let need = 0; need < served.length; need++) {
    const [fairness, score] = [needFairness[need]!, needScore[need]!];
    const k = served[need]!;
    if (k > 0) {
      const last = worth(need, k) - fairness;
      if (last < 0 || (last === 0 && score > 0)) return { rule: 'need-price', need };
    }
    if (k < wanted[need]!) {
      const next = worth(need, k + 1) - fairness;
      if (next > 0 || (next === 0 && score < 0)) return { rule: 'need-price', need };
    }
  }
  return null;
}

function brokenOfferPrice(
  { offers }: AllocationProblem,
  given: Int32Array,
  { offerFairness, offerScore }: Certificate,
): Refusal | null {
  for (let offer = 0; offer < given.length; offer++) {
    const sign = Math.sign(offerFairness[offer]!) || Math.sign(offerScore[offer]!);
    if (sign > 0 && given[offer]! < offers.capacity[offer]!) return { rule: 'offer-price', offer };
    if (sign < 0 && given[offer]! > offers.minimum[offer]!) return { rule: 'offer-price', offer };
  }
  return null;
}

function brokenPairPrice(
  { pairs }: AllocationProblem,
  units: Int32Array,
  { needFairness, needScore, offerFairness, offerScore }: Certificate,
): Refusal | null {
  for (let pair = 0; pair < units.length; pair++) {
    const [i, j] = [pairs.need[pair]!, pairs.offer[pair]!];
    const fairness = needFairness[i]! - offerFairness[j]!;
    const gain = fairness || needScore[i]! + pairs.score[pair]! - offerScore[j]!;
    if (gain > 0 && units[pair]! < pairs.cap[pair]!) return { rule: 'pair-price', pair };
    if (gain < 0 && units[pair]! > pairs.minimum[pair]!) return { rule: 'pair-price', pair };
  }
  return null;
}

/**
 * Worth of each lift: its place, from 1, when all distinct lifts are sorted from least to most worth.
 * Compared as fractions in whole numbers; one list of lifts per distinct wanted × weight.
 */
function worthOfLifts({ needs }: AllocationProblem): (need: number, k: number) => number {
  const most = new Map<number, number>();
  const whole = (i: number) => needs.wanted[i]! * needs.weight[i]!;
  for (let i = 0; i < needs.wanted.length; i++) {
    most.set(whole(i), Math.max(most.get(whole(i)) ?? 0, needs.wanted[i]!));
  }
  const lifts: { c: number; k: number }[] = [];
  for (const [c, length] of most) for (let k = 1; k <= length; k++) lifts.push({ c, k });
  lifts.sort((x, y) => (y.k - 1) * x.c - (x.k - 1) * y.c || x.k * y.c - y.k * x.c);
  const places = new Map([...most].map(([c, length]) => [c, new Int32Array(length + 1)]));
  lifts.forEach(({ c, k }, place) => (places.get(c)![k] = place + 1));
  return (need, k) => places.get(whole(need))![k]!;
}
