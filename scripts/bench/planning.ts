/**
 * The planning engine beside its peers: HiGHS from npm, and LEMON's network simplex and cost scaling when
 * Debian's liblemon-dev and g++ are there. Each measure runs in a process of its own: `first` is the first
 * call of that process (reading and building the network included for ours, solve alone for LEMON), `median`
 * the median of several; memory is the most that the process held.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

type Size = { readonly needs: number; readonly offers: number; readonly pairsPerNeed: number; readonly seed: number };
type Measure = { first: number; median: number; megabytes: number; total: number; pairs: number; note?: string };

const SIZES: readonly Size[] = [
  { needs: 60, offers: 15, pairsPerNeed: 12, seed: 1 },
  { needs: 1000, offers: 300, pairsPerNeed: 20, seed: 2 },
  { needs: 10_000, offers: 3000, pairsPerNeed: 20, seed: 3 },
  { needs: 100_000, offers: 30_000, pairsPerNeed: 20, seed: 4 },
];
const LARGE: Size = { needs: 1_000_000, offers: 300_000, pairsPerNeed: 20, seed: 5 };
/** Ample: capacity is about 1.4 × demand. Scarce: demand is about 1.5 × capacity. */
const SUPPLIES = [
  { name: 'ample', greatestCapacity: 40 },
  { name: 'scarce', greatestCapacity: 18 },
] as const;
const HIGHS_LIMIT = 10_000;

export async function benchPlanning(options: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'terreau-bench-'));
  try {
    const lemon = compileLemon(folder);
    console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${new Date().toISOString()}`);
    if (lemon === null) console.log('LEMON: not measured (needs g++ and liblemon-dev).');
    for (const { name, greatestCapacity } of SUPPLIES) {
      for (const size of options.includes('large') ? [...SIZES, LARGE] : SIZES) {
        benchSize(name, { ...size, greatestCapacity }, lemon, join(folder, 'instance.bin'));
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function benchSize(name: string, size: Size & { greatestCapacity: number }, lemon: string | null, file: string): void {
  const reps = size.needs <= 1000 ? 51 : size.needs <= 10_000 ? 9 : 3;
  const ours = (task: string) => runNode([task, String(reps), JSON.stringify(size), file]);
  const total = ours('total');
  console.log(`\n${size.needs} × ${size.offers}, ${total.pairs} pairs, ${name}`);
  console.log('solver                        first ms   median ms    MB   total score');
  row('greatest total, ours', total);
  if (lemon !== null) {
    const isSlow = size.needs > 100_000;
    if (!isSlow) row('greatest total, LEMON simplex', runLemon(lemon, file, 'simplex', reps));
    row('greatest total, LEMON scaling', runLemon(lemon, file, 'scaling', isSlow ? 1 : reps));
  }
  row('leximin then total, ours', ours('leximin'));
  if (size.needs <= HIGHS_LIMIT) row('leximin then total, HiGHS npm', ours('highs'));
  row('what-if: one capacity', ours('capacity'));
  row('what-if: one need', ours('need'));
  row('check of the proof', ours('check'));
}

function row(label: string, { first, median, megabytes, total, note }: Measure): void {
  const cell = (value: number, width: number, digits: number) => value.toFixed(digits).padStart(width);
  const figures = `${cell(first, 9, 2)} ${cell(median, 11, 2)} ${cell(megabytes, 5, 0)}`;
  console.log(`${label.padEnd(29)} ${figures} ${cell(total, 13, 0)}${note ? `  ${note}` : ''}`);
}

function runNode(args: readonly string[]): Measure {
  const script = new URL('plan-once.ts', import.meta.url).pathname;
  const ran = spawnSync(process.execPath, ['--max-old-space-size=8000', script, ...args], { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`The measure ${args[0]} failed: ${ran.stderr}`);
  return JSON.parse(ran.stdout) as Measure;
}

function runLemon(program: string, file: string, algorithm: string, reps: number): Measure {
  return JSON.parse(execFileSync(program, [file, algorithm, String(reps)], { encoding: 'utf8' })) as Measure;
}

/** The path of the compiled peer, or null where it cannot be compiled. */
function compileLemon(folder: string): string | null {
  if (!existsSync('/usr/include/lemon/network_simplex.h')) return null;
  const source = new URL('lemon-peer.cpp', import.meta.url).pathname;
  const program = join(folder, 'lemon-peer');
  const flags = ['-O3', '-march=native', '-std=c++17', '-DNDEBUG', source, '-o', program];
  return spawnSync('g++', flags).status === 0 ? program : null;
}
