/**
 * `npm run bench -- http`: requests a second, latency and memory of the real server beside a floor of bare `node:http`
 * and prepared statements, in the same run, on the same data: 100,000 organisations of ten facts in a database of its own.
 *
 * Options: `--folder <path>` keeps the database there for the next run; `--seconds <n>` a measure (5 unless told);
 * `--only <name,name>` some questions; `--write <file>` writes the table.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded.ts';
import { migrate } from '../../src/platform/postgres/migrate.ts';
import { build } from '../build.ts';
import { COMMON_PHRASE, makeBenchData, RARE_WORD, SLUG, type BenchData } from './http-data.ts';
import { measure, type Asked, type Load } from './http-load.ts';

const COUNT = 100_000;
const CONNECTIONS = 16;
const FOLDER = import.meta.dirname;

interface Question {
  readonly name: string;
  ours(data: BenchData, number: number): Asked;
  floor(data: BenchData, number: number): Asked;
  /** What is asked for, in words, and whether it is met. */
  readonly bar: string;
  isMet(ours: Load, floor: Load): boolean;
  /** A page for anybody: no token. */
  readonly isPublic?: boolean;
}

const list = `/api/${SLUG}/organisations`;
const q = encodeURIComponent;
const FAST = 50;
const QUESTIONS: readonly Question[] = [
  {
    name: 'list of 50, filtered',
    ours: (_, number) => ({ path: `${list}?theme=theme-${1 + (number % 40)}` }),
    floor: (_, number) => ({ path: `/list?x=theme-${1 + (number % 40)}` }),
    bar: '35 % of the floor',
    isMet: (ours, floor) => ours.perSecond >= 0.35 * floor.perSecond,
  },
  {
    name: 'search, rare word',
    ours: () => ({ path: `${list}?q=${RARE_WORD}` }),
    floor: () => ({ path: `/search?x=${RARE_WORD}` }),
    bar: '3,000/s',
    isMet: (ours) => ours.perSecond >= 3000,
  },
  {
    name: 'search, common phrase',
    ours: () => ({ path: `${list}?q=${q(`"${COMMON_PHRASE}"`)}` }),
    floor: () => ({ path: `/search?x=${q(`"${COMMON_PHRASE}"`)}` }),
    bar: 'none',
    isMet: () => true,
  },
  {
    name: 'facet counts',
    ours: (_, number) => ({ path: `${list}?facets=1&theme=theme-${1 + (number % 40)}` }),
    floor: () => ({ path: '/facets?x=none' }),
    bar: 'none',
    isMet: () => true,
  },
  {
    name: 'one by id',
    ours: ({ ids }, number) => ({ path: `${list}/${ids[number % ids.length]}` }),
    floor: ({ ids }, number) => ({ path: `/one?x=${ids[number % ids.length]}` }),
    bar: '5,000/s',
    isMet: (ours) => ours.perSecond >= 5000,
  },
  {
    name: 'create',
    ours: (_, number) => ({ method: 'POST', path: list, body: newOrganisation(number) }),
    floor: (_, number) => ({ method: 'POST', path: '/add', body: newOrganisation(number) }),
    bar: '1,200/s',
    isMet: (ours) => ours.perSecond >= 1200,
  },
  {
    name: 'public page (HTML)',
    ours: ({ slugs }, number) => ({ path: `/${SLUG}/organisations/${slugs[number % 50]}` }),
    floor: () => ({ path: '/page' }),
    bar: '4,000/s',
    isMet: (ours) => ours.perSecond >= 4000,
    isPublic: true,
  },
];

export async function benchHttp(options: readonly string[]): Promise<void> {
  const option = (name: string) => options[options.indexOf(`--${name}`) + 1] ?? '';
  const has = (name: string) => options.includes(`--${name}`);
  const folder = has('folder') ? path.resolve(option('folder')) : mkdtempSync(path.join(tmpdir(), 'terreau-bench-'));
  const seconds = has('seconds') ? Number(option('seconds')) : 5;
  await build();
  const server = await startEmbeddedPostgres({ folder });
  try {
    const data = await prepare(server.url, folder);
    const only = has('only') ? option('only').split(',') : [''];
    const questions = QUESTIONS.filter(({ name }) => only.some((part) => name.includes(part)));
    const lines = await run(server.url, data, questions, seconds);
    const text = [...headOf(data, seconds), ...lines, ''].join('\n');
    console.log(text);
    if (has('write')) writeFileSync(option('write'), text);
  } finally {
    await server.stop();
    if (!has('folder')) rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(url: string, folder: string): Promise<BenchData> {
  const kept = path.join(folder, 'bench.json');
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as BenchData;
  await migrate(url, path.resolve('db/migrations'));
  const data = await makeBenchData(url, COUNT);
  writeFileSync(kept, JSON.stringify(data));
  return data;
}

async function run(
  url: string,
  data: BenchData,
  questions: readonly Question[],
  seconds: number,
): Promise<readonly string[]> {
  const lines = [
    '| question | requests a second | p50 ms | p99 ms | floor a second | share of the floor | bar | met |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
  ];
  const floor = await start('http-floor.ts', [url, data.territoryId]);
  const ours = await start('http-server.ts', [url, String(await freePort())]);
  for (const question of questions) {
    const load = (port: number, next: (data: BenchData, number: number) => Asked, headers: Record<string, string>) =>
      measure({ port, headers, connections: CONNECTIONS, seconds, warmUpSeconds: 2, next: (n) => next(data, n) });
    const bearer = question.isPublic ? { 'accept-language': 'fr' } : { authorization: `Bearer ${data.token}` };
    const low = await load(floor.port, question.floor, {});
    const own = await load(ours.port, question.ours, bearer as Record<string, string>);
    lines.push(lineOf(question, own, low));
  }
  const memory = Math.round(residentBytes(ours.process) / 1e6);
  await tidy(url);
  for (const { process } of [floor, ours]) process.disconnect();
  return [
    ...lines,
    '',
    `Memory of the server after the load: ${memory} MB resident (bar: under 200 MB: ${memory < 200 ? 'met' : 'missed'}).`,
  ];
}

function lineOf(question: Question, own: Load, low: Load): string {
  for (const { refused } of [own, low]) if (refused !== undefined) throw new Error(`${question.name}: ${refused}`);
  const isMet = question.isMet(own, low) && own.p99 < FAST;
  const cells = [
    question.name,
    Math.round(own.perSecond).toLocaleString('en'),
    own.p50.toFixed(2),
    own.p99.toFixed(2),
    Math.round(low.perSecond).toLocaleString('en'),
    `${Math.round((100 * own.perSecond) / low.perSecond)} %`,
    `${question.bar}, p99 < ${FAST} ms`,
    isMet ? 'yes' : 'no',
  ];
  return `| ${cells.join(' | ')} |`;
}

function headOf(data: BenchData, seconds: number): readonly string[] {
  const processor = cpus()[0]?.model ?? 'unknown processor';
  return [
    '# HTTP, measured',
    '',
    `${data.organisations.toLocaleString('en')} organisations, ${data.facts.toLocaleString('en')} facts. ${CONNECTIONS} connections, ${seconds} s each after 2 s of warming up; load, server and PostgreSQL (durable) share ${cpus().length} processors (${processor}, ${Math.round(totalmem() / 1e9)} GB). Node ${process.version}, ${new Date().toISOString().slice(0, 10)}. JSON is asked with a token, uncached, under row security; the floor is bare \`node:http\` with one prepared statement as the tables' owner. Written by \`npm run bench -- http --write docs/bench-http.md\`.`,
    '',
  ];
}

function newOrganisation(number: number): string {
  const name = `Neuve ${process.pid} ${Date.now().toString(36)} ${number}`;
  return JSON.stringify({
    name,
    parts: ['startup'],
    summaryFr: 'Une organisation de plus.',
    commune: 'Clermont-Ferrand',
  });
}

async function start(file: string, given: readonly string[]): Promise<{ process: ChildProcess; port: number }> {
  const profile = process.env['BENCH_PROFILE'] === file ? ['--cpu-prof', '--cpu-prof-dir=/tmp/bench-profile'] : [];
  const child = fork(path.join(FOLDER, file), given, { execArgv: ['--import', './scripts/tsx.ts', ...profile] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}.`)));
  });
  return { process: child, port };
}

function residentBytes({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/u.exec(status)?.[1] ?? 0) * 1024;
}

/** What the questions added goes, so that the next run finds the same data. */
async function tidy(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set session_replication_role = replica`);
  for (const table of ['organisation_parts', 'organisation_themes', 'organisation_changes'])
    await client.query(
      `delete from ${table} where organisation_id in (select id from organisations where slug like 'neuve-%')`,
    );
  await client.query(`delete from organisations where slug like 'neuve-%' or slug like 'f-%'`);
  await client.query(`delete from events where kind = 'organisation-created'`);
  await client.query('vacuum (analyze)');
  await client.end();
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
