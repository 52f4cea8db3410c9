/** Who may import what, types and dynamic imports included: change it together with ARCHITECTURE.md. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';

/** Lowest first: a domain knows only the domains before it. */
const LOWER = 'identity territory ledger alliance accelerator support imports matching delivery places';
const DOMAINS = `${LOWER} grounds governance landing relay observatory federation`.split(' ');

/** Room → rooms it may import. "own" stays inside one domain, "below" reaches lower domains. */
const PURE = 'lib, algorithms, i18n, own pure, below pure';
const VISIT = `${PURE}, platform, platform/web, own visit, below visit`;
const ISLAND = 'lib, ui, i18n, platform/web, own pure, own island, own messages, below pure';
const MAY_IMPORT: Record<string, string> = {
  lib: 'lib',
  algorithms: 'lib, algorithms',
  config: 'lib',
  platform: 'lib, platform, platform/web, config',
  'platform/files': 'lib, platform/files',
  'platform/web': 'lib, i18n, platform, platform/files, platform/web, config',
  ui: 'lib, ui, i18n',
  i18n: 'lib, ui, i18n',
  pure: PURE,
  schema: `${PURE}, platform/web, own schema, below schema`,
  messages: 'lib, i18n, own pure, own messages, below messages',
  visit: VISIT,
  server: `${VISIT}, platform/files, own schema, own messages, own server, below server`,
  screen: `${ISLAND}, platform/files, own screen, own schema, own server, own visit, below visit, below screen, below messages`,
  island: ISLAND,
};

test('every import under src/ is one that the table allows, and none comes full circle', () => {
  const files = globSync('src/**/*.{ts,tsx}').map((file) => file.replaceAll('\\', '/'));
  assert.ok(files.length > 0, 'No source file was found: run from the root of the project.');
  const found = faults(files.map((file) => [file, readFileSync(file, 'utf8')]));
  assert.ok(found.length === 0, found.join('\n'));
});

test('a forbidden import is named with the rule that it breaks', () => {
  const fault = (file: string, source: string) => faults([[file, source]]).join();
  assert.match(fault('src/lib/a.ts', "from '../ui/a.ts'"), /but lib may import only: lib\.$/);
  assert.match(fault('src/domains/places/a.ts', "import('../relay/b.ts')"), /emit an event/);
  assert.match(fault('src/domains/places/islands/a.tsx', "from '../b.server.ts'"), /but island/);
  assert.match(fault('src/ui/a.ts', "import './a.ts'"), /circle: src\/ui\/a.ts → src\/ui\/a.ts/);
  assert.match(fault('src/utils/a.ts', ''), /lies in no room/);
});

function faults(sources: (readonly [file: string, source: string])[]): string[] {
  const graph = new Map<string, string[]>();
  for (const [file, source] of sources.filter(([file]) => !isFree(file))) {
    const found = source.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]+)['"]/g);
    graph.set(file, found.map(([, path = '']) => posix.join(file, '..', path)).toArray());
  }
  const refused = [...graph].flatMap(([file, targets]) => {
    if (!room(file)) return [`${file} lies in no room of the table.`];
    return targets.flatMap((to) => refusal(file, to) ?? []);
  });
  return [...refused, ...circles(graph)];
}

/** The composition root (files right under src/), the demonstration and the tests join everything. */
function isFree(file: string): boolean {
  return /^src\/((?!config\.)[\w-]+\.tsx?$|demonstration\/)|\.test\.tsx?$/.test(file);
}

function room(file: string): string | undefined {
  const [, name = '', domain = ''] = /^src\/(platform\/(?:web|files)\b|domains(?=\/(\w+))|\w+)/.exec(file) ?? [];
  if (!DOMAINS.includes(domain)) return name in MAY_IMPORT ? name : undefined;
  if (/\/(pages|components)\//.test(file)) return 'screen';
  const named = /\/(island)s\/|\.(server)\.tsx?$|\b(schema|visit|messages|words)(?:\/|\.tsx?$)/.exec(file);
  return named?.slice(1).find(Boolean)?.replace('words', 'messages') ?? 'pure';
}

function refusal(file: string, to: string): string | undefined {
  const [own, other] = [file, to].map((path) => /^src\/domains\/(\w+)/.exec(path)?.[1]);
  if (own && other && DOMAINS.indexOf(other) > DOMAINS.indexOf(own)) {
    return `${file} imports ${to}, but ${other} stands above ${own}: emit an event and let ${other} listen.`;
  }
  const from = room(file) ?? '';
  const wanted = other ? `${other === own ? 'own' : 'below'} ${room(to)}` : `${room(to)}`;
  if (MAY_IMPORT[from]?.split(', ').includes(wanted)) return undefined;
  return `${file} imports ${to}, but ${from} may import only: ${MAY_IMPORT[from]}.`;
}

function circles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): string[] => {
    const circle = [...path.slice(path.indexOf(file)), file].join(' → ');
    if (path.includes(file)) return [`Imports come full circle: ${circle}.`];
    if (done.has(file)) return [];
    done.add(file);
    return (graph.get(file) ?? []).flatMap((to) => walk(to, [...path, file]));
  };
  return [...graph.keys()].flatMap((file) => walk(file, []));
}
