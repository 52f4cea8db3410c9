/**
 * The team's afternoon: a file of needs and a file of offers that we did not write, a round, its plan, its publication.
 * The files are the 46 projects and 164 aids of the French programme for ecological transition.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../app.ts';
import { browserSkip, expectAxeClean, withBrowser, withPage } from '../browser.ts';
import { enterAs, expectNoFailure, expectWellMade, nameOf, open, REAL_DATA, TERRITORY, VIEWS } from './journey.ts';

const FILES = path.join(REAL_DATA, 'aides-transition-ecologique');
const NEEDS = 46;
const OFFERS = 164;

const skip =
  browserSkip() ||
  (existsSync(FILES) ? false : 'The real files of aides-transition-ecologique are not on this machine.');
const [withScripts, withoutScripts] = VIEWS;
let app: TestApp;

before(async () => {
  if (!browserSkip()) app = await startTestApp();
});
after(async () => {
  if (browserSkip()) return;
  expectNoFailure(app);
  await app.close();
});

const inBrowser = (work: (browser: Browser) => Promise<void>) => () => withBrowser(work);

test(
  `the team keeps a pair out, tries again and publishes, ${nameOf(withoutScripts!)}`,
  { skip: browserSkip() },
  inBrowser((browser) =>
    withPage(browser, app.baseUrl, withoutScripts!, async (page) => {
      await enterAs(page, 'equipe');
      await openRound(page, 'Another round');
      await page.locator('main form:has([name=_action][value=start]) [type=submit]').click();
      await expectPlan(page);
      const first = new URL(page.url()).pathname;
      await page.locator('main a[href*="paire="]').first().click();
      await page.locator('label:has([name=decision][value=forbid])').click();
      await page.locator('[name=reason]').fill('They know each other well already.');
      await page.locator('main form:has([name=decision]) [type=submit]').click();
      await page.waitForURL((url) => !url.searchParams.has('paire'));
      await page.locator('main form:has([name=_action][value=again]) [type=submit]').first().click();
      await page.waitForURL((url) => url.pathname !== first);
      await expectPlan(page);
      await page.locator('main a[href*="#changements"]').first().click();
      assert.equal(await page.locator('#changements').count(), 1, 'What changed since the first try is not told.');
      await publish(page, () => Promise.resolve());
    }),
  ),
);

test(
  'the team loads real files, runs and publishes a round, in French, with JavaScript',
  { skip },
  inBrowser((browser) =>
    withPage(browser, app.baseUrl, { ...withScripts, screen: 'desk' }, async (page) => {
      await enterAs(page, 'equipe');
      await load(page, 'besoins', 'projets.jsonl', NEEDS);
      await load(page, 'apports', 'aides.jsonl', OFFERS);
      await openRound(page, 'Transition écologique');
      await page.locator('main form:has([name=_action][value=start]) [type=submit]').click();
      await expectPlan(page);
      await expectWellMade(page);
      for (const view of ['non-servis', 'apports', 'matrice', 'historique']) await lookAt(page, view);
      const certificate = await page.request.get(`${new URL(page.url()).pathname}/certificat.json`);
      assert.equal(certificate.status(), 200);
      await publish(page);
    }),
  ),
);

/** From the file to its rows in the list: chosen, looked at, corrected, loaded; the same file again brings nothing new. */
async function load(page: Page, words: 'besoins' | 'apports', file: string, rows: number): Promise<void> {
  await open(page, `/${words}/charger`);
  await expectWellMade(page);
  await page.locator('[name=file]').setInputFiles(path.join(FILES, file));
  await page.locator('main form:has([name=file]) [type=submit]').click();
  await page.waitForURL(/\/charger\/[0-9a-f-]{36}/u);
  await expectWellMade(page);
  await page.locator('select[name=kind]').selectOption('expertise');
  await page.locator('[name=units]').fill(words === 'besoins' ? '2' : '4');
  await page.locator('select[name=organisation]').selectOption({ label: 'Le Bivouac' });
  await page.locator('[name=createsOrganisations]').check();
  await page.locator('main form:has([name=units]) [type=submit]').click();
  await page.waitForURL(/\/charger\/[0-9a-f-]{36}/u);
  const load = page.locator('main form:has([name=_action][value=load]) [type=submit]');
  assert.match(await load.innerText(), new RegExp(`\\b${rows}\\b`, 'u'), await page.locator('main').innerText());
  await load.click();
  await page.waitForURL(/\/charger\/[0-9a-f-]{36}/u);
  await expectWellMade(page);
  await page.locator(`main a[href="${TERRITORY}/${words}"]`).first().click();
}

async function openRound(page: Page, title: string): Promise<void> {
  await open(page, '/plans/nouveau');
  await page.locator('[name=title]').fill(title);
  const today = Temporal.Now.plainDateISO('Europe/Paris');
  await page.locator('[name=startsOn]').fill(today.toString());
  await page.locator('[name=lastDay]').fill(today.add({ months: 3 }).toString());
  await page.locator('main form:has([name=lastDay]) [type=submit]').click();
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}(#.*)?$/u);
}

/** The page of the try follows its progress by itself and becomes the plan. */
async function expectPlan(page: Page): Promise<void> {
  await page.waitForURL(/\/essais\/[0-9a-f-]{36}/u);
  await page.locator('main a[href$="certificat.json"]').waitFor({ timeout: 60_000 });
}

async function lookAt(page: Page, view: string): Promise<void> {
  await page.locator(`main a[href*="vue=${view}"]`).first().click();
  await page.waitForURL(`**vue=${view}*`);
  await expectAxeClean(page);
}

/** Named first, then done: the dialog says what will happen, and opens without a script. */
async function publish(page: Page, check: (page: Page) => Promise<void> = expectWellMade): Promise<void> {
  await page.locator('[command=show-modal][commandfor=publish]').click();
  await page.locator('dialog#publish').waitFor({ state: 'visible' });
  await check(page);
  await page.locator('dialog#publish [type=submit]').click();
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}(#.*)?$/u);
  await check(page);
  const waiting = Number.parseInt(
    (await page.locator('main a[href*="etat=proposed"]').first().innerText()).replaceAll(/\D/gu, ''),
    10,
  );
  assert.ok(waiting > 0, 'Nobody was proposed anything.');
}
