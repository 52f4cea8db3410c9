/**
 * The API: what every request of a program passes through, under `/api/`.
 *
 * Must always hold: a cookie says nothing here, so that any site may ask for what is public, and nobody's browser can be
 * made to act; who asks more than their share is refused before the database hears of it; every refusal is a problem
 * with a type; a token is neither logged nor answered.
 */
import { hash } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { cors } from 'hono/cors';
import { routeNewOrganisation, routeOneOrganisation } from './api-organisations.ts';
import { apiAnswer, apiProblem, localeOfProgram } from './api-answers.ts';
import type { ApiQuotas } from './api-quotas.ts';
import { answerTwinGet, answerTwinPost, tokenOf } from './api-requests.ts';
import { routeWhoAmI } from './api-who-am-i.ts';
import { placeOf } from './domains/identity/rate-limit.server.ts';
import { createRateLimit, limitHeaders, type RateLimit } from './platform/web/rate-limit.ts';
import { clientAddressOf, drainBody } from './request.ts';
import { organisationPage } from './domains/observatory/pages/organisation.tsx';
import { openApi } from './openapi.ts';
import { territoryPages } from './routes.ts';
import type { TerritoryRequests } from './territory-requests.ts';

export interface ApiOptions {
  readonly territory: TerritoryRequests;
  readonly quotas: ApiQuotas;
  readonly publicOrigin: string;
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
}

/** What resources take beside the twins of their pages. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  '/:territory/organisations': ['POST'],
  '/:territory/organisations/:organisation': ['PUT'],
};

const BODY_BYTES = 256 * 1024;

export function createApi(options: ApiOptions): Hono {
  const api = new Hono();
  const limit = createRateLimit();
  api.use(async (context, next) => {
    await next();
    context.header('x-content-type-options', 'nosniff');
    context.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    context.header('referrer-policy', 'no-referrer');
  });
  api.use(
    cors({
      origin: '*',
      allowMethods: ['GET', 'HEAD', 'POST', 'PUT'],
      allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match'],
      exposeHeaders: ['etag', 'link', 'location', 'ratelimit', 'ratelimit-policy', 'retry-after'],
      maxAge: 86_400,
    }),
  );
  api.use(compress({ threshold: 1024 }));
  api.use((context, next) => {
    const refusal = refuseTooMany(context, options, limit);
    return refusal === undefined ? next() : Promise.resolve(refusal);
  });
  api.use((context, next) =>
    context.req.path.includes('\u0000') ? Promise.resolve(apiProblem(context, 'not-found')) : next(),
  );
  const contracts = new Map<string, string>();
  api.get('/api/openapi.json', (context) => {
    const locale = localeOfProgram(context);
    const contract = contracts.get(locale) ?? JSON.stringify(openApi(locale, options.publicOrigin, territoryPages));
    contracts.set(locale, contract);
    return apiAnswer(context, contract);
  });
  routeNewOrganisation(api, options.territory, limitBody());
  routeWhoAmI(api, options.territory);
  api.all('/api/:territory/moi', (context) => refuseMethod(context, ['GET', 'HEAD']));
  for (const page of territoryPages) {
    if (page.twin === undefined) continue;
    if (page === organisationPage) routeOneOrganisation(api, options.territory, limitBody());
    const path = `/api${page.path}`;
    const methods = [
      ...(page.twin.response ? ['GET', 'HEAD'] : []),
      ...(page.actions ? ['POST'] : []),
      ...(ALSO[page.path] ?? []),
    ];
    if (page.twin.response) api.get(path, (context) => answerTwinGet(options.territory, page, context));
    if (page.actions)
      api.post(path, limitBody(page.maxBodyBytes), (context) => answerTwinPost(options.territory, page, context));
    api.all(path, (context) => refuseMethod(context, methods));
  }
  api.notFound((context) => apiProblem(context, 'not-found'));
  api.onError((error, context) => {
    const request = crypto.randomUUID();
    options.log({ level: 'error', request, path: context.req.path, error: error.stack ?? String(error) });
    return apiProblem(context, 'broken', { facts: { request } });
  });
  return api;
}

export function limitBody(maxSize = BODY_BYTES) {
  return bodyLimit({
    maxSize,
    onError: async (context) => {
      await drainBody(context);
      return apiProblem(context, 'too-large', { facts: { bytes: maxSize } });
    },
  });
}

export function refuseMethod(context: Context, methods: readonly string[]): Response {
  context.header('allow', methods.join(', '));
  return apiProblem(context, 'method-not-allowed', { facts: { methods: methods.join(', ') } });
}

/** Counts the request against its token, or against the place it comes from. */
function refuseTooMany(context: Context, { quotas, territory }: ApiOptions, limit: RateLimit): Response | undefined {
  const now = territory.now().epochMilliseconds;
  const token = tokenOf(context);
  const place = placeOf(clientAddressOf(context));
  const wrong = token === undefined ? undefined : limit.take(quotas.wrongTokens, place, now, 0);
  const verdict =
    wrong !== undefined && wrong.remaining < 1
      ? { ...wrong, isAllowed: false }
      : token === undefined
        ? limit.take(quotas.anonymous, place, now)
        : limit.take(quotas.token, hash('sha256', token, 'base64url'), now);
  for (const [name, value] of Object.entries(limitHeaders(verdict))) context.header(name, value);
  if (!verdict.isAllowed) return apiProblem(context, 'too-many-requests', { facts: { seconds: verdict.seconds } });
  // Counted only once it is known that the token opens nothing.
  context.set('wrongToken' as never, (() => limit.take(quotas.wrongTokens, place, now)) as never);
  return undefined;
}
