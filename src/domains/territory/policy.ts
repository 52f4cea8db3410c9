/** Who may do what with organisations. Pages use these functions to show or hide, commands to allow or refuse. */
import type { OrganisationId } from '../../lib/ids.ts';
import { isManagerOf, isTeam, type Principal } from './principal.ts';

/** The directory is public: everyone sees every organisation. */
export function mayCreateOrganisation(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}

export function mayEditOrganisation(principal: Principal, organisationId: OrganisationId): boolean {
  return isTeam(principal) || isManagerOf(principal, organisationId) || principal.kind === 'system';
}

/** Parts decide what an organisation may do here: only the team sets them. */
export function mayChangeParts(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}

/** Ties between organisations are sensitive: the team keeps them, the committee may read on what a plan rests. */
export function mayReadConflicts(principal: Principal): boolean {
  return mayKeepConflicts(principal) || (principal.kind === 'person' && principal.roles.has('committee-member'));
}

/** Declare a tie, take it back, answer a question about one. */
export function mayKeepConflicts(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}
