/**
 * Credentials and sessions. better-auth makes and uses the links, the users and the signed cookie; who a user is in
 * a territory is the territory's matter. Its own endpoints are not reachable: our pages are the only way in.
 *
 * Must always hold: only a digest of a link's token is stored, and the token is never logged; links lead to the
 * configured public address, never to what a request claims its host to be; a link is made only for an address that
 * some territory knows, after the answer has left, so that neither words nor time tell which addresses those are.
 */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import { done, refused } from '../../lib/result.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import { openDatabase, openLibraryPool, type Database } from '../../platform/postgres/database.ts';
import { LINK_MINUTES, SIGN_IN_DAYS, type Identity, type LinkRequest, type StartedSession } from './identity.ts';
import { linkMail } from './link-mail.server.ts';
import {
  addPasskey,
  listPasskeys,
  newKeyQuestion,
  removePasskey,
  renamePasskey,
  signInQuestion,
  whoseAnswer,
} from './passkeys.server.ts';
import {
  countTry,
  forgetOldTries,
  LINKS_BY_ADDRESS,
  LINKS_BY_PLACE,
  PASSKEYS_BY_PLACE,
  placeOf,
} from './rate-limit.server.ts';
import { returnPath, withReturn } from './return-path.ts';
import { cookiePrefix, readSessionToken, sessionCookieName } from './session-cookie.server.ts';
import {
  closeOtherSignIns,
  closeSignIn,
  closeSignInOf,
  listSignIns,
  stampSignIn,
  useSignIn,
} from './sign-ins.server.ts';

export interface IdentityOptions {
  /** The origin that people type and that mails link to. */
  readonly publicUrl: string;
  /** Signs the cookies: at least 32 characters, kept for good; another one signs everybody out. */
  readonly secret: string;
  /** Address of the database. Sign-in has connections of its own: pages ask it while they hold one of theirs. */
  readonly databaseUrl: string;
  readonly sendMail: (mail: Mail) => Promise<void>;
  readonly now?: () => Temporal.Instant;
  /** Told of what failed after an answer had left, in words that may be logged. */
  readonly onFailure?: (error: unknown) => void;
}

export type OpenIdentity = Identity & { close(): Promise<void> };

export function createIdentity(options: IdentityOptions): OpenIdentity {
  const { databaseUrl, secret, now = Temporal.Now.instant, onFailure = () => {} } = options;
  const database = openDatabase({ url: databaseUrl, poolSize: 3, applicationName: 'terreau sign-in' });
  const isSecure = options.publicUrl.startsWith('https:');
  const cookieName = sessionCookieName(isSecure);
  const library = openLibrary(options, isSecure);
  const keys = { database, publicUrl: options.publicUrl, secret, now };
  const { afterwards, settled } = workAside(onFailure);
  const tokenOf = (headers: Headers) => readSessionToken(headers, cookieName, secret);
  const followLink = async (token: string, headers: Headers) => {
    const followed = await library.follow(token, headers);
    if (followed === undefined) return undefined;
    await stampSignIn(database, followed.sessionToken, now());
    const earlier = tokenOf(headers);
    if (earlier !== undefined) await closeSignInOf(database, earlier);
    return { email: followed.email, setCookies: followed.setCookies };
  };

  return {
    async signedInUser(headers) {
      const token = tokenOf(headers);
      return token === undefined ? undefined : useSignIn(database, token, now());
    },
    async requestLink(request) {
      const byPlace = await countTry(database, secret, LINKS_BY_PLACE, placeOf(request.clientAddress), now());
      if (!byPlace.ok) return byPlace;
      const byAddress = await countTry(database, secret, LINKS_BY_ADDRESS, request.email, now());
      if (!byAddress.ok) return byAddress;
      afterwards(sendLink(options, database, library, request, now()));
      return done(undefined);
    },
    addressOfLink: (token) => addressOfLink(database, token),
    followLink,
    async startDemonstrationSession(email, headers) {
      const started = await followLink(await library.mint(email), headers);
      if (started === undefined) throw new Error('A link that was made just now does not work.');
      return started;
    },
    passkeyQuestion: (user) => (user === undefined ? signInQuestion(keys) : newKeyQuestion(keys, user)),
    async followPasskey(answer, headers, clientAddress) {
      const byPlace = await countTry(database, secret, PASSKEYS_BY_PLACE, placeOf(clientAddress), now());
      if (!byPlace.ok) return byPlace;
      const email = await whoseAnswer(keys, answer);
      const started = email === undefined ? undefined : await followLink(await library.mint(email), headers);
      return started === undefined ? refused('not-answered') : done(started);
    },
    addPasskey: (user, name, answer) => addPasskey(keys, user, { name, answer }),
    listPasskeys: (userId) => listPasskeys(database, userId),
    renamePasskey: (userId, id, name) => renamePasskey(database, userId, id, name),
    removePasskey: (userId, id) => removePasskey(database, userId, id),
    async signOut(headers) {
      const token = tokenOf(headers);
      if (token !== undefined) await closeSignInOf(database, token);
      return [`${cookieName}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`];
    },
    listSignIns: (userId) => listSignIns(database, userId, now()),
    closeSignIn: (userId, sessionId) => closeSignIn(database, userId, sessionId),
    closeOtherSignIns: (userId, keptSessionId) => closeOtherSignIns(database, userId, keptSessionId),
    signInAddress: (returnTo) => new URL(withReturn('/connexion', returnPath(returnTo)), options.publicUrl).href,
    settled,
    async close() {
      await settled();
      await library.close();
      await database.close();
    },
  };
}

/** Work that an answer does not wait for, and that closing does. */
function workAside(onFailure: (error: unknown) => void) {
  const running = new Set<Promise<void>>();
  return {
    afterwards(work: Promise<void>): void {
      const tracked = work.catch(onFailure).finally(() => running.delete(tracked));
      running.add(tracked);
    },
    async settled(): Promise<void> {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

async function sendLink(
  { publicUrl, sendMail }: IdentityOptions,
  database: Database,
  library: Library,
  request: LinkRequest,
  now: Temporal.Instant,
): Promise<void> {
  await database.kysely.deleteFrom('auth_verifications').where('expires_at', '<', Temporal.Now.instant()).execute();
  await forgetOldTries(database, now);
  const known = await database.kysely
    .selectFrom('territory_addresses')
    .select('email')
    .where('email', '=', request.email)
    .limit(1)
    .executeTakeFirst();
  if (known === undefined) return;
  const link = new URL('/connexion/lien', publicUrl);
  link.searchParams.set('jeton', await library.mint(request.email));
  const returnTo = returnPath(request.returnTo);
  if (returnTo !== undefined) link.searchParams.set('retour', returnTo);
  await sendMail(linkMail(request.email, link.href, request.locale, now));
}

/** The library dates links by the machine's clock: so does this. */
async function addressOfLink(database: Database, token: string): Promise<string | undefined> {
  const row = await database.kysely
    .selectFrom('auth_verifications')
    .select('value')
    .where('identifier', '=', digestOf(token))
    .where('expires_at', '>', Temporal.Now.instant())
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { email } = JSON.parse(row.value) as { email?: unknown };
  return typeof email === 'string' ? email : undefined;
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

interface Library {
  /** A new link's token; knows nobody yet. */
  mint(email: string): Promise<string>;
  follow(token: string, headers: Headers): Promise<(StartedSession & { readonly sessionToken: string }) | undefined>;
  close(): Promise<void>;
}

/** better-auth, loaded when somebody first signs in: a server that only answers readers never pays for it. */
function openLibrary(options: IdentityOptions, isSecure: boolean): Library {
  let pool: pg.Pool | undefined;
  let loading: ReturnType<typeof load> | undefined;
  const load = async () => {
    const [{ betterAuth }, { magicLink }] = await Promise.all([
      import('better-auth'),
      import('better-auth/plugins/magic-link'),
    ]);
    pool = openLibraryPool({ url: options.databaseUrl, poolSize: 2, applicationName: 'terreau sign-in' });
    const links = magicLink({
      expiresIn: LINK_MINUTES * 60,
      storeToken: { type: 'custom-hasher', hash: async (token) => digestOf(token) },
      sendMagicLink: ({ token, metadata }) => (metadata as { take: (token: string) => void }).take(token),
    });
    return betterAuth({ ...settingsOf(options, isSecure), database: pool, plugins: [links] });
  };
  const library = () => (loading ??= load());
  return {
    async mint(email) {
      const { api } = await library();
      const { promise, resolve } = Promise.withResolvers<string>();
      await api.signInMagicLink({ body: { email, metadata: { take: resolve } }, headers: new Headers() });
      return promise;
    },
    async follow(token, headers) {
      const { api } = await library();
      // Only the browser's name passes: the cookie of an earlier sign-in has no say in this one.
      const known = new Headers({ 'user-agent': (headers.get('user-agent') ?? '').slice(0, 500) });
      try {
        const answer = await api.magicLinkVerify({ query: { token }, headers: known, returnHeaders: true });
        const { user, token: sessionToken } = answer.response;
        return { email: user.email, sessionToken, setCookies: answer.headers.getSetCookie() };
      } catch (error) {
        if (isRedirect(error)) return undefined;
        throw error;
      }
    },
    close: async () => pool?.end(),
  };
}

function settingsOf({ publicUrl, secret }: IdentityOptions, isSecure: boolean) {
  const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;
  return {
    baseURL: publicUrl,
    secret,
    user: { modelName: 'auth_users', fields: { emailVerified: 'email_verified', ...stamps } },
    session: {
      modelName: 'auth_sessions',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...stamps,
      },
      expiresIn: SIGN_IN_DAYS * 86_400,
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'auth_accounts',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...stamps,
      },
    },
    verification: { modelName: 'auth_verifications', fields: { expiresAt: 'expires_at', ...stamps } },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix,
      useSecureCookies: isSecure,
      ipAddress: { disableIpTracking: true },
      database: { validateSchema: false },
    },
  } as const;
}

/** The library answers a link that it does not know by redirecting. */
function isRedirect(error: unknown): boolean {
  return (error as { status?: unknown } | undefined)?.status === 'FOUND';
}
