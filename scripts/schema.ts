/**
 * `npm run schema`: applies db/migrations to a throw-away database and writes what they give:
 * db/schema.sql, for people, and src/platform/postgres/tables.ts, for the compiler.
 * With `--check` it writes nothing and fails when a file differs.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { OperatorError } from '../src/lib/operator-error.ts';
import { readTables } from '../src/platform/postgres/catalogue.ts';
import { startEmbeddedPostgres } from '../src/platform/postgres/embedded.ts';
import { OWNER_TABLES } from '../src/platform/postgres/instance-tables.ts';
import { migrate } from '../src/platform/postgres/migrate.ts';
import { writeSchema } from '../src/platform/postgres/schema-text.ts';
import { writeTableTypes } from '../src/platform/postgres/table-types.ts';
import { runCommand } from './command.ts';

const PROJECT = path.resolve(import.meta.dirname, '..');

await runCommand(async () => {
  const files = await describeStructure();
  const isCheck = process.argv.includes('--check');
  const old: string[] = [];
  for (const [file, text] of files) {
    const target = path.join(PROJECT, file);
    if ((await readFile(target, 'utf8').catch(() => '')) === text) continue;
    old.push(file);
    if (!isCheck) await writeFile(target, text);
  }
  if (isCheck && old.length > 0) {
    throw new OperatorError(`${old.join(' and ')} do not match db/migrations: run npm run schema.`);
  }
  console.log(old.length > 0 ? `Written: ${old.join(', ')}.` : 'The structure is written as it is.');
});

async function describeStructure(): Promise<readonly (readonly [file: string, text: string])[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'terreau-schema-'));
  try {
    const server = await startEmbeddedPostgres({ folder, isDurable: false });
    try {
      await migrate(server.url, path.join(PROJECT, 'db/migrations'));
      const tables = await readStructure(server.url);
      return [
        ['db/schema.sql', writeSchema(tables)],
        ['src/platform/postgres/tables.ts', writeTableTypes(tables)],
      ];
    } finally {
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readStructure(ownerUrl: string) {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const owned: readonly string[] = OWNER_TABLES;
    return (await readTables(client)).filter(({ name }) => !owned.includes(name));
  } finally {
    await client.end();
  }
}
