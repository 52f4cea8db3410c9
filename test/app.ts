/**
 * The whole program for journeys: the real server on a free port, over a throw-away database that
 * holds the demonstration territory, with the client files of the real build.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from '../scripts/build.ts';
import type { Config } from '../src/config.ts';
import { loadDemonstration } from '../src/demonstration/load.ts';
import { startServer } from '../src/server.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';

const CLIENT_FOLDER = path.resolve(import.meta.dirname, '../dist/client');

export interface TestApp {
  /** http://localhost:port, without a slash at the end. */
  readonly baseUrl: string;
  readonly test: TestDatabase;
  /** What the server wrote for its operator; journeys expect no line of level "error". */
  readonly logged: readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** An SMTP server for mails; without it the demonstration shows them on a page. */
  readonly smtpUrl?: string;
  /** The clock of the server and the day on which the demonstration was loaded. */
  readonly now?: () => Temporal.Instant;
  /** Programs may ask as much as they like. */
  readonly isGenerous?: boolean;
}

const GENEROUS = { name: 'generous', most: 1_000_000, windowSeconds: 1 };

/** Starts the program; close it in `after`. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { now = Temporal.Now.instant, smtpUrl, isGenerous = false } = options;
  if (!existsSync(CLIENT_FOLDER)) await build();
  const test = await openTestDatabase();
  await loadDemonstration(test.database, { now: now() });
  const port = await findFreePort();
  const config: Config = {
    port,
    smtpUrl,
    dataFolder: path.resolve('test-results'),
    databaseUrl: test.url,
    publicUrl: `http://localhost:${port}`,
    sessionSecret: randomBytes(32).toString('hex'),
  };
  const logged: Readonly<Record<string, unknown>>[] = [];
  const server = await startServer(config, test.url, {
    clientFolder: CLIENT_FOLDER,
    now,
    ...(isGenerous && { apiQuotas: { anonymous: GENEROUS, token: GENEROUS, wrongTokens: GENEROUS } }),
    log: (line) => void logged.push(line),
  });
  return {
    baseUrl: config.publicUrl,
    test,
    logged,
    async close() {
      await server.close();
      await test.close();
    },
  };
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
