/** Random problems small enough for `every-plan.ts`, for property tests; about one in ten is infeasible. */
import fc from 'fast-check';
import type { AllocationProblem } from './allocation.ts';
import { packProblem } from './allocation.ts';

export const tinyProblem = ({ minimums = true } = {}): fc.Arbitrary<AllocationProblem> =>
  fc
    .record({
      needs: fc.array(
        fc.record({
          wanted: fc.integer({ min: 0, max: 4 }),
          weight: fc.integer({ min: 1, max: 3 }),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      offers: fc.array(fc.record({ capacity: fc.integer({ min: 0, max: 4 }), minimum: mostlyZero(minimums, 3) }), {
        minLength: 1,
        maxLength: 3,
      }),
      pairs: fc.uniqueArray(
        fc.record({
          need: fc.nat(3),
          offer: fc.nat(2),
          score: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1000 })),
          cap: fc.integer({ min: 0, max: 3 }),
          minimum: mostlyZero(minimums, 2),
        }),
        { maxLength: 7, selector: (pair) => `${pair.need} ${pair.offer}` },
      ),
    })
    .map(({ needs, offers, pairs }) => {
      const packed = packProblem({
        needs,
        offers: offers.map((row) => ({ ...row, minimum: Math.min(row.minimum, row.capacity) })),
        pairs: pairs
          .filter((row) => row.need < needs.length && row.offer < offers.length)
          .map((row) => ({ ...row, minimum: Math.min(row.minimum, row.cap) })),
      });
      if (!packed.ok) throw new Error(JSON.stringify(packed.reason));
      return packed.problem;
    });

function mostlyZero(minimums: boolean, max: number): fc.Arbitrary<number> {
  if (!minimums) return fc.constant(0);
  return fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(max) });
}
