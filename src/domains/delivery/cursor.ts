/**
 * Where the list of sessions goes on, as it travels in an address: `apres=` or `avant=` with the last row shown.
 * Must always hold: what was written is read back the same; anything else is read as no cursor (the first page).
 */
import { parseId } from '../../lib/ids.ts';

export interface MomentCursor {
  readonly at: Temporal.Instant;
  readonly id: string;
  readonly direction: 'after' | 'before';
}

export function writeMomentCursor({ at, id }: Pick<MomentCursor, 'at' | 'id'>): string {
  return `${at.toString()}~${id}`;
}

export function readMomentCursor(query: URLSearchParams): MomentCursor | undefined {
  const after = query.get('apres');
  const [, moment = '', id = ''] = /^([\dTZ:.+-]{16,40})~([^~]{36})$/u.exec(after ?? query.get('avant') ?? '') ?? [];
  const at = readMoment(moment);
  if (at === undefined || parseId(id) === undefined) return undefined;
  return { at, id: id.toLowerCase(), direction: after === null ? 'before' : 'after' };
}

function readMoment(text: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
}
