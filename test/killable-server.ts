/** The program as `npm start` runs it, with its own PostgreSQL, to be killed and started again on one data folder. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase, type Database } from '../src/platform/postgres/database.ts';
import { startEmbeddedPostgres } from '../src/platform/postgres/embedded.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(tmpdir(), 'terreau-killed-'));
const children = new Set<ChildProcess>();

/** Ends whatever still runs and takes the data folder away. */
export async function removeKillable(): Promise<void> {
  for (const child of children) child.kill('SIGKILL');
  await withDatabase(async () => {}).catch(() => undefined);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** As `npm start` does, on a data folder of its own. */
export async function startServer(): Promise<{ child: ChildProcess; address: string }> {
  const port = await freePort();
  const { PATH = '', TMPDIR = tmpdir() } = process.env;
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    cwd: ROOT,
    env: { PATH, TMPDIR, PORT: String(port), TERREAU_DATA: folder },
  });
  children.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += text));
  const answers = new Promise<void>((resolve) =>
    child.stdout?.on('data', () => said.includes('Terreau answers at') && resolve()),
  );
  await Promise.race([
    answers,
    ended(child).then((code) => Promise.reject(new Error(`The start ended with ${code}:\n${said}`))),
  ]);
  return { child, address: `http://localhost:${port}` };
}

export function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('close', resolve));
}

export async function killServer(child: ChildProcess, isPostgresToo: boolean): Promise<void> {
  child.kill('SIGKILL');
  if (isPostgresToo)
    process.kill(Number(readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  await ended(child);
  children.delete(child);
}

/** The database from beside the server, as an operator's tool would reach it. */
export async function withDatabase<Answer>(work: (database: Database) => Promise<Answer>): Promise<Answer> {
  const postgres = await startEmbeddedPostgres({ folder });
  const database = openDatabase({ url: postgres.url, poolSize: 2, applicationName: 'terreau test' });
  try {
    return await work(database);
  } finally {
    await database.close();
    await postgres.stop();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
