/**
 * How the API answers: JSON with its ETag, problems with their type, links to the pages of a list before and after.
 * Must always hold: the same content has the same ETag; nothing is kept by a cache that others share.
 */
import { hash } from 'node:crypto';
import type { Context } from 'hono';
import type { Locale } from './i18n/locale.ts';
import { PROBLEM_TYPE, problemOf, type ProblemFacts, type ProblemKind } from './platform/web/problem.ts';
import type { TwinLinks } from './platform/web/twin.ts';
import { preferred } from './request.ts';

/** Read or done; added; taken, and waiting for somebody's agreement. */
export type AnswerStatus = 200 | 201 | 202;

const JSON_TYPE = 'application/json; charset=utf-8';

/** `links` are addresses of pages, which their twins answer. */
export function apiAnswer(context: Context, body: string, links: TwinLinks = {}, status: AnswerStatus = 200): Response {
  const etag = `"${hash('sha1', body, 'base64url')}"`;
  const link = Object.entries(links).map(
    ([name, href]) => `</api${String(href)}>; rel="${name === 'previous' ? 'prev' : name}"`,
  );
  return sendJson(context, body, { etag, ...(link.length > 0 && { link: link.join(', ') }) }, status);
}

/** JSON under an ETag of one's own. */
export function sendJson(
  context: Context,
  body: string,
  headers: Readonly<Record<string, string>> & { readonly etag: string },
  status: AnswerStatus = 200,
): Response {
  for (const [name, value] of Object.entries(headers)) context.header(name, value);
  context.header('cache-control', 'private, no-cache');
  context.header('vary', 'Authorization, Accept-Language');
  if (status === 200 && context.req.method === 'GET' && matches(context.req.header('if-none-match'), headers.etag))
    return context.body(null, 304);
  context.header('content-type', JSON_TYPE);
  return context.body(body, status);
}

/** The version and a digest: what a change needs, and whether anything shown has changed. */
export function versionTag(version: number, body: string): string {
  return `"${version}-${hash('sha1', body, 'base64url').slice(0, 16)}"`;
}

export function apiProblem(context: Context, kind: ProblemKind, facts: ProblemFacts = {}): Response {
  const problem = problemOf(kind, localeOfProgram(context), facts);
  if (kind === 'unknown-token') {
    context.header('www-authenticate', 'Bearer error="invalid_token"');
    (context.get('wrongToken' as never) as (() => void) | undefined)?.();
  }
  if (kind === 'not-signed-in') context.header('www-authenticate', 'Bearer');
  if (kind === 'scope-missing')
    context.header('www-authenticate', `Bearer error="insufficient_scope", scope="${String(facts.facts?.['scope'])}"`);
  context.header('cache-control', 'no-store');
  context.header('content-type', PROBLEM_TYPE);
  return context.body(JSON.stringify(problem), problem.status as 400);
}

/** `?lang=`, else what the program would rather read, else French; nothing is remembered. */
export function localeOfProgram(context: Context): Locale {
  const asked = context.req.query('lang');
  return asked === 'fr' || asked === 'en' ? asked : preferred(context.req.header('accept-language') ?? '');
}

/** RFC 9110: tags are compared weakly when somebody asks whether theirs is still good. */
export function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  const bare = etag.replace(/^W\//u, '');
  return header.split(',').some((tag) => tag.trim().replace(/^W\//u, '') === bare);
}
