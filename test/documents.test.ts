/** The documents stay true: every link leads somewhere, every path and script that they name exists. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import manifest from '../package.json' with { type: 'json' };

const documents = globSync(['*.md', 'docs/**/*.md', 'src/**/README.md']).map((file) => ({
  file,
  text: readFileSync(file, 'utf8'),
}));

test('every link of a document leads to a file', () => {
  const broken = documents.flatMap(({ file, text }) =>
    [...text.matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(path.join(path.dirname(file), target)))
      .map((target) => `${file} → ${target}`),
  );
  assert.ok(documents.length > 10);
  assert.deepEqual(broken, []);
});

test('every path of the project that a document names exists', () => {
  const named = /`((?:src|db|test|scripts|docs|bin)\/[\w./-]*)`/g;
  const broken = documents.flatMap(({ file, text }) =>
    [...text.matchAll(named)]
      .map(([, target = '']) => target)
      .filter((target) => !target.includes('NNNN') && !existsSync(target))
      .map((target) => `${file} → ${target}`),
  );
  assert.deepEqual(broken, []);
});

test('every npm script that a document names exists', () => {
  const scripts = Object.keys(manifest.scripts);
  const broken = documents.flatMap(({ file, text }) =>
    [...text.matchAll(/npm run ([\w:-]+)/g)]
      .map(([, script = '']) => script)
      .filter((script) => !scripts.includes(script))
      .map((script) => `${file} → npm run ${script}`),
  );
  assert.deepEqual(broken, []);
});

test('every domain says in its README what it is', () => {
  const domains = globSync('src/domains/*/').map((folder) => path.join(folder, 'README.md'));
  assert.deepEqual(
    domains.filter((file) => !existsSync(file)),
    [],
  );
});
