/**
 * `bin/terreau`: planning, checking and solving on files of one's own, and what an operator does on the instance that
 * the environment names. The commands stand in `scripts/commands`.
 */
import { runCommandLine } from './commands/command-line.ts';
import { processTerminal } from './commands/terminal.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal());
