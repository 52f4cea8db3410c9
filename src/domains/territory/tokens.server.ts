/** The only place that reads and writes access tokens. Whose they are is checked here: nobody sees another's. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Locale } from '../../i18n/translator.ts';
import { newId, type OrganisationId, type PersonId } from '../../lib/ids.ts';
import { done, refused, type Result } from '../../lib/result.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { MOST_TOKENS, stateOf, TOKEN_PREFIX, type AccessToken, type AccessTokenId } from './access-token.ts';
import { appendEvent, type Moment } from './events.server.ts';
import type { MembershipRole, PersonPrincipal, Principal, Role } from './principal.ts';
import type { TokenInput } from './token-schema.ts';

/** How often a token's last use is written down. */
const TOUCH_MINUTES = 60;

/** The token itself is in the answer and nowhere else. */
export async function createToken(
  tx: TerritoryTransaction,
  principal: Principal,
  input: TokenInput,
  at: Moment,
): Promise<Result<{ readonly id: AccessTokenId; readonly token: string }, 'not-allowed' | 'too-many-tokens'>> {
  if (principal.kind !== 'person') return refused('not-allowed');
  // Two at once follow each other: the limit counts both.
  await tx
    .selectFrom('people')
    .select('id')
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', principal.personId)
    .forUpdate()
    .execute();
  const mine = await listTokens(tx, principal.personId);
  if (mine.filter((token) => stateOf(token, at.now) === 'open').length >= MOST_TOKENS)
    return refused('too-many-tokens', { most: MOST_TOKENS });
  const bytes = new Uint8Array(32);
  at.fillRandom(bytes);
  const token = TOKEN_PREFIX + Buffer.from(bytes).toString('base64url');
  const id = newId<'token'>(at.now, at.fillRandom);
  await tx
    .insertInto('access_tokens')
    .values({
      territory_id: tx.territoryId,
      id,
      person_id: principal.personId,
      name: input.name,
      digest: digestOf(token),
      scopes: [...input.scopes],
      created_at: at.now,
      expires_at: at.now.add({ hours: 24 * input.days }),
    })
    .execute();
  await appendEvent(tx, principal, { kind: 'token-created', subjectId: id, payload: { name: input.name } }, at);
  return done({ id, token });
}

export async function revokeToken(
  tx: TerritoryTransaction,
  principal: Principal,
  tokenId: AccessTokenId,
  at: Moment,
): Promise<Result<{ readonly name: string }, 'unknown-token'>> {
  if (principal.kind !== 'person') return refused('unknown-token');
  const revoked = await tx
    .updateTable('access_tokens')
    .set({ revoked_at: at.now })
    .where('territory_id', '=', tx.territoryId)
    .where('person_id', '=', principal.personId)
    .where('id', '=', tokenId)
    .where('revoked_at', 'is', null)
    .returning('name')
    .executeTakeFirst();
  if (revoked === undefined) return refused('unknown-token');
  await appendEvent(tx, principal, { kind: 'token-revoked', subjectId: tokenId }, at);
  return done({ name: revoked.name });
}

/** Of one person, the newest first; those that ended or were revoked stay, for whoever wonders. */
export async function listTokens(tx: TerritoryTransaction, personId: PersonId): Promise<readonly AccessToken[]> {
  const rows = await tx
    .selectFrom('access_tokens')
    .select(['id', 'name', 'scopes', 'created_at', 'expires_at', 'last_used_at', 'revoked_at'])
    .where('territory_id', '=', tx.territoryId)
    .where('person_id', '=', personId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  }));
}

export interface TokenBearer {
  readonly principal: PersonPrincipal;
  readonly tokenId: AccessTokenId;
  readonly scopes: ReadonlySet<string>;
  /** Whether its last use should be written down. */
  readonly isDue: boolean;
}

/** For whom this token speaks, when it is open: rights that were taken away a moment ago are gone. One query. */
export async function bearerOf(
  tx: TerritoryTransaction,
  token: string,
  now: Temporal.Instant,
): Promise<TokenBearer | undefined> {
  const { rows } = await BEARER(tx.territoryId, digestOf(token), now).execute(tx);
  return rows[0] === undefined ? undefined : readBearer(rows[0], now);
}

export interface BearerRow {
  readonly token_id: AccessTokenId;
  readonly scopes: string[];
  readonly last_used_at: Temporal.Instant | null;
  readonly id: PersonId;
  readonly name: string;
  readonly email: string;
  readonly locale: Locale;
  readonly roles: Role[];
  readonly memberships: [OrganisationId, MembershipRole][];
}

const BEARER = (territoryId: string, digest: Buffer, now: Temporal.Instant) => sql<BearerRow>`
  select t.id as token_id, t.scopes, t.last_used_at, p.id, p.name, p.email, p.locale,
    array(select role from role_grants r where r.territory_id = p.territory_id and r.person_id = p.id order by role) as roles,
    coalesce((select jsonb_agg(jsonb_build_array(m.organisation_id, m.role) order by m.since, m.organisation_id)
      from memberships m where m.territory_id = p.territory_id and m.person_id = p.id), '[]') as memberships
  from access_tokens t join people p on p.territory_id = t.territory_id and p.id = t.person_id
  where t.territory_id = ${territoryId}::uuid and t.digest = ${digest} and t.revoked_at is null and t.expires_at > ${now}
    and p.email is not null`;

export function readBearer(row: BearerRow, now: Temporal.Instant): TokenBearer {
  return {
    principal: {
      kind: 'person',
      personId: row.id,
      name: row.name,
      email: row.email,
      locale: row.locale,
      roles: new Set(row.roles),
      memberships: new Map(row.memberships),
    },
    tokenId: row.token_id,
    scopes: new Set(row.scopes),
    isDue:
      row.last_used_at === null || Temporal.Instant.compare(row.last_used_at.add({ minutes: TOUCH_MINUTES }), now) <= 0,
  };
}

export async function touchToken(
  tx: TerritoryTransaction,
  tokenId: AccessTokenId,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('access_tokens')
    .set({ last_used_at: now })
    .where('territory_id', '=', tx.territoryId)
    .where('id', '=', tokenId)
    .execute();
}

export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
