/** What every journey does on every page that it comes to. */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { PersonaSlug } from '../../src/domains/identity/personas.ts';
import type { TestApp } from '../app.ts';
import { expectAxeClean, expectNoSidewaysScroll, type View } from '../browser.ts';

export const TERRITORY = '/clermont-auvergne';

/** Real files that we did not write; absent from a clone. */
export const REAL_DATA = path.resolve(import.meta.dirname, '../../../shared/data');

/** Every way of looking that a journey is made in: both languages, with scripts and without, on a phone. */
export const VIEWS: readonly Required<Pick<View, 'language' | 'javaScript'>>[] = [
  { language: 'fr', javaScript: true },
  { language: 'en', javaScript: false },
  { language: 'fr', javaScript: false },
  { language: 'en', javaScript: true },
];

export function nameOf({ language, javaScript }: (typeof VIEWS)[number]): string {
  return `${language === 'fr' ? 'in French' : 'in English'}, ${javaScript ? 'with' : 'without'} JavaScript`;
}

/** One question, one title, nothing wider than the screen, and no fault that axe can see, light and dark. */
export async function expectWellMade(page: Page): Promise<void> {
  await page.waitForLoadState();
  await page.locator('h1').first().waitFor();
  assert.equal(await page.locator('h1').count(), 1, `${page.url()} has not one h1.`);
  await expectNoSidewaysScroll(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAxeClean(page);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Opens an address of the territory; fails unless it is shown. */
export async function open(page: Page, address: string): Promise<void> {
  const answer = await page.goto(address.startsWith(TERRITORY) ? address : `${TERRITORY}${address}`);
  assert.equal(answer?.status(), 200, `${page.url()} answers ${answer?.status()}.`);
}

/** One press in the demonstration. */
export async function enterAs(page: Page, persona: PersonaSlug): Promise<void> {
  await page.goto(`${TERRITORY}/demonstration/${persona}`);
}

/** What the mail's own form sends: a passkey has its form beside it. */
export async function askForLink(page: Page, email: string): Promise<void> {
  const form = page.locator('main form', { has: page.locator('[name=email]') });
  await form.locator('[name=email]').fill(email);
  await form.locator('[type=submit]').click();
}

/** Asks for a link, opens the mail where the demonstration shows it, and presses its one button. */
export async function signInByMail(page: Page, email: string): Promise<void> {
  const links = page.locator('a[href*="/connexion/lien"]');
  await page.goto('/mails');
  const earlier = await links.count();
  await page.goto('/connexion');
  await askForLink(page, email);
  await page.waitForURL('**/connexion/envoyee*');
  // The mail leaves after the answer; the newest comes first.
  for (let attempt = 0; attempt < 50; attempt += 1) {
    await page.goto('/mails');
    if ((await links.count()) > earlier) break;
    await page.waitForTimeout(100);
  }
  await links.first().click();
  await page.locator('main form [type=submit]').click();
}

/** Counts what somebody's fingers do. */
export function handOf() {
  const hand = {
    clicks: 0,
    fields: 0,
    async press(target: Locator): Promise<void> {
      hand.clicks += 1;
      await target.click();
    },
    /** At the pace of somebody who types on a phone. */
    async type(target: Locator, text: string): Promise<void> {
      hand.fields += 1;
      await target.pressSequentially(text, { delay: 60 });
    },
  };
  return hand;
}

/** The whole number that stands in a figure of the home page, by where it leads. */
export async function figureOf(page: Page, href: string): Promise<number> {
  const text = await page.locator(`main dl a[href$="${href}"], main .figure a[href$="${href}"]`).first().innerText();
  const digits = text.replaceAll(/[\s\u00a0\u202f,]/gu, '');
  return Number.parseInt(/\d+/u.exec(digits)?.[0] ?? '', 10);
}

/** The server failed nobody. */
export function expectNoFailure({ logged }: TestApp): void {
  assert.deepEqual(
    logged.filter(({ level }) => level === 'error'),
    [],
  );
}
