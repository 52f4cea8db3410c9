/**
 * Brings a database to the structure that this version of the program expects.
 *
 * Must always hold: files are applied in the order of their numbers, each exactly once, whole or not
 * at all; what was applied is never changed afterwards; a database that a newer program has already
 * changed is left alone. Works as the owner of the tables, which the application's role is not.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { OperatorError } from '../../lib/operator-error.ts';
import { APPLICATION_ROLE, SEARCH_ROLE } from './database.ts';

export type Migration = {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** Of the text with Unix line ends, so that a checkout on Windows agrees. */
  readonly sha256: string;
};

/** The files `NNNN_name.sql` of a folder, by version. Throws on a number used twice or a strange name. */
export async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).toSorted();
  const migrations = await Promise.all(files.map((file) => readMigration(folder, file)));
  for (const [index, { version, name }] of migrations.entries()) {
    if (version === migrations[index - 1]?.version) {
      throw new Error(`Two migrations have the number of ${label(version, name)}.`);
    }
  }
  return migrations;
}

/**
 * Applies what is missing and returns the names of the files that were applied now. Two programs
 * that start together wait for each other. Throws an OperatorError when the database cannot be
 * reached, is too old, is newer than the program, or may not be changed by this login.
 */
export async function migrate(ownerUrl: string, folder: string): Promise<readonly string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'terreau migrations',
    connectionTimeoutMillis: 10_000,
  });
  await connect(client, ownerUrl);
  try {
    await requireVersion(client);
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await ensureRoles(client);
    await createRegister(client);
    const pending = findPending(migrations, await readRegister(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ version, name }) => label(version, name));
  } finally {
    await client.end();
  }
}

const MIGRATION_LOCK = 0x7e88ea0; // Any number that every copy of the program shares.
const OLDEST_SERVER = 15;

type Applied = Pick<Migration, 'version' | 'name' | 'sha256'>;

async function readMigration(folder: string, file: string): Promise<Migration> {
  const [, number, name] = /^(\d{4})_([a-z0-9_]+)\.sql$/.exec(file) ?? [];
  if (!number || !name) throw new Error(`${file} is not named like a migration: 0001_name.sql.`);
  const text = (await readFile(path.join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
  return {
    version: Number(number),
    name,
    sql: text,
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}

async function connect(client: pg.Client, url: string): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    throw new OperatorError(describeConnectionFailure(error, url), { cause: error });
  }
}

/** One sentence for each way in which an address can be wrong; the password is never shown. */
export function describeConnectionFailure(error: unknown, url: string): string {
  const { hostname, port, username, pathname } = new URL(url);
  const { code, message } = error as { code?: string; message?: string };
  const server = `${hostname || 'the local socket'}${port && `:${port}`}`;
  if (code === '28P01' || code === '28000')
    return `PostgreSQL at ${server} refuses the login "${decodeURIComponent(username)}": check the name and the password in DATABASE_URL.`;
  if (code === '3D000')
    return `PostgreSQL at ${server} has no database "${decodeURIComponent(pathname.slice(1))}": create it, or correct DATABASE_URL.`;
  if (code === '53300')
    return `PostgreSQL at ${server} has no connection left: raise max_connections or stop another program.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `No machine is named "${hostname}": correct the host in DATABASE_URL.`;
  if (code === 'ECONNREFUSED')
    return `Nothing answers at ${server}: start PostgreSQL there, or correct the host and port in DATABASE_URL.`;
  return `PostgreSQL at ${server} cannot be reached (${code ?? message ?? 'no reason given'}): check DATABASE_URL.`;
}

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  const version = rows[0]?.server_version ?? '';
  if (Number.parseInt(version, 10) < OLDEST_SERVER) {
    throw new OperatorError(
      `DATABASE_URL leads to PostgreSQL ${version}, but Terreau needs ${OLDEST_SERVER} or newer.`,
    );
  }
}

/** Roles belong to the whole server: several databases, and several programs at once, share these. */
async function ensureRoles(client: pg.Client): Promise<void> {
  const missing: string[] = [];
  for (const role of [APPLICATION_ROLE, SEARCH_ROLE]) if (!(await makeRole(client, role))) missing.push(role);
  if (missing.length === 0) return;
  const { rows } = await client.query<{ login: string }>('select quote_ident(current_user) as login');
  const statements = missing.map((role) => `CREATE ROLE ${role} NOLOGIN; GRANT ${role} TO ${rows[0]?.login};`);
  throw new OperatorError(
    `The login of DATABASE_URL may not create the role under which the application works; ask the administrator of PostgreSQL to run: ${statements.join(' ')}`,
  );
}

async function makeRole(client: pg.Client, role: string): Promise<boolean> {
  if (await maySetRole(client, role)) return true;
  for (const command of [`create role ${role} nologin`, `grant ${role} to current_user`]) {
    await client.query(command).catch(() => {}); // Another program may have been faster: only the outcome counts.
  }
  return maySetRole(client, role);
}

/** Since 16 a member may lack the right to act as the role, and only that right matters here. */
async function maySetRole(client: pg.Client, role: string): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `select pg_has_role(oid, case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end) as may
     from pg_roles where rolname = $1`,
    [role],
  );
  return rows[0]?.may ?? false;
}

async function createRegister(client: pg.Client): Promise<void> {
  try {
    await client.query(`create table if not exists schema_migrations (
      version    integer primary key,
      name       text not null,
      sha256     text not null,
      applied_at timestamptz not null default now()
    )`);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    const { rows } = await client.query<{ login: string; database: string }>(
      'select quote_ident(current_user) as login, quote_ident(current_database()) as database',
    );
    throw new OperatorError(
      `The login of DATABASE_URL may not create tables; ask the administrator of PostgreSQL to run: ALTER DATABASE ${rows[0]?.database} OWNER TO ${rows[0]?.login};`,
      { cause: error },
    );
  }
}

async function readRegister(client: pg.Client): Promise<readonly Applied[]> {
  const { rows } = await client.query<Applied>('select version, name, sha256 from schema_migrations order by version');
  return rows;
}

function findPending(migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.version, migration]));
  for (const { version, name, sha256 } of applied) {
    const migration = known.get(version);
    if (!migration) {
      throw new OperatorError(
        `The database was changed by a newer Terreau (migration ${label(version, name)}), which this version does not know: install that version again, or restore a backup made before it.`,
      );
    }
    if (migration.sha256 !== sha256) {
      throw new OperatorError(
        `The migration ${label(version, migration.name)} is no longer the text that this database was built with: restore the file, or start from an empty database.`,
      );
    }
  }
  const last = applied.at(-1);
  const done = new Set(applied.map(({ version }) => version));
  const pending = migrations.filter(({ version }) => !done.has(version));
  const late = pending.find(({ version }) => last && version < last.version);
  if (last && late) {
    throw new OperatorError(
      `The migration ${label(late.version, late.name)} was added below ${label(last.version, last.name)}, which this database already has: give it the next free number.`,
    );
  }
  return pending;
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const { version, name, sha256 } = migration;
  try {
    await client.query('begin');
    const lifted = await liftRowSecurity(client);
    await client.query(migration.sql);
    await alterEach(client, lifted, 'force row level security');
    await client.query('insert into schema_migrations (version, name, sha256) values ($1, $2, $3)', [
      version,
      name,
      sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    const position = Number((error as { position?: string }).position ?? 0);
    const line = position > 0 ? `, line ${migration.sql.slice(0, position).split('\n').length}` : '';
    throw new Error(`Migration ${label(version, name)}${line}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * A migration is no territory's: it must see every row, to change it and to check a new key. An owner
 * that is no superuser is under forced policies too, so they are lifted until the file is through.
 */
async function liftRowSecurity(client: pg.Client): Promise<readonly number[]> {
  const { rows } = await client.query<{ oid: number }>(`
    select c.oid from pg_class c join pg_roles r on r.oid = c.relowner
    where c.relforcerowsecurity and c.relnamespace = current_schema()::regnamespace
      and r.rolname = current_user and not r.rolsuper and not r.rolbypassrls`);
  const lifted = rows.map(({ oid }) => oid);
  await alterEach(client, lifted, 'no force row level security');
  return lifted;
}

/** By their object identifiers: the migration may have renamed or dropped them. */
async function alterEach(client: pg.Client, tables: readonly number[], change: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    'select oid::regclass::text as name from pg_class where oid = any($1::oid[])',
    [tables],
  );
  for (const { name } of rows) await client.query(`alter table ${name} ${change}`);
}

function label(version: number, name: string): string {
  return `${String(version).padStart(4, '0')}_${name}`;
}
