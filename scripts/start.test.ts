import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import pg from 'pg';
import { openEmptyDatabase } from '../test/database.ts';

const START = path.resolve(import.meta.dirname, 'start.ts');

test('an empty database becomes the demonstration; a stop is clean; the next start finds it', async (t) => {
  const { ownerUrl, folder } = await setUp(t);
  const first = await start(t, { DATABASE_URL: ownerUrl, TERREAU_DATA: folder });
  assert.match(first.output(), /Terreau answers at http:\/\/localhost:\d+ \(ready in /);
  const signIns = first.output().match(/http:\S+\/demonstration\/\w+/g) ?? [];
  assert.ok(signIns.length >= 7, 'a sign-in for every role is printed');
  assert.equal((await fetch(`${first.address}/clermont-auvergne/organisations`)).status, 200);
  first.child.kill('SIGTERM');
  assert.equal(await first.ended, 0);
  const second = await start(t, { DATABASE_URL: ownerUrl, TERREAU_DATA: folder });
  second.child.kill('SIGINT');
  assert.equal(await second.ended, 0);
  assert.deepEqual(await ask(ownerUrl, 'select slug from territories'), [{ slug: 'clermont-auvergne' }]);
});

test('kill -9 in the middle of the first start leaves what the next start opens', async (t) => {
  const { ownerUrl, folder } = await setUp(t);
  for (const milliseconds of [150, 400, 700]) {
    const { child, ended } = run(t, { DATABASE_URL: ownerUrl, TERREAU_DATA: folder });
    setTimeout(() => child.kill('SIGKILL'), milliseconds);
    await ended;
  }
  const { address, child, ended } = await start(t, { DATABASE_URL: ownerUrl, TERREAU_DATA: folder });
  assert.equal((await fetch(`${address}/clermont-auvergne/organisations`)).status, 200);
  child.kill('SIGTERM');
  assert.equal(await ended, 0);
});

test('what only the operator can mend is one sentence and code 1', async (t) => {
  const { ownerUrl, folder } = await setUp(t);
  const busy = createServer().listen(0);
  t.after(() => busy.close());
  const file = path.join(folder, 'file');
  writeFileSync(file, '');
  await ask(ownerUrl, 'create table schema_migrations (version int primary key, name text, sha256 text)');
  await ask(ownerUrl, `insert into schema_migrations values (9999, 'later', '')`);
  const missing = new URL(ownerUrl);
  missing.pathname = '/no_such_database';
  const cases: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ PORT: String((busy.address() as AddressInfo).port) }, /^Port \d+ is taken by another program/],
    [{ PORT: 'http' }, /^PORT is "http"/],
    [{ TERREAU_DATA: file }, /^The data folder .* cannot be read and written/],
    [{ DATABASE_URL: missing.href }, /has no database "no_such_database"/],
    [{ DATABASE_URL: ownerUrl }, /^The database was changed by a newer Terreau \(migration 9999_later\)/],
  ];
  for (const [environment, sentence] of cases) {
    const { ended, output } = run(t, { TERREAU_DATA: folder, ...environment });
    assert.equal(await ended, 1);
    assert.match(output(), sentence);
    assert.equal(output().trim().split('\n').length, 1, output());
  }
});

async function setUp(t: TestContext) {
  const { ownerUrl, close } = await openEmptyDatabase();
  t.after(close);
  const folder = mkdtempSync(path.join(tmpdir(), 'terreau-start-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return { ownerUrl, folder };
}

function run(t: TestContext, environment: Record<string, string>) {
  const { PATH = '', TMPDIR = tmpdir() } = process.env;
  const child = spawn(process.execPath, [START], { env: { PATH, TMPDIR, PORT: '0', ...environment } });
  t.after(() => child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, output: () => output };
}

/** Resolves once the program says that it answers. */
async function start(t: TestContext, environment: Record<string, string>) {
  const PORT = String(await freePort());
  const running = run(t, { PORT, ...environment });
  const said = new Promise<void>((resolve) => {
    running.child.stdout.on('data', () => running.output().includes('Terreau answers at') && resolve());
  });
  await Promise.race([said, running.ended]);
  assert.match(running.output(), /Terreau answers at/);
  return { ...running, address: `http://localhost:${PORT}` };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client
    .query(text)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}
