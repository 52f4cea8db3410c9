/**
 * Where a list of needs or offers stands, as it travels in an address.
 * Must always hold: what was written is read back the same; what is not understood is read as absent.
 */
import { parseId } from '../../lib/ids.ts';
import { PARTS, type Part } from '../territory/organisation.ts';

/** `all` shows every state that the reader may see; open ones alone unless told. */
export const ALL_STATES = 'tous';

export interface ListQuery {
  readonly words: string | undefined;
  readonly kind: string | undefined;
  readonly theme: string | undefined;
  readonly state: string;
  readonly part: Part | undefined;
  readonly organisation: string | undefined;
  readonly isOwn: boolean;
}

export interface ListCursor {
  readonly createdAt: Temporal.Instant;
  readonly id: string;
  readonly direction: 'after' | 'before';
}

export function readListQuery(query: URLSearchParams, states: readonly string[]): ListQuery {
  const words = (query.get('q') ?? '').replaceAll('\u0000', '').toWellFormed().slice(0, 200).trim();
  const state = query.get('etat') ?? '';
  return {
    words: words === '' ? undefined : words,
    kind: codeOf(query.get('nature')),
    theme: codeOf(query.get('theme')),
    state: state === ALL_STATES || states.includes(state) ? state : 'open',
    part: PARTS.find((part) => part === query.get('role')),
    organisation: codeOf(query.get('organisation')),
    isOwn: query.get('moi') === '1',
  };
}

/** Whether the list shows less than every open thing. */
export function isNarrowed(query: ListQuery): boolean {
  return (
    query.state !== 'open' ||
    query.isOwn ||
    [query.words, query.kind, query.theme, query.part, query.organisation].some((value) => value !== undefined)
  );
}

export function writeListCursor({ createdAt, id }: Pick<ListCursor, 'createdAt' | 'id'>): string {
  return `${createdAt.toString()}~${id}`;
}

export function readListCursor(query: URLSearchParams): ListCursor | undefined {
  const after = query.get('apres');
  const [moment = '', last = ''] = (after ?? query.get('avant') ?? '').split('~');
  const id = parseId(last);
  if (id === undefined || !/^\d{4}-\d\d-\d\dT[\d:.]{5,18}Z$/u.test(moment)) return undefined;
  try {
    return { createdAt: Temporal.Instant.from(moment), id, direction: after === null ? 'before' : 'after' };
  } catch {
    return undefined;
  }
}

function codeOf(text: string | null): string | undefined {
  return text !== null && /^[a-z0-9-]{1,120}$/u.test(text) ? text : undefined;
}
