/**
 * A box, floors and side constraints as a mixed-integer programme.
 *
 * Columns: units of each undecided pair; `used` (0 or 1) where it must be known whether a pair is used and
 * its units alone do not say so; where levels are counted, y(i, k): need i is served k units at least.
 * Rows: sums per need and offer; budgets; partners; couples; floors; levels counted so far.
 */
import type { AllocationProblem } from './allocation.ts';
import type { Box } from './floors.ts';
import type { PairGroups } from './group-pairs.ts';
import { groupPairs } from './group-pairs.ts';
import type { MixedModel, MixedRow } from './mixed-integer.ts';
import type { SideConstraints } from './side-constraints.ts';
import { groupsOf } from './side-constraints.ts';

/** At least `count` needs are served at least `units[i]` units each; a need with more than it wants never is. */
export type Counted = { readonly units: Int32Array; readonly count: number };

export type SideTask = {
  readonly problem: AllocationProblem;
  readonly constraints: SideConstraints;
  readonly box: Box;
  readonly floors: Float64Array;
  readonly counted: readonly Counted[];
};

export type SideModel = {
  readonly mixed: MixedModel;
  /** What a solution gains beyond the columns: decided pairs. */
  readonly constant: number;
  readonly unitsFrom: (values: Float64Array) => Int32Array;
  readonly valuesFrom: (units: Int32Array) => Float64Array;
};

/** `aim`: the total score, or how many needs are served `units[i]` units. */
export function sideModel(task: SideTask, aim: 'total' | Int32Array): SideModel {
  const { problem, box } = task;
  const { pairs } = problem;
  const mixed: MixedModel = { low: [], high: [], gain: [], rows: [] };
  const columnOf = new Int32Array(pairs.need.length).fill(-1);
  let constant = 0;
  for (let a = 0; a < columnOf.length; a++) {
    const [low, high] = [box.pairs.low[a]!, box.pairs.high[a]!];
    const gain = aim === 'total' ? pairs.score[a]! : 0;
    if (low === high) constant += gain * low;
    else columnOf[a] = addColumn(mixed, low, high, gain);
  }
  const byNeed = groupPairs(pairs.need, box.needs.low.length);
  const builder: Builder = { ...task, mixed, columnOf, byNeed, usedOf: new Map(), levelOf: new Map() };
  addSums(builder);
  addBudgets(builder);
  addPartners(builder);
  addCouples(builder);
  addFloors(builder);
  for (const { units, count } of task.counted) addRow(mixed, levelTerms(builder, units), count, Infinity);
  if (aim !== 'total') {
    const terms = levelTerms(builder, aim);
    constant += terms.constant;
    for (const column of terms.columns) mixed.gain[column]! += 1;
  }
  return { mixed, constant, ...readersOf(builder) };
}

type Builder = SideTask & {
  readonly mixed: MixedModel;
  readonly columnOf: Int32Array;
  readonly byNeed: PairGroups;
  readonly usedOf: Map<number, number>;
  /** First of the columns y(i, low + 1), y(i, low + 2)… of need i. */
  readonly levelOf: Map<number, number>;
};

/** Σ values × columns + constant. */
type Terms = { columns: number[]; values: number[]; constant: number };
const noTerms = (): Terms => ({ columns: [], values: [], constant: 0 });

function addColumn(mixed: MixedModel, low: number, high: number, gain: number): number {
  mixed.high.push(high);
  mixed.gain.push(gain);
  return mixed.low.push(low) - 1;
}

/** Rows that hold whatever is done are left out. */
function addRow({ rows, low, high }: MixedModel, terms: Terms, least: number, most: number): void {
  const row: MixedRow = { ...terms, low: least - terms.constant, high: most - terms.constant };
  let [smallest, greatest] = [0, 0];
  row.columns.forEach((column, k) => {
    const value = row.values[k]!;
    smallest += value * (value > 0 ? low : high)[column]!;
    greatest += value * (value > 0 ? high : low)[column]!;
  });
  if (smallest < row.low || greatest > row.high) rows.push(row);
}

function addTerm(terms: Terms, column: number, value: number): void {
  if (value === 0) return;
  terms.columns.push(column);
  terms.values.push(value);
}

function addUnits({ box, columnOf }: Builder, terms: Terms, a: number, value: number): void {
  if (columnOf[a]! < 0) terms.constant += value * box.pairs.low[a]!;
  else addTerm(terms, columnOf[a]!, value);
}

function addSums(builder: Builder): void {
  const { problem, box, mixed } = builder;
  const sums = [box.needs, box.offers].map(({ low }) => Array.from(low, noTerms));
  for (let a = 0; a < problem.pairs.need.length; a++) {
    addUnits(builder, sums[0]![problem.pairs.need[a]!]!, a, 1);
    addUnits(builder, sums[1]![problem.pairs.offer[a]!]!, a, 1);
  }
  sums[0]!.forEach((terms, i) => addRow(mixed, terms, box.needs.low[i]!, box.needs.high[i]!));
  sums[1]!.forEach((terms, j) => addRow(mixed, terms, box.offers.low[j]!, box.offers.high[j]!));
}

function addBudgets(builder: Builder): void {
  const { problem, constraints, mixed } = builder;
  if (constraints.budgets === undefined) return;
  const { limit, ofNeed, value } = constraints.budgets;
  const sums = Array.from(limit, noTerms);
  for (let a = 0; a < value.length; a++) {
    const budget = ofNeed[problem.pairs.need[a]!]!;
    if (budget >= 0) addUnits(builder, sums[budget]!, a, value[a]!);
  }
  sums.forEach((terms, budget) => addRow(mixed, terms, -Infinity, limit[budget]!));
}

function addPartners(builder: Builder): void {
  const { problem, constraints, box, mixed } = builder;
  const { partners } = constraints;
  if (partners === undefined) return;
  const members = Array.from(partners, (): number[] => []);
  for (let a = 0; a < problem.pairs.need.length; a++) {
    if (box.pairs.high[a]! > 0) members[problem.pairs.need[a]!]!.push(a);
  }
  partners.forEach((most, need) => {
    if (most < 0 || members[need]!.length <= most) return;
    const terms = noTerms();
    for (const a of members[need]!) addUsed(builder, terms, a, 1);
    addRow(mixed, terms, -Infinity, most);
  });
}

function addCouples(builder: Builder): void {
  for (const group of groupsOf(builder.constraints, builder.columnOf.length)) {
    const [first, ...others] = group;
    for (const other of others) {
      const terms = noTerms();
      addUsed(builder, terms, first!, 1);
      addUsed(builder, terms, other, -1);
      if (terms.columns.length > 0 || terms.constant !== 0) addRow(builder.mixed, terms, 0, 0);
    }
  }
}

function addFloors(builder: Builder): void {
  const { problem, floors, mixed } = builder;
  const sums = Array.from(floors, noTerms);
  for (let a = 0; a < problem.pairs.need.length; a++) {
    const need = problem.pairs.need[a]!;
    if (floors[need]! > 0) addUnits(builder, sums[need]!, a, problem.pairs.score[a]!);
  }
  sums.forEach((terms, need) => addRow(mixed, terms, floors[need]!, Infinity));
}

/** Adds value × (1 when pair a is used). */
function addUsed(builder: Builder, terms: Terms, a: number, value: number): void {
  const { box, columnOf, usedOf, mixed } = builder;
  const [low, high] = [box.pairs.low[a]!, box.pairs.high[a]!];
  if (low > 0) terms.constant += value;
  else if (high === 1) addTerm(terms, columnOf[a]!, value);
  else if (high > 1) {
    let used = usedOf.get(a);
    if (used === undefined) {
      used = addColumn(mixed, 0, 1, 0);
      usedOf.set(a, used);
      addRow(mixed, { columns: [columnOf[a]!, used], values: [1, -high], constant: 0 }, -Infinity, 0);
      addRow(mixed, { columns: [columnOf[a]!, used], values: [1, -1], constant: 0 }, 0, Infinity);
    }
    addTerm(terms, used, value);
  }
}

/** How many needs are served `units[i]` units at least. */
function levelTerms(builder: Builder, units: Int32Array): Terms {
  const { low, high } = builder.box.needs;
  const terms = noTerms();
  for (let i = 0; i < units.length; i++) {
    if (units[i]! > high[i]!) continue;
    if (units[i]! <= low[i]!) terms.constant += 1;
    else addTerm(terms, levelColumn(builder, i) + units[i]! - low[i]! - 1, 1);
  }
  return terms;
}

/** y(i, low + 1) ≥ y(i, low + 2) ≥ …; their sum and low are the units of need i. */
function levelColumn(builder: Builder, need: number): number {
  const { box, mixed, levelOf } = builder;
  const known = levelOf.get(need);
  if (known !== undefined) return known;
  const [low, high] = [box.needs.low[need]!, box.needs.high[need]!];
  const first = mixed.low.length;
  levelOf.set(need, first);
  const sum = noTerms();
  const { start, pairs } = builder.byNeed;
  for (let place = start[need]!; place < start[need + 1]!; place++) addUnits(builder, sum, pairs[place]!, 1);
  for (let k = low + 1; k <= high; k++) {
    const y = addColumn(mixed, 0, 1, 0);
    addTerm(sum, y, -1);
    if (y > first) addRow(mixed, { columns: [y - 1, y], values: [1, -1], constant: 0 }, 0, Infinity);
  }
  addRow(mixed, sum, low, low);
  return first;
}

function readersOf({ problem, box, mixed, columnOf, usedOf, levelOf }: Builder) {
  const unitsFrom = (values: Float64Array): Int32Array =>
    Int32Array.from(columnOf, (column, a) => (column < 0 ? box.pairs.low[a]! : values[column]!));
  const valuesFrom = (units: Int32Array): Float64Array => {
    const values = new Float64Array(mixed.low.length);
    const served = new Int32Array(box.needs.low.length);
    for (let a = 0; a < units.length; a++) {
      if (columnOf[a]! >= 0) values[columnOf[a]!] = units[a]!;
      served[problem.pairs.need[a]!]! += units[a]!;
    }
    for (const [a, used] of usedOf) values[used] = units[a]! > 0 ? 1 : 0;
    for (const [need, first] of levelOf) {
      const [low, high] = [box.needs.low[need]!, box.needs.high[need]!];
      for (let k = low + 1; k <= high; k++) values[first + k - low - 1] = served[need]! >= k ? 1 : 0;
    }
    return values;
  };
  return { unitsFrom, valuesFrom };
}
