/**
 * Every address × every role × another territory. The routes list themselves; what each role meets is written in
 * `access.golden.json`, which `UPDATE_GOLDEN=1` writes anew. Acts are tried with an empty form and never kept.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { demonstrationPersonas } from '../src/domains/identity/personas.ts';
import { startTestApp, type TestApp } from './app.ts';
import { watchQueries, type QueryWatch } from './queries.ts';
import { addressOf, listRoutes, readSamples, territoryOf, type Route, type Samples } from './route-samples.ts';
import { copyTerritory, emailElsewhere, MARK, valueElsewhere } from './second-territory.ts';
import { signIn, visitor, type Answer, type Visitor } from './visitors.ts';

const GOLDEN = new URL('access.golden.json', import.meta.url);
const NOBODY = '01900000-0000-7000-8000-00000000dead';

/** Acts of people who are not signed in: none but to look around. */
const OPEN_TO_ALL = new Set(['POST /:territory/demonstration default']);

let app: TestApp;
let samples: Samples;
let visitors: readonly Visitor[];
let stranger: Visitor;
let watch: QueryWatch;
const routes = listRoutes();

before(async () => {
  watch = watchQueries();
  app = await startTestApp();
  samples = await readSamples(app);
  await copyTerritory(app.test.ownerUrl, await territoryOf(app));
  const team = demonstrationPersonas[0]!;
  stranger = await signIn(app, emailElsewhere(team.email), 'from elsewhere');
  const known: Visitor[] = [];
  for (const { email, slug } of demonstrationPersonas) known.push(await signIn(app, email, slug));
  visitors = [visitor(app), ...known, stranger];
});
after(async () => {
  await app?.close();
  watch?.stop();
});

test('nobody sees or does by address what is not theirs: the table says who meets what', async () => {
  const table: Record<string, Record<string, string>> = {};
  for (const route of routes.filter(({ isTerritory }) => isTerritory)) Object.assign(table, await tryRoute(route));
  for (const route of routes.filter(({ isTerritory }) => !isTerritory)) Object.assign(table, await tryRoute(route));
  const sorted = Object.entries(table).toSorted(([a], [b]) => pathOf(a).localeCompare(pathOf(b)) || a.localeCompare(b));
  const written = `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, written);
  assert.deepEqual(
    table,
    JSON.parse(readFileSync(GOLDEN, 'utf8')),
    'Who may do what has changed: if on purpose, run this file with UPDATE_GOLDEN=1.',
  );
});

test('an identifier of another territory is worth no more than one that never was', async () => {
  const found: string[] = [];
  for (const route of routes.filter(
    ({ isTerritory, parameters }) => isTerritory && parameters.some((name) => name !== 'role'),
  )) {
    for (const name of route.parameters.filter((parameter) => parameter !== 'role')) {
      const there = valueElsewhere(name, samples[name]!);
      const never = name === 'organisation' || name === 'programme' ? 'jamais-vue' : NOBODY;
      for (const person of visitors) {
        const met = outcomeOf(await person.get(addressOf(route, samples, { [name]: there })));
        const expected = outcomeOf(await person.get(addressOf(route, samples, { [name]: never })));
        if (met !== expected || !/^(404|sign-in)$/u.test(met))
          found.push(
            `${person.name} on ${route.path}: ${name} of another territory gives ${met}, one that never was ${expected}`,
          );
      }
    }
  }
  assert.deepEqual(found, []);
});

test('at home elsewhere is nobody here: somebody of another territory meets what the public meets', async () => {
  const nobody = visitor(app);
  const found: string[] = [];
  for (const route of routes.filter(
    ({ isTerritory, path }) => isTerritory && path !== '/:territory/demonstration/:role',
  )) {
    const address = addressOf(route, samples);
    const [theirs, publics] = [outcomeOf(await stranger.get(address)), outcomeOf(await nobody.get(address))];
    // Somebody who is signed in need not be asked to sign in.
    if (theirs !== publics && !(theirs === '404' && publics === 'sign-in'))
      found.push(`${route.path}: ${theirs} instead of ${publics}`);
  }
  assert.deepEqual(found, []);
});

test('a territory that does not exist has no pages', async () => {
  for (const route of routes.filter(({ isTerritory }) => isTerritory)) {
    const answer = await visitors[1]!.get(addressOf(route, samples, { territory: 'nulle-part' }));
    assert.equal(answer.status, 404, route.path);
  }
});

async function tryRoute(route: Route): Promise<Record<string, Record<string, string>>> {
  const address = addressOf(route, samples);
  const shown: Record<string, string[]> = {};
  const seenBy = new Set<string>();
  for (const person of visitors) {
    const answer = await person.get(address);
    expectSound(answer, route, person, 'GET');
    if (answer.status === 200) seenBy.add(person.name);
    (shown[outcomeOf(answer)] ??= []).push(person.name);
  }
  const table: Record<string, Record<string, string>> = { [`GET ${route.path}`]: joined(shown) };
  for (const action of route.actions) {
    const name = `POST ${route.path} ${action}`;
    table[name] = joined(await tryAction(route, name, action, seenBy));
  }
  return table;
}

/** Nothing is kept, so that each is judged from the same state. */
async function tryAction(
  route: Route,
  name: string,
  action: string,
  seenBy: ReadonlySet<string>,
): Promise<Record<string, string[]>> {
  const met: Record<string, string[]> = {};
  for (const person of visitors) {
    const answer = await undone(() => person.post(addressOf(route, samples), [['_action', action]]));
    expectSound(answer, route, person, name);
    const outcome = outcomeOf(answer);
    assert.notEqual(answer.status, 200, `${name}: an act answers with a page for ${person.name}.`);
    const isStranger = person.cookie === '' || person === stranger;
    // A redirect would lose what was typed.
    if (route.isTerritory && (isStranger || !seenBy.has(person.name)) && !OPEN_TO_ALL.has(name)) {
      assert.match(outcome, /^(401|404)$/u, `${name}: ${person.name} may not, yet meets ${outcome}.`);
    }
    (met[outcome] ??= []).push(person.name);
  }
  return met;
}

async function undone(act: () => Promise<Answer>): Promise<Answer> {
  watch.undoesActs = true;
  try {
    return await act();
  } finally {
    watch.undoesActs = false;
  }
}

/** No failure, and nothing of the other territory. */
function expectSound(answer: Answer, route: Route, person: Visitor, act: string): void {
  assert.ok(
    answer.status < 500,
    `${act} on ${route.path} by ${person.name}: ${answer.status}\n${JSON.stringify(app.logged.at(-1))}`,
  );
  if (route.isTerritory)
    assert.ok(
      !answer.text.includes(MARK),
      `${act} on ${route.path} by ${person.name} shows something of another territory.`,
    );
}

function pathOf(name: string): string {
  return name.split(' ')[1] ?? '';
}

function outcomeOf({ status, location }: Answer): string {
  if (status !== 303 && status !== 302) return String(status);
  return location.startsWith('/connexion?') ? 'sign-in' : 'elsewhere';
}

function joined(met: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(met)
      .toSorted()
      .map(([outcome, names]) => [outcome, names.join(', ')]),
  );
}
