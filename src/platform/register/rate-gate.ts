/**
 * At most so many a second, one after the other, however many ask: shared by a whole process.
 *
 * Must always hold: two passes are never closer than the interval; nobody passes before the end of a pause; those who
 * wait pass in the order in which they came.
 */
export interface RateGate {
  pass(): Promise<void>;
  /** Nobody passes for so long. */
  pause(milliseconds: number): void;
}

export interface GateClock {
  /** Milliseconds that only grow. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export function rateGate(perSecond: number, clock: GateClock): RateGate {
  const interval = 1000 / perSecond;
  let free = -Infinity;
  let last: Promise<void> = Promise.resolve();
  const passOne = async () => {
    for (let left = free - clock.now(); left > 0; left = free - clock.now()) await clock.wait(left);
    free = Math.max(free, clock.now()) + interval;
  };
  return {
    pass: () => (last = last.then(passOne)),
    pause: (milliseconds) => void (free = Math.max(free, clock.now() + milliseconds)),
  };
}
