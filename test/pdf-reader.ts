/** Reads back a PDF of the house, whose parts are not packed: its structure and its words, as a screen reader meets them. */
export interface ReadElement {
  readonly type: string;
  readonly scope?: string;
  /** Its own words, then those of what it holds. */
  readonly text: string;
  readonly children: readonly ReadElement[];
}

export interface ReadPdf {
  readonly catalogue: string;
  readonly pages: number;
  readonly root: ReadElement;
}

export function readPdf(file: Buffer): ReadPdf {
  const source = file.toString('latin1');
  const objects = new Map<number, string>();
  for (const match of source.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj/gmu))
    objects.set(Number(match[1]), match[2] ?? '');
  const catalogue = [...objects.values()].find((object) => /\/Type \/Catalog/u.test(object)) ?? '';
  const marked = new Map<string, string>();
  let pages = 0;
  for (const [id, object] of objects) {
    if (!/\/Type \/Page\b/u.test(object)) continue;
    pages += 1;
    for (const [mcid, text] of markedTexts(object, objects)) marked.set(`${id} ${mcid}`, text);
  }
  const tree = objects.get(Number(/\/StructTreeRoot (\d+)/u.exec(catalogue)?.[1])) ?? '';
  const root = elementOf(Number(/\/K \[(\d+) 0 R/u.exec(tree)?.[1]), objects, marked);
  return { catalogue, pages, root };
}

/** Every element of these types, in reading order. */
export function elementsOf(element: ReadElement, ...types: readonly string[]): ReadElement[] {
  const inside = element.children.flatMap((child) => elementsOf(child, ...types));
  return types.includes(element.type) ? [element, ...inside] : inside;
}

function elementOf(id: number, objects: ReadonlyMap<number, string>, marked: ReadonlyMap<string, string>): ReadElement {
  const object = objects.get(id) ?? '';
  const page = /\/Pg (\d+) 0 R/u.exec(object)?.[1] ?? '';
  const kids = /\/K \[([\s\S]*?)\](?=\n)/u.exec(object)?.[1] ?? '';
  const children: ReadElement[] = [];
  let text = '';
  for (const [whole, child, mcid] of kids.matchAll(/<<[\s\S]*?>>|(\d+) 0 R|(\d+)/gu)) {
    const other = /\/Pg (\d+) 0 R[\s\S]*\/MCID (\d+)/u.exec(whole);
    if (other !== null) text += marked.get(`${other[1]} ${other[2]}`) ?? '';
    else if (child !== undefined) children.push(elementOf(Number(child), objects, marked));
    else text += marked.get(`${page} ${mcid}`) ?? '';
  }
  const scope = /\/Scope \/(\w+)/u.exec(object)?.[1];
  return {
    type: /\/S \/(\w+)/u.exec(object)?.[1] ?? '',
    ...(scope === undefined ? {} : { scope }),
    text: text + children.map((child) => child.text).join(''),
    children,
  };
}

/** The words of each marked piece of a page. */
function markedTexts(page: string, objects: ReadonlyMap<number, string>): [mcid: string, text: string][] {
  const content = objects.get(Number(/\/Contents (\d+)/u.exec(page)?.[1])) ?? '';
  const resources = objects.get(Number(/\/Resources (\d+)/u.exec(page)?.[1])) ?? page;
  const fonts = new Map<string, ReadonlyMap<string, string>>();
  for (const [, name = '', id] of resources.matchAll(/\/(F\d+) (\d+) 0 R/gu))
    fonts.set(name, lettersOf(Number(id), objects));
  return [...content.matchAll(/\/\w+ <<\s*\/MCID (\d+)\s*>> BDC([\s\S]*?)EMC/gu)].map(([, mcid = '', body = '']) => {
    let font: ReadonlyMap<string, string> = new Map();
    let text = '';
    for (const [, name, glyphs] of body.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9a-f]+)>/gu)) {
      if (name !== undefined) font = fonts.get(name) ?? font;
      for (const [glyph] of (glyphs ?? '').matchAll(/[0-9a-f]{4}/gu)) text += font.get(glyph) ?? '\ufffd';
    }
    return [mcid, text];
  });
}

function lettersOf(fontId: number, objects: ReadonlyMap<number, string>): ReadonlyMap<string, string> {
  const map = objects.get(Number(/\/ToUnicode (\d+)/u.exec(objects.get(fontId) ?? '')?.[1])) ?? '';
  const letters = new Map<string, string>();
  for (const [, first = '', body = ''] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gu)) {
    [...body.matchAll(/<([0-9a-f ]*)>/gu)].forEach(([, hex = ''], place) => {
      const glyph = (Number.parseInt(first, 16) + place).toString(16).padStart(4, '0');
      letters.set(glyph, Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
    });
  }
  return letters;
}
