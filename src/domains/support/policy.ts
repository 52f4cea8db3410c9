/**
 * Who may read, state, change and load needs and offers. Pages use these functions to show or hide, commands to allow
 * or refuse; lists use the SQL twins in `visibility.server.ts`, and a property test shows that both agree.
 */
import type { OrganisationId } from '../../lib/ids.ts';
import { isInsider, isMemberOf, isTeam, type Principal } from '../territory/principal.ts';
import type { Visibility } from './need.ts';

/** What the rules look at: a need or an offer alike. */
export interface Stated {
  readonly organisationId: OrganisationId;
  readonly visibility: Visibility;
  readonly state: 'open' | 'met' | 'paused' | 'withdrawn';
}

/**
 * Everyone reads what is public, people of the territory what is shown to the territory; what was withdrawn, and what
 * is shown to the team alone, only the team and the organisation itself.
 */
export function mayRead(principal: Principal, stated: Stated): boolean {
  if (isTeam(principal) || principal.kind === 'system' || isMemberOf(principal, stated.organisationId)) return true;
  if (stated.state === 'withdrawn') return false;
  if (stated.visibility === 'public') return true;
  return stated.visibility === 'territory' && isInsider(principal);
}

/** A member speaks for their organisation; the team on behalf of any. */
export function mayState(principal: Principal, organisationId: OrganisationId): boolean {
  return isTeam(principal) || principal.kind === 'system' || isMemberOf(principal, organisationId);
}

/** Whether there is any organisation for which this person may speak. */
export function mayStateAny(principal: Principal): boolean {
  return isTeam(principal) || (principal.kind === 'person' && principal.memberships.size > 0);
}

export function mayEdit(principal: Principal, stated: Pick<Stated, 'organisationId'>): boolean {
  return mayState(principal, stated.organisationId);
}

/** What a unit of an offer is worth decides what counts as State aid: the team writes it down, with its evidence. */
export function mayRateOffers(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}

/** The team, the funders who read every account, and whoever brings the offer. */
export function mayReadRates(principal: Principal, { organisationId }: Pick<Stated, 'organisationId'>): boolean {
  const isFunder = principal.kind === 'person' && principal.roles.has('funder');
  return mayRateOffers(principal) || isFunder || isMemberOf(principal, organisationId);
}

/** Files speak for many organisations at once: the team reads them in. */
export function mayLoadFiles(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}
