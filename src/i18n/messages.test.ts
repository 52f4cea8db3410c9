/** Every sentence of the product: whole in both languages, and set as French is set. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { placeholdersOf } from './translator.ts';
import { typesetFrench } from './typography.ts';

const folders = globSync('src/**/messages/{fr,en}.json')
  .map((file) => file.replaceAll('\\', '/').replace(/\/(fr|en)\.json$/, ''))
  .filter((folder, index, all) => all.indexOf(folder) === index)
  .toSorted();

/** Each rule names a fault that a reader would see. */
const english: readonly (readonly [RegExp, string])[] = [
  [/'/, 'an upright apostrophe: write ’'],
  [/"/, 'upright quotation marks: write “ ”'],
  [/!/, 'an exclamation mark'],
  [/\.\.\./, 'three points: write …'],
  [/[\s\u00a0\u202f][;:?]/, 'a space before ; : ?'],
  [/ {2}/, 'two spaces'],
];

test('each folder of messages holds both languages, with the same keys', () => {
  assert.ok(folders.length > 0, 'No messages were found: run from the root of the project.');
  for (const folder of folders) {
    assert.ok(existsSync(`${folder}/fr.json`) && existsSync(`${folder}/en.json`), `${folder} lacks a language`);
    const { fr, en } = read(folder);
    assert.deepEqual(Object.keys(en).toSorted(), Object.keys(fr).toSorted(), `${folder}: other keys in en than in fr`);
  }
});

test('each message reads, and expects the same values in both languages', () => {
  const faults = folders.flatMap((folder) => {
    const { fr, en } = read(folder);
    return Object.keys(fr).flatMap((key) => {
      if (en[key] === undefined) return [];
      const [wanted, given] = [placeholdersOf(fr[key] ?? ''), placeholdersOf(en[key])];
      if (fr[key]?.trim() === '' || en[key].trim() === '') return [`${folder} "${key}" is empty`];
      return wanted.join() === given.join() ? [] : [`${folder} "${key}": ${wanted} in French, ${given} in English`];
    });
  });
  assert.deepEqual(faults, []);
});

test('each English sentence is set as English is set', () => {
  const faults = folders.flatMap((folder) =>
    Object.entries(read(folder).en).flatMap(([key, text]) =>
      english
        .filter(([pattern]) => pattern.test(text))
        .map(([, fault]) => `${folder}/en.json "${key}": ${fault}\n    ${text}`),
    ),
  );
  assert.ok(faults.length === 0, faults.join('\n'));
});

test('each French sentence is set as French is set (scripts/typeset.ts sets them)', () => {
  const faults = folders.flatMap((folder) =>
    Object.entries(read(folder).fr)
      .filter(([, text]) => text.includes('!') || /["'‘]| {2}/.test(text) || typesetFrench(text) !== text)
      .map(([key, text]) => `${folder}/fr.json "${key}":\n    ${text}\n    ${typesetFrench(text)}`),
  );
  assert.ok(faults.length === 0, faults.join('\n'));
});

function read(folder: string): Record<'fr' | 'en', Record<string, string>> {
  const load = (locale: string) => JSON.parse(readFileSync(`${folder}/${locale}.json`, 'utf8'));
  return { fr: load('fr'), en: load('en') };
}
