import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buffer } from 'node:stream/consumers';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { writeWorkbook } from './workbook-writer.ts';
import type { CsvCell } from './csv-writer.ts';

const AT = Temporal.Instant.from('2026-11-23T08:00:00Z');

async function sheetOf(rows: readonly CsvCell[][]): Promise<string> {
  const columns = [0, 1, 2].map((place) => ({ label: `Colonne ${place}`, cell: (row: CsvCell[]) => row[place] }));
  const batches = async function* () {
    for (const row of rows) yield [row];
  };
  const zip = await buffer(writeWorkbook('Feuille', columns, batches(), AT));
  return fileIn(zip, 'xl/worksheets/sheet1.xml');
}

/** By the central directory, as readers of zip files do. */
function fileIn(zip: Buffer, wanted: string): string {
  let entry = zip.readUInt32LE(zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6])) + 16);
  while (zip.readUInt32LE(entry) === 0x0201_4b50) {
    const [packed, nameLength, extra, comment] = [20, 28, 30, 32].map((at, place) =>
      place === 0 ? zip.readUInt32LE(entry + at) : zip.readUInt16LE(entry + at),
    ) as [number, number, number, number];
    const name = zip.toString('utf8', entry + 46, entry + 46 + nameLength);
    if (name === wanted) {
      const local = zip.readUInt32LE(entry + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      return inflateRawSync(zip.subarray(start, start + packed)).toString('utf8');
    }
    entry += 46 + nameLength + extra + comment;
  }
  throw new Error(`No ${wanted} in the zip.`);
}

test('figures are numbers, days are dates, texts are texts even where they look like formulas', async () => {
  const sheet = await sheetOf([
    [1234.5, Temporal.PlainDate.from('2026-11-23'), '=HYPERLINK("http://x")'],
    [null, Temporal.PlainDate.from('1889-05-28'), ['a', 'b']],
    [true, 12n, '+33 <script> & "x"'],
  ]);
  assert.ok(sheet.includes('<c><v>1234.5</v></c><c s="1"><v>46349</v></c>'), sheet);
  assert.ok(sheet.includes('<is><t xml:space="preserve">=HYPERLINK(&quot;http://x&quot;)</t></is>'));
  assert.ok(sheet.includes('>1889-05-28<') && sheet.includes('>a | b<') && sheet.includes('<c t="b"><v>1</v></c>'));
  assert.ok(sheet.includes('+33 &lt;script&gt; &amp; &quot;x&quot;'));
  assert.ok(!sheet.includes('<f>'));
});

test('whatever a text holds, the sheet stays well formed and holds each row once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 8 }), async (texts) => {
      const sheet = await sheetOf(texts.map((text) => [text, text, text]));
      assert.equal(sheet.match(/<row>/gu)?.length, texts.length + 1);
      assert.doesNotMatch(sheet, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u);
      for (const [, inside = ''] of sheet.matchAll(/<t [^>]*>([^<]*)<\/t>/gu))
        assert.doesNotMatch(inside, /&(?!amp;|lt;|gt;|quot;)/u);
    }),
    { numRuns: 30 },
  );
});
