/**
 * A real browser for the journeys: Debian's Chromium, driven from outside, as people would.
 *
 * Must always hold: a page that logs an error, throws, or breaks its own content policy fails its
 * journey; what the browser showed when a journey failed lies in `test-results/`.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

const SCREENS = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } } as const;

/** WCAG 2.2 AA and the good practices that axe can see. */
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const WAIT_MS = 10_000;

export interface View {
  readonly screen?: keyof typeof SCREENS;
  readonly language?: 'fr' | 'en';
  readonly scheme?: 'light' | 'dark';
  readonly javaScript?: boolean;
}

/** Why the browser journeys cannot run here, or false. On the build server a missing browser is an error. */
export function browserSkip(): string | false {
  if (chromiumPath()) return false;
  if (process.env['CI'] === 'true') throw new Error('Chromium is missing: apt-get install chromium');
  return 'Chromium is not installed (Debian: apt-get install chromium)';
}

/** Gives the work a browser and closes it afterwards, whatever happens. */
export async function withBrowser(work: (browser: Browser) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({
    executablePath: chromiumPath() ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

/** A fresh visitor: no cookies, one page, addresses relative to `baseUrl`. French, phone, scripts on by default. */
export async function withPage(
  browser: Browser,
  baseUrl: string,
  view: View,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    viewport: SCREENS[view.screen ?? 'phone'],
    locale: view.language === 'en' ? 'en-GB' : 'fr-FR',
    timezoneId: 'Europe/Paris',
    colorScheme: view.scheme ?? 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: view.javaScript ?? true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const complaints = listen(page);
  try {
    await work(page);
    assert.deepEqual(complaints, [], 'The page complained in the console.');
  } catch (error) {
    await keepEvidence(page);
    throw error;
  } finally {
    await context.close();
  }
}

/** Fails with each rule that the page breaks and where. The page needs its scripts on. */
export async function expectAxeClean(page: Page): Promise<void> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Runtime.evaluate', { expression: source });
  await devtools.detach();
  const options: RunOptions = { runOnly: AXE_TAGS, resultTypes: ['violations'] };
  const results = await page.evaluate(
    (chosen) => (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(chosen),
    options,
  );
  const found = results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n    ${node.target.join(' ')}\n    ${node.failureSummary}`),
  );
  assert.ok(found.length === 0, `${page.url()} breaks ${found.length} rules:\n${found.join('\n')}`);
}

/** Fails when the page is wider than the screen, so that a phone would have to scroll sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [inner, outer] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok((inner ?? 0) <= (outer ?? 0), `${page.url()} is ${inner} px wide on ${outer} px.`);
}

/** Presses Tab until the focus is on what the selector names; fails when it is out of reach. */
export async function tabTo(page: Page, selector: string, limit = 120): Promise<void> {
  for (let presses = 0; presses < limit; presses += 1) {
    await page.keyboard.press('Tab');
    const isThere = await page.locator(selector).evaluateAll((found) => {
      return found.some((element) => element === document.activeElement);
    });
    if (isThere) return expectVisibleFocus(page);
  }
  assert.fail(`${selector} cannot be reached with ${limit} presses of Tab on ${page.url()}.`);
}

/** Reaches a link, button or field with Tab alone and acts on it as a keyboard does. */
export async function pressWithKeyboard(page: Page, selector: string, key = 'Enter') {
  await tabTo(page, selector);
  await page.keyboard.press(key);
}

/** Reaches a field with Tab alone and types into it. */
export async function typeWithKeyboard(page: Page, selector: string, text: string): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}

/** On the element itself, or on the label that holds it, as for boxes and choices. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const looks = await page.evaluate(() => {
    const focused = document.activeElement ?? document.body;
    return [focused, focused.closest('label') ?? focused].map((element) => {
      const style = getComputedStyle(element);
      return { outline: style.outlineStyle, width: style.outlineWidth, shadow: style.boxShadow };
    });
  });
  const isSeen = looks.some(
    ({ outline, width, shadow }) => (outline !== 'none' && width !== '0px') || shadow !== 'none',
  );
  assert.ok(isSeen, `The focus cannot be seen on ${page.url()}.`);
}

function chromiumPath(): string | undefined {
  const places = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  return places.find((place) => place !== undefined && existsSync(place));
}

/** A refused form answers 422 and a hidden page 404: the console notes both, and both are meant. */
function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    const isMeant = /status of (404|422)/.test(message.text());
    if (message.type() === 'error' && !isMeant) complaints.push(`${page.url()}: ${message.text()}`);
  });
  return complaints;
}

async function keepEvidence(page: Page): Promise<void> {
  mkdirSync('test-results', { recursive: true });
  const name = `test-results/${process.pid}-${Date.now()}`;
  await page.screenshot({ path: `${name}.png`, fullPage: true }).catch(() => undefined);
  writeFileSync(`${name}.html`, `<!-- ${page.url()} -->\n${await page.content().catch(() => '')}`);
  console.error(`What the browser showed: ${name}.png, ${name}.html`);
}
