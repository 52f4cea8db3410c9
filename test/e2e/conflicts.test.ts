/** The team declares ties, answers what may follow from them, and the round says so. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../app.ts';
import { browserSkip, withBrowser, withPage } from '../browser.ts';
import { enterAs, expectNoFailure, expectWellMade, nameOf, open, TERRITORY, VIEWS } from './journey.ts';

const skip = browserSkip();
let app: TestApp;
before(async () => {
  if (!skip) app = await startTestApp();
});
after(async () => {
  if (skip) return;
  expectNoFailure(app);
  await app.close();
});

const CONFLICTS = '/plans/conflits';
const [withScripts] = VIEWS;

for (const view of [withScripts]) {
  test(`a tie is declared, what follows is asked and answered, ${nameOf(view!)}`, { skip }, () =>
    withBrowser((browser) =>
      withPage(browser, app.baseUrl, { ...view, screen: 'phone' }, async (page) => {
        await enterAs(page, 'equipe');
        const asker = await organisationOfFirst(page, '/besoins');
        const giver = await organisationOfFirst(page, '/apports');
        const round = await openRound(page);
        assert.equal(await warnings(page).count(), 0);
        await open(page, CONFLICTS);
        await expectWellMade(page);
        const third = await otherThan(page, [asker, giver]);
        await declare(page, giver, 'shareholder', third, '30');
        assert.equal(await page.locator('#questions tbody tr').count(), 0, 'One tie alone raises no question here.');
        await declare(page, asker, 'competitor', third);
        assert.equal(await page.locator('#declares tbody tr').count(), 2);
        assert.equal(await page.locator('#questions tbody tr').count(), 1);
        await expectWellMade(page);
        await open(page, round);
        assert.equal(await warnings(page).count(), 1, 'The round does not tell of the doubt.');
        await warnings(page).click();
        await page.locator('#questions [name=_action][value=meet]').click();
        await page.locator('#reponses tbody tr').waitFor();
        await expectWellMade(page);
        await open(page, round);
        assert.equal(await warnings(page).count(), 0, 'The round still tells of a doubt that was answered.');
        await takeBack(page);
      }),
    ),
  );
}

/** The link in the notice of a round with doubts. */
function warnings(page: Page) {
  return page.locator(`main a[href$="${CONFLICTS}"]`);
}

/** The organisation that the first need or offer of the list belongs to. */
async function organisationOfFirst(page: Page, list: string): Promise<string> {
  await open(page, list);
  await page.locator('main table tbody a, main .card a, main li a').first().click();
  await page.waitForURL(new RegExp(`${list}/[0-9a-f-]{36}`, 'u'));
  return (await page.locator(`main a[href^="${TERRITORY}/organisations/"]`).first().innerText()).trim();
}

/** An organisation that is neither asker nor giver here. */
async function otherThan(page: Page, names: readonly string[]): Promise<string> {
  const labels = await page.locator('select[name=other] option:not([value=""])').allInnerTexts();
  return labels.map((label) => label.trim()).find((label) => !names.includes(label)) ?? assert.fail('no third one');
}

async function declare(page: Page, one: string, tie: string, other: string, share = ''): Promise<void> {
  const before = await page.locator('#declares tbody tr').count();
  // Rows of the tables below carry hidden fields of the same names.
  const form = page.locator('main form:has([name=tie])');
  await form.locator('[name=organisation]').selectOption({ label: one });
  await form.locator('[name=tie]').selectOption(tie);
  await form.locator('[name=other]').selectOption({ label: other });
  await form.locator('[name=share]').fill(share);
  await form.locator('[type=submit]').click();
  await page.locator('#declares tbody tr').nth(before).waitFor();
}

async function openRound(page: Page): Promise<string> {
  await open(page, '/plans/nouveau');
  await page.locator('main form:has([name=lastDay]) [type=submit]').click();
  await page.waitForURL(/\/plans\/[0-9a-f-]{36}(#.*)?$/u);
  return new URL(page.url()).pathname;
}

/** Undone as it was done, so that the next journey starts from nothing. */
async function takeBack(page: Page): Promise<void> {
  await open(page, CONFLICTS);
  for (const part of ['#reponses', '#declares', '#declares']) {
    const rows = page.locator(`${part} tbody tr`);
    const count = await rows.count();
    await page.locator(`${part} tbody [type=submit]`).first().click();
    if (count > 0) await rows.nth(count - 1).waitFor({ state: 'detached' });
  }
}
