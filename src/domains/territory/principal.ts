/**
 * Who asks: nobody known, a person with roles and memberships in this territory, or a job of the system.
 *
 * Must always hold: roles and memberships are those of one territory, read in the same transaction as the act;
 * a person known elsewhere is anonymous here.
 */
import type { OrganisationId, PersonId } from '../../lib/ids.ts';
import type { Locale } from '../../i18n/translator.ts';

export const ROLES = ['administrator', 'programme-team', 'expert', 'funder', 'committee-member'] as const;
export type Role = (typeof ROLES)[number];

export const MEMBERSHIP_ROLES = ['manager', 'member'] as const;
export type MembershipRole = (typeof MEMBERSHIP_ROLES)[number];

export interface AnonymousPrincipal {
  readonly kind: 'anonymous';
}

export interface PersonPrincipal {
  readonly kind: 'person';
  readonly personId: PersonId;
  readonly name: string;
  readonly email: string;
  readonly locale: Locale;
  readonly roles: ReadonlySet<Role>;
  readonly memberships: ReadonlyMap<OrganisationId, MembershipRole>;
}

export interface SystemPrincipal {
  readonly kind: 'system';
  /** The job that acts, for the record. */
  readonly job: string;
}

export type Principal = AnonymousPrincipal | PersonPrincipal | SystemPrincipal;

export const ANONYMOUS: AnonymousPrincipal = { kind: 'anonymous' };

/** The accelerator's people: programme team or administrator of the territory. */
export function isTeam(principal: Principal): boolean {
  return principal.kind === 'person' && (principal.roles.has('programme-team') || principal.roles.has('administrator'));
}

export function isAdministrator(principal: Principal): boolean {
  return principal.kind === 'person' && principal.roles.has('administrator');
}

/** Whoever has a part in this territory, through a role or an organisation. */
export function isInsider(principal: Principal): boolean {
  return principal.kind === 'person' && (principal.roles.size > 0 || principal.memberships.size > 0);
}

export function isMemberOf(principal: Principal, organisationId: OrganisationId): boolean {
  return principal.kind === 'person' && principal.memberships.has(organisationId);
}

export function isManagerOf(principal: Principal, organisationId: OrganisationId): boolean {
  return principal.kind === 'person' && principal.memberships.get(organisationId) === 'manager';
}

/** The person behind an act, when there is one. */
export function personOf(principal: Principal): PersonId | null {
  return principal.kind === 'person' ? principal.personId : null;
}
