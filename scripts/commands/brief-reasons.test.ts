import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainUnmetNeeds } from '../../src/algorithms/flow/explain-allocation.ts';
import { startSession } from '../../src/algorithms/flow/leximin.ts';
import { territory } from '../../src/algorithms/flow/make-territory.ts';
import { explainBriefly } from './brief-reasons.ts';

test('brief reasons name the same needs for the same reason, and only offers that the full ones name and that are used up', () => {
  let exhausted = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const problem = territory({ needs: 40, offers: 12, pairsPerNeed: 4, seed });
    const { allocation } = startSession(problem);
    assert.ok(allocation.status === 'optimal');
    const full = explainUnmetNeeds(problem, allocation);
    const brief = explainBriefly(problem, allocation);
    assert.deepEqual(
      brief.map(({ need, missing, why }) => [need, missing, why]),
      full.map(({ need, missing, why }) => [need, missing, why]),
    );
    brief.forEach(({ offers }, place) => {
      exhausted += offers.length;
      for (const offer of offers) {
        assert.ok(full[place]?.offers.includes(offer));
        assert.equal(allocation.given[offer], problem.offers.capacity[offer]);
      }
    });
  }
  assert.ok(exhausted > 20);
});
