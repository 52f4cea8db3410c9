/**
 * `npm start`: from the settings to an answered page. Builds and prepares the database side by side,
 * brings the structure up to date, fills an empty instance with the demonstration, serves.
 *
 * Ctrl-C or SIGTERM ends the requests in hand, then the server, then PostgreSQL; a second one ends at once.
 */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import pg from 'pg';
import { readConfig, type Config } from '../src/config.ts';
import { demonstrationPersonas, type PersonaSlug } from '../src/domains/identity/personas.ts';
import { OperatorError } from '../src/lib/operator-error.ts';
import { openDatabase } from '../src/platform/postgres/database.ts';
import { startEmbeddedPostgres } from '../src/platform/postgres/embedded.ts';
import { migrate } from '../src/platform/postgres/migrate.ts';
import type { startServer as StartServer } from '../src/server.ts';
import { build } from './build.ts';
import { runCommand } from './command.ts';

const PROJECT = path.resolve(import.meta.dirname, '..');
const SERVER = path.join(PROJECT, 'dist/server/server.js');
const SOLVE_WORKER = path.join(PROJECT, 'dist/server/solve-worker.js');
const DEMONSTRATION = path.join(PROJECT, 'src/demonstration/load.ts');
const SAME_SIGNAL_MS = 500;

const PARTS: Readonly<Record<PersonaSlug, string>> = {
  equipe: 'programme team',
  startup: 'founder of a startup',
  partenaire: 'company partner',
  administration: 'administrator',
  membre: 'member of a startup',
  expert: 'expert',
  financeur: 'public funder',
  comite: 'committee member',
};

/** What was started: ended in the opposite order. */
const started: (() => Promise<void>)[] = [];
let stopRequestedAt: number | undefined;
let ending: Promise<void> | undefined;

// A reader that left (`npm start | head`) is no reason to end.
process.stdout.on('error', () => {});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, requestStop);
await runCommand(start);
if (process.exitCode) await end(1);

async function start(): Promise<void> {
  const config = await readConfig(process.env);
  process.chdir(PROJECT);
  await requireFreePort(config.port);
  const [databaseUrl] = await Promise.all([prepareDatabase(config), buildWhatChanged()]);
  const demonstration = await fillEmptyInstance(databaseUrl);
  const { startServer } = (await import(pathToFileURL(SERVER).href)) as {
    startServer: typeof StartServer;
  };
  const server = await startServer(config, databaseUrl, { workerUrl: pathToFileURL(SOLVE_WORKER) });
  started.push(() => server.close());
  if (stopRequestedAt !== undefined) return;
  const seconds = (performance.now() / 1000).toFixed(1);
  const answer = `Terreau answers at ${config.publicUrl} (ready in ${seconds} s, Ctrl-C stops it).`;
  console.log(demonstration ? answer + signIns(`${config.publicUrl}/${demonstration}/demonstration`) : answer);
}

/** Tried before anything slow; `startServer` says the same if another program takes the port meanwhile. */
async function requireFreePort(port: number): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject).listen(port, () => probe.close(() => resolve()));
  }).catch((error: NodeJS.ErrnoException) => {
    const reason =
      error.code === 'EACCES'
        ? `Port ${port} is reserved to the administrator of this machine: choose one above 1023 with PORT.`
        : `Port ${port} is taken by another program: stop it, or choose another with PORT.`;
    throw new OperatorError(reason, { cause: error });
  });
}

async function prepareDatabase({ dataFolder, databaseUrl }: Config): Promise<string> {
  const url = databaseUrl ?? (await startOwnDatabase(dataFolder));
  await migrate(url, path.join(PROJECT, 'db/migrations'));
  return url;
}

async function startOwnDatabase(folder: string): Promise<string> {
  const server = await startEmbeddedPostgres({
    folder,
    onFailure(error) {
      console.error(error.message);
      void end(1);
    },
  });
  started.push(() => server.stop());
  return server.url;
}

async function buildWhatChanged(): Promise<void> {
  await build().catch((error: Error) => {
    // The bundler draws the place with colours on many lines; `npm run build` shows it all.
    const [title = '', fault = title] = stripVTControlCharacters(error.message).split('\n').filter(Boolean);
    throw new OperatorError(`The build failed (npm run build says more): ${fault.trim()}`, { cause: error });
  });
}

/** The slug of the demonstration territory, when the instance has one. */
async function fillEmptyInstance(ownerUrl: string): Promise<string | undefined> {
  const before = await readTerritories(ownerUrl);
  if (before.length > 0 || !existsSync(DEMONSTRATION)) return demonstrationOf(before);
  console.log('Loading the demonstration territory…');
  const { loadDemonstration } = await import(pathToFileURL(DEMONSTRATION).href);
  const database = openDatabase({ url: ownerUrl, applicationName: 'terreau demonstration' });
  try {
    await loadDemonstration(database, { now: Temporal.Now.instant() });
  } finally {
    await database.close();
  }
  return demonstrationOf(await readTerritories(ownerUrl));
}

type Territory = { readonly slug: string; readonly is_demonstration: boolean };

async function readTerritories(ownerUrl: string): Promise<readonly Territory[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Territory>('select slug, is_demonstration from territories');
    return rows;
  } finally {
    await client.end();
  }
}

function demonstrationOf(territories: readonly Territory[]): string | undefined {
  return territories.find((territory) => territory.is_demonstration)?.slug;
}

function signIns(address: string): string {
  const lines = demonstrationPersonas.map(({ slug }) => `\n  ${PARTS[slug].padEnd(22)}${address}/${slug}`);
  return `\n\nSign in to the demonstration with one click:${lines.join('')}`;
}

/** Under npm one Ctrl-C arrives twice: from the terminal and passed on by npm. */
function requestStop(signal: NodeJS.Signals): void {
  const isSecond = stopRequestedAt !== undefined && Date.now() - stopRequestedAt > SAME_SIGNAL_MS;
  if (isSecond) process.exit(signal === 'SIGINT' ? 130 : 143);
  if (stopRequestedAt !== undefined) return;
  stopRequestedAt = Date.now();
  console.log('Stopping…');
  void end(0);
}

function end(code: number): Promise<void> {
  ending ??= endEverything().then(() => process.exit(code));
  return ending;
}

async function endEverything(): Promise<void> {
  for (const stop of started.toReversed()) {
    await stop().catch((error: unknown) => console.error(error));
  }
}
