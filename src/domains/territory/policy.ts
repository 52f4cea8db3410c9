/** Who may do what with organisations. Pages use these functions to show or hide, commands to allow or refuse. */
import type { OrganisationId } from '../../lib/ids.ts';
import { isManagerOf, isMemberOf, isTeam, type Principal } from './principal.ts';

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
