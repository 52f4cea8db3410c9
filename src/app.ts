/**
 * Everything that a request passes through, from the first header to the page: one Hono application on one port.
 *
 * Must always hold: every answer carries the security headers; a form is taken only from our own pages; a body is no
 * larger than its page allows; an error that nobody expected is logged with the request's id and shown as a sentence.
 */
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import { HTTPException } from 'hono/http-exception';
import { csrf } from 'hono/csrf';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { trimTrailingSlash } from 'hono/trailing-slash';
import { answerInstanceGet, answerInstancePost, type InstanceRequests } from './instance-requests.ts';
import { drainBody, ownPath, rememberTheme } from './request.ts';
import { instancePages, territoryPages } from './routes.ts';
import speculationRules from './ui/speculation-rules.json' with { type: 'json' };
import { answerGet, answerNowhere, answerPost, type TerritoryRequests } from './territory-requests.ts';

const FORM_BYTES = 256 * 1024;
const YEAR_SECONDS = 365 * 24 * 60 * 60;

export interface AppOptions {
  readonly territory: TerritoryRequests;
  readonly instance: InstanceRequests;
  /** Folder of the built client files. */
  readonly clientFolder: string;
  readonly publicOrigin: string;
  readonly log: (line: Readonly<Record<string, unknown>>) => void;
  /** Whether pages can be served. */
  isReady(): Promise<boolean>;
}

export function createApp(options: AppOptions): Hono {
  const app = new Hono();
  app.use(requestId());
  app.use(trimTrailingSlash());
  app.use(headersOf(options.publicOrigin));
  app.use(compress({ threshold: 1024 }));
  app.get('/health', async (context) => {
    const ready = await options.isReady();
    return context.text(ready ? 'ok' : 'starting', ready ? 200 : 503);
  });
  app.use(
    '/assets/*',
    serveStatic({
      root: options.clientFolder,
      precompressed: true,
      onFound: (_path, context) => context.header('cache-control', `public, max-age=${YEAR_SECONDS}, immutable`),
    }),
  );
  app.get('/favicon.ico', (context) => context.redirect('/favicon.svg', 301));
  app.get(
    '/favicon.svg',
    serveStatic({
      root: options.clientFolder,
      precompressed: true,
      onFound: (_path, context) => context.header('cache-control', 'public, max-age=86400'),
    }),
  );
  app.get('/robots.txt', async (context) => {
    const maps = (await options.territory.territories.all()).map(
      ({ slug }) => `Sitemap: ${options.publicOrigin}/${slug}/sitemap.xml\n`,
    );
    return context.text(`User-agent: *\nDisallow: /api/\nDisallow: /connexion\n${maps.join('')}`);
  });
  app.get('/speculation-rules.json', (context) =>
    context.body(JSON.stringify(speculationRules), 200, {
      'content-type': 'application/speculationrules+json',
      'cache-control': 'public, max-age=86400',
    }),
  );
  app.use(
    csrf({
      origin: (origin, context) => origin === options.publicOrigin || origin === new URL(context.req.url).origin,
    }),
  );
  // No text in the database holds U+0000: no address that has one leads anywhere.
  app.use((context, next) =>
    context.req.path.includes('\u0000') ? answerNowhere(options.territory, context) : next(),
  );
  app.post('/apparence', bodyLimit({ maxSize: 4096 }), setAppearance);
  routePages(app, options);
  app.notFound((context) => answerNowhere(options.territory, context));
  app.onError((error, context) => {
    if (error instanceof HTTPException && error.status === 403) return options.territory.site.foreignForm(context);
    options.log({
      level: 'error',
      request: context.get('requestId' as never),
      path: context.req.path,
      error: error.stack ?? String(error),
    });
    return options.territory.site.broken(context);
  });
  return app;
}

function routePages(app: Hono, options: AppOptions): void {
  const tooLarge = async (context: Context) => {
    await drainBody(context);
    return options.territory.site.tooLarge(context);
  };
  for (const page of instancePages) {
    app.get(page.path, (context) => answerInstanceGet(options.instance, page, context));
    if (page.actions === undefined) continue;
    app.post(page.path, bodyLimit({ maxSize: page.maxBodyBytes ?? FORM_BYTES, onError: tooLarge }), (context) =>
      answerInstancePost(options.instance, page, context),
    );
  }
  for (const page of territoryPages) {
    app.get(page.path, (context) => answerGet(options.territory, page, context));
    if (page.actions === undefined) continue;
    app.post(page.path, bodyLimit({ maxSize: page.maxBodyBytes ?? FORM_BYTES, onError: tooLarge }), (context) =>
      answerPost(options.territory, page, context),
    );
  }
}

async function setAppearance(context: Context): Promise<Response> {
  const body = await context.req.parseBody();
  rememberTheme(context, String(body['theme'] ?? ''));
  return context.redirect(ownPath(String(body['returnTo'] ?? '/')), 303);
}

function headersOf(publicOrigin: string) {
  const secure = publicOrigin.startsWith('https:');
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    strictTransportSecurity: secure ? 'max-age=31536000; includeSubDomains' : false,
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  });
}
