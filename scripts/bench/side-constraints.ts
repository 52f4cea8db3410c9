/**
 * The bench of side constraints: public instances with known optima, ours beside HiGHS from npm asked in the
 * plain ways (the floor as a column; the total alone). Each row runs in a process of its own. Rows that lose stay.
 *
 * `npm run bench -- side [--write FILE] [--only NAME]`
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { FOLDERS, gridgenOptimum, instanceNames, readInstance } from './public-instances.ts';
import type { SideMeasure } from './side-once.ts';

const SECONDS: Readonly<Record<string, number>> = {
  'midl-2018-loads': 7.5,
  e10200: 25,
  c15900: 25,
  d05100: 25,
  e05100: 25,
};
const USUAL_SECONDS = 10;
const HEADINGS = [
  'instance',
  'solver',
  'worst',
  'bound',
  'total',
  'bound',
  'gap %',
  'known',
  'first ms',
  'median ms',
  'MB',
  'status',
];

export async function benchSide(options: readonly string[]): Promise<void> {
  const told = (name: string) => {
    const place = options.indexOf(name);
    return place < 0 ? undefined : options[place + 1];
  };
  const [file, only] = [told('--write'), told('--only')];
  const names = instanceNames().filter((name) => only === undefined || name === only);
  if (names.length === 0) {
    console.log(`Nothing to measure: there is no data at ${FOLDERS.matching} or ${FOLDERS.assignment}.`);
    return;
  }
  const lines: string[] = [];
  const print = (line: string) => {
    console.log(line);
    lines.push(line);
  };
  print(machine());
  print('');
  print(`| ${HEADINGS.join(' | ')} |`);
  print(`|${HEADINGS.map(() => ' --- |').join('')}`);
  for (const name of names) for (const solver of solversOf(name)) print(rowOf(name, solver));
  if (file !== undefined) writeFileSync(file, pageOf(lines));
}

function machine(): string {
  const highs = JSON.parse(readFileSync('node_modules/highs/package.json', 'utf8')) as { version: string };
  const [load = 0] = loadavg();
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, ${cpus()[0]?.model ?? 'unknown processor'} (${cpus().length} cores, load ${load.toFixed(1)} at the start), Node ${process.version}, npm highs ${highs.version}.`;
}

function solversOf(name: string): string[] {
  if (name === 'midl-2018' || name === 'midl-2018-loads') return ['ours', 'naive', 'total'];
  // HiGHS takes minutes for assignments of this size.
  const isLarge = ['gridgen', 'echelle', 'assign'].some((start) => name.startsWith(start));
  return isLarge ? ['ours'] : ['ours', 'total'];
}

const SPOKEN: Readonly<Record<string, string>> = {
  ours: 'ours',
  naive: 'HiGHS, floor as a column',
  total: 'HiGHS, total only',
};

function rowOf(name: string, solver: string): string {
  const seconds = SECONDS[name] ?? USUAL_SECONDS;
  const once = new URL('side-once.ts', import.meta.url).pathname;
  const args = ['--max-old-space-size=4000', once, solver, name, String(seconds), '9'];
  const found = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as SideMeasure;
  const gap =
    found.total === null || found.bound === null
      ? null
      : (100 * Math.abs(found.bound - found.total)) / Math.abs(found.total);
  const cells = [
    name,
    SPOKEN[solver] ?? solver,
    figure(found.worst),
    figure(found.worstBound),
    figure(found.total),
    figure(found.bound),
    gap === null ? '' : gap.toFixed(4),
    knownOf(name),
    found.first.toFixed(0),
    found.median.toFixed(0),
    String(found.megabytes),
    found.status,
  ];
  return `| ${cells.join(' | ')} |`;
}

function figure(value: number | null): string {
  return value === null ? '' : String(Math.round(value * 1e6) / 1e6);
}

function knownOf(name: string): string {
  if (name.startsWith('gridgen')) return String(gridgenOptimum(name));
  const { known } = readInstance(name);
  if (known === null) return '';
  return known.best === known.bound ? String(known.best) : `${known.bound} to ${known.best}`;
}

function pageOf(lines: readonly string[]): string {
  return `# Bench: side constraints

\`npm run bench -- side --write docs/bench-side-constraints.md\` writes this page. Instances are read from \`../shared/data\` and are not part of the project. How it is done: [planning-side-constraints.md](planning-side-constraints.md).

- **worst** is the least sum of scores of a need, **total** the sum of all; a **bound** says that no plan has more (for costs: less) under what stands before it. The first bound is that of the worst, the second that of the total.
- **known** is the optimum that is published or was found by others, or the range in which it lies.
- **median** is over up to nine calls in one process, **first** is the first of them, with loading the solver; a call that takes more than half of its limit (7.5 s for MIDL with loads, 25 s for the hardest assignments, else 10 s) is made once.
- Every plan of ours was accepted by the independent checker.

${lines.join('\n')}
`;
}
