import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { writeCsv } from './csv-writer.ts';

test('a file opens in a French spreadsheet: mark, semicolons, CRLF, ISO days', () => {
  const rows = [
    { name: 'Laou ; Paris', since: Temporal.PlainDate.from('2018-03-12'), tags: ['a', 'b'], gain: -3, none: null },
  ];
  const file = writeCsv(
    [
      { label: 'Nom', cell: (row) => row.name },
      { label: 'Depuis', cell: (row) => row.since },
      { label: 'Thèmes', cell: (row) => row.tags },
      { label: 'Écart', cell: (row) => row.gain },
      { label: 'Rien', cell: (row) => row.none },
    ],
    rows,
  );
  assert.equal(file, '\ufeffNom;Depuis;Thèmes;Écart;Rien\r\n"Laou ; Paris";2018-03-12;a | b;-3;\r\n');
});

test('no text of a cell or of a heading runs as a formula', () => {
  for (const text of ['=1+1', '+33 1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', ' =HYPERLINK("x")', '\u00a0=1']) {
    const [heading, line] = parse(writeCsv([{ label: text, cell: () => text }], [1], { mark: false }), {
      delimiter: ';',
    }) as string[][];
    assert.equal(heading?.[0], `'${text}`);
    assert.equal(line?.[0], `'${text}`);
  }
});

test('whatever the texts and the separator, each cell reads back', () => {
  const texts = fc.array(fc.record({ a: fc.string({ unit: 'grapheme' }), b: fc.string() }), { maxLength: 20 });
  fc.assert(
    fc.property(texts, fc.constantFrom(';' as const, ',' as const, '\t' as const), (rows, separator) => {
      const file = writeCsv(
        [
          { label: 'a', cell: (row) => row.a },
          { label: 'b', cell: (row) => row.b },
        ],
        rows,
        { separator },
      );
      const back = parse(file, { delimiter: separator, bom: true, record_delimiter: '\r\n' }) as string[][];
      assert.equal(back.length, rows.length + 1);
      rows.forEach((row, place) => {
        assert.ok(back[place + 1]?.[0] === row.a || back[place + 1]?.[0] === `'${row.a}`);
        assert.ok(back[place + 1]?.[1] === row.b || back[place + 1]?.[1] === `'${row.b}`);
      });
    }),
  );
});
