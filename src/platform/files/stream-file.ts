/**
 * Reads a file of rows, whatever it is written in, row by row: CSV of any usual kind, JSON, JSON Lines, each packed
 * with gzip or not, and Excel workbooks.
 *
 * Must always hold: the memory that is taken does not grow with the file (a workbook keeps its shared texts, up to a
 * limit that is checked before they are read); what was understood on the person's behalf is told at the end.
 */
import { looksLikeJson, parseJson, isObject } from './json-lines.ts';
import { streamDelimited } from './stream-delimited.ts';
import { streamJsonLines, streamJsonValue } from './stream-json.ts';
import { peek, streamText, type TextFacts } from './stream-text.ts';
import { streamWorkbook } from './stream-workbook.ts';
import type { Chunks, FileEvent, StreamRefusal } from './table.ts';

export interface FileToRead {
  chunks(): Chunks;
  /** A copy on the disk, for formats that are not read from their beginning; called when one is met. */
  onDisk(): Promise<string>;
}

export async function* streamFile(file: FileToRead): AsyncGenerator<FileEvent> {
  const { first } = await peek(file.chunks());
  if (first[0] === 0x50 && first[1] === 0x4b) return yield* streamWorkbook(await file.onDisk());
  const facts: TextFacts = { encoding: 'utf-8', otherLines: 0 };
  let refusal: StreamRefusal | undefined;
  const pieces = async function* (): AsyncGenerator<string> {
    for await (const piece of streamText(file.chunks(), facts)) {
      if (piece.kind === 'refused') {
        refusal = piece.reason;
        return;
      }
      yield piece.text;
    }
  };
  for await (const event of streamRows(pieces())) {
    // What refuses the text is the reason; what is said of a text that was cut off there is not.
    if (event.kind === 'refused' && refusal !== undefined) break;
    yield event;
  }
  if (refusal !== undefined) return yield { kind: 'refused', reason: refusal, facts: {} };
  if (facts.otherLines > 0) yield { kind: 'note', note: 'lines-in-windows-1252', count: facts.otherLines };
}

/** Enough to tell lines of JSON from one value over several lines. */
const HEAD = 1_000_000;

async function* streamRows(pieces: AsyncGenerator<string>): AsyncGenerator<FileEvent> {
  let head = '';
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
    head += next.value;
    if (head.length >= HEAD || (head.trim() !== '' && !looksLikeJson(head))) break;
  }
  const whole = async function* (): AsyncGenerator<string> {
    yield head;
    yield* pieces;
  };
  if (!looksLikeJson(head)) yield* streamDelimited(whole());
  else if (areLines(head)) yield* streamJsonLines(whole());
  else yield* streamJsonValue(whole());
}

function areLines(head: string): boolean {
  const text = head.trimStart();
  if (!text.startsWith('{')) return false;
  const end = text.indexOf('\n');
  const first = (end < 0 ? text : text.slice(0, end)).trim();
  // One line alone is one record, unless it is an object of lists.
  const value = parseJson(first);
  if (end >= 0 && text.slice(end).trim() !== '') return isObject(value) || !first.endsWith('{');
  return isObject(value) && !Object.values(value).some((each) => Array.isArray(each) && each.some(isObject));
}
