/** Files as people really have them, read row by row: what is read right, what is refused, and that nothing makes the reader throw. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { makeWorkbook } from '../../../test/factories/workbook.ts';
import { streamFile } from './stream-file.ts';
import type { FileEvent } from './table.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'terreau-stream-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

/** Handed over in pieces of `size` bytes, so that every cut is met. */
async function read(content: string | Buffer, size = 7): Promise<FileEvent[]> {
  const bytes = Buffer.from(content);
  const disk = path.join(folder, String(made++));
  writeFileSync(disk, bytes);
  const chunks = async function* () {
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
  };
  const events: FileEvent[] = [];
  for await (const event of streamFile({ chunks, onDisk: () => Promise.resolve(disk) })) events.push(event);
  return events;
}

const rowsOf = (events: readonly FileEvent[]) =>
  events.flatMap((event) => (event.kind === 'row' ? [Object.fromEntries(event.cells)] : []));
const reasonsOf = (events: readonly FileEvent[]) =>
  events.flatMap((event) => (event.kind === 'refused' ? [event.reason] : []));

test('a file pasted together from two encodings reads right throughout, and says so', async () => {
  const content = Buffer.concat([
    Buffer.from('Nom;Ville\nÉlan;Clermont\n'),
    Buffer.from('Forêt;Béziers\n', 'latin1'),
    Buffer.from('Été\u2028bleu;Nîmes\u0085\n'),
  ]);
  const events = await read(content);
  assert.deepEqual(rowsOf(events), [
    { Nom: 'Élan', Ville: 'Clermont' },
    { Nom: 'Forêt', Ville: 'Béziers' },
    { Nom: 'Été\u2028bleu', Ville: 'Nîmes\u0085' },
  ]);
  assert.deepEqual(events.at(-1), { kind: 'note', note: 'lines-in-windows-1252', count: 1 });
});

test('JSON Lines are cut at line ends only; one JSON value holds several tables; lists of objects run side by side', async () => {
  assert.deepEqual(rowsOf(await read('{"a":"x\u2028y","n":1.50}\n{"a":2}\n')), [
    { a: 'x\u2028y', n: '1.50' },
    { a: '2' },
  ]);
  const events = await read('{"gens":[{"nom":"Ada"}],"lieux":[{"nom":"A [b] {c}","p":[{"s":"1"},{"s":"2","e":"3"}]}]}');
  assert.deepEqual(
    events.map((event) => (event.kind === 'row' ? [event.table, event.number] : event.kind)),
    [
      ['gens', 1],
      ['lieux', 1],
    ],
  );
  assert.deepEqual(rowsOf(events)[1], { nom: 'A [b] {c}', 'p.s': ['1', '2'], 'p.e': ['', '3'] });
  assert.deepEqual(reasonsOf(await read('[{"a":1},{"a":')), ['not-json']);
  const broken = await read('{"a":1}\n{"a":\n{"a":3}\n');
  assert.deepEqual(
    broken.map(({ kind }) => kind),
    ['row', 'unread', 'row'],
  );
});

test('what cannot be read is refused with its reason before it fills the memory', async () => {
  assert.deepEqual(reasonsOf(await read('a;b\n1;"jamais fermé\n2;3\n')), ['unclosed-quote']);
  assert.deepEqual(
    reasonsOf(await read(Array.from({ length: 10_000 }, (_, n) => `c${n}`).join(';') + '\n1;2\n', 65_536)),
    ['too-many-columns'],
  );
  assert.deepEqual(reasonsOf(await read('')), ['empty']);
  assert.deepEqual(reasonsOf(await read(Buffer.from([0x25, 0x50, 0x44, 0x46, 1, 2]))), ['not-text']);
  assert.deepEqual(reasonsOf(await read(gzipSync('a;b\n1;2\n').subarray(0, 20))), ['compressed']);
  assert.deepEqual(rowsOf(await read(gzipSync('a;b\n1;2\n'))), [{ a: '1', b: '2' }]);
});

const cell = (reference: string, text: string) => `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`;

test('a workbook: each sheet a table, days as days, the value of a formula and never the formula', async () => {
  const rows = `<row r="1">${cell('A1', 'Nom')}${cell('B1', 'Création')}${cell('C1', 'Total')}</row>
    <row r="2">${cell('A2', 'Laou &amp; fils')}<c r="B2" s="1"><v>45352</v></c><c r="C2"><f>WEBSERVICE("http://x")</f><v>12.5</v></c></row>
    <row r="3">${cell('A3', 'Kéa')}<c r="C3"><f>A1</f></c></row>`;
  const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
  const other = `<row r="1">${cell('A1', 'Personne')}</row><row r="2">${cell('A2', 'Ada')}</row>`;
  const events = await read(
    makeWorkbook({ Entreprises: rows, Gens: other }, [{ name: 'xl/styles.xml', content: styles }]),
    64,
  );
  assert.deepEqual(rowsOf(events), [
    { Nom: 'Laou & fils', Création: '2024-03-01', Total: '12.5' },
    { Nom: 'Kéa' },
    { Personne: 'Ada' },
  ]);
  assert.deepEqual(events.at(-1), { kind: 'note', note: 'formulas-without-value', count: 1 });
});

test('a workbook made to swell, or that lies about its size, or is cut off, is refused', async () => {
  const bomb = makeWorkbook({ A: ' '.repeat(40 * 1024 * 1024) });
  assert.ok(bomb.length < 100_000);
  assert.deepEqual(reasonsOf(await read(bomb, 4096)), ['swollen']);
  const lie = makeWorkbook({ A: `<row r="1">${cell('A1', 'x')}</row>` }, [
    { name: 'xl/sharedStrings.xml', content: `<sst><si><t>${'y'.repeat(9000)}</t></si></sst>`, claimedBytes: 10 },
  ]);
  assert.deepEqual(reasonsOf(await read(lie, 4096)), ['broken-workbook']);
  const whole = makeWorkbook({ A: `<row r="1">${cell('A1', 'x')}</row>` });
  assert.deepEqual(reasonsOf(await read(whole.subarray(0, whole.length - 30), 4096)), ['broken-workbook']);
});

test('no bytes make the reader throw, and it always ends', async () => {
  const starts = [
    Buffer.alloc(0),
    Buffer.from('PK\u0003\u0004', 'latin1'),
    Buffer.from([0x1f, 0x8b]),
    Buffer.from('{"a":['),
    Buffer.from('[{'),
    Buffer.from('a;b\n"'),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...starts),
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 1, max: 40 }),
      async (start, tail, size) => {
        const events = await read(Buffer.concat([start, tail]), size);
        assert.ok(events.filter(({ kind }) => kind === 'refused').length <= 1);
      },
    ),
    { numRuns: 300 },
  );
});
