/** `bin/terreau territory create`: opens an empty territory on the instance that the environment names. */
import { OperatorError } from '../../src/lib/operator-error.ts';
import { openDatabase } from '../../src/platform/postgres/database.ts';
import { foundingInput, foundTerritory } from '../../src/territory-founding.ts';
import { readArguments } from './command-line.ts';
import { withInstanceDatabase } from './instance-database.ts';
import { EXIT, type Command } from './terminal.ts';

const option = { type: 'string' } as const;
const OPTIONS = {
  name: option,
  address: option,
  administrator: option,
  'administrator-name': option,
  region: option,
  zone: option,
};

export const createTerritoryCommand: Command = async (args, terminal) => {
  const { values } = readArguments(args, OPTIONS, { least: 0, most: 0, named: 'no file' });
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
  const { name, address, administrator } = parsed.data;
  await terminal.write(
    `The territory ${name} is open at /${address}; ${administrator} administers it and signs in by mail.\n`,
  );
  return EXIT.done;
};
