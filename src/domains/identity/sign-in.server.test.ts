/** Signing in by mail link, against a real database: what a link may do, for whom, how often, and how it ends. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { openTestDatabase, type TestDatabase } from '../../../test/database.ts';
import { makePerson, makeTerritory } from '../../../test/factories/territory.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import { placeOf } from './rate-limit.server.ts';
import { createIdentity, type OpenIdentity } from './sign-in.server.ts';

const PUBLIC_URL = 'http://localhost:3000';
const SECRET = 'a-secret-of-the-tests-that-is-long-enough-0123456789';

let store: TestDatabase;
let identity: OpenIdentity;
const mails: Mail[] = [];
const failures: unknown[] = [];

const open = (more: Partial<Parameters<typeof createIdentity>[0]> = {}) =>
  createIdentity({
    publicUrl: PUBLIC_URL,
    secret: SECRET,
    databaseUrl: store.url,
    sendMail: async (mail) => void mails.push(mail),
    onFailure: (error) => failures.push(error),
    ...more,
  });

before(async () => {
  store = await openTestDatabase();
  identity = open();
  const territory = await makeTerritory(store.ownerUrl);
  for (const email of ['claire@exemple.fr', 'jean@exemple.fr', 'lucie@exemple.fr', 'often@exemple.fr']) {
    await makePerson(store.database, territory, { email });
  }
});
after(async () => {
  await identity?.close();
  await store?.close();
});

let places = 0;

/** Asks for a link from a new place and reads its token from the mail, as the person would. */
async function linkFor(email: string, returnTo?: string): Promise<string> {
  mails.length = 0;
  const asked = await identity.requestLink({ email, returnTo, locale: 'fr', clientAddress: `192.0.2.${++places}` });
  assert.deepEqual(asked, { ok: true, value: undefined });
  await identity.settled();
  assert.deepEqual(failures, []);
  return tokenIn(mails[0]);
}

function tokenIn(mail: Mail | undefined): string {
  const link = /http\S+/u.exec(mail?.text ?? '')?.[0];
  assert.ok(link, 'the mail holds a link');
  const token = new URL(link).searchParams.get('jeton');
  assert.match(token ?? '', /^[A-Za-z]{32}$/u);
  return token ?? '';
}

/** A browser: keeps the cookies that it is given. */
function browser(userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0') {
  const cookies = new Map<string, string>();
  return {
    take(setCookies: readonly string[]) {
      for (const cookie of setCookies) {
        const [pair = '', ...attributes] = cookie.split('; ');
        const [name = '', value = ''] = pair.split(/=(.*)/su);
        if (attributes.includes('Max-Age=0')) cookies.delete(name);
        else cookies.set(name, value);
      }
    },
    headers: () =>
      new Headers({ 'user-agent': userAgent, cookie: [...cookies].map((pair) => pair.join('=')).join('; ') }),
  };
}

async function enter(email: string, from = browser()) {
  const started = await identity.followLink(await linkFor(email), from.headers());
  assert.equal(started?.email, email);
  from.take(started.setCookies);
  return from;
}

describe('a link', () => {
  test('signs in once, wherever it is opened, and says beforehand for whom it is', async () => {
    const token = await linkFor('claire@exemple.fr', '/clermont-auvergne/besoins?etat=ouvert');
    assert.match(mails[0]?.text ?? '', /retour=%2Fclermont-auvergne%2Fbesoins%3Fetat%3Douvert/u);
    assert.equal(await identity.addressOfLink(token), 'claire@exemple.fr');
    assert.equal(
      await identity.addressOfLink(token),
      'claire@exemple.fr',
      'a mail scanner that opens the link uses nothing',
    );
    const phone = browser(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Safari/604',
    );
    const started = await identity.followLink(token, phone.headers());
    assert.equal(started?.email, 'claire@exemple.fr');
    assert.equal(await identity.addressOfLink(token), undefined);
    assert.equal(await identity.followLink(token, browser().headers()), undefined, 'the second press finds nothing');
    phone.take(started.setCookies);
    assert.equal((await identity.signedInUser(phone.headers()))?.email, 'claire@exemple.fr');
  });

  test('pressed twice at the same moment opens one sign-in', async () => {
    const token = await linkFor('jean@exemple.fr');
    const both = await Promise.all([
      identity.followLink(token, new Headers()),
      identity.followLink(token, new Headers()),
    ]);
    assert.equal(both.filter((started) => started !== undefined).length, 1);
  });

  test('is over after fifteen minutes', async () => {
    const token = await linkFor('claire@exemple.fr');
    await asOwner("update auth_verifications set expires_at = now() - interval '1 second'");
    assert.equal(await identity.addressOfLink(token), undefined);
    assert.equal(await identity.followLink(token, new Headers()), undefined);
  });

  test('lasts fifteen minutes, and only its digest is stored', async () => {
    const token = await linkFor('claire@exemple.fr');
    const { rows } = await asOwner(
      'select identifier, extract(epoch from expires_at - now()) as seconds from auth_verifications',
    );
    assert.equal(rows.length, 1);
    assert.ok(Number(rows[0].seconds) > 890 && Number(rows[0].seconds) <= 900);
    assert.doesNotMatch(JSON.stringify(rows), new RegExp(token, 'u'));
  });

  test('is neither made nor sent for an address that nobody knows, and the answer is the same', async () => {
    mails.length = 0;
    const before = (await asOwner('select * from auth_verifications')).rows.length;
    const asked = await identity.requestLink({
      email: 'inconnue@exemple.fr',
      returnTo: undefined,
      locale: 'fr',
      clientAddress: '192.0.2.200',
    });
    await identity.settled();
    assert.deepEqual(asked, { ok: true, value: undefined });
    assert.deepEqual(mails, []);
    assert.equal((await asOwner('select * from auth_verifications')).rows.length, before);
  });

  test('never carries the way to another site', async () => {
    await linkFor('claire@exemple.fr', '//ailleurs.example/');
    assert.doesNotMatch(mails[0]?.text ?? '', /retour|ailleurs/u);
  });
});

describe('the cookie', () => {
  test('is out of reach of scripts and of other sites', async () => {
    const started = await identity.followLink(await linkFor('lucie@exemple.fr'), new Headers());
    const [cookie = '', ...others] = started?.setCookies ?? [];
    assert.deepEqual(others, []);
    assert.match(cookie, /^terreau\.session_token=/u);
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Max-Age=7776000'])
      assert.ok(cookie.split('; ').includes(attribute), attribute);
    assert.doesNotMatch(cookie, /Secure/u);
  });

  test('is bound to https when the public address is', async () => {
    const secure = open({ publicUrl: 'https://terreau.example' });
    try {
      const started = await secure.startDemonstrationSession('lucie@exemple.fr', new Headers());
      assert.match(started.setCookies.join(), /^__Secure-terreau\.session_token=.*; Secure/u);
      const from = browser();
      from.take(started.setCookies);
      assert.equal((await secure.signedInUser(from.headers()))?.email, 'lucie@exemple.fr');
      assert.equal(await identity.signedInUser(from.headers()), undefined);
      assert.match((await secure.signOut(from.headers())).join(), /^__Secure-.*Max-Age=0.*Secure$/u);
    } finally {
      await secure.close();
    }
  });

  test('is worth nothing once changed, or under another secret', async () => {
    const from = await enter('jean@exemple.fr');
    const cookie = from.headers().get('cookie') ?? '';
    assert.equal((await identity.signedInUser(from.headers()))?.email, 'jean@exemple.fr');
    for (const forged of [
      cookie.replace(/=./u, '=Z'),
      cookie.slice(0, -6),
      cookie.replace(/\..*$/u, ''),
      `${cookie.split('.')[0]}=%E0%A4%A`,
    ]) {
      assert.equal(await identity.signedInUser(new Headers({ cookie: forged })), undefined, forged);
    }
    const other = open({ secret: 'another-secret-that-is-as-long-as-the-first-0123456789' });
    assert.equal(await other.signedInUser(from.headers()), undefined);
    await other.close();
  });
});

describe('a sign-in', () => {
  test('is listed with its browser, and closing it counts from the next request', async () => {
    const [desk, phone] = [
      await enter('lucie@exemple.fr'),
      await enter('lucie@exemple.fr', browser('Mozilla/5.0 (Android 16; Mobile) Firefox/140.0')),
    ];
    const known = await identity.signedInUser(desk.headers());
    assert.ok(known);
    const phoneId = (await identity.signedInUser(phone.headers()))?.sessionId ?? '';
    const listed = await identity.listSignIns(known.userId);
    assert.ok(listed.some(({ id, userAgent }) => id === phoneId && /Android/u.test(userAgent ?? '')));
    assert.equal(await identity.closeSignIn('somebody-else', phoneId), false);
    assert.ok(await identity.signedInUser(phone.headers()));
    assert.equal(await identity.closeSignIn(known.userId, phoneId), true);
    assert.equal(await identity.signedInUser(phone.headers()), undefined);
    assert.ok(await identity.signedInUser(desk.headers()));
  });

  test('can be the only one left', async () => {
    const [desk, phone] = [await enter('lucie@exemple.fr'), await enter('lucie@exemple.fr')];
    const { userId, sessionId } = (await identity.signedInUser(desk.headers()))!;
    assert.ok((await identity.closeOtherSignIns(userId, sessionId)) >= 1);
    assert.equal(await identity.signedInUser(phone.headers()), undefined);
    assert.deepEqual(
      (await identity.listSignIns(userId)).map(({ id }) => id),
      [sessionId],
    );
  });

  test('ends by signing out, and takes its cookie away', async () => {
    const from = await enter('jean@exemple.fr');
    const copy = from.headers();
    from.take(await identity.signOut(from.headers()));
    assert.equal(from.headers().get('cookie'), '');
    assert.equal(await identity.signedInUser(copy), undefined, 'a copy of the cookie is worth nothing either');
    assert.equal((await identity.signOut(new Headers())).length, 1);
  });

  test('is replaced by the next one on the same browser', async () => {
    const from = await enter('jean@exemple.fr');
    const earlier = from.headers();
    await enter('claire@exemple.fr', from);
    assert.equal((await identity.signedInUser(from.headers()))?.email, 'claire@exemple.fr');
    assert.equal(await identity.signedInUser(earlier), undefined);
  });

  test('ends after 90 days, or 30 without use; its use is noted to the hour', async () => {
    const from = await enter('jean@exemple.fr');
    const { userId, sessionId } = (await identity.signedInUser(from.headers()))!;
    const start = Temporal.Now.instant();
    const later = async (hours: number) => {
      const then = open({ now: () => start.add({ hours }) });
      const found = await then.signedInUser(from.headers());
      await then.close();
      return found?.sessionId;
    };
    assert.equal(await later(29 * 24), sessionId);
    const [own] = await identity.listSignIns(userId);
    assert.equal(own?.lastUsed.epochMilliseconds, start.add({ hours: 29 * 24 }).epochMilliseconds);
    assert.equal(await later(58 * 24), sessionId);
    assert.equal(await later(89 * 24), undefined, 'nobody came for 31 days');
    await asOwner("update auth_sessions set updated_at = now() + interval '89 days'");
    assert.equal(await later(91 * 24), undefined, 'ninety days have passed');
  });
});

describe('limits', () => {
  test('five links for one address in a quarter of an hour, known or not, then a wait in minutes', async () => {
    for (const email of ['often@exemple.fr', 'nobody@exemple.fr']) {
      const ask = () =>
        identity.requestLink({ email, returnTo: undefined, locale: 'fr', clientAddress: `198.51.100.${++places}` });
      const answers = await Promise.all(Array.from({ length: 8 }, ask));
      await identity.settled();
      assert.equal(answers.filter(({ ok }) => ok).length, 5);
      const last = await ask();
      assert.deepEqual(last, { ok: false, reason: 'too-many-requests', facts: { minutes: 15 } });
    }
  });

  test('forty links from one place, counted over IPv6 networks as a whole, and free again later', async () => {
    const start = Temporal.Now.instant();
    let minutes = 0;
    const timed = open({ now: () => start.add({ minutes }) });
    const ask = (number: number) =>
      timed.requestLink({
        email: `n${number}-${minutes}@exemple.fr`,
        returnTo: undefined,
        locale: 'en',
        clientAddress: `2001:db8:7:9::${number.toString(16)}`,
      });
    const answers = [];
    for (let number = 1; number <= 41; number++) answers.push(await ask(number));
    assert.equal(
      answers.findIndex(({ ok }) => !ok),
      40,
    );
    minutes = 10;
    assert.deepEqual(await ask(50), { ok: false, reason: 'too-many-requests', facts: { minutes: 5 } });
    minutes = 15;
    assert.equal((await ask(51)).ok, true);
    await timed.close();
  });

  test('one place is an IPv4 address or an IPv6 network, however it is written', () => {
    const same = [
      ['192.0.2.7', '::ffff:192.0.2.7'],
      ['2001:db8:7:9::1', '2001:0DB8:0007:0009:ffff:0:0:2', '2001:db8:7:9:1:2:3:4%eth0'],
      ['2001:db8::1', '2001:db8:0:0::2'],
      ['::1', '0:0:0:0:0:0:0:1'],
    ];
    for (const written of same) assert.equal(new Set(written.map(placeOf)).size, 1, written.join(' '));
    assert.equal(new Set(same.map(([first = '']) => placeOf(first))).size, same.length);
  });

  test('neither addresses nor machines can be read where tries are counted', async () => {
    const { rows } = await asOwner('select * from auth_rate_limits');
    assert.ok(rows.length > 0);
    assert.doesNotMatch(JSON.stringify(rows), /exemple|192\.0\.2|2001/u);
  });
});

async function asOwner(statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: store.ownerUrl });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
