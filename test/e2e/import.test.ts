/** Somebody of the team brings a network’s own files by the screen alone: reads, agrees, finds them, takes them back. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../app.ts';
import { browserSkip, expectNoSidewaysScroll, withBrowser, withPage } from '../browser.ts';
import { enterAs, expectNoFailure, expectWellMade, open, REAL_DATA, TERRITORY } from './journey.ts';

const folder = path.join(REAL_DATA, 'beta-gouv');
const files = ['startups', 'incubators', 'organisations', 'members', 'phases'].map((name) =>
  path.join(folder, `${name}.jsonl`),
);
const skip = browserSkip() || (existsSync(folder) ? false : 'the files of ../shared/data/beta-gouv are not here');
const SHOTS = process.env['TERREAU_SHOTS'];

let app: TestApp;
before(async () => {
  if (!skip) app = await startTestApp();
});
after(async () => {
  if (skip) return;
  expectNoFailure(app);
  await app.close();
});

for (const view of [
  { language: 'fr', javaScript: true, screen: 'desk' },
  { language: 'en', javaScript: false, screen: 'phone' },
] as const)
  test(
    `the files of a network are imported and taken back by the screen, ${view.screen} in ${view.language}`,
    { skip },
    () =>
      withBrowser((browser) =>
        withPage(browser, app.baseUrl, view, async (page) => {
          const shot = async (name: string) => {
            if (SHOTS !== undefined)
              await page.screenshot({ path: path.join(SHOTS, `${name}-${view.screen}.png`), fullPage: true });
          };
          // Axe asks for the page's scripts.
          const check = () => (view.javaScript ? expectWellMade(page) : expectNoSidewaysScroll(page));
          await enterAs(page, 'equipe');
          await open(page, '/imports');
          await check();
          await shot('1-files');
          await page.locator('input[type=file]').setInputFiles(files);
          await page.locator('main form [type=submit]').first().click();
          await waitFor(page, 'button[value=preview]');
          await check();
          await shot('2-columns');
          await page.locator('button[value=preview]').click();
          await waitFor(page, 'form:has(input[value=apply])');
          await check();
          await shot('3-preview');
          const figures = await figuresOf(page);
          assert.deepEqual([figures[0], figures.includes('2136'), figures.includes('1062')], ['578', true, true]);
          await page.goto(`${page.url().split('?')[0]}?voir=problems`);
          await check();
          await shot('4-remarks');
          await page.locator('form:has(input[value=apply]) [type=submit]').click();
          await waitFor(page, 'form:has(input[value=undo])');
          await shot('5-done');
          await open(page, '/organisations/1-eleve-1-stage');
          await page.goto(`${app.baseUrl}${TERRITORY}/imports`);
          await shot('6-list');
          await page.locator('main table a').first().click();
          await page.locator('form:has(input[value=undo]) [type=submit]').click();
          await waitFor(page, 'main h1');
          await waitFor(page, `main .row a[href="${TERRITORY}/imports"]`);
          await check();
          assert.equal((await page.goto(`${TERRITORY}/organisations/1-eleve-1-stage`))?.status(), 404);
        }),
      ),
  );

/** A page at work asks again by itself; here the wait is longer than a page's usual one. */
async function waitFor(page: Page, selector: string): Promise<void> {
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}/u);
  await page.locator(selector).first().waitFor({ timeout: 120_000 });
}

async function figuresOf(page: Page): Promise<string[]> {
  const texts = await page.locator('dl.figures dd').allTextContents();
  return texts.map((text) => text.replaceAll(/[\s,\u00a0\u202f]/gu, ''));
}
