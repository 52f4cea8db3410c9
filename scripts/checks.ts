/**
 * `node scripts/checks.ts`: does everything that must always hold still hold? Runs db/checks on the instance that the
 * environment names (TERREAU_DATA or DATABASE_URL), beside a running server or without one; changes nothing.
 * Code 0 and one line when all is well; code 1 and the rows at fault otherwise.
 */
import path from 'node:path';
import { readConfig } from '../src/config.ts';
import { openDatabase } from '../src/platform/postgres/database.ts';
import { readChecks, runChecks, type Breach } from '../src/platform/postgres/checks.ts';
import { startEmbeddedPostgres } from '../src/platform/postgres/embedded.ts';
import { runCommand } from './command.ts';

const FOLDER = path.resolve(import.meta.dirname, '../db/checks');

await runCommand(async () => {
  const config = await readConfig(process.env);
  const own =
    config.databaseUrl === undefined
      ? await startEmbeddedPostgres({ folder: config.dataFolder, onFailure: (error) => console.error(error.message) })
      : undefined;
  try {
    await report(config.databaseUrl ?? own?.url ?? '');
  } finally {
    await own?.stop();
  }
});

async function report(url: string): Promise<void> {
  const database = openDatabase({ url, poolSize: 1, applicationName: 'terreau checks' });
  try {
    const checks = await readChecks(FOLDER);
    const breaches = await runChecks(database, checks);
    for (const breach of breaches) console.error(describe(breach));
    console.log(`${checks.length} checks, ${breaches.length === 0 ? 'all hold' : `${breaches.length} broken`}`);
    if (breaches.length > 0) process.exitCode = 1;
  } finally {
    await database.close();
  }
}

function describe({ check, territory, rows, count }: Breach): string {
  const lines = rows.map(
    (row) => `  ${JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value))}`,
  );
  const more = count > rows.length ? [`  … and ${count - rows.length} more`] : [];
  return [`✖ ${territory}: ${check.name} (${count}). ${check.sentence}`, ...lines, ...more].join('\n');
}
