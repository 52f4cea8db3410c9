/**
 * From the words of a command line to the command, and from whatever happens to a code and a sentence.
 *
 * Must always hold: a person never meets a stack trace; each command is loaded only when it is called, so that none
 * waits for what another needs.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { isOperatorError, OperatorError } from '../../src/lib/operator-error.ts';
import { EXIT, printable, type Command, type Terminal } from './terminal.ts';
import { HELP, USAGE } from './help.ts';

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  plan: async () => (await import('./plan.ts')).planCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  flow: async () => (await import('./flow.ts')).flowCommand,
  import: async () => (await import('./import.ts')).importCommand,
  'key create': async () => (await import('./key.ts')).createKeyCommand,
  'ledger verify': async () => (await import('./ledger.ts')).verifyLedgerCommand,
  'territory create': async () => (await import('./territory.ts')).createTerritoryCommand,
};

/** Answers the code of the process. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const name = Object.keys(COMMANDS).find((each) => each.split(' ').every((word, place) => args[place] === word));
  const load = name === undefined ? undefined : COMMANDS[name];
  if (name === undefined || load === undefined) return explain(args, terminal);
  const rest = args.slice(name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) {
    await terminal.write(HELP[name] ?? USAGE);
    return EXIT.done;
  }
  try {
    const command = await load();
    return await command(rest, terminal);
  } catch (error) {
    terminal.tell(sentenceOf(error, name));
    return isInputFault(error) ? EXIT.badInput : EXIT.fault;
  }
}

/** The options and the files of a command; what it does not know is refused with a sentence. */
export function readArguments<Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  files: { readonly least: number; readonly most: number; readonly named: string },
) {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  if (positionals.length < files.least) throw new OperatorError(`Name ${files.named}.`);
  const extra = positionals[files.most];
  if (extra !== undefined) throw new OperatorError(`“${printable(extra)}” is one file too many: name ${files.named}.`);
  return { values, files: positionals };
}

async function explain(args: readonly string[], terminal: Terminal): Promise<number> {
  const [word, second] = args;
  const topic = word === 'help' ? args.slice(1).join(' ') : word;
  if (word === undefined || topic === '' || word === '--help' || word === '-h') {
    await terminal.write(USAGE);
    return EXIT.done;
  }
  const family = Object.keys(COMMANDS).filter((each) => each === topic || each.startsWith(`${topic} `));
  if (family.length > 0 && (word === 'help' || second === '--help' || second === '-h')) {
    await terminal.write(family.map((each) => HELP[each]).join('\n'));
    return EXIT.done;
  }
  const known = Object.keys(COMMANDS).map((each) => `“${each}”`);
  terminal.tell(`There is no command “${printable(args.slice(0, 2).join(' '))}”. There are ${known.join(', ')}.`);
  terminal.tell('bin/terreau --help says what each does.');
  return EXIT.badInput;
}

function isInputFault(error: unknown): boolean {
  return isOperatorError(error) || isArgumentFault(error) || isTooLarge(error);
}

function sentenceOf(error: unknown, command: string): string {
  const hint = `bin/terreau ${command} --help says how.`;
  if (isOperatorError(error)) return error.message;
  if (isArgumentFault(error)) return `${(error as Error).message.split(/\.\s/u)[0]?.replace(/\.$/u, '')}. ${hint}`;
  if (isTooLarge(error)) return 'This is too large for the memory of this machine.';
  const what = error instanceof Error ? error.message : String(error);
  return `Terreau met a fault of its own (${printable(what, 200)}). Please report it, with the command and the file.`;
}

function isArgumentFault(error: unknown): boolean {
  return error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}

function isTooLarge(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: string };
  if (code === 'ERR_STRING_TOO_LONG' || code === 'ERR_WORKER_OUT_OF_MEMORY') return true;
  return (
    error instanceof RangeError && /allocation failed|Invalid (?:string|array|typed array) length/u.test(error.message)
  );
}
