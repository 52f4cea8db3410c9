/**
 * Where a list of the books goes on, as it travels in an address: `apres=` or `avant=` with the last row shown.
 * Must always hold: what was written is read back the same; anything else is read as no cursor (the first page).
 */
import { parseId } from '../../lib/ids.ts';

export interface DayCursor {
  readonly day: Temporal.PlainDate;
  readonly id: string;
  /** The line in an entry, for statements; 0 for whole entries. */
  readonly position: number;
  readonly direction: 'after' | 'before';
}

export function writeDayCursor({
  day,
  id,
  position = 0,
}: {
  readonly day: Temporal.PlainDate;
  readonly id: string;
  readonly position?: number;
}): string {
  return [day.toString(), id, ...(position === 0 ? [] : [String(position)])].join('~');
}

export function readDayCursor(query: URLSearchParams): DayCursor | undefined {
  const after = query.get('apres');
  const [, date = '', id = '', position = '0'] =
    /^(\d{4}-\d\d-\d\d)~([^~]{36})(?:~(\d{1,4}))?$/u.exec(after ?? query.get('avant') ?? '') ?? [];
  const day = readDay(date);
  if (day === undefined || parseId(id) === undefined) return undefined;
  return {
    day,
    id: id.toLowerCase(),
    position: Number(position),
    direction: after === null ? 'before' : 'after',
  };
}

export interface LinePlace {
  readonly accountId: string;
  readonly day: Temporal.PlainDate;
  readonly entryId: string;
  readonly position: number;
}

/** The last line of a page of the general ledger: its account, then its place in it. */
export function writeLineCursor({ accountId, day, entryId: id, position }: LinePlace): string {
  return `${accountId}~${writeDayCursor({ day, id, position })}`;
}

export function readLineCursor(query: URLSearchParams): LinePlace | undefined {
  const [, account = '', rest = ''] = /^([^~]{36})~(.+)$/u.exec(query.get('apres') ?? '') ?? [];
  const place = readDayCursor(new URLSearchParams({ apres: rest }));
  const accountId = parseId<'account'>(account);
  if (accountId === undefined || place === undefined) return undefined;
  return { accountId, day: place.day, entryId: place.id, position: place.position };
}

function readDay(text: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}
