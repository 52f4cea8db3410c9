/**
 * Forms as they really travel, on forms that everybody will copy: sent from elsewhere, sent twice, sent from a page
 * that is out of date, sent by somebody whose sign-in ended meanwhile. These acts are kept.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { demonstrationPersonas, type PersonaSlug } from '../src/domains/identity/personas.ts';
import { startTestApp, type TestApp } from './app.ts';
import { decodeEntities, postFormsOf, untouched, type HtmlForm } from './html-forms.ts';
import { addressOf, listRoutes, readSamples, SLUG, type Samples } from './route-samples.ts';
import { signIn, visitor, type Visitor } from './visitors.ts';

const NEW_ORGANISATION = `/${SLUG}/organisations/nouvelle`;
const EDIT_ORGANISATION = `/${SLUG}/organisations/mybus/modifier`;

let app: TestApp;
let samples: Samples;
let team: Visitor;
let startup: Visitor;

before(async () => {
  app = await startTestApp();
  samples = await readSamples(app);
  [team, startup] = [await enter('equipe'), await enter('startup')];
});
after(async () => {
  assert.deepEqual(
    app.logged.filter(({ level }) => level === 'error'),
    [],
  );
  await app.close();
});

test('a form that another site sends is refused with a sentence, on every address', async () => {
  const foreign = [
    { origin: 'https://ailleurs.example' },
    { origin: 'null' },
    { origin: undefined },
    { origin: 'https://ailleurs.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://ailleurs.example', 'content-type': 'text/plain' },
  ];
  const addresses = [
    ...listRoutes()
      .filter(({ actions }) => actions.length > 0)
      .map((route) => addressOf(route, samples)),
    '/apparence',
  ];
  for (const address of addresses) {
    for (const headers of foreign) {
      const answer = await team.post(address, [['_action', 'default']], headers);
      assert.equal(answer.status, 403, `${address} from ${JSON.stringify(headers)}`);
      assert.match(answer.text, /<h1>/u);
    }
  }
  assert.equal((await team.get(`/${SLUG}/moi`)).status, 200);
});

test('a form sent twice acts once, and both answers lead to the same place', async () => {
  const form = await formOn(team, NEW_ORGANISATION);
  const fields = filled(form, { name: 'Envoi double', parts: 'startup' });
  const [first, second] = [await team.post(NEW_ORGANISATION, fields), await team.post(NEW_ORGANISATION, fields)];
  assert.deepEqual([first.status, second.status, second.location], [303, 303, first.location]);
  assert.equal(await countNamed('Envoi double'), 1);
});

test('a form sent ten times at the same moment acts once', async () => {
  const form = await formOn(team, NEW_ORGANISATION);
  const fields = filled(form, { name: 'Dix envois', parts: 'startup' });
  const answers = await Promise.all(Array.from({ length: 10 }, () => team.post(NEW_ORGANISATION, fields)));
  assert.deepEqual(
    [...new Set(answers.map(({ status, location }) => `${status} ${location}`))],
    [`303 ${answers[0]!.location}`],
  );
  assert.equal(await countNamed('Dix envois'), 1);
});

test('the key of a form that was refused is not used up', async () => {
  const form = await formOn(team, NEW_ORGANISATION);
  assert.equal((await team.post(NEW_ORGANISATION, filled(form, { name: '', parts: 'startup' }))).status, 422);
  assert.equal(
    (await team.post(NEW_ORGANISATION, filled(form, { name: 'Après un refus', parts: 'startup' }))).status,
    303,
  );
  assert.equal(await countNamed('Après un refus'), 1);
});

test('somebody else cannot use up the key of a form', async () => {
  const form = await formOn(team, NEW_ORGANISATION);
  const mine = await formOn(startup, EDIT_ORGANISATION);
  const key = valueOf(form, '_key');
  await startup.post(EDIT_ORGANISATION, [...untouched(mine).filter(([name]) => name !== '_key'), ['_key', key]]);
  assert.equal((await team.post(NEW_ORGANISATION, filled(form, { name: 'Clé copiée', parts: 'startup' }))).status, 303);
  assert.equal(await countNamed('Clé copiée'), 1);
});

test('a page that is out of date changes nothing, says why, and keeps what was typed', async () => {
  const [early, late] = [await formOn(startup, EDIT_ORGANISATION), await formOn(team, EDIT_ORGANISATION)];
  assert.equal((await startup.post(EDIT_ORGANISATION, filled(early, { summaryEn: 'Written first.' }))).status, 303);
  const answer = await team.post(EDIT_ORGANISATION, filled(late, { summaryEn: 'Written from an old page.' }));
  assert.equal(answer.status, 422);
  assert.match(answer.text, /role="alert"/u);
  assert.ok(answer.text.includes('Written from an old page.'), 'What was typed is lost.');
  assert.ok((await team.get(`${EDIT_ORGANISATION}`)).text.includes('Written first.'));
});

test('somebody whose sign-in ended meanwhile gets back what was typed, signs in and sends it again', async () => {
  const leaver = await enter('administration');
  const form = await formOn(leaver, NEW_ORGANISATION);
  const typed = 'Une « société » <i>entière</i> & ses "guillemets"';
  const fields = [
    ...filled(form, { name: 'Écrite sans être connecté', summaryFr: `${typed}\nsur deux lignes` }),
    ['parts', 'startup'],
    ['parts', 'research'],
  ] as const;
  await leaver.post('/deconnexion', []);
  const answer = await leaver.post(NEW_ORGANISATION, fields);
  assert.equal(answer.status, 401);
  assert.ok(decodeEntities(answer.text).includes(typed));
  assert.equal(await countNamed('Écrite sans être connecté'), 0);
  const [again] = postFormsOf(answer.text, NEW_ORGANISATION);
  assert.ok(again, 'There is no form to send it again.');
  const back = await enter('administration');
  const sent = await back.post(again.action, untouched(again));
  assert.equal(sent.status, 303, sent.text);
  assert.equal(await countNamed('Écrite sans être connecté'), 1);
  const page = decodeEntities((await back.get(sent.location)).text);
  assert.ok(page.includes(typed));
});

test('the theme and the language are remembered and lead back to a page of this site alone', async () => {
  for (const [returnTo, expected] of [
    [`/${SLUG}?q=1`, `/${SLUG}?q=1`],
    ['//ailleurs.example', '/'],
    ['https://ailleurs.example/', '/'],
    ['/\\ailleurs.example', '/'],
    ['javascript:alert(7)', '/'],
  ] as const) {
    const answer = await visitor(app).post('/apparence', [
      ['theme', 'dark'],
      ['returnTo', returnTo],
    ]);
    assert.deepEqual([answer.status, answer.location], [303, expected]);
    assert.match(String(answer.headers['set-cookie']), /theme=dark/u);
  }
});

async function enter(slug: PersonaSlug): Promise<Visitor> {
  return signIn(app, demonstrationPersonas.find((persona) => persona.slug === slug)!.email, slug);
}

async function formOn(person: Visitor, address: string): Promise<HtmlForm> {
  const { status, text } = await person.get(address);
  assert.equal(status, 200, address);
  return postFormsOf(text, address).find(({ fields }) => fields.length > 2) ?? assert.fail(`${address} has no form.`);
}

function filled(form: HtmlForm, values: Readonly<Record<string, string>>): [string, string][] {
  return [...untouched(form).filter(([name]) => !(name in values)), ...Object.entries(values)];
}

function valueOf(form: HtmlForm, name: string): string {
  return form.fields.find((field) => field.name === name)?.sends ?? '';
}

async function countNamed(name: string): Promise<number> {
  const { text } = await team.get(`/${SLUG}/organisations?format=csv`);
  return text.split('\n').filter((line) => line.includes(name)).length;
}
