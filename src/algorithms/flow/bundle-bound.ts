/**
 * The least bound that prices can prove, by column generation.
 *
 * The master programme (`bundle-master.ts`) mixes the bundles met so far as well as it can; its prices go to
 * the market (`bundle-market.ts`), where each need names the bundle it would rather have; and so on until no
 * need has a better one (Dantzig and Wolfe 1960). Prices stay within reach of the best so far: the reach grows
 * where they prove a better bound and shrinks where they do not. Plans met on the way are kept.
 */
import type { Control } from './within.ts';
import type { Bound, Market } from './bundle-market.ts';
import { boundAt, inGrains, unitsOf } from './bundle-market.ts';
import type { Master, MasterColumn } from './bundle-master.ts';
import { openMaster } from './bundle-master.ts';
import type { Bundle } from './bundle-menu.ts';

export type Bounded = {
  readonly end: 'optimal' | 'infeasible' | 'stopped' | 'cancelled';
  readonly bound: Bound | null;
  /** Plans that the master made of whole bundles. */
  readonly plans: readonly Int32Array[];
  /** All bundles met, and the share of each in the last mixture. */
  readonly bundles: readonly Bundle[];
  readonly shares: Float64Array;
};

const FIRST_REACH = 0.01;
const LEAST_REACH = 0.0002;
const MOST_ROUNDS = 2000;

export type BoundStart = {
  readonly bundles: readonly Bundle[];
  /** The total of the best plan known: no bound below the next is looked for. */
  readonly least: number;
  /** In grains. */
  readonly prices: Float64Array;
  readonly rounds?: number;
};

export async function boundByBundles(market: Market, start: BoundStart, control: Control): Promise<Bounded> {
  using master = await openMaster({
    needs: market.menus.length,
    low: market.low,
    high: market.high,
    greatestPrice: greatestScore(market),
  });
  const run: Run = {
    market,
    master,
    columns: [],
    known: new Set(),
    bound: null,
    plans: [],
    shares: new Float64Array(0),
    reach: FIRST_REACH,
  };
  const so = (end: Bounded['end']): Bounded => ({
    end,
    bound: run.bound,
    plans: run.plans,
    bundles: run.columns,
    shares: run.shares,
  });
  add(run, start.bundles);
  const first = look(run, start.prices);
  if (first === null) return so('infeasible');
  add(
    run,
    first.best.map(({ bundle }) => bundle),
  );
  recenter(run);
  for (let round = 0; round < (start.rounds ?? MOST_ROUNDS); round++) {
    if (control.shouldCancel()) return so('cancelled');
    const next = step(run, (control.end - performance.now()) / 1000);
    if (next !== 'more') return so(next);
    if (run.bound!.grains < 0) return so('infeasible');
    if (run.bound!.grains < (start.least + 1) * market.grain) return so('optimal');
  }
  return so('stopped');
}

type Run = {
  readonly market: Market;
  readonly master: Master;
  readonly columns: Bundle[];
  readonly known: Set<string>;
  bound: Bound | null;
  readonly plans: Int32Array[];
  shares: Float64Array;
  /** How far prices may go from the best known, as a part of what they measure. */
  reach: number;
};

function step(run: Run, seconds: number): 'more' | 'optimal' | 'infeasible' | 'stopped' {
  const { market, master } = run;
  const answer = master.solve(seconds);
  if (answer === null) return 'stopped';
  run.shares = answer.shares;
  if (answer.holds) keepWhole(run, answer.shares);
  const before = run.bound!;
  const asked = inGrains(market, answer.rowPrice);
  const now = look(run, asked);
  if (now === null) return 'infeasible';
  // Their profits are at these very prices.
  const better = now.best.filter(({ bundle, profit }) => profit / market.grain > answer.needPrice[bundle.need]! + 1e-6);
  const gap = run.bound!.grains / market.grain - market.decided - answer.value;
  const isDone = better.length === 0 || gap < Math.max(0.01, 1e-9 * answer.value);
  if (isDone && answer.holds) return 'optimal';
  if (run.bound !== before) run.reach *= isDone ? 4 : 1.5;
  else run.reach = isDone ? run.reach * 4 : Math.max(run.reach / 1.5, LEAST_REACH);
  recenter(run);
  add(
    run,
    better.map(({ bundle }) => bundle),
  );
  return 'more';
}

function recenter({ market, master, bound, reach }: Run): void {
  const { task, grain } = market;
  const offers = task.problem.offers.capacity.length;
  const points = greatestScore(market);
  const prices = bound!.prices.map((price) => price / grain);
  const values = task.constraints.budgets?.value ?? new Float64Array(1);
  const cents = values.reduce((most, one) => Math.max(most, one), 1);
  master.center(
    prices,
    prices.map((_, row) => reach * (row < offers ? points : points / cents)),
  );
}

function look(run: Run, prices: Float64Array): Bound | null {
  const now = boundAt(run.market, prices);
  if (now !== null && (run.bound === null || now.grains < run.bound.grains)) run.bound = now;
  return now;
}

function add(run: Run, bundles: readonly Bundle[]): void {
  const fresh = bundles.filter((bundle) => {
    const key = `${bundle.need} ${bundle.pairs.join()} ${bundle.units.join()}`;
    return !run.known.has(key) && run.known.add(key);
  });
  run.columns.push(...fresh);
  run.master.add(fresh.map((bundle) => columnOf(run.market, bundle)));
}

/** A bundle as a column: what it earns, and what it takes from each row that joins needs. */
export function columnOf({ task, budgetRow }: Market, { need, pairs, units }: Bundle): MasterColumn {
  const { problem, constraints } = task;
  const rows = Array.from(pairs, (a) => problem.pairs.offer[a]!);
  const values = Array.from(units);
  let [gain, spent] = [0, 0];
  pairs.forEach((a, k) => {
    gain += units[k]! * problem.pairs.score[a]!;
    spent += units[k]! * (constraints.budgets?.value[a] ?? 0);
  });
  const row = budgetRow[need]!;
  if (row >= 0 && spent > 0) {
    rows.push(row);
    values.push(spent);
  }
  return { need, gain, rows, values };
}

function keepWhole(run: Run, shares: Float64Array): void {
  if (shares.some((share) => share > 1e-6 && share < 1 - 1e-6)) return;
  run.plans.push(
    unitsOf(
      run.market,
      run.columns.filter((_, k) => shares[k]! > 0.5),
    ),
  );
}

function greatestScore({ task }: Market): number {
  return task.problem.pairs.score.reduce((most, score) => Math.max(most, score), 1);
}
