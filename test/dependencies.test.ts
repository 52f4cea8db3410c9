/** Every dependency has its line in docs/decisions/0002-dependencies.md, its exact version, and nothing else has. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import manifest from '../package.json' with { type: 'json' };

const declared: Readonly<Record<string, string>> = {
  ...manifest.dependencies,
  ...manifest.optionalDependencies,
  ...manifest.devDependencies,
};

test('each dependency has one line of decision, and each line its dependency', () => {
  const page = readFileSync('docs/decisions/0002-dependencies.md', 'utf8');
  const lines = [...page.matchAll(/^\| `([^`]+)`\s*\|/gm)].map(([, name = '']) => name);
  const stands = (line: string, name: string) =>
    line.endsWith('*') ? name.startsWith(line.slice(0, -1)) : line === name;
  for (const name of Object.keys(declared)) {
    const own = lines.filter((line) => stands(line, name));
    assert.equal(own.length, 1, `${name} needs exactly one line in 0002-dependencies.md.`);
  }
  for (const line of lines) {
    const isUsed = Object.keys(declared).some((name) => stands(line, name));
    assert.ok(isUsed, `${line} has a line in 0002-dependencies.md but is no dependency.`);
  }
});

test('each dependency is pinned to one version', () => {
  const loose = Object.entries(declared).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
  assert.deepEqual(loose, []);
});
