/**
 * `npm run dev`: the program as `npm start` runs it, built and started again after each change. What
 * does not build leaves the last good one running. PostgreSQL stays up in between.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../src/config.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/platform/postgres/embedded.ts';
import { build } from './build.ts';
import { runCommand } from './command.ts';

const PROJECT = path.resolve(import.meta.dirname, '..');
const FOLDERS = ['src', 'db/migrations', 'scripts'];
const QUIET_MS = 100;

let postgres: EmbeddedPostgres | undefined;
let program: ChildProcess | undefined;
let mustStart = false;
let timer: NodeJS.Timeout | undefined;
let round: Promise<void> = Promise.resolve();

await runCommand(async () => {
  const { dataFolder, databaseUrl } = await readConfig(process.env);
  // Held here too, so that it is not stopped and started with each round.
  if (!databaseUrl) postgres = await startEmbeddedPostgres({ folder: dataFolder });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
  for (const folder of FOLDERS) {
    watch(path.join(PROJECT, folder), { recursive: true }, (_event, file) => {
      if (file && !/\.test\.tsx?$|~$/.test(file)) schedule(folder !== 'src');
    });
  }
  schedule(true);
});

/**
 * An editor saves in several steps: what changes within a moment is one change. The build knows whether
 * the source differs; a migration or a script that changed needs a start in any case.
 */
function schedule(needsStart: boolean): void {
  mustStart ||= needsStart;
  clearTimeout(timer);
  timer = setTimeout(() => {
    round = round.then(renew);
  }, QUIET_MS);
}

async function renew(): Promise<void> {
  try {
    const isBuilt = await build();
    if (!isBuilt && !mustStart && isRunning(program)) return;
  } catch (error) {
    console.error((error as Error).message);
    return;
  }
  mustStart = false;
  await stopProgram();
  program = spawn(process.execPath, ['scripts/start.ts'], { cwd: PROJECT, stdio: 'inherit' });
}

async function stopProgram(): Promise<void> {
  const old = program;
  if (!old || !isRunning(old)) return;
  const ended = new Promise((resolve) => old.once('exit', resolve));
  old.kill('SIGTERM');
  await ended;
}

function isRunning(child: ChildProcess | undefined): boolean {
  return child !== undefined && child.exitCode === null && child.signalCode === null;
}

async function end(): Promise<void> {
  clearTimeout(timer);
  await round;
  await stopProgram();
  await postgres?.stop();
  process.exit();
}
