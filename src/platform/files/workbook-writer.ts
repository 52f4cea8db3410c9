/**
 * Writes one sheet as a workbook (XLSX, ISO/IEC 29500) while it is sent: the rows pass through, none is kept.
 *
 * Must always hold: figures are numbers and days are dates, so that a spreadsheet sorts and sums them; a text is only
 * ever a text, whatever its first sign, so that none runs as a formula; memory does not grow with the rows.
 */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { xmlText } from '../../lib/xml.ts';
import type { CsvCell, CsvColumn } from './csv-writer.ts';

export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Rows come some at a time. `at` dates the files inside. */
export function writeWorkbook<Row>(
  sheetName: string,
  columns: readonly CsvColumn<Row>[],
  rows: AsyncIterable<readonly Row[]>,
  at: Temporal.Instant,
): Readable {
  const zip = new ZipFile();
  const options = { mtime: new Date(at.epochMilliseconds) };
  for (const [name, text] of Object.entries(partsOf(sheetName))) zip.addBuffer(Buffer.from(text), name, options);
  const sheet = Readable.from(sheetOf(columns, rows), { objectMode: false });
  const out = Readable.from(zip.outputStream as AsyncIterable<Buffer>, { objectMode: false });
  sheet.on('error', (error) => out.destroy(error));
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', options);
  zip.end();
  return out;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function partsOf(sheetName: string): Record<string, string> {
  return {
    '[Content_Types].xml': `${DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
    '_rels/.rels': `${DECLARATION}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${xmlText(sheetName.replace(/[\\/?*[\]:]/gu, ' ').slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${DECLARATION}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    // Styles: 0 plain, 1 a day (14 is the reader's own way to write one), 2 the bold head.
    'xl/styles.xml': `${DECLARATION}<styleSheet xmlns="${MAIN}"><fonts count="2"><font/><font><b/></font></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="14" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
  };
}

async function* sheetOf<Row>(
  columns: readonly CsvColumn<Row>[],
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Buffer> {
  const head = columns.map(({ label }) => textCell(label, 2)).join('');
  yield Buffer.from(
    `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData><row>${head}</row>`,
  );
  for await (const rows of batches) {
    let text = '';
    for (const row of rows) text += `<row>${columns.map((column) => cellOf(column.cell(row))).join('')}</row>`;
    yield Buffer.from(text);
  }
  yield Buffer.from('</sheetData></worksheet>');
}

const FIRST_DAY = Temporal.PlainDate.from('1899-12-30');
/** A spreadsheet counts days from 1900, wrongly until 1 March of that year: earlier days are written as text. */
const FIRST_COUNTED = Temporal.PlainDate.from('1900-03-01');

function cellOf(value: CsvCell): string {
  if (value === null || value === undefined || value === '') return '<c/>';
  if (typeof value === 'number') return Number.isFinite(value) ? `<c><v>${value}</v></c>` : '<c/>';
  if (typeof value === 'bigint') return textCell(String(value), 0);
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`;
  if (typeof value === 'string') return textCell(value, 0);
  if (value instanceof Temporal.PlainDate) {
    if (Temporal.PlainDate.compare(value, FIRST_COUNTED) < 0) return textCell(value.toString(), 0);
    return `<c s="1"><v>${FIRST_DAY.until(value, { largestUnit: 'days' }).days}</v></c>`;
  }
  return textCell(value instanceof Temporal.Instant ? value.toString() : value.join(' | '), 0);
}

/** A cell holds 32,767 signs at most. */
const LONGEST = 32_767;

function textCell(text: string, style: number): string {
  return `<c t="inlineStr"${style > 0 ? ` s="${style}"` : ''}><is><t xml:space="preserve">${xmlText(text.slice(0, LONGEST))}</t></is></c>`;
}
