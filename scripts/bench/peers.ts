/** The programs that the planning bench runs, each in a process of its own; peers have half a minute to end. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

export type Measure = { first: number; median: number; megabytes: number; total: number; pairs: number };
/** What a program answered, how long its whole process took, or why there is no answer. */
export type Outcome = { wholeMs: number; measure: Measure | null; note: string };

export type Peers = {
  readonly ours: (task: string, reps: number, more?: readonly string[]) => Outcome;
  /** A peer that runs in Node, as ours do, for as long as a peer may. */
  readonly npm: (task: string, reps: number) => Outcome;
  /** What is asked of a plan in hand, row by row. */
  readonly inHand: (reps: number) => readonly (Outcome & { readonly label: string })[];
  readonly lemon: ((algorithm: 'simplex' | 'scaling', reps: number) => Outcome) | null;
  readonly twin: ((reps: number) => Outcome) | null;
  readonly glpsol: (() => Outcome) | null;
  /** The fair plan of `fair-large.ts`, as it prints it. */
  readonly fairLarge: () => string;
  readonly versions: readonly string[];
};

const MINUTES = 60_000;
const PEER_MS = 30_000;

/** Bundles ours to plain JavaScript, as a built instance runs, and compiles the peers where that is possible. */
export async function preparePeers(folder: string, file: string): Promise<Peers> {
  const source = (name: string) => new URL(name, import.meta.url).pathname;
  const bundle = await rolldown({
    input: {
      'plan-once': source('plan-once.ts'),
      'fair-large': source('fair-large.ts'),
      'part-worker': source('../commands/part-worker.ts'),
    },
    platform: 'node',
    external: ['highs'],
    logLevel: 'silent',
  });
  // Beside the sources' node_modules, so that what is not bundled is found.
  await bundle.write({ dir: folder, entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
  const flags = ['-O3', '-march=native', '-std=c++17', '-DNDEBUG'];
  const compile = (name: string) => {
    const program = join(folder, name);
    return spawnSync('g++', [...flags, source(`${name}.cpp`), '-o', program]).status === 0 ? program : null;
  };
  const hasLemon = existsSync('/usr/include/lemon/network_simplex.h');
  const [lemon, twin] = [hasLemon ? compile('lemon-peer') : null, compile('network-simplex')];
  const glpsol = spawnSync('glpsol', ['--version'], { encoding: 'utf8' });
  const versionOf = (program: string) => firstLine(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout);
  const lemonVersion = spawnSync('pkg-config', ['--modversion', 'lemon'], { encoding: 'utf8' }).stdout;
  const once = (task: string, reps: number) => [
    '--max-old-space-size=8000',
    join(folder, 'plan-once.mjs'),
    task,
    `${reps}`,
    file,
  ];
  return {
    ours: (task, reps, more = []) => run(process.execPath, [...once(task, reps), ...more]),
    npm: (task, reps) => run(process.execPath, once(task, reps), PEER_MS),
    inHand: (reps) => runInHand(once('in-hand', reps)),
    lemon: lemon === null ? null : (algorithm, reps) => run(lemon, [file, algorithm, `${reps}`], PEER_MS),
    twin: twin === null ? null : (reps) => run(twin, [file, `${reps}`], PEER_MS),
    glpsol: glpsol.status === 0 ? () => runGlpsol(`${file}.min`) : null,
    fairLarge: () => {
      const ran = spawnSync(process.execPath, [join(folder, 'fair-large.mjs')], {
        encoding: 'utf8',
        timeout: 5 * MINUTES,
      });
      return ran.status === 0 ? ran.stdout.trim() : `failed: ${firstLine(ran.stderr)}`;
    },
    versions: [
      `Node ${process.version}`,
      `HiGHS from npm ${highsVersion()}`,
      lemon === null
        ? 'LEMON not measured (needs g++ and liblemon-dev)'
        : `LEMON ${firstLine(lemonVersion) || '1.3.1'}`,
      twin === null ? 'C++ twin not measured (needs g++)' : `C++ by ${versionOf('g++')}`,
      glpsol.status === 0 ? firstLine(glpsol.stdout) : 'glpsol not measured (needs glpk-utils)',
    ],
  };
}

function run(program: string, args: readonly string[], timeout = 5 * MINUTES): Outcome {
  const begun = performance.now();
  const ran = spawnSync(program, args, { encoding: 'utf8', timeout });
  const wholeMs = performance.now() - begun;
  if (ran.signal !== null) return { wholeMs, measure: null, note: `not ended after ${Math.round(wholeMs / 1000)} s` };
  if (ran.status !== 0) return { wholeMs, measure: null, note: `failed: ${firstLine(ran.stderr)}` };
  return { wholeMs, measure: ran.stdout === '' ? null : (JSON.parse(ran.stdout) as Measure), note: '' };
}

function runInHand(args: readonly string[]): readonly (Outcome & { label: string })[] {
  const ran = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 5 * MINUTES });
  if (ran.status !== 0) {
    const note = ran.signal === null ? `failed: ${firstLine(ran.stderr)}` : 'not ended after 5 minutes';
    return [{ label: 'the plan in hand', wholeMs: 0, measure: null, note }];
  }
  const rows = JSON.parse(ran.stdout) as (Measure & { label: string })[];
  return rows.map(({ label, ...measure }) => ({ label, wholeMs: 0, measure, note: '' }));
}

/** Linear programming on the same network; its whole process, the only figure that it gives without rounding. */
function runGlpsol(file: string): Outcome {
  const begun = performance.now();
  const ran = spawnSync('glpsol', ['--mincost', file], { encoding: 'utf8', timeout: PEER_MS });
  const wholeMs = performance.now() - begun;
  if (ran.signal !== null) return { wholeMs, measure: null, note: 'not ended after 30 s' };
  const cost = /^\*\s*\d+: obj =\s*(\S+)/gm;
  const last = ran.stdout.matchAll(cost).toArray().at(-1)?.[1];
  const megabytes = Number(/Memory used:\s*([\d.]+)/.exec(ran.stdout)?.[1] ?? 0);
  if (last === undefined) return { wholeMs, measure: null, note: `failed: ${firstLine(ran.stdout)}` };
  return { wholeMs, measure: { first: wholeMs, median: wholeMs, megabytes, total: -Number(last), pairs: 0 }, note: '' };
}

function highsVersion(): string {
  const file = new URL('../../package.json', import.meta.url).pathname;
  const read = spawnSync(process.execPath, ['-p', `require(${JSON.stringify(file)}).dependencies.highs`]);
  return read.stdout.toString().trim();
}

function firstLine(text: string | null): string {
  return (text ?? '').trim().split('\n')[0] ?? '';
}
