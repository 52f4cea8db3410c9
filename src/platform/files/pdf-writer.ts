/**
 * Draws a document as a PDF that screen readers read: tagged headings, paragraphs and tables, in their order, with the
 * language and the title told.
 *
 * Must always hold: the same document gives the same bytes, whenever and wherever it is drawn (no clock, no chance,
 * nothing packed by a library whose next version packs otherwise); every letter is inside the file; what repeats on each
 * page is marked as no part of the reading.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PdfKit from 'pdfkit';
import type { Paper, PaperBlock } from '../../lib/paper.ts';
import { createPen, drawFoot, drawText, keepTogether, type Pen } from './pdf-pen.ts';
import { drawFacts, drawTable } from './pdf-table.ts';
import { unwrapWoff } from './woff.ts';

export const PDF_TYPE = 'application/pdf';

export async function writePdf(paper: Paper): Promise<Buffer<ArrayBuffer>> {
  const doc = new PdfKit({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    lang: paper.locale,
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    compress: false,
    info: { Title: paper.title, Producer: 'Terreau', Creator: 'Terreau', CreationDate: noonOf(paper.issuedOn) },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer<ArrayBuffer>>((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', () => resolve(Buffer.concat(parts)));
    doc.on('error', reject);
  });
  for (const [name, content] of fonts()) doc.registerFont(name, content);
  const pen = createPen(doc);
  drawHead(pen, paper);
  for (const block of paper.blocks) await drawBlock(pen, block);
  pen.root.end();
  drawFeet(pen, paper);
  doc.end();
  return whole;
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function drawHead(pen: Pen, paper: Paper): void {
  for (const [place, line] of paper.sender.entries())
    drawText(pen, 'P', line, {
      size: 9,
      weight: place === 0 ? 'bold' : 'plain',
      colour: place === 0 ? 'accent' : 'soft',
    });
  pen.y += 14;
  for (const [place, line] of paper.recipient.entries())
    drawText(pen, 'P', line, { size: 10, weight: place === 0 ? 'bold' : 'plain', indent: 260 });
  pen.y += 16;
  drawText(pen, 'H1', paper.title, { size: 19, weight: 'bold', colour: 'accent' });
  pen.y += 8;
}

async function drawBlock(pen: Pen, block: PaperBlock): Promise<void> {
  switch (block.kind) {
    case 'heading':
      pen.y += 8;
      keepTogether(pen, 60);
      drawText(pen, 'H2', block.text, { size: 13, weight: 'bold' });
      pen.y += 4;
      return;
    case 'paragraph':
      drawText(pen, 'P', block.text, block.isSmall === true ? { size: 8, colour: 'soft' } : { size: 10 });
      pen.y += 6;
      return;
    case 'facts':
      drawFacts(pen, block.rows);
      pen.y += 10;
      return;
    case 'table':
      await drawTable(pen, block);
      pen.y += 10;
      return;
  }
}

function drawFeet(pen: Pen, { foot, pageWords }: Paper): void {
  const pages = pen.drawing.bufferedPageRange().count;
  for (let page = 0; page < pages; page++) {
    const number = pageWords.replace('{page}', String(page + 1)).replace('{pages}', String(pages));
    drawFoot(pen, page, foot, number);
  }
}

function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
}

let read: (readonly [name: string, content: Buffer])[] | undefined;

/** Two weights, each in two files: common letters, and those of other Latin alphabets. */
function fonts(): readonly (readonly [name: string, content: Buffer])[] {
  const find = createRequire(import.meta.url);
  read ??= (['plain', 'bold'] as const).flatMap((weight) =>
    (['latin', 'latin-ext'] as const).map((subset) => {
      const file = `bricolage-grotesque-${subset}-${weight === 'bold' ? 600 : 400}-normal.woff`;
      return [
        `${weight}-${subset}`,
        unwrapWoff(readFileSync(find.resolve(`@fontsource/bricolage-grotesque/files/${file}`))),
      ] as const;
    }),
  );
  return read;
}
