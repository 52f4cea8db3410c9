/** Programs and their tokens: what they may, until when, how often; one change at a time; nothing twice. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { withTerritory } from '../src/platform/postgres/database.ts';
import { program, tokenFor, type Program } from './programs.ts';
import { signIn } from './visitors.ts';
import { addressOf, startSmallApp, type SmallApp } from './small-app.ts';

let app: SmallApp;
let team: Program;
let member: Program;
const LIST = '/api/ici/organisations';
const NEW = { name: 'Verdance', parts: ['startup'], summaryFr: 'Des toits qui boivent.' };

before(async () => {
  app = await startSmallApp();
  team = program(app.baseUrl, await tokenFor(app.test, app.territory.id, addressOf('equipe')), 'team');
  member = program(app.baseUrl, await tokenFor(app.test, app.territory.id, addressOf('membre')), 'member');
});
after(() => app?.close());

test('an organisation is added, read by its id and by its word, and changed on the version that was read', async () => {
  const made = await team.ask(LIST, { body: NEW });
  assert.equal(made.status, 201, made.text);
  assert.equal(made.headers.get('location'), `${LIST}/verdance`);
  const { id, version } = made.json;
  const byWord = await team.ask(`${LIST}/verdance`);
  const byId = await program(app.baseUrl).ask(`${LIST}/${id}`);
  assert.deepEqual(byWord.json, byId.json);
  assert.equal(byWord.headers.get('etag'), made.headers.get('etag'));

  const body = { ...NEW, name: 'Verdance SAS' };
  assert.equal((await team.ask(`${LIST}/verdance`, { method: 'PUT', body })).status, 428);
  const etag = byWord.headers.get('etag')!;
  const changed = await team.ask(`${LIST}/verdance`, { method: 'PUT', body, headers: { 'if-match': etag } });
  assert.equal(changed.status, 200, changed.text);
  assert.deepEqual([changed.json.name, changed.json.version], ['Verdance SAS', version + 1]);
  const late = await team.ask(`${LIST}/verdance`, { method: 'PUT', body, headers: { 'if-match': etag } });
  assert.equal(late.status, 412);
  assert.equal(late.json.type, '/api#stale');
});

test('what a program wrote says that a program wrote it', async () => {
  const { rows } = await withTerritory(app.test.database, app.territory.id, (tx) =>
    sql<{ source: string }>`select distinct source from organisation_changes`.execute(tx),
  );
  assert.deepEqual(rows, [{ source: 'api' }]);
});

test('an organisation that is hidden is there for its own people and the team alone', async () => {
  const hidden = await team.ask(LIST, { body: { ...NEW, name: 'Cachée' } });
  await withTerritory(app.test.database, app.territory.id, (tx) =>
    sql`update organisations set is_listed = false where id = ${hidden.json.id}`.execute(tx),
  );
  assert.equal((await team.ask(`${LIST}/cachee`)).status, 200);
  assert.equal((await member.ask(`${LIST}/cachee`)).status, 404);
  assert.equal((await program(app.baseUrl).ask(`${LIST}/${hidden.json.id}`)).status, 404);
});

test('what was read may be sent back whole: only what was changed differs', async () => {
  const given = {
    ...NEW,
    name: 'Entière',
    legalName: 'Entière SAS',
    otherNames: ['Toute', 'La Pleine'],
    links: [
      { url: 'https://entiere.example/presse', label: 'La presse' },
      { url: 'https://entiere.example/', label: '' },
    ],
    address: '1 place de Jaude',
    postalCode: '63000',
    arrivedOn: '2025-02-01',
    isListed: true,
  };
  const made = await team.ask(LIST, { body: given });
  assert.equal(made.status, 201, made.text);
  for (const [name, value] of Object.entries(given)) assert.deepEqual(made.json[name], value, name);
  const headers = { 'if-match': made.headers.get('etag')! };
  const same = await team.ask(`${LIST}/entiere`, { method: 'PUT', body: made.json, headers });
  assert.deepEqual([same.status, same.json], [200, made.json], same.text);
  const body = { ...made.json, employees: 12 };
  const changed = await team.ask(`${LIST}/entiere`, { method: 'PUT', body, headers });
  assert.deepEqual(changed.json, { ...made.json, employees: 12, version: made.json.version + 1 });
});

test('what needs the team’s agreement waits: 202 says so, and the organisation stays as it was', async () => {
  const manager = program(app.baseUrl, await tokenFor(app.test, app.territory.id, addressOf('startup')), 'manager');
  const me = await manager.ask('/api/ici/moi');
  const { organisationId } = me.json.person.memberships[0];
  const read = await manager.ask(`${LIST}/${organisationId}`);
  const body = { ...read.json, name: 'Un autre nom', summaryFr: 'Un autre texte.' };
  const headers = { 'if-match': read.headers.get('etag')!, 'idempotency-key': 'attend' };
  const asked = await manager.ask(`${LIST}/${read.json.slug}`, { method: 'PUT', body, headers });
  assert.equal(asked.status, 202, asked.text);
  assert.deepEqual(asked.json.waiting, ['name']);
  assert.deepEqual([asked.json.name, asked.json.summaryFr], [read.json.name, 'Un autre texte.']);
  const again = await manager.ask(`${LIST}/${read.json.slug}`, { method: 'PUT', body, headers });
  assert.deepEqual([again.status, again.text], [202, asked.text]);
  const waiting = await team.ask('/api/ici/a-approuver');
  assert.deepEqual(
    waiting.json.changes.map((change: { after: unknown }) => change.after),
    [{ name: 'Un autre nom' }],
  );
});

test('one name sent by many at once becomes one organisation for each', async () => {
  const told = await Promise.all(
    Array.from({ length: 8 }, () => team.ask(LIST, { body: { ...NEW, name: 'Jumelle' } })),
  );
  assert.deepEqual(
    told.map(({ status }) => status),
    Array.from({ length: 8 }, () => 201),
  );
  assert.equal(new Set(told.map(({ json }) => json.slug)).size, 8);
});

test('a program learns who it is here, and what its token is good for', async () => {
  const token = await tokenFor(app.test, app.territory.id, addressOf('membre'), ['directory:read']);
  const told = await program(app.baseUrl, token).ask('/api/ici/moi');
  assert.equal(told.status, 200, told.text);
  assert.deepEqual([told.json.territory.slug, told.json.person.email], ['ici', addressOf('membre')]);
  assert.deepEqual(told.json.scopes, ['directory:read']);
  assert.equal((await program(app.baseUrl).ask('/api/ici/moi')).status, 401);
  assert.equal((await program(app.baseUrl, 'terreau_faux').ask('/api/ici/moi')).status, 401);
});

test('facets are counted for whoever asks for them', async () => {
  const [plain, counted] = [await team.ask(LIST), await team.ask(`${LIST}?facets=1`)];
  assert.equal(plain.json.facets, undefined);
  assert.equal(counted.json.total, plain.json.total);
  const parts: { value: string; count: number }[] = counted.json.facets.part;
  assert.ok((parts.find(({ value }) => value === 'startup')?.count ?? 0) > 0);
});

test('two changes of one version at the same moment: one is made, the other refused', async () => {
  const read = await team.ask(`${LIST}/verdance`);
  const headers = { 'if-match': read.headers.get('etag')! };
  const told = await Promise.all(
    ['A', 'B', 'C'].map((name) => team.ask(`${LIST}/verdance`, { method: 'PUT', body: { ...NEW, name }, headers })),
  );
  assert.deepEqual(told.map(({ status }) => status).toSorted(), [200, 412, 412]);
});

test('whoever may not change it is not told that it is there', async () => {
  const body = NEW;
  const headers = { 'if-match': '*' };
  assert.equal((await member.ask(`${LIST}/verdance`, { method: 'PUT', body, headers })).status, 404);
  assert.equal((await program(app.baseUrl).ask(`${LIST}/verdance`, { method: 'PUT', body, headers })).status, 401);
  assert.equal((await member.ask(LIST, { body })).status, 404);
});

test('what is wrong is told beside its field, in the language asked for', async () => {
  const told = await team.ask(`${LIST}?lang=en`, { body: { name: '', parts: [], siren: '123' } });
  assert.equal(told.status, 422);
  assert.match(told.headers.get('content-type') ?? '', /^application\/problem\+json/u);
  const pointers = told.json.errors.map(({ pointer }: { pointer: string }) => pointer).toSorted();
  assert.deepEqual(pointers, ['/name', '/parts', '/siren']);
  assert.equal(told.json.title, 'Some values need correcting');
});

test('an answer that has not changed is not sent again', async () => {
  for (const address of [LIST, `${LIST}/verdance`, '/api/ici/besoins', '/api/ici']) {
    const first = await team.ask(address);
    const headers = { 'if-none-match': `"other", ${first.headers.get('etag')}` };
    const again = await team.ask(address, { headers });
    assert.deepEqual([again.status, again.text], [304, ''], address);
  }
  const before = await team.ask(LIST);
  await team.ask(LIST, { body: { ...NEW, name: 'Une de plus' } });
  const after = await team.ask(LIST, { headers: { 'if-none-match': before.headers.get('etag')! } });
  assert.equal(after.status, 200);
});

test('a list goes on by its links, in the header and in the body, and comes back', async () => {
  for (let n = 0; n < 60; n++) await team.ask(LIST, { body: { ...NEW, name: `Série ${String(n).padStart(2, '0')}` } });
  const names: string[] = [];
  let address: string | undefined = `${LIST}?q=Série`;
  let back: string | undefined;
  while (address !== undefined) {
    const told = await team.ask(address);
    names.push(...told.json.organisations.map(({ name }: { name: string }) => name));
    assert.equal(told.json.total, 60);
    const next: string | undefined = told.json.links.next;
    if (next !== undefined) assert.match(told.headers.get('link') ?? '', /rel="next"/u);
    back = told.json.links.previous;
    address = next;
  }
  assert.deepEqual(names, names.toSorted());
  assert.equal(new Set(names).size, 60);
  assert.ok(back);
  assert.equal((await team.ask(back)).status, 200);
});

test('the same key acts once, also when two requests race; another request under it is refused', async () => {
  const headers = { 'idempotency-key': '"une-clé-a-moi"'.replace('é', 'e') };
  const body = { ...NEW, name: 'Une seule fois' };
  const told = await Promise.all([1, 2, 3, 4].map(() => team.ask(LIST, { body, headers })));
  assert.deepEqual(new Set(told.map(({ status }) => status)), new Set([201]));
  assert.equal(new Set(told.map(({ json }) => json.id)).size, 1);
  assert.equal((await team.ask(`${LIST}?q=Une seule fois`)).json.total, 1);
  const other = await team.ask(LIST, { body: { ...body, name: 'Autre chose' }, headers });
  assert.equal(other.status, 422);
  assert.equal(other.json.type, '/api#key-reused');
  assert.equal((await team.ask(LIST, { body, headers: { 'idempotency-key': 'x'.repeat(201) } })).status, 400);
});

test('a token does no more than its scopes name', async () => {
  const token = await tokenFor(app.test, app.territory.id, addressOf('equipe'), ['directory:read']);
  const narrow = program(app.baseUrl, token);
  assert.equal((await narrow.ask(LIST)).status, 200);
  const people = await narrow.ask('/api/ici/personnes');
  assert.equal(people.status, 403);
  assert.match(people.headers.get('www-authenticate') ?? '', /insufficient_scope.*people:read/u);
  assert.equal((await narrow.ask(LIST, { body: NEW })).status, 403);
});

test('a token that ended, was revoked, or is of another territory opens nothing, without a hint', async () => {
  const now = Temporal.Now.instant();
  const old = await tokenFor(
    app.test,
    app.territory.id,
    addressOf('equipe'),
    ['directory:read'],
    now.subtract({ hours: 31 * 24 }),
  );
  const revoked = await tokenFor(app.test, app.territory.id, addressOf('equipe'), ['directory:read']);
  await withTerritory(app.test.database, app.territory.id, (tx) =>
    sql`update access_tokens set revoked_at = ${now} where id = (select id from access_tokens order by created_at desc limit 1)`.execute(
      tx,
    ),
  );
  const answers = [];
  for (const token of [old, revoked, 'terreau_nothing', 'x', `terreau_${'a'.repeat(43)}`])
    answers.push(await program(app.baseUrl, token).ask(LIST));
  answers.push(await team.ask('/api/ailleurs/organisations'));
  for (const { status, json } of answers) assert.deepEqual([status, json], [401, answers[0]!.json]);
});

test('rights that were taken away are gone from the next request', async () => {
  const token = await tokenFor(app.test, app.territory.id, addressOf('comite'));
  const committee = program(app.baseUrl, token);
  assert.equal((await committee.ask('/api/ici/plans')).status, 200);
  await withTerritory(app.test.database, app.territory.id, (tx) =>
    sql`delete from role_grants where role = 'committee-member'`.execute(tx),
  );
  assert.equal((await committee.ask('/api/ici/plans')).status, 404);
});

test('a cookie says nothing here, and any site may ask for what is public', async () => {
  const told = await program(app.baseUrl).ask('/api/ici', { headers: { origin: 'https://ailleurs.example' } });
  assert.equal(told.headers.get('access-control-allow-origin'), '*');
  assert.equal(told.headers.get('access-control-allow-credentials'), null);
  const ahead = await program(app.baseUrl).ask(LIST, {
    method: 'OPTIONS',
    headers: { origin: 'https://a.example', 'access-control-request-method': 'PUT' },
  });
  assert.equal(ahead.status, 204);
});

test('nobody finds a token in the database or in the log', async () => {
  const { rows } = await withTerritory(app.test.database, app.territory.id, (tx) =>
    sql<{
      row: string;
    }>`select access_tokens::text as row from access_tokens union all select events::text from events`.execute(tx),
  );
  const everything = JSON.stringify([rows, app.logged]);
  assert.ok(!everything.includes(team.token) && !everything.includes(team.token.slice(8)));
});

test('its last use is written down, to the hour', async () => {
  const read = () =>
    withTerritory(app.test.database, app.territory.id, (tx) =>
      sql<{ used: Temporal.Instant | null }>`select max(last_used_at) as used from access_tokens`.execute(tx),
    );
  for (let attempt = 0; attempt < 50 && (await read()).rows[0]?.used === null; attempt++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok((await read()).rows[0]?.used);
});

test('who asks more than their share waits, and is told how long; so is who tries tokens out', async () => {
  const nobody = program(app.baseUrl);
  let told = await nobody.ask('/api/ici');
  assert.match(told.headers.get('ratelimit-policy') ?? '', /^"anonymous";q=120;w=60$/u);
  assert.match(told.headers.get('ratelimit') ?? '', /^"anonymous";r=\d+;t=\d+$/u);
  for (let n = 0; n < 200 && told.status !== 429; n++) told = await nobody.ask('/api/ici');
  assert.equal(told.status, 429);
  assert.equal(told.json.type, '/api#too-many-requests');
  assert.ok(Number(told.headers.get('retry-after')) >= 1);
  const tries = [];
  for (let n = 0; n < 25; n++) tries.push((await program(app.baseUrl, `terreau_${'b'.repeat(43)}`).ask(LIST)).status);
  assert.equal(tries.at(-1), 429);
});

test('addresses that are none, methods that are none, bodies that are too large', async () => {
  const elsewhere = { 'x-forwarded-for': '203.0.113.9' };
  const nobody = program(app.baseUrl);
  assert.equal((await nobody.ask('/api/ici/rien', { headers: elsewhere })).status, 404);
  assert.equal((await nobody.ask('/api/jamais/organisations', { headers: elsewhere })).status, 404);
  const wrong = await nobody.ask('/api/ici/besoins', { method: 'DELETE', headers: elsewhere });
  assert.deepEqual([wrong.status, wrong.headers.get('allow')], [405, 'GET, HEAD']);
  const form = { 'content-type': 'application/x-www-form-urlencoded', ...elsewhere };
  assert.equal((await nobody.ask(LIST, { body: 'name=x', headers: form })).status, 415);
  const large = await nobody.ask(LIST, { body: { name: 'x'.repeat(300_000) }, headers: elsewhere });
  assert.equal(large.status, 413);
});

test('somebody makes a token on their own page, sees it once, and takes it back', async () => {
  const person = await signIn(app, addressOf('membre'));
  const fields = [
    ['_action', 'make-token'],
    ['_key', crypto.randomUUID()],
    ['tokenName', 'Mon tableur'],
    ['scopes', 'support:read'],
    ['days', '30'],
  ] as const;
  const made = await person.post('/ici/moi', fields);
  const [token = ''] = /terreau_[\w-]{43}/u.exec(made.text) ?? [];
  assert.deepEqual([made.status, made.headers['cache-control']], [200, 'no-store']);
  const headers = { 'x-forwarded-for': '203.0.113.7' };
  assert.equal((await program(app.baseUrl, token).ask('/api/ici/besoins', { headers })).status, 200);
  const twice = await person.post('/ici/moi', fields);
  assert.deepEqual([twice.status, twice.location], [303, '/ici/moi']);
  const page = await person.get('/ici/moi');
  assert.ok(page.text.includes('Mon tableur') && !page.text.includes(token));
  const wrong = await person.post('/ici/moi', [
    ['_action', 'make-token'],
    ['tokenName', 'Sans droit'],
    ['days', '30'],
  ]);
  assert.equal(wrong.status, 422);
  assert.ok(wrong.text.includes('Sans droit'));

  const [, id = ''] = /name="token" value="([0-9a-f-]{36})"/u.exec(page.text) ?? [];
  const other = await signIn(app, addressOf('startup'));
  assert.equal(
    (
      await other.post('/ici/moi', [
        ['_action', 'revoke-token'],
        ['token', id],
      ])
    ).status,
    404,
  );
  assert.equal(
    (
      await person.post('/ici/moi', [
        ['_action', 'revoke-token'],
        ['token', id],
      ])
    ).status,
    303,
  );
  assert.equal((await program(app.baseUrl, token).ask('/api/ici/besoins', { headers })).status, 401);
});
