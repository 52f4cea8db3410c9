/**
 * Text inside XML 1.0.
 * Must always hold: what comes out can neither close nor open anything, and holds only signs that XML allows.
 */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** One element of a document that was read whole: its name without prefix, what it holds, its line in the file. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly XmlElement[];
  /** Its own text, that of its children left out. */
  readonly text: string;
  readonly line: number;
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** The trimmed text at the end of a path of children, the first of each name; empty where there is none. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string {
  const [name, ...rest] = path;
  if (name === undefined) return element?.text.replace(/\s+/gu, ' ').trim() ?? '';
  const child = childOf(element, name);
  return child === undefined ? '' : textAt(child, ...rest);
}
