/**
 * Takes the pictures of docs/screenshots from a running demonstration that it starts itself: the ten main pages, light
 * and dark, some on a phone too. Words of the command line choose pages: `node scripts/screenshots.ts home ledger`.
 */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import './tsx.ts';
import type { TestApp } from '../test/app.ts';
import { build } from './build.ts';
import { runCommand } from './command.ts';

const FOLDER = path.resolve(import.meta.dirname, '../docs/screenshots');
const TERRITORY = '/clermont-auvergne';
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
/** Longer pages are cut. */
const TALLEST = { desk: 1600, phone: 1900 };

type Scheme = 'light' | 'dark';

interface Shot {
  readonly name: string;
  /** Whose eyes, by the last word of the demonstration's address; nobody's when absent. */
  readonly persona?: string;
  /** The page's address under the territory. */
  readonly address: string | ((page: Page) => Promise<string>);
  readonly screens: readonly ('desk' | 'phone')[];
}

const SHOTS: readonly Shot[] = [
  { name: 'home', address: '', screens: ['desk', 'phone'] },
  { name: 'organisations', address: '/organisations', screens: ['desk'] },
  { name: 'organisation', address: '/organisations/mybus', screens: ['desk'] },
  { name: 'needs', address: '/besoins', screens: ['desk', 'phone'] },
  { name: 'state-a-need', persona: 'startup', address: '/besoins/nouveau', screens: ['phone'] },
  { name: 'plan', persona: 'equipe', address: (page) => lastPlan(page), screens: ['desk', 'phone'] },
  { name: 'week', persona: 'equipe', address: '/semaine', screens: ['desk'] },
  {
    name: 'session-to-confirm',
    persona: 'partenaire',
    address: (page) => sessionToConfirm(page),
    screens: ['desk', 'phone'],
  },
  { name: 'partner-account', persona: 'partenaire', address: '/organisations/michelin/compte', screens: ['desk'] },
  { name: 'ledger', persona: 'equipe', address: '/comptes', screens: ['desk'] },
];

await runCommand(async () => {
  const words = process.argv.slice(2);
  const chosen = SHOTS.filter(({ name }) => words.length === 0 || words.includes(name));
  // Pages are .tsx: they are loaded once Node knows how to read them.
  const { startTestApp } = await import('../test/app.ts');
  const { withBrowser } = await import('../test/browser.ts');
  if (words.length === 0) rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await build();
  const app = await startTestApp();
  try {
    await withBrowser(async (browser) => {
      for (const shot of chosen) await take(browser, app, shot);
    });
  } finally {
    await app.close();
  }
});

async function take(browser: Browser, app: TestApp, shot: Shot): Promise<void> {
  for (const screen of shot.screens) {
    for (const scheme of ['light', 'dark'] as const) await takeOne(browser, app, shot, screen, scheme);
  }
}

async function takeOne(
  browser: Browser,
  app: TestApp,
  shot: Shot,
  screen: 'desk' | 'phone',
  scheme: Scheme,
): Promise<void> {
  const context = await browser.newContext({
    baseURL: app.baseUrl,
    viewport: screen === 'desk' ? DESK : PHONE,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  try {
    if (shot.persona) await page.goto(`${TERRITORY}/demonstration/${shot.persona}`);
    const address = typeof shot.address === 'string' ? shot.address : await shot.address(page);
    const answer = await page.goto(`${TERRITORY}${address}`);
    if (answer?.status() !== 200)
      throw new Error(`${shot.name} answers ${answer?.status()} at ${TERRITORY}${address}.`);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const whole = await page.evaluate(() => document.documentElement.scrollHeight);
    const { width } = page.viewportSize() ?? DESK;
    const height = Math.min(whole, TALLEST[screen]);
    await page.setViewportSize({ width, height });
    const file = `${shot.name}${screen === 'phone' ? '-phone' : ''}-${scheme}.png`;
    await page.screenshot({ path: path.join(FOLDER, file), animations: 'disabled' });
    console.log(`docs/screenshots/${file}`);
  } finally {
    await context.close();
  }
}

/** The result of the newest published plan. */
async function lastPlan(page: Page): Promise<string> {
  await page.goto(`${TERRITORY}/plans`);
  await page.goto(await firstLink(page, /\/plans\/[0-9a-f-]{36}$/u));
  return (await firstLink(page, /\/plans\/[0-9a-f-]{36}\/essais\/[0-9a-f-]{36}$/u)).slice(TERRITORY.length);
}

/** A session that has taken place and about which nobody has said anything yet. */
async function sessionToConfirm(page: Page): Promise<string> {
  await page.goto(`${TERRITORY}/seances?etape=a-confirmer`);
  const links = (await linksOf(page)).filter((address) => /\/seances\/[0-9a-f-]{36}$/u.test(address));
  for (const address of new Set(links)) {
    await page.goto(address);
    if ((await page.getByText('pas encore de réponse').count()) === 2) return address.slice(TERRITORY.length);
  }
  throw new Error('The demonstration has no session on which both sides are silent.');
}

async function firstLink(page: Page, pattern: RegExp): Promise<string> {
  const links = await page
    .locator('main a[href]')
    .evaluateAll((found) => found.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  const link = links.find((address) => pattern.test(address));
  if (link === undefined) throw new Error(`${page.url()} has no link like ${pattern}.`);
  return link;
}

function linksOf(page: Page): Promise<string[]> {
  return page
    .locator('main a[href]')
    .evaluateAll((found) => found.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
}
