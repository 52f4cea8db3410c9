/** What a workbook says of itself beside its sheets: their names, shared texts, which styles are days. */
import { SaxesParser } from 'saxes';
import type { ZipParts } from './zip-parts.ts';

export interface Sheet {
  readonly name: string;
  /** Path of its part in the packed file. */
  readonly part: string;
}

/** In the order of the tabs; hidden ones are left out. */
export async function sheetsOf(zip: ZipParts): Promise<Sheet[]> {
  const parts = new Map<string, string>();
  await readTags(zip, 'xl/_rels/workbook.xml.rels', (tag, attributes) => {
    if (tag === 'Relationship') parts.set(attributes['Id'] ?? '', partPath(attributes['Target'] ?? ''));
  });
  const sheets: Sheet[] = [];
  await readTags(zip, 'xl/workbook.xml', (tag, attributes) => {
    const part = parts.get(attributes['r:id'] ?? attributes['id'] ?? '');
    const isShown = (attributes['state'] ?? 'visible') === 'visible';
    if (tag === 'sheet' && part?.includes('worksheets/') && isShown)
      sheets.push({ name: attributes['name'] ?? '', part });
  });
  return sheets.filter(({ part }) => zip.has(part));
}

/** Texts that several cells share, by number. */
export async function sharedTexts(zip: ZipParts): Promise<string[]> {
  const texts: string[] = [];
  let text: string | undefined;
  let takes = false;
  await readTags(
    zip,
    'xl/sharedStrings.xml',
    (tag) => {
      if (tag === 'si') text = '';
      // « rPh » holds how a Japanese text is spoken.
      else if (tag === 't') takes = true;
      else if (tag === 'rPh') takes = false;
    },
    (piece) => {
      if (takes && text !== undefined) text += piece;
    },
    (tag) => {
      if (tag === 't') takes = false;
      if (tag !== 'si') return;
      texts.push(text ?? '');
      text = undefined;
    },
  );
  return texts;
}

const DAY_FORMATS = new Set([14, 15, 16, 17, 22, 27, 30, 36, 50, 57]);

/** Numbers of the cell styles that show a number as a day. */
export async function dateStyles(zip: ZipParts): Promise<Set<number>> {
  const formats = new Set(DAY_FORMATS);
  const styles = new Set<number>();
  let isInside = false;
  let place = 0;
  await readTags(
    zip,
    'xl/styles.xml',
    (tag, attributes) => {
      const format = Number(attributes['numFmtId']);
      if (tag === 'numFmt' && showsDay(attributes['formatCode'] ?? '')) formats.add(format);
      else if (tag === 'cellXfs') isInside = true;
      else if (tag === 'xf' && isInside) {
        if (formats.has(format)) styles.add(place);
        place += 1;
      }
    },
    undefined,
    (tag) => {
      if (tag === 'cellXfs') isInside = false;
    },
  );
  return styles;
}

export async function isBase1904(zip: ZipParts): Promise<boolean> {
  let is1904 = false;
  await readTags(zip, 'xl/workbook.xml', (tag, attributes) => {
    if (tag === 'workbookPr') is1904 = /^(1|true)$/u.test(attributes['date1904'] ?? '');
  });
  return is1904;
}

function showsDay(code: string): boolean {
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/gu, '').toLowerCase();
  return /[yd]/u.test(bare) || /mmm/u.test(bare);
}

async function readTags(
  zip: ZipParts,
  part: string,
  onOpen: (tag: string, attributes: Readonly<Record<string, string | undefined>>) => void,
  onText?: (text: string) => void,
  onClose?: (tag: string) => void,
): Promise<void> {
  if (!zip.has(part)) return;
  const bare = (name: string) => name.slice(name.indexOf(':') + 1);
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => onOpen(bare(name), attributes));
  if (onText !== undefined) parser.on('text', onText);
  if (onClose !== undefined) parser.on('closetag', ({ name }) => onClose(bare(name)));
  for await (const piece of zip.read(part)) parser.write(piece);
  parser.close();
}

function partPath(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}
