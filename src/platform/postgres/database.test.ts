import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { newId, type TerritoryId } from '../../lib/ids.ts';
import { constraintOf, openDatabase, openLibraryPool } from './database.ts';
import { withInstance, withTerritory, type TerritoryTransaction } from './database.ts';

const now = Temporal.Instant.from('2026-11-23T10:00:00Z');

let opened: TestDatabase;
let here: TerritoryId;
let elsewhere: TerritoryId;
before(async () => {
  opened = await openTestDatabase();
  [here, elsewhere] = [await makeTerritory('here'), await makeTerritory('elsewhere')];
});
after(() => opened.close());

async function makeTerritory(slug: string): Promise<TerritoryId> {
  const owner = new pg.Client({ connectionString: opened.ownerUrl });
  await owner.connect();
  const id = newId<'territory'>(now);
  const text = 'insert into territories (id, slug, name, created_at) values ($1, $2, $2, $3)';
  await owner.query(text, [id, slug, now.toString()]);
  await owner.end();
  return id;
}

function addPerson(tx: TerritoryTransaction, name: string, territory_id = tx.territoryId) {
  const row = { territory_id, id: newId<'person'>(now), name, created_at: now };
  return tx.insertInto('people').values(row).returning('id').executeTakeFirstOrThrow();
}

const namesIn = (territory: TerritoryId) =>
  withTerritory(opened.database, territory, async (tx) => {
    const rows = await tx.selectFrom('people').select('name').orderBy('name').execute();
    return rows.map(({ name }) => name);
  });

test('sessions work under the application role from their first statement', async () => {
  for (const pool of [opened.database.pool, openLibraryPool({ url: opened.ownerUrl })]) {
    const { rows } = await pool.query(
      `select current_user as name, rolsuper or rolbypassrls as bypasses, current_setting('timezone') as zone
       from pg_roles where rolname = current_user`,
    );
    assert.deepEqual(rows, [{ name: 'terreau_app', bypasses: false, zone: 'UTC' }]);
    if (pool !== opened.database.pool) await pool.end();
  }
});

test('a reset does not give the session the rights of its login', async () => {
  const client = await opened.database.pool.connect();
  await client.query('reset role');
  const { rows } = await client.query('select current_user as name');
  client.release(true);
  assert.deepEqual(rows, [{ name: 'terreau_app' }]);
});

test('settings that the address brings are kept beside ours', async () => {
  const url = `${opened.ownerUrl}?options=-c%20work_mem%3D8MB`;
  const database = openDatabase({ url, applicationName: 'a name' });
  const { rows } = await database.pool.query(
    `select current_setting('work_mem') as memory, current_user as name, current_setting('application_name') as application`,
  );
  await database.close();
  assert.deepEqual(rows, [{ memory: '8MB', name: 'terreau_app', application: 'a name' }]);
});

test('one territory sees nothing of another', async () => {
  await withTerritory(opened.database, here, (tx) => addPerson(tx, 'Ici'));
  await withTerritory(opened.database, elsewhere, (tx) => addPerson(tx, 'Ailleurs'));
  assert.deepEqual(await namesIn(here), ['Ici']);
  assert.deepEqual(await namesIn(elsewhere), ['Ailleurs']);
});

test('a row cannot be forged for another territory, nor moved there', async () => {
  const forge = withTerritory(opened.database, here, (tx) => addPerson(tx, 'Intrus', elsewhere));
  await assert.rejects(forge, { code: '42501' });
  const move = withTerritory(opened.database, here, async (tx) => {
    await tx.updateTable('people').set({ territory_id: elsewhere }).execute();
  });
  await assert.rejects(move, { code: '42501' });
  assert.deepEqual(await namesIn(elsewhere), ['Ailleurs']);
});

test('without a territory tenant tables are an error, also after the connection served one', async () => {
  const fresh = openDatabase({ url: opened.ownerUrl, poolSize: 1 });
  const readPeople = () =>
    withInstance(fresh, (tx) => sql`select * from people`.execute(tx)).then(
      () => 'rows',
      (error: { code: string }) => error.code,
    );
  assert.equal(await readPeople(), '42704'); // The setting was never made.
  await withTerritory(fresh, here, (tx) => tx.selectFrom('people').select('id').execute());
  assert.equal(await readPeople(), '22P02'); // It is empty again, and no uuid.
  await fresh.close();
});

test('an id that is not one never reaches the statement', () => {
  const forged = "00000000-0000-7000-8000-000000000000'; drop table people; --" as TerritoryId;
  assert.throws(() => withTerritory(opened.database, forged, async () => 1), /Not an identifier/);
});

test('what is thrown undoes everything', async () => {
  const before = await namesIn(here);
  const broken = withTerritory(opened.database, here, async (tx) => {
    await addPerson(tx, 'Jamais');
    throw new Error('changed my mind');
  });
  await assert.rejects(broken, /changed my mind/);
  assert.deepEqual(await namesIn(here), before);
});

test('two that write on what the other read: one runs again and both end', async () => {
  let attempts = 0;
  const gate = Promise.withResolvers<void>();
  const rename = (name: string) =>
    withTerritory(
      opened.database,
      here,
      async (tx) => {
        const { total } = await tx
          .selectFrom('people')
          .select((row) => row.fn.countAll<bigint>().as('total'))
          .executeTakeFirstOrThrow();
        if (++attempts === 2) gate.resolve();
        await gate.promise;
        await addPerson(tx, `${name} ${total}`);
      },
      { isolation: 'serializable' },
    );
  await Promise.all([rename('Un'), rename('Deux')]);
  assert.ok(attempts > 2, 'one of the two was refused and ran again');
  const numbers = (await namesIn(here)).flatMap((name) => /^(?:Un|Deux) (\d+)$/.exec(name)?.[1] ?? []);
  assert.equal(new Set(numbers).size, 2, 'as if one had come after the other');
});

test('a failure that lasts is thrown after three attempts', async () => {
  let attempts = 0;
  const failing = withTerritory(opened.database, here, async (tx) => {
    attempts++;
    await sql`do $$ begin raise exception 'busy' using errcode = '40001'; end $$`.execute(tx);
  });
  await assert.rejects(failing, { code: '40001' });
  assert.equal(attempts, 3);
});

test('a read-only transaction refuses to write', async () => {
  const writing = withTerritory(opened.database, here, (tx) => addPerson(tx, 'Non'), {
    readOnly: true,
  });
  await assert.rejects(writing, { code: '25006' });
});

test('a broken constraint is known by its name, other errors by none', async () => {
  const nameless = withTerritory(opened.database, here, (tx) => addPerson(tx, ''));
  assert.equal(constraintOf(await nameless.catch((error: unknown) => error)), 'people_name_length');
  const syntax = withInstance(opened.database, (tx) => sql`selec`.execute(tx));
  assert.equal(constraintOf(await syntax.catch((error: unknown) => error)), undefined);
  assert.equal(constraintOf(undefined), undefined);
});

test('instance tables are read without a territory', async () => {
  const slugs = await withInstance(opened.database, (tx) =>
    tx.selectFrom('territories').select('slug').orderBy('slug').execute(),
  );
  assert.deepEqual(slugs, [{ slug: 'elsewhere' }, { slug: 'here' }]);
});

test('a connection that breaks while idle is reported and replaced', async () => {
  const errors: Error[] = [];
  const database = openDatabase({
    url: opened.ownerUrl,
    poolSize: 1,
    onIdleError: (error) => errors.push(error),
  });
  const { rows } = await database.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const owner = new pg.Client({ connectionString: opened.ownerUrl });
  await owner.connect();
  await owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await owner.end();
  while (errors.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal((await database.pool.query('select 1')).rowCount, 1);
  await database.close();
});
