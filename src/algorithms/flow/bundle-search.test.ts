import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AllocationProblem } from './allocation.ts';
import type { Control } from './within.ts';
import { bestBundle, everyBundle } from './bundle-choice.ts';
import { bestInPurse, purseOf, rangesInPurse } from './bundle-knapsack.ts';
import { boundAt, openMarket, profitsOf } from './bundle-market.ts';
import type { Bundle, Menu } from './bundle-menu.ts';
import { menuOf } from './bundle-menu.ts';
import type { Rest } from './bundle-rest.ts';
import { restAt } from './bundle-rest.ts';
import { bestByBundles, hasMenus } from './bundle-search.ts';
import { brokenConstraint } from './check-side-constraints.ts';
import { constrainedProblem, type ConstrainedProblem } from './constrained-problems.ts';
import { everyPlan } from './every-plan.ts';
import { wholeBox } from './floors.ts';
import { groupPairs } from './group-pairs.ts';
import type { SideTask } from './side-model.ts';

const control: Control = { end: Infinity, shouldCancel: () => false, gap: 0 };
/** Bundles know no couples. */
const taskOf = ({ problem, constraints: all }: ConstrainedProblem): SideTask => {
  const { together: _couples, ...constraints } = all;
  const floors = constraints.floors ?? new Float64Array(problem.needs.wanted.length);
  return { problem, constraints, box: wholeBox(problem), floors, counted: [] };
};
const lawful = ({ problem, constraints }: SideTask) =>
  [...everyPlan(problem)].filter((units) => brokenConstraint(problem, constraints, units) === null);
const totalOf = ({ pairs }: AllocationProblem, units: Int32Array) =>
  units.reduce((sum, one, a) => sum + one * pairs.score[a]!, 0);
const somePrices = fc.array(fc.integer({ min: -400, max: 900 }), { minLength: 8, maxLength: 8 });

test('bundles lead to the greatest total, or to none where there is none', async () => {
  let [found, without] = [0, 0];
  await fc.assert(
    fc.asyncProperty(constrainedProblem(), async (instance) => {
      const task = taskOf(instance);
      fc.pre(hasMenus(task));
      const plans = lawful(task);
      const answer = await bestByBundles(task, null, Infinity, null, control);
      if (plans.length === 0) {
        without++;
        return assert.equal(answer.end, 'infeasible');
      }
      const greatest = Math.max(...plans.map((units) => totalOf(task.problem, units)));
      assert.deepEqual([answer.end, answer.best?.total, answer.bound], ['optimal', greatest, greatest]);
      assert.ok(plans.some((units) => units.every((one, a) => one === answer.best!.units[a])));
      found++;
    }),
    { numRuns: 250 },
  );
  assert.ok(found > 50 && without > 10, `${found} with a plan, ${without} without`);
});

test('at any prices the bound holds, and no plan with so much lies outside what is left', () => {
  fc.assert(
    fc.property(constrainedProblem(), somePrices, (instance, drawn) => {
      const task = taskOf(instance);
      const market = openMarket(task);
      const plans = lawful(task);
      if (market === null) return assert.equal(plans.length, 0);
      const prices = market.low.map((low, row) => (low > 0 ? 1 : Math.sign(drawn[row]!)) * drawn[row]! * market.grain);
      const bound = boundAt(market, prices);
      if (bound === null) return assert.equal(plans.length, 0);
      for (const units of plans) {
        const total = totalOf(task.problem, units);
        assert.ok(total * market.grain <= bound.grains);
        const { box, isEmpty } = restAt(market, bound, total) as Rest;
        assert.ok(!isEmpty && units.every((one, a) => box.pairs.low[a]! <= one && one <= box.pairs.high[a]!));
      }
    }),
    { numRuns: 400 },
  );
});

test('the best bundle of a menu, all of its good ones, and what a purse leaves to each item', () => {
  let purses = 0;
  fc.assert(
    fc.property(constrainedProblem(false), somePrices, fc.nat(300), (instance, drawn, slack) => {
      const task = taskOf(instance);
      const { problem } = task;
      const own = task.constraints.budgets?.ofNeed ?? new Int32Array(problem.needs.wanted.length).fill(-1);
      const byNeed = groupPairs(problem.pairs.need, problem.needs.wanted.length);
      for (const need of problem.needs.wanted.keys()) {
        const menu = menuOf(task, byNeed, own, need);
        const profit = Float64Array.from(menu.items, (a, k) => problem.pairs.score[a]! - drawn[k % drawn.length]!);
        const all = allBundles(menu);
        const worth = (units: readonly number[]) => units.reduce((sum, one, k) => sum + one * profit[k]!, 0);
        const best = bestBundle(menu, profit);
        if (all.length === 0) return assert.equal(best, null);
        const most = Math.max(...all.map(worth));
        assert.deepEqual([best?.profit, best?.bound], [most, most]);
        const good = all.filter((units) => worth(units) >= most - slack);
        const key = (units: readonly number[]) => units.join();
        const known = everyBundle(menu, profit, most - slack, 1e6)!.map((bundle) => key(unitsIn(menu, bundle)));
        assert.deepEqual(known.toSorted(), good.map(key).toSorted());
        const purse = purseOf(menu);
        if (purse === null) continue;
        purses++;
        const inPurse = bestInPurse(menu, purse, profit);
        assert.equal(inPurse.profit, most);
        assert.equal(worth(unitsIn(menu, inPurse.bundle)), most);
        const { low, high } = rangesInPurse(menu, purse, profit, most - slack);
        for (const k of profit.keys()) {
          assert.equal(low[k], Math.min(...good.map((units) => units[k]!)));
          assert.equal(high[k], Math.max(...good.map((units) => units[k]!)));
        }
      }
    }),
    { numRuns: 400 },
  );
  assert.ok(purses > 10);
});

test('prices that are asked for change nothing that is known of a menu', () => {
  fc.assert(
    fc.property(constrainedProblem(false), (instance) => {
      const market = openMarket(taskOf(instance));
      fc.pre(market !== null);
      for (const menu of market.menus) {
        const profit = profitsOf(market, menu, new Float64Array(market.low.length));
        menu.items.forEach((_, k) => assert.equal(profit[k], market.grain * menu.score[k]!));
      }
    }),
    { numRuns: 50 },
  );
});

function unitsIn({ items }: Menu, { pairs, units }: Bundle): number[] {
  return Array.from(items, (a) => units[pairs.indexOf(a)] ?? 0);
}

function allBundles(menu: Menu): number[][] {
  let list: number[][] = [[]];
  for (const room of menu.room) {
    list = list.flatMap((units) => Array.from({ length: room + 1 }, (_, take) => [...units, take]));
  }
  const sum = (units: readonly number[], each: (k: number) => number) =>
    units.reduce((total, one, k) => total + one * each(k), 0);
  return list.filter((units) => {
    const taken = sum(units, () => 1);
    const partners = units.filter((one, k) => one > 0 && menu.isNew[k] === 1).length;
    return (
      taken >= menu.least &&
      taken <= menu.most &&
      partners <= menu.partners &&
      sum(units, (k) => menu.cents[k]!) <= menu.purse &&
      sum(units, (k) => menu.score[k]!) >= menu.missing
    );
  });
}
