/** Facts that this domain appends once they are true. The subject is the session, whose history they are. */
import type { Side } from './session.ts';

export const SESSION_EVENTS = [
  'session-planned',
  'session-moved',
  'session-cancelled',
  'session-stated',
  'session-confirmed',
  'session-corrected',
] as const;
export type SessionEventKind = (typeof SESSION_EVENTS)[number];

/** Version 1 of what each fact carries (a confirmation is also the statement of the side that spoke last); moments are ISO texts, amounts whole units of the ledger. */
export interface SessionEventPayloads {
  readonly 'session-planned': { readonly matchId: string; readonly startsAt: string };
  readonly 'session-moved': { readonly startsAt: string; readonly from: string };
  readonly 'session-cancelled': { readonly reason: string };
  readonly 'session-stated': { readonly side: Side; readonly amount: number };
  readonly 'session-confirmed': {
    readonly side: Side;
    readonly amount: number;
    readonly entryId: string | null;
  };
  readonly 'session-corrected': {
    readonly reason: string;
    readonly amount: number;
    readonly entryId: string | null;
  };
}
