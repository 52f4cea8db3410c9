import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { writeCsv } from './csv-writer.ts';
import { detectSeparator } from './delimited.ts';
import { readTable } from './table-file.ts';
import type { Table } from './table.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
/** Windows-1252 for the letters of these tests. */
const latin = (text: string) =>
  Uint8Array.from(text, (letter) => ({ '’': 0x92, '€': 0x80, œ: 0x9c })[letter] ?? letter.charCodeAt(0));

async function read(content: string | Uint8Array): Promise<Table> {
  const result = await readTable(typeof content === 'string' ? bytes(content) : content);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

async function refusal(content: string | Uint8Array): Promise<string> {
  const result = await readTable(typeof content === 'string' ? bytes(content) : content);
  return result.ok ? 'read' : result.reason;
}

test('a CSV reads the same in every separator, encoding and line end', async () => {
  for (const separator of [';', ',', '\t', '|']) {
    for (const end of ['\n', '\r\n', '\r']) {
      const text =
        [`Nom${separator}Besoin`, `Éco’lo${separator}"3 ${separator} 4 ""jours"""`, `Œuvre${separator}x`].join(end) +
        end;
      const variants = [bytes(text), bytes(`\ufeff${text}`), Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'))];
      for (const content of variants) {
        const table = await read(content);
        assert.deepEqual(table.columns, ['Nom', 'Besoin']);
        assert.deepEqual(
          table.rows.map((row) => row.cells),
          [
            ['Éco’lo', `3 ${separator} 4 "jours"`],
            ['Œuvre', 'x'],
          ],
        );
        assert.deepEqual(
          table.rows.map((row) => row.number),
          [2, 3],
        );
      }
    }
  }
  const old = await read(latin('Nom;Coût\r\nL’œuvre été;30 €\r\n'));
  assert.deepEqual(
    [old.encoding, old.columns, old.rows[0]?.cells],
    ['windows-1252', ['Nom', 'Coût'], ['L’œuvre été', '30 €']],
  );
});

test('commas inside sentences do not pass for separators', () => {
  const rows = Array.from({ length: 10 }, (_, place) => `${place};Un, deux, trois${', et encore'.repeat(place)};fin`);
  assert.equal(detectSeparator(['id;texte;fin', ...rows].join('\n')), ';');
  const alike = Array.from({ length: 10 }, (_, place) => `r${place};Titre;"${'une phrase, '.repeat(12)}";fin`);
  assert.equal(detectSeparator(['id;titre;texte;fin', ...alike].join('\n')), ';');
  assert.equal(detectSeparator('une seule colonne\nrien ici'), ',');
});

test('lines of title, blank rows, blank and repeated names of columns are read as people meant them', async () => {
  const table = await read('Export du 12/03/2018;;\n;;\nNom;;Nom\nA;b;c\n;;\nD;e;f\n');
  assert.deepEqual(table.columns, ['Nom', 'Colonne 2', 'Nom (2)']);
  assert.deepEqual(
    table.rows.map((row) => [row.number, ...row.cells]),
    [
      [4, 'A', 'b', 'c'],
      [6, 'D', 'e', 'f'],
    ],
  );
  assert.deepEqual((await read('sep=;\nNom;Âge\nA,B;2\n')).rows[0], { number: 3, cells: ['A,B', '2'] });
});

test('a row with too many cells is told, a short one is filled, a quote that never closes refuses the file', async () => {
  const table = await read('a;b\n1;2;3\n4\n5;6\n7;8;\n');
  assert.deepEqual(table.unread, [{ number: 2, reason: 'too-many-cells' }]);
  assert.deepEqual(
    table.rows.map((row) => row.cells),
    [
      ['4', ''],
      ['5', '6'],
      ['7', '8'],
    ],
  );
  assert.equal(await refusal('a;b\n1;"2\n3;4\n'), 'unclosed-quote');
});

test('JSON Lines are cut at line feeds only, and each unread line keeps its number', async () => {
  const table = await read('{"a":"x\u2028y","n":1.50}\n\nnot json\n[1]\n{"b":[1,2],"c":{"d":{"e":true}},"z":null}\r\n');
  assert.equal(table.format, 'json-lines');
  assert.deepEqual(table.columns, ['a', 'n', 'b', 'c.d.e']);
  assert.deepEqual(
    table.rows.map((row) => [row.number, ...row.cells]),
    [
      [1, 'x\u2028y', '1.50', undefined, undefined],
      [5, undefined, undefined, ['1', '2'], 'true'],
    ],
  );
  assert.deepEqual(table.unread, [
    { number: 3, reason: 'not-json' },
    { number: 4, reason: 'not-an-object' },
  ]);
});

test('a JSON array, an object that holds one, and lists of objects are opened by their paths', async () => {
  const records = [
    { id: 9007199254740993n.toString(), steps: [{ text: 'un', links: [{ url: 'a' }] }, { text: 'deux' }] },
  ];
  for (const text of [
    JSON.stringify(records),
    JSON.stringify(records, null, 2),
    JSON.stringify({ total: 1, results: records }, null, 2),
  ]) {
    const table = await read(text);
    assert.deepEqual(table.columns, ['id', 'steps.text', 'steps.links.url']);
    assert.deepEqual(table.rows[0]?.cells, ['9007199254740993', ['un', 'deux'], ['a', '']]);
  }
  assert.deepEqual((await read('[{"id":9007199254740993}]')).rows[0]?.cells, ['9007199254740993']);
  assert.deepEqual((await read('{"__proto__":{"x":1},"a":2}')).columns, ['__proto__.x', 'a']);
});

test('a column of a CSV whose cells are JSON is opened', async () => {
  const table = await read('id,porteurs\n1,"[{""nom"":""CCI"",""siren"":""1""}]"\n2,\n3,[]\n');
  assert.deepEqual(table.columns, ['id', 'porteurs.nom', 'porteurs.siren', 'porteurs']);
  assert.deepEqual(table.rows[0]?.cells, ['1', ['CCI'], ['1'], undefined]);
  assert.deepEqual((await read('id,note\n1,[brouillon]\n')).columns, ['id', 'note']);
});

test('what is not a table is refused with its nature', async () => {
  assert.equal(await refusal(''), 'empty');
  assert.equal(await refusal('\ufeff \n'), 'empty');
  assert.equal(await refusal(Uint8Array.of(0x50, 0x4b, 3, 4, 0)), 'spreadsheet');
  assert.equal(await refusal(Uint8Array.of(0x1f, 0x8b, 8)), 'compressed');
  assert.equal(await refusal(Uint8Array.of(0x25, 0x50, 0x44, 0x46)), 'not-text');
  assert.equal(await refusal(Uint8Array.of(65, 0, 0, 0, 66, 1, 2)), 'not-text');
  assert.equal(await refusal('{"a":1'), 'not-json');
  assert.equal(await refusal('[]'), 'no-records');
  assert.equal(await refusal('['.repeat(100_000)), 'not-json');
  assert.equal(await refusal(`a\n${'1\n'.repeat(50_001)}`), 'too-many-rows');
  assert.equal(await refusal('{"a":1}\n'.repeat(50_001)), 'too-many-rows');
});

test('a packed file is read like what it holds', async () => {
  assert.deepEqual((await read(gzipSync('a;b\n1;2\n'))).columns, ['a', 'b']);
});

test('whatever the texts, what our writer wrote is read back cell by cell', async () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 30 })
    .filter((value) => value.trim() !== '' && !/^[\s\u00a0]*[=+\-@]|^[\t\r]|^\s*[[{]/u.test(value));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 8 }),
      fc.constantFrom(';' as const, ',' as const, '\t' as const),
      async (rows, separator) => {
        const file = writeCsv(
          [0, 1, 2].map((place) => ({ label: `c${place}`, cell: (row: readonly string[]) => row[place] })),
          rows,
          { separator },
        );
        const table = await read(file);
        assert.deepEqual(
          table.rows.map((row) => row.cells),
          rows,
        );
      },
    ),
    { numRuns: 200 },
  );
});

test('whatever the bytes, the answer is a table or a reason, never an exception', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (content) => void (await readTable(content))),
    { numRuns: 300 },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: fc.constantFrom(...'{}[]",;\n\ra1: ') }),
      async (text) => void (await readTable(bytes(text))),
    ),
    { numRuns: 500 },
  );
});
