/** Who may do what with organisations. Pages use these functions to show or hide, commands to allow or refuse. */
import type { OrganisationId } from '../../lib/ids.ts';
import { needsApproval, type FactName } from './facts.ts';
import type { LifeKind } from './life.ts';
import { isManagerOf, isMemberOf, isTeam, type Principal } from './principal.ts';

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

/** Its places, its phases and who works there are its own; a tie says something of two organisations: the team's word. */
export function mayStateLife(principal: Principal, organisationId: OrganisationId, kind: LifeKind): boolean {
  return kind === 'tie' ? mayApproveFacts(principal) : mayEditOrganisation(principal, organisationId);
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

/** Ties between organisations are sensitive: the team keeps them, the committee may read on what a plan rests. */
export function mayReadConflicts(principal: Principal): boolean {
  return mayKeepConflicts(principal) || (principal.kind === 'person' && principal.roles.has('committee-member'));
}

/** Declare a tie, take it back, answer a question about one. */
export function mayKeepConflicts(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}

/** The outline of the map stands for the whole territory. */
export function mayDrawMap(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}

/** A page that is not listed is for those who keep it: the team, and the organisation's own people. */
export function maySeeOrganisation(
  principal: Principal,
  { id, isListed }: { readonly id: OrganisationId; readonly isListed: boolean },
): boolean {
  return isListed || isTeam(principal) || isMemberOf(principal, id) || principal.kind === 'system';
}
