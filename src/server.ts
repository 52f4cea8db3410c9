/** The composition root: opens what the pages need, joins it, and serves it on one port until it is closed. */
import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createApi } from './api.ts';
import { API_QUOTAS, type ApiQuotas } from './api-quotas.ts';
import { createApp } from './app.ts';
import type { Config } from './config.ts';
import { createCachedPages } from './cached-pages.ts';
import { createIdentity } from './domains/identity/sign-in.server.ts';
import { startSealer } from './domains/ledger/sealer.server.ts';
import { SOURCE_WORKER } from './domains/matching/solve.server.ts';
import { openTerritoryBook } from './domains/territory/territories.server.ts';
import type { Services } from './domains/territory/visit.ts';
import type { FillRandom } from './lib/ids.ts';
import { OperatorError } from './lib/operator-error.ts';
import { createJobs } from './platform/jobs/jobs.ts';
import { createMailer } from './platform/mail/mailer.ts';
import { openDatabase, withTerritory, type Database } from './platform/postgres/database.ts';
import { readAssets } from './platform/web/assets.ts';
import type { PageCache } from './platform/web/page-cache.ts';
import { createSite } from './site.tsx';
import { startWork } from './work.ts';

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Folder of the built client files; `dist/client` beside the server's bundle unless told. */
  readonly clientFolder?: string;
  /** The program of the thread that solves rounds: its source unless told. */
  readonly workerUrl?: URL;
  readonly now?: () => Temporal.Instant;
  /** How much programs may ask. */
  readonly apiQuotas?: ApiQuotas;
  /** Where lines for the operator go: one JSON object a line on the error stream unless told. */
  readonly log?: (line: Readonly<Record<string, unknown>>) => void;
}

const fillRandom: FillRandom = (bytes) => void crypto.getRandomValues(bytes);

/** Serves the instance behind `databaseUrl` (the owner's login; the application's sessions take its own role). */
export async function startServer(
  config: Config,
  databaseUrl: string,
  options: ServerOptions = {},
): Promise<RunningServer> {
  const { now = Temporal.Now.instant, log = writeLine, clientFolder = path.resolve('dist/client') } = options;
  const onFailure = (failure: unknown) =>
    log({ level: 'warning', message: failure instanceof Error ? (failure.stack ?? failure.message) : String(failure) });
  const database = openDatabase({ url: databaseUrl, onIdleError: (error) => onFailure(error.message) });
  const mailer = createMailer({
    database,
    smtpUrl: config.smtpUrl,
    from: config.mailFrom ?? `Terreau <ne-pas-repondre@${new URL(config.publicUrl).hostname}>`,
    now,
    fillRandom,
    onFailure,
  });
  const identity = createIdentity({
    publicUrl: config.publicUrl,
    secret: config.sessionSecret,
    databaseUrl,
    sendMail: mailer.send,
    now,
    onFailure,
  });
  const site = createSite({ assets: readAssets(clientFolder), publicOrigin: config.publicUrl });
  const territories = openTerritoryBook(database);
  const jobs = createJobs({ ownerUrl: databaseUrl, onFailure });
  const services: Services = {
    publicOrigin: new URL(config.publicUrl).origin,
    readLater: (territoryId, work) => withTerritory(database, territoryId, work, { readOnly: true }),
    sendMail: mailer.send,
    startJob: (name, data) => jobs.send(name, data),
  };
  const territory = { database, territories, services, site, identity, now, fillRandom, onFailure };
  const { publicUrl: publicOrigin } = config;
  const api = createApi({ territory, quotas: options.apiQuotas ?? API_QUOTAS, publicOrigin, log });
  const app = createApp({
    territory,
    instance: { database, identity, site, keepsMails: mailer.keepsMails, now, fillRandom },
    clientFolder,
    publicOrigin,
    log,
    isReady: () => answers(database),
  });
  const pages = createCachedPages({ database, territories, now });
  mailer.start();
  await startWork(config, { database, jobs, services, workerUrl: options.workerUrl ?? SOURCE_WORKER, now, onFailure });
  const sealer = startSealer({ database, now, onFailure });
  const server = await listen(byAddress(api.fetch, app.fetch, pages), config.port);
  return {
    port: server.port,
    async close() {
      await server.close();
      await sealer.stop();
      await jobs.stop();
      await identity.close();
      await mailer.close();
      await database.close();
    },
  };
}

function answers(database: Database): Promise<boolean> {
  return database.pool.query('select 1').then(
    () => true,
    () => false,
  );
}

type Fetch = (request: Request, env: object) => Response | Promise<Response>;

/** Programs have their own door; pages that anybody may read come from memory where they can. */
function byAddress(forPrograms: Fetch, forPeople: Fetch, pages: PageCache): Fetch {
  return (request, env) =>
    isForPrograms(request.url)
      ? forPrograms(request, env)
      : pages.answer(request, async (asked) => forPeople(asked, env));
}

function isForPrograms(url: string): boolean {
  return url.startsWith('/api/', url.indexOf('/', 8));
}

async function listen(fetch: Fetch, port: number): Promise<RunningServer> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port }, (info: AddressInfo) => {
      resolve({
        port: info.port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            // Connections kept alive by browsers would hold the end back.
            if ('closeIdleConnections' in server) server.closeIdleConnections();
            setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 2000).unref();
          }),
      });
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new OperatorError(`Port ${port} is taken by another program: stop it, or choose another with PORT.`)
          : error,
      );
    });
  });
}

function writeLine(line: Readonly<Record<string, unknown>>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
}
