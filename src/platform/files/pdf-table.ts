/**
 * Tables of a PDF. Must always hold: each heading says what it heads (a row or a column); the headings that come back on
 * a later page are drawn, not read twice; a row is never cut.
 */
import type { PaperColumn, PaperTable } from '../../lib/paper.ts';
import { wrap, type Line } from './pdf-letters.ts';
import {
  addElement,
  drawLine,
  drawRule,
  drawText,
  drawUnread,
  heightOf,
  keepTogether,
  mark,
  TEXT_WIDTH,
  type Element,
  type Pen,
  type TextLook,
} from './pdf-pen.ts';
import { breathe } from './table.ts';

const CELL: TextLook = { size: 9 };
const HEAD: TextLook = { size: 8, weight: 'bold', colour: 'soft' };
const TOTAL: TextLook = { size: 9, weight: 'bold' };
const GAP = 8;
const PADDING = 3;

interface Place {
  readonly x: number;
  readonly width: number;
  readonly isNumeric: boolean;
}

/** Rows drawn between two breaths. */
const SLICE = 40;

export async function drawTable(pen: Pen, { caption, columns, rows, total }: PaperTable): Promise<void> {
  const places = placesOf(columns);
  const table = addElement(pen, 'Table');
  keepTogether(pen, 60);
  if (caption !== '') drawText(pen, 'Caption', caption, { size: 9, weight: 'bold' }, table);
  pen.y += 2;
  const titles = columns.map(({ title }) => title);
  const group = addElement(pen, 'THead', { parent: table });
  drawRow(pen, places, titles, { look: HEAD, parent: group, tags: titles.map(() => 'column') });
  drawRule(pen, '#1d6a3c');
  const body = addElement(pen, 'TBody', { parent: table });
  const again = () => drawRow(pen, places, titles, { look: HEAD, parent: undefined, tags: [] });
  const tags = titles.map((_, place) => (place === 0 ? 'row' : 'cell') as CellTag);
  for (const [place, row] of rows.entries()) {
    if (place % SLICE === SLICE - 1) await breathe();
    drawRow(pen, places, row, { look: CELL, parent: body, tags, again });
    drawRule(pen, '#d9d4ca');
  }
  if (total !== undefined) drawRow(pen, places, total, { look: TOTAL, parent: body, tags, again });
  table.end();
}

/** Terms and what they are: a table of two columns, each term heading its row. */
export function drawFacts(pen: Pen, rows: readonly (readonly [term: string, details: string])[]): void {
  const places = placesOf([
    { title: '', share: 1 },
    { title: '', share: 2 },
  ]);
  const table = addElement(pen, 'Table');
  for (const row of rows) {
    drawRow(pen, places, row, { look: CELL, parent: table, tags: ['row', 'cell'] });
    drawRule(pen, '#d9d4ca');
  }
  table.end();
}

type CellTag = 'column' | 'row' | 'cell';

interface RowLook {
  readonly look: TextLook;
  /** Undefined: drawn, not read. */
  readonly parent: Element | undefined;
  readonly tags: readonly CellTag[];
  /** What comes first on a new page. */
  again?(): void;
}

function drawRow(pen: Pen, places: readonly Place[], cells: readonly string[], row: RowLook): void {
  const { look, parent, tags, again } = row;
  const wrapped = places.map(({ width }, place) => wrap(pen, cells[place] ?? '', width, look));
  const height = heightOf(Math.max(...wrapped.map(({ length }) => length)), look.size) + 2 * PADDING;
  if (keepTogether(pen, height + 2)) again?.();
  const top = pen.y + PADDING;
  const drawCell = (place: number) => drawLines(pen, wrapped[place] ?? [], places[place], top, look);
  if (parent === undefined) drawUnread(pen, () => places.forEach((_, place) => drawCell(place)));
  else {
    const element = addElement(pen, 'TR', { parent });
    for (const place of places.keys()) {
      const tag = tags[place] ?? 'cell';
      const cell = addElement(pen, tag === 'cell' ? 'TD' : 'TH', { ...scopeOf(tag), parent: element });
      mark(pen, cell, tag === 'cell' ? 'TD' : 'TH', () => drawCell(place));
      cell.end();
    }
    element.end();
  }
  pen.y += height;
}

function scopeOf(tag: CellTag): { scope?: 'Row' | 'Column' } {
  if (tag === 'cell') return {};
  return { scope: tag === 'row' ? 'Row' : 'Column' };
}

function drawLines(pen: Pen, lines: readonly Line[], place: Place | undefined, top: number, look: TextLook): void {
  if (place === undefined) return;
  for (const [turn, line] of lines.entries()) {
    const x = place.isNumeric ? place.x + place.width - line.width : place.x;
    drawLine(pen, line, x, top + heightOf(turn, look.size), look);
  }
}

function placesOf(columns: readonly PaperColumn[]): Place[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const room = TEXT_WIDTH - GAP * (columns.length - 1);
  let x = 0;
  return columns.map(({ share, isNumeric = false }) => {
    const width = (room * share) / shares;
    const place = { x, width, isNumeric };
    x += width + GAP;
    return place;
  });
}
