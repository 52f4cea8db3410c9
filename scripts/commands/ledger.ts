/** `bin/terreau ledger verify`: is every entry of a territory's books what it was when it was sealed? */
import { verifyChain, type ChainFault } from '../../src/domains/ledger/verification.server.ts';
import { OperatorError } from '../../src/lib/operator-error.ts';
import { openDatabase, withTerritory } from '../../src/platform/postgres/database.ts';
import { readArguments } from './command-line.ts';
import { withInstanceDatabase } from './instance-database.ts';
import { EXIT, printable, type Command } from './terminal.ts';

const OPTIONS = { territory: { type: 'string' }, expect: { type: 'string', multiple: true } } as const;

export const verifyLedgerCommand: Command = async (args, terminal) => {
  const { values } = readArguments(args, OPTIONS, { least: 0, most: 0, named: 'no file' });
  const expected = values.expect ?? [];
  const wrong = expected.find((hash) => !/^[0-9a-f]{64}$/u.test(hash));
  if (wrong !== undefined) throw new OperatorError(`“${printable(wrong)}” is no hash: 64 figures from 0 to f.`);
  let isWhole = true;
  await withInstanceDatabase(async (url) => {
    const database = openDatabase({ url, applicationName: 'terreau command' });
    try {
      const territories = await chosen(values.territory);
      for (const { id, slug } of territories) {
        const found = await withTerritory(database, id, (tx) => verifyChain(tx, expected), {
          isolation: 'repeatable read',
          readOnly: true,
        });
        isWhole &&= found.faults.length === 0;
        const state = found.faults.length === 0 ? 'whole' : 'NOT WHOLE';
        await terminal.write(
          `${slug}: ${state}. ${found.entries} entries in ${found.blocks} blocks, ${found.waiting} waiting to be sealed.\n` +
            `last hash ${found.head}\n${found.faults.map((fault) => `  ${sentenceOf(fault)}\n`).join('')}`,
        );
      }
    } finally {
      await database.close();
    }

    async function chosen(slug: string | undefined) {
      const all = database.kysely.selectFrom('territories').select(['id', 'slug']).orderBy('slug');
      const rows = await (slug === undefined ? all : all.where('slug', '=', slug)).execute();
      if (rows.length === 0) throw new OperatorError(`There is no territory “${printable(slug ?? '')}” here.`);
      return rows;
    }
  });
  return isWhole ? EXIT.done : EXIT.refused;
};

function sentenceOf(fault: ChainFault): string {
  switch (fault.kind) {
    case 'entry-changed':
      return `Block ${fault.height}: the entry ${fault.entryId} is no longer the one that was sealed.`;
    case 'block-changed':
      return `Block ${fault.height} is no longer the one that was sealed.`;
    case 'block-missing':
      return `Block ${fault.height} is missing or does not follow the one before.`;
    case 'entry-outside':
      return `The entry ${fault.entryId} is neither sealed nor waiting.`;
    case 'sums-differ':
      return `The balances of account ${fault.accountId} are not the sum of its transfers.`;
    case 'expected-missing':
      return `No block has the hash ${fault.hash}.`;
  }
}
