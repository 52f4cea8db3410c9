/**
 * Every page that the table of addresses names, through the first pair of eyes that may see it: in French and light on
 * a phone, in English and dark on a desk. Axe finds nothing, nothing is wider than the screen, each has its one title.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../app.ts';
import { browserSkip, expectAxeClean, expectNoSidewaysScroll, withBrowser, withPage, type View } from '../browser.ts';
import { addressOf, listRoutes, readSamples, type Samples } from '../route-samples.ts';
import { enterAs, expectNoFailure } from './journey.ts';

const skip = browserSkip();
const EYES = [undefined, 'startup', 'partenaire', 'equipe', 'administration'] as const;
/** Addresses that answer files, which the browser shows in a page of its own. */
const FILES = /\.(?:ics|json|xml|atom|png)$|\/(?:logo|texte|fichier)$/u;
const routes = listRoutes().filter(({ path }) => path !== '/:territory/demonstration/:role');

let app: TestApp;
let samples: Samples;
before(async () => {
  if (skip) return;
  app = await startTestApp();
  samples = await readSamples(app);
});
after(async () => {
  if (skip) return;
  expectNoFailure(app);
  await app.close();
});

const LOOKS: readonly (readonly [name: string, view: View])[] = [
  ['in French, light, on a phone', { language: 'fr', scheme: 'light', screen: 'phone' }],
  ['in English, dark, on a desk', { language: 'en', scheme: 'dark', screen: 'desk' }],
];

for (const [name, view] of LOOKS) {
  test(`every page is well made, ${name}`, { skip }, () =>
    withBrowser(async (browser) => {
      const unseen = new Set(routes.map(({ path }) => path));
      const faults: string[] = [];
      for (const eyes of EYES) await lookThrough(browser, view, eyes, unseen, faults);
      assert.ok(faults.length === 0, faults.join('\n\n'));
      // Files and redirects are no pages.
      assert.deepEqual(
        [...unseen].filter((path) => !FILES.test(path) && path !== '/'),
        [],
        'Nobody was shown these.',
      );
    }),
  );
}

async function lookThrough(
  browser: Browser,
  view: View,
  eyes: (typeof EYES)[number],
  unseen: Set<string>,
  faults: string[],
): Promise<void> {
  await withPage(browser, app.baseUrl, view, async (page) => {
    if (eyes !== undefined) await enterAs(page, eyes);
    for (const route of routes.filter(({ path }) => unseen.has(path) && !FILES.test(path))) {
      const answer = await page.goto(addressOf(route, samples));
      const isHere = answer?.status() === 200 && new URL(page.url()).pathname === addressOf(route, samples);
      if (!isHere) continue;
      unseen.delete(route.path);
      await lookAt(page).catch((error: Error) =>
        faults.push(`${route.path} for ${eyes ?? 'the public'}: ${error.message}`),
      );
    }
  });
}

async function lookAt(page: Page): Promise<void> {
  assert.equal(await page.locator('h1').count(), 1, 'It has not one h1.');
  assert.ok((await page.title()).length > 3, 'It has no title.');
  await expectNoSidewaysScroll(page);
  await expectAxeClean(page);
}
