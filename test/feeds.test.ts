/** The feed and the map of the site at their addresses, read by a parser of XML: RFC 4287, section 4, and sitemaps.org. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SaxesParser } from 'saxes';
import { newVisitor } from './cookie-visitor.ts';
import { startSmallApp, type SmallApp } from './small-app.ts';

interface Element {
  readonly uri: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const ATOM = 'http://www.w3.org/2005/Atom';
const SITEMAP = 'http://www.sitemaps.org/schemas/sitemap/0.9';
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/u;

let app: SmallApp;
before(async () => {
  app = await startSmallApp();
});
after(() => app?.close());

for (const language of ['fr', 'en']) {
  test(`the feed holds all that Atom requires, in ${language}`, async () => {
    const told = await newVisitor(app.baseUrl, { language }).get('/ici/annuaire.atom');
    assert.match(told.headers.get('content-type') ?? '', /^application\/atom\+xml/u);
    const feed = parse(told.text);
    assert.deepEqual([feed.uri, feed.name], [ATOM, 'feed']);
    expectOnce(feed, ['id', 'title', 'updated']);
    assert.ok(named(feed, 'author').every((author) => textOf(author, 'name') !== ''));
    const self = named(feed, 'link').filter(({ attributes }) => attributes['rel'] === 'self');
    assert.deepEqual(
      self.map(({ attributes }) => attributes['href']),
      [`${app.baseUrl}/ici/annuaire.atom`],
    );
    const entries = named(feed, 'entry');
    assert.ok(entries.length > 0, 'The feed holds no entry: nothing was tried.');
    for (const entry of entries) {
      expectOnce(entry, ['id', 'title', 'updated']);
      const links = named(entry, 'link').filter(({ attributes }) => (attributes['rel'] ?? 'alternate') === 'alternate');
      assert.equal(links.length, 1, 'An entry without content has one alternate link.');
      const page = new URL(links[0]?.attributes['href'] ?? '');
      assert.equal((await newVisitor(app.baseUrl).get(page.pathname)).status, 200, page.pathname);
    }
    assert.equal(new Set(entries.map((entry) => textOf(entry, 'id'))).size, entries.length);
    const days = entries.map((entry) => textOf(entry, 'updated'));
    assert.deepEqual(days, days.toSorted().toReversed());
    assert.equal(textOf(feed, 'updated'), days[0]);
  });
}

test('the map of the site names pages of this site that are there', async () => {
  const map = parse((await newVisitor(app.baseUrl).get('/ici/sitemap.xml')).text);
  assert.deepEqual([map.uri, map.name], [SITEMAP, 'urlset']);
  const addresses = named(map, 'url').map((url) => textOf(url, 'loc'));
  assert.ok(addresses.length > 6 && addresses.length <= 50_000);
  assert.equal(new Set(addresses).size, addresses.length);
  for (const url of named(map, 'url')) for (const { text } of named(url, 'lastmod')) assert.match(text, RFC_3339);
  for (const address of addresses) {
    assert.ok(address.startsWith(`${app.baseUrl}/ici`), address);
    assert.equal((await newVisitor(app.baseUrl).get(address.slice(app.baseUrl.length))).status, 200, address);
  }
});

/** Throws where the text is not well-formed. */
function parse(text: string): Element {
  const parser = new SaxesParser({ xmlns: true });
  const open: Element[] = [];
  let root: Element | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const values = Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value]));
    const element: Element = { uri, name: local, attributes: values, children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('text', (words) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += words;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  assert.ok(root);
  return root;
}

function expectOnce(element: Element, names: readonly string[]): void {
  for (const name of names) {
    assert.equal(named(element, name).length, 1, `${element.name} holds ${name} once.`);
    assert.notEqual(textOf(element, name), '', `${name} of ${element.name} is empty.`);
  }
  assert.match(textOf(element, 'updated'), RFC_3339);
  assert.ok(URL.canParse(textOf(element, 'id')), 'An id is an address.');
}

function named({ children, uri }: Element, name: string): Element[] {
  return children.filter((child) => child.name === name && child.uri === uri);
}

function textOf(element: Element, name: string): string {
  return named(element, name)[0]?.text.trim() ?? '';
}
