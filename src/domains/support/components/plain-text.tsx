/**
 * Texts as people wrote them: paragraphs, lines, lists of hyphens. Of Markdown, which catalogues are full of, only the
 * marks are read (emphasis is dropped, links become links); nothing else is ever taken for mark-up.
 */
import type { ComponentChildren } from 'preact';

export function PlainText({ text }: { text: string }) {
  return blocksOf(text).map((block) =>
    isList(block) ? (
      <ul>
        {block.map((line) => (
          <li>{inline(line.replace(BULLET, ''))}</li>
        ))}
      </ul>
    ) : (
      <p>{withBreaks(block)}</p>
    ),
  );
}

const BULLET = /^\s*[-•*+] +/u;
const LINK = /\[([^\]\n]{1,300})\]\((https?:\/\/[^\s()<>"]{1,1000})\s*\)/gu;

/** Paragraphs; items of a list that blank lines keep apart are one list. */
function blocksOf(text: string): string[][] {
  const blocks: string[][] = [];
  for (const paragraph of text.split(/\n{2,}/u)) {
    const lines = paragraph
      .split('\n')
      .map((line) => line.replace(/\\$/u, '').replace(/^\s{0,3}#{1,6}\s+/u, ''))
      .filter((line) => line.trim() !== '');
    const last = blocks.at(-1);
    if (last !== undefined && isList(last) && isList(lines)) last.push(...lines);
    else if (lines.length > 0) blocks.push(...partsOf(lines));
  }
  return blocks;
}

/** « Vous bénéficiez : » and the list that follows it are two blocks. */
function partsOf(lines: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    if (last !== undefined && BULLET.test(line) === BULLET.test(last[0] ?? '')) last.push(line);
    else parts.push([line]);
  }
  return parts;
}

function isList(lines: readonly string[]): boolean {
  return lines.length > 0 && lines.every((line) => BULLET.test(line));
}

function withBreaks(lines: readonly string[]): ComponentChildren[] {
  return lines.map((line, place) => (
    <>
      {place > 0 ? <br /> : null}
      {inline(line)}
    </>
  ));
}

function inline(line: string): ComponentChildren[] {
  const pieces: ComponentChildren[] = [];
  let from = 0;
  for (const match of line.matchAll(LINK)) {
    const [all, label = '', address = ''] = match;
    pieces.push(
      unmarked(line.slice(from, match.index)),
      <a href={address} rel="nofollow noopener">
        {unmarked(label)}
      </a>,
    );
    from = match.index + all.length;
  }
  pieces.push(unmarked(line.slice(from)));
  return pieces;
}

/** Emphasis of Markdown: the words without their stars. */
function unmarked(text: string): string {
  return text
    .replace(/(\*{2,3}|__)(?=\S)(.+?)(?<=\S)\1/gu, '$2')
    .replace(/(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])/gu, '$1')
    .replaceAll('**', '');
}
