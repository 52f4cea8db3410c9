/** Somebody who has heard of a startup, with a phone in hand and no account. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../app.ts';
import { browserSkip, expectAxeClean, pressWithKeyboard, typeWithKeyboard, withBrowser, withPage } from '../browser.ts';
import { expectNoFailure, expectWellMade, nameOf, TERRITORY, VIEWS } from './journey.ts';

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

const inBrowser = (work: (browser: Browser) => Promise<void>) => () => withBrowser(work);

for (const view of VIEWS) {
  test(
    `a visitor finds a startup, ${nameOf(view)}`,
    { skip },
    inBrowser((browser) =>
      withPage(browser, app.baseUrl, view, async (page) => {
        const check = () => (view.javaScript ? expectWellMade(page) : Promise.resolve());
        await page.goto('/');
        await page.waitForURL(`**${TERRITORY}`);
        assert.equal(await page.locator('html').getAttribute('lang'), view.language);
        await check();
        await page.locator(`main a[href="${TERRITORY}/organisations"]`).first().click();
        await check();
        await page.locator('[name=q]').fill('mybus');
        await page.locator('main form:has([name=q]) button').click();
        assert.match(page.url(), /[?&]q=mybus/u);
        await check();
        await page.locator('main table a', { hasText: 'MyBus' }).click();
        await expectMyBus(page, view.language);
        await check();
      }),
    ),
  );
}

test(
  'a visitor finds a startup with the keyboard alone, on a desk',
  { skip },
  inBrowser((browser) =>
    withPage(browser, app.baseUrl, { screen: 'desk' }, async (page) => {
      await page.goto('/');
      await pressWithKeyboard(page, `main a[href="${TERRITORY}/organisations"]`);
      await page.waitForURL('**/organisations');
      await typeWithKeyboard(page, '[name=q]', 'mybus');
      await page.keyboard.press('Enter');
      await page.waitForURL('**q=mybus*');
      await pressWithKeyboard(page, 'main table a[href$="/mybus"]');
      await page.waitForURL('**/mybus');
      await expectMyBus(page, 'fr');
      await expectAxeClean(page);
    }),
  ),
);

test(
  'a link to a filtered list shows a colleague the same list',
  { skip },
  inBrowser((browser) =>
    withPage(browser, app.baseUrl, { screen: 'desk' }, async (page) => {
      await page.goto(`${TERRITORY}/organisations?role=startup&theme=mobilite`);
      const names = await page.locator('main tbody th').allInnerTexts();
      assert.ok(names.includes('MyBus') && !names.includes('Michelin'), names.join(', '));
      assert.deepEqual(
        await page
          .locator('nav.facets .facet:not(:last-child) a[aria-current=true] span:first-child')
          .allTextContents(),
        ['Startup', 'Mobilité'],
      );
    }),
  ),
);

async function expectMyBus(page: Page, language: 'fr' | 'en'): Promise<void> {
  assert.equal(await page.locator('h1').innerText(), 'MyBus');
  const said = await page.locator('main').innerText();
  assert.match(said, language === 'fr' ? /titre de transport sur le téléphone/u : /bus ticket on the phone/u);
}
