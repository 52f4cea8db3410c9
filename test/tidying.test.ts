/** The team's tidying of the directory over the wire: doubles compared, merged and taken apart; logos; decisions by mail. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { withTerritory } from '../src/platform/postgres/database.ts';
import { makeOrganisation, type MadeOrganisation } from './factories/territory.ts';
import { addressOf, startSmallApp, type SmallApp } from './small-app.ts';
import { signIn, type Fields, type Visitor } from './visitors.ts';

let app: SmallApp;
let team: Visitor;
let startup: Visitor;
let own: MadeOrganisation;
before(async () => {
  app = await startSmallApp();
  team = await signIn(app as never, addressOf('equipe'), 'team');
  startup = await signIn(app as never, addressOf('startup'), 'startup');
  own = app.organisations.get('mybus')!;
});
after(() => app?.close());

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const hiddenIn = (text: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`, 'u').exec(text)?.[1] ?? '';

test('doubles are listed with their reasons, compared, merged, and taken apart again', async () => {
  const columns = { website: 'https://volcans.example', commune: 'Riom' };
  const one = await makeOrganisation(app.test.database, app.territory, { name: 'Volcans du Puy', columns });
  const other = await makeOrganisation(app.test.database, app.territory, {
    name: 'Volcan du Puy',
    columns: { ...columns, commune: 'Thiers' },
  });
  const list = await team.get('/ici/doublons');
  assert.equal(list.status, 200);
  for (const words of ['Volcans du Puy', 'même site web', 'noms proches']) assert.ok(list.text.includes(words), words);
  const address = `/ici/organisations/${one.slug}/fusionner?avec=${other.slug}`;
  const page = await team.get(address);
  assert.ok(page.text.includes('Thiers') && page.text.includes('side.commune'));
  const fields: Fields = [
    ...['other', 'version', 'otherVersion', '_key'].map((name) => [name, hiddenIn(page.text, name)] as const),
    ['side.commune', 'gone'],
  ];
  assert.equal((await startup.post(address, fields)).status, 404);
  const merged = await team.post(address, fields);
  assert.deepEqual(
    [merged.status, merged.location.split('?')[0]],
    [303, `/ici/organisations/${one.slug}`],
    merged.text,
  );
  assert.ok((await team.get(`/ici/organisations/${one.slug}`)).text.includes('Thiers'));
  const old = await team.get(`/ici/organisations/${other.slug}`);
  assert.deepEqual([old.status, old.location], [303, `/ici/organisations/${one.slug}`]);
  assert.ok((await team.get(`/ici/organisations/${other.slug}/historique`)).status === 200);
  const again = await team.get('/ici/doublons');
  const back: Fields = [
    ['_action', 'unmerge'],
    ['merge', hiddenIn(again.text, 'merge')],
  ];
  assert.equal((await team.post('/ici/doublons', back)).status, 303);
  assert.ok((await team.get(`/ici/organisations/${one.slug}`)).text.includes('Riom'));
  assert.equal((await team.get(`/ici/organisations/${other.slug}`)).status, 200);
});

async function sendLogo(who: Visitor, content: Buffer, name = 'logo.png', type = 'image/png') {
  const address = `/ici/organisations/${own.slug}/changer-le-logo`;
  const version = hiddenIn((await startup.get(address)).text, 'version');
  const form = new FormData();
  form.set('version', version);
  form.set('logo', new File([new Uint8Array(content)], name, { type }));
  const request = new Request('http://localhost/', { method: 'POST', body: form });
  const body = Buffer.from(await request.arrayBuffer());
  return who.send(address, body, { 'content-type': request.headers.get('content-type') ?? '' });
}

test('a logo is known by its bytes, served as what it is, and taken away', async () => {
  const picture = `/ici/organisations/${own.slug}/logo`;
  const script = Buffer.from('<script>alert(1)</script>');
  for (const bad of [script, Buffer.concat([PNG, script]), Buffer.concat([script, PNG]), Buffer.from('<svg/>')]) {
    const refused = await sendLogo(startup, bad);
    assert.equal(refused.status, 422);
    assert.ok(refused.text.includes('n’est pas une image'));
  }
  assert.equal((await startup.get(picture)).status, 404);
  assert.equal((await sendLogo(startup, PNG, '../../x.html', 'text/html')).status, 303);
  const served = await startup.get(picture);
  assert.equal(served.status, 200);
  assert.equal(served.headers['content-type'], 'image/png');
  assert.equal(served.headers['x-content-type-options'], 'nosniff');
  assert.ok(served.body.equals(PNG));
  assert.equal(
    (
      await startup.post(`/ici/organisations/${own.slug}/changer-le-logo`, [
        ['_action', 'remove'],
        ['version', '0'],
      ])
    ).status,
    422,
  );
  const page = await startup.get(`/ici/organisations/${own.slug}/changer-le-logo`);
  const fields: Fields = [
    ['_action', 'remove'],
    ['version', hiddenIn(page.text, 'version')],
  ];
  assert.equal((await startup.post(`/ici/organisations/${own.slug}/changer-le-logo`, fields)).status, 303);
  assert.equal((await startup.get(picture)).status, 404);
});

test('a manager sees what waits on their page, and is told by mail what was decided', async () => {
  const address = `/ici/organisations/${own.slug}/modifier`;
  const form = await startup.get(address);
  const fields: Fields = [
    ['name', 'Un nouveau nom'],
    ['parts', 'startup'],
    ['version', hiddenIn(form.text, 'version')],
  ];
  assert.equal((await startup.post(address, fields)).status, 303);
  const page = await startup.get(`/ici/organisations/${own.slug}`);
  assert.ok(page.text.includes('Une proposition attend') && page.text.includes('Un nouveau nom'));
  const waiting = await team.get('/ici/a-approuver');
  const change = hiddenIn(waiting.text, 'change');
  const refusal: Fields = [
    ['_action', 'refuse'],
    ['change', change],
    [`reason-${change}`, 'Le registre dit autre chose'],
  ];
  assert.equal((await team.post('/ici/a-approuver', refusal)).status, 303);
  const mails = await withTerritory(app.test.database, app.territory.id, async () =>
    app.test.database.kysely
      .selectFrom('outgoing_mails')
      .select(['recipient', 'subject', 'body_text'])
      .where(sql<boolean>`subject like 'Votre proposition%'`)
      .execute(),
  );
  assert.deepEqual(
    mails.map(({ recipient }) => recipient),
    [addressOf('startup')],
  );
  assert.ok(mails[0]?.body_text.includes('Le registre dit autre chose'));
  assert.ok(!(await startup.get(`/ici/organisations/${own.slug}`)).text.includes('Une proposition attend'));
});
