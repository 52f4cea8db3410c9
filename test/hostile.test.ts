/**
 * What nobody should send, in every part of every address and in every field of every form: never a failure of the
 * program, nothing shown as code, a sentence beside the field, and what was typed comes back. Acts are not kept.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { demonstrationPersonas } from '../src/domains/identity/personas.ts';
import { fieldId } from '../src/ui/form-state.ts';
import { startTestApp, type TestApp } from './app.ts';
import { decodeEntities, postFormsOf, queryNamesOf, untouched, type HtmlField, type HtmlForm } from './html-forms.ts';
import { watchQueries, type QueryWatch } from './queries.ts';
import { addressOf, listRoutes, readSamples, type Samples } from './route-samples.ts';
import { signIn, visitor, type Answer, type Fields, type Visitor } from './visitors.ts';

const SCRIPT = '"><script>alert(7)</script>';
const LONG = 'é'.repeat(1500);
/** Each as it stands in an address, already encoded where it must be. */
const IN_ADDRESSES = [
  "'",
  '%27%3B--',
  '%00',
  'a%00b',
  '..%2F..%2Fetc%2Fpasswd',
  '%3Cscript%3Ealert(7)%3C%2Fscript%3E',
  encodeURIComponent(SCRIPT),
  '%E2%80%A8',
  '%FF',
  '%C0%AE',
  '%ED%A0%80',
  'pas-un-identifiant',
  '00000000-0000-0000-0000-000000000000',
  '-1',
  '1e999',
  '99999999999999999999',
  '__proto__',
  'x'.repeat(10_000),
  '%F0%9F%8C%B1',
  '%',
];
/** A few that say the most, where trying all would take long. */
const IN_QUERIES = IN_ADDRESSES.filter((value) => /script|%00|%FF|^-1$|^9+$|proto|identifiant/u.test(value));
const IN_CHOICES = [SCRIPT, 'a\u0000b', '__proto__', 'pas-un-identifiant', ''];
const IN_FIELDS = [
  "'",
  SCRIPT,
  LONG,
  'a\u0000b',
  'a\u2028b',
  '\ud800',
  '-1',
  '1e999',
  '99999999999999999999',
  '__proto__',
  'pas-un-identifiant',
  '\u202e\u0007',
  ' ',
];

let app: TestApp;
let samples: Samples;
let people: readonly Visitor[];
let watch: QueryWatch;
/** What was found wrong in the test at hand: told all at once. */
const faults: string[] = [];
const routes = listRoutes();

before(async () => {
  watch = watchQueries();
  app = await startTestApp();
  samples = await readSamples(app);
  const known: Visitor[] = [];
  for (const { email, slug } of demonstrationPersonas) known.push(await signIn(app, email, slug));
  people = [...known, visitor(app)];
  watch.undoesActs = true;
});
afterEach(() => {
  const found = faults.splice(0);
  assert.ok(found.length === 0, `${found.length} faults:\n${[...new Set(found)].slice(0, 40).join('\n')}`);
});
after(async () => {
  watch.undoesActs = false;
  await app?.close();
  watch?.stop();
});

test('no word in the path of an address breaks a page', async () => {
  for (const route of routes) {
    for (const name of route.path.includes(':territory') ? ['territory', ...route.parameters] : route.parameters) {
      for (const value of IN_ADDRESSES) await expectCalm('GET', addressOf(route, samples, { [name]: value }));
    }
  }
});

test('no word in the query of an address breaks a page', async () => {
  for (const route of routes.filter(({ path }) => path !== '/:territory/demonstration/:role')) {
    const address = addressOf(route, samples);
    const names = [...new Set(['lang', 'apres', 'avant', 'format', ...queryNamesOf((await team().get(address)).text)])];
    for (const value of IN_QUERIES) {
      await expectCalm('GET', `${address}?${names.map((name) => `${name}=${value.slice(0, 1000)}`).join('&')}`);
    }
    for (const name of names) {
      await expectCalm('GET', `${address}?${name}=%00`);
      await expectCalm('GET', `${address}?${name}=${encodeURIComponent(SCRIPT)}&${name}=deux`);
    }
  }
});

test('no value in a field of a form breaks the program, and each refusal has its sentence', async () => {
  await forEachForm(async (person, form) => {
    const fields = form.fields.filter(({ kind }) => kind !== 'button' && kind !== 'file');
    const others = [
      ...new Map(
        fields.filter(({ kind, name }) => kind !== 'text' && name !== '_action').map((field) => [field.name, field]),
      ).values(),
    ];
    for (const value of IN_FIELDS)
      await tryForm(
        person,
        form,
        replaced(
          form,
          fields.filter(({ kind }) => kind === 'text'),
          value,
        ),
      );
    for (const value of IN_CHOICES) {
      for (const field of others) await tryForm(person, form, replaced(form, [field], value));
    }
    const posted = untouched(form);
    for (const action of ['constructor', '__proto__', 'toString', ''])
      await tryForm(person, form, [...posted.filter(([name]) => name !== '_action'), ['_action', action]]);
    await tryForm(person, form, [...posted, ...posted]);
    await tryForm(
      person,
      form,
      posted.filter(([name]) => name === '_action'),
    );
    await tryForm(
      person,
      form,
      posted.map(([name, value]) => (name === '_action' ? [name, value] : [`${name}[0]`, value])),
    );
  });
});

test('a control character in a field that somebody types in is refused beside that field', async () => {
  await forEachForm(async (person, form, address) => {
    for (const field of form.fields.filter(({ kind }) => kind === 'text')) {
      const answer = await person.post(form.action, replaced(form, [field], 'a\u0000b'));
      const isBeside = answer.text.includes(`id="${fieldId(field.name)}-error"`);
      if (answer.status !== 422 || !isBeside)
        faults.push(`${address}, "${field.name}": ${answer.status}${isBeside ? '' : ', no sentence beside it'}`);
    }
  });
});

test('what was typed comes back after a refusal, to the last sign', async () => {
  await forEachForm(async (person, form, address) => {
    const texts = form.fields.filter(({ kind }) => kind === 'text');
    const [blank, ...others] = texts.toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired));
    if (blank === undefined || !blank.isRequired || others.length === 0) return;
    const typed = `L’« été » <b>&amp; "7" ${'à'.repeat(5)}`;
    const answer = await person.post(form.action, replaced(form, [blank], '', replaced(form, others, typed)));
    const back = decodeEntities(answer.text).split(typed).length - 1;
    if (answer.status !== 422 || back < others.length)
      faults.push(
        `${address}, "${blank.name}" left empty: ${answer.status}, ${back} of ${others.length} texts came back`,
      );
  });
});

test('a form that is larger than its page allows is refused with a sentence', async () => {
  const huge = Buffer.from(`texte=${'x'.repeat(300_000)}`);
  for (const route of routes.filter(({ actions }) => actions.length > 0)) {
    const answer = await team().send(addressOf(route, samples), huge, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    if (answer.status === 413) assert.match(answer.text, /<h1>/u, route.path);
    else if (answer.status >= 500 || answer.status < 400)
      faults.push(`${route.path}: ${answer.status} ${lastFailure()}`);
  }
});

test('a body that is no form is refused calmly', async () => {
  const bodies: readonly (readonly [string, string])[] = [
    ['multipart/form-data; boundary=x', '--x\r\nnot a part'],
    ['multipart/form-data', 'no boundary'],
    ['application/json', '{"name":["a"],"__proto__":{"x":1}}'],
    ['application/x-www-form-urlencoded', '%FF%FE=%00&=&&a=%ZZ'],
    ['text/plain', 'bonjour'],
  ];
  for (const route of routes.filter(({ actions }) => actions.length > 0)) {
    for (const [type, body] of bodies) {
      const answer = await team().send(addressOf(route, samples), Buffer.from(body), { 'content-type': type });
      expectSound(answer, `${route.path}, ${type}`);
    }
  }
});

function team(): Visitor {
  return people[0]!;
}

async function expectCalm(method: string, address: string): Promise<void> {
  const isTelling = /script|%00/u.test(address);
  for (const person of isTelling ? [team(), people.at(-1)!] : [team()])
    expectSound(await person.get(address), `${method} ${address.slice(0, 200)} by ${person.name}`);
}

function expectSound(answer: Answer, what: string): void {
  if (answer.status >= 500) faults.push(`${what}: ${answer.status} ${lastFailure()}`);
  if (/<script>alert\(7\)/u.test(answer.text) && !isFile(answer))
    faults.push(`${what}: what was sent is shown as code.`);
}

function lastFailure(): string {
  return String(app.logged.at(-1)?.['error'] ?? '')
    .split('\n')
    .slice(0, 14)
    .filter((line) => !line.includes('node_modules'))
    .join(' | ');
}

function isFile({ headers }: Answer): boolean {
  return headers['content-disposition']?.startsWith('attachment') ?? false;
}

async function tryForm(person: Visitor, form: HtmlForm, fields: Fields): Promise<void> {
  const what = `POST ${form.action} by ${person.name} of ${JSON.stringify(fields).slice(0, 400)}`;
  const answer = await person.post(form.action, fields);
  expectSound(answer, what);
  if (![303, 401, 404, 422].includes(answer.status)) faults.push(`${what}: ${answer.status}`);
  if (answer.status === 422 && !answer.text.includes('role="alert"')) faults.push(`${what}: refused without a word.`);
}

/** Every form of every page, through the first of the people who are shown it. */
async function forEachForm(work: (person: Visitor, form: HtmlForm, address: string) => Promise<void>): Promise<void> {
  let count = 0;
  for (const route of routes.filter(
    ({ actions, path }) => actions.length > 0 && !path.startsWith('/connexion') && path !== '/deconnexion',
  )) {
    const address = addressOf(route, samples);
    const seen = new Set<string>();
    for (const person of people) {
      const { status, text } = await person.get(address);
      for (const form of status === 200 ? postFormsOf(text, address) : []) {
        const key = `${form.action} ${form.fields.map(({ name, kind, options }) => `${name}${kind === 'button' || name === '_action' ? options : ''}`).join()}`;
        if (seen.has(key)) continue;
        seen.add(key);
        count += 1;
        await work(person, form, address);
      }
    }
  }
  assert.ok(count > 5, 'Hardly a form was found.');
}

/** What the form would send, with one value in these fields. */
function replaced(
  form: HtmlForm,
  fields: readonly HtmlField[],
  value: string,
  posted: Fields = untouched(form),
): [string, string][] {
  const names = new Set(fields.map(({ name }) => name));
  return [
    ...posted.filter(([name]) => !names.has(name)).map(([name, given]): [string, string] => [name, given]),
    ...[...names].map((name): [string, string] => [name, value]),
  ];
}
