/**
 * Every page has its JSON twin, or a reason not to; what each role meets there is what it meets on the page; nothing of
 * another territory comes through; acts are described by the schemas that check them.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { demonstrationPersonas } from '../src/domains/identity/personas.ts';
import type { TerritoryId } from '../src/lib/ids.ts';
import { territoryPages } from '../src/routes.ts';
import { startTestApp, type TestApp } from './app.ts';
import { program, tokenFor, type Program } from './programs.ts';
import { watchQueries, type QueryWatch } from './queries.ts';
import { addressOf, listRoutes, readSamples, territoryOf, variantsOf, type Samples } from './route-samples.ts';
import { copyTerritory, elsewhere, emailElsewhere, MARK, valueElsewhere } from './second-territory.ts';
import { signIn, visitor, type Visitor } from './visitors.ts';

/** Pages that programs have no use for. */
const WITHOUT: Record<string, string> = {
  '/:territory/accessibilite': 'a text for people',
  '/:territory/vie-privee': 'a text for people',
  '/:territory/demonstration': 'enters the demonstration in a browser',
  '/:territory/demonstration/:role': 'enters the demonstration in a browser',
  '/:territory/organisations/:organisation/changer-le-logo': 'a picture is chosen in a browser',
  '/:territory/moi': 'sign-ins and tokens are kept in a browser: a token never makes another',
  '/:territory/annuaire.atom': 'is a feed for programs already',
  '/:territory/sitemap.xml': 'is a file for programs already',
  '/:territory/organisations/:organisation/logo': 'is a picture',
  '/:territory/organisations/:organisation/carte.png': 'is a picture',
  '/:territory/seances/:session/calendrier.ics': 'is a file for calendars already',
};
/** Of the agreements, the money and State aid: programs read the files that these pages give (CSV, JSON) until they have twins. */
const NOT_YET = [
  '/:territory/aides',
  '/:territory/aides/liens',
  '/:territory/aides/nouvelle',
  '/:territory/argent',
  '/:territory/banque',
  '/:territory/banque/:movement',
  '/:territory/bilans',
  '/:territory/bilans/:document',
  '/:territory/conventions',
  '/:territory/conventions/:agreement',
  '/:territory/conventions/:agreement/modifier',
  '/:territory/conventions/:agreement/texte',
  '/:territory/conventions/nouvelle',
  '/:territory/creances',
  '/:territory/creances/:instalment',
  '/:territory/depenses',
  '/:territory/documents',
  '/:territory/documents/:document',
  '/:territory/documents/:document/fichier',
  '/:territory/depenses/:expense',
  '/:territory/depenses/nouvelle',
  '/:territory/organisations/:organisation/aides',
  '/:territory/organisations/:organisation/aides/attestation',
  '/:territory/organisations/:organisation/engagements',
];
for (const path of NOT_YET) WITHOUT[path] = 'has no twin yet';

/** Pages that show a form and nothing else to read: their acts alone have a twin. */
const ONLY_FORMS = [
  '/:territory/apports/nouveau',
  '/:territory/apports/:offer/modifier',
  '/:territory/besoins/nouveau',
  '/:territory/besoins/:need/modifier',
  '/:territory/mises-en-relation/nouvelle',
  '/:territory/mises-en-relation/:match/seance',
  '/:territory/organisations/nouvelle',
  '/:territory/organisations/:organisation/modifier',
  '/:territory/personnes/inviter',
  '/:territory/plans/nouveau',
  '/:territory/plans/:round/essais/:run/explorer',
  '/:territory/seances/:session/deplacer',
];

let app: TestApp;
let watch: QueryWatch;
let samples: Samples;
let programs: readonly Program[];
let people: readonly Visitor[];
let stranger: Program;
const routes = listRoutes().filter(({ isTerritory, path }) => isTerritory && !(path in WITHOUT));

before(async () => {
  watch = watchQueries();
  app = await startTestApp({ isGenerous: true });
  samples = await readSamples(app);
  const territory = await territoryOf(app);
  await copyTerritory(app.test.ownerUrl, territory);
  const other = elsewhere(territory) as TerritoryId;
  const known: Program[] = [program(app.baseUrl)];
  const browsers: Visitor[] = [visitor(app)];
  for (const { email, slug } of demonstrationPersonas) {
    known.push(program(app.baseUrl, await tokenFor(app.test, territory, email), slug));
    browsers.push(await signIn(app, email, slug));
  }
  programs = known;
  people = browsers;
  stranger = program(app.baseUrl, await tokenFor(app.test, other, emailElsewhere(demonstrationPersonas[0]!.email)));
});
after(async () => {
  await app?.close();
  watch?.stop();
});

test('every page has a twin or a reason', () => {
  for (const page of territoryPages) {
    if (page.path in WITHOUT) {
      assert.equal(page.twin, undefined, `${page.path} has a twin and a reason not to.`);
      continue;
    }
    assert.ok(page.twin, `${page.path} has no twin: give it one, or a reason in this test.`);
    assert.equal(page.twin.response === undefined, ONLY_FORMS.includes(page.path), page.path);
    assert.deepEqual(
      Object.keys(page.twin.bodies ?? {}).toSorted(),
      Object.keys(page.actions ?? {}).toSorted(),
      `${page.path}: each act says what it takes.`,
    );
  }
});

test('a twin shows to each role what the page shows to it', async () => {
  const found: string[] = [];
  for (const route of routes) {
    for (const variant of variantsOf(samples)) {
      const address = addressOf(route, { ...samples, ...variant });
      for (const [place, person] of people.entries()) {
        const [page, twin] = [await person.get(address), await programs[place]!.ask(`/api${address}`)];
        const expected = ONLY_FORMS.includes(route.path) ? 405 : page.status === 303 ? 401 : page.status;
        if (twin.status !== expected) found.push(`${person.name} on ${route.path}: ${twin.status}, not ${expected}`);
        if (twin.status === 200 && twin.json === undefined) found.push(`${route.path} answers no JSON`);
        if (twin.status >= 400) expectProblem(twin.json, twin.status, address);
        if (twin.text.includes(MARK)) found.push(`${person.name} on ${route.path} sees something of elsewhere`);
      }
    }
  }
  assert.deepEqual(found, []);
});

test('a token of another territory opens nothing, not even what is public', async () => {
  for (const route of routes) {
    const told = await stranger.ask(`/api${addressOf(route, samples)}`);
    assert.equal(told.status, ONLY_FORMS.includes(route.path) ? 405 : 401, route.path);
  }
});

test('an identifier of another territory is worth no more than one that never was', async () => {
  for (const route of routes.filter(({ parameters, path }) => parameters.length > 0 && !ONLY_FORMS.includes(path))) {
    for (const name of route.parameters) {
      const there = valueElsewhere(name, samples[name]!);
      for (const each of programs) {
        const told = await each.ask(`/api${addressOf(route, samples, { [name]: there })}`);
        assert.match(String(told.status), /^40[14]$/u, `${each.name} on ${route.path}, ${name}`);
      }
    }
  }
});

test('an act sent by a program is refused or taken as the form is, role by role', async () => {
  const found: string[] = [];
  watch.undoesActs = true;
  for (const route of routes) {
    for (const action of route.actions) {
      for (const [place, person] of people.entries()) {
        const address = addressOf(route, samples);
        const form = await person.post(address, [['_action', action]]);
        const told = await programs[place]!.ask(`/api${address}?action=${action}`, { body: {} });
        const expected = form.status === 303 ? 200 : form.status;
        if (told.status !== expected)
          found.push(`${person.name}: ${action} on ${route.path}: ${told.status}, not ${expected}`);
        if (told.status === 422) found.push(...undescribed(route.path, action, told.json));
      }
    }
  }
  watch.undoesActs = false;
  assert.deepEqual([...new Set(found)], []);
});

test('what nobody should send is refused with a problem, never with a failure', async () => {
  const team = programs[1]!;
  watch.undoesActs = true;
  for (const route of routes) {
    const address = `/api${addressOf(route, samples)}`;
    for (const bad of ['%00', '%FF', "'%3B--", '__proto__', '9'.repeat(30), 'x'.repeat(4000)]) {
      for (const query of ['q', 'apres', 'avant', 'theme', 'role', 'etat', 'lang', 'action', 'format', 'annee']) {
        const told = await team.ask(`${address}?${query}=${bad}`);
        assert.ok(told.status < 500, `${address}?${query}=${bad.slice(0, 20)}: ${told.status}`);
      }
    }
    for (const action of route.actions) {
      for (const body of [
        '[]',
        '"x"',
        '{',
        '{"a":{"b":1}}',
        '{"__proto__":"x"}',
        '{"name":"\\u0000\\ud800"}',
        '\ufeff',
      ]) {
        const told = await team.ask(`${address}?action=${action}`, { body });
        assert.ok(told.status < 500, `${address} ${action} ${body}: ${told.status}`);
      }
    }
  }
  watch.undoesActs = false;
});

/** Fields that an act refuses, but that its description does not name. */
function undescribed(path: string, action: string, problem: { errors?: { pointer: string }[] }): string[] {
  const schema = territoryPages.find((page) => page.path === path)?.twin?.bodies?.[action];
  if (schema === undefined) return [`${path} ${action} has no schema`];
  const told = JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  const named = (problem.errors ?? []).map(({ pointer }) => pointer.slice(1));
  return named.filter((field) => !told.includes(`"${field}"`)).map((field) => `${path} ${action}: ${field}`);
}

function expectProblem(json: unknown, status: number, address: string): void {
  const { type, title, detail, ...rest } = json as Record<string, unknown>;
  assert.equal(rest['status'], status, address);
  for (const text of [type, title, detail]) assert.ok(typeof text === 'string' && text.length > 3, address);
}
