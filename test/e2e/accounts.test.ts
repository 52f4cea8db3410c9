/**
 * The books, through the hands of those who answer for them: a partner answers and sees what its promise became, the team
 * values help in kind and closes a year, and whoever audits verifies the chain and takes the accounting file away.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../app.ts';
import { browserSkip, withBrowser, withPage } from '../browser.ts';
import { enterAs, expectNoFailure, expectWellMade, nameOf, open, VIEWS } from './journey.ts';

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

type Persona = Parameters<typeof enterAs>[1];

function as(persona: Persona, work: (page: Page) => Promise<void>, view = VIEWS[0]!): Promise<void> {
  return withBrowser((browser) =>
    withPage(browser, app.baseUrl, view, async (page) => {
      await enterAs(page, persona);
      await work(page);
    }),
  );
}

test(
  'a partner sees what was promised, asked, delivered and left, and accepts what is asked in one press',
  { skip },
  () =>
    as('partenaire', async (page) => {
      await open(page, '/organisations/michelin/engagements');
      await expectWellMade(page);
      const accepts = page.locator('main form:has([name=answer][value=accepted])');
      const asked = await accepts.count();
      assert.ok(asked > 0, 'The demonstration asks something of Michelin.');
      const headings = await page.locator('main table').last().locator('thead th').allInnerTexts();
      assert.ok(headings.length >= 4, headings.join());
      await page.locator('main a[href$="#confier"]').first().waitFor();
      await accepts.first().locator('[type=submit]').click();
      await page.waitForURL('**/mises-en-relation/*');
      await open(page, '/organisations/michelin/engagements');
      assert.equal(await accepts.count(), asked - 1);
    }),
);

test('the team values what waits at one press, and the figures of the year grow by it', { skip }, () =>
  as('equipe', async (page) => {
    await open(page, '/comptes/en-nature');
    await expectWellMade(page);
    const waiting = page.locator('main form:has([name=_action][value=value]) [type=submit]');
    const before = await page.locator('main .figure dd').first().innerText();
    await waiting.click();
    await page.waitForURL('**/comptes/en-nature?annee=*');
    await expectWellMade(page);
    assert.equal(await waiting.count(), 0, 'every offer of the demonstration has a rate');
    assert.notEqual(await page.locator('main .figure dd').first().innerText(), before);
    await page.locator('main table a').first().click();
    await page.waitForURL('**/comptes/en-nature/*');
    await expectWellMade(page);
    assert.equal(await page.locator('main section table').first().locator('tbody tr').count(), 4, 'four readings');
  }),
);

test('the team closes the year that ended, and nothing can be undone about it', { skip }, () =>
  as('equipe', async (page) => {
    await open(page, '/comptes/exercices');
    await expectWellMade(page);
    const closing = page.locator('main tr button[commandfor]', { hasText: '…' });
    const toClose = await closing.count();
    await closing.last().click();
    await page.locator('dialog:popover-open, dialog[open]').locator('[type=submit]').click();
    await page.waitForURL('**/comptes/exercices*');
    assert.equal(await closing.count(), toClose - 1);
    await expectWellMade(page);
  }),
);

for (const view of VIEWS.slice(0, 2)) {
  test(`an auditor verifies the chain on its page and takes the accounting file away, ${nameOf(view)}`, { skip }, () =>
    as(
      'financeur',
      async (page) => {
        await open(page, '/comptes/chaine');
        await page.locator('main form:has([name=verifier]) [type=submit]').click();
        await page.waitForURL('**/comptes/chaine?*verifier=1*');
        assert.equal(await page.locator('main .note-title').count(), 1, 'The page says what it found.');
        assert.equal(await page.locator('main [role=alert]').count(), 0, 'The chain holds.');
        if (view.javaScript) await expectWellMade(page);
        await open(page, '/comptes/exercices');
        const href = await page.locator('main a[href="?fec=2017"]').getAttribute('href');
        const file = await page.request.get(new URL(href ?? '', page.url()).href);
        assert.equal(file.status(), 200);
        assert.match(file.headers()['content-disposition'] ?? '', /filename="\d{9}FEC20171231\.txt"/u);
        assert.match(await file.text(), /^JournalCode/u);
        await open(page, '/comptes/grand-livre?annee=2017');
        if (view.javaScript) await expectWellMade(page);
        const workbook = await page.request.get(
          new URL((await page.locator('main a[href*="format=xlsx"]').getAttribute('href')) ?? '', page.url()).href,
        );
        assert.equal((await workbook.body()).subarray(0, 2).toString(), 'PK');
      },
      view,
    ),
  );
}
