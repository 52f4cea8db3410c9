/**
 * Bytes to text while they come, for files that say nothing of their encoding.
 *
 * Must always hold: lines that are valid UTF-8 are read as UTF-8, each other line alone as Windows-1252 (a file pasted
 * together from two programs reads right throughout) and counted; a character that two pieces share is never broken;
 * no more than one piece and one line is held.
 */
import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import type { Chunks, StreamRefusal } from './table.ts';
import { natureOf, wideEncoding } from './text-encoding.ts';

/** A line longer than this is no line of a table. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;
/** Far past any file that may be sent; what a packed file hides is refused there. */
const MAX_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024;
const NEWLINE = 10;

export type TextPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: StreamRefusal };

export interface TextFacts {
  encoding: 'utf-8' | 'utf-16' | 'windows-1252';
  /** Lines that are not UTF-8, in a file that else is. */
  otherLines: number;
}

/** Unpacks gzip on the way. `facts` is filled while the text is read. */
export async function* streamText(chunks: Chunks, facts: TextFacts): AsyncGenerator<TextPiece> {
  const { first, rest } = await peek(chunks);
  if (first.length === 0) return yield { kind: 'refused', reason: 'empty' };
  if (first[0] === 0x1f && first[1] === 0x8b) return yield* streamPacked(rest, facts);
  const nature = natureOf(first);
  if (nature !== undefined) return yield { kind: 'refused', reason: nature };
  const wide = wideEncoding(first);
  if (wide !== undefined) return yield* streamWide(rest, wide, facts);
  yield* streamNarrow(rest, facts);
}

async function* streamPacked(chunks: Chunks, facts: TextFacts): AsyncGenerator<TextPiece> {
  const gunzip = Readable.from(chunks).pipe(createGunzip());
  let count = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of gunzip) {
      count += (chunk as Uint8Array).length;
      if (count > MAX_UNPACKED_BYTES) return;
      yield chunk as Uint8Array;
    }
  };
  try {
    yield* streamText(counted(), facts);
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error;
    yield { kind: 'refused', reason: 'compressed' };
  }
  if (count > MAX_UNPACKED_BYTES) yield { kind: 'refused', reason: 'swollen' };
}

async function* streamWide(chunks: Chunks, encoding: string, facts: TextFacts): AsyncGenerator<TextPiece> {
  facts.encoding = 'utf-16';
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield { kind: 'text', text: decoder.decode(chunk, { stream: true }) };
  yield { kind: 'text', text: decoder.decode() };
}

/** Whole lines at a time, so that each can be judged by itself. */
async function* streamNarrow(chunks: Chunks, facts: TextFacts): AsyncGenerator<TextPiece> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let isMark = true;
  const decode = (bytes: Uint8Array): TextPiece => {
    const text = decodeLines(bytes, facts);
    const cleaned = isMark ? text.replace(/^\ufeff/u, '') : text;
    isMark = false;
    return { kind: 'text', text: cleaned };
  };
  for await (const chunk of chunks) {
    if (chunk.includes(0)) return yield { kind: 'refused', reason: 'not-text' };
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      yield decode(Buffer.concat([...held, chunk.subarray(0, end)]));
      held = [];
      heldBytes = 0;
    }
    if (end === chunk.length) continue;
    held.push(chunk.subarray(end));
    heldBytes += chunk.length - end;
    if (heldBytes > MAX_LINE_BYTES) return yield { kind: 'refused', reason: 'line-too-long' };
  }
  if (heldBytes > 0) yield decode(Buffer.concat(held));
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const western = new TextDecoder('windows-1252');

function decodeLines(bytes: Uint8Array, facts: TextFacts): string {
  try {
    return strict.decode(bytes);
  } catch {
    // Some line of these is not UTF-8.
  }
  const lines: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, start) + 1 || bytes.length;
    const line = bytes.subarray(start, end);
    lines.push(decodeLine(line, facts));
    start = end;
  }
  return lines.join('');
}

function decodeLine(line: Uint8Array, facts: TextFacts): string {
  try {
    return strict.decode(line);
  } catch {
    facts.otherLines += 1;
    return western.decode(line);
  }
}

/** The first bytes, without taking them away. */
export async function peek(chunks: Chunks): Promise<{ first: Uint8Array; rest: Chunks }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let count = 0;
  while (count < 512) {
    const next = await iterator.next();
    if (next.done === true) break;
    held.push(next.value);
    count += next.value.length;
  }
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    yield* held;
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  };
  return { first: Buffer.concat(held), rest: rest() };
}
