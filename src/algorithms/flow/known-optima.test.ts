/** Public instances with a proven optimum, read from beside the project where they are. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { AllocationProblem, PairRow } from './allocation.ts';
import { packProblem } from './allocation.ts';
import { checkAllocation } from './check-allocation.ts';
import type { Objective } from './allocation-network.ts';
import { startSession } from './leximin.ts';

const DATA = '../shared/data';
const skipUnless = (folder: string) => (existsSync(`${DATA}/${folder}`) ? false : `no data at ${DATA}/${folder}`);
const text = (path: string) => {
  const bytes = readFileSync(`${DATA}/${path}`);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};

const packed = (rows: Parameters<typeof packProblem>[0]): AllocationProblem => {
  const result = packProblem(rows);
  assert.ok(result.ok);
  return result.problem;
};

const solved = (problem: AllocationProblem, objective: Objective = 'leximin') => {
  const { allocation } = startSession(problem, {}, objective);
  assert.equal(allocation.status, 'optimal');
  if (allocation.status !== 'optimal') throw new Error('unreachable');
  if (objective === 'leximin') {
    assert.deepEqual(checkAllocation(problem, allocation), { accepted: true, proven: 'optimal' });
  }
  return allocation;
};

test('reviewers and papers of three conferences', { skip: skipUnless('matching-instances') }, (t) => {
  for (const name of ['midl-2018', 'conf-ia-1', 'sigir-2007']) {
    const given = JSON.parse(text(`matching-instances/${name}.json`));
    // Some bids are negative: all scores are lifted by as much, every plan serves the same number of units.
    const lift = Math.max(0, ...given.scores.flat().map((score: number | null) => Math.round(-1e6 * (score ?? 0))));
    const pairs: PairRow[] = given.scores.flatMap((row: (number | null)[], offer: number) =>
      row.flatMap((score, need) =>
        score === null ? [] : [{ need, offer, score: Math.round(score * 1e6) + lift, cap: 1 }],
      ),
    );
    const problem = packed({
      needs: given.couverture.map((wanted: number) => ({ wanted })),
      offers: given.charge_max.map((capacity: number, j: number) => ({
        capacity,
        minimum: given.charge_min?.[j] ?? 0,
      })),
      pairs,
    });
    const start = performance.now();
    const plan = solved(problem);
    const units = plan.served.reduce((sum, one) => sum + one, 0);
    const total = plan.totalScore - units * lift;
    t.diagnostic(`${name}: ${total / 1e6}, ${(performance.now() - start).toFixed(0)} ms with its check`);
    assert.deepEqual(plan.levels, [{ numerator: 1, denominator: 1, needs: given.objets }]);
    assert.equal(total, Math.round(given.optimum_somme * 1e6));
  }
});

test('2,325 needs, 2,418 offers and 92,000 pairs from real texts', { skip: skipUnless('matching-instances') }, () => {
  const facts = JSON.parse(text('matching-instances/echelle-yc-techstars.json'));
  const rows = text('matching-instances/echelle-yc-techstars-aretes.csv.gz').trim().split('\n').slice(1);
  const number = (known: Map<string, number>, name: string) => {
    known.set(name, known.get(name) ?? known.size);
    return known.get(name)!;
  };
  const [needs, offers] = [new Map<string, number>(), new Map<string, number>()];
  const pairs = rows.map((row) => {
    const [need = '', offer = '', score = ''] = row.split(',');
    return { need: number(needs, need), offer: number(offers, offer), score: Number(score), cap: 1 };
  });
  const problem = packed({
    needs: Array.from(needs, () => ({ wanted: facts.par_demande_max })),
    offers: Array.from(offers, () => ({ capacity: facts.capacite_offre })),
    pairs,
  });
  assert.equal(solved(problem, 'total').totalScore, facts.optimum);
  assert.ok(solved(problem).totalScore <= facts.optimum);
});

test('assignment problems of the OR-Library', { skip: skipUnless('optim-affectation') }, () => {
  for (const line of text('optim-affectation/or-library-assign.jsonl.gz').trim().split('\n')) {
    const { n, couts, optimum } = JSON.parse(line) as { n: number; couts: number[][]; optimum: number };
    const ones = Array.from({ length: n }, () => 1);
    const problem = packed({
      needs: ones.map((wanted) => ({ wanted })),
      offers: ones.map((capacity) => ({ capacity })),
      pairs: couts.flatMap((row, need) => row.map((cost, offer) => ({ need, offer, score: 1000 - cost, cap: 1 }))),
    });
    assert.equal(1000 * n - solved(problem).totalScore, optimum);
  }
});
