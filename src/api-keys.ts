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

export async function readKey(
  context: Context,
  sent: { digest(): Promise<Buffer> },
): Promise<ApiKey | 'wrong' | undefined> {
  const header = context.req.header('idempotency-key');
  if (header === undefined) return undefined;
  const key = header.replace(/^"(.*)"$/u, '$1');
  if (!/^[\x21-\x7e]{1,200}$/u.test(key)) return 'wrong';
  const { method, url } = context.req;
  return {
    key,
    fingerprint: createHash('sha256')
      .update(`${method} ${url}\n`)
      .update(await sent.digest())
      .digest(),
  };
}

/**
 * Takes the key for this act, or tells what it was answered before. Whoever comes second waits here until the first
 * has ended: no two acts of one key are ever under way.
 */
export async function takeKey(
  tx: TerritoryTransaction,
  personId: PersonId,
  { key, fingerprint }: ApiKey,
  now: Temporal.Instant,
): Promise<({ readonly kind: 'replayed' } & KeptAnswer) | { readonly kind: 'reused' } | undefined> {
  const taken = await tx
    .insertInto('api_writes')
    .values({ territory_id: tx.territoryId, person_id: personId, key, fingerprint, created_at: now })
    .onConflict((conflict) => conflict.columns(['territory_id', 'person_id', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst();
  if (taken !== undefined) return undefined;
  const kept = await tx
    .selectFrom('api_writes')
    .select(['fingerprint', 'status', 'location', 'body'])
    .where('territory_id', '=', tx.territoryId)
    .where('person_id', '=', personId)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  if (!fingerprint.equals(kept.fingerprint)) return { kind: 'reused' };
  return { kind: 'replayed', status: kept.status, location: kept.location, body: kept.body };
}

export async function keepAnswer(
  tx: TerritoryTransaction,
  personId: PersonId,
  { key }: ApiKey,
  answer: KeptAnswer,
): Promise<void> {
  await tx
    .updateTable('api_writes')
    .set(answer)
    .where('territory_id', '=', tx.territoryId)
    .where('person_id', '=', personId)
    .where('key', '=', key)
    .execute();
}

/** Takes away what nobody will ask again. */
export async function forgetOldWrites(tx: TerritoryTransaction, now: Temporal.Instant): Promise<void> {
  await tx
    .deleteFrom('api_writes')
    .where('territory_id', '=', tx.territoryId)
    .where('created_at', '<', now.subtract({ hours: KEPT_HOURS }))
    .execute();
}
