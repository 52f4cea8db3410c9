/**
 * One need, from a partner's yes to the public figure: the team brings two organisations together, both accept, they
 * meet, both say what was given, and what everybody reads on the first page grows by exactly that.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../app.ts';
import { browserSkip, withBrowser, withPage, type View } from '../browser.ts';
import { enterAs, expectNoFailure, expectWellMade, figureOf, nameOf, open, TERRITORY, VIEWS } from './journey.ts';

const skip = browserSkip();
/** Two half-days of the territory. */
const HOURS_GIVEN = 7;

let app: TestApp;
/** The server's clock, moved on when a meeting has to lie behind. */
let ahead = Temporal.Duration.from({ hours: 0 });
before(async () => {
  if (!skip) app = await startTestApp({ now: () => Temporal.Now.instant().add(ahead) });
});
after(async () => {
  if (skip) return;
  expectNoFailure(app);
  await app.close();
});

for (const view of VIEWS.slice(0, 2)) {
  test(`a partner accepts, both confirm, and the public figure moves by exactly that, ${nameOf(view)}`, { skip }, () =>
    withBrowser(async (browser) => {
      const hoursBefore = await publicHours(browser, view);
      const needTitle = await stateNeed(browser, view);
      const offerTitle = await stateOffer(browser, view);
      const match = await introduce(browser, view, needTitle, offerTitle);
      await accept(browser, view, 'partenaire', match);
      await accept(browser, view, 'startup', match);
      const session = await planSession(browser, view, match);
      ahead = ahead.add({ hours: 24 * 9 });
      await confirm(browser, view, 'partenaire', session);
      assert.equal(await publicHours(browser, view), hoursBefore, 'One side alone has moved the public figure.');
      await confirm(browser, view, 'startup', session);
      assert.equal(await publicHours(browser, view), hoursBefore + HOURS_GIVEN);
      await expectInBooks(browser, view, session);
    }),
  );
}

type Look = (typeof VIEWS)[number];

async function as(
  browser: Browser,
  view: View,
  persona: Parameters<typeof enterAs>[1] | undefined,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  await withPage(browser, app.baseUrl, view, async (page) => {
    if (persona) await enterAs(page, persona);
    await work(page);
  });
}

async function check(page: Page, view: Look): Promise<void> {
  if (view.javaScript) await expectWellMade(page);
}

async function publicHours(browser: Browser, view: Look): Promise<number> {
  let hours = 0;
  await as(browser, view, undefined, async (page) => {
    await open(page, '');
    hours = await figureOf(page, '/heures');
  });
  return hours;
}

/** A partner brings help in under a minute, as a founder states a need. */
async function stateOffer(browser: Browser, view: Look): Promise<string> {
  const title = `Notre service des brevets, ${nameOf(view)}`;
  await as(browser, view, 'partenaire', async (page) => {
    await open(page, '/apports/nouveau');
    await check(page, view);
    await page.locator('label:has([name=kind][value=legal])').click();
    await page.locator('[name=title]').fill(title);
    await page.locator('[name=capacity]').fill('4');
    await page.locator('main form:has([name=title]) [type=submit]').click();
    await page.waitForURL(/\/apports\/[0-9a-f-]{36}/u);
    await check(page, view);
  });
  return title;
}

async function stateNeed(browser: Browser, view: Look): Promise<string> {
  const title = `Comprendre un brevet, ${nameOf(view)}`;
  await as(browser, view, 'startup', async (page) => {
    await open(page, '/besoins/nouveau');
    await page.locator('label:has([name=kind][value=legal])').click();
    await page.locator('[name=title]').fill(title);
    await page.locator('[name=quantity]').fill('2');
    await page.locator('main form:has([name=title]) [type=submit]').click();
    await page.waitForURL(/\/besoins\/[0-9a-f-]{36}/u);
  });
  return title;
}

/** The team brings the need and the partner's legal help together, by hand. */
async function introduce(browser: Browser, view: Look, needTitle: string, offerTitle: string): Promise<string> {
  let address = '';
  await as(browser, view, 'equipe', async (page) => {
    await open(page, '/mises-en-relation/nouvelle');
    await check(page, view);
    await choose(page, 'need', needTitle);
    await choose(page, 'offer', offerTitle);
    await page.locator('[name=quantity]').fill('2');
    await page.locator('main form:has([name=need]) [type=submit]').click();
    await page.waitForURL(/\/mises-en-relation\/[0-9a-f-]{36}/u);
    address = new URL(page.url()).pathname;
    await check(page, view);
  });
  return address;
}

/** Chooses the option that says these words. */
async function choose(page: Page, field: string, words: string): Promise<void> {
  const options = await page
    .locator(`select[name=${field}] option`)
    .evaluateAll((found) =>
      found.map((option) => ({ value: (option as HTMLOptionElement).value, text: option.textContent })),
    );
  const option = options.find(({ text }) => text.includes(words));
  assert.ok(option, `No option of ${field} says ${words}:\n${options.map(({ text }) => text).join('\n')}`);
  await page.locator(`select[name=${field}]`).selectOption(option.value);
}

async function accept(browser: Browser, view: Look, persona: 'partenaire' | 'startup', match: string): Promise<void> {
  await as(browser, view, persona, async (page) => {
    await open(page, '/mises-en-relation');
    await check(page, view);
    await page.locator(`main a[href="${match}"]`).first().click();
    await check(page, view);
    await page.locator('main form:has([name=answer][value=accepted]) [type=submit]').click();
    await page.waitForURL(`**${match}*`);
    assert.equal(
      await page.locator('main form:has([name=answer][value=accepted])').count(),
      0,
      `${persona} is still asked.`,
    );
  });
}

async function planSession(browser: Browser, view: Look, match: string): Promise<string> {
  let address = '';
  await as(browser, view, 'partenaire', async (page) => {
    await open(page, match);
    await page.locator(`main a[href="${match}/seance"]`).first().click();
    await page.waitForURL(`**${match}/seance`);
    await check(page, view);
    const day = Temporal.Now.plainDateISO('Europe/Paris').add({ days: Math.ceil(ahead.total('hours') / 24) + 7 });
    await page.locator('[name=day]').fill(day.toString());
    await page.locator('[name=time]').fill('10 h');
    await page.locator('[name=duration]').fill(view.language === 'fr' ? '7 h' : '7 hours');
    await page.locator('[name=place]').fill('Place des Carmes');
    await page.locator('main form:has([name=day]) [type=submit]').click();
    await page.waitForURL(/\/seances\/[0-9a-f-]{36}/u);
    address = new URL(page.url()).pathname;
    await check(page, view);
    const calendar = await page.request.get(`${address}/calendrier.ics`);
    assert.match(await calendar.text(), /BEGIN:VEVENT[\s\S]*Place des Carmes/u);
  });
  return address;
}

async function confirm(
  browser: Browser,
  view: Look,
  persona: 'partenaire' | 'startup',
  session: string,
): Promise<void> {
  const side = persona === 'partenaire' ? 'giver' : 'receiver';
  await as(browser, view, persona, async (page) => {
    await open(page, '/seances');
    await page.locator('main a[href*="etape=a-confirmer"]').click();
    await check(page, view);
    await page.locator(`main a[href^="${session}"]`).first().click();
    await check(page, view);
    await page.locator(`[name=${side}]`).fill('7 h');
    await page.locator(`main form:has([name=${side}]) [type=submit]`).click();
    await page.waitForURL(`**${session}*`);
    await check(page, view);
  });
}

/** One entry more, between the two, that leads back to the session. */
async function expectInBooks(browser: Browser, view: Look, session: string): Promise<void> {
  await as(browser, { ...view, screen: 'desk' }, 'equipe', async (page) => {
    await open(page, '/comptes');
    await page
      .locator('main table a', { hasText: /Michelin.*MyBus/u })
      .first()
      .click();
    await page.waitForURL('**/comptes/ecritures/*');
    await check(page, view);
    assert.equal(
      (await page.locator(`main a[href^="${session}"]`).count()) > 0,
      true,
      'The entry does not lead to its session.',
    );
    await open(page, '/organisations/michelin/compte');
    assert.ok((await page.locator('main').innerText()).includes('MyBus'));
    assert.equal(page.url().startsWith(`${app.baseUrl}${TERRITORY}`), true);
  });
}
