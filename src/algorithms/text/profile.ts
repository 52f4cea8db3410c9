/**
 * How close somebody's past work is to a subject: the mean of the scores of their NEAREST closest pieces.
 *
 * One piece may be close by chance and all of them never are; what an expert did three times, an expert knows.
 * Must always hold: the order of the pieces does not matter; somebody with no work scores 0.
 */
const NEAREST = 3;

export function meanOfNearest(scores: readonly number[], count: number = NEAREST): number {
  const nearest = scores.toSorted((x, y) => y - x).slice(0, count);
  return nearest.reduce((sum, score) => sum + score, 0) / Math.max(1, nearest.length);
}
