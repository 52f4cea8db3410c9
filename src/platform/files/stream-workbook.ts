/**
 * The sheets of an Excel workbook (.xlsx), row by row.
 *
 * Must always hold: a formula is never worked out, its last value is read; a packed part that would swell past its
 * limits is refused before it is unpacked, and one that lies about its size as soon as it does; days that the workbook
 * keeps as numbers are read as days, in the calendar that it names.
 */
import { SaxesParser } from 'saxes';
import { streamHeaded, tooWide, type Line } from './stream-delimited.ts';
import { MAX_COLUMNS, type FileEvent } from './table.ts';
import { dateStyles, isBase1904, sheetsOf, sharedTexts, type Sheet } from './workbook-parts.ts';
import { openZip, type ZipParts } from './zip-parts.ts';

export async function* streamWorkbook(path: string): AsyncGenerator<FileEvent> {
  const zip = await openZip(path);
  if (typeof zip === 'string') return yield { kind: 'refused', reason: zip, facts: {} };
  try {
    const sheets = await sheetsOf(zip);
    if (sheets.length === 0) return yield { kind: 'refused', reason: 'broken-workbook', facts: {} };
    const reading: Reading = {
      texts: await sharedTexts(zip),
      dates: await dateStyles(zip),
      is1904: await isBase1904(zip),
      formulas: 0,
    };
    const count = { events: 0, refusals: 0 };
    for (const sheet of sheets) if (count.refusals === 0) yield* counted(streamSheet(zip, sheet, reading), count);
    if (count.refusals > 0) return;
    if (count.events === 0) yield { kind: 'refused', reason: 'empty', facts: {} };
    if (reading.formulas > 0) yield { kind: 'note', note: 'formulas-without-value', count: reading.formulas };
  } catch (error) {
    // Parts that are missing, cut off or no XML: nobody could say what the sheets hold.
    if (!(error instanceof Error)) throw error;
    yield { kind: 'refused', reason: error.message === 'swollen' ? 'swollen' : 'broken-workbook', facts: {} };
  } finally {
    zip.close();
  }
}

interface Reading {
  readonly texts: readonly string[];
  readonly dates: ReadonlySet<number>;
  readonly is1904: boolean;
  formulas: number;
}

async function* counted(
  events: AsyncIterable<FileEvent>,
  count: { events: number; refusals: number },
): AsyncGenerator<FileEvent> {
  for await (const event of events) {
    count.events += 1;
    if (event.kind === 'refused') count.refusals += 1;
    yield event;
  }
}

async function* streamSheet(zip: ZipParts, sheet: Sheet, reading: Reading): AsyncGenerator<FileEvent> {
  let isTooWide = false;
  const lines = async function* (): AsyncGenerator<Line> {
    for await (const line of streamLines(zip, sheet, reading)) {
      isTooWide = line === 'too-wide';
      if (line !== 'too-wide') yield line;
    }
  };
  for await (const event of streamHeaded(lines(), sheet.name)) if (!isTooWide) yield event;
  if (isTooWide) yield tooWide();
}

/** The cell being read. */
interface OpenCell {
  place: number;
  type: string;
  style: number;
  value: string;
  hasFormula: boolean;
  hasValue: boolean;
}

async function* streamLines(zip: ZipParts, sheet: Sheet, reading: Reading): AsyncGenerator<Line | 'too-wide'> {
  const lines: Line[] = [];
  let cells: string[] = [];
  let number = 0;
  let cell: OpenCell | undefined;
  let takes = false;
  let isTooWide = false;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const tag = localName(name);
    if (tag === 'row') {
      number = Number(attributes['r'] ?? number + 1);
      cells = [];
    } else if (tag === 'c') {
      const place = placeOf(attributes['r'] ?? '', (cell?.place ?? -1) + 1);
      isTooWide ||= place >= MAX_COLUMNS * 20;
      cell = {
        place,
        type: attributes['t'] ?? 'n',
        style: Number(attributes['s'] ?? -1),
        value: '',
        hasFormula: false,
        hasValue: false,
      };
    } else if (tag === 'f' && cell) cell.hasFormula = true;
    else if ((tag === 'v' || tag === 't') && cell) takes = cell.hasValue = true;
  });
  parser.on('text', (text) => {
    if (takes && cell) cell.value += text;
  });
  parser.on('closetag', ({ name }) => {
    const tag = localName(name);
    if (tag === 'v' || tag === 't') takes = false;
    else if (tag === 'c' && cell && !isTooWide) {
      if (cell.hasFormula && !cell.hasValue) reading.formulas += 1;
      while (cells.length < cell.place) cells.push('');
      cells[cell.place] = textOf(cell, reading);
    } else if (tag === 'row') {
      lines.push({ cells, number });
      cell = undefined;
    }
  });
  for await (const piece of zip.read(sheet.part)) {
    parser.write(piece);
    if (isTooWide) return yield 'too-wide';
    yield* lines.splice(0);
  }
  parser.close();
  yield* lines.splice(0);
}

function textOf({ type, value, style }: OpenCell, { texts, dates, is1904 }: Reading): string {
  if (type === 's') return texts[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'oui' : 'non';
  if (type === 'e') return '';
  return type === 'n' && value !== '' && dates.has(style) ? dayText(Number(value), is1904) : value;
}

/** Days are counted from 1900 with a 29 February that never was, or from 1904. */
function dayText(serial: number, is1904: boolean): string {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_465) return String(serial);
  const start = is1904 ? { year: 1904, month: 1, day: 1 } : { year: 1899, month: 12, day: 30 };
  return Temporal.PlainDate.from(start)
    .add({ days: Math.floor(serial) })
    .toString();
}

/** « C7 » is the third place. */
function placeOf(reference: string, next: number): number {
  const letters = /^[A-Z]{1,3}/u.exec(reference)?.[0];
  if (letters === undefined) return next;
  return [...letters].reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
