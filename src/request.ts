/** What a request says beside its address: language, theme, the notice left by the page before. */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { isIP } from 'node:net';
import type { Locale } from './i18n/locale.ts';

export type FormBody = Readonly<Record<string, string | File | (string | File)[]>>;
export type Theme = 'auto' | 'light' | 'dark';

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const NOTICE_LENGTH = 300;

/** `?lang=` decides and is remembered; else what was chosen before; else what the browser prefers; else French. */
export function localeOf(context: Context): Locale {
  const asked = context.req.query('lang');
  if (asked === 'fr' || asked === 'en') {
    if (!isPrefetch(context))
      setCookie(context, 'lang', asked, { path: '/', maxAge: YEAR_SECONDS, sameSite: 'Lax', httpOnly: true });
    return asked;
  }
  const chosen = getCookie(context, 'lang');
  if (chosen === 'fr' || chosen === 'en') return chosen;
  return preferred(context.req.header('accept-language') ?? '');
}

/** The address that was asked for, without the sign that no text in PostgreSQL may hold. */
export function askedUrl(context: Context): URL {
  return new URL(context.req.url.replaceAll('%00', ''));
}

/** What a form sent; a body that is no form holds no fields. */
export async function readBody(context: Context): Promise<FormBody> {
  try {
    return await context.req.parseBody({ all: true });
  } catch (error) {
    if (error instanceof TypeError) return {};
    throw error;
  }
}

const DRAINED_BYTES = 64 * 1024 * 1024;

/** Reads a refused body to its end: a browser that is still sending hears the answer instead of a broken line. */
export async function drainBody(context: Context): Promise<void> {
  const { body } = context.req.raw;
  if (body === null || body.locked) return;
  let count = 0;
  for await (const chunk of body) {
    count += chunk.length;
    if (count > DRAINED_BYTES) return;
  }
}

export function themeOf(context: Context): Theme {
  const chosen = getCookie(context, 'theme');
  return chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
}

export function rememberTheme(context: Context, theme: string): void {
  setCookie(context, 'theme', theme === 'light' || theme === 'dark' ? theme : 'auto', {
    path: '/',
    maxAge: YEAR_SECONDS,
    sameSite: 'Lax',
    httpOnly: true,
  });
}

/** The sentence that the act before left for this page: shown once. */
export function takeNotice(context: Context): string | undefined {
  const notice = getCookie(context, 'notice');
  // A page that is only fetched ahead may never be seen: the sentence waits for one that is.
  if (notice === undefined || isPrefetch(context)) return undefined;
  deleteCookie(context, 'notice', { path: '/' });
  return notice.slice(0, NOTICE_LENGTH);
}

export function leaveNotice(context: Context, sentence: string): void {
  setCookie(context, 'notice', sentence.slice(0, NOTICE_LENGTH), {
    path: '/',
    maxAge: 60,
    sameSite: 'Lax',
    httpOnly: true,
  });
}

/** A path of this site to come back to; anything that leads elsewhere becomes `/`. */
export function ownPath(value: string | undefined): string {
  if (value === undefined || !value.startsWith('/') || value.startsWith('//') || /[\\\u0000-\u001f]/u.test(value))
    return '/';
  const address = new URL(value, 'http://own.invalid');
  return address.origin === 'http://own.invalid' ? address.pathname + address.search : '/';
}

/** The browser fetches ahead of a click that may not come: nothing is remembered of it. */
function isPrefetch(context: Context): boolean {
  return context.req.header('sec-purpose')?.includes('prefetch') ?? false;
}

/** French or English, whichever a browser or a program would rather read. */
export function preferred(header: string): Locale {
  const ranked = header
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';');
      const quality = Number(
        rest
          .find((piece) => piece.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? '1',
      );
      return { language: tag.slice(0, 2), quality: Number.isNaN(quality) ? 0 : quality };
    })
    .filter(({ language, quality }) => quality > 0 && (language === 'fr' || language === 'en'))
    .toSorted((a, b) => b.quality - a.quality);
  return ranked[0]?.language === 'en' ? 'en' : 'fr';
}

/** The machine that asks. A proxy on this machine is believed when it says for whom it asks; nobody else is. */
export function clientAddressOf(context: Context): string {
  const peer = getConnInfo(context).remote.address ?? 'unknown';
  if (!LOOPBACK.test(peer)) return peer;
  const told = context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return isIP(told) === 0 ? peer : told;
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/u;
