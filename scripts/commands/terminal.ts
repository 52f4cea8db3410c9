/**
 * What a command of `bin/terreau` sees of the world around it: its streams and the person at the keyboard. Tests hand in
 * one of their own, so that a command runs whole in their process.
 */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { OperatorError } from '../../src/lib/operator-error.ts';

export interface Terminal {
  readonly input: AsyncIterable<Uint8Array>;
  /** Writes to the standard output as fast as it is read at the other end. */
  readonly write: (text: string) => Promise<void>;
  /** One line for the person, on the error stream. */
  readonly tell: (line: string) => void;
  /** A line that the next one replaces, shown only to a person at a terminal. */
  readonly showProgress: (line: string) => void;
  /** Calls back at Ctrl-C instead of ending; returns what gives Ctrl-C its usual meaning back. */
  readonly onInterrupt: (listener: () => void) => () => void;
  readonly language: 'fr' | 'en';
  /** Settings that no command line should show, such as keys. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** How a command ends. Documented in `docs/guides/plan-your-own-data.md`. */
export const EXIT = {
  done: 0,
  /** The checker refuses the file. */
  refused: 1,
  badInput: 2,
  infeasible: 3,
  /** A lawful plan was found, but the time was up before it was proven best. */
  unproven: 4,
  fault: 70,
  cancelled: 130,
} as const;

export type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  // A reader that has seen enough (`| head`) closes the pipe: that ends the command, without a word.
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : EXIT.fault));
  const clear = stderr.isTTY ? '\r\u001b[2K' : '';
  return {
    input: stdin,
    write: (text) => new Promise((resolve) => void stdout.write(text, () => resolve())),
    tell: (line) => void stderr.write(`${clear}${line}\n`),
    showProgress: (line) => void (stderr.isTTY && stderr.write(`${clear}${line}`)),
    onInterrupt: (listener) => {
      process.on('SIGINT', listener);
      return () => void process.off('SIGINT', listener);
    },
    environment: env,
    language: /^fr/iu.test(env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '') ? 'fr' : 'en',
  };
}

/** A file in pieces, the standard input when its name is `-`. */
export async function* piecesOf(file: string, terminal: Terminal): AsyncGenerator<Uint8Array> {
  try {
    yield* file === '-' ? terminal.input : createReadStream(file, { highWaterMark: 1 << 20 });
  } catch (error) {
    throw unreadableFile(file, error);
  }
}

/** A whole file, the standard input when its name is `-`. */
export async function bytesOf(file: string, terminal: Terminal): Promise<Uint8Array> {
  try {
    if (file !== '-') return await readFile(file);
    const pieces: Uint8Array[] = [];
    for await (const piece of terminal.input) pieces.push(piece);
    return Buffer.concat(pieces);
  } catch (error) {
    throw unreadableFile(file, error);
  }
}

/** The sentence for a file that the system does not give or take; other errors come back as they are. */
export function unreadableFile(file: string, error: unknown): unknown {
  const { code } = (error ?? {}) as { code?: string };
  const why = code === undefined ? undefined : FILE_FAULTS[code];
  return why === undefined ? error : new OperatorError(`${printable(file)}: ${why}`);
}

const FILE_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder.',
  ENOTDIR: 'there is no such file or folder.',
  EISDIR: 'this is a folder, not a file.',
  EACCES: 'you may not use this file.',
  EPERM: 'you may not use this file.',
  EROFS: 'this disk cannot be written.',
  ENOSPC: 'the disk is full.',
  EEXIST: 'this file exists already.',
  ENAMETOOLONG: 'this name is too long.',
  ERR_INVALID_ARG_VALUE: 'this is not the name of a file.',
  ERR_FS_FILE_TOO_LARGE: 'this file is larger than 2 GiB.',
  ERR_STRING_TOO_LONG: 'this file is too large to be read as one text.',
};

/** A text of somebody else on one line, without the characters that would act on the terminal. */
export function printable(text: string, longest = 80): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const letters = [...line];
  return letters.length <= longest ? line : `${letters.slice(0, longest - 1).join('')}…`;
}
