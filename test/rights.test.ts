/**
 * A form that somebody is shown, filled in so that it would act, sent by everybody else: whoever is not shown the form
 * cannot do by address what it does. Acts are not kept, so that each is judged from the same state.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { demonstrationPersonas } from '../src/domains/identity/personas.ts';
import { parseId } from '../src/lib/ids.ts';
import { startTestApp, type TestApp } from './app.ts';
import { filledIn, postFormsOf, type HtmlForm } from './html-forms.ts';
import { watchQueries, type QueryWatch } from './queries.ts';
import {
  addressOf,
  listRoutes,
  readSamples,
  territoryOf,
  variantsOf,
  type Route,
  type Samples,
} from './route-samples.ts';
import { copyTerritory, emailElsewhere } from './second-territory.ts';
import { signIn, visitor, type Visitor } from './visitors.ts';

/** The team states needs and offers for any organisation, chosen from a list: somebody's own is one of them. */
const FOR_ANYBODY = /\/(besoins|apports)\/nouveau$/u;
const TEAM = ['equipe', 'administration'];

/** One's own sign-ins and profile are everybody's to change: the form acts on whoever sends it. */
const OWN = /\/(moi|demonstration)$/u;

let app: TestApp;
let samples: Samples;
let watch: QueryWatch;
let people: readonly Visitor[];

before(async () => {
  watch = watchQueries();
  app = await startTestApp();
  samples = await readSamples(app);
  await copyTerritory(app.test.ownerUrl, await territoryOf(app));
  const known: Visitor[] = [];
  for (const { email, slug } of demonstrationPersonas) known.push(await signIn(app, email, slug));
  people = [
    ...known,
    visitor(app),
    await signIn(app, emailElsewhere(demonstrationPersonas[0]!.email), 'from elsewhere'),
  ];
});
after(async () => {
  await app?.close();
  watch?.stop();
});

test('whoever is not shown a form cannot act with a copy of it', async (t) => {
  const found: string[] = [];
  const counts = { forms: 0, acting: 0, copies: 0 };
  for (const route of listRoutes().filter(
    ({ isTerritory, actions, path }) => isTerritory && actions.length > 0 && !OWN.test(path),
  )) {
    for (const [form, shownTo] of await formsOn(route)) {
      counts.forms += 1;
      const acts = (await outcome(shownTo[0]!, form)) === 'done';
      counts.acting += Number(acts);
      for (const person of people.filter(
        (one) => !shownTo.includes(one) && !(FOR_ANYBODY.test(route.path) && TEAM.includes(one.name)),
      )) {
        counts.copies += 1;
        const met = await outcome(person, form);
        if (met === 'done' || met === 'failed')
          found.push(`${route.path}: ${person.name} ${met} with ${shownTo[0]!.name}'s form ${actionOf(form)}`);
      }
    }
  }
  t.diagnostic(`${counts.forms} forms, ${counts.acting} of them act when filled in, ${counts.copies} copies sent`);
  assert.deepEqual(found, []);
  assert.ok(
    counts.acting > counts.forms / 2,
    `Only ${counts.acting} of ${counts.forms} forms act when they are filled in.`,
  );
});

async function formsOn(route: Route): Promise<readonly (readonly [HtmlForm, readonly Visitor[]])[]> {
  const variants = variantsOf(samples).filter(
    (changes) =>
      Object.keys(changes).length === 0 || Object.keys(changes).some((name) => route.parameters.includes(name)),
  );
  const addresses = variants.map((changes) => addressOf(route, samples, changes));
  const forms: (readonly [HtmlForm, readonly Visitor[]])[] = [];
  for (const address of addresses) forms.push(...(await formsOf(address)));
  return forms;
}

/** The distinct forms of a page, each with the people who are shown it. */
async function formsOf(address: string): Promise<ReadonlyMap<HtmlForm, readonly Visitor[]>> {
  const forms = new Map<string, { form: HtmlForm; shownTo: Visitor[] }>();
  for (const person of people) {
    const { status, text } = await person.get(address);
    for (const form of status === 200 ? postFormsOf(text, address) : []) {
      const known = forms.get(`${form.action} ${actionOf(form)}`);
      if (known === undefined) forms.set(`${form.action} ${actionOf(form)}`, { form, shownTo: [person] });
      else known.shownTo.push(person);
    }
  }
  return new Map([...forms.values()].map(({ form, shownTo }) => [form, shownTo]));
}

/** The act and its object: the same act on another organisation is another form. */
function actionOf({ fields }: HtmlForm): string {
  const said = fields.filter(
    ({ name, kind, sends = '' }) =>
      kind === 'hidden' && (name === '_action' || (name !== '_key' && parseId(sends) !== undefined)),
  );
  return said.map(({ name, sends }) => `${name}=${sends}`).join(' ') || 'default';
}

async function outcome(person: Visitor, form: HtmlForm): Promise<'done' | 'refused' | 'failed'> {
  watch.undoesActs = true;
  try {
    const fields = filledIn(form).map(([name, value]): [string, string] => [
      name,
      name === '_key' ? crypto.randomUUID() : value,
    ]);
    const { status, location } = await person.post(form.action, fields);
    if (status >= 500 || status === 200) return 'failed';
    return status === 303 && !location.startsWith('/connexion?') ? 'done' : 'refused';
  } finally {
    watch.undoesActs = false;
  }
}
