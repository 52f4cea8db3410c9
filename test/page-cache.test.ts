/** Public pages from memory: exact, whoever writes; nothing of one visitor for another; bounded. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { sql } from 'kysely';
import { withTerritory } from '../src/platform/postgres/database.ts';
import { createPageCache } from '../src/platform/web/page-cache.ts';
import { addressOf, startSmallApp, type SmallApp } from './small-app.ts';
import { signIn, visitor } from './visitors.ts';

let app: SmallApp;
let page: string;
before(async () => {
  app = await startSmallApp();
  page = `/ici/organisations/${app.organisations.get('mybus')!.slug}`;
});
after(() => app?.close());

test('what another program committed is in the next answer, always', async () => {
  const { slug } = app.organisations.get('mybus')!;
  const writer = spawn(process.execPath, [
    '--import',
    './scripts/tsx.ts',
    'test/fixtures/writer.ts',
    app.test.url,
    app.territory.id,
    slug,
    '400',
  ]);
  let committed = 0;
  writer.stdout.on('data', (chunk: Buffer) => {
    committed = Number(chunk.toString().trim().split('\n').at(-1));
  });
  const ended = new Promise((resolve) => writer.on('exit', resolve));
  let isOver = false;
  let read = 0;
  const reader = async () => {
    const nobody = visitor(app);
    while (!isOver) {
      const asked = committed;
      const answer = await nobody.get(page);
      const shown = Number(/<h1[^>]*>Numéro (\d+)</u.exec(answer.text)?.[1] ?? 0);
      assert.ok(shown >= asked, `${asked} was committed before the request, and the page says ${shown}.`);
      read++;
    }
  };
  const readers = Promise.all(Array.from({ length: 8 }, reader));
  assert.equal(await ended, 0);
  isOver = true;
  await readers;
  assert.equal(committed, 400);
  assert.ok(read > 100, `only ${read} readings`);
});

test('a page is kept while nothing is written, in each language and theme by itself, compressed once', async () => {
  const nobody = visitor(app);
  const [first, second] = [await nobody.get(page), await nobody.get(page)];
  assert.equal(second.text, first.text);
  assert.notEqual(second.headers['x-request-id'], first.headers['x-request-id']);
  assert.equal((await nobody.get(page, { 'if-none-match': second.headers.etag })).status, 304);
  const english = await nobody.get(page, { cookie: 'lang=en; theme=dark' });
  assert.match(english.text, /<html[^>]*lang="en"/u);
  assert.notEqual(english.headers.etag, first.headers.etag);
  const squeezed = await nobody.get(page, { 'accept-encoding': 'gzip, br' });
  assert.equal(squeezed.headers['content-encoding'], 'br');
  assert.equal(brotliDecompressSync(squeezed.body).toString(), first.text);
  for (const name of ['content-security-policy', 'x-frame-options', 'referrer-policy', 'vary', 'cache-control'])
    assert.equal(second.headers[name], first.headers[name], name);
});

test('nothing of somebody is shown to somebody else', async () => {
  const nobody = visitor(app);
  const team = await signIn(app, addressOf('equipe'), 'team');
  const theirs = await team.get(page);
  const publics = await nobody.get(page);
  assert.notEqual(theirs.text, publics.text);
  const told = await nobody.get(page, { cookie: 'notice=Bonjour' });
  assert.match(told.text, /Bonjour/u);
  const again = await nobody.get(page);
  assert.equal(again.text, publics.text);
  assert.equal(again.headers['set-cookie'], undefined);
  assert.ok((await nobody.get(`${page}?lang=en`)).headers['set-cookie']);
  assert.equal((await nobody.get(page)).text, publics.text);
});

test('the name of a territory shows at once too', async () => {
  const nobody = visitor(app);
  await nobody.get('/ici');
  const owner = app.test.ownerUrl;
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: owner });
  await client.connect();
  await client.query(`update territories set name = 'Ici même' where slug = 'ici'`);
  assert.match((await nobody.get('/ici')).text, /Ici même/u);
  await client.end();
});

test('what is rolled back shows nowhere, and what is not yet committed neither', async () => {
  const nobody = visitor(app);
  const earlier = (await nobody.get(page)).text;
  await withTerritory(app.test.database, app.territory.id, async (tx) => {
    await sql`update organisations set name = 'En cours'`.execute(tx);
    assert.equal((await nobody.get(page)).text, earlier);
    throw new Error('undone');
  }).catch((error: Error) => assert.equal(error.message, 'undone'));
  assert.equal((await nobody.get(page)).text, earlier);
});

test('the memory is bounded, and those who come together ask once', async () => {
  let asked = 0;
  const cache = createPageCache({
    readSnapshot: async () => {
      asked++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return 'same';
    },
    keyOf: (request) => request.url,
    mostBytes: 200_000,
  });
  const render = (request: Request) =>
    new Response(`${request.url}${'x'.repeat(50_000)}`, { headers: { 'content-type': 'text/html' } });
  const ask = (n: number) => cache.answer(new Request(`http://x/${n}`), render);
  for (let n = 0; n < 20; n++) await ask(n);
  assert.equal(cache.counts.fills, 20);
  await ask(19);
  assert.equal(cache.counts.hits, 1);
  await ask(0);
  assert.equal(cache.counts.fills, 21);
  asked = 0;
  await Promise.all(Array.from({ length: 50 }, () => ask(19)));
  assert.ok(asked <= 2, `${asked} askings`);
});
