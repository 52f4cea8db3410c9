/**
 * Bytes to text, for files that say nothing of their encoding.
 *
 * Must always hold: text that is valid UTF-8 is read as UTF-8; anything else that is text is read as Windows-1252, the
 * habit of French spreadsheets (a superset of Latin-1, so accents read right in both); what is not text is refused
 * with its nature.
 */
import { done, refused, type Result } from '../../lib/result.ts';
import type { Table, TableRefusal } from './table.ts';

export interface Decoded {
  readonly text: string;
  readonly encoding: Table['encoding'];
}

export function decodeText(bytes: Uint8Array): Result<Decoded, TableRefusal> {
  if (bytes.length === 0) return refused('empty');
  const nature = natureOf(bytes);
  if (nature !== undefined) return refused(nature);
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return done({ text: new TextDecoder(wide).decode(bytes), encoding: 'utf-16' });
  // A zero byte is never written in a text of one byte a character.
  if (bytes.includes(0)) return refused('not-text');
  try {
    return done({ text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' });
  } catch {
    return done({ text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' });
  }
}

/** The first bytes of files that people send by mistake. */
export function natureOf(bytes: Uint8Array): TableRefusal | undefined {
  const begins = (...start: number[]) => start.every((byte, place) => bytes[place] === byte);
  if (begins(0x50, 0x4b, 3, 4) || begins(0xd0, 0xcf, 0x11, 0xe0)) return 'spreadsheet';
  if (begins(0x37, 0x7a, 0xbc, 0xaf) || begins(0x52, 0x61, 0x72, 0x21)) return 'compressed';
  return begins(0x25, 0x50, 0x44, 0x46) ? 'not-text' : undefined;
}

/** By its mark, or by the zero that every second byte of a Latin text then is. */
export function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, 200);
  if (sample.length < 4 || sample.length % 2 === 1) return undefined;
  const zeros = [0, 0];
  sample.forEach((byte, place) => {
    if (byte === 0) zeros[place % 2] = (zeros[place % 2] ?? 0) + 1;
  });
  const half = sample.length / 2;
  if (zeros[1] !== undefined && zeros[1] > half * 0.7 && zeros[0] === 0) return 'utf-16le';
  return zeros[0] !== undefined && zeros[0] > half * 0.7 && zeros[1] === 0 ? 'utf-16be' : undefined;
}
