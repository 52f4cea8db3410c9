/**
 * Measures public pages with Lighthouse, as a phone on a slow network sees them: the four categories
 * must be at 100; performance at SLOW_MACHINE or more where Lighthouse itself warns that the machine is slower than its
 * model of a phone counts on. Pages are the words of the command line, or PAGES. Lighthouse itself weighs 100 MB,
 * so it is fetched when needed and is no dependency; what a busy machine slows is measured again.
 *
 *   node --import ./scripts/tsx.ts scripts/lighthouse.ts /clermont-auvergne
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { startTestApp } from '../test/app.ts';
import { runCommand } from './command.ts';

const PAGES = ['/', '/clermont-auvergne', '/clermont-auvergne/organisations'];
const LIGHTHOUSE = 'lighthouse@13.5.0';
const ATTEMPTS = 5;
const SLOW_MACHINE = 0.9;

interface Report {
  readonly categories: Record<string, { readonly score: number | null; readonly title: string }>;
  readonly audits: Record<string, Audit>;
  readonly runWarnings?: readonly string[];
  readonly runtimeError?: { readonly message: string };
}

interface Audit {
  readonly title: string;
  readonly score: number | null;
  readonly displayValue?: string;
}

await runCommand(async () => {
  const words = process.argv.slice(2);
  const app = await startTestApp();
  let failed = 0;
  try {
    for (const page of words.length > 0 ? words : PAGES) {
      if (!(await isPerfect(`${app.baseUrl}${page}`))) failed += 1;
    }
  } finally {
    await app.close();
  }
  const total = (words.length || PAGES.length) - failed;
  console.log(`${total} passed, ${failed} failed, 0 skipped`);
  process.exitCode = failed > 0 ? 1 : 0;
});

async function isPerfect(url: string): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const report = await measure(url);
    const scores = Object.values(report.categories);
    const isFine = scores.length === 4 && keepsScores(report);
    const line = scores.map(({ title, score }) => `${title} ${Math.round((score ?? 0) * 100)}`);
    console.log(`${isFine ? '✔' : '✖'} ${url}: ${line.join(', ')}`);
    if (isFine) return true;
    if (attempt < ATTEMPTS && (report.runtimeError || isOnlySlow(report))) continue;
    for (const fault of faultsOf(report)) console.log(`    ${fault}`);
    return false;
  }
}

function keepsScores({ categories, runWarnings = [] }: Report): boolean {
  const least = runWarnings.some((warning) => warning.includes('slower CPU')) ? SLOW_MACHINE : 1;
  return Object.entries(categories).every(([id, { score }]) => (score ?? 0) >= (id === 'performance' ? least : 1));
}

function isOnlySlow({ categories }: Report): boolean {
  return Object.entries(categories).every(([id, { score }]) => id === 'performance' || score === 1);
}

function faultsOf({ audits, runtimeError }: Report): string[] {
  const found = Object.values(audits)
    .filter(({ score }) => score !== null && score < 1)
    .map(({ title, displayValue = '' }) => `${title} ${displayValue}`.trim());
  return runtimeError ? [runtimeError.message, ...found] : found;
}

/** A browser that lost its page ends with an error, and still writes a report that says so. */
async function measure(url: string): Promise<Report> {
  const flags = '--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run';
  const folder = mkdtempSync(path.join(tmpdir(), 'terreau-lighthouse-'));
  const file = path.join(folder, 'report.json');
  const words = [
    'exec',
    '--yes',
    `--package=${LIGHTHOUSE}`,
    '--',
    'lighthouse',
    url,
    '--output=json',
    `--output-path=${file}`,
    '--quiet',
    `--chrome-flags=${flags}`,
    '--only-categories=performance,accessibility,best-practices,seo',
  ];
  const env = { ...process.env, CHROME_PATH: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' };
  try {
    const failure: unknown = await promisify(execFile)('npm', words, { env }).catch((error: unknown) => error);
    if (!existsSync(file)) throw failure;
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
