/** `bin/terreau key create FILE`: a pair of Ed25519 keys, the private one readable by its owner alone. */
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { readArguments } from './command-line.ts';
import { fingerprintOf } from './signature.ts';
import { EXIT, printable, unreadableFile, type Command } from './terminal.ts';

export const createKeyCommand: Command = async (args, terminal) => {
  const { files } = readArguments(args, {}, { least: 1, most: 1, named: 'the file of the private key' });
  const [file = ''] = files;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  await writeNew(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
  await writeNew(`${file}.pub`, publicPem, 0o644);
  await terminal.write(
    `${printable(file)} signs plans: keep it to yourself. ${printable(`${file}.pub`)} checks them: give it away.\n` +
      `${publicPem}Fingerprint: ${fingerprintOf(publicKey)}\n`,
  );
  return EXIT.done;
};

/** Never over a key that is there. */
async function writeNew(file: string, text: string, mode: number): Promise<void> {
  try {
    await writeFile(file, text, { mode, flag: 'wx' });
  } catch (error) {
    throw unreadableFile(file, error);
  }
}
