/**
 * One text for one JSON value, whatever the spaces, the order of keys and the writing of numbers in the file: RFC 8785
 * (JSON Canonicalization Scheme), whose rules are those of ECMAScript plus sorted keys.
 */
import { OperatorError } from '../../src/lib/operator-error.ts';

/** `value` is what JSON.parse gives, or what JSON.stringify would write. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const record = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .toSorted();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key])}`).join(',')}}`;
}

/** Parses what was not written twice: of a doubled key, programs read the first or the last. */
export function parseStrictJson(text: string, named: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new OperatorError(`${named}: this is not JSON.`);
  }
  if (writtenKeys(text) !== keysOf(value)) throw new OperatorError(`${named}: a key stands twice in the same object.`);
  return value;
}

/** In a text that is JSON, a string before a colon is a key. */
function writtenKeys(text: string): number {
  let count = 0;
  for (const [, colon] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/gsu)) if (colon !== undefined) count++;
  return count;
}

function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner: readonly unknown[] = Object.values(value);
  return inner.reduce<number>((sum, each) => sum + keysOf(each), Array.isArray(value) ? 0 : inner.length);
}
