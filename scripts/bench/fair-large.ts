/**
 * A fair plan for a large conference or country: `fair-large.ts [NEEDS OFFERS CANDIDATES DIMENSION SUPPLY REPS]`.
 *
 * Needs and offers are random unit vectors around common topics. Timed, each apart: `candidates`, from vectors to
 * the pairs that are among the best of either side (every product of a need and an offer is computed); `plan`, from
 * these pairs to the leximin with the greatest total and its prices; `check`, by the independent checker. Prints
 * JSON: medians in milliseconds, and the most memory that the process held. SUPPLY is offered units per asked one.
 */
import type { AllocationProblem } from '../../src/algorithms/flow/allocation.ts';
import { checkAllocation } from '../../src/algorithms/flow/check-allocation.ts';
import { startSession } from '../../src/algorithms/flow/leximin.ts';

const TOPICS = 40;
const [needs = 20_000, offers = 20_000, candidates = 50, dimension = 16, supply = 1.3, reps = 1] = process.argv
  .slice(2)
  .map(Number);
const draw = seededDraw(7);
const topics = vectors(TOPICS, () => 0, new Float32Array(dimension));
const [left, right] = [around(needs), around(offers)] as const;
const times: Record<'candidates' | 'plan' | 'check', number[]> = { candidates: [], plan: [], check: [] };
let summary = {};
for (let rep = 0; rep < reps; rep++) {
  const problem = timed('candidates', () => problemOf(left, right));
  const { allocation } = timed('plan', () => startSession(problem));
  const verdict = timed('check', () => checkAllocation(problem, allocation));
  if (!verdict.accepted || allocation.status !== 'optimal') throw new Error(JSON.stringify(verdict));
  const { totalScore, levels } = allocation;
  summary = { pairs: problem.pairs.need.length, totalScore, worst: levels[0] };
}
const medians = Object.entries(times).map(([name, list]) => [name, list.toSorted((x, y) => x - y)[list.length >> 1]]);
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ needs, offers, supply, ...Object.fromEntries(medians), megabytes, ...summary }));

function timed<T>(name: keyof typeof times, work: () => T): T {
  const start = performance.now();
  const done = work();
  times[name].push(Math.round(performance.now() - start));
  return done;
}

function around(count: number): Float32Array {
  return vectors(count, () => Math.floor(draw() * TOPICS), topics);
}

/** Unit vectors around one of `centres` each, one after the other in one list. */
function vectors(count: number, topicOf: () => number, centres: Float32Array): Float32Array {
  const list = new Float32Array(count * dimension);
  for (let k = 0; k < count; k++) {
    const centre = topicOf() * dimension;
    let square = 0;
    for (let d = 0; d < dimension; d++) {
      const value = (centres[centre + d] ?? 0) + (draw() - 0.5) * 0.8;
      list[k * dimension + d] = value;
      square += value * value;
    }
    for (let d = 0; d < dimension; d++) list[k * dimension + d] = (list[k * dimension + d] ?? 0) / Math.sqrt(square);
  }
  return list;
}

function problemOf(left: Float32Array, right: Float32Array): AllocationProblem {
  const chosen = bestOfEitherSide(left, right);
  const wanted = new Int32Array(needs).map(() => 1 + Math.floor(draw() * 8));
  const capacity = new Int32Array(offers).map(() => 1 + Math.floor(draw() * (9 * supply * (needs / offers) - 1)));
  const need = Int32Array.from(chosen, (pair) => Math.floor(pair / offers));
  const offer = Int32Array.from(chosen, (pair) => pair % offers);
  const score = need.map((i, a) => Math.max(0, Math.round(1000 * product(left, right, i, offer[a] ?? 0))));
  const cap = need.map((i) => ((wanted[i] ?? 0) + 1) >> 1);
  return {
    needs: { wanted, weight: new Int32Array(needs).fill(1) },
    offers: { capacity, minimum: new Int32Array(offers) },
    pairs: { need, offer, score, cap, minimum: new Int32Array(need.length) },
  };
}

/** Numbers need × offers + offer of the pairs among the best `candidates` of their need or of their offer, rising. */
function bestOfEitherSide(left: Float32Array, right: Float32Array): Float64Array {
  const ofNeed = emptyBest(needs);
  const ofOffer = emptyBest(offers);
  for (let i = 0; i < needs; i++) {
    let least = -Infinity;
    for (let j = 0; j < offers; j++) {
      const value = product(left, right, i, j);
      if (value > least) least = replaceLeast(ofNeed, i, j, value);
      if (value > (ofOffer.least[j] ?? 0)) replaceLeast(ofOffer, j, i, value);
    }
  }
  const pairs = new Set<number>();
  ofNeed.other.forEach((j, place) => j >= 0 && pairs.add(Math.floor(place / candidates) * offers + j));
  ofOffer.other.forEach((i, place) => i >= 0 && pairs.add(i * offers + Math.floor(place / candidates)));
  return Float64Array.from(pairs).toSorted();
}

/** Four sums at once, so that none waits for the one before. */
function product(left: Float32Array, right: Float32Array, i: number, j: number): number {
  const [from, to] = [i * dimension, j * dimension];
  const fours = dimension & ~3;
  let [one, two, three, four] = [0, 0, 0, 0];
  let d = 0;
  for (; d < fours; d += 4) {
    one += (left[from + d] ?? 0) * (right[to + d] ?? 0);
    two += (left[from + d + 1] ?? 0) * (right[to + d + 1] ?? 0);
    three += (left[from + d + 2] ?? 0) * (right[to + d + 2] ?? 0);
    four += (left[from + d + 3] ?? 0) * (right[to + d + 3] ?? 0);
  }
  for (; d < dimension; d++) one += (left[from + d] ?? 0) * (right[to + d] ?? 0);
  return one + two + (three + four);
}

/** A heap of `candidates` values for each of `count`, the least on top; the tops again, close together. */
type Best = { readonly value: Float64Array; readonly other: Int32Array; readonly least: Float64Array };

function emptyBest(count: number): Best {
  return {
    value: new Float64Array(count * candidates).fill(-Infinity),
    other: new Int32Array(count * candidates).fill(-1),
    least: new Float64Array(count).fill(-Infinity),
  };
}

/** The least of those that are kept from now on. */
function replaceLeast({ value, other, least }: Best, of: number, candidate: number, added: number): number {
  const base = of * candidates;
  const at = (place: number) => value[base + place] ?? 0;
  let hole = 0;
  for (let child = 1; child < candidates; child = 2 * hole + 1) {
    if (child + 1 < candidates && at(child + 1) < at(child)) child++;
    if (at(child) >= added) break;
    value[base + hole] = at(child);
    other[base + hole] = other[base + child] ?? 0;
    hole = child;
  }
  value[base + hole] = added;
  other[base + hole] = candidate;
  least[of] = at(0);
  return at(0);
}

/** Numbers from 0 to 1 (mulberry32). */
function seededDraw(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
