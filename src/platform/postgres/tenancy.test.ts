/**
 * Walks the catalogue: whatever table a migration adds is tried here without being named. The shape
 * first (keys, row security, rights), then the behaviour: a row of B in every table, looked for by A.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { newId, type TerritoryId } from '../../lib/ids.ts';
import { readTables, type Column, type Table } from './catalogue.ts';
import { APPLICATION_ROLE, SEARCH_ROLE, withTerritory } from './database.ts';
import { INSTANCE_TABLES, OWNER_TABLES } from './instance-tables.ts';

const POLICY = `(territory_id = (current_setting('app.territory'::text))::uuid)`;
const NOT_TENANT: readonly string[] = [...INSTANCE_TABLES, ...OWNER_TABLES];
const now = Temporal.Instant.from('2026-11-23T10:00:00Z');

let opened: TestDatabase;
let owner: pg.Client;
let tables: readonly Table[];
let tenantTables: readonly Table[];
before(async () => {
  opened = await openTestDatabase();
  owner = new pg.Client({ connectionString: opened.ownerUrl });
  await owner.connect();
  tables = await readTables(owner);
  tenantTables = tables.filter(({ name }) => !NOT_TENANT.includes(name));
});
after(async () => {
  await owner.end();
  await opened.close();
});

/** The sentences of every table that breaks a rule: none is expected. */
function faults(of: readonly Table[], rule: (table: Table) => readonly (string | false)[]): string[] {
  return of.flatMap((table) => rule(table).flatMap((fault) => (fault === false ? [] : `${table.name}: ${fault}`)));
}

test('the list of instance tables names what exists, and there are tenant tables', () => {
  const names = tables.map(({ name }) => name);
  assert.deepEqual(
    NOT_TENANT.filter((name) => !names.includes(name)),
    [],
  );
  assert.ok(tenantTables.length > 10);
});

test('every tenant table begins with territory_id, and so does every key', () => {
  const found = faults(tenantTables, ({ columns, constraints, indexes }) => [
    (columns[0]?.name !== 'territory_id' || columns[0].type !== 'uuid' || columns[0].isNullable) &&
      'its first column is not territory_id uuid not null',
    !constraints.some(({ kind }) => kind === 'p') && 'it has no primary key',
    ...constraints
      .filter(({ kind, columns }) => kind !== 'c' && columns[0] !== 'territory_id')
      .map(({ name }) => `the key ${name} does not begin with territory_id`),
    ...indexes
      .filter(({ isUnique, columns }) => isUnique && columns[0] !== 'territory_id')
      .map(({ definition }) => `not led by territory_id: ${definition}`),
  ]);
  assert.deepEqual(found, []);
});

test('a foreign key stays inside the territory', () => {
  const found = faults(tenantTables, ({ constraints }) => {
    const keys = constraints.filter(({ kind }) => kind === 'f');
    return [
      keys.length === 0 && 'nothing ties its territory_id to a territory',
      ...keys
        .filter(({ target, targetColumns }) =>
          target === 'territories' ? targetColumns[0] !== 'id' : targetColumns[0] !== 'territory_id',
        )
        .map(({ name }) => `${name} may lead to another territory`),
      ...keys
        .filter(({ target }) => target !== 'territories' && NOT_TENANT.includes(target ?? ''))
        .map(({ name, target }) => `${name} ties it to ${target}, which no territory owns`),
    ];
  });
  assert.deepEqual(found, []);
});

test('row security is enabled and forced, with the one permissive policy', () => {
  const found = faults(tenantTables, (table) => {
    // Restrictive policies only ever take away (a closed year that takes no entry).
    const [policy, ...more] = table.policies.filter(
      ({ isPermissive, roles }) => isPermissive && roles.join() !== SEARCH_ROLE,
    );
    return [
      !table.isRowSecurityEnabled && 'row security is not enabled',
      !table.isRowSecurityForced && 'row security is not forced',
      (policy === undefined || more.length > 0) && 'it has not exactly one policy',
      policy !== undefined &&
        (policy.command !== 'ALL' || policy.roles.join() !== 'public') &&
        'its policy is not for everything and everybody',
      (policy?.using !== POLICY || policy.check !== POLICY) && 'its policy is another expression',
    ];
  });
  assert.deepEqual(found, []);
});

test('the role that lends the indexes of words reads organisations, owns its view, and is nobody’s', async () => {
  const lent = tables.flatMap(({ name, policies }) =>
    policies.filter(({ roles }) => roles.includes(SEARCH_ROLE)).map(({ command, using }) => [name, command, using]),
  );
  assert.deepEqual(lent, [['organisations', 'SELECT', 'true']]);
  const { rows: rights } = await owner.query(
    `select table_name, string_agg(distinct privilege_type, ', ') as rights from information_schema.column_privileges
     where grantee = $1 and table_name <> 'organisation_search' group by table_name`,
    [SEARCH_ROLE],
  );
  assert.deepEqual(rights, [{ table_name: 'organisations', rights: 'SELECT' }]);
  const { rows: members } = await owner.query(
    `select member::regrole::text as member from pg_auth_members where roleid = $1::regrole and member = $2::regrole`,
    [SEARCH_ROLE, APPLICATION_ROLE],
  );
  assert.deepEqual(members, []);
  const { rows: views } = await owner.query(
    `select viewname, viewowner, definition from pg_views where schemaname = 'public'`,
  );
  assert.deepEqual(
    views.map(({ viewname, viewowner }) => [viewname, viewowner]),
    [['organisation_search', SEARCH_ROLE]],
  );
  // PostgreSQL 15 writes the table before each column.
  const definition = views[0].definition.replaceAll('organisations.', '').replaceAll(/\s+/g, ' ').trim();
  assert.ok(definition.endsWith(`WHERE ${POLICY};`), definition);
});

test('there are no triggers', () => {
  assert.deepEqual(
    faults(tables, ({ triggers }) => triggers),
    [],
  );
});

test('the application owns nothing, bypasses nothing, and has no more rights than rows', async () => {
  const { rows } = await owner.query(
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin,
       (select count(*)::int from pg_auth_members where member = role.oid) as memberships
     from pg_roles role where rolname = $1`,
    [APPLICATION_ROLE],
  );
  const none = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false };
  assert.deepEqual(rows, [{ ...none, rolcanlogin: false, memberships: 0 }]);
  const rowRights = ['delete', 'insert', 'select', 'update'];
  const found = faults(tables, ({ owner, grants }) => [
    owner === APPLICATION_ROLE && 'the application owns it',
    ...grants.filter(({ role }) => role !== APPLICATION_ROLE).map(({ role }) => `it is open to ${role}`),
    ...grants
      .flatMap(({ privileges }) => privileges)
      .filter((right) => !rowRights.includes(right))
      .map((right) => `the application has the right to ${right}`),
  ]);
  assert.deepEqual(found, []);
  const closed = tables.filter(({ name }) => (OWNER_TABLES as readonly string[]).includes(name));
  assert.deepEqual(
    faults(closed, ({ grants }) => [grants.length > 0 && 'it is open']),
    [],
  );
});

test('a row of B in every table: A neither sees, changes, removes nor adds one', async () => {
  const [a, b] = [newId<'territory'>(now), newId<'territory'>(now)];
  for (const id of [a, b]) {
    await owner.query(`insert into territories (id, slug, name, created_at) values ($1, $2, 'T', now())`, [
      id,
      `t-${id}`,
    ]);
  }
  const found: string[] = [];
  for (const table of tenantTables) {
    await loosen(table);
    await insertRow(table, b);
    found.push(...(await tryFrom(a, b, table)).map((fault) => `${table.name}: ${fault}`));
  }
  assert.deepEqual(found, []);
});

/** Any values will do: what is tried is row security, not the rules about the values. */
async function loosen({ name, constraints }: Table): Promise<void> {
  for (const { kind, name: constraint } of constraints) {
    if (kind === 'c' || kind === 'f') {
      await owner.query(`alter table ${name} drop constraint ${constraint}`);
    }
  }
}

const SAMPLES: Readonly<Record<string, string>> = {
  bool: 'true',
  bytea: `'\\x00'`,
  date: `'2026-11-23'`,
  jsonb: `'{}'`,
  text: `'x'`,
  time: `'10:00'`,
  timestamptz: 'now()',
  tstzrange: `tstzrange(now(), now() + interval '1 hour')`,
  uuid: 'gen_random_uuid()',
};

function sample({ baseType, isArray }: Column): string {
  return isArray ? `'{}'` : (SAMPLES[baseType] ?? '1');
}

async function insertRow({ name, columns }: Table, territory: TerritoryId): Promise<void> {
  const needed = columns.filter((column) => !column.isNullable && column.default === null);
  const values = needed.map((column) => (column.name === 'territory_id' ? `'${territory}'` : sample(column)));
  const names = needed.map((column) => column.name);
  await owner.query(`select set_config('app.territory', $1, false)`, [territory]);
  await owner.query(`insert into ${name} (${names.join(', ')}) values (${values.join(', ')})`);
}

/** What the application manages to do from A with the row of B, although it must not. */
async function tryFrom(a: TerritoryId, b: TerritoryId, { name, grants }: Table): Promise<string[]> {
  const rights = grants.flatMap(({ privileges }) => privileges);
  const run = (territory: TerritoryId, statement: string) =>
    withTerritory(opened.database, territory, async (tx) => {
      const result = await sql.raw<{ total: bigint }>(statement).execute(tx);
      return result.rows[0]?.total ?? result.numAffectedRows;
    });
  const found: string[] = [];
  if (!rights.includes('select')) return ['the application may not read it'];
  if ((await run(b, `select count(*) as total from ${name}`)) !== 1n) found.push('B does not see its own row');
  if ((await run(a, `select count(*) as total from ${name}`)) !== 0n) found.push('A sees the row of B');
  if (rights.includes('update') && (await run(a, `update ${name} set territory_id = '${a}'`)) !== 0n)
    found.push('A changes the row of B');
  if (rights.includes('delete') && (await run(a, `delete from ${name}`)) !== 0n) found.push('A removes the row of B');
  if (rights.includes('insert')) {
    // Row security comes before every other check: the values that are missing do not matter.
    const code = await run(a, `insert into ${name} (territory_id) values ('${b}')`).then(
      () => 'accepted',
      (error: { code: string }) => error.code,
    );
    if (code !== '42501') found.push(`A adds a row to B (${code})`);
  }
  return found;
}
