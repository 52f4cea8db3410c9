import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import pg from 'pg';
import { MIGRATIONS, openEmptyDatabase } from '../../../test/database.ts';
import { isOperatorError } from '../../lib/operator-error.ts';
import { readOtherObjects, readTables } from './catalogue.ts';
import { describeConnectionFailure, migrate } from './migrate.ts';

type Files = Readonly<Record<string, string>>;
const ONE: Files = { '0001_one.sql': 'create table one (id int primary key);' };
const TWO: Files = { ...ONE, '0002_two.sql': 'alter table one add name text;' };

async function open(t: TestContext) {
  const { ownerUrl, close } = await openEmptyDatabase();
  t.after(close);
  const apply = async (files: Files, url = ownerUrl) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'terreau-migrations-'));
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    return migrate(url, folder).finally(() => rm(folder, { recursive: true }));
  };
  const ask = async (text: string, url = ownerUrl) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client.query(text).finally(() => client.end());
  };
  return { ownerUrl, apply, ask };
}

/** One sentence for the operator, with these words in it. */
const sentence = (words: RegExp) => (error: unknown) => {
  assert.ok(isOperatorError(error), String(error));
  assert.match(error.message, words);
  assert.doesNotMatch(error.message, /\n/);
  return true;
};

test('each file is applied once, in the order of the numbers', async (t) => {
  const { apply, ask } = await open(t);
  assert.deepEqual(await apply(ONE), ['0001_one']);
  assert.deepEqual(await apply(TWO), ['0002_two']);
  assert.deepEqual(await apply(TWO), []);
  const { rows } = await ask('select version, name from schema_migrations order by version');
  assert.deepEqual(rows, [
    { version: 1, name: 'one' },
    { version: 2, name: 'two' },
  ]);
});

test('programs that start together wait for each other', async (t) => {
  const { apply } = await open(t);
  const done = await Promise.all([apply(TWO), apply(TWO), apply(TWO)]);
  assert.deepEqual(done.flat().toSorted(), ['0001_one', '0002_two']);
});

test('a file that fails leaves nothing, and says where', async (t) => {
  const { apply, ask } = await open(t);
  const broken = { ...ONE, '0002_two.sql': 'create table two (id int);\n\nselect 1 frm two;' };
  await assert.rejects(apply(broken), /^Error: Migration 0002_two, line 3: syntax error/);
  const { rows } = await ask(`select to_regclass('one') is not null as one, to_regclass('two') is not null as two`);
  assert.deepEqual(rows, [{ one: true, two: false }]);
  assert.deepEqual(await apply(TWO), ['0002_two']);
});

test('line ends of another system are not a change', async (t) => {
  const { apply } = await open(t);
  await apply({ '0001_one.sql': 'create table one (\n  id int\n);' });
  assert.deepEqual(await apply({ '0001_one.sql': 'create table one (\r\n  id int\r\n);' }), []);
});

test('a changed file, a newer database and a late number are refused', async (t) => {
  const { apply } = await open(t);
  await apply(TWO);
  const changed = { ...TWO, '0001_one.sql': 'create table one (id bigint primary key);' };
  await assert.rejects(apply(changed), sentence(/^The migration 0001_one is no longer the text/));
  await assert.rejects(apply(ONE), sentence(/newer Terreau \(migration 0002_two\)/));
  await apply({ ...TWO, '0004_four.sql': 'select 1;' });
  const late = { ...TWO, '0003_three.sql': 'select 1;', '0004_four.sql': 'select 1;' };
  await assert.rejects(apply(late), sentence(/^The migration 0003_three was added below 0004_four/));
});

test('names that are not of a migration, and a number used twice, are refused', async (t) => {
  const { apply } = await open(t);
  await assert.rejects(apply({ '1_one.sql': '' }), /1_one.sql is not named like a migration/);
  await assert.rejects(apply({ ...ONE, '0001_other.sql': '' }), /Two migrations have the number/);
});

test('a login without rights is told what an administrator should run, and it works once run', async (t) => {
  const { ownerUrl, apply, ask } = await open(t);
  const login = `guest_${process.pid}`;
  await ask(`create role ${login} login password 'guest'; grant ${login} to current_user`);
  const address = new URL(ownerUrl);
  [address.username, address.password] = [login, 'guest'];
  const database = address.pathname.slice(1);
  try {
    const refusal: unknown = await apply(ONE, address.href).catch((error: unknown) => error);
    sentence(new RegExp(`GRANT terreau_app TO ${login};.* GRANT terreau_search TO ${login};$`))(refusal);
    const [, commands = ''] = /run: (.*)$/.exec((refusal as Error).message) ?? [];
    // The roles exist on this server already: only the other commands are still to be run.
    await ask(commands.replaceAll(/CREATE ROLE \w+ NOLOGIN; /g, ''));
    const owner = await apply(ONE, address.href).catch((error: unknown) => error);
    sentence(new RegExp(`run: ALTER DATABASE ${database} OWNER TO ${login};$`))(owner);
    await ask(`alter database ${database} owner to ${login}`);
    assert.deepEqual(await apply(ONE, address.href), ['0001_one']);
    const { rows } = await ask('set role terreau_app; select current_user as name', address.href).then(
      (results) => (results as unknown as pg.QueryResult[])[1] ?? { rows: [] },
    );
    assert.deepEqual(rows, [{ name: 'terreau_app' }]);
  } finally {
    await ask(`drop owned by ${login}; alter database ${database} owner to current_user`);
    await ask(`revoke terreau_app, terreau_search from ${login}`);
    await ask(`drop role ${login}`);
  }
});

test('an owner that is no superuser migrates the rows of every territory, and is bound again afterwards', async (t) => {
  const { ownerUrl, apply, ask } = await open(t);
  const login = `keeper_${process.pid}`;
  const address = new URL(ownerUrl);
  [address.username, address.password] = [login, 'keeper'];
  const database = address.pathname.slice(1);
  await ask(`create role ${login} login password 'keeper'; grant ${login} to current_user`);
  try {
    await ask(`grant terreau_app, terreau_search to ${login}; alter database ${database} owner to ${login}`);
    const forced = `create table firms (territory_id int, id int, primary key (territory_id, id));
      insert into firms values (1, 1), (2, 1);
      alter table firms enable row level security;
      alter table firms force row level security;
      create policy firms_territory on firms using (territory_id = current_setting('app.territory')::int);`;
    const next = `alter table firms rename to companies;
      alter table companies add owner_id int, add foreign key (territory_id, owner_id) references companies (territory_id, id);
      update companies set owner_id = id;`;
    await apply({ '0001_one.sql': forced }, address.href);
    await apply({ '0001_one.sql': forced, '0002_two.sql': next }, address.href);
    const seen = async (territory: string) => {
      const results = await ask(`set app.territory = '${territory}'; select owner_id from companies`, address.href);
      return (results as unknown as pg.QueryResult[])[1]?.rows;
    };
    assert.deepEqual(await seen('2'), [{ owner_id: 1 }]);
    assert.deepEqual(await seen('3'), []);
  } finally {
    await ask(`drop owned by ${login}; alter database ${database} owner to current_user`);
    await ask(`revoke terreau_app, terreau_search from ${login}`);
    await ask(`drop role ${login}`);
  }
});

test('an address that leads nowhere is one sentence without the password', async (t) => {
  const { ownerUrl } = await open(t);
  const attempt = (change: (address: URL) => void) => {
    const address = new URL(ownerUrl);
    change(address);
    return migrate(address.href, MIGRATIONS);
  };
  const missing = attempt((address) => (address.pathname = '/no_such_database'));
  await assert.rejects(missing, sentence(/has no database "no_such_database"/));
  await assert.rejects(
    attempt((address) => (address.port = '1')),
    sentence(/^Nothing answers at .*:1:/),
  );
  await assert.rejects(
    attempt((address) => (address.hostname = 'no-such-host.invalid')),
    sentence(/^No machine is named "no-such-host.invalid"/),
  );
  const refused = describeConnectionFailure({ code: '28P01' }, 'postgres://me:secret@db/terreau');
  assert.equal(refused, 'PostgreSQL at db refuses the login "me": check the name and the password in DATABASE_URL.');
});

test('our own migrations give tables, the folding of words, the view that seeks them, and nothing hidden', async (t) => {
  const { ownerUrl } = await open(t);
  await migrate(ownerUrl, MIGRATIONS);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  assert.ok((await readTables(client)).length > 10);
  // The functions are pure: they fold accents and case for generated columns (0018). The view lends indexes (0022).
  assert.deepEqual(await readOtherObjects(client), ['folded', 'folded_names', 'organisation_search']);
  await client.end();
});
