/**
 * Random territories for tests and benches: the same arguments give the same problem.
 *
 * Needs ask for 1 to 8 units, offers give 1 to `greatestCapacity`, a pair may exchange up to half of the
 * need. Seven pairs in ten (or as told) stay within a block of 200 offers (a territory), the others go to offers that
 * everybody knows, the first numbers most; scores are the offer's renown plus luck, 1 to 1000.
 */
import type { AllocationProblem } from './allocation.ts';

export type TerritorySize = {
  readonly needs: number;
  readonly offers: number;
  /** On average; the number of each need is drawn evenly up to twice that. */
  readonly pairsPerNeed: number;
  readonly seed: number;
  readonly greatestCapacity?: number;
  readonly weights?: number;
  /** Pairs in ten that stay at home: 7, or 10 for territories that know nothing of each other. */
  readonly homePairs?: number;
};

export function territory(size: TerritorySize): AllocationProblem {
  const { needs: n, offers: m, pairsPerNeed, seed } = size;
  const draw = seededDraw(seed);
  const wanted = new Int32Array(n).map(() => draw(1, 8));
  const weight = new Int32Array(n).map(() => draw(1, size.weights ?? 1));
  const capacity = new Int32Array(m).map(() => draw(1, size.greatestCapacity ?? 40));
  const renown = new Int32Array(m).map(() => draw(0, 400));
  const degree = new Int32Array(n).map(() => Math.min(m, draw(1, 2 * pairsPerNeed - 1)));
  const count = degree.reduce((sum, one) => sum + one, 0);
  const pairs = {
    need: new Int32Array(count),
    offer: new Int32Array(count),
    score: new Int32Array(count),
    cap: new Int32Array(count),
    minimum: new Int32Array(count),
  };
  const block = Math.min(m, 200);
  const blocks = Math.max(1, Math.floor(m / block));
  const seenBy = new Int32Array(m).fill(-1);
  for (let i = 0, a = 0; i < n; i++) {
    const home = draw(0, blocks - 1) * block;
    for (let k = 0; k < degree[i]!; a++, k++) {
      let j = 0;
      do {
        const far = draw(0, 999) / 1000;
        j = draw(1, 10) <= (size.homePairs ?? 7) ? home + draw(0, block - 1) : Math.floor(far * far * m);
      } while (seenBy[j] === i);
      seenBy[j] = i;
      pairs.need[a] = i;
      pairs.offer[a] = j;
      pairs.score[a] = Math.min(1000, renown[j]! + draw(1, 600));
      pairs.cap[a] = (wanted[i]! + 1) >> 1;
    }
  }
  return { needs: { wanted, weight }, offers: { capacity, minimum: new Int32Array(m) }, pairs };
}

/** Whole numbers from least to greatest, both included (mulberry32). */
function seededDraw(seed: number): (least: number, greatest: number) => number {
  let state = seed | 0;
  return (least, greatest) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (least + (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (greatest - least + 1)) | 0;
  };
}
