/** A founder between two meetings: a phone, one minute, one need. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { demonstrationPersonas } from '../../src/domains/identity/personas.ts';
import { startTestApp, type TestApp } from '../app.ts';
import { browserSkip, pressWithKeyboard, tabTo, typeWithKeyboard, withBrowser, withPage } from '../browser.ts';
import {
  askForLink,
  enterAs,
  expectNoFailure,
  expectWellMade,
  handOf,
  nameOf,
  open,
  signInByMail,
  TERRITORY,
  VIEWS,
} from './journey.ts';

const founder = demonstrationPersonas.find(({ slug }) => slug === 'startup')!;
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
const NEED_PAGE = /\/besoins\/[0-9a-f-]{36}(#.*)?$/u;

for (const view of VIEWS) {
  test(
    `a founder signs in by mail and states a need in under a minute, ${nameOf(view)}`,
    { skip },
    inBrowser((browser) =>
      withPage(browser, app.baseUrl, view, async (page) => {
        const check = () => (view.javaScript ? expectWellMade(page) : Promise.resolve());
        await signInByMail(page, founder.email);
        await check();
        await open(page, '');
        const sentence = view.language === 'fr' ? 'Relire nos conditions de vente' : 'Read our terms of sale';
        const [hand, start] = [handOf(), performance.now()];
        await hand.press(page.locator(`main a[href="${TERRITORY}/besoins/nouveau"]`).first());
        await hand.press(page.locator('label:has([name=kind][value=legal])'));
        await hand.type(page.locator('[name=title]'), `${sentence}, ${nameOf(view)}`);
        await hand.press(page.locator('main form:has([name=title]) [type=submit]'));
        await page.waitForURL(NEED_PAGE);
        const seconds = (performance.now() - start) / 1000;
        assert.ok(seconds < 60, `${seconds.toFixed(0)} s`);
        assert.deepEqual({ clicks: hand.clicks, fields: hand.fields }, { clicks: 3, fields: 1 });
        assert.ok((await page.locator('h1').innerText()).startsWith(sentence));
        await check();
        await open(page, '/besoins');
        assert.ok((await page.locator('main table').innerText()).includes(`${sentence}, ${nameOf(view)}`));
      }),
    ),
  );
}

test(
  'a founder states a need with the keyboard alone',
  { skip },
  inBrowser((browser) =>
    withPage(browser, app.baseUrl, { screen: 'desk' }, async (page) => {
      await enterAs(page, 'startup');
      await open(page, '/besoins/nouveau');
      await tabTo(page, '[name=kind]');
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
      await typeWithKeyboard(page, '[name=title]', 'Un besoin écrit sans souris');
      await typeWithKeyboard(page, '[name=quantity]', 'beaucoup');
      await pressWithKeyboard(page, 'main form:has([name=title]) [type=submit]');
      // Refused: the list of what to correct has the focus, and leads to the field.
      await page.locator('#errors').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'errors');
      await expectWellMade(page);
      await pressWithKeyboard(page, '#errors a');
      assert.equal(await page.locator('[name=title]').inputValue(), 'Un besoin écrit sans souris');
      await page.locator('[name=quantity]').focus();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('2');
      await page.keyboard.press('Enter');
      await page.waitForURL(NEED_PAGE);
      assert.equal(await page.locator('h1').innerText(), 'Un besoin écrit sans souris');
    }),
  ),
);

test(
  'a visitor who wants to state a need is asked to sign in, and comes back to the form',
  { skip },
  inBrowser((browser) =>
    withPage(browser, app.baseUrl, {}, async (page) => {
      await open(page, '');
      await page.locator(`main a[href="${TERRITORY}/besoins/nouveau"]`).first().click();
      await page.waitForURL('**/connexion?*');
      await expectWellMade(page);
      await askForLink(page, 'pas une adresse');
      await page.locator('#field-email-error').waitFor();
      await askForLink(page, founder.email);
      await page.waitForURL('**/connexion/envoyee*');
      await expectWellMade(page);
      await page.waitForTimeout(300);
      await page.goto('/mails');
      await expectWellMade(page);
      await page.locator('a[href*="/connexion/lien"]').first().click();
      await expectWellMade(page);
      await page.locator('main form [type=submit]').click();
      await page.waitForURL('**/besoins/nouveau');
    }),
  ),
);
