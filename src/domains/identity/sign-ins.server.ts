/**
 * The sign-ins themselves, one row a browser. Every request asks the database, so that closing one takes effect
 * at once; nothing about a sign-in is kept in memory or in the cookie beside its token.
 */
import type { Database } from '../../platform/postgres/database.ts';
import { IDLE_DAYS, SIGN_IN_DAYS, type SignedIn, type SignIn } from './identity.ts';

/** How often a sign-in's last use is written down. */
const TOUCH_MINUTES = 60;

/** Whose sign-in this is, when it is still open; notes its use. */
export async function useSignIn(
  { kysely }: Database,
  token: string,
  now: Temporal.Instant,
): Promise<SignedIn | undefined> {
  const found = await kysely
    .selectFrom('auth_sessions')
    .innerJoin('auth_users', 'auth_users.id', 'auth_sessions.user_id')
    .select(['auth_sessions.id', 'auth_sessions.updated_at', 'auth_users.id as user_id', 'auth_users.email'])
    .where('auth_sessions.token', '=', token)
    .where('auth_sessions.expires_at', '>', now)
    .where('auth_sessions.updated_at', '>', idleSince(now))
    .executeTakeFirst();
  if (found === undefined) return undefined;
  if (Temporal.Instant.compare(found.updated_at.add({ minutes: TOUCH_MINUTES }), now) <= 0) {
    await kysely.updateTable('auth_sessions').set({ updated_at: now }).where('id', '=', found.id).execute();
  }
  return { userId: found.user_id, email: found.email, sessionId: found.id };
}

/** Dates a sign-in that was just opened by the clock of the program, as everything else is. */
export async function stampSignIn({ kysely }: Database, token: string, now: Temporal.Instant): Promise<void> {
  await kysely
    .updateTable('auth_sessions')
    .set({ created_at: now, updated_at: now, expires_at: now.add({ hours: SIGN_IN_DAYS * 24 }) })
    .where('token', '=', token)
    .execute();
}

export async function listSignIns(
  { kysely }: Database,
  userId: string,
  now: Temporal.Instant,
): Promise<readonly SignIn[]> {
  const rows = await kysely
    .selectFrom('auth_sessions')
    .select(['id', 'user_agent', 'created_at', 'updated_at'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .where('updated_at', '>', idleSince(now))
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.user_agent,
    since: row.created_at,
    lastUsed: row.updated_at,
  }));
}

export async function closeSignIn({ kysely }: Database, userId: string, sessionId: string): Promise<boolean> {
  const { numDeletedRows } = await kysely
    .deleteFrom('auth_sessions')
    .where('user_id', '=', userId)
    .where('id', '=', sessionId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

export async function closeOtherSignIns({ kysely }: Database, userId: string, keptSessionId: string): Promise<number> {
  const { numDeletedRows } = await kysely
    .deleteFrom('auth_sessions')
    .where('user_id', '=', userId)
    .where('id', '!=', keptSessionId)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

export async function closeSignInOf({ kysely }: Database, token: string): Promise<void> {
  await kysely.deleteFrom('auth_sessions').where('token', '=', token).execute();
}

function idleSince(now: Temporal.Instant): Temporal.Instant {
  return now.subtract({ hours: IDLE_DAYS * 24 });
}
