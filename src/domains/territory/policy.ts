/** Who may do what with organisations. Pages use these functions to show or hide, commands to allow or refuse. */
import type { OrganisationId } from '../../lib/ids.ts';
import { needsApproval, type FactName } from './facts.ts';
import { isManagerOf, isTeam, type Principal } from './principal.ts';

/** The directory is public: everyone sees every organisation. */
export function mayCreateOrganisation(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}

export function mayEditOrganisation(principal: Principal, organisationId: OrganisationId): boolean {
  return isTeam(principal) || isManagerOf(principal, organisationId) || principal.kind === 'system';
}

/** What decides who an organisation is and what it may do here: others propose it, only the team sets it. */
export function mayApproveFacts(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}

/** The history of an organisation, with what was undone and what waits. */
export function maySeeHistory(principal: Principal, organisationId: OrganisationId): boolean {
  return isTeam(principal) || isManagerOf(principal, organisationId);
}

/** An undo asks for the same right as the change: a manager takes back what they may change at once. */
export function mayUndo(principal: Principal, organisationId: OrganisationId, names: readonly FactName[]): boolean {
  if (mayApproveFacts(principal)) return true;
  return isManagerOf(principal, organisationId) && names.length > 0 && !names.some(needsApproval);
}

/** Themes are one vocabulary, and two organisations become one, for the whole territory: the team's alone. */
export function mayTidyDirectory(principal: Principal): boolean {
  return isTeam(principal);
}
