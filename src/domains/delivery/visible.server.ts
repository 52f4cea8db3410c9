/** What an address names, for whoever may see it; nothing otherwise, as if it did not exist. */
import { parseId } from '../../lib/ids.ts';
import type { TerritoryTransaction } from '../../platform/postgres/database.ts';
import { maySeeAccount } from '../ledger/policy.ts';
import type { Organisation } from '../territory/organisation.ts';
import { organisationBySlug } from '../territory/queries.server.ts';
import type { TerritoryVisit } from '../territory/visit.ts';
import { mayArrange, maySeeSession } from './policy.ts';
import { findEngagement, findSession, type EngagementView, type SessionView } from './session-queries.server.ts';

export async function visibleSession(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
): Promise<SessionView | undefined> {
  const id = parseId<'session'>(visit.params['session'] ?? '');
  const session = id === undefined ? undefined : await findSession(tx, id);
  return session !== undefined && maySeeSession(visit.principal, session) ? session : undefined;
}

/** The match for which a session may be planned. */
export async function visibleEngagement(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
): Promise<EngagementView | undefined> {
  const id = parseId<'match'>(visit.params['match'] ?? '');
  const engagement = id === undefined ? undefined : await findEngagement(tx, id);
  return engagement !== undefined && mayArrange(visit.principal, engagement) ? engagement : undefined;
}

/** The organisation whose account may be read. */
export async function visibleAccountOwner(
  visit: TerritoryVisit,
  tx: TerritoryTransaction,
): Promise<Organisation | undefined> {
  const organisation = await organisationBySlug(tx, visit.params['organisation'] ?? '');
  return organisation !== undefined && maySeeAccount(visit.principal, organisation.id) ? organisation : undefined;
}
