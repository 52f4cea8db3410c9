/** The greatest total with HiGHS from npm, as anybody would write it: one column a pair, one row a need or offer. */
import type { AllocationProblem } from '../../src/algorithms/flow/allocation.ts';
import { loadHighs } from '../../src/algorithms/flow/load-highs.ts';

export async function greatestTotalByHighs({ needs, offers, pairs }: AllocationProblem): Promise<number> {
  const highs = await loadHighs();
  const [n, m, numCols] = [needs.wanted.length, offers.capacity.length, pairs.need.length];
  const indices = new Int32Array(2 * numCols);
  pairs.need.forEach((need, a) => (indices[2 * a] = need));
  pairs.offer.forEach((offer, a) => (indices[2 * a + 1] = n + offer));
  const starts = new Int32Array(numCols + 1).map((_, a) => 2 * a);
  const values = new Float64Array(2 * numCols).fill(1);
  using model = highs.createModel({
    numCols,
    numRows: n + m,
    sense: highs.constants.objectiveSense.maximize,
    colCost: Float64Array.from(pairs.score),
    colLower: new Float64Array(numCols),
    colUpper: Float64Array.from(pairs.cap),
    rowLower: new Float64Array(n + m),
    rowUpper: Float64Array.from([...needs.wanted, ...offers.capacity]),
    matrix: { format: 'csc', numRows: n + m, numCols, starts, indices, values },
  });
  model.options.set({ output_flag: false });
  const { modelStatus } = model.run();
  if (modelStatus !== highs.constants.modelStatus.optimal) throw new Error('HiGHS found no optimum');
  const { colValue } = model.getSolution();
  return Math.round(colValue.reduce((sum, units, a) => sum + units * (pairs.score[a] ?? 0), 0));
}
