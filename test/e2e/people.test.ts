/** People and their rights through the real server: entering by mail, what links may do, who sees whom, in both languages. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { PersonaSlug } from '../../src/domains/identity/personas.ts';
import {
  browserSkip,
  expectAxeClean,
  expectNoSidewaysScroll,
  pressWithKeyboard,
  typeWithKeyboard,
  withBrowser,
  withPage,
} from '../browser.ts';
import { newVisitor, readText, type CookieVisitor } from '../cookie-visitor.ts';
import { addressOf, startSmallApp, type SmallApp } from '../small-app.ts';
import { openSmtpSink, readMessage } from '../smtp-sink.ts';

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

const visitor = (options?: Parameters<typeof newVisitor>[1]) => newVisitor(app.baseUrl, options);

async function enteredAs(slug: PersonaSlug): Promise<CookieVisitor> {
  const one = visitor();
  const entered = await one.post('/ici/demonstration', { persona: slug });
  assert.equal(entered.status, 303);
  return one;
}

/** The newest link that the page of mails shows for an address, as a path. */
async function newestLink(email: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const mails = (await visitor().get('/mails')).text.split('<section').filter((mail) => mail.includes(email));
    const link = mails
      .map((mail) => /href="[^"]*(\/connexion\/lien\?[^"]+)"/u.exec(mail)?.[1])
      .find((found) => found !== undefined);
    if (link !== undefined) return link.replaceAll('&amp;', '&');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail('no link came');
}

const tokenOf = (link: string) => new URL(link, app.baseUrl).searchParams.get('jeton') ?? '';
const keyOf = (html: string) => /name="_key" value="([^"]+)"/u.exec(html)?.[1] ?? '';

describe('entering by mail', () => {
  test('a page that asks who you are is where you come back to; opening the link uses nothing', async () => {
    const one = visitor();
    const asked = await one.get('/ici/moi');
    assert.equal(asked.location, '/connexion?retour=%2Fici%2Fmoi');
    const sent = await one.post('/connexion', { email: ` ${addressOf('startup').toUpperCase()} `, retour: '/ici/moi' });
    assert.equal(sent.location, '/connexion/envoyee?retour=%2Fici%2Fmoi');
    const link = await newestLink(addressOf('startup'));
    for (let scan = 0; scan < 3; scan++)
      assert.match(readText((await visitor().get(link)).text), new RegExp(addressOf('startup'), 'u'));
    const elsewhere = visitor();
    const entered = await elsewhere.post('/connexion/lien', { jeton: tokenOf(link), retour: '/ici/moi' });
    assert.equal(entered.location, '/ici/moi');
    assert.match(readText((await elsewhere.get('/ici/moi')).text), /Hugo Vasseur/u);
    assert.equal((await one.get('/ici/moi')).status, 303, 'the browser that asked is not the one that entered');
    const again = await visitor().post('/connexion/lien', { jeton: tokenOf(link) });
    assert.match(readText((await one.get(again.location ?? '')).text), /ne fonctionne plus/u);
  });

  test('never leads to another site', async () => {
    for (const away of [
      '//mal.example/x',
      'https://mal.example/',
      '/\\mal.example',
      '/\t/mal.example',
      'javascript:alert(1)',
    ]) {
      const one = visitor();
      const page = await one.get(`/connexion?retour=${encodeURIComponent(away)}`);
      assert.doesNotMatch(
        page.text.replaceAll(/<(head|footer|header)[\s\S]*?<\/\1>/gu, ''),
        /href="(https?:)?\/\/mal|href="javascript|value="[^"]*mal\.example/u,
      );
      const entered = await enteredAs('startup');
      const followed = await entered.post('/connexion/lien', { jeton: 'x', retour: away });
      assert.match(followed.location ?? '', /^\/(?![/\\])/u);
    }
  });

  test('answers the same for somebody unknown, and refuses what is no address beside the field', async () => {
    const known = await visitor().post('/connexion', { email: addressOf('comite') });
    const unknown = await visitor().post('/connexion', { email: 'inconnue@exemple.fr' });
    const skeleton = ({ status, location, headers }: typeof known) => ({
      status,
      location,
      cookies: headers.getSetCookie().map((cookie) => cookie.split('=')[0]),
    });
    assert.deepEqual(skeleton(known), skeleton(unknown));
    for (const email of ['', 'pas une adresse', 'a@b', `${'x'.repeat(300)}@exemple.fr`, 'a\u0000@exemple.fr']) {
      const refused = await visitor().post('/connexion', { email });
      assert.equal(refused.status, 422, email);
      assert.match(refused.text, /aria-invalid="true"/u);
    }
  });

  test('too many requests are refused with the time to wait', async () => {
    const email = 'impatiente@exemple.fr';
    for (let tries = 0; tries < 5; tries++) assert.equal((await visitor().post('/connexion', { email })).status, 303);
    const refused = await visitor().post('/connexion', { email });
    assert.equal(refused.status, 422);
    assert.match(readText(refused.text), /Trop d’essais. Réessayez dans 15 minutes/u);
    assert.match(
      readText((await newVisitor(app.baseUrl, { language: 'en' }).post('/connexion', { email })).text),
      /Too many tries\. Try again in 15 minutes/u,
    );
  });

  test('is refused to a form of another site', async () => {
    const crossed = await visitor({ origin: 'https://mal.example' }).post('/connexion', {
      email: addressOf('startup'),
    });
    assert.equal(crossed.status, 403);
  });
});

test('with a mail server the link travels by mail, and no page shows mails', async () => {
  const sink = await openSmtpSink();
  const mailing = await startSmallApp({ smtpUrl: sink.url });
  try {
    const one = newVisitor(mailing.baseUrl);
    assert.equal((await one.get('/mails')).status, 404);
    await one.post('/connexion', { email: addressOf('equipe'), retour: '/ici/personnes' });
    for (let tries = 0; sink.received.length === 0 && tries < 100; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const { content } = readMessage(sink.received[0]?.raw ?? '');
    const link = /http\S+/u.exec(content)?.[0] ?? '';
    assert.ok(link.startsWith(`${mailing.baseUrl}/connexion/lien?jeton=`));
    const entered = await one.post('/connexion/lien', {
      jeton: new URL(link).searchParams.get('jeton') ?? '',
      retour: '/ici/personnes',
    });
    assert.equal(entered.location, '/ici/personnes');
    assert.equal((await one.get('/ici/personnes')).status, 200);
    assert.doesNotMatch(JSON.stringify(mailing.logged), /jeton/u);
  } finally {
    await mailing.close();
    await sink.close();
  }
});

describe('one-press entry', () => {
  test('exists in a demonstration only', async () => {
    for (const path of [
      '/ailleurs/demonstration',
      '/ailleurs/demonstration/equipe',
      '/ici/demonstration/personne',
      '/ici/demonstration/equipe/x',
    ]) {
      const answer = await visitor().get(path);
      assert.deepEqual(
        [answer.status, answer.headers.getSetCookie().filter((cookie) => cookie.includes('session'))],
        [404, []],
      );
    }
    assert.equal((await visitor().post('/ailleurs/demonstration', { persona: 'equipe' })).status, 404);
  });

  test('opens by its address too, for the links printed at the start', async () => {
    const one = visitor();
    assert.equal((await one.get('/ici/demonstration/administration')).location, '/ici/personnes');
    assert.match(readText((await one.get('/ici/personnes')).text), /8 personnes/u);
  });
});

describe('one’s own page', () => {
  test('lists sign-ins; closing one counts from its very next request', async () => {
    const [desk, phone] = [await enteredAs('membre'), await enteredAs('membre')];
    const page = await desk.get('/ici/moi');
    const other = /name="signIn" value="([^"]+)"/u.exec(page.text)?.[1] ?? '';
    assert.equal((await phone.get('/ici/moi')).status, 200);
    assert.equal(
      (await desk.post('/ici/moi', { _action: 'close-sign-in', signIn: other, _key: keyOf(page.text) })).status,
      303,
    );
    assert.equal((await phone.get('/ici/moi')).status, 303);
    assert.equal((await desk.get('/ici/moi')).status, 200);
  });

  test('keeps a name and a language, and speaks it at once', async () => {
    const one = await enteredAs('comite');
    assert.equal((await one.post('/ici/moi', { _action: 'edit', name: ' ', locale: 'en' })).status, 422);
    const saved = await one.post('/ici/moi', { _action: 'edit', name: 'Jean-Marc D.', locale: 'en' });
    assert.match(readText((await one.get(saved.location ?? '')).text), /Jean-Marc D\..*My profile/u);
  });

  test('signing out forgets the browser', async () => {
    const one = await enteredAs('expert');
    assert.equal((await one.post('/deconnexion')).status, 303);
    assert.equal((await one.get('/ici/moi')).status, 303);
  });
});

describe('people', () => {
  const idOf = async (team: CookieVisitor, name: string) => {
    const { text } = await team.get(`/ici/personnes?q=${encodeURIComponent(name)}`);
    return /personnes\/([0-9a-f-]{36})/u.exec(text)?.[1] ?? assert.fail(`${name} is not listed`);
  };

  test('the team sees everybody, a manager their own, others nothing', async () => {
    const [team, manager, expert] = [await enteredAs('equipe'), await enteredAs('startup'), await enteredAs('expert')];
    assert.match(readText((await team.get('/ici/personnes')).text), /Hélène Garnier/u);
    const own = readText((await manager.get('/ici/personnes')).text);
    assert.match(own, /Inès Roche/u);
    assert.doesNotMatch(own, /Hélène Garnier/u);
    const stranger = await idOf(team, 'Hélène');
    for (const [one, path] of [
      [manager, `/ici/personnes/${stranger}`],
      [expert, '/ici/personnes'],
      [expert, '/ici/personnes/inviter'],
      [team, '/ailleurs/moi'],
      [team, '/ici/personnes/rien'],
    ] as const) {
      assert.equal((await one.get(path)).status, 404, path);
    }
    assert.equal((await team.get('/ailleurs/personnes')).status, 404);
    assert.equal(
      (
        await manager.post(`/ici/personnes/${stranger}`, {
          _action: 'end-membership',
          organisation: app.organisations.get('michelin')?.id ?? '',
        })
      ).status,
      404,
    );
  });

  test('a manager invites; the mail speaks the invited person’s language, and its way in works', async () => {
    const manager = await enteredAs('startup');
    const page = await manager.get('/ici/personnes/inviter');
    const organisation = app.organisations.get('mybus')?.id ?? '';
    const fields = {
      name: 'Sam Rivers',
      email: 'sam@example.com',
      locale: 'en',
      organisation,
      membershipRole: 'member',
      _key: keyOf(page.text),
    };
    const refused = await manager.post('/ici/personnes/inviter', { ...fields, email: 'sam@' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /value="Sam Rivers"/u);
    const invited = await manager.post('/ici/personnes/inviter', fields);
    assert.equal(invited.status, 303);
    assert.equal(
      (await manager.post('/ici/personnes/inviter', fields)).location,
      invited.location,
      'a second press invites nobody twice',
    );
    const mails = readText((await visitor().get('/mails')).text);
    assert.match(mails, /Hugo Vasseur invites you to Ici.*sam@example\.com/u);
    const sam = visitor();
    await sam.post('/connexion', { email: 'sam@example.com', retour: '/ici/moi' });
    const link = await newestLink('sam@example.com');
    await sam.post('/connexion/lien', { jeton: tokenOf(link), retour: '/ici/moi' });
    assert.match(readText((await sam.get('/ici/moi')).text), /mybus \(membre\)/u);
  });

  test('an administrator gives and takes roles, but the last one stays', async () => {
    const administrator = await enteredAs('administration');
    const [expert, self] = [await idOf(administrator, 'Karim'), await idOf(administrator, 'Paul')];
    assert.equal(
      (await administrator.post(`/ici/personnes/${expert}`, { _action: 'grant', role: 'committee-member' })).status,
      303,
    );
    const shown = readText((await administrator.get(`/ici/personnes/${expert}`)).text);
    assert.match(shown, /Rôle donné : Comité stratégique.*par Paul Chassagne/u);
    assert.equal(
      (await administrator.post(`/ici/personnes/${expert}`, { _action: 'revoke', role: 'committee-member' })).status,
      303,
    );
    const last = await administrator.post(`/ici/personnes/${self}`, { _action: 'revoke', role: 'administrator' });
    assert.equal(last.status, 422);
    assert.match(readText(last.text), /dernier administrateur/u);
    assert.equal(
      (await (await enteredAs('equipe')).post(`/ici/personnes/${expert}`, { _action: 'grant', role: 'administrator' }))
        .status,
      422,
    );
  });
});

test(
  'every page is whole on a phone and on a desk, light and dark, in both languages',
  { skip: browserSkip() },
  async () => {
    await withBrowser(async (browser) => {
      const views = [
        { language: 'fr', scheme: 'light', screen: 'phone' },
        { language: 'en', scheme: 'dark', screen: 'desk' },
      ] as const;
      for (const view of views) {
        await withPage(browser, app.baseUrl, view, async (page) => {
          for (const path of [
            '/connexion?retour=/ici/moi',
            '/connexion/envoyee',
            '/connexion/lien?jeton=x',
            '/mails',
            '/deconnexion',
            '/ici/demonstration',
          ])
            await look(page, path);
          await page.goto('/ici/demonstration/administration');
          for (const path of [
            '/ici/personnes',
            '/ici/personnes?q=rien-de-tel',
            '/ici/personnes/inviter',
            '/ici/moi',
            '/deconnexion',
          ])
            await look(page, path);
          await page.goto('/ici/personnes');
          await page.locator('main table a').first().click();
          await look(page, page.url());
        });
      }
    });
  },
);

test('without script, and with the keyboard alone, one enters by mail', { skip: browserSkip() }, async () => {
  await withBrowser(async (browser) => {
    await withPage(browser, app.baseUrl, { javaScript: false }, async (page) => {
      await page.goto('/ici/moi');
      await page.fill('[name=email]', addressOf('financeur'));
      await page.getByRole('button', { name: 'Recevoir mon lien' }).click();
      await page.goto(await newestLink(addressOf('financeur')));
      await page.getByRole('button', { name: 'Entrer' }).click();
      assert.match(await page.locator('h1').innerText(), /Claire Montel/u);
    });
    await withPage(browser, app.baseUrl, { language: 'en', screen: 'desk' }, async (page) => {
      await page.goto('/ici/moi');
      await typeWithKeyboard(page, '[name=email]', addressOf('partenaire'));
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Check your mail' }).waitFor();
      await page.goto(await newestLink(addressOf('partenaire')));
      await pressWithKeyboard(page, 'main button');
      await page.getByRole('heading', { name: 'Hélène Garnier' }).waitFor();
    });
  });
});

async function look(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expectNoSidewaysScroll(page);
  await expectAxeClean(page);
}
