/**
 * Passkeys with a real browser and a key that Chromium plays: made, named, used, taken back; what a key answered opens
 * nothing a second time, and nothing at all for anybody else.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { browserSkip, expectAxeClean, expectNoSidewaysScroll, withBrowser, withPage } from './browser.ts';
import { newVisitor } from './cookie-visitor.ts';
import { addressOf, startSmallApp, type SmallApp } from './small-app.ts';

let app: SmallApp;
before(async () => {
  app = await startSmallApp();
});
after(async () => {
  await app?.close();
  assert.deepEqual(
    app?.logged.filter(({ level }) => level === 'error'),
    [],
  );
});

test('what a browser shall ask names nobody, and another key is asked of whoever is signed in alone', async () => {
  const nobody = newVisitor(app.baseUrl);
  const question = JSON.parse((await nobody.get('/connexion/cle.json')).text) as Record<string, unknown>;
  assert.deepEqual(
    [question['rpId'], question['allowCredentials'], question['userVerification']],
    ['localhost', undefined, 'required'],
  );
  const again = JSON.parse((await nobody.get('/connexion/cle.json')).text) as Record<string, unknown>;
  assert.notEqual(question['challenge'], again['challenge']);
  assert.equal((await nobody.get('/connexion/cle.json?pour=nouvelle')).status, 404);
});

test('an answer that is none opens nothing, in one sentence for all that can be wrong', async () => {
  const nobody = newVisitor(app.baseUrl);
  for (const answer of [
    '',
    '{',
    '{}',
    '"x"',
    '{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{}}',
    'x'.repeat(30_000),
  ]) {
    const told = await nobody.post('/connexion', { _action: 'passkey', answer });
    assert.equal(told.status, 422, answer.slice(0, 40));
    assert.match(told.text, /Cette clé n’ouvre rien ici/u);
    assert.doesNotMatch(String(told.headers.get('set-cookie') ?? ''), /session_token/u);
  }
});

test('answers are counted by place, right or wrong', async () => {
  const nobody = newVisitor(app.baseUrl);
  const told: string[] = [];
  for (let tries = 0; tries < 45; tries++)
    told.push((await nobody.post('/connexion', { _action: 'passkey', answer: '{}' })).text);
  assert.match(told.at(-1) ?? '', /Trop d’essais/u);
});

describe('in a browser', { skip: browserSkip() }, () => {
  test('a key is made on the account page, opens the door without a mail, and is taken back', async () => {
    await withBrowser((browser) =>
      withPage(browser, app.baseUrl, {}, async (page) => {
        await forgetTries();
        await playKey(page);
        await enter(page);
        await makeKey(page, 'Téléphone');
        await expectNoSidewaysScroll(page);
        await page.context().clearCookies();
        await page.goto('/connexion?retour=/ici/moi');
        let answer = '';
        page.on('request', (request) => {
          if (request.method() === 'POST') answer = new URLSearchParams(request.postData() ?? '').get('answer') ?? '';
        });
        await page.getByRole('button', { name: 'Entrer avec une clé d’accès' }).click();
        await page.waitForURL(`${app.baseUrl}/ici/moi`, { timeout: 30_000 });
        assert.match(await page.locator('main').innerText(), /Téléphone/u);
        await refuseAgain(answer);
        const name = page.locator('summary', { hasText: 'Renommer Téléphone' });
        await name.click();
        await page.locator('input[name^="keyName-"]').fill('Portable');
        await page.getByRole('button', { name: 'Enregistrer le nom' }).click();
        await page.getByRole('rowheader', { name: 'Portable' }).waitFor();
        await page.getByRole('button', { name: 'Retirer Portable' }).click();
        await page.getByText('Vous n’avez pas encore de clé.').waitFor();
        await page.context().clearCookies();
        await page.goto('/connexion');
        await page.getByRole('button', { name: 'Entrer avec une clé d’accès' }).click();
        await page.getByText('Cette clé n’ouvre rien ici').first().waitFor();
        // Its session takes the played key away: the last thing to do.
        await expectAxeClean(page);
        await enter(page);
        await expectAxeClean(page);
      }),
    );
  });

  test('without a script the page offers the mail alone', async () => {
    await withBrowser((browser) =>
      withPage(browser, app.baseUrl, { javaScript: false }, async (page) => {
        await page.goto('/connexion');
        assert.equal(await page.getByRole('button', { name: 'Entrer avec une clé d’accès' }).count(), 0);
        assert.equal(await page.getByRole('button', { name: 'Recevoir mon lien' }).count(), 1);
      }),
    );
  });
});

async function playKey(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

async function enter(page: Page): Promise<void> {
  const entered = await page.request.post('/ici/demonstration', {
    form: { persona: 'membre' },
    headers: { origin: app.baseUrl },
  });
  assert.ok(entered.ok(), `${addressOf('membre')} did not get in.`);
  await page.goto('/ici/moi');
}

async function makeKey(page: Page, name: string): Promise<void> {
  await page.getByLabel('Nom de la clé').fill(name);
  await page.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
  await page.getByRole('rowheader', { name }).waitFor();
}

async function refuseAgain(answer: string): Promise<void> {
  const told = await newVisitor(app.baseUrl).post('/connexion', { _action: 'passkey', answer });
  assert.equal(told.status, 422, 'An answer opened the door twice.');
}

/** The earlier test used up this place's tries. */
async function forgetTries(): Promise<void> {
  await app.test.database.kysely.deleteFrom('auth_rate_limits').execute();
}
