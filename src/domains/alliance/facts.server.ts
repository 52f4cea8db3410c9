/** Appends this domain's facts with the payload that each kind carries. */
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { appendEvent, type Moment } from '../territory/events.server.ts';
import type { Principal } from '../territory/principal.ts';
import type { AllianceEventPayloads } from './events.ts';

export function appendFact<Kind extends keyof AllianceEventPayloads>(
  tx: TerritoryTransaction,
  principal: Principal,
  fact: { readonly kind: Kind; readonly subjectId: string; readonly payload: AllianceEventPayloads[Kind] },
  at: Moment,
): Promise<void> {
  return appendEvent(tx, principal, { ...fact, payload: { ...fact.payload } }, at);
}
