/**
 * Finds the test files and what each needs, from the imports that it reaches: a database
 * (`test/database.ts`), the built program (`scripts/build.ts`), a browser (`test/browser.ts`).
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

export interface TestFile {
  readonly path: string;
  /** Opens databases on the server of TERREAU_TEST_DATABASE_URL. */
  readonly needsDatabase: boolean;
  /** Wants the built program: client files, or the whole of it in a process of its own. */
  readonly needsBuild: boolean;
  readonly needsBrowser: boolean;
  /** None of these, and starts no PostgreSQL by itself either. */
  readonly isUnit: boolean;
}

const PLACES = '{src,scripts,test}/**/*.test.{ts,tsx}';

/** Files that take longest come first, so that the last worker does not end alone. */
export function findTestFiles(): TestFile[] {
  const reach = new Map<string, ReadonlySet<string>>();
  return globSync(PLACES)
    .map((path) => describe(path.replaceAll('\\', '/'), reach))
    .toSorted((a, b) => weight(b) - weight(a) || a.path.localeCompare(b.path));
}

function describe(path: string, reach: Map<string, ReadonlySet<string>>): TestFile {
  const reached = reachOf(path, reach);
  const needsDatabase = reached.has('test/database.ts');
  const needsBuild = reached.has('scripts/build.ts');
  return {
    path,
    needsDatabase,
    needsBuild,
    needsBrowser: reached.has('test/browser.ts'),
    isUnit: !needsDatabase && !needsBuild && !reached.has('src/platform/postgres/embedded.ts'),
  };
}

function weight(file: TestFile): number {
  return Number(file.needsBrowser) * 4 + Number(file.needsBuild) * 2 + Number(file.needsDatabase);
}

/** Every file of ours that can be reached from this one, itself included. */
function reachOf(start: string, known: Map<string, ReadonlySet<string>>): ReadonlySet<string> {
  const reached = new Set<string>();
  const queue = [start];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    const direct = known.get(file) ?? importsOf(file);
    known.set(file, direct);
    queue.push(...direct);
  }
  return reached;
}

function importsOf(file: string): ReadonlySet<string> {
  if (!existsSync(file) || !/\.tsx?$/.test(file)) return new Set();
  const found = readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]+)['"]/g);
  return new Set([...found].map(([, path = '']) => posix.join(file, '..', path)));
}
