/**
 * Randomness that can be repeated: mulberry32, a 32-bit generator with a period of 2^32.
 * For demonstrations, tests and published lotteries; never for secrets.
 */
import type { FillRandom } from './ids.ts';

export interface SeededRandom {
  /** A whole number from 0 to `below` − 1. */
  whole(below: number): number;
  /** One of a list that is not empty. */
  pick<Item>(list: readonly Item[]): Item;
  /** True in `share` of the cases. */
  chance(share: number): boolean;
  readonly fill: FillRandom;
}

export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const whole = (below: number) => Math.floor((next() / 2 ** 32) * below);
  return {
    whole,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('Nothing to pick from');
      return list[whole(list.length)]!;
    },
    chance: (share) => next() / 2 ** 32 < share,
    fill: (bytes) => bytes.forEach((_, index) => void (bytes[index] = whole(256))),
  };
}
