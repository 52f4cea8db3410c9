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
  const columns = byDimension(right);
  const values = new Float64Array(offers);
  for (let i = 0; i < needs; i++) {
    productsWith(left.subarray(i * dimension, (i + 1) * dimension), columns, values);
    keepBest(i, values, ofNeed, ofOffer);
  }
  const pairs = new Float64Array(2 * (needs + offers) * candidates);
  let count = 0;
  ofNeed.other.forEach((j, place) => j >= 0 && (pairs[count++] = Math.floor(place / candidates) * offers + j));
  ofOffer.other.forEach((i, place) => i >= 0 && (pairs[count++] = i * offers + Math.floor(place / candidates)));
  const rising = pairs.subarray(0, count).toSorted();
  return rising.filter((pair, place) => pair !== rising[place - 1]);
}

function keepBest(i: number, values: Float64Array, ofNeed: Best, ofOffer: Best): void {
  const { least: leastOfOffers } = ofOffer;
  let least = -Infinity;
  for (let j = 0; j < values.length; j++) {
    const value = values[j] ?? 0;
    if (value > least) least = replaceLeast(ofNeed, i, j, value);
    if (value > (leastOfOffers[j] ?? 0)) replaceLeast(ofOffer, j, i, value);
  }
}

/** All first coordinates, then all second ones, and so on, each row filled up to a multiple of eight dimensions. */
function byDimension(list: Float32Array): Float32Array {
  const columns = new Float32Array(offers * ((dimension + 7) & ~7));
  list.forEach((value, place) => {
    columns[(place % dimension) * offers + Math.floor(place / dimension)] = value;
  });
  return columns;
}

/** The products of one vector with all offers, eight coordinates at a time so that sums are read and written seldom. */
function productsWith(vector: Float32Array, columns: Float32Array, sums: Float64Array): void {
  const count = sums.length;
  sums.fill(0);
  for (let d = 0; d < vector.length; d += 8) {
    const [a = 0, b = 0, c = 0, e = 0, f = 0, g = 0, h = 0, k = 0] = vector.subarray(d, d + 8);
    const start = d * count;
    for (let j = 0; j < count; j++) {
      const at = start + j;
      sums[j] =
        (sums[j] ?? 0) +
        (a * (columns[at] ?? 0) + b * (columns[at + count] ?? 0)) +
        (c * (columns[at + 2 * count] ?? 0) + e * (columns[at + 3 * count] ?? 0)) +
        (f * (columns[at + 4 * count] ?? 0) + g * (columns[at + 5 * count] ?? 0)) +
        (h * (columns[at + 6 * count] ?? 0) + k * (columns[at + 7 * count] ?? 0));
    }
  }
}

function product(left: Float32Array, right: Float32Array, i: number, j: number): number {
  let sum = 0;
  for (let d = 0; d < dimension; d++) sum += (left[i * dimension + d] ?? 0) * (right[j * dimension + d] ?? 0);
  return sum;
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
