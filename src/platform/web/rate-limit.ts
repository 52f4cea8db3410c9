/**
 * How much one program may ask, counted in memory: a window that slides by its own rate, a request at a time
 * (the generic cell rate algorithm). One figure a caller, so that the memory is bounded and nothing is written.
 *
 * Must always hold: over any window no caller passes more than twice its quota, and over the long run no more than the
 * quota a window; at most `KEPT` callers are remembered, those that have been quiet the longest are forgotten first.
 */
export interface Quota {
  readonly name: string;
  readonly most: number;
  readonly windowSeconds: number;
}

export interface Verdict {
  readonly isAllowed: boolean;
  readonly quota: Quota;
  /** Requests that would pass now. */
  readonly remaining: number;
  /** Until the whole quota is there again; for somebody refused, until the next request passes. */
  readonly seconds: number;
}

export interface RateLimit {
  /** Counts `cost` requests of this caller at this moment. */
  take(quota: Quota, caller: string, nowMilliseconds: number, cost?: number): Verdict;
}

const KEPT = 50_000;

export function createRateLimit(kept = KEPT): RateLimit {
  /** When each caller's debt is paid, in milliseconds; the order of the map is that of their last request. */
  const paidAt = new Map<string, number>();
  return {
    take(quota, caller, now, cost = 1) {
      const key = `${quota.name} ${caller}`;
      const window = quota.windowSeconds * 1000;
      const each = window / quota.most;
      const debt = Math.max(0, (paidAt.get(key) ?? 0) - now);
      const after = debt + each * cost;
      if (after > window + 1e-6) {
        return { isAllowed: false, quota, remaining: 0, seconds: Math.max(1, Math.ceil((after - window) / 1000)) };
      }
      paidAt.delete(key);
      paidAt.set(key, now + after);
      if (paidAt.size > kept) paidAt.delete(paidAt.keys().next().value ?? '');
      return {
        isAllowed: true,
        quota,
        remaining: Math.floor((window - after) / each + 1e-6),
        seconds: Math.ceil(after / 1000),
      };
    },
  };
}

/** The fields of the draft `RateLimit header fields for HTTP`, and Retry-After for whoever has to wait. */
export function limitHeaders({ isAllowed, quota, remaining, seconds }: Verdict): Readonly<Record<string, string>> {
  return {
    'ratelimit-policy': `"${quota.name}";q=${quota.most};w=${quota.windowSeconds}`,
    ratelimit: `"${quota.name}";r=${remaining};t=${seconds}`,
    ...(!isAllowed && { 'retry-after': String(seconds) }),
  };
}
