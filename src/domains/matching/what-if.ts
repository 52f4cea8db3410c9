/**
 * « Et si ? »: changes to the problem of a try, read from an address and written back, and the problem that they make.
 *
 * The address is the state. In its short form (`apports=3.12_7.0&fixer=5-3.2`) needs and offers stand by their places
 * in the pool, which never changes once a try was made:
 *
 *   apports, besoins   place.units: an offer's capacity, a need's quantity; 0 withdraws it
 *   ajouts             a or b, place.units: one more offer (a) or need (b) like an existing one
 *   fixer              need-offer.units: exactly so many     interdire, liberer   need-offer: none at all; the pin lifted
 *
 * Must always hold: what cannot be read is left out, never guessed; writing what was read and reading it again gives
 * the same changes; a value that changes nothing is not kept; only allowed pairs are pinned, kept apart or freed.
 */
import type { AllocationProblem } from '../../algorithms/flow/allocation.ts';
import { pairKey, type ExplorerProblem } from './explorer-problem.ts';

export type PairChange = { readonly rule: 'pin'; readonly units: number } | { readonly rule: 'forbid' | 'free' };

export interface Added {
  readonly side: 'need' | 'offer';
  /** The place of the need or offer that it is like: same organisation's kind, same pairs, same scores. */
  readonly like: number;
  readonly units: number;
}

export interface WhatIf {
  readonly capacity: ReadonlyMap<number, number>;
  readonly wanted: ReadonlyMap<number, number>;
  /** By `pairKey`. */
  readonly pairs: ReadonlyMap<string, PairChange>;
  readonly added: readonly Added[];
}

export const NOTHING_CHANGED: WhatIf = { capacity: new Map(), wanted: new Map(), pairs: new Map(), added: [] };

/** No need or offer is of more; no address changes more. */
export const MOST_UNITS = 9999;
export const MOST_CHANGES = 400;
export const MOST_ADDED = 12;

export const PARAMETERS = ['apports', 'besoins', 'ajouts', 'fixer', 'interdire', 'liberer'] as const;

export function changesIn({ capacity, wanted, pairs, added }: WhatIf): number {
  return capacity.size + wanted.size + pairs.size + added.length;
}

export function readWhatIf(query: URLSearchParams, problem: ExplorerProblem): WhatIf {
  const { data } = problem;
  const items = (name: (typeof PARAMETERS)[number]) => (query.get(name) ?? '').split('_').slice(0, MOST_CHANGES);
  const rows = (name: 'apports' | 'besoins', base: readonly number[]) =>
    new Map(
      items(name).flatMap((item) => {
        const [, place, units] = /^(\d{1,6})\.(\d{1,4})$/u.exec(item) ?? [];
        const [row, value] = [Number(place), Number(units)];
        return units === undefined || base[row] === undefined || base[row] === value ? [] : [[row, value] as const];
      }),
    );
  const pairs = new Map<string, PairChange>();
  for (const [name, rule] of [
    ['fixer', 'pin'],
    ['interdire', 'forbid'],
    ['liberer', 'free'],
  ] as const) {
    for (const item of items(name)) {
      const [, need, offer, , units] = /^(\d{1,6})-(\d{1,6})(\.(\d{1,4}))?$/u.exec(item) ?? [];
      if (need === undefined || (rule === 'pin') !== (units !== undefined)) continue;
      setPair(
        pairs,
        problem,
        pairKey(Number(need), Number(offer)),
        rule === 'pin' ? { rule, units: Number(units) } : { rule },
      );
    }
  }
  const added = items('ajouts').flatMap((item): Added[] => {
    const [, side, place, units] = /^([ab])(\d{1,6})\.(\d{1,4})$/u.exec(item) ?? [];
    const list = side === 'b' ? data.needs : data.offers;
    if (units === undefined || Number(units) === 0 || list[Number(place)] === undefined) return [];
    return [{ side: side === 'b' ? 'need' : 'offer', like: Number(place), units: Number(units) }];
  });
  return {
    capacity: rows('apports', data.capacity),
    wanted: rows('besoins', data.wanted),
    pairs,
    added: added.slice(0, MOST_ADDED),
  };
}

/** The short form, each parameter once; those that change nothing are empty. */
export function writeWhatIf({ capacity, wanted, pairs, added }: WhatIf): Record<(typeof PARAMETERS)[number], string> {
  const rows = (map: ReadonlyMap<number, number>) =>
    [...map].toSorted(([a], [b]) => a - b).map(([place, units]) => `${place}.${units}`);
  const ruled = (rule: PairChange['rule']) =>
    [...pairs].flatMap(([key, change]) =>
      change.rule === rule ? [change.rule === 'pin' ? `${key}.${change.units}` : key] : [],
    );
  return {
    apports: rows(capacity).join('_'),
    besoins: rows(wanted).join('_'),
    ajouts: added.map(({ side, like, units }) => `${side === 'need' ? 'b' : 'a'}${like}.${units}`).join('_'),
    fixer: ruled('pin').toSorted().join('_'),
    interdire: ruled('forbid').toSorted().join('_'),
    liberer: ruled('free').toSorted().join('_'),
  };
}

/**
 * What the page's form sends when there is no script, on top of the short form that it carries along:
 * `a3` and `b5` (quantities), `n0` (of what was added), `p5-3` (`fixer`, `interdire`, `libre`) with `q5-3`,
 * `comme` and `combien` (one more like `a3` or `b5`). Undefined when the address is in its short form already.
 */
export function readFields(query: URLSearchParams, problem: ExplorerProblem): WhatIf | undefined {
  const fields = [...query].filter(([name]) => isField(name));
  if (fields.length === 0) return undefined;
  let whatIf = readWhatIf(query, problem);
  const kept = whatIf.added;
  for (const [name, text] of fields) {
    const place = Number(name.slice(1));
    const units = readUnits(text);
    if (name.startsWith('a') && units !== undefined) whatIf = withCapacity(whatIf, problem, place, units);
    else if (name.startsWith('b') && units !== undefined) whatIf = withWanted(whatIf, problem, place, units);
    else if (name.startsWith('p')) whatIf = withPair(whatIf, problem, name.slice(1), pairField(query, name, text));
  }
  const added = kept.map((one, place) => ({ ...one, units: readUnits(query.get(`n${place}`) ?? '') ?? one.units }));
  const like = /^([ab])(\d{1,6})$/u.exec(query.get('comme') ?? '');
  const more = readUnits(query.get('combien') ?? '') ?? 0;
  const one = {
    side: like?.[1] === 'b' ? ('need' as const) : ('offer' as const),
    like: Number(like?.[2]),
    units: more,
  };
  return { ...whatIf, added: withAdded(problem, added, like === null ? undefined : one) };
}

/** Whether a parameter is one that only the form sends. */
export function isField(name: string): boolean {
  return /^(?:[abn]\d{1,6}|[pq]\d{1,6}-\d{1,6}|comme|combien)$/u.test(name);
}

function pairField(query: URLSearchParams, name: string, text: string): PairChange | undefined {
  if (text === 'fixer') return { rule: 'pin', units: readUnits(query.get(`q${name.slice(1)}`) ?? '') ?? 1 };
  return text === 'interdire' ? { rule: 'forbid' } : text === 'libre' ? { rule: 'free' } : undefined;
}

export function readUnits(text: string): number | undefined {
  const digits = text.replaceAll(/[\s\u00A0\u202F]/gu, '');
  return /^\d{1,4}$/u.test(digits) ? Number(digits) : undefined;
}

export function withCapacity(whatIf: WhatIf, { data }: ExplorerProblem, offer: number, units: number): WhatIf {
  return { ...whatIf, capacity: withRow(whatIf.capacity, data.capacity, offer, units) };
}

export function withWanted(whatIf: WhatIf, { data }: ExplorerProblem, need: number, units: number): WhatIf {
  return { ...whatIf, wanted: withRow(whatIf.wanted, data.wanted, need, units) };
}

/** `free` leaves the pair to the plan: it lifts a pin of the try, or takes back a change. */
export function withPair(
  whatIf: WhatIf,
  problem: ExplorerProblem,
  key: string,
  change: PairChange | undefined,
): WhatIf {
  const pairs = new Map(whatIf.pairs);
  pairs.delete(key);
  if (change !== undefined) setPair(pairs, problem, key, change);
  return { ...whatIf, pairs };
}

/** The added needs and offers that have at least one unit, with one more. */
export function withAdded({ data }: ExplorerProblem, added: readonly Added[], more?: Added): readonly Added[] {
  const isKnown = ({ side, like }: Added) => (side === 'need' ? data.needs : data.offers)[like] !== undefined;
  return [...added, ...(more === undefined ? [] : [more])]
    .filter((one) => one.units > 0 && isKnown(one))
    .map((one) => ({ ...one, units: Math.min(one.units, MOST_UNITS) }))
    .slice(0, MOST_ADDED);
}

/** What holds for a pair: the change, else the pin of the try, else nothing. */
export function ruleOf({ pairs }: WhatIf, problem: ExplorerProblem, key: string): PairChange {
  const pinned = problem.pinned.get(problem.placeOf.get(key) ?? -1);
  return pairs.get(key) ?? (pinned === undefined ? { rule: 'free' } : { rule: 'pin', units: pinned });
}

/**
 * The problem that the changes make. What was added stands after the needs and offers of the pool, its pairs after
 * those of the try, so that places keep their meaning. `pairs`: of `pairsWith(problem, whatIf.added)`.
 */
export function applyWhatIf(
  problem: ExplorerProblem,
  whatIf: WhatIf,
  pairs: ExplorerProblem['pairs'] = pairsWith(problem, whatIf.added),
): AllocationProblem {
  const { data } = problem;
  const [needs, offers] = bySide(whatIf.added);
  const wanted = [...data.wanted.map((units, i) => whatIf.wanted.get(i) ?? units), ...needs.map(({ units }) => units)];
  const capacity = [
    ...data.capacity.map((units, j) => whatIf.capacity.get(j) ?? units),
    ...offers.map(({ units }) => units),
  ];
  const minimum = capacity.map((units, j) => Math.min(units, data.minimum[j] ?? 0));
  const weight = [...data.weight, ...needs.map(({ like }) => data.weight[like] ?? 1)];
  const cap = pairs.need.map((need) => wanted[need] ?? 0);
  const least = new Int32Array(cap.length);
  for (const [pair, units] of rulesByPlace(problem, whatIf)) {
    // A pin on what was withdrawn goes with it.
    const isGone = wanted[pairs.need[pair] ?? 0] === 0 || capacity[pairs.offer[pair] ?? 0] === 0;
    if (units === undefined || isGone) continue;
    cap[pair] = units;
    least[pair] = units;
  }
  return {
    needs: { wanted: Int32Array.from(wanted), weight: Int32Array.from(weight) },
    offers: { capacity: Int32Array.from(capacity), minimum: Int32Array.from(minimum) },
    pairs: { ...pairs, cap, minimum: least },
  };
}

/** The pairs of the try, then those of what was added: the pairs of what it is like. */
export function pairsWith({ data, pairs }: ExplorerProblem, added: readonly Added[]): ExplorerProblem['pairs'] {
  if (added.length === 0) return pairs;
  const columns = { need: [...pairs.need], offer: [...pairs.offer], score: [...pairs.score] };
  const copy = (list: 'need' | 'offer', like: number, place: number) => {
    const other = list === 'need' ? 'offer' : 'need';
    // Only the pairs that were there before.
    for (const [pair, end] of columns[list].slice().entries()) {
      if (end !== like) continue;
      columns[list].push(place);
      columns[other].push(columns[other][pair] ?? 0);
      columns.score.push(columns.score[pair] ?? 0);
    }
  };
  const [needs, offers] = bySide(added);
  needs.forEach(({ like }, place) => copy('need', like, data.needs.length + place));
  offers.forEach(({ like }, place) => copy('offer', like, data.offers.length + place));
  return {
    need: Int32Array.from(columns.need),
    offer: Int32Array.from(columns.offer),
    score: Int32Array.from(columns.score),
  };
}

export function bySide(added: readonly Added[]): readonly [needs: readonly Added[], offers: readonly Added[]] {
  return [added.filter(({ side }) => side === 'need'), added.filter(({ side }) => side === 'offer')];
}

/** Exact units of the pairs that are pinned or kept apart; undefined where a pin was lifted. */
function rulesByPlace(problem: ExplorerProblem, { pairs }: WhatIf): Map<number, number | undefined> {
  const rules = new Map<number, number | undefined>(problem.pinned);
  for (const [key, change] of pairs) {
    const place = problem.placeOf.get(key);
    if (place === undefined) continue;
    rules.set(place, change.rule === 'pin' ? change.units : change.rule === 'forbid' ? 0 : undefined);
  }
  return rules;
}

function withRow(
  map: ReadonlyMap<number, number>,
  base: readonly number[],
  place: number,
  units: number,
): ReadonlyMap<number, number> {
  const next = new Map(map);
  next.delete(place);
  const value = Math.min(units, MOST_UNITS);
  if (base[place] !== undefined && base[place] !== value) next.set(place, value);
  return next;
}

/** Keeps the change when it says something of an allowed pair that the try does not say already. */
function setPair(pairs: Map<string, PairChange>, problem: ExplorerProblem, key: string, change: PairChange): void {
  const place = problem.placeOf.get(key);
  if (place === undefined || pairs.has(key)) return;
  const pinned = problem.pinned.get(place);
  if (change.rule === 'pin' && (change.units === 0 || change.units === pinned)) return;
  if (change.rule === 'free' && pinned === undefined) return;
  pairs.set(key, change);
}
