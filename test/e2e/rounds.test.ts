/** Pages of plans, tries and matches on the demonstration: both languages, both themes, phone and desk, as axe sees them. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../app.ts';
import { browserSkip, expectAxeClean, expectNoSidewaysScroll, withBrowser, withPage, type View } from '../browser.ts';

const skip = browserSkip();
const HOME = '/clermont-auvergne';
const SIGHTS: readonly View[] = [
  { screen: 'phone', language: 'fr', scheme: 'light' },
  { screen: 'desk', language: 'en', scheme: 'dark' },
];

let app: TestApp;
before(async () => {
  if (!skip) app = await startTestApp();
});
after(async () => {
  await app?.close();
  assert.deepEqual(app?.logged.filter(({ level }) => level === 'error') ?? [], []);
});

async function enter(page: Page, persona: string): Promise<void> {
  await page.goto(`${HOME}/demonstration/${persona}`);
}

/** The address of the first row of the table at an address. */
async function firstOf(page: Page, address: string): Promise<string> {
  await page.goto(address);
  return (await page.locator('main table tbody a').first().getAttribute('href')) ?? assert.fail(`no row at ${address}`);
}

async function look(page: Page, address: string): Promise<void> {
  const answer = await page.goto(address);
  assert.equal(answer?.status(), 200, address);
  await expectAxeClean(page);
  await expectNoSidewaysScroll(page);
  const bytes = (await answer?.body())?.length ?? 0;
  assert.ok(bytes < 400_000, `${address} is ${bytes} bytes before compression`);
}

describe('plans and matches', { skip }, () => {
  for (const sight of SIGHTS) {
    test(`are clean for the team (${sight.screen}, ${sight.language}, ${sight.scheme})`, async () => {
      await withBrowser(async (browser) => {
        await withPage(browser, app.baseUrl, sight, async (page) => {
          await enter(page, 'equipe');
          const round = await firstOf(page, `${HOME}/plans`);
          const run = await firstOf(page, round);
          const match = await firstOf(page, `${HOME}/mises-en-relation`);
          const views = ['', 'non-servis', 'apports', 'matrice', 'historique'].map((view) => `${run}?vue=${view}`);
          for (const address of [
            `${HOME}/plans`,
            `${HOME}/plans/nouveau`,
            `${HOME}/plans/conflits`,
            round,
            ...views,
            match,
            `${HOME}/mises-en-relation`,
            `${HOME}/mises-en-relation/nouvelle`,
          ]) {
            await look(page, address);
          }
          await page.goto(run);
          await page.locator('main table a[rel=nofollow]').first().click();
          await look(page, page.url().replace(/#.*/u, ''));
        });
      });
    });

    test(`are clean for a startup and for the committee (${sight.screen}, ${sight.language}, ${sight.scheme})`, async () => {
      await withBrowser(async (browser) => {
        for (const persona of ['startup', 'comite']) {
          await withPage(browser, app.baseUrl, sight, async (page) => {
            await enter(page, persona);
            await look(page, `${HOME}/mises-en-relation`);
            await look(page, await firstOf(page, `${HOME}/plans`));
          });
        }
      });
    });
  }

  test('a round is tried, corrected, compared and published without a script; each side then reads its own', async () => {
    await withBrowser(async (browser) => {
      await withPage(browser, app.baseUrl, { screen: 'desk', javaScript: false }, async (page) => {
        await enter(page, 'equipe');
        await page.goto(await firstOf(page, await firstOf(page, `${HOME}/plans`)));
        await page.locator('main table a[rel=nofollow]').first().click();
        await page.check('input[value=forbid]');
        await page.fill('textarea[name=reason]', 'Ils se voient déjà chaque semaine');
        await page.click('button:has-text("Enregistrer la décision")');
        await page.waitForSelector('text=L’accord est interdit');
        await page.waitForSelector('text=Ce plan ne peut plus être publié tel quel');
        assert.equal(await page.locator('button:has-text("Publier")').count(), 0);
        await page.click('button:has-text("Relancer un essai")');
        // The page asks again by itself until the try is over.
        await page.waitForSelector('text=Optimal, prouvé', { timeout: 30_000 });
        await page.click('a:has-text("Comparer au n°")');
        await page.waitForSelector('h2:has-text("depuis l’essai")');
        await page.waitForSelector('text=Ils se voient déjà chaque semaine');
        await page.click('nav a:has-text("Accords")');
        await page.click('button:has-text("Publier le plan…")');
        await page.click('button:has-text("Publier et prévenir chacun")');
        await page.waitForSelector('text=Le plan est publié');
      });
      await withPage(browser, app.baseUrl, { javaScript: false }, async (page) => {
        await enter(page, 'partenaire');
        await page.goto(await firstOf(page, `${HOME}/mises-en-relation?etat=waiting`));
        await page.click('button:has-text("Accepter")');
        await page.waitForSelector('text=/Votre réponse est notée|Les deux parties ont accepté/');
        await page.goto(await firstOf(page, `${HOME}/plans`));
        assert.match((await page.textContent('h1')) ?? '', /pour vous|ne vous apporte rien/u);
      });
    });
  });
});
