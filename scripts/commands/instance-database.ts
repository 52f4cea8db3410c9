/** The database of the instance that the environment names, for commands. */
import path from 'node:path';
import { readConfig } from '../../src/config.ts';
import { present } from '../../src/lib/assert.ts';
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded.ts';
import { migrate } from '../../src/platform/postgres/migrate.ts';

/** The instance's database, started when it is the embedded one and not running yet. */
export async function withInstanceDatabase(work: (ownerUrl: string) => Promise<void>): Promise<void> {
  const config = await readConfig(process.env);
  const own =
    config.databaseUrl === undefined
      ? await startEmbeddedPostgres({ folder: config.dataFolder, onFailure: (error) => console.error(error.message) })
      : undefined;
  try {
    const ownerUrl = config.databaseUrl ?? present(own, 'the embedded database').url;
    await migrate(ownerUrl, path.resolve(import.meta.dirname, '../../db/migrations'));
    await work(ownerUrl);
  } finally {
    await own?.stop();
  }
}
