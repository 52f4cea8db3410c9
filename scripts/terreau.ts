/** `bin/terreau`: what an operator does from the shell, on the instance that the environment names. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { present } from '../src/lib/assert.ts';
import { OperatorError } from '../src/lib/operator-error.ts';
import { openDatabase } from '../src/platform/postgres/database.ts';
import { startEmbeddedPostgres } from '../src/platform/postgres/embedded.ts';
import { migrate } from '../src/platform/postgres/migrate.ts';
import { foundingInput, foundTerritory } from '../src/territory-founding.ts';
import { runCommand } from './command.ts';

const USAGE = `Usage:
  bin/terreau territory create --name NAME --address WORD --administrator MAIL [--administrator-name NAME] [--region CODE] [--zone ZONE]
      Opens an empty territory on this instance; its administrator signs in by mail.

The instance is the one of TERREAU_DATA or DATABASE_URL, as for npm start.`;

await runCommand(async () => {
  const [noun, verb, ...rest] = process.argv.slice(2);
  if (noun === 'territory' && verb === 'create') return createTerritory(rest);
  console.log(USAGE);
  if (noun !== undefined && noun !== '--help' && noun !== 'help') process.exitCode = 2;
});

async function createTerritory(args: readonly string[]): Promise<void> {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      name: option,
      address: option,
      administrator: option,
      'administrator-name': option,
      region: option,
      zone: option,
    },
  });
  const { 'administrator-name': administratorName, ...given } = values;
  const parsed = foundingInput.safeParse({
    name: '',
    address: '',
    administrator: '',
    ...given,
    ...(administratorName === undefined ? {} : { administratorName }),
  });
  if (!parsed.success) throw new OperatorError(parsed.error.issues.map((issue) => issue.message).join('\n'));
  await withInstanceDatabase(async (ownerUrl) => {
    const database = openDatabase({ url: ownerUrl, applicationName: 'terreau command' });
    try {
      const founded = await foundTerritory(database, parsed.data, {
        now: Temporal.Now.instant(),
        fillRandom: (bytes) => void crypto.getRandomValues(bytes),
      });
      if (!founded.ok)
        throw new OperatorError(`The address /${parsed.data.address} is taken: choose another word with --address.`);
    } finally {
      await database.close();
    }
  });
  console.log(
    `The territory ${parsed.data.name} is open at /${parsed.data.address}; ${parsed.data.administrator} administers it and signs in by mail.`,
  );
}

/** The instance's database, started when it is the embedded one and not running yet. */
async function withInstanceDatabase(work: (ownerUrl: string) => Promise<void>): Promise<void> {
  const config = await readConfig(process.env);
  const own =
    config.databaseUrl === undefined
      ? await startEmbeddedPostgres({ folder: config.dataFolder, onFailure: (error) => console.error(error.message) })
      : undefined;
  try {
    const ownerUrl = config.databaseUrl ?? present(own, 'the embedded database').url;
    await migrate(ownerUrl, path.resolve(import.meta.dirname, '../db/migrations'));
    await work(ownerUrl);
  } finally {
    await own?.stop();
  }
}
