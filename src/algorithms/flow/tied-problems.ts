/** Random tiny problems with few different scores, so that many plans are equally good: for property tests. */
import fc from 'fast-check';
import type { AllocationProblem } from './allocation.ts';
import { packProblem } from './allocation.ts';

export const flatProblem = (): fc.Arbitrary<AllocationProblem> =>
  fc
    .record({
      needs: fc.array(fc.record({ wanted: fc.integer({ min: 1, max: 3 }) }), { minLength: 2, maxLength: 4 }),
      offers: fc.array(fc.record({ capacity: fc.integer({ min: 1, max: 3 }) }), { minLength: 2, maxLength: 3 }),
      pairs: fc.uniqueArray(
        fc.record({
          need: fc.nat(3),
          offer: fc.nat(2),
          score: fc.constantFrom(5, 5, 5, 6),
          cap: fc.integer({ min: 1, max: 2 }),
        }),
        { minLength: 3, maxLength: 9, selector: (pair) => `${pair.need} ${pair.offer}` },
      ),
    })
    .map(({ needs, offers, pairs }) => {
      const known = pairs.filter((row) => row.need < needs.length && row.offer < offers.length);
      const packed = packProblem({ needs, offers, pairs: known });
      if (!packed.ok) throw new Error(JSON.stringify(packed.reason));
      return packed.problem;
    });
