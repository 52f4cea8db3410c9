/**
 * Reads a small XML document whole.
 *
 * Must always hold: a document type is refused before anything of it is read, so that no entity is ever defined or
 * fetched; depth and number of elements are bounded; the line of each element is kept.
 */
import { SaxesParser } from 'saxes';
import { done, refused, type Refused, type Result } from '../../lib/result.ts';
import type { XmlElement } from '../../lib/xml.ts';

export type XmlRefusal = 'not-xml' | 'has-doctype' | 'too-deep' | 'too-many-elements';

const DEEPEST = 64;
const MOST_ELEMENTS = 500_000;

interface Growing extends XmlElement {
  children: Growing[];
  text: string;
}

export function readXml(text: string): Result<XmlElement, XmlRefusal> {
  const parser = new SaxesParser();
  const open: Growing[] = [];
  let root: Growing | undefined;
  let refusal: Refused<XmlRefusal> | undefined;
  let count = 0;
  const stop = (reason: XmlRefusal) => {
    refusal ??= refused(reason, { line: parser.line });
  };
  const take = (piece: string) => {
    const current = open.at(-1);
    if (current !== undefined) current.text += piece;
  };
  parser.on('doctype', () => stop('has-doctype'));
  parser.on('error', () => stop('not-xml'));
  parser.on('opentag', ({ name, attributes }) => {
    count += 1;
    if (count > MOST_ELEMENTS) return stop('too-many-elements');
    if (open.length >= DEEPEST) return stop('too-deep');
    const element = { name: bareName(name), attributes, children: [], text: '', line: parser.line };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('text', take);
  parser.on('cdata', take);
  parser.on('closetag', () => void open.pop());
  // Fed in pieces: the first fault stops the reading, whatever follows.
  for (let start = 0; start < text.length && refusal === undefined; start += PIECE)
    parser.write(text.slice(start, start + PIECE));
  if (refusal === undefined) parser.close();
  if (refusal !== undefined) return refusal;
  return root === undefined ? refused('not-xml', { line: 1 }) : done(root);
}

const PIECE = 65_536;

function bareName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
