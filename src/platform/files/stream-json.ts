/**
 * The records of a JSON or JSON Lines text while it comes.
 *
 * Must always hold: lines are cut at "\n" only (texts may hold U+2028); of one JSON value, each list of objects that
 * stands at its top is a table of its own, named by its key; a record that is no JSON is told with its number and the
 * next ones are still read; no more than one record is held.
 */
import { flatten, isObject, parseJson } from './json-lines.ts';
import type { FileEvent } from './table.ts';

/** Of one record, in characters. */
const MAX_RECORD = 16 * 1024 * 1024;

export async function* streamJsonLines(pieces: AsyncIterable<string>): AsyncGenerator<FileEvent> {
  let held = '';
  let number = 0;
  for await (const piece of pieces) {
    const lines = (held + piece).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) {
      number += 1;
      if (line.trim() !== '') yield recordEvent('', number, parseJson(line));
    }
    if (held.length > MAX_RECORD)
      return yield { kind: 'refused', reason: 'line-too-long', facts: { line: number + 1 } };
  }
  if (held.trim() !== '') yield recordEvent('', number + 1, parseJson(held));
}

/** A list of records, or an object whose lists of records are its tables. */
export async function* streamJsonValue(pieces: AsyncIterable<string>): AsyncGenerator<FileEvent> {
  const state: Cut = { depth: 0, inText: false, escaped: false, key: '', table: '', record: undefined, number: 0 };
  let count = 0;
  for await (const piece of pieces) {
    for (const text of cutRecords(state, piece)) {
      count += 1;
      state.number += 1;
      yield recordEvent(state.table, state.number, parseJson(text));
    }
    if ((state.record?.length ?? 0) + state.key.length > MAX_RECORD)
      return yield { kind: 'refused', reason: 'line-too-long', facts: { line: state.number + 1 } };
  }
  // A file that was cut off: what stands before the cut is no whole file.
  if (state.depth !== 0) yield { kind: 'refused', reason: 'not-json', facts: {} };
  else if (count === 0) yield { kind: 'refused', reason: 'no-records', facts: {} };
}

/** Where the reading stands between two pieces. */
interface Cut {
  depth: number;
  inText: boolean;
  escaped: boolean;
  /** The last text at the top, which is the key of what follows. */
  key: string;
  table: string;
  /** The record being gathered. */
  record: string | undefined;
  number: number;
  /** Depth at which the records of the current list stand. */
  at?: number;
}

function* cutRecords(state: Cut, piece: string): Generator<string> {
  let start = 0;
  for (let place = 0; place < piece.length; place++) {
    const code = piece.charCodeAt(place);
    if (state.inText) {
      readText(state, piece, place, code);
      continue;
    }
    if (code === 34) {
      state.inText = true;
      if (state.record === undefined) state.key = '';
    } else if (code === 91 || code === 123) {
      if (openBracket(state, code)) start = place;
    } else if ((code === 93 || code === 125) && closeBracket(state)) {
      yield state.record + piece.slice(start, place + 1);
      state.record = undefined;
    }
  }
  if (state.record !== undefined) state.record += piece.slice(start);
}

function readText(state: Cut, piece: string, place: number, code: number): void {
  if (state.escaped) state.escaped = false;
  else if (code === 92) state.escaped = true;
  else if (code === 34) state.inText = false;
  if (state.inText && state.record === undefined && state.key.length < 200) state.key += piece[place] ?? '';
}

/** Whether a record begins here. */
function openBracket(state: Cut, code: number): boolean {
  state.depth += 1;
  if (state.record !== undefined) return false;
  if (code === 91 && state.depth <= 2 && state.at === undefined) {
    state.at = state.depth + 1;
    const table = state.depth === 1 ? '' : state.key;
    if (table !== state.table) state.number = 0;
    state.table = table;
    return false;
  }
  if (code !== 123 || state.depth !== state.at) return false;
  state.record = '';
  return true;
}

/** Whether a record ends here. */
function closeBracket(state: Cut): boolean {
  const ends = state.record !== undefined && state.depth === state.at;
  if (!ends && state.at !== undefined && state.depth < state.at) delete state.at;
  state.depth -= 1;
  return ends;
}

function recordEvent(table: string, number: number, value: unknown): FileEvent {
  if (!isObject(value))
    return { kind: 'unread', table, number, reason: value === undefined ? 'not-json' : 'not-an-object' };
  return { kind: 'row', table, number, cells: flatten(value) };
}
