/** Conflicts of interest: declared on a phone without a script, doubted, answered with the keyboard, and told by a try. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../app.ts';
import { browserSkip, pressWithKeyboard, withBrowser, withPage } from '../browser.ts';
import { enterAs, expectNoFailure, expectWellMade, open } from './journey.ts';

const skip = browserSkip();
const CONFLICTS = '/plans/conflits';

let app: TestApp;
before(async () => {
  if (!skip) app = await startTestApp();
});
after(async () => {
  await app?.close();
  if (app) expectNoFailure(app);
});

async function declare(page: Page, holder: string, held: string, share: string): Promise<void> {
  await open(page, CONFLICTS);
  await page.locator('[name=organisation]').first().selectOption({ label: holder });
  await page.locator('[name=tie]').selectOption('shareholder');
  await page.locator('select[name=other]').selectOption({ label: held });
  await page.locator('[name=share]').fill(share);
  await page.locator('#declarer [type=submit]').click();
}

/** A partner, a startup of the open round, and an investor: made-up names of the demonstration. */
async function partiesOf(page: Page): Promise<{ giver: string; asker: string }> {
  await open(page, '/plans');
  await open(page, (await page.locator('main table tbody a').first().getAttribute('href')) ?? '');
  await open(page, (await page.locator('main table tbody a').first().getAttribute('href')) ?? '');
  const links = page.locator('main table tbody tr').first().locator('a');
  const [asker = '', giver = ''] = await links.allInnerTexts();
  return { giver: giver.trim(), asker: asker.trim() };
}

describe('conflicts of interest', { skip }, () => {
  test('are declared, doubted, answered and asked again; the round says what waits for a word', async () => {
    await withBrowser(async (browser) => {
      await withPage(browser, app.baseUrl, { screen: 'phone', language: 'fr', javaScript: false }, async (page) => {
        await enterAs(page, 'equipe');
        const { giver, asker } = await partiesOf(page);
        await open(page, CONFLICTS);
        await expectWellMade(page);
        await page.locator('#declarer [type=submit]').click();
        await page.locator('.note', { hasText: /\S/u }).first().waitFor();
        await expectWellMade(page);
        const holder = 'Arverne Amorçage';
        await declare(page, holder, giver, '12,5');
        await declare(page, holder, asker, '');
        const question = page.locator('#questions tbody tr', { hasText: giver });
        assert.match(await question.innerText(), new RegExp(holder, 'u'));
        await page.locator('#declares', { hasText: /12,5\s%/u }).waitFor();
        await expectWellMade(page);
        await open(page, '/plans');
        await open(page, (await page.locator('main table tbody a').first().getAttribute('href')) ?? '');
        await page.locator('main .note a[href$="/plans/conflits"]').click();
        await page.locator('#questions [value=meet]').first().click();
        await page.locator('#reponses tbody tr', { hasText: giver }).waitFor();
        assert.equal(await page.locator('#questions tbody tr').count(), 0);
      });
      await withPage(browser, app.baseUrl, { screen: 'desk', language: 'en', scheme: 'dark' }, async (page) => {
        await enterAs(page, 'equipe');
        await open(page, CONFLICTS);
        await expectWellMade(page);
        await pressWithKeyboard(page, '#reponses form [type=submit]');
        await page.locator('#questions tbody tr').waitFor();
        await pressWithKeyboard(page, '#questions [value=apart]');
        await page.locator('#reponses .tag', { hasText: 'Apart' }).waitFor();
        await enterAs(page, 'comite');
        await open(page, CONFLICTS);
        assert.equal(await page.locator('main form').count(), 0, 'the committee reads');
      });
    });
  });
});
