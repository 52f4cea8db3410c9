/** Who may see whom, invite, and give or take rights. Pages use these functions to show or hide, commands to refuse. */
import type { OrganisationId, PersonId } from '../../lib/ids.ts';
import { isAdministrator, isManagerOf, isTeam, type Principal } from './principal.ts';

/** Whose page is asked for: the person, and the organisations they belong to. */
export interface SeenPerson {
  readonly id: PersonId;
  readonly organisationIds: readonly OrganisationId[];
}

/** The list is the team's; a manager's holds the people of their own organisations. */
export function mayListPeople(principal: Principal): boolean {
  return isTeam(principal) || managedOrganisations(principal).length > 0;
}

/** `visiblePeople` in `people-queries.server.ts` says the same in SQL; a test compares the two. */
export function maySeePerson(principal: Principal, person: SeenPerson): boolean {
  if (isTeam(principal)) return true;
  if (principal.kind !== 'person') return false;
  return principal.personId === person.id || person.organisationIds.some((id) => isManagerOf(principal, id));
}

/** To bring people into an organisation, change their part in it, or end it. */
export function mayManageMembers(principal: Principal, organisationId: OrganisationId): boolean {
  return isTeam(principal) || isManagerOf(principal, organisationId);
}

/** Somebody already here joins another organisation without being asked: the team's alone. */
export function mayAddMember(principal: Principal): boolean {
  return isTeam(principal);
}

/** Roles in the territory are given and taken by administrators alone. */
export function mayGrantRoles(principal: Principal): boolean {
  return isAdministrator(principal);
}

export function managedOrganisations(principal: Principal): readonly OrganisationId[] {
  if (principal.kind !== 'person') return [];
  return [...principal.memberships].filter(([, role]) => role === 'manager').map(([id]) => id);
}
