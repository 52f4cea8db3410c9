/**
 * Reads the session's token from the cookie that better-auth set: `token.signature`, the signature being
 * HMAC-SHA-256 in base64 under the instance's secret. Reading it here spares a request the whole library;
 * `sign-in.server.test.ts` proves that both agree.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

const COOKIE_PREFIX = 'terreau';
const LONGEST_HEADER = 16_384;

/** `__Secure-` binds the cookie to https: a browser refuses it from anywhere else. */
export function sessionCookieName(isSecure: boolean): string {
  return `${isSecure ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`;
}

/** The prefix as better-auth wants it, which adds the rest of the name. */
export const cookiePrefix = COOKIE_PREFIX;

/** The token whose signature holds, or undefined. */
export function readSessionToken(headers: Headers, cookieName: string, secret: string): string | undefined {
  const value = cookieValue(headers.get('cookie') ?? '', cookieName);
  const dot = value?.lastIndexOf('.') ?? -1;
  if (value === undefined || dot < 1) return undefined;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1), 'base64');
  const right = createHmac('sha256', secret).update(token).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? token : undefined;
}

function cookieValue(header: string, name: string): string | undefined {
  if (header.length > LONGEST_HEADER) return undefined;
  const pair = header.split(';').find((part) => part.trim().startsWith(`${name}=`));
  if (pair === undefined) return undefined;
  try {
    return decodeURIComponent(pair.slice(pair.indexOf('=') + 1).trim());
  } catch {
    return undefined; // Not a value that we wrote.
  }
}
