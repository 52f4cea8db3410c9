/**
 * Where a list goes on, as it travels in an address: `après=` or `avant=` with the last key shown.
 * Must always hold: what was written is read back the same; anything else is read as no cursor (the first page).
 */
import { parseId } from '../../lib/ids.ts';

/** A place in a list ordered by name, then id. */
export interface NameCursor {
  readonly name: string;
  readonly id: string;
  readonly direction: 'after' | 'before';
}

export function writeCursor({ name, id }: Pick<NameCursor, 'name' | 'id'>): string {
  return `${id}~${name}`;
}

export function readCursor(query: URLSearchParams): NameCursor | undefined {
  const after = query.get('apres');
  const text = after ?? query.get('avant') ?? '';
  const [, id = '', name = ''] = /^([^~]{36})~(.{0,200})$/su.exec(text) ?? [];
  if (parseId(id) === undefined) return undefined;
  return { name, id, direction: after === null ? 'before' : 'after' };
}
