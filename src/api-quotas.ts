/** How much programs may ask, in all. */
import type { Quota } from './platform/web/rate-limit.ts';

export interface ApiQuotas {
  /** Of one place, without a token. */
  readonly anonymous: Quota;
  readonly token: Quota;
  /** Of one place, with tokens that open nothing: whoever tries them out soon waits. */
  readonly wrongTokens: Quota;
}

export const API_QUOTAS: ApiQuotas = {
  anonymous: { name: 'anonymous', most: 120, windowSeconds: 60 },
  token: { name: 'token', most: 1200, windowSeconds: 60 },
  wrongTokens: { name: 'wrong-tokens', most: 20, windowSeconds: 900 },
};
