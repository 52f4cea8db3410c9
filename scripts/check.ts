/**
 * `npm run check`: what must hold before a change is shown to anybody. Every step runs, one line
 * each; what failed is printed where it failed and named again at the end.
 */
import { spawnSync } from 'node:child_process';

/** A step is a program of `node_modules/.bin`, or `node`, with its arguments. */
const STEPS: readonly (readonly [name: string, ...command: string[]])[] = [
  ['format', 'oxfmt', '--check', '.'],
  ['lint', 'oxlint', '--deny-warnings'],
  ['types', 'tsc', '--noEmit'],
  ['imports and size', 'node', 'scripts/test.ts', 'src/architecture.test.ts', 'src/size.test.ts'],
  ['unit tests', 'node', 'scripts/test.ts', '--unit'],
  ['schema', 'node', 'scripts/schema.ts', '--check'],
];

const failed = STEPS.filter((step) => !passes(step)).map(([name]) => name);
if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}.`);
else console.log('\nEverything holds.');
process.exitCode = failed.length > 0 ? 1 : 0;

function passes([name, program = '', ...words]: (typeof STEPS)[number]): boolean {
  const start = performance.now();
  const [command, args] = program === 'node' ? [process.execPath, words] : [bin(program), words];
  const result = spawnSync(command, args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const isFine = result.status === 0;
  console.log(`${isFine ? '✔' : '✖'} ${name.padEnd(18)} ${seconds.padStart(5)} s`);
  if (!isFine) console.log(indent(`${result.error?.message ?? ''}${result.stdout}${result.stderr}`));
  return isFine;
}

function indent(text: string): string {
  return text.trimEnd().replaceAll(/^/gm, '    ');
}

function bin(program: string): string {
  return `node_modules/.bin/${program}`;
}
