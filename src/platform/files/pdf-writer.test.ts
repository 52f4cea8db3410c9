/** A PDF of the house read back: its bytes never change, its structure is whole, its words are all there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elementsOf, readPdf } from '../../../test/pdf-reader.ts';
import type { Paper } from '../../lib/paper.ts';
import { writePdf } from './pdf-writer.ts';

const PAPER: Paper = {
  title: 'Appel de versement AP-2026-0001',
  locale: 'fr',
  sender: ['Le Bivouac', 'SIREN 000 000 018'],
  recipient: ['Çà & Là', 'Łódź Œuvres'],
  issuedOn: '2026-11-28',
  foot: 'Le Bivouac, AP-2026-0001',
  pageWords: 'Page {page} sur {pages}',
  blocks: [
    { kind: 'heading', text: 'Ce qui est dû' },
    {
      kind: 'paragraph',
      text: 'Dix mille euros, soit 10\u202f000,00\u00a0€ « nets », à régler avant l’échéance convenue entre les deux parties de la convention signée.',
    },
    { kind: 'facts', rows: [['Échéance', '15 février 2026']] },
    {
      kind: 'table',
      caption: 'Lignes',
      columns: [
        { title: 'Jour', share: 1 },
        { title: 'Montant', share: 1, isNumeric: true },
      ],
      rows: Array.from({ length: 90 }, (_, place) => [`Ligne ${place + 1}`, `${place},00 €`]),
      total: ['Total', '4 005,00 €'],
    },
  ],
};

test('the same document is the same file, to the byte', async () => {
  const [one, two] = [await writePdf(PAPER), await writePdf(JSON.parse(JSON.stringify(PAPER)) as Paper)];
  assert.ok(one.equals(two));
  const other = await writePdf({ ...PAPER, issuedOn: '2026-11-29' });
  assert.ok(!one.equals(other));
});

test('language, title and structure are told, and every word is read in its order', async () => {
  const { catalogue, pages, root } = readPdf(await writePdf(PAPER));
  assert.match(catalogue, /\/Lang \(fr\)/u);
  assert.match(catalogue, /\/MarkInfo \d+ 0 R/u);
  assert.match(catalogue, /\/ViewerPreferences \d+ 0 R/u);
  assert.ok(pages >= 2, `${pages} pages`);
  assert.deepEqual(
    elementsOf(root, 'H1', 'H2').map(({ type, text }) => [type, text]),
    [
      ['H1', PAPER.title],
      ['H2', 'Ce qui est dû'],
    ],
  );
  const paragraphs = elementsOf(root, 'P').map(({ text }) => text);
  assert.deepEqual(
    paragraphs.slice(0, 4),
    [...PAPER.sender, ...PAPER.recipient],
    'letters of other alphabets are there',
  );
  assert.equal(
    paragraphs[4],
    'Dix mille euros, soit 10\u00a0000,00\u00a0€ « nets », à régler avant l’échéance convenue entre les deux parties de la convention signée.',
    'lines join again with their spaces',
  );
});

test('tables keep their headings, and what comes back on each page is read once', async () => {
  const { root } = readPdf(await writePdf(PAPER));
  const [facts, lines] = elementsOf(root, 'Table');
  assert.deepEqual(
    elementsOf(facts!, 'TH', 'TD').map(({ type, scope, text }) => [type, scope, text]),
    [
      ['TH', 'Row', 'Échéance'],
      ['TD', undefined, '15 février 2026'],
    ],
  );
  const headings = elementsOf(lines!, 'TH').filter(({ scope }) => scope === 'Column');
  assert.deepEqual(
    headings.map(({ text }) => text),
    ['Jour', 'Montant'],
  );
  const rows = elementsOf(lines!, 'TR').map((row) => row.children.map(({ text }) => text));
  assert.equal(rows.length, 92);
  assert.deepEqual(
    [rows[1], rows[90], rows[91]],
    [
      ['Ligne 1', '0,00 €'],
      ['Ligne 90', '89,00 €'],
      ['Total', '4 005,00 €'],
    ],
  );
  assert.ok(!root.text.includes('Page 1'), 'the foot is no part of the reading');
});
