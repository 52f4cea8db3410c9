/**
 * What a page weighs, on the wire and on the database. `queries.golden.json` lists how many statements each page asks,
 * for the public and for the team; `UPDATE_GOLDEN=1` writes it anew. A page that asks more than it says fails.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { demonstrationPersonas } from '../src/domains/identity/personas.ts';
import { startTestApp, type TestApp } from './app.ts';
import { watchQueries, type QueryWatch } from './queries.ts';
import { addressOf, listRoutes, readSamples, type Samples } from './route-samples.ts';
import { signIn, visitor, type Answer, type Visitor } from './visitors.ts';

const GOLDEN = new URL('queries.golden.json', import.meta.url);

const PUBLIC_BYTES = 30_000;
const WORKING_BYTES = 100_000;
const FONT_BYTES = 80_000;
/** No page asks more, however much it shows. */
const MOST_QUERIES = 25;
/** As browsers say it. */
const ENCODINGS = { 'accept-encoding': 'gzip, deflate, br, zstd' };

/** Whoever asks for a part is not answered from memory: what filling a page asks is what counts. */
const UNKEPT = { range: 'bytes=0-' };

type Counts = Record<string, { public?: number; team?: number }>;

let app: TestApp;
let samples: Samples;
let team: Visitor;
let watch: QueryWatch;
const nobody = () => visitor(app);
const routes = listRoutes().filter(({ path }) => path !== '/:territory/demonstration/:role');

before(async () => {
  watch = watchQueries();
  app = await startTestApp();
  samples = await readSamples(app);
  team = await signIn(app, demonstrationPersonas.find(({ slug }) => slug === 'equipe')!.email);
});
after(async () => {
  await app?.close();
  watch?.stop();
});

/** Signing in with a key of the device needs the browser's own call; the mail link beside it needs no script. */
const ONE_SCRIPT = ['/connexion'];

test('a public page comes in 30 kB of HTML and CSS, and needs no script', async () => {
  const found: string[] = [];
  for (const { address, answer } of await pagesFor(nobody())) {
    const scripts = scriptsOf(answer.text).length;
    const bytes = answer.body.length + (await weigh(stylesOf(answer.text)));
    if (bytes > PUBLIC_BYTES) found.push(`${address}: ${bytes} bytes`);
    if (scripts > (ONE_SCRIPT.includes(address) ? 1 : 0)) found.push(`${address}: ${scripts} scripts`);
  }
  assert.deepEqual(found, []);
});

test('a working page comes in 100 kB with its scripts', async () => {
  const found: string[] = [];
  for (const { address, answer } of await pagesFor(team)) {
    const bytes = answer.body.length + (await weigh([...stylesOf(answer.text), ...scriptsOf(answer.text)]));
    if (bytes > WORKING_BYTES) found.push(`${address}: ${bytes} bytes`);
  }
  assert.deepEqual(found, []);
});

test('fonts come in 80 kB, from here, and are kept for a year', async () => {
  const { text } = await read(nobody(), '/clermont-auvergne');
  const [style = ''] = stylesOf(text);
  const css = await nobody().get(style);
  const fonts = [...css.text.matchAll(/url\(([^)]+)\)/gu)]
    .map(([, url = '']) => new URL(url.replaceAll(/["']/gu, ''), `${app.baseUrl}${style}`))
    .filter(({ pathname }) => /\.(woff2?|ttf|otf)$/u.test(pathname));
  assert.ok(fonts.length > 0);
  let bytes = 0;
  for (const font of new Set(fonts.map(({ href }) => href))) {
    assert.ok(font.startsWith(app.baseUrl), font);
    const answer = await nobody().get(new URL(font).pathname, ENCODINGS);
    assert.equal(answer.status, 200);
    assert.match(String(answer.headers['cache-control']), /max-age=31536000, immutable/u);
    bytes += answer.body.length;
  }
  assert.ok(bytes <= FONT_BYTES, `${bytes} bytes of fonts`);
});

test('a page asks the database no more than it says', async () => {
  const counts: Counts = {};
  for (const route of routes) {
    const address = addressOf(route, samples);
    const [seen, known] = [await countQueries(nobody(), address), await countQueries(team, address)];
    counts[route.path] = { ...(seen !== undefined && { public: seen }), ...(known !== undefined && { team: known }) };
  }
  if (process.env['UPDATE_GOLDEN'] === '1')
    writeFileSync(GOLDEN, `${JSON.stringify(Object.fromEntries(Object.entries(counts).toSorted()), null, 2)}\n`);
  const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as Counts;
  const found = Object.entries(counts).flatMap(([path, asked]) =>
    (['public', 'team'] as const).flatMap((who) => {
      const [count = 0, most = 0] = [asked[who], golden[path]?.[who]];
      return count > Math.min(most, MOST_QUERIES)
        ? [`${path} for the ${who}: ${count} statements, the table says ${most}, the limit is ${MOST_QUERIES}`]
        : [];
    }),
  );
  assert.deepEqual(found, []);
});

/** Every page that this visitor is shown. */
async function pagesFor(person: Visitor): Promise<{ address: string; answer: Answer }[]> {
  const pages: { address: string; answer: Answer }[] = [];
  for (const route of routes) {
    const address = addressOf(route, samples);
    const answer = await read(person, address);
    if (answer.status === 200 && answer.headers['content-type']?.startsWith('text/html'))
      pages.push({ address, answer });
  }
  assert.ok(pages.length > 5);
  return pages;
}

/** As it travels: `body` is what came over the wire, `text` what it says. */
async function read(person: Visitor, address: string): Promise<Answer> {
  const [wire, plain] = [await person.get(address, ENCODINGS), await person.get(address)];
  return { ...wire, text: plain.text };
}

async function weigh(addresses: readonly string[]): Promise<number> {
  const answers = await Promise.all(addresses.map((address) => nobody().get(address, ENCODINGS)));
  return answers.reduce((sum, { body }) => sum + body.length, 0);
}

/** Undefined when the visitor is not shown the page. The list of territories is kept for a moment, hence the second look. */
async function countQueries(person: Visitor, address: string): Promise<number | undefined> {
  const counts: number[] = [];
  for (let look = 0; look < 2; look += 1) {
    watch.reset();
    const { status } = await person.get(address, UNKEPT);
    if (status !== 200) return undefined;
    counts.push(watch.statements.length);
  }
  return Math.min(...counts);
}

function stylesOf(html: string): string[] {
  return [...html.matchAll(/<link\b[^>]*rel="stylesheet"[^>]*>/gu)].map(
    ([tag]) => /href="([^"]+)"/u.exec(tag)?.[1] ?? '',
  );
}

function scriptsOf(html: string): string[] {
  return [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"/gu)].map(([, address = '']) => address);
}
