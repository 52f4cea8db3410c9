/**
 * The planning engine beside its peers: LEMON's two codes, the same algorithm in C++, HiGHS from npm, glpsol; what
 * is not installed is said. Each measure runs in a process of its own: `first` is the first call of that process
 * (reading excluded, building the network included for ours and the C++ twin, solve alone for LEMON), `median` the
 * median of several; memory is the most that the process held; `whole` is the process from its start to its end,
 * reading included. Questions to a plan in hand share a process, so that the plan is made once: `first` is then the first of
 * their kind, for a changed capacity with the lists that make such questions quick. Peers have 30 s. Public instances
 * with known optima, MIDL 2018 among them, are measured by `npm run bench -- side`. Options: `large` for 20 million pairs; `needs=60;1000` and `supply=ample` for a part of the table;
 * `fair` for the
 * plan from vectors, which the whole table ends with; `--write FILE.md` for a page with its drawing, `--add FILE.md` for a part more on that page.
 */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { growthChart, type GrowthLine } from './growth-chart.ts';
import { preparePeers, type Outcome, type Peers } from './peers.ts';

type Size = { readonly needs: number; readonly offers: number; readonly pairsPerNeed: number; readonly seed: number };

const SIZES: readonly Size[] = [
  { needs: 60, offers: 15, pairsPerNeed: 12, seed: 1 },
  { needs: 1000, offers: 300, pairsPerNeed: 20, seed: 2 },
  { needs: 10_000, offers: 3000, pairsPerNeed: 20, seed: 3 },
  { needs: 100_000, offers: 30_000, pairsPerNeed: 20, seed: 4 },
];
const LARGE: Size = { needs: 1_000_000, offers: 300_000, pairsPerNeed: 20, seed: 5 };
/** Ample: capacity is about 1.4 × demand. Tight: demand is about 130 % of capacity. Apart: no pair leaves home. */
const SUPPLIES = [
  { name: 'ample', greatestCapacity: 40, homePairs: 7 },
  { name: 'tight', greatestCapacity: 22, homePairs: 7 },
  { name: 'ample, apart', greatestCapacity: 40, homePairs: 10 },
  { name: 'tight, apart', greatestCapacity: 22, homePairs: 10 },
] as const;
/** Above these, a peer takes minutes or all memory: not run. */
const MOST_NEEDS = { highs: 10_000, glpsol: 10_000, lemonSimplex: 100_000 };
/** Questions to a plan in hand, each kind. */
const IN_HAND = 41;

type Report = { readonly say: (line: string) => void; readonly growth: Map<string, [number, number][]> };

export async function benchPlanning(options: readonly string[]): Promise<void> {
  // Within the project, so that what is not bundled is found.
  const home = new URL('../../node_modules/.cache/', import.meta.url).pathname;
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, 'bench-'));
  const lines: string[] = [];
  const report: Report = {
    growth: new Map(),
    say: (line) => {
      lines.push(line);
      console.log(line);
    },
  };
  try {
    const peers = await preparePeers(folder, join(folder, 'instance.bin'));
    report.say(
      `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
    );
    report.say(peers.versions.join('; '));
    // Beside other work all times are longer, and unevenly so.
    report.say(`Load when begun: ${loadavg()[0]?.toFixed(1)}`);
    const fileAfter = (word: string) => (options.includes(word) ? options[options.indexOf(word) + 1] : undefined);
    const [page, more] = [fileAfter('--write'), fileAfter('--add')];
    const supplies = chosen(options, 'supply');
    const sizes = chosen(options, 'needs');
    for (const { name, size } of casesOf(options, supplies, sizes)) {
      benchSize(name, size, peers, report);
      // What is measured is kept, should the rest be cut short.
      if (page !== undefined) writePage(resolve(page), lines, report.growth);
    }
    if (options.includes('fair') || (supplies === null && sizes === null)) {
      report.say('\nA fair plan from vectors, the 50 best candidates a side (ms and MB, each step apart)');
      report.say(peers.fairLarge());
    }
    report.say('\nPublic instances with side constraints (MIDL 2018, assignment): npm run bench -- side');
    if (page !== undefined) writePage(resolve(page), lines, report.growth);
    if (more !== undefined) appendFileSync(resolve(more), ['', ...textBlock(lines)].join('\n'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every size in every supply, those that are asked for. */
function casesOf(options: readonly string[], supplies: readonly string[] | null, sizes: readonly string[] | null) {
  const all = [...SIZES, ...(options.includes('large') ? [LARGE] : [])];
  return SUPPLIES.filter(({ name }) => supplies === null || supplies.includes(name)).flatMap(({ name, ...supply }) => {
    const least = supply.homePairs === 10 ? 10_000 : 0;
    return all
      .filter(({ needs }) => needs >= least && (sizes === null || sizes.includes(`${needs}`)))
      .map((size) => ({ name, size: { ...size, ...supply } }));
  });
}

/** The values of `key=one;two`, null when all are meant. */
function chosen(options: readonly string[], key: string): readonly string[] | null {
  const option = options.find((one) => one.startsWith(`${key}=`));
  return option === undefined ? null : option.slice(key.length + 1).split(';');
}

function benchSize(name: string, size: Size & { homePairs: number }, peers: Peers, { say, growth }: Report): void {
  const { ours, npm, inHand, lemon, twin, glpsol } = peers;
  const { needs } = size;
  const reps = needs < 1000 ? 1001 : needs === 1000 ? 51 : needs <= 10_000 ? 9 : needs <= 100_000 ? 3 : 1;
  ours('write', 1, [JSON.stringify(size)]);
  say(`\n${needs} × ${size.offers}, ${name}`);
  say('solver                           first ms   median ms    MB     total score');
  const show = (label: string, outcome: Outcome) => {
    say(rowOf(label, outcome));
    if (outcome.measure && needs >= 1000) {
      const series = `${label}, ${name}`;
      growth.set(series, [...(growth.get(series) ?? []), [outcome.measure.pairs, outcome.measure.first]]);
    }
  };
  show('greatest total, ours', ours('total', reps));
  if (size.homePairs === 10) show('greatest total, 2 threads', ours('threads', reps));
  if (twin) show('greatest total, C++ twin', twin(reps));
  const lemonReps = Math.min(reps, needs <= 10_000 ? 9 : 1);
  if (lemon && needs <= MOST_NEEDS.lemonSimplex) show('greatest total, LEMON simplex', lemon('simplex', lemonReps));
  if (lemon) show('greatest total, LEMON scaling', lemon('scaling', lemonReps));
  if (size.homePairs === 10) return;
  if (needs <= MOST_NEEDS.highs) show('greatest total, HiGHS npm', npm('highs-total', needs <= 1000 ? 3 : 1));
  if (glpsol && needs <= MOST_NEEDS.glpsol) show('greatest total, glpsol (whole)', glpsol());
  whole('whole process, ours', ours('total', 1), say);
  if (lemon && needs <= MOST_NEEDS.lemonSimplex) whole('whole process, LEMON simplex', lemon('simplex', 1), say);
  if (needs <= MOST_NEEDS.highs) whole('whole process, HiGHS npm', npm('highs-total', 1), say);
  // Under scarcity two million pairs take most of a minute.
  const fairReps = needs > 10_000 ? 1 : reps;
  show('leximin then total, ours', ours('leximin', fairReps));
  if (needs <= MOST_NEEDS.highs) show('leximin then total, HiGHS npm', npm('highs-leximin', 1));
  for (const { label, ...outcome } of inHand(Math.max(IN_HAND, reps))) show(label, outcome);
}

function rowOf(label: string, { measure, note }: Outcome): string {
  if (measure === null) return `${label.padEnd(31)} ${note}`;
  const cell = (value: number, width: number, digits: number) => value.toFixed(digits).padStart(width);
  const { first, median, megabytes, total } = measure;
  return `${label.padEnd(31)} ${cell(first, 9, 2)} ${cell(median, 11, 2)} ${cell(megabytes, 5, 0)} ${cell(total, 15, 0)}`;
}

function whole(label: string, { wholeMs, measure, note }: Outcome, say: Report['say']): void {
  const memory = measure === null ? note : `${measure.megabytes.toFixed(0).padStart(17)}`;
  say(`${label.padEnd(31)} ${wholeMs.toFixed(2).padStart(9)} ${memory}`);
}

const DRAWN: readonly (Pick<GrowthLine, 'colour' | 'dash'> & { readonly label: string; readonly name: string })[] = [
  { label: 'greatest total, ours, ample', name: 'ours', colour: '#2e7d4f' },
  { label: 'greatest total, ours, tight', name: 'ours, tight', colour: '#2e7d4f', dash: '4 3' },
  { label: 'greatest total, LEMON simplex, ample', name: 'LEMON simplex', colour: '#b4572a' },
  { label: 'greatest total, LEMON scaling, ample', name: 'LEMON scaling', colour: '#4a66a8' },
  { label: 'greatest total, HiGHS npm, ample', name: 'HiGHS npm', colour: '#8a6d1d' },
];

function writePage(file: string, lines: readonly string[], growth: Report['growth']): void {
  const drawing = join(dirname(file), 'bench-planning-growth.svg');
  const drawn = DRAWN.flatMap(({ label, ...line }) => {
    const points = growth.get(label);
    return points && points.length > 1 ? [{ ...line, points }] : [];
  });
  const title = 'First call of the plain solve, by number of arcs';
  if (drawn.length > 0) writeFileSync(drawing, growthChart(title, drawn));
  const page = [
    '# The planning engine beside its peers',
    '',
    'Printed by `npm run bench -- planning --write docs/bench-planning.md`, parts of it by `--add`; what each column means',
    'stands at the head of `scripts/bench/planning.ts`. Rows where others win are kept.',
    '',
    ...(drawn.length > 0 ? [`![${title}](${basename(drawing)})`, ''] : []),
    ...textBlock(lines),
  ];
  writeFileSync(file, page.join('\n'));
}

function textBlock(lines: readonly string[]): string[] {
  return ['```text', ...lines, '```', ''];
}
