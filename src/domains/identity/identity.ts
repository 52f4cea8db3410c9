/**
 * What the rest of the house knows of credentials: who is signed in on this browser, and how one signs in by mail.
 * `sign-in.server.ts` makes it; pages receive it through their visit.
 *
 * Must always hold: a link works once, for fifteen minutes, and only when its button is pressed (mail scanners open
 * links); what a link request answers does not depend on whether the address is known; a closed sign-in is closed
 * from the very next request.
 */
import type { Locale } from '../../i18n/translator.ts';
import type { Result } from '../../lib/result.ts';

export const LINK_MINUTES = 15;
/** A sign-in lasts so long at most… */
export const SIGN_IN_DAYS = 90;
/** …and ends sooner when nobody uses it. */
export const IDLE_DAYS = 30;

export interface SignedIn {
  /** Of the credentials, not of a person in a territory. */
  readonly userId: string;
  readonly email: string;
  readonly sessionId: string;
}

export interface LinkRequest {
  readonly email: string;
  /** Where the person wanted to go; anything but a path of this site is dropped. */
  readonly returnTo: string | undefined;
  readonly locale: Locale;
  /** Of the machine that asks, for the limit on one place. */
  readonly clientAddress: string;
}

export interface StartedSession {
  readonly email: string;
  /** `Set-Cookie` values for the answer. */
  readonly setCookies: readonly string[];
}

/** One browser on which somebody is signed in. */
export interface SignIn {
  readonly id: string;
  readonly userAgent: string | null;
  readonly since: Temporal.Instant;
  /** To the hour. */
  readonly lastUsed: Temporal.Instant;
}

/** Of one person; a phone, a computer, a key in a drawer. */
export const MOST_PASSKEYS = 20;

/** A key on one of somebody's devices. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  readonly since: Temporal.Instant;
  readonly lastUsed: Temporal.Instant | null;
}

export type PasskeyRefusal = 'not-answered' | 'too-many-passkeys' | 'passkey-known';

/** `facts.minutes`: how long until the next try. */
export type TooMany = 'too-many-requests';

export interface Identity {
  /** Who is signed in on the browser that sent these headers: one indexed query, none without the cookie. */
  signedInUser(headers: Headers): Promise<SignedIn | undefined>;
  /** Sends a link when the address is known; says nothing of whether it did. */
  requestLink(request: LinkRequest): Promise<Result<undefined, TooMany>>;
  /** For whom a link is, without using it; undefined once used or too old. */
  addressOfLink(token: string): Promise<string | undefined>;
  /** Uses the link: the first press signs in and closes what this browser had open, the second finds nothing. */
  followLink(token: string, headers: Headers): Promise<StartedSession | undefined>;
  /** What a browser asks of its keys: of those of `user` to make another, of any to sign in. Plain JSON. */
  passkeyQuestion(user: SignedIn | undefined): Promise<object>;
  /** Signs in by what a key answered; all that is wrong with it is one refusal. */
  followPasskey(
    answer: unknown,
    headers: Headers,
    clientAddress: string,
  ): Promise<Result<StartedSession, TooMany | 'not-answered'>>;
  addPasskey(user: SignedIn, name: string, answer: unknown): Promise<Result<undefined, PasskeyRefusal>>;
  /** The newest first. */
  listPasskeys(userId: string): Promise<readonly Passkey[]>;
  /** False when this user has no such key; so for taking it away. */
  renamePasskey(userId: string, id: string, name: string): Promise<boolean>;
  removePasskey(userId: string, id: string): Promise<boolean>;
  /** Signs in without a mail, for the demonstration alone: its page checks that. */
  startDemonstrationSession(email: string, headers: Headers): Promise<StartedSession>;
  /** Closes this browser's sign-in; the values take its cookie away. */
  signOut(headers: Headers): Promise<readonly string[]>;
  /** Open sign-ins, the last used first. */
  listSignIns(userId: string): Promise<readonly SignIn[]>;
  /** False when there was no such sign-in of this user. */
  closeSignIn(userId: string, sessionId: string): Promise<boolean>;
  /** How many were closed. */
  closeOtherSignIns(userId: string, keptSessionId: string): Promise<number>;
  /** The whole address of the sign-in page, for a mail: it leads to `returnTo`, a path of this site. */
  signInAddress(returnTo: string): string;
  /** Resolves once what was set going after an answer has ended. */
  settled(): Promise<void>;
}
