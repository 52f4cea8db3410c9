/** Random tiny problems with side constraints of every kind, for property tests. */
import fc from 'fast-check';
import type { AllocationProblem } from './allocation.ts';
import type { SideConstraints } from './side-constraints.ts';
import { tinyProblem } from './tiny-problems.ts';

export type ConstrainedProblem = { readonly problem: AllocationProblem; readonly constraints: SideConstraints };

export const constrainedProblem = (minimums = true): fc.Arbitrary<ConstrainedProblem> =>
  tinyProblem({ minimums }).chain((problem) => {
    const [n, pairs] = [problem.needs.wanted.length, problem.pairs.need.length];
    const list = (one: fc.Arbitrary<number>, length: number) => fc.array(one, { minLength: length, maxLength: length });
    const pair = fc.nat(Math.max(0, pairs - 1));
    const parts = fc.record(
      {
        budgets: fc.record({
          limit: list(fc.integer({ min: 0, max: 12 }), 2).map((cents) => Float64Array.from(cents)),
          ofNeed: list(fc.integer({ min: -1, max: 1 }), n).map((budgets) => Int32Array.from(budgets)),
          value: list(fc.integer({ min: 0, max: 5 }), pairs).map((cents) => Float64Array.from(cents)),
        }),
        partners: list(fc.integer({ min: -1, max: 2 }), n).map((most) => Int32Array.from(most)),
        together: fc.array(fc.tuple(pair, pair), { maxLength: pairs === 0 ? 0 : 2 }).map((couples) => ({
          first: Int32Array.from(couples, ([a]) => a),
          second: Int32Array.from(couples, ([, b]) => b),
        })),
        floors: list(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(8)), n).map((least) =>
          Float64Array.from(least),
        ),
      },
      { requiredKeys: [] },
    );
    return parts.map((constraints) => ({ problem, constraints }));
  });
