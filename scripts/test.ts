/**
 * `npm test`: every test, on throw-away databases, with Node's own runner.
 *
 *   npm test                     everything, browser journeys included
 *   npm test -- src/lib          the files under a path
 *   npm test -- --database       only the tests that open a database, journeys of the browser apart
 *   npm test -- --unit           only the tests that need neither database nor build
 *
 * TERREAU_TEST_DATABASE_URL names a PostgreSQL on which databases may be created; without it an
 * embedded one is started in a temporary folder and removed at the end. The last line is always
 * `N passed, N failed, N skipped`; to run no test at all is a failure.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { findTestFiles, type TestFile } from './test-files.ts';
import { count, hasFailed, newTally, summary, type TestEvent } from './test-tally.ts';

const WORKERS = 2;
const LONGEST_TEST_MS = 5 * 60_000;

const stops: (() => Promise<void>)[] = [];
process.exitCode = await main();

async function main(): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stopAll().finally(() => process.exit(130)));
  }
  const tally = newTally();
  try {
    const files = chooseFiles(process.argv.slice(2));
    await prepare(files);
    await runTests(files, tally);
  } catch (error) {
    tally.failed += 1;
    console.error(`✖ ${error instanceof Error ? error.message : String(error)}`);
  }
  await stopAll();
  console.log(summary(tally));
  return hasFailed(tally) ? 1 : 0;
}

function chooseFiles(words: readonly string[]): TestFile[] {
  const unknown = words.find((word) => word.startsWith('-') && !/^--(unit|database)$/.test(word));
  if (unknown) throw new Error(`${unknown} is no option here: use --unit, --database or a path.`);
  const paths = words.filter((word) => !word.startsWith('-')).map((path) => relative('.', path));
  const chosen = findTestFiles()
    .filter((file) => !words.includes('--unit') || file.isUnit)
    .filter((file) => !words.includes('--database') || (file.needsDatabase && !file.needsBrowser))
    .filter(({ path }) => paths.length === 0 || paths.some((start) => path.startsWith(start)));
  if (chosen.length === 0) throw new Error(`No test file fits ${words.join(' ')}.`);
  return chosen;
}

async function prepare(files: readonly TestFile[]): Promise<void> {
  if (files.some((file) => file.needsBuild)) {
    execFileSync(process.execPath, ['scripts/build.ts'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  if (!files.some((file) => file.needsDatabase)) return;
  if (process.env['TERREAU_TEST_DATABASE_URL']) return;
  const { startEmbeddedPostgres } = await import('../src/platform/postgres/embedded.ts');
  const folder = mkdtempSync(join(tmpdir(), 'terreau-test-'));
  stops.push(async () => rmSync(folder, { recursive: true, force: true }));
  const server = await startEmbeddedPostgres({ folder, isDurable: false });
  stops.push(() => server.stop());
  process.env['TERREAU_TEST_DATABASE_URL'] = server.url;
}

async function runTests(files: readonly TestFile[], tally: ReturnType<typeof newTally>) {
  const events = run({
    files: files.map((file) => file.path),
    concurrency: WORKERS,
    // What a test left open ends with its file: it must not hold the whole run.
    execArgv: ['--import', './scripts/tsx.ts', '--test-force-exit', `--test-timeout=${LONGEST_TEST_MS}`],
  });
  let failedBefore = 0;
  for await (const event of events as AsyncIterable<TestEvent>) {
    const text = count(tally, event);
    if (text) console.log(text);
    if (event.type !== 'test:summary' || !event.data.file) continue;
    const sign = tally.failed > failedBefore ? '✖' : '✔';
    failedBefore = tally.failed;
    console.log(`${sign} ${relative('.', event.data.file)}`);
  }
}

async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).toReversed()) await stop();
}
