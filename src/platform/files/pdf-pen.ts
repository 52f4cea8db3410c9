/**
 * A pen on the pages of a PDF: it breaks pages, and tells screen readers what each line is.
 *
 * Must always hold: every line that is read belongs to an element of the structure, in reading order; what is drawn for
 * the eye alone is marked so.
 */
import { measure, wrap, type Drawing, type Letters, type LetterLook, type Line } from './pdf-letters.ts';

export type Element = ReturnType<Drawing['struct']>;

export interface TextLook extends LetterLook {
  readonly colour?: 'ink' | 'soft' | 'accent';
  /** From the left edge of the text. */
  readonly indent?: number;
}

export interface Pen extends Letters {
  readonly root: Element;
  /** How far down the page it stands. */
  y: number;
}

const EDGE = 56;
const PAGE_WIDTH = 595.28;
const BOTTOM = 841.89 - 64;
export const TEXT_WIDTH = PAGE_WIDTH - 2 * EDGE;
const LEADING = 1.4;
const COLOURS = { ink: '#1b1a18', soft: '#575149', accent: '#1d6a3c' } as const;

export function createPen(drawing: Drawing): Pen {
  const root = drawing.struct('Document');
  drawing.addStructure(root);
  return { drawing, root, y: EDGE, fonts: new Map(), widths: new Map() };
}

export function heightOf(lines: number, size: number): number {
  return lines * size * LEADING;
}

/** Begins a page when this much does not fit any more; says whether it did. */
export function keepTogether(pen: Pen, points: number): boolean {
  if (pen.y + points <= BOTTOM || pen.y === EDGE) return false;
  pen.drawing.addPage();
  pen.y = EDGE;
  return true;
}

export function addElement(
  pen: Pen,
  type: string,
  { scope, parent = pen.root }: { readonly scope?: 'Row' | 'Column'; readonly parent?: Element } = {},
): Element {
  // The types of the library know neither every kind of element nor the scope of a heading.
  const element = pen.drawing.struct(type as 'P', (scope === undefined ? {} : { scope }) as object);
  parent.add(element);
  return element;
}

/** Draws as one piece of an element. */
export function mark(pen: Pen, element: Element, tag: string, work: () => void): void {
  const content = pen.drawing.markStructureContent(tag as 'P');
  work();
  pen.drawing.endMarkedContent();
  element.add(content);
}

/** What is no part of the reading. */
export function drawUnread(pen: Pen, work: () => void): void {
  pen.drawing.markContent('Artifact', { type: 'Layout' });
  work();
  pen.drawing.endMarkedContent();
}

export function drawText(
  pen: Pen,
  tag: 'H1' | 'H2' | 'P' | 'Caption',
  text: string,
  look: TextLook,
  parent: Element = pen.root,
): void {
  const element = addElement(pen, tag, { parent });
  for (const line of wrap(pen, text, TEXT_WIDTH - (look.indent ?? 0), look)) {
    keepTogether(pen, heightOf(1, look.size));
    mark(pen, element, tag, () => drawLine(pen, line, look.indent ?? 0, pen.y, look));
    pen.y += heightOf(1, look.size);
  }
  element.end();
}

export function drawLine(pen: Pen, line: Line, x: number, top: number, { size, colour = 'ink' }: TextLook): void {
  let left = EDGE + x;
  for (const { font, text } of line.runs) {
    pen.drawing.font(font).fontSize(size).fillColor(COLOURS[colour]).text(text, left, top, { lineBreak: false });
    left += pen.drawing.widthOfString(text);
  }
}

export function drawRule(pen: Pen, colour: string): void {
  const { drawing, y } = pen;
  drawUnread(pen, () =>
    drawing
      .moveTo(EDGE, y)
      .lineTo(EDGE + TEXT_WIDTH, y)
      .lineWidth(0.6)
      .strokeColor(colour)
      .stroke(),
  );
}

/** At the foot of a page that was drawn. */
export function drawFoot(pen: Pen, page: number, left: string, right: string): void {
  pen.drawing.switchToPage(page);
  const look = { size: 8, colour: 'soft' } as const;
  const room = TEXT_WIDTH - measure(pen, right, look) - 12;
  drawUnread(pen, () => {
    const [words] = wrap(pen, left, room, look);
    const [number] = wrap(pen, right, TEXT_WIDTH, look);
    if (words !== undefined) drawLine(pen, words, 0, BOTTOM + 24, look);
    if (number !== undefined) drawLine(pen, number, TEXT_WIDTH - number.width, BOTTOM + 24, look);
  });
}
