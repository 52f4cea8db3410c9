/**
 * Passkeys: a key on somebody's device signs a question of ours. The library checks what the standard (WebAuthn) asks;
 * which questions are ours, whose key it is and that nothing counts twice is decided here.
 *
 * Must always hold: a question is ours (it carries our seal), was asked for this purpose and this person, is not older
 * than five minutes and is answered once; signing in names nobody before the key has spoken; a key whose counter goes
 * back may be a copy and opens nothing.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { done, refused, type Result } from '../../lib/result.ts';
import { constraintOf, type Database } from '../../platform/postgres/database.ts';
import { MOST_PASSKEYS, type Passkey, type SignedIn } from './identity.ts';

export interface PasskeySettings {
  readonly database: Database;
  /** The origin that people type: keys are bound to its host. */
  readonly publicUrl: string;
  readonly secret: string;
  readonly now: () => Temporal.Instant;
}

const ASKED_MINUTES = 5;
const RANDOM_BYTES = 16;
const SEAL_BYTES = 32;

/** Names no key: the device shows those that it has for this site, known here or not. */
export async function signInQuestion(settings: PasskeySettings): Promise<object> {
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server');
  return generateAuthenticationOptions({
    rpID: hostOf(settings),
    userVerification: 'required',
    challenge: makeQuestion(settings, ''),
    timeout: ASKED_MINUTES * 60_000,
  });
}

export async function newKeyQuestion(settings: PasskeySettings, user: SignedIn): Promise<object> {
  const { generateRegistrationOptions } = await import('@simplewebauthn/server');
  const { rows } = await settings.database.pool.query<{ id: string }>(
    'select id from auth_passkeys where user_id = $1 order by id',
    [user.userId],
  );
  return generateRegistrationOptions({
    rpName: 'Terreau',
    rpID: hostOf(settings),
    userName: user.email,
    userDisplayName: user.email,
    userID: new Uint8Array(createHash('sha256').update(user.userId).digest()),
    challenge: makeQuestion(settings, user.userId),
    timeout: ASKED_MINUTES * 60_000,
    attestationType: 'none',
    excludeCredentials: rows.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

export async function addPasskey(
  settings: PasskeySettings,
  user: SignedIn,
  { name, answer }: { readonly name: string; readonly answer: unknown },
): Promise<Result<undefined, 'not-answered' | 'too-many-passkeys' | 'passkey-known'>> {
  const { database, now } = settings;
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const verified = await verifyRegistrationResponse({
    response: answer as RegistrationResponseJSON,
    expectedChallenge: (question) => takeAnswer(settings, question, user.userId),
    expectedOrigin: new URL(settings.publicUrl).origin,
    expectedRPID: hostOf(settings),
    requireUserVerification: true,
  }).catch(() => undefined);
  if (verified?.verified !== true) return refused('not-answered');
  const { credential } = verified.registrationInfo;
  if ((await listPasskeys(database, user.userId)).length >= MOST_PASSKEYS)
    return refused('too-many-passkeys', { most: MOST_PASSKEYS });
  const values = {
    id: credential.id,
    user_id: user.userId,
    name,
    public_key: Buffer.from(credential.publicKey),
    counter: BigInt(credential.counter),
    transports: [...(credential.transports ?? [])],
    created_at: now(),
  };
  try {
    await database.kysely.insertInto('auth_passkeys').values(values).execute();
  } catch (error) {
    if (constraintOf(error) === 'auth_passkeys_pkey') return refused('passkey-known');
    throw error;
  }
  return done(undefined);
}

/** The address of whoever holds the key; undefined for anything that is not a right answer, without saying why. */
export async function whoseAnswer(settings: PasskeySettings, answer: unknown): Promise<string | undefined> {
  const { database, now } = settings;
  const response = answer as AuthenticationResponseJSON;
  if (typeof response?.id !== 'string') return undefined;
  const key = await database.kysely
    .selectFrom('auth_passkeys')
    .innerJoin('auth_users', 'auth_users.id', 'auth_passkeys.user_id')
    .innerJoin('territory_addresses', 'territory_addresses.email', 'auth_users.email')
    .select(['auth_passkeys.id', 'auth_passkeys.public_key', 'auth_passkeys.counter', 'auth_users.email'])
    .where('auth_passkeys.id', '=', response.id)
    .limit(1)
    .executeTakeFirst();
  if (key === undefined) return undefined;
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (question) => takeAnswer(settings, question, ''),
    expectedOrigin: new URL(settings.publicUrl).origin,
    expectedRPID: hostOf(settings),
    credential: { id: key.id, publicKey: new Uint8Array(key.public_key), counter: Number(key.counter) },
    requireUserVerification: true,
  }).catch(() => undefined);
  if (verified?.verified !== true) return undefined;
  const counter = BigInt(verified.authenticationInfo.newCounter);
  // Two answers at the same moment: the second meets the counter of the first.
  const { numUpdatedRows } = await database.kysely
    .updateTable('auth_passkeys')
    .set({ counter, last_used_at: now() })
    .where('id', '=', key.id)
    .where((has) => has.or([has('counter', '<', counter), has.and([has('counter', '=', 0n), has.val(counter === 0n)])]))
    .executeTakeFirst();
  return numUpdatedRows === 1n ? key.email : undefined;
}

/** The newest first. */
export async function listPasskeys({ kysely }: Database, userId: string): Promise<readonly Passkey[]> {
  const rows = await kysely
    .selectFrom('auth_passkeys')
    .select(['id', 'name', 'created_at', 'last_used_at'])
    .where('user_id', '=', userId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(2 * MOST_PASSKEYS)
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name, since: row.created_at, lastUsed: row.last_used_at }));
}

export async function renamePasskey({ kysely }: Database, userId: string, id: string, name: string): Promise<boolean> {
  const { numUpdatedRows } = await kysely
    .updateTable('auth_passkeys')
    .set({ name })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function removePasskey({ kysely }: Database, userId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await kysely
    .deleteFrom('auth_passkeys')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

function hostOf({ publicUrl }: PasskeySettings): string {
  return new URL(publicUrl).hostname;
}

/** Nothing is stored until it is answered: the question carries its end and our seal. `forWhom` is empty for a sign-in. */
function makeQuestion({ secret, now }: PasskeySettings, forWhom: string): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(RANDOM_BYTES + 8);
  randomBytes(RANDOM_BYTES).copy(head);
  head.writeBigUInt64BE(BigInt(now().add({ minutes: ASKED_MINUTES }).epochMilliseconds), RANDOM_BYTES);
  return new Uint8Array(Buffer.concat([head, sealOf(head, secret, forWhom)]));
}

/** Whether the question is one of ours, for this person, in time, and not answered before. */
async function takeAnswer({ database, secret, now }: PasskeySettings, question: string, forWhom: string) {
  const bytes = Buffer.from(question, 'base64url');
  if (bytes.length !== RANDOM_BYTES + 8 + SEAL_BYTES) return false;
  const head = bytes.subarray(0, RANDOM_BYTES + 8);
  if (!timingSafeEqual(bytes.subarray(head.length), sealOf(head, secret, forWhom))) return false;
  const expiresAt = Temporal.Instant.fromEpochMilliseconds(Number(head.readBigUInt64BE(RANDOM_BYTES)));
  if (Temporal.Instant.compare(expiresAt, now()) <= 0) return false;
  await database.kysely.deleteFrom('auth_answered').where('expires_at', '<=', now()).execute();
  const taken = await database.kysely
    .insertInto('auth_answered')
    .values({ digest: createHash('sha256').update(bytes).digest(), expires_at: expiresAt })
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .returning('digest')
    .executeTakeFirst();
  return taken !== undefined;
}

function sealOf(head: Buffer, secret: string, forWhom: string): Buffer {
  return createHmac('sha256', secret).update(`passkey ${forWhom}\n`).update(head).digest();
}
