/**
 * One cluster of the embedded PostgreSQL on disk: made, found running, launched, ended.
 *
 * Must always hold: a folder that is called `postgres` is a whole cluster (it is made under another
 * name and renamed); passwords are asked for (scram-sha-256), connections come from this machine
 * only; what a transaction committed survives a crash.
 *
 * As root, PostgreSQL runs under another user, who may not be able to walk down to the folder (under
 * /root, mode 700). A process may always stay in the folder in which it was started, and on Linux
 * `/proc/self/cwd` is a way to it that passes through no parent: that is the path which PostgreSQL gets.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, openSync, closeSync, readFileSync } from 'node:fs';
import { readdirSync, readlinkSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { statSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { OperatorError } from '../../lib/operator-error.ts';
import { programPath, type Account } from './embedded-programs.ts';

export const EMBEDDED_LOGIN = 'terreau';

export type Cluster = {
  /** The folder of the cluster itself, `<data folder>/postgres`. */
  readonly folder: string;
  readonly programs: string;
  readonly account: Account;
  /** A file that holds nothing but the password of the login. */
  readonly passwordFile: string;
  readonly logFile: string;
  /** False for tests only: nothing waits for the disk. */
  readonly isDurable: boolean;
};

/** What postmaster.pid says about a server, running or dead. */
export type Postmaster = { readonly pid: number; readonly port: number; readonly status: string };

/** Makes the cluster when there is none; returns whether it did. */
export async function ensureCluster(cluster: Cluster): Promise<boolean> {
  const { folder, account } = cluster;
  requireAccess(cluster);
  removeUnfinished(folder);
  if (existsSync(path.join(folder, 'PG_VERSION'))) return false;
  const unfinished = `${folder}.new-${process.pid}`;
  mkdirSync(unfinished, { mode: 0o700, recursive: true });
  if (account) chownSync(unfinished, account.uid, account.gid);
  await initialise({ ...cluster, folder: unfinished });
  try {
    renameSync(unfinished, folder);
    return true;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (existsSync(path.join(folder, 'PG_VERSION'))) return false; // Another program was faster.
    throw error;
  }
}

/** Starts PostgreSQL on the port of this machine; it outlives this process unless it is ended. */
export function launch(cluster: Cluster, port: number): ChildProcess {
  const settings = { ...SETTINGS, ...(cluster.isDurable ? {} : HASTY), port };
  const log = openSync(cluster.logFile, isLarge(cluster.logFile) ? 'w' : 'a', 0o600);
  try {
    const child = spawn(
      programPath(cluster.programs, 'postgres'),
      ['-D', clusterPath(cluster), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      // Detached: Ctrl-C in a terminal reaches the program alone, which ends PostgreSQL after its own work.
      {
        ...spawnOptions(cluster),
        stdio: ['ignore', log, log],
        detached: process.platform !== 'win32',
      },
    );
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

export function readPostmaster({ folder }: Cluster): Postmaster | undefined {
  try {
    const lines = readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n');
    const [pid, , , port, , , , status = ''] = lines.map((line) => line.trim());
    return { pid: Number(pid), port: Number(port), status };
  } catch {
    return undefined;
  }
}

/** A lock that a crash left behind may carry a number that another program has by now. */
export function isRunning({ folder }: Cluster, { pid }: Postmaster): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch (error) {
    if (existsSync(`/proc/${pid}`) && (error as NodeJS.ErrnoException).code === 'ENOENT') return false; // A zombie.
  }
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres';
  } catch {
    return true; // No /proc here.
  }
}

/** PostgreSQL itself is more timid: it refuses to start when any process has the number in the lock. */
export function removeLock(cluster: Cluster): void {
  rmSync(path.join(cluster.folder, 'postmaster.pid'), { force: true });
}

/** Fast shutdown: open transactions roll back, everything committed is on disk. */
export function requestStop(cluster: Cluster, { pid }: Pick<Postmaster, 'pid'>): void {
  if (process.platform === 'win32') {
    spawn(programPath(cluster.programs, 'pg_ctl'), ['stop', '-D', cluster.folder, '-m', 'fast']);
    return;
  }
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It has ended already.
  }
}

/**
 * initdb does not wait for the disk, to be ready in half a second; this does it afterwards, beside the
 * running server. Files that PostgreSQL writes itself are always synchronised by PostgreSQL.
 */
export function synchroniseLater(cluster: Cluster): void {
  const child = spawn(programPath(cluster.programs, 'initdb'), ['--sync-only', '-D', clusterPath(cluster)], {
    ...spawnOptions(cluster),
    stdio: 'ignore',
    detached: true,
  });
  child.on('error', () => {});
  child.unref();
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 100,
  shared_buffers: '64MB',
  max_wal_size: '256MB',
  min_wal_size: '32MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The log is for what ends the server: statements and their values may be personal.
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
} as const;

const INITDB_OPTIONS = [
  `--username=${EMBEDDED_LOGIN}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--text-search-config=simple',
  '--no-sync',
  '--no-instructions',
];

const HASTY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } as const;

function clusterPath({ folder, account }: Cluster): string {
  return account && existsSync('/proc/self/cwd') ? '/proc/self/cwd' : folder;
}

function spawnOptions({ folder, account }: Cluster) {
  const { PATH = '', SystemRoot, TEMP } = process.env;
  const windows = SystemRoot === undefined ? {} : { SystemRoot, TEMP };
  return { ...account, cwd: folder, env: { PATH, LC_ALL: 'C', TZ: 'UTC', ...windows } };
}

async function initialise(cluster: Cluster): Promise<void> {
  const password = openPassword(cluster);
  const child = spawn(
    programPath(cluster.programs, 'initdb'),
    ['-D', clusterPath(cluster), '--pwfile', password.path, ...INITDB_OPTIONS],
    { ...spawnOptions(cluster), stdio: [password.descriptor, 'ignore', 'pipe'] },
  );
  let errors = '';
  child.stderr?.on('data', (text) => (errors += text));
  const code = await new Promise((resolve) => child.on('close', resolve).on('error', resolve));
  if (typeof password.descriptor === 'number') closeSync(password.descriptor);
  if (code === 0) return;
  rmSync(cluster.folder, { recursive: true, force: true });
  throw new OperatorError(
    `The embedded PostgreSQL could not prepare its folder ${cluster.folder}: ${lastLine(errors) || String(code)}.`,
  );
}

/**
 * The other user can read neither the file nor the folder of the password: it gets a copy of its own,
 * without a name any more, already open as its standard input.
 */
function openPassword({ passwordFile, account }: Cluster): {
  path: string;
  descriptor: number | 'ignore';
} {
  if (!account) return { path: passwordFile, descriptor: 'ignore' };
  const copy = `${passwordFile}.new-${process.pid}`;
  writeFileSync(copy, readFileSync(passwordFile), { mode: 0o600 });
  chownSync(copy, account.uid, account.gid);
  const descriptor = openSync(copy, 'r');
  unlinkSync(copy);
  return { path: '/dev/stdin', descriptor };
}

/** What a process that was killed while it made a cluster left behind. */
function removeUnfinished(folder: string): void {
  const prefix = `${path.basename(folder)}.new-`;
  for (const name of readdirSync(path.dirname(folder)).filter((name) => name.startsWith(prefix))) {
    const pid = Number(name.slice(prefix.length));
    if (pid !== process.pid && isAlive(pid)) continue;
    rmSync(path.join(path.dirname(folder), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function requireAccess({ folder, account }: Cluster): void {
  const owner = statSync(folder, { throwIfNoEntry: false })?.uid;
  if (owner === undefined || process.getuid === undefined) return;
  if (account && owner === 0) {
    // A copy or a restored backup that root made.
    chownSync(folder, account.uid, account.gid);
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      chownSync(path.join(folder, entry), account.uid, account.gid);
    }
  } else if (!account && owner !== process.getuid()) {
    throw new OperatorError(
      `The folder ${folder} belongs to another user (number ${owner}): start Terreau as that user or as root, or choose another data folder with TERREAU_DATA.`,
    );
  }
}

function isLarge(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 1_000_000;
}

function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => /error|fatal/i.test(line));
  return (lines.at(-1) ?? text.trim().split('\n').at(-1) ?? '').replace(/^.*?(error|FATAL): +/i, '').replace(/\.$/, '');
}
