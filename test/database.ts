/**
 * A fresh, migrated, real database for each test file, in some 50 ms: a copy of a template that is
 * migrated once per version of db/migrations.
 *
 * TERREAU_TEST_DATABASE_URL names a server, 15 or newer, on which databases may be created: `npm test`
 * sets it. Without it, for a test file that is run by hand, an embedded server of its own is started
 * in the temporary folder, shared with others that run at the same time.
 */
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openDatabase, type Database } from '../src/platform/postgres/database.ts';
import { startEmbeddedPostgres } from '../src/platform/postgres/embedded.ts';
import { migrate, readMigrations } from '../src/platform/postgres/migrate.ts';

export const MIGRATIONS = path.resolve(import.meta.dirname, '../db/migrations');

export type EmptyDatabase = {
  /** Of the login that owns the database: for migrations, and for rows that the application may not write. */
  readonly ownerUrl: string;
  /** Drops the database. */
  close(): Promise<void>;
};

export type TestDatabase = EmptyDatabase & {
  /** As the application sees it: under its role, with row security. */
  readonly database: Database;
  /** What a server under test gets as its DATABASE_URL. */
  readonly url: string;
};

/** A migrated database without rows. Close it in `after`. */
export async function openTestDatabase({ poolSize = 5 } = {}): Promise<TestDatabase> {
  const { ownerUrl, close } = await createDatabase(ensureTemplate);
  const database = openDatabase({ url: ownerUrl, poolSize, applicationName: 'terreau test' });
  return {
    database,
    ownerUrl,
    url: ownerUrl,
    async close() {
      await database.close();
      await close();
    },
  };
}

/** A database without tables: for tests of the migrations themselves. */
export function openEmptyDatabase(): Promise<EmptyDatabase> {
  return createDatabase(() => Promise.resolve('template1'));
}

type Server = { readonly url: string; release(): Promise<void> };

async function createDatabase(chooseTemplate: (server: Server) => Promise<string>): Promise<EmptyDatabase> {
  const server = await acquireServer();
  const template = await chooseTemplate(server);
  const name = nextName();
  // Copying files is fastest where nothing waits for the disk, as on the throw-away servers.
  await asAdministrator(server, (client) =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  );
  return {
    ownerUrl: addressOf(server, name),
    async close() {
      await asAdministrator(server, (client) => client.query(`drop database ${name} with (force)`));
      await server.release();
    },
  };
}

/** Only a template that was migrated to the end is marked as one; a half-made one is taken up again. */
async function ensureTemplate(server: Server): Promise<string> {
  const migrations = await readMigrations(MIGRATIONS);
  const digest = createHash('sha256').update(migrations.map(({ sha256 }) => sha256).join());
  const name = `terreau_template_${digest.digest('hex').slice(0, 16)}`;
  await asAdministrator(server, async (client) => {
    await client.query('select pg_advisory_lock($1)', [0x7e88ea2]);
    const { rows } = await client.query<{ datistemplate: boolean }>(
      'select datistemplate from pg_database where datname = $1',
      [name],
    );
    if (rows[0]?.datistemplate) return;
    await dropForgotten(client);
    if (rows.length === 0) await client.query(`create database ${name} template template0`);
    await migrate(addressOf(server, name), MIGRATIONS);
    await client.query(`alter database ${name} is_template true`);
  });
  return name;
}

const NAME = /^terreau_test_(\d+)_/;
const FORGOTTEN_MS = 60 * 60_000;

let created = 0;

function nextName(): string {
  return `terreau_test_${Date.now()}_${process.pid}_${++created}`;
}

/** Databases of tests that were killed. */
async function dropForgotten(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
  const limit = Date.now() - FORGOTTEN_MS;
  for (const { datname } of rows) {
    const [, time] = NAME.exec(datname) ?? [];
    if (time && Number(time) < limit) await client.query(`drop database ${datname} with (force)`);
  }
}

let embedded: ReturnType<typeof startEmbeddedPostgres> | undefined;
let uses = 0;

async function acquireServer(): Promise<Server> {
  const given = process.env['TERREAU_TEST_DATABASE_URL'];
  if (given) return { url: given, release: () => Promise.resolve() };
  const folder = path.join(tmpdir(), `terreau-test-${process.getuid?.() ?? 'user'}`);
  uses++;
  embedded ??= startEmbeddedPostgres({ folder, isDurable: false });
  const { url } = await embedded;
  return { url, release: releaseEmbedded };
}

async function releaseEmbedded(): Promise<void> {
  uses--;
  if (uses > 0 || !embedded) return;
  const server = embedded;
  embedded = undefined;
  await (await server).stop();
}

async function asAdministrator<Answer>({ url }: Server, work: (client: pg.Client) => Promise<Answer>): Promise<Answer> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function addressOf({ url }: Server, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}
