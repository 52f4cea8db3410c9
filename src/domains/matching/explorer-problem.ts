/**
 * What the plan explorer starts from: the problem of a finished try and the plan that it ended with, as short lists
 * that travel inside the page, and as typed arrays once they are read.
 *
 * Must always hold: reading what was written gives the problem that the try was solved from, pair by pair in the same
 * order, so that the browser and the server find the same plan; names are only shown, never decided on; a pair may
 * take all that its need asks, unless it is pinned (see `pairing.ts`), so caps need not travel.
 */
import type { SupportUnit } from '../../lib/quantity.ts';
import type { Plan } from './plan.ts';
import type { LightPool } from './pool.ts';

type Numbers = readonly number[];

/** As it stands in the page. Lists of needs and offers follow the pool; organisations and kinds are named once. */
export interface ExplorerData {
  readonly organisations: readonly string[];
  readonly kinds: readonly { readonly label: string; readonly unit: SupportUnit }[];
  /** Title, place of the organisation, place of the kind. */
  readonly needs: readonly (readonly [title: string, organisation: number, kind: number])[];
  readonly offers: readonly (readonly [title: string, organisation: number, kind: number])[];
  readonly wanted: Numbers;
  readonly weight: Numbers;
  readonly capacity: Numbers;
  /** As promised; what cannot be used up is lowered when it is solved. */
  readonly minimum: Numbers;
  /** Need by need, its offers and their scores. */
  readonly offersOf: readonly Numbers[];
  readonly scoresOf: readonly Numbers[];
  /** Pair and units: what the team pinned before the try, and what the plan gives. */
  readonly pins: readonly (readonly [pair: number, units: number])[];
  readonly plan: readonly (readonly [pair: number, units: number])[];
}

export interface ExplorerProblem {
  readonly data: ExplorerData;
  readonly pairs: {
    readonly need: Int32Array;
    readonly offer: Int32Array;
    readonly score: Int32Array;
  };
  /** The place of an allowed pair by `pairKey`. */
  readonly placeOf: ReadonlyMap<string, number>;
  readonly pinned: ReadonlyMap<number, number>;
  /** Units per pair of the plan in hand. */
  readonly units: Int32Array;
}

/** What the page may carry and a request may solve: far above a territory, far below what would hold others up. */
export const MOST_PAIRS_IN_PAGE = 20_000;
export const MOST_PAIRS_ON_SERVER = 60_000;

export function pairKey(need: number, offer: number): string {
  return `${need}-${offer}`;
}

/** Undefined when the try ended without a plan. */
export function explorerData(
  pool: LightPool,
  { proof }: Pick<Plan, 'proof'>,
  kindLabel: (code: string) => string,
): ExplorerData | undefined {
  const { answer } = proof;
  if (answer === null) return undefined;
  const organisations = numbered([...pool.needs, ...pool.offers].map(({ organisationId }) => organisationId));
  const kinds = numbered([...pool.needs, ...pool.offers].map(({ kindCode }) => kindCode));
  const names = new Map(pool.organisations.map(({ id, name }) => [id, name]));
  const units = new Map([...pool.needs, ...pool.offers].map(({ kindCode, unit }) => [kindCode, unit]));
  const row = ({ title, organisationId, kindCode }: LightPool['needs'][number] | LightPool['offers'][number]) =>
    [title, organisations.get(organisationId) ?? 0, kinds.get(kindCode) ?? 0] as const;
  const listsOf = (values: Numbers) => {
    const lists: number[][] = pool.needs.map(() => []);
    proof.pairs.need.forEach((need, pair) => lists[need]?.push(values[pair] ?? 0));
    return lists;
  };
  const sparse = (values: Numbers) => values.flatMap((n, pair) => (n > 0 ? [[pair, n] as const] : []));
  return {
    organisations: [...organisations.keys()].map((id) => names.get(id) ?? ''),
    kinds: [...kinds.keys()].map((code) => ({ label: kindLabel(code), unit: units.get(code) ?? 'half-day' })),
    needs: pool.needs.map(row),
    offers: pool.offers.map(row),
    wanted: proof.needs.wanted,
    weight: proof.needs.weight,
    capacity: proof.offers.capacity,
    minimum: pool.offers.map(({ minimum, left }) => Math.min(minimum, left)),
    offersOf: listsOf(proof.pairs.offer),
    scoresOf: listsOf(proof.pairs.score),
    pins: sparse(proof.pairs.minimum),
    plan: sparse(answer.units),
  };
}

export function readExplorerData(data: ExplorerData): ExplorerProblem {
  const offer = Int32Array.from(data.offersOf.flat());
  const score = Int32Array.from(data.scoresOf.flat());
  const need = new Int32Array(offer.length);
  const placeOf = new Map<string, number>();
  let pair = 0;
  data.offersOf.forEach((offers, i) => {
    for (const j of offers) {
      need[pair] = i;
      placeOf.set(pairKey(i, j), pair);
      pair += 1;
    }
  });
  const units = new Int32Array(offer.length);
  for (const [place, given] of data.plan) units[place] = given;
  return { data, pairs: { need, offer, score }, placeOf, pinned: new Map(data.pins), units };
}

/** JSON that may stand inside a script element: nothing in it can close that element. */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', String.raw`\u003c`);
}

/** Each value once, with its place, in the order of appearance. */
function numbered<Value>(values: readonly Value[]): Map<Value, number> {
  return new Map([...new Set(values)].map((value, place) => [value, place]));
}
