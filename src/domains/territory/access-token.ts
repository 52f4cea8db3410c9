/**
 * Access tokens: a program acts for a person, in one territory, within the scopes that the person chose, for a time.
 *
 * Must always hold: a token does nothing that its person may not do, and nothing that its scopes do not name; it ends
 * within a year; only its digest is kept, so that it is shown once.
 */
import type { Id } from '../../lib/ids.ts';

export type AccessTokenId = Id<'token'>;
export const TOKEN_PREFIX = 'terreau_';
export const LONGEST_DAYS = 365;
export const MOST_TOKENS = 20;
export const TOKEN_DAYS = ['30', '90', '365'] as const;

export interface AccessToken {
  readonly id: AccessTokenId;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  /** To the hour. */
  readonly lastUsedAt: Temporal.Instant | null;
  readonly revokedAt: Temporal.Instant | null;
}

export type TokenState = 'open' | 'ended' | 'revoked';

export function stateOf(token: Pick<AccessToken, 'expiresAt' | 'revokedAt'>, now: Temporal.Instant): TokenState {
  if (token.revokedAt !== null) return 'revoked';
  return Temporal.Instant.compare(token.expiresAt, now) > 0 ? 'open' : 'ended';
}

/** Whether `text` has the form of a token: anything else is not looked for. */
export function isTokenShaped(text: string): boolean {
  return /^terreau_[\w-]{43}$/u.test(text);
}
