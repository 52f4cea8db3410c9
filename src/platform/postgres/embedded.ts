/**
 * The PostgreSQL that comes with the program, in the data folder: started, shared, kept alive, stopped.
 *
 * Must always hold: however the last run ended (`kill -9` of this program or of PostgreSQL, a power
 * cut), the next start opens the data; several programs on one folder share one server, and the last
 * to leave stops it; a server that dies underneath is started again on the same port.
 *
 * Each program holds one connection for its whole life, with a shared advisory lock: that is how the
 * last to leave knows that it is the last, and how everybody notices at once that the server is gone.
 */
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { readSecret } from '../../config.ts';
import { OperatorError } from '../../lib/operator-error.ts';
import * as cluster from './embedded-cluster.ts';
import { chooseAccount, findPrograms } from './embedded-programs.ts';

type Cluster = cluster.Cluster;

export type EmbeddedOptions = {
  /** The data folder; the cluster lies in `postgres` inside it. */
  readonly folder: string;
  /** False for throw-away databases: faster, and lost when the machine crashes. */
  readonly isDurable?: boolean;
  /** Told when PostgreSQL died and could not be started again. */
  readonly onFailure?: (error: Error) => void;
};

export type EmbeddedPostgres = {
  /** Of the owner of everything, with the password: only for migrations and `openDatabase`. */
  readonly url: string;
  /** Whether the server ran already. */
  readonly isJoined: boolean;
  /** Stops the server unless another program uses it. */
  stop(): Promise<void>;
};

const DATABASE = 'terreau';
const KEEPER_LOCK = 0x7e88ea1;
const PATIENCE_MS = 60_000;
const RESTARTS_IN_A_ROW = 3;
const RECENTLY_MS = 60_000;

/** Throws an OperatorError, one sentence, when the server cannot be had. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const own = await describeCluster(options);
  const isNew = await cluster.ensureCluster(own);
  const password = readFileSync(own.passwordFile, 'utf8');
  const server = await reach(own, password);
  await ensureDatabase(server.keeper);
  if (isNew && own.isDurable) cluster.synchroniseLater(own);
  const supervision = supervise(own, password, server, options.onFailure ?? rethrow);
  return {
    url: addressOf(server.port, password, DATABASE),
    isJoined: server.child === undefined,
    stop: supervision.stop,
  };
}

/** `ref` and `unref` are missing from the driver's types. */
type Keeper = pg.Client & { ref(): void; unref(): void };

type Server = {
  readonly port: number;
  readonly keeper: Keeper;
  /** Absent when the server was started by another program. */
  readonly child: ChildProcess | undefined;
};

async function describeCluster({ folder, isDurable = true }: EmbeddedOptions): Promise<Cluster> {
  const dataFolder = path.resolve(folder);
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const clusterFolder = path.join(dataFolder, 'postgres');
  const passwordFile = path.join(dataFolder, 'postgres-password');
  if (existsSync(clusterFolder) && !existsSync(passwordFile)) {
    throw new OperatorError(
      `The file ${passwordFile} is missing, and without it the database beside it cannot be opened: restore it from a backup.`,
    );
  }
  await readSecret(passwordFile);
  const account = chooseAccount(clusterFolder);
  return {
    folder: clusterFolder,
    programs: findPrograms(dataFolder, account),
    account,
    passwordFile,
    logFile: path.join(dataFolder, 'postgres.log'),
    isDurable,
  };
}

/** Joins the server that runs on the folder, or starts one; waits for one that is on its way up or down. */
async function reach(own: Cluster, password: string, preferredPort?: number): Promise<Server> {
  const deadline = Date.now() + PATIENCE_MS;
  let port = preferredPort ?? (await freePort());
  let failure = '';
  while (Date.now() < deadline) {
    const postmaster = cluster.readPostmaster(own);
    if (postmaster && cluster.isRunning(own, postmaster)) {
      const keeper = await join(postmaster, password);
      if (keeper) return { port: postmaster.port, keeper, child: undefined };
      await pause(50);
      continue;
    }
    const child = cluster.launch(own, port);
    const keeper = await awaitReady(own, password, child, deadline);
    if (keeper) return { port, keeper, child };
    failure = explainFailure(own);
    if (/could not create any TCP/.test(failure)) port = await freePort();
    else if (/lock file/.test(failure)) removeStaleLock(own);
    else if (!/pre-existing shared memory/.test(failure)) break;
    await pause(50);
  }
  throw new OperatorError(
    `The embedded PostgreSQL does not start on ${own.folder}: ${failure || 'the server that runs there does not answer'}.`,
  );
}

/** The keeper once the child answers; undefined when the child ended first. */
async function awaitReady(
  own: Cluster,
  password: string,
  child: ChildProcess,
  deadline: number,
): Promise<Keeper | undefined> {
  const ended = new AbortController();
  child.on('exit', () => ended.abort()).on('error', () => ended.abort());
  while (!ended.signal.aborted && Date.now() < deadline) {
    const postmaster = cluster.readPostmaster(own);
    if (postmaster && postmaster.pid === child.pid && postmaster.status === 'ready')
      return connectKeeper(postmaster.port, password);
    await pause(5);
  }
  return undefined;
}

function removeStaleLock(own: Cluster): void {
  const postmaster = cluster.readPostmaster(own);
  if (postmaster && !cluster.isRunning(own, postmaster)) cluster.removeLock(own);
}

async function join({ port, status }: cluster.Postmaster, password: string): Promise<Keeper | undefined> {
  return status === 'ready' ? connectKeeper(port, password).catch(() => undefined) : undefined;
}

async function connectKeeper(port: number, password: string): Promise<Keeper> {
  const keeper = new pg.Client({
    connectionString: addressOf(port, password, 'postgres'),
    application_name: 'terreau keeper',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  }) as Keeper;
  keeper.on('error', () => {}); // `end` follows, and is what counts.
  await keeper.connect();
  await keeper.query('select pg_advisory_lock_shared($1)', [KEEPER_LOCK]);
  return keeper;
}

async function ensureDatabase(keeper: pg.Client): Promise<void> {
  const { rowCount } = await keeper.query('select from pg_database where datname = $1', [DATABASE]);
  if (rowCount) return;
  await keeper.query(`create database ${DATABASE}`).catch((error: { code?: string }) => {
    if (error.code !== '42P04' && error.code !== '23505') throw error; // Another program was faster.
  });
}

function supervise(
  own: Cluster,
  password: string,
  first: Server,
  onFailure: (error: Error) => void,
): { stop(): Promise<void> } {
  let server = first;
  let isStopping = false;
  let recovery: Promise<void> = Promise.resolve();
  const deaths: number[] = [];

  const watch = () => {
    server.keeper.unref(); // A program that has nothing else to do may end.
    server.keeper.once('end', () => {
      recovery = recover();
    });
  };
  const recover = async () => {
    if (isStopping) return;
    deaths.push(Date.now());
    const recent = deaths.filter((time) => time > Date.now() - RECENTLY_MS);
    try {
      if (recent.length > RESTARTS_IN_A_ROW)
        throw new OperatorError(`The embedded PostgreSQL keeps dying: ${explainFailure(own)}.`);
      server = await reach(own, password, server.port);
      watch();
    } catch (error) {
      if (!isStopping) onFailure(error as Error);
    }
  };
  // The last resort of a process that ends without stop(): without it PostgreSQL would stay behind.
  const onExit = () => {
    if (server.child?.pid !== undefined && server.child.exitCode === null)
      cluster.requestStop(own, { pid: server.child.pid });
  };

  watch();
  process.once('exit', onExit);
  return {
    async stop() {
      if (isStopping) return;
      isStopping = true;
      process.off('exit', onExit);
      await recovery; // A server that was just coming back is the one to leave.
      server.keeper.ref();
      if (await isLast(server.keeper)) await end(own);
      await server.keeper.end().catch(() => {});
    },
  };
}

/** Exactly one of several programs that leave together gets the exclusive lock. */
async function isLast(keeper: pg.Client): Promise<boolean> {
  try {
    await keeper.query('select pg_advisory_unlock_shared($1)', [KEEPER_LOCK]);
    const { rows } = await keeper.query<{ is_last: boolean }>('select pg_try_advisory_lock($1) as is_last', [
      KEEPER_LOCK,
    ]);
    return rows[0]?.is_last ?? false;
  } catch {
    return true; // The server is gone or going: ending what remains is right.
  }
}

async function end(own: Cluster): Promise<void> {
  const postmaster = cluster.readPostmaster(own);
  if (!postmaster || !cluster.isRunning(own, postmaster)) return;
  cluster.requestStop(own, postmaster);
  const deadline = Date.now() + PATIENCE_MS;
  while (cluster.isRunning(own, postmaster) && Date.now() < deadline) await pause(10);
}

function explainFailure(own: Cluster): string {
  const log = existsSync(own.logFile) ? readFileSync(own.logFile, 'utf8') : '';
  const line =
    log
      .split('\n')
      .findLast((line) => /FATAL|PANIC|error while loading/.test(line) && !/terminating connection/.test(line)) ?? '';
  return line.replace(/^.*?(FATAL|PANIC): +/, '').replace(/\.$/, '') || `see ${own.logFile}`;
}

function addressOf(port: number, password: string, database: string): string {
  return `postgres://${cluster.EMBEDDED_LOGIN}:${password}@127.0.0.1:${port}/${database}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function rethrow(error: Error): never {
  throw error;
}
