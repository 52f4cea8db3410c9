/**
 * How often one may try, counted in the database so that restarts and several programs agree.
 *
 * Must always hold: counting and deciding are one statement, so that requests at the same moment cannot all pass;
 * keys are digests: neither addresses nor machines can be read in the table.
 */
import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { newId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import { withInstance, type Database } from '../../platform/postgres/database.ts';
import type { TooMany } from './identity.ts';

export interface Limit {
  readonly name: string;
  readonly most: number;
  readonly windowMinutes: number;
}

/** Links that one address may be sent: enough for somebody who mistypes, too few to flood a mailbox. */
export const LINKS_BY_ADDRESS: Limit = { name: 'link-address', most: 5, windowMinutes: 15 };
/** Links asked from one place: a meeting room behind one router fits. */
export const LINKS_BY_PLACE: Limit = { name: 'link-place', most: 40, windowMinutes: 15 };

/** Answers of keys sent from one place, right or wrong. */
export const PASSKEYS_BY_PLACE: Limit = { name: 'passkey-place', most: 40, windowMinutes: 15 };

/** Counts one try; refused with the `minutes` to wait once the window's tries are used up. */
export async function countTry(
  database: Database,
  secret: string,
  limit: Limit,
  subject: string,
  now: Temporal.Instant,
): Promise<Result<undefined, TooMany>> {
  const key = `${limit.name}:${createHmac('sha256', secret).update(subject).digest('base64url')}`;
  const at = BigInt(now.epochMilliseconds);
  const open = at - BigInt(limit.windowMinutes) * 60_000n;
  const { count, last_request: since } = await withInstance(database, (tx) =>
    tx
      .insertInto('auth_rate_limits')
      .values({ id: newId<'limit'>(now), key, count: 1, last_request: at })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          count: sql<number>`case when auth_rate_limits.last_request <= ${open} then 1 else least(auth_rate_limits.count + 1, 1000000) end`,
          last_request: sql<bigint>`case when auth_rate_limits.last_request <= ${open} then ${at} else auth_rate_limits.last_request end`,
        }),
      )
      .returning(['count', 'last_request'])
      .executeTakeFirstOrThrow(),
  );
  if (count <= limit.most) return done(undefined);
  const milliseconds = Number(since - open);
  return refused('too-many-requests', { minutes: Math.max(1, Math.ceil(milliseconds / 60_000)) });
}

/** Takes away counters that no longer count. */
export async function forgetOldTries(database: Database, now: Temporal.Instant): Promise<void> {
  const dayAgo = BigInt(now.epochMilliseconds) - 86_400_000n;
  await withInstance(database, (tx) => tx.deleteFrom('auth_rate_limits').where('last_request', '<', dayAgo).execute());
}

/** One place: an IPv4 address, or the first 64 bits of an IPv6 one, which one household holds whole. */
export function placeOf(clientAddress: string): string {
  const address = clientAddress.replace(/^::ffff:(?=\d+\.)/iu, '').replace(/%.*$/u, '');
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/u, ''))
    .join(':');
}
