/**
 * Idempotency keys: what a program wrote under a key is answered again, not done again.
 * Must always hold: the key belongs to one person; the same key with another request is refused; the answer is kept in
 * the transaction of the act, so that both are there or neither.
 */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { PersonId } from './lib/ids.ts';
import type { TerritoryTransaction } from './platform/postgres/database.ts';

export interface ApiKey {
  readonly key: string;
  readonly fingerprint: Buffer;
}

export interface KeptAnswer {
  readonly status: number;
  readonly location: string;
  readonly body: string;
}

const KEPT_HOURS = 24;

export function readKey(context: Context, raw: string | Buffer): ApiKey | 'wrong' | undefined {
  const header = context.req.header('idempotency-key');
  if (header === undefined) return undefined;
  const key = header.replace(/^"(.*)"$/u, '$1');
  if (!/^[\x21-\x7e]{1,200}$/u.test(key)) return 'wrong';
  const { method, url } = context.req;
  return { key, fingerprint: createHash('sha256').update(`${method} ${url}\n`).update(raw).digest() };
}

export async function replayOf(
  tx: TerritoryTransaction,
  personId: PersonId,
  { key, fingerprint }: ApiKey,
): Promise<({ readonly kind: 'replayed' } & KeptAnswer) | { readonly kind: 'reused' } | undefined> {
  const kept = await tx
    .selectFrom('api_writes')
    .select(['fingerprint', 'status', 'location', 'body'])
    .where('territory_id', '=', tx.territoryId)
    .where('person_id', '=', personId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (kept === undefined) return undefined;
  if (!fingerprint.equals(kept.fingerprint)) return { kind: 'reused' };
  return { kind: 'replayed', status: kept.status, location: kept.location, body: kept.body };
}

/** False when another request with this key was faster: whoever calls undoes what it did. */
export async function keepWrite(
  tx: TerritoryTransaction,
  personId: PersonId,
  { key, fingerprint }: ApiKey,
  answer: KeptAnswer,
  now: Temporal.Instant,
): Promise<boolean> {
  const kept = await tx
    .insertInto('api_writes')
    .values({ territory_id: tx.territoryId, person_id: personId, key, fingerprint, ...answer, created_at: now })
    .onConflict((conflict) => conflict.columns(['territory_id', 'person_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  return kept !== undefined;
}

/** Takes away what nobody will ask again. */
export async function forgetOldWrites(tx: TerritoryTransaction, now: Temporal.Instant): Promise<void> {
  await tx
    .deleteFrom('api_writes')
    .where('territory_id', '=', tx.territoryId)
    .where('created_at', '<', now.subtract({ hours: KEPT_HOURS }))
    .execute();
}
