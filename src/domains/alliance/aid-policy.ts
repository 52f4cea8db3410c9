/** Who may do what with State aid. The team decides and files; a startup sees its own aid, declares it and contests a line. */
import type { OrganisationId } from '../../lib/ids.ts';
import { isManagerOf, isMemberOf, isTeam, type Principal } from '../territory/principal.ts';

/** Every undertaking, its ties and what fills its window: the team, and the funders who grant. */
export function maySeeAllAid(principal: Principal): boolean {
  return mayDecideAid(principal) || (principal.kind === 'person' && principal.roles.has('funder'));
}

/** Decide a grant, withdraw one, record ties, answer a contest, file in the register, value an entry in kind. */
export function mayDecideAid(principal: Principal): boolean {
  return isTeam(principal) || principal.kind === 'system';
}

/** What one organisation received, and its room. */
export function maySeeAidOf(principal: Principal, organisationId: OrganisationId): boolean {
  return maySeeAllAid(principal) || isMemberOf(principal, organisationId);
}

/** A declaration binds the firm: its manager makes it, or the team writes down the one that it received on paper. */
export function mayDeclareAid(principal: Principal, organisationId: OrganisationId): boolean {
  return mayDecideAid(principal) || isManagerOf(principal, organisationId);
}

export function mayContestAid(principal: Principal, organisationId: OrganisationId): boolean {
  return isMemberOf(principal, organisationId);
}
