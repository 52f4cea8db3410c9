/** The plan explorer: by keyboard alone on a phone, without a script on a desk, and what the committee may not do there. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../app.ts';
import { browserSkip, pressWithKeyboard, tabTo, withBrowser, withPage } from '../browser.ts';
import { enterAs, expectNoFailure, expectWellMade, open } from './journey.ts';

const skip = browserSkip();

let app: TestApp;
before(async () => {
  if (!skip) app = await startTestApp();
});
after(async () => {
  await app?.close();
  if (app) expectNoFailure(app);
});

/** The try of the round that is open, where decisions may still be taken. */
async function openRun(page: Page): Promise<string> {
  await open(page, '/plans');
  await open(page, (await page.locator('main table tbody a').first().getAttribute('href')) ?? '');
  const run = (await page.locator('main table tbody a').first().getAttribute('href')) ?? '';
  await open(page, run);
  return run;
}

async function figures(page: Page): Promise<string> {
  const shown = await page.locator('.strip dl').innerText();
  return shown.replaceAll(/\s+/gu, ' ');
}

const pathOf = (page: Page) => new URL(page.url()).pathname + new URL(page.url()).search;

describe('the plan explorer', { skip }, () => {
  test('answers while a slider moves, by keyboard alone; its link shows the same to a colleague without a script', async () => {
    await withBrowser(async (browser) => {
      let address = '';
      let shown = '';
      await withPage(browser, app.baseUrl, { screen: 'phone', language: 'fr' }, async (page) => {
        await enterAs(page, 'equipe');
        await openRun(page);
        await pressWithKeyboard(page, 'a[href$="/explorer"]');
        await page.waitForURL(/\/explorer$/u);
        await page.locator('input[type=range]').first().waitFor();
        await expectWellMade(page);
        const before = await figures(page);
        await page.locator('h1').click();
        await tabTo(page, '#apports .dial input[type=range]');
        for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowLeft');
        await page.locator('main output', { hasText: /perd/u }).waitFor({ state: 'attached' });
        await page.waitForURL(/apports=/u);
        shown = await figures(page);
        assert.notEqual(shown, before);
        await expectWellMade(page);
        address = pathOf(page);
        await pressWithKeyboard(page, '.strip button');
        await page.waitForURL(/\/explorer$/u);
        assert.equal(await figures(page), before);
      });
      await withPage(browser, app.baseUrl, { screen: 'desk', language: 'fr', javaScript: false }, async (page) => {
        await enterAs(page, 'equipe');
        await open(page, address);
        assert.equal(await figures(page), shown);
      });
    });
  });

  test('works without a script; a match that is fixed there becomes a decision when the team says so', async () => {
    await withBrowser((browser) =>
      withPage(browser, app.baseUrl, { screen: 'desk', language: 'en', javaScript: false }, async (page) => {
        await enterAs(page, 'equipe');
        const run = await openRun(page);
        await open(page, `${run}/explorer`);
        const before = await figures(page);
        await page.locator('#apports .dial input').first().fill('0');
        await page.locator('select[name=voir]').selectOption({ index: 1 });
        await page.locator('.recompute button').first().click();
        await page.waitForURL(/\?apports=\d+\.0&voir=\d+$|\?voir=\d+&apports=\d+\.0$/u);
        assert.notEqual(await figures(page), before);
        await page.locator('input[value=interdire]').first().check();
        await page.locator('.recompute button').first().click();
        await page.waitForURL(/interdire=\d+-\d+/u);
        await page.locator('textarea[name=reason]').fill('They met last month');
        await page.locator('#decisions [type=submit]').click();
        await page.waitForURL(new RegExp(`${run}$`, 'u'));
        await open(page, `${run}?vue=historique`);
        assert.match(await page.locator('main').innerText(), /They met last month/u);
      }),
    );
  });

  test('fixes a match under a script; the committee asks the same question and decides nothing', async () => {
    await withBrowser((browser) =>
      withPage(browser, app.baseUrl, { screen: 'desk', language: 'en', scheme: 'dark' }, async (page) => {
        await enterAs(page, 'comite');
        const run = await openRun(page);
        await open(page, `${run}/explorer`);
        await page.locator('input[type=range]').first().waitFor();
        await page.locator('select[name=voir]').selectOption({ index: 1 });
        await tabTo(page, '.segments [type=radio]');
        await page.keyboard.press('ArrowRight');
        await page.waitForURL(/fixer=/u);
        await page.locator('#decisions').waitFor();
        assert.equal(await page.locator('#decisions form').count(), 0);
        await page.locator('select[name=comme]').selectOption('a1');
        await page.locator('#ajouts [type=submit]').click();
        await page.waitForURL(/ajouts=a1\.3/u);
        await expectWellMade(page);
        await page.locator('select[name=flux]').selectOption({ index: 3 });
        await page.waitForURL(/flux=/u);
        await expectWellMade(page);
      }),
    );
  });
});
